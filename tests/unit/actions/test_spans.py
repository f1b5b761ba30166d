"""Spans as actions read and keep them: any text, any offsets, `text[start:end] == quote`."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from claims.actions.journal import Act, Actor
from claims.actions.spans import Mismatch, SpanInput, read, selected, set_figures, set_spans
from claims.models import Claim, Revision, Span
from claims.records import SpanRole
from tests import factories

# Letters that hang together, join, run to the left, or are nothing to see.
texts = st.text(
    st.sampled_from("ab é\u0301\u200d👨👩\ufe0fقا\u202e\xa0\n,") | st.characters(codec="utf-8"),
    min_size=1,
    max_size=40,
).filter(lambda text: "\0" not in text and "\r" not in text)
offsets = st.integers(-3, 45)


@given(texts, offsets, offsets)
def test_a_quote_is_what_stands_there_or_is_refused(text: str, start: int, end: int) -> None:
    span = SpanInput(SpanRole.CONTENT, start, end)
    if 0 <= start < end <= len(text):
        assert read(Revision(text=text), [span])[0].quote == text[start:end]
    else:
        with pytest.raises(ValidationError):
            read(Revision(text=text), [span])


@given(texts, offsets, offsets)
def test_what_is_selected_keeps_its_visible_words(text: str, start: int, end: int) -> None:
    span = SpanInput(SpanRole.CONTENT, start, end)
    try:
        kept = selected(Revision(text=text), span)
    except ValidationError:
        return
    assert 0 <= kept.start < kept.end <= len(text)
    assert text[start:end].strip() in text[kept.start : kept.end]
    assert selected(Revision(text=text), kept)[:3] == kept[:3]


def test_other_words_are_a_mismatch_and_doubles_are_one() -> None:
    revision = Revision(text="A strike hit.")
    with pytest.raises(Mismatch, match="The text says “A strike” there, not “a strike”"):
        read(revision, [SpanInput(SpanRole.CONTENT, 0, 8, "a strike")])
    twice = [
        SpanInput(SpanRole.CONTENT, 2, 8),
        SpanInput(SpanRole.CUE, 0, 1),
        SpanInput(SpanRole.CONTENT, 2, 8, "strike"),
    ]
    assert [span.quote for span in read(revision, twice)] == ["A", "strike"]


@pytest.fixture
def act() -> Act:
    return Act(Actor(factories.a_workspace(), factories.a_user()), "claim.edit", "edited")


def a_claim(act: Act) -> Claim:
    return factories.a_claim(factories.an_article(act.actor.workspace))


@pytest.mark.django_db
def test_spans_are_set_as_a_whole(act: Act) -> None:
    claim = a_claim(act)
    revision = claim.article.revisions.get()
    there = claim.spans.get()
    kept = SpanInput(SpanRole.CONTENT, there.start, there.end)
    with act:
        assert not set_spans(act, claim, revision, [kept])
        assert set_spans(act, claim, revision, [kept, SpanInput(SpanRole.CUE, 0, 1)])
    assert set(Span.objects.filter(claim=claim).values_list("role", flat=True)) == {
        "content",
        "cue",
    }
    with pytest.raises(ValidationError, match="A claim needs words"), act:
        set_spans(act, claim, revision, [SpanInput(SpanRole.CUE, 0, 1)])


@pytest.mark.django_db
def test_figures_are_compared_with_their_defaults(act: Act) -> None:
    claim = a_claim(act)
    with act:
        assert set_figures(act, claim, [{"measure": "killed", "low": 0}])
        assert not set_figures(act, claim, [{"measure": "killed", "low": 0, "as_stated": ""}])
        assert set_figures(act, claim, [{"measure": "killed", "low": None, "as_stated": "0"}])
        assert set_figures(act, claim, [])
    assert not claim.figures.exists()
