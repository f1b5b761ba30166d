"""Undo and redo from any page."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from claims.actions import claim as claims
from claims.actions import incident, link
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput
from claims.models import Article, Change, Claim, Incident, Link, Workspace
from claims.records import Relation, SpanRole
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select

pytestmark = pytest.mark.one_database


@pytest.fixture
def undo(desk: Workspace) -> str:
    return reverse("undo", args=[desk.slug])


@pytest.fixture
def incidents(desk: Workspace) -> str:
    return reverse("incidents", args=[desk.slug])


@pytest.fixture
def article(desk: Workspace) -> Article:
    return factories.an_article(desk)


def said(actor: Actor, article: Article, about: Incident | None = None) -> Claim:
    values = {"source": factories.a_source(actor.workspace), "incident": about}
    return claims.create(actor, article, values, [SpanInput(SpanRole.CONTENT, 0, 8)])


def one_undo(change: Change) -> str:
    return reverse("change-undo", args=[change.workspace.slug, change.uid])


def on_the_next_page(person: Person) -> str:
    return html.unescape(person.client.get(reverse("account")).content.decode())


def test_the_newest_act_is_undone_and_can_be_redone(analyst: Person, undo: str) -> None:
    incident.create(analyst.actor, {"title": "A strike"})
    place = reverse("account")
    response = analyst.client.post(undo, {"next": place})
    assert response.headers["Location"] == place
    assert not Incident.objects.kept().exists()
    page = on_the_next_page(analyst)
    assert "Undid: added the incident A strike" in page
    redo = re.search(r'<button form="undo-form" formaction="([^"]+)"[^>]*>Redo', page)
    assert redo is not None
    analyst.client.post(redo[1], {"next": place})
    assert Incident.objects.kept().exists()
    page = on_the_next_page(analyst)
    assert "Redid: added the incident A strike" in page
    assert re.search(r'formaction="[^"]+"[^>]*>Undo', page)


def test_pressed_again_the_act_before_that_is_undone(analyst: Person, undo: str) -> None:
    for title in ("First", "Second"):
        incident.create(analyst.actor, {"title": title})
    analyst.client.post(undo)
    assert [row.title for row in Incident.objects.kept()] == ["First"]
    analyst.client.post(undo)
    assert not Incident.objects.kept().exists()
    analyst.client.post(undo)
    assert "nothing of yours to undo" in on_the_next_page(analyst)


def test_what_was_undone_is_redone_step_by_step_until_something_new_is_done(
    analyst: Person, desk: Workspace, undo: str
) -> None:
    redo = reverse("redo", args=[desk.slug])
    for title in ("First", "Second", "Third"):
        incident.create(analyst.actor, {"title": title})
    for _ in range(3):
        analyst.client.post(undo)
    for known in (["First"], ["First", "Second"]):
        analyst.client.post(redo)
        assert [row.title for row in Incident.objects.kept().order_by("id")] == known
    incident.create(analyst.actor, {"title": "Something new"})
    analyst.client.post(redo)
    assert "nothing of yours to redo" in on_the_next_page(analyst)
    assert Incident.objects.kept().count() == 3


def test_only_ones_own_acts_are_undone_by_the_key(
    analyst: Person, owner: Person, undo: str
) -> None:
    incident.create(owner.actor, {"title": "Theirs"})
    analyst.client.post(undo)
    assert Incident.objects.kept().exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", "", "\\\\x"]
)
def test_nobody_is_led_off_the_site(
    analyst: Person, desk: Workspace, undo: str, elsewhere: str
) -> None:
    incident.create(analyst.actor, {"title": "A strike"})
    response = analyst.client.post(undo, {"next": elsewhere})
    assert response.headers["Location"] == desk.get_absolute_url()


def test_nobody_is_led_to_the_page_of_what_is_gone(
    analyst: Person, desk: Workspace, undo: str
) -> None:
    made = incident.create(analyst.actor, {"title": "A strike"})
    response = analyst.client.post(undo, {"next": made.get_absolute_url()})
    assert response.headers["Location"] == desk.get_absolute_url()


def test_what_would_go_too_is_listed_and_asked_about(
    analyst: Person, owner: Person, article: Article, undo: str, incidents: str
) -> None:
    about = factories.an_incident(analyst.desk)
    claim = said(analyst.actor, article, about)
    rival = said(owner.actor, article, about)
    link.create(owner.actor, rival.uid, claim.uid, Relation.CONTRADICTS)
    response = analyst.client.post(undo, {"next": incidents})
    page = html.unescape(response.content.decode())
    assert response.status_code == 409
    assert f"would go too: the link ({rival.source} contradicts {claim.source})" in page
    assert Link.objects.kept().exists()
    where = re.search(r'<form method="post" action="(/w/desk/changes/[^"]+)"', page)
    assert where is not None
    assert f'name="next" value="{incidents}"' in page
    (back,) = select(parsed(response), "form#undo-form [name=next]")
    assert back.get("value") == analyst.desk.get_absolute_url()
    (seal,) = (field.get("value") for field in select(parsed(response), "main [name=consent]"))
    # Somebody links it once more: what was agreed to is no longer all that would go.
    link.create(owner.actor, rival.uid, claim.uid, Relation.UNDERCUTS)
    again = analyst.client.post(where[1], {"consent": seal, "next": incidents})
    assert again.status_code == 409
    (seal,) = (field.get("value") for field in select(parsed(again), "main [name=consent]"))
    answer = analyst.client.post(where[1], {"consent": seal, "next": incidents})
    assert answer.headers["Location"] == incidents
    assert not Link.objects.kept().exists()


def test_what_was_undone_already_is_told(analyst: Person) -> None:
    incident.create(analyst.actor, {"title": "A strike"})
    change = Change.objects.get()
    for _ in range(2):
        analyst.client.post(one_undo(change))
    assert "undone already" in on_the_next_page(analyst)


def test_what_can_not_come_back_says_the_way_out(analyst: Person) -> None:
    first = incident.create(analyst.actor, {"title": "First", "code": "A-1"})
    incident.delete(analyst.actor, first, first.version)
    deleted = Change.objects.latest("id")
    incident.create(analyst.actor, {"title": "Second", "code": "A-1"})
    analyst.client.post(one_undo(deleted))
    assert "give that one another first" in on_the_next_page(analyst)
    assert Incident.objects.kept().count() == 1


def test_an_undo_has_the_name_of_who_pressed_the_key(analyst: Person, reviewer: Person) -> None:
    incident.create(analyst.actor, {"title": "A strike"})
    reviewer.client.post(one_undo(Change.objects.get()))
    undone = Change.objects.latest("id")
    assert (undone.user, undone.is_undo) == (reviewer.user, True)


def test_titles_are_shown_as_text(analyst: Person, undo: str) -> None:
    incident.create(analyst.actor, {"title": "<img src=x>"})
    analyst.client.post(undo)
    assert "&lt;img src=x&gt;" in analyst.client.get(reverse("account")).content.decode()
