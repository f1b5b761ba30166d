"""One incident as a document to hand over: all that its page shows, numbered, on paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from claims.models import Incident, Source
from claims.records import Extent, Stance
from claims.views.brief_parts import (
    Numbered,
    counted,
    dated,
    excluded,
    judged,
    related,
)
from claims.views.desk import DeskRequest
from claims.views.incident_page import page
from claims.views.scene import Scene, scene


class Listed(NamedTuple):
    """A source of the document, by its number, and how many of its claims it quotes."""

    number: int
    source: Source
    claims: int


class Given(NamedTuple):
    """One statement under an answer: a claim, and those that repeat it the same way."""

    claim: Numbered
    rejects: bool
    in_part: bool
    repeats: list[Numbered]

    @property
    def pk(self) -> int:
        """The claim's."""
        key: int = self.claim.said.claim.pk
        return key


class Answer(NamedTuple):
    """An answer with the claims that are filed under it and count."""

    text: str
    given: list[Given]


class Asked(NamedTuple):
    """A question as the matrix counts it (`row`), with its answers."""

    row: Any
    answers: list[Answer]


def brief(request: DeskRequest, incident: Incident) -> dict[str, Any]:
    """The context of the document; claims by article and place, sources by name."""
    seen = scene(incident, request.workspace.slug)
    context = page(request, incident, seen, everything=True)
    cards = sorted(
        seen.claims.values(),
        key=lambda one: (
            str(one.claim.article.published_on or ""),
            one.claim.article_id,
            one.paragraph,
            one.claim.pk,
        ),
    )
    said = Counter(one.claim.source for one in cards)
    order = sorted(said, key=lambda source: (source.name.casefold(), source.pk))
    places = {source.pk: number for number, source in enumerate(order, 1)}
    claims = {
        one.claim.pk: Numbered(
            number,
            places[one.claim.source_id],
            one,
            seen.result.claims[one.claim.pk].live,
            request.build_absolute_uri(
                reverse("claim", args=[request.workspace.slug, one.claim.uid])
            ),
        )
        for number, one in enumerate(cards, 1)
    }
    asked = {question.pk: place for place, question in enumerate(seen.questions)}
    subjects = sorted(
        context["verdicts"] + context["undecided"],
        key=lambda one: asked[one.row.pk] if one.question else len(asked),
    )
    return context | {
        "asked": _asked(seen, context["matrix"].rows, claims),
        "claims": list(claims.values()),
        "sources": [Listed(places[source.pk], source, said[source]) for source in order],
        "related": related(seen, claims),
        "judged": judged(subjects, claims),
        "undecided": [one for one in subjects if not one.current and not one.hidden],
        "counted": counted(context["figures"], claims),
        "excluded": excluded(context["figures"], claims),
        "dated": dated(context["timeline"], claims),
        "left_out": sum(not one.counts for one in claims.values()),
        "made_at": timezone.now(),
    }


def _asked(seen: Scene, rows: list[Any], claims: dict[int, Numbered]) -> list[Asked]:
    given: dict[int, list[Given]] = defaultdict(list)
    for filing in seen.filings:
        claim = claims[filing.claim_id]
        if claim.counts:
            rejects, in_part = filing.stance == Stance.REJECTS, filing.extent == Extent.IN_PART
            given[filing.position_id].append(Given(claim, rejects, in_part, []))
    folded = {answer: _folded(seen, rows) for answer, rows in given.items()}
    return [
        Asked(
            row, [Answer(answer.text, folded.get(answer.pk, [])) for answer in row.question.answers]
        )
        for row in rows
    ]


def _folded(seen: Scene, rows: list[Given]) -> list[Given]:
    """One row for each statement: ten reports of it are not ten who say so."""
    found: dict[Any, Given] = {}
    # The claim that is repeated stands for those that repeat it, where it is here.
    for row in sorted(rows, key=lambda one: seen.statement(one.pk) != one.pk):
        key = (seen.statement(row.pk), row.rejects, row.in_part)
        if key in found:
            found[key].repeats.append(row.claim)
        else:
            found[key] = row
    for row in found.values():
        row.repeats.sort(key=lambda one: one.number)
    return sorted(found.values(), key=lambda one: one.claim.number)
