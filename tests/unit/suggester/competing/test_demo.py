"""Of each pair of claims that people have linked in the demo, what is proposed without the link."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from claims.anchoring.text import paragraph_at
from claims.demo.files import quotes
from claims.records import Aspect, ClaimKind, FigureStatus, Measure, Polarity, SpanRole
from claims.suggester.competing import Answer, Number, Statement, rank
from tests.unit import demo_files as demo

KEYS = list(demo.CLAIMS)
SOURCES = ["", *demo.SOURCES]
REPEATS = {claim["key"]: link["to"] for claim, link in demo.LINKS if link["relation"] == "restates"}


def number(figure: dict[str, Any]) -> Number:
    return Number(
        Measure(figure["measure"]),
        FigureStatus(figure["status"]),
        figure.get("low"),
        figure.get("high"),
        figure.get("group_as_stated", ""),
        figure.get("subgroup", ""),
        figure.get("part", ""),
    )


def answer(filing: dict[str, Any]) -> Answer:
    question = demo.POSITIONS[filing["position"]]
    key = filing["position"].rpartition("/")[2]
    return Answer(
        question=list(demo.QUESTIONS).index(question["key"]),
        position=list(demo.POSITIONS).index(filing["position"]),
        text=next(one["text"] for one in question["positions"] if one["key"] == key),
        aspect=Aspect(question["aspect"]),
        holds=filing.get("stance", "holds") == "holds",
        fully=filing.get("extent", "fully") == "fully",
        exclusive=question["exclusive"],
    )


def competes(filing: dict[str, Any]) -> bool:
    question, _, key = filing["position"].rpartition("/")
    positions = demo.QUESTIONS[question]["positions"]
    return any(one["key"] == key and one["competes"] for one in positions)


def statement(claim: dict[str, Any]) -> Statement:
    article = demo.ARTICLES[claim["article"]]
    text = demo.TEXTS[claim["article"]]
    spans = [
        (start, words) for role, start, _, words in quotes(claim, text) if role is SpanRole.CONTENT
    ]
    start = min(start for start, _ in spans)
    source = demo.SOURCES[claim["source"]]
    incident = demo.INCIDENTS.get(claim.get("incident", ""), {})
    place = paragraph_at(text, start)
    accused = claim.get("accused", "")
    occurred: dt.datetime | None = incident.get("occurred_from")
    translation = claim.get("translation", "")
    return Statement(
        id=KEYS.index(claim["key"]) + 1,
        words=translation or " ".join(words for _, words in sorted(spans)),
        language="" if translation else article["language"],
        kind=ClaimKind(claim.get("kind", "factual")),
        polarity=Polarity(claim.get("polarity", "asserts")),
        source=SOURCES.index(claim["source"]),
        origin=SOURCES.index(claim["source"]),
        names=(source["name"], *source["aliases"]),
        accused=SOURCES.index(accused),
        accused_name=demo.SOURCES.get(accused, {}).get("name", ""),
        accused_head=SOURCES.index(demo.affiliation_head(accused)) if accused else 0,
        incident=list(demo.INCIDENTS).index(incident["key"]) + 1 if incident else 0,
        place=incident.get("place", ""),
        day=occurred.date() if occurred else article["published_on"],
        said=claim.get("said_from", article["published_on"]),
        article=list(demo.ARTICLES).index(claim["article"]) + 1,
        start=start,
        around=place.text if place else "",
        numbers=tuple(number(one) for one in claim.get("figures", [])),
        answers=tuple(answer(one) for one in claim.get("filings", []) if competes(one)),
    )


ALL = {key: statement(claim) for key, claim in demo.CLAIMS.items()}


def shares(statements: dict[str, Statement]) -> tuple[float, float, float]:
    """In the first three from where the link begins, from both ends, and as the right link.

    As on the page, what repeats another is not proposed itself, but for the pair in question.
    """
    begins = both = right = 0
    for claim, link in demo.LINKS:
        for here, there in ((claim["key"], link["to"]), (link["to"], claim["key"])):
            pool = [
                one
                for key, one in statements.items()
                if one.incident == statements[here].incident
                and (key not in REPEATS or key == there)
            ]
            found = {p.id: p for p in rank(statements[here], pool)}
            proposed = found.get(statements[there].id)
            both += proposed is not None
            if proposed and here == claim["key"]:
                begins += 1
                basis = link.get("basis", "")
                right += proposed.relation == link["relation"] and (
                    not basis or proposed.basis == basis
                )
    count = len(demo.LINKS)
    return begins / count, both / (2 * count), right / count


def test_four_of_five_linked_claims_are_among_the_first_three_most_as_they_are_linked() -> None:
    begins, both, right = shares(ALL)
    assert begins >= 0.85
    assert both >= 0.8
    assert right >= 0.8


def test_three_of_four_are_without_what_people_have_filed() -> None:
    begins, both, right = shares({key: replace(one, answers=()) for key, one in ALL.items()})
    assert begins >= 0.8
    assert both >= 0.75
    assert right >= 0.7
