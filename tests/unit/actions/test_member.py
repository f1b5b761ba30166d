"""Seats: an owner always stays, a password is told once, a desk is opened whole or not at all."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims.actions import member
from claims.actions.journal import Actor
from claims.models import Change, Membership, User, Workspace
from claims.records import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, factories.a_user("ada"), Role.OWNER).user)


def seat_of(actor: Actor) -> Membership:
    return Membership.objects.get(workspace=actor.workspace, user=actor.user)


def refused(name: str, actor: Actor) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        member.add(actor, name, Role.ANALYST)
    return caught.value.message_dict["name"]


def test_a_new_person_gets_an_account_and_a_password_that_works(owner: Actor) -> None:
    seat, password = member.add(owner, " ben ", Role.ANALYST)
    assert (seat.user.username, seat.role) == ("ben", "analyst")
    assert len(password) >= 16
    assert seat.user.check_password(password)
    row = Change.objects.get().rows.get()
    assert password not in str(row.after)


def test_an_e_mail_is_also_the_name_of_a_new_account(owner: Actor) -> None:
    seat, _ = member.add(owner, "ben@example.org", Role.VIEWER)
    assert seat.user.email == seat.user.username == "ben@example.org"


@pytest.mark.parametrize("name", ["BEN", "Ben@Example.org"])
def test_somebody_who_is_there_keeps_their_password(owner: Actor, name: str) -> None:
    ben = factories.a_user("ben", email="ben@example.org")
    seat, password = member.add(owner, name, Role.VIEWER)
    assert (seat.user, password) == (ben, "")


def test_a_name_is_taken_before_an_e_mail(owner: Actor) -> None:
    factories.a_user("other", email="ben@example.org")
    ben = factories.a_user("ben@example.org")
    assert member.add(owner, "ben@example.org", Role.VIEWER)[0].user == ben


def test_who_is_meant_must_be_clear(owner: Actor) -> None:
    for name in ("b1", "b2"):
        factories.a_user(name, email="b@example.org")
    assert "Several" in refused("b@example.org", owner)[0]
    assert refused("  ", owner)
    assert refused("no spaces allowed", owner)
    assert "already" in refused("ada", owner)[0]
    assert User.objects.count() == 3
    assert not Change.objects.exists()


def test_the_last_owner_stays(owner: Actor) -> None:
    with pytest.raises(ValidationError, match="needs an owner"):
        member.remove(owner, seat_of(owner))
    with pytest.raises(ValidationError, match="needs an owner"):
        member.set_role(owner, seat_of(owner), Role.REVIEWER)
    assert seat_of(owner).role == Role.OWNER.value
    second = factories.a_membership(owner.workspace, role=Role.OWNER)
    member.remove(owner, seat_of(owner))
    with pytest.raises(ValidationError, match="needs an owner"):
        member.remove(owner, second)


def test_a_seat_that_is_gone_can_not_be_changed(owner: Actor) -> None:
    seat = factories.a_membership(owner.workspace)
    elsewhere = factories.a_membership(factories.a_workspace())
    member.remove(owner, seat)
    for one in (seat, elsewhere):
        with pytest.raises(ValidationError, match="no longer a member"):
            member.set_role(owner, one, Role.OWNER)
    elsewhere.refresh_from_db()
    assert elsewhere.role == Role.ANALYST.value


def test_a_desk_is_opened_with_its_owner(owner: Actor) -> None:
    desk = member.create_workspace(owner.user, {"slug": "second", "name": "Second"})
    assert desk.memberships.get().role == Role.OWNER.value
    assert Change.objects.get().workspace == desk


def test_a_desk_is_opened_whole_or_not_at_all(
    owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValidationError):
        member.create_workspace(owner.user, {"slug": owner.workspace.slug, "name": "Second"})

    def fails(*args: object) -> None:
        raise RuntimeError("no journal")

    monkeypatch.setattr("claims.actions.journal.Act.record", fails)
    with pytest.raises(RuntimeError):
        member.create_workspace(owner.user, {"slug": "third", "name": "Third"})
    assert list(Workspace.objects.all()) == [owner.workspace]


def test_a_stale_save_of_the_settings_is_told(owner: Actor) -> None:
    seal = member.settings_seal(owner.workspace)
    member.edit_workspace(owner, {"name": "First"}, seal=seal)
    with pytest.raises(ValidationError) as caught:
        member.edit_workspace(owner, {"name": "Second"}, seal=seal)
    assert caught.value.code == "stale"
    owner.workspace.refresh_from_db()
    assert owner.workspace.name == "First"
