"""The page of members."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Membership, Workspace
from claims.records import Role
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select

pytestmark = pytest.mark.one_database

DOWN = {"role": "viewer", "was": "owner"}


@pytest.fixture
def where(desk: Workspace) -> str:
    return reverse("members", args=[desk.slug])


def seat(person: Person) -> Membership:
    return Membership.objects.get(workspace=person.desk, user=person.user)


def test_everybody_at_the_desk_is_listed_with_their_role(
    owner: Person, viewer: Person, outsider: Person, where: str
) -> None:
    page = owner.client.get(where).content.decode()
    assert "2 people" in page
    assert re.search(r'value="viewer" selected', page)
    assert "outsider" not in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name": "", "role": "viewer"}, "required"),
        ({"name": "ben", "role": "king"}, "valid choice"),
    ],
)
def test_what_can_not_be_is_told_beside_it(
    owner: Person, where: str, data: dict[str, str], message: str
) -> None:
    response = owner.client.post(where, data)
    assert response.status_code == 422
    assert re.search(rf"errorlist.*?{message}", response.content.decode(), re.DOTALL)
    assert Membership.objects.count() == 1


def test_a_role_is_changed(owner: Person, viewer: Person, desk: Workspace) -> None:
    address = reverse("member-role", args=[desk.slug, seat(viewer).pk])
    owner.client.post(address, {"role": "analyst", "was": "viewer"})
    assert seat(viewer).role == Role.ANALYST.value
    assert owner.client.post(address, {"role": "king"}).status_code == 422


def test_a_removed_member_is_out(owner: Person, viewer: Person, desk: Workspace) -> None:
    where = reverse("member-remove", args=[desk.slug, seat(viewer).pk])
    owner.client.post(where, {"was": "viewer"})
    assert viewer.client.get(reverse("articles", args=[desk.slug])).status_code == 404
    owner.client.post(reverse("undo", args=[desk.slug]))
    assert seat(viewer).role == Role.VIEWER.value


def test_the_last_owner_is_told_beside_their_name(
    owner: Person, desk: Workspace, where: str
) -> None:
    mine = seat(owner).pk
    for response in (
        owner.client.post(reverse("member-role", args=[desk.slug, mine]), DOWN),
        owner.client.post(reverse("member-remove", args=[desk.slug, mine]), DOWN),
    ):
        assert response.status_code == 422
        assert "A desk needs an owner" in response.content.decode()
        # Where an Undo from here comes back to: these two addresses take nothing but POST.
        (back,) = select(parsed(response), "form#undo-form [name=next]")
        assert back.get("value") == where
    assert seat(owner).role == Role.OWNER.value


def test_an_owner_who_steps_down_lands_where_they_may_be(owner: Person, desk: Workspace) -> None:
    factories.a_membership(desk, role=Role.OWNER)
    mine = seat(owner).pk
    response = owner.client.post(reverse("member-role", args=[desk.slug, mine]), DOWN)
    assert response.headers["Location"] == desk.get_absolute_url()


def test_an_owner_who_leaves_lands_at_home(owner: Person, desk: Workspace) -> None:
    factories.a_membership(desk, role=Role.OWNER)
    where = reverse("member-remove", args=[desk.slug, seat(owner).pk])
    response = owner.client.post(where, DOWN)
    assert response.headers["Location"] == reverse("home")
    assert "no seat" in owner.client.get(reverse("home")).content.decode()


def test_a_seat_of_another_desk_is_not_there(
    owner: Person, outsider: Person, desk: Workspace
) -> None:
    theirs = Membership.objects.get(user=outsider.user)
    address = reverse("member-remove", args=[desk.slug, theirs.pk])
    assert owner.client.post(address).status_code == 404
    assert Membership.objects.filter(pk=theirs.pk).exists()


def test_more_members_cost_no_more_queries(owner: Person, desk: Workspace, where: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            owner.client.get(where)
        return len(queries)

    factories.an_invitation(desk)
    owner.client.get(where)
    few = cost()
    for _ in range(10):
        factories.an_invitation(desk)  # with its maker, a member
    assert cost() == few
