"""What the annotate page shows of a text: its passages, and how far they are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Q

from claims.anchoring.passage import Mark, Passage
from claims.anchoring.segments import by_paragraph
from claims.anchoring.text import Paragraph, paragraphs
from claims.models import Article, Claim, Incident, Revision, Span
from claims.records import SpanRole

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "syr")


def passages(
    revision: Revision,
    only: Collection[int] | None = None,
    suggested: Sequence[tuple[Mark, int, int]] = (),
) -> list[Passage]:
    """The paragraphs of a text (or some, by number) with their marks, over those `suggested`."""
    lines = paragraphs(revision.text)
    spans = Span.objects.filter(revision=revision, claim__deleted_at=None)
    if only is not None:
        lines = [line for line in lines if line.number in only]
        spans = spans.filter(_over(lines))
    rows = spans.order_by("id").values_list(
        "claim__uid", "role", "claim__source__side__color", "start", "end"
    )
    marks = [
        *suggested,
        *(
            (Mark(str(claim), SpanRole(role), color or 0), start, end)
            for claim, role, color, start, end in rows
        ),
    ]
    read = set(revision.paragraphs_read.values_list("number", flat=True))
    return [
        Passage(line, segments, line.number in read)
        for line, segments in zip(lines, by_paragraph(revision.text, lines, marks), strict=True)
    ]


def _over(lines: Iterable[Paragraph]) -> Q:
    over = Q(pk=None)
    for line in lines:
        over |= Q(start__lt=line.end, end__gt=line.start)
    return over


def progress(article: Article, revision: Revision) -> dict[str, Any]:
    """Claims, incidents, paragraphs, and how many of these are read: marked, or with a claim."""
    lines = paragraphs(revision.text)
    read = set(revision.paragraphs_read.values_list("number", flat=True))
    contents = Span.objects.filter(
        revision=revision, role=SpanRole.CONTENT, claim__deleted_at=None
    ).values_list("start", "end")
    starts, ends = [line.start for line in lines], [line.end for line in lines]
    for start, end in contents:
        under = lines[bisect_right(ends, start) : bisect_left(starts, end)]
        read.update(line.number for line in under)
    return {
        "claims": Claim.objects.kept().filter(article=article).count(),
        "incidents": list(
            Incident.objects.kept()
            .filter(id__in=Claim.objects.kept().filter(article=article).values("incident"))
            .order_by("id")
            .select_related("workspace")
        ),
        "paragraphs": len(lines),
        "read": len(read & {line.number for line in lines}),
    }


def lines_over(lines: Sequence[Paragraph], start: int, end: int) -> list[Paragraph]:
    """The paragraphs that `[start, end)` touches."""
    first = bisect_right(lines, start, key=lambda line: line.end)
    last = bisect_left(lines, end, key=lambda line: line.start)
    return list(lines[first:last])


def direction(language: str) -> str:
    """`rtl` for the languages written so, else `auto` (each paragraph by its first letter)."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "auto"
