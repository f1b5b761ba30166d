"""A new text for an article: carried over, decided on, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import revision as revisions
from claims.actions import undo
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput, current_revision
from claims.models import (
    Article,
    AssessmentChange,
    Change,
    Claim,
    ParagraphRead,
    Placement,
    Revision,
    Span,
)
from claims.records import Placing, SpanRole
from tests import factories

from . import searched
from .everything import settle

pytestmark = pytest.mark.django_db

OLD = (
    "Officials said that 25 militants were killed in the house on Wednesday.\n"
    "The ministry said that 55 people died there on Thursday night.\n"
    "A medic said that the roof fell at noon, and nobody was inside."
)
NEW = (
    "Correction.\n"
    "Officials said that 25 militants were killed in the house on Wednesday.\n"
    "The ministry said that 52 people died there on Thursday night.\n"
    "More follows."
)


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


@pytest.fixture
def article(actor: Actor) -> Article:
    return factories.an_article(actor.workspace, OLD)


def revise(actor: Actor, article: Article, text: str = NEW) -> Revision:
    upload = articles.keep_upload(actor, "new.txt", "text/plain", text.encode(), article=article)
    article.refresh_from_db()
    settle()
    return revisions.revise(actor, article, article.version, text, "utf-8", upload)


def words(claim: Claim, number: int) -> list[str]:
    return list(claim.spans.filter(revision__number=number).values_list("quote", flat=True))


def state() -> list[Any]:
    """All that a new text may move, but for versions and ids of what is made anew."""
    spans = Span.objects.order_by("claim", "revision", "start").values_list(
        "claim", "revision__number", "role", "start", "end", "quote", "match", "score"
    )
    rows = Placement.objects.order_by("id").values_list("claim", "state", "start", "end")
    texts = Revision.objects.order_by("id").values_list("article", "number", "text")
    read = ParagraphRead.objects.order_by("id").values_list("revision__number", "number")
    return [list(spans), list(rows), list(texts), list(read)]


def test_certain_words_are_carried_over_doubtful_ones_wait_and_lost_ones_stay(
    actor: Actor, article: Article
) -> None:
    kept = factories.a_claim(article, "25 militants were killed in the house")
    changed = factories.a_claim(article, "55 people died")
    lost = factories.a_claim(article, "the roof fell at noon")
    split = factories.a_claim(article, "25 militants")
    factories.a_span(split, "nobody was inside")
    was = [words(one, 1) for one in (kept, changed, lost, split)]
    revision = revise(actor, article)
    assert (revision.number, revision.text) == (2, NEW)
    assert words(kept, 2) == words(kept, 1) == kept.quotes()
    # Half of a quote can say something else: it waits as a whole.
    assert [words(one, 2) for one in (changed, lost, split)] == [[], [], []]
    assert [words(one, 1) for one in (kept, changed, lost, split)] == was
    waiting = {(row.claim, row.quote) for row in revisions.waiting(revision)}
    assert waiting == {(changed, "55 people died"), (split, "nobody was inside")}
    assert Placement.objects.get(claim=lost).state == Placing.GONE
    summary = Change.objects.latest("id").summary
    assert summary.endswith("1 claim carried over, 2 to look at, 1 no longer in the text")
    searched.assert_is_up_to_date()


def test_a_claim_comes_into_the_new_text_once_all_it_says_is_decided(
    actor: Actor, article: Article
) -> None:
    split = factories.a_claim(article, "55 people died")
    factories.a_span(split, "nobody was inside")
    factories.a_span(split, "The ministry", SpanRole.SOURCE)
    revision = revise(actor, article)
    number, inside = revisions.waiting(revision)
    revisions.decide(actor, number, number.claim.version, Placing.ACCEPTED)
    assert words(split, 2) == []
    inside.claim.refresh_from_db()
    revisions.decide(actor, inside, inside.claim.version, Placing.GONE)
    assert words(split, 2) == ["The ministry", "52 people died"]
    # A mind can be changed, and other words chosen.
    inside.claim.refresh_from_db()
    at = NEW.index("More follows")
    revisions.decide(actor, inside, inside.claim.version, Placing.ACCEPTED, (at, at + 12))
    assert words(split, 2) == ["The ministry", "52 people died", "More follows"]
    searched.assert_is_up_to_date()


def test_everything_of_it_is_undone_and_done_again(actor: Actor, article: Article) -> None:
    articles.mark_read(actor, current_revision(article), {1})
    factories.a_claim(article, "25 militants were killed in the house")
    factories.a_claim(article, "55 people died")
    states = [state()]
    revision = revise(actor, article)
    assert list(revision.paragraphs_read.values_list("number", flat=True)) == [2]
    states.append(state())
    (row,) = revisions.waiting(revision)
    revisions.decide(actor, row, row.claim.version, Placing.ACCEPTED)
    states.append(state())
    decided, revised = Change.objects.order_by("-id")[:2]
    first = undo.undo(actor, decided)
    assert state() == states[1]
    second = undo.undo(actor, revised)
    assert state() == states[0]
    undo.undo(actor, second)
    assert state() == states[1]
    undo.undo(actor, first)
    assert state() == states[2]
    searched.assert_is_up_to_date()


def test_undo_of_a_text_asks_about_decisions_and_keeps_what_was_made_on_it(
    actor: Actor, article: Article
) -> None:
    factories.a_claim(article, "55 people died")
    before = state()
    revision = revise(actor, article)
    revised = Change.objects.latest("id")
    articles.mark_read(actor, revision, {1})
    (row,) = revisions.waiting(revision)
    revisions.decide(actor, row, row.claim.version, Placing.ACCEPTED)
    decided = Change.objects.latest("id")
    with pytest.raises(NeedsConsent):
        undo.undo(actor, revised)
    undone = undo.undo(actor, revised, consent=True)
    assert state() == before
    with pytest.raises(ValidationError, match="bring that back first"):
        undo.undo(actor, decided)
    undo.undo(actor, undone)
    values = {"source": row.claim.source}
    claims.create(actor, article, values, [SpanInput(SpanRole.CONTENT, 0, 10)])
    with pytest.raises(ValidationError, match="a claim was made since"):
        undo.undo(actor, Change.objects.get(undo_of=undone), consent=True)


def test_words_of_an_older_text_are_not_taken_back_under_a_newer_one(
    actor: Actor, article: Article
) -> None:
    claim = factories.a_claim(article, "25 militants were killed")
    claims.add_span(actor, claim, claim.version, SpanInput(SpanRole.SOURCE, 0, 9))
    added = Change.objects.latest("id")
    revise(actor, article)
    with pytest.raises(ValidationError, match="newer text"):
        undo.undo(actor, added)
    revise(actor, article, NEW + "\nAnd more.")
    older = Change.objects.filter(action="article.revise").earliest("id")
    with pytest.raises(ValidationError, match="newer text has come"):
        undo.undo(actor, older)


def test_words_that_a_later_text_has_again_are_found_from_the_text_that_had_them(
    actor: Actor, article: Article
) -> None:
    lost = factories.a_claim(article, "the roof fell at noon")
    waits = factories.a_claim(article, "55 people died")
    revision = revise(actor, article)
    (row,) = revisions.waiting(revision)
    again = revise(actor, article, f"{OLD}\nMore follows.")
    assert words(lost, 3) == ["the roof fell at noon"]
    assert words(waits, 3) == ["55 people died"]
    assert not revisions.waiting(again)
    row.claim.refresh_from_db()
    with pytest.raises(ValidationError, match="newer text"):
        revisions.decide(actor, row, row.claim.version, Placing.ACCEPTED)


def test_the_same_text_a_stale_article_and_an_upload_that_is_gone_are_refused(
    actor: Actor, article: Article
) -> None:
    with pytest.raises(ValidationError, match="already: nothing would change"):
        revise(actor, article, OLD)
    upload = articles.keep_upload(actor, "new.txt", "text/plain", NEW.encode(), article=article)
    with pytest.raises(Conflict):
        revisions.revise(actor, article, article.version + 1, NEW, "utf-8", upload)
    revisions.revise(actor, article, article.version, NEW, "utf-8", upload)
    article.refresh_from_db()
    with pytest.raises(ValidationError, match="brought in already"):
        revisions.revise(actor, article, article.version, OLD, "utf-8", upload)
    assert article.revisions.count() == 2


def test_a_claim_that_was_open_meanwhile_is_stale(actor: Actor, article: Article) -> None:
    claim = factories.a_claim(article, "25 militants were killed")
    revise(actor, article)
    with pytest.raises(Conflict):
        claims.edit(actor, claim, claim.version, {"note": "mine"})


def test_a_verdict_rests_on_other_evidence_only_where_words_are_in_doubt(
    actor: Actor, article: Article
) -> None:
    incident = factories.an_incident(actor.workspace)
    kept = factories.a_claim(article, "25 militants were killed", incident=incident)
    factories.an_assessment(incident)
    revise(actor, article, f"New. {OLD}")
    assert words(kept, 2)
    assert not AssessmentChange.objects.exists()
    undo.undo(actor, Change.objects.latest("id"))
    assert not AssessmentChange.objects.exists()
    revise(actor, article, OLD.replace("25", "26"))
    assert AssessmentChange.objects.count() == 1


def test_many_claims_cost_as_many_statements_as_one(
    actor: Actor, article: Article, django_assert_max_num_queries: Any
) -> None:
    for at in range(12):
        factories.a_claim(article, OLD[at : at + 30].strip())
    upload = articles.keep_upload(actor, "new.txt", "text/plain", NEW.encode(), article=article)
    with django_assert_max_num_queries(45):
        revisions.revise(actor, article, article.version, NEW, "utf-8", upload)
