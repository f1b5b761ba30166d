"""Claims as `claims/suggester/competing` compares them, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from claims.anchoring.text import paragraph_at
from claims.models import lens
from claims.models.affiliation import heads
from claims.models.article import Revision
from claims.models.claim import Claim, Figure, Span
from claims.models.link import Filing
from claims.models.source import Alias
from claims.records import Aspect, ClaimKind, FigureStatus, Measure, Polarity, SpanRole, Stance
from claims.suggester.competing import Answer, Number, Statement
from claims.suggester.competing.reading import read

_COLUMNS = (
    "id kind polarity source_id source__name originator_id accused_id accused__name incident_id "
    "incident__place incident__occurred_from article_id article__language article__published_on "
    "said_from translation"
).split()


class _Words(NamedTuple):
    quote: str
    start: int
    revision: int


def statements(claims: Iterable[int]) -> list[Statement]:
    """The claims with these ids, in the order of their ids; eight queries at most."""
    ids = sorted(set(claims))
    rows = list(Claim.objects.filter(pk__in=ids).order_by("id").values(*_COLUMNS))
    said = _said(ids)
    names = _names({row["source_id"] for row in rows})
    numbers, answers = _numbers(ids), _answers(ids)
    around = _around(rows, said)
    to_whom = heads({row["accused_id"] for row in rows} - {None})
    blind = lens.current()
    return [
        Statement(
            id=row["id"],
            # A translation is in the desk's own language, whichever that is: its script decides.
            words=row["translation"] or said[row["id"]].quote,
            language="" if row["translation"] else row["article__language"],
            kind=ClaimKind(row["kind"]),
            polarity=Polarity(row["polarity"]),
            source=row["source_id"],
            # What is computed of claims that are not shown stays out of it.
            origin=(row["originator_id"] if blind is None else None) or row["source_id"],
            names=(row["source__name"], *names[row["source_id"]]),
            accused=row["accused_id"] or 0,
            accused_name=row["accused__name"] or "",
            accused_head=to_whom.get(row["accused_id"], 0),
            incident=row["incident_id"] or 0,
            place=row["incident__place"] or "",
            day=_day(row),
            said=row["said_from"] or row["article__published_on"],
            article=row["article_id"],
            start=said[row["id"]].start,
            around=around.get(row["id"], ""),
            numbers=tuple(numbers[row["id"]]),
            answers=tuple(answers[row["id"]]),
        )
        for row in rows
    ]


def _day(row: Mapping[str, Any]) -> dt.date | None:
    occurred: dt.datetime | None = row["incident__occurred_from"]
    published: dt.date | None = row["article__published_on"]
    return occurred.date() if occurred else published


def _said(ids: list[int]) -> dict[int, _Words]:
    """The content of each in the newest text that has any of it."""
    found: dict[int, _Words] = defaultdict(lambda: _Words("", 0, 0))
    spans = Span.objects.filter(claim__in=ids, role=SpanRole.CONTENT).order_by("start", "id")
    for claim, revision, start, quote in spans.values_list(
        "claim_id", "revision_id", "start", "quote"
    ):
        was = found.get(claim)
        if was is None or was.revision < revision:
            found[claim] = _Words(quote, start, revision)
        elif was.revision == revision:
            found[claim] = was._replace(quote=f"{was.quote} {quote}")
    return found


def _around(rows: Collection[Mapping[str, Any]], said: Mapping[int, _Words]) -> dict[int, str]:
    """The paragraphs of those that remark on others: what they remark on stands there."""
    remarks = {
        row["id"]: said[row["id"]]
        for row in rows
        if row["id"] in said
        and (
            row["kind"] != ClaimKind.FACTUAL
            or read(said[row["id"]].quote, row["article__language"]).doubts
        )
    }
    texts = Revision.objects.filter(pk__in={one.revision for one in remarks.values()})
    text = dict(texts.values_list("pk", "text"))
    places = {
        id: paragraph_at(text[one.revision], one.start)
        for id, one in remarks.items()
        if one.revision in text
    }
    return {id: place.text for id, place in places.items() if place}


def _names(sources: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for source, name in Alias.objects.filter(source__in=sources).values_list("source_id", "name"):
        found[source].append(name)
    return found


def _numbers(ids: list[int]) -> dict[int, list[Number]]:
    found: dict[int, list[Number]] = defaultdict(list)
    for row in Figure.objects.filter(claim__in=ids):
        if row.low is not None or row.high is not None:
            found[row.claim_id].append(
                Number(
                    Measure(row.measure),
                    FigureStatus(row.status),
                    row.low,
                    row.high,
                    row.group_as_stated,
                    row.subgroup,
                    row.part,
                )
            )
    return found


def _answers(ids: list[int]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = Filing.objects.kept().filter(
        claim__in=ids, position__deleted_at=None, position__question__deleted_at=None
    )
    for row in rows.select_related("position__question"):
        answer, question = row.position, row.position.question
        if answer.competes:
            found[row.claim_id].append(
                Answer(
                    question.pk,
                    answer.pk,
                    answer.text,
                    Aspect(question.aspect),
                    holds=row.stance == Stance.HOLDS,
                    fully=row.extent == "fully",
                    exclusive=question.exclusive,
                )
            )
    return found
