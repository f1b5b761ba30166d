"""The parts of a claim's aggregate: its spans and figures, set as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from claims.actions.journal import Act
from claims.actions.rows import check
from claims.anchoring.span import SpanError, quote, trim
from claims.models import Article, Claim, Figure, Revision, Span
from claims.records import SpanRole


class SpanInput(NamedTuple):
    """A piece of the text by code points; `quote`, when given, is checked against it."""

    role: SpanRole
    start: int
    end: int
    quote: str = ""


class Mismatch(ValidationError):
    """The words that were sent are not the words that stand there."""


def current_revision(article: Article) -> Revision:
    """The newest text of an article."""
    revision: Revision = article.revisions.latest("number")
    return revision


def read(revision: Revision, spans: Iterable[SpanInput]) -> list[SpanInput]:
    """The spans with their quotes cut from the text, in order, doubles left out.

    Raises ValidationError (`spans`) for a span outside the text, empty or reversed, and Mismatch
    when its words are others.
    """
    cut = {}
    for span in spans:
        try:
            words = quote(revision.text, span.start, span.end)
        except SpanError as error:
            raise ValidationError({"spans": str(error)}) from error
        if span.quote and span.quote != words:
            raise Mismatch({"spans": f"The text says “{words}” there, not “{span.quote}”."})
        cut[span.role, span.start, span.end] = span._replace(quote=words)
    return sorted(cut.values(), key=lambda span: (span.start, span.end, span.role))


def selected(revision: Revision, span: SpanInput) -> SpanInput:
    """What a person selected, as it is kept: whole characters, no white space around them.

    Raises as `read` does, and ValidationError when there is nothing but white space.
    """
    (span,) = read(revision, [span])
    place = trim(revision.text, span.start, span.end)
    if place is None:
        raise ValidationError({"spans": "Nothing but white space is selected."})
    return SpanInput(span.role, *place)


def with_words(spans: list[SpanInput]) -> list[SpanInput]:
    """All the spans of a claim. Raises ValidationError (`spans`) when none is what is said."""
    if not any(span.role == SpanRole.CONTENT for span in spans):
        raise ValidationError({"spans": "A claim needs words of the text: what is said."})
    return spans


def set_spans(act: Act, claim: Claim, revision: Revision, spans: Iterable[SpanInput]) -> bool:
    """Makes the claim's spans on `revision` these ones; True when that changed any."""
    asked = with_words(read(revision, spans))
    wanted = {(span.role.value, span.start, span.end): span for span in asked}
    changed = False
    for there in claim.spans.filter(revision=revision):
        if wanted.pop((there.role, there.start, there.end), None) is None:
            act.remove(there)
            changed = True
    new = [
        Span(
            workspace=claim.workspace,
            claim=claim,
            revision=revision,
            role=span.role,
            start=span.start,
            end=span.end,
            quote=span.quote,
        )
        for span in wanted.values()
    ]
    _add(act, new)
    return changed or bool(new)


def _add(act: Act, rows: Sequence[Span | Figure]) -> None:
    for row in rows:
        check(row)
    act.add_all(rows)


FIGURE_FIELDS = (
    "measure",
    "status",
    "subgroup",
    "group_as_stated",
    "part",
    "low",
    "high",
    "as_stated",
    "low_basis",
)


def set_figures(act: Act, claim: Claim, figures: Sequence[dict[str, Any]]) -> bool:
    """Makes the claim's figures these ones, in this order; True when that changed any."""
    there = list(claim.figures.all())
    if [{f: getattr(row, f) for f in FIGURE_FIELDS} for row in there] == [
        {f: getattr(Figure(**figure), f) for f in FIGURE_FIELDS} for figure in figures
    ]:
        return False
    for row in there:
        act.remove(row)
    _add(
        act,
        [
            Figure(workspace=claim.workspace, claim=claim, order=order, **figure)
            for order, figure in enumerate(figures)
        ],
    )
    return True
