"""Suggestions become claims, or don't; each act is undone as a whole."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from claims.actions import claim as claims
from claims.actions import identity, undo, undo_made
from claims.actions import suggestion as suggestions
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput
from claims.models import Article, Change, ChangeRow, Claim, Source, Suggestion
from claims.records import SpanRole
from tests import factories
from tests.unit.actions.marked_desk import written

TEXT = "The army said on Thursday that 25 fighters died. Officials denied it. A medic spoke."
DIED = "that 25 fighters died"


@pytest.fixture
def actor(db: None) -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


@pytest.fixture
def article(actor: Actor) -> Article:
    return factories.an_article(
        actor.workspace, TEXT, language="en", published_on=dt.date(2016, 12, 8)
    )


@pytest.fixture
def proposed(article: Article) -> Suggestion:
    figure = {"measure": "killed", "low": 25, "high": 25, "as_stated": "25"}
    return factories.a_suggestion(
        article,
        DIED,
        source_name="The army",
        unnamed=False,
        source_words=[[0, 8]],
        cue=[[9, 13]],
        said_as_stated="on Thursday",
        figures=[figure],
    )


def state(one: Suggestion) -> str:
    one.refresh_from_db()
    return one.state


def test_an_accepted_one_is_a_claim_with_all_its_parts(
    actor: Actor, article: Article, proposed: Suggestion
) -> None:
    incident = factories.an_incident(actor.workspace)
    (claim,) = suggestions.accept(actor, article, [proposed], incident)
    assert (claim.origin, claim.status, claim.annotator) == ("suggestion", "submitted", actor.user)
    assert (claim.source.name, claim.source.named) == ("The army", True)
    assert claim.incident == incident
    assert (claim.said_from, claim.said_as_stated) == (dt.date(2016, 12, 8), "on Thursday")
    assert claim.quotes() == [DIED]
    assert claim.quotes(SpanRole.SOURCE) == ["The army"]
    assert claim.quotes(SpanRole.CUE) == ["said"]
    assert claim.figures.get().low == 25
    assert (state(proposed), proposed.claim, proposed.decided_by) == ("accepted", claim, actor.user)
    article.refresh_from_db()
    assert article.status == "in_progress"
    change = Change.objects.get()
    assert change.summary == f"accepted a suggestion: The army says it is so: {DIED}"


def test_undo_takes_the_claim_and_brings_the_suggestion_back_and_redo_the_claim(
    actor: Actor, article: Article, proposed: Suggestion
) -> None:
    suggestions.accept(actor, article, [proposed], None)
    back = undo.undo(actor, Change.objects.get())
    assert (state(proposed), proposed.claim, proposed.decided_by) == ("proposed", None, None)
    assert not Claim.objects.kept().exists()
    undo.undo(actor, back)
    assert state(proposed) == "accepted"
    assert proposed.claim == Claim.objects.kept().get()


def test_many_are_one_act_and_a_newcomer_is_made_once(actor: Actor, article: Article) -> None:
    both = [
        factories.a_suggestion(article, words, source_name="Officials", unnamed=True)
        for words in (DIED, "it")
    ]
    made = suggestions.accept(actor, article, both, None)
    assert len({claim.source for claim in made}) == 1
    assert Change.objects.get().summary == f"accepted 2 suggestions of “{article}”"
    undo.undo(actor, Change.objects.get())
    assert [state(one) for one in both] == ["proposed", "proposed"]
    assert not Claim.objects.kept().exists()


def test_a_source_of_the_desk_says_it_where_one_alone_fits(
    actor: Actor, article: Article, proposed: Suggestion
) -> None:
    known = factories.a_source(actor.workspace, name="The Army")
    (claim,) = suggestions.accept(actor, article, [proposed], None)
    assert claim.source == known


def test_nothing_is_chosen_for_a_person(
    actor: Actor, article: Article, proposed: Suggestion
) -> None:
    for kind in ("state_body", "armed_group"):
        factories.a_source(actor.workspace, name="The army", kind=kind)
    with pytest.raises(ValidationError, match="Several sources fit"):
        suggestions.accept(actor, article, [proposed], None)
    open_ones = factories.a_suggestion(article, "it", polarity="")
    with pytest.raises(ValidationError, match="not clear from the words"):
        suggestions.accept(actor, article, [open_ones], None)
    nameless = factories.a_suggestion(article, "it", source_name="")
    with pytest.raises(ValidationError, match="Who says it"):
        suggestions.accept(actor, article, [nameless], None)
    assert not Claim.objects.exists()
    assert not Change.objects.exists()


def test_all_or_none(actor: Actor, article: Article, proposed: Suggestion) -> None:
    suggestions.dismiss(actor, proposed)
    other = factories.a_suggestion(article, "it")
    with pytest.raises(ValidationError, match="somebody has decided on it"):
        suggestions.accept(actor, article, [other, proposed], None)
    assert state(other) == "proposed"
    assert not Source.objects.exists()


def test_words_of_an_older_text_are_not_accepted(
    actor: Actor, article: Article, proposed: Suggestion
) -> None:
    factories.a_revision(article, TEXT + " More.", number=2)
    with pytest.raises(ValidationError, match="newer text"):
        suggestions.accept(actor, article, [proposed], None)


def test_dismissing_is_told_and_undone(actor: Actor, proposed: Suggestion) -> None:
    suggestions.dismiss(actor, proposed)
    assert state(proposed) == "dismissed"
    assert Change.objects.get().summary.startswith("dismissed a suggestion: The army")
    undo.undo(actor, Change.objects.get())
    assert state(proposed) == "proposed"


def test_the_journal_holds_what_was_decided_and_no_words(
    actor: Actor, proposed: Suggestion
) -> None:
    suggestions.dismiss(actor, proposed)
    line = ChangeRow.objects.get()
    assert line.model == "suggestion"
    assert set(line.after or {}) == {
        "uid", "workspace_id", "article_id", "state", "decided_by_id", "decided_at", "claim_id"
    }  # fmt: skip


def test_one_that_is_edited_first_becomes_that_claim(
    actor: Actor, article: Article, proposed: Suggestion
) -> None:
    source = factories.a_source(actor.workspace)
    claim = claims.create(
        actor,
        article,
        {"source": source},
        [SpanInput(SpanRole.CONTENT, 14, 30)],
        suggestion=proposed,
    )
    assert (state(proposed), proposed.claim, claim.origin) == ("edited", claim, "suggestion")
    undo.undo(actor, Change.objects.get())
    assert state(proposed) == "proposed"


def test_the_lossless_form_holds_the_claim_and_nothing_of_the_suggestion(
    actor: Actor, article: Article, proposed: Suggestion
) -> None:
    suggestions.accept(actor, article, [proposed], None)
    suggestions.dismiss(actor, factories.a_suggestion(article, "A medic spoke"))
    factories.a_suggestion(article, "it", reasons=["zaphod"])
    told = written(actor, "jsonl").decode()
    assert DIED in told
    assert '"suggestion.accept"' in told
    for left_out in ("suggestion.dismiss", "dismissed a suggestion", "zaphod", str(proposed.uid)):
        assert left_out not in told


def test_a_hundred_are_taken_back_at_once(actor: Actor, article: Article) -> None:
    """Many rows of one act are undone without a question, as long as nobody has built on them."""
    many = [factories.a_suggestion(article, "it") for _ in range(100)]
    suggestions.accept(actor, article, many, None)
    change = Change.objects.get()
    assert undo_made.stands_alone(change)
    undo.undo(actor, change)
    assert not Claim.objects.kept().exists()
    assert Suggestion.objects.proposed().count() == 100


def test_who_is_protected_is_proposed_no_more_by_the_old_words(
    actor: Actor, article: Article
) -> None:
    """Of an unnamed source, in its own article: elsewhere others are called so."""
    source = factories.a_source(actor.workspace, name="Officials", article=article)
    factories.a_suggestion(article, "it", source_name="Officials")
    other = factories.a_suggestion(
        factories.an_article(actor.workspace, TEXT), "it", source_name="Officials"
    )
    identity.protect(actor, source, source.version, "Witness 1", "They were threatened.")
    assert list(Suggestion.objects.all()) == [other]


def test_a_suggestion_of_another_desk_is_none(actor: Actor, article: Article) -> None:
    elsewhere = factories.an_article(factories.a_workspace(), TEXT)
    foreign = factories.a_suggestion(elsewhere, DIED)
    with pytest.raises(ValidationError, match="gone"):
        suggestions.dismiss(actor, foreign)
