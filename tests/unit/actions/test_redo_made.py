"""Redo of a large act: at once, to the same as row by row, and not over what happened since."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import link as links
from claims.actions import redo_made, standing, undo, undo_made
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Actor
from claims.models import Change, Claim, Incident, Link, Span
from claims.records import Relation
from claims.snapshot import FORMATS, Selection, reading
from tests import factories
from tests.unit.actions import everything, searched
from tests.unit.actions.brought import act_of, brought
from tests.unit.importers import foreign
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every act is a large one."""
    monkeypatch.setattr(undo_made, "FEW", 1)


def work(desk: desks.Desk) -> bytes:
    with reading() as reader:
        return b"".join(FORMATS["jsonl"].write(reader, Selection(desk.workspace), desks.permalink))


@pytest.fixture
def undone(other: Actor) -> Change:
    """The undo of an import of everything that a desk can hold."""
    brought(other, "work-jsonl", work(desks.a_desk()))
    return undo.undo(other, act_of(other))


def row_by_row(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Hears of each redo that was left to the careful way."""
    heard: list[Any] = []
    careful = standing.lines_of

    def hear(change: Change) -> Any:
        heard.append(change)
        return careful(change)

    monkeypatch.setattr(standing, "lines_of", hear)
    return heard


@pytest.mark.parametrize("batch", [7, 500])
def test_what_was_taken_back_is_there_again(
    other: Actor, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(undo_made, "BATCH", batch)
    monkeypatch.setattr(redo_made, "BATCH", batch)
    brought(other, "work-jsonl", work(desks.a_desk()))
    everything.settle()
    there = everything.everything()
    heard = row_by_row(monkeypatch)
    undo.undo(other, undo.undo(other, act_of(other)))
    assert heard == []
    assert everything.everything() == there
    searched.assert_is_up_to_date()


def test_it_is_the_same_as_row_by_row(
    other: Actor, undone: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = row_by_row(monkeypatch)
    redone = undo.undo(other, undone)
    assert heard == []
    at_once = everything.everything()
    told = {(line.model, line.object_id): (line.before, line.after) for line in redone.rows.all()}
    topics = set(redone.topics.values_list("noun", "object_id"))
    again = undo.undo(other, redone)
    monkeypatch.setattr(redo_made, "stands_alone", lambda _: False)
    careful = undo.undo(other, again)
    assert heard
    assert everything.everything() == at_once
    same = {(line.model, line.object_id): (line.before, line.after) for line in careful.rows.all()}
    assert told.keys() == same.keys()
    # When it was deleted, and a verdict withdrawn, is another moment.
    times = {"deleted_at", "withdrawn_at"}
    for key, (before, after) in told.items():
        for one, as_was in zip((before, after), same[key], strict=True):
            assert (one is None) == (as_was is None)
            if one and as_was:
                assert {n for n in one if one[n] != as_was[n]} <= times, key
    assert topics == set(careful.topics.values_list("noun", "object_id"))


def test_many_cost_as_many_queries_as_few(other: Actor) -> None:
    def queries(count: int) -> int:
        text = " ".join(f"Sentence number {count} of {n} says it." for n in range(count))
        entities = [
            foreign.entity(n, "claim", text, f"{count} of {n} says it") for n in range(count)
        ]
        brought(other, "doccano", foreign.jsonl({"text": text, "entities": entities}))
        undone = undo.undo(other, act_of(other))
        with CaptureQueriesContext(connection) as found:
            undo.undo(other, undone)
        assert Claim.objects.filter(article__deleted_at=None).kept().count() >= count
        return len(found)

    assert queries(4) == queries(40)


def test_work_on_other_things_is_not_in_the_way(
    other: Actor, undone: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = factories.an_article(other.workspace)
    claim = factories.a_claim(article, article.revisions.get().text[:5])
    claims.edit(other, claim, claim.version, {"note": "mine"})
    heard = row_by_row(monkeypatch)
    undo.undo(other, undone)
    assert heard == []
    assert Claim.objects.within(other.workspace).kept().count() == 5


def test_who_has_its_place_by_now_is_asked_about(other: Actor, undone: Change) -> None:
    gone = Incident.objects.within(other.workspace).first()
    assert gone is not None
    factories.an_incident(other.workspace, code=gone.code)
    with pytest.raises(NeedsConsent, match=f"has the code {gone.code} by now"):
        undo.undo(other, undone)
    assert not Claim.objects.within(other.workspace).kept().exists()


def marks(*relations: dict[str, Any]) -> bytes:
    entities = [
        foreign.entity(1, "claim", foreign.EMOJI, "40 people died"),
        foreign.entity(2, "claim", foreign.EMOJI, "A doctor denied that"),
    ]
    line = {"text": foreign.EMOJI, "entities": entities, "relations": list(relations)}
    return foreign.jsonl(line)


def test_what_it_stands_on_was_changed_since(other: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    article = factories.an_article(other.workspace, foreign.EMOJI)
    brought(other, "doccano", marks())
    undone = undo.undo(other, act_of(other))
    articles.edit(other, article, article.version, {"title": "Another one"})
    heard = row_by_row(monkeypatch)
    undo.undo(other, undone)
    assert len(heard) == 1
    assert Claim.objects.within(other.workspace).kept().count() == 2


def test_what_came_back_since_does_not_come_back_once_more(other: Actor, undone: Change) -> None:
    undo.undo(other, undone)
    assert not redo_made.stands_alone(undone)


def test_a_text_that_is_gone_takes_no_words_back(other: Actor, undone: Change) -> None:
    assert redo_made.stands_alone(undone)
    (part, *_) = [line for line in undone.rows.all() if line.model == "span"]
    span = Span(pk=part.object_id, **{**part.before, "revision_id": 10**6})
    with pytest.raises(redo_made.InTheWay):
        redo_made._stand_on(Span, [span])


def test_a_link_of_claims_that_others_link_is_left_to_the_careful_way(
    other: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = factories.an_article(other.workspace, foreign.EMOJI)
    incident = factories.an_incident(other.workspace)
    said = factories.a_source(other.workspace, name="not given in the file")
    about = {"incident": incident, "source": said}
    died, denied, third = (
        factories.a_claim(article, quote, **about)
        for quote in ("40 people died", "A doctor denied that", "The mayor")
    )
    tie = foreign.relation(1, 2, 1, "denies")
    brought(other, "doccano", marks(tie))
    link = Link.objects.within(other.workspace).kept().get()
    assert (link.from_claim, link.to_claim) == (denied, died)
    undone = undo.undo(other, act_of(other))
    links.create(other, third.uid, died.uid, Relation.CONTRADICTS)
    heard = row_by_row(monkeypatch)
    undo.undo(other, undone)
    assert len(heard) == 1
    assert Link.objects.within(other.workspace).kept().count() == 2
