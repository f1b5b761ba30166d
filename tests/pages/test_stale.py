"""What has no version of its own: a save from a page that is out of date loses nothing either."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.actions import invitation as invitations
from claims.models import Invitation, Membership, ParagraphRead, Side
from claims.records import Role
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select

pytestmark = pytest.mark.one_database


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def hidden(page: Any, name: str) -> str:
    return str(select(parsed(page), f"main [name={name}]")[0].get("value"))


def test_a_side_is_not_saved_over_somebody_elses(analyst: Person) -> None:
    side = factories.a_side(analyst.desk, name="Red", color=2)
    address = at(analyst, "side-edit", side.uid)
    seal = hidden(analyst.client.get(address), "seal")
    Side.objects.update(name="The red side")
    mine = {"name": "Reds", "color": 3, "seal": seal}
    answer = analyst.client.post(address, mine)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert all(words in shown for words in ("The red side", "Reds", "orange", "violet"))
    assert Side.objects.get().name == "The red side"
    # What is shown is the version that is saved over, knowingly, the next time.
    mine["seal"] = hidden(answer, "seal")
    assert analyst.client.post(address, mine).status_code == 302
    assert Side.objects.get().name == "Reds"
    # Nor is it deleted by who has seen another one.
    analyst.client.post(at(analyst, "side-delete", side.uid), {"seal": seal})
    assert Side.objects.exists()


def test_a_seat_is_not_given_over_somebody_elses_head(owner: Person, viewer: Person) -> None:
    seat = Membership.objects.get(user=viewer.user, workspace=owner.desk)
    address = at(owner, "member-role", seat.pk)
    Membership.objects.filter(pk=seat.pk).update(role=Role.REVIEWER.value)
    answer = owner.client.post(address, {"role": "analyst", "was": "viewer"})
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "reviewer meanwhile" in said.lower()
    assert "you chose analyst." in said.lower()
    gone = owner.client.post(at(owner, "member-remove", seat.pk), {"was": "viewer"})
    assert gone.status_code == 409
    seat.refresh_from_db()
    assert seat.role == "reviewer"
    owner.client.post(address, {"role": "analyst", "was": "reviewer"})
    seat.refresh_from_db()
    assert seat.role == "analyst"


def test_paragraphs_of_an_older_text_are_not_marked_in_the_new_one(analyst: Person) -> None:
    article = factories.an_article(analyst.desk)
    page = analyst.client.get(at(analyst, "article", article.uid))
    sent = {"number": 1, "revision": hidden(page, "revision")}
    factories.a_revision(article, "Another first paragraph.", number=2)
    analyst.client.post(at(analyst, "article-read", article.uid), sent)
    assert not ParagraphRead.objects.exists()
    analyst.client.post(at(analyst, "article-read", article.uid), sent | {"revision": 2})
    assert ParagraphRead.objects.get().revision.number == 2


def test_an_invitation_is_revoked_by_two_at_once(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = invitations.create(owner.actor, "Ann", Role.VIEWER)
    revoke = invitations.revoke

    def after_another(*args: Any) -> None:
        revoke(owner.actor, Invitation.objects.get())
        revoke(*args)

    monkeypatch.setattr(invitations, "revoke", after_another)
    answer = owner.client.post(at(owner, "invitation-revoke", made.uid))
    assert answer.status_code == 302
