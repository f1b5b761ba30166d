"""Two incidents or sources side by side: what each is, what is joined, and what would end."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet

from claims.actions import incident_merge, source_merge
from claims.models import Incident, Source
from claims.records import SourceKind, TimePrecision
from claims.records.dates import span
from claims.views.counts import count, counted


class Fact(NamedTuple):
    """A detail of both; `becomes` is what it is from then on."""

    label: str
    kept: str
    other: str
    becomes: str


class Part(NamedTuple):
    """Things to which the same happens."""

    title: str
    rows: list[str]


def incidents_beside(kept: Incident, other: Incident) -> dict[str, Any]:
    """The template's variables; always as many queries."""
    plan = incident_merge.plan(kept, other)
    one, two = _of_incident(kept, {}), _of_incident(other, {})
    facts = [
        *_facts(one, two, _of_incident(kept, plan.fills)),
        _all("Claims", kept.claims.kept(), other.claims.kept()),
        _all("Links", kept.links.kept(), other.links.kept()),
        _all("Parts", kept.parts.kept(), other.parts.kept()),
        _all("Comments", kept.comments.kept(), other.comments.kept()),
    ]
    parts = [
        Part("Questions that become one", [str(into) for into in plan.joined.values()]),
        Part("Answers that become one", [_answer(same) for same in plan.same.values()]),
        Part("Questions that come along", [str(question) for question in plan.moved]),
        Part("Answers that come along", [f"{to} {row}" for row, to in plan.answers.items()]),
    ]
    return _context(facts, parts, plan.losses)


def sources_beside(kept: Source, other: Source) -> dict[str, Any]:
    """The template's variables; always as many queries."""
    plan = source_merge.plan(kept, other)
    names, others = (", ".join(map(str, row.aliases.all())) for row in (kept, other))
    from_then_on = ", ".join([*filter(None, [names]), *plan.names])
    facts = [
        *_facts(_of_source(kept, {}), _of_source(other, {}), _of_source(kept, plan.fills)),
        Fact("Also called", names, others, from_then_on),
        _all("Says", kept.claims.kept(), other.claims.kept()),
        _all("Relays", kept.relayed_claims.kept(), other.relayed_claims.kept()),
        _all("Is blamed in", kept.accusing_claims.kept(), other.accusing_claims.kept()),
        _all("Articles", kept.published.kept(), other.published.kept()),
    ]
    joining = [str(row) for row, to in plan.affiliates.items() if to == kept]
    return _context(facts, [Part("Belong to it too from then on", joining)], plan.losses)


def _of_incident(incident: Incident, fills: dict[str, Any]) -> dict[str, str]:
    def has(name: str) -> Any:
        return fills.get(name, getattr(incident, name))

    when = span(has("occurred_from"), has("occurred_to"), TimePrecision(has("precision")))
    north, east = has("latitude"), has("longitude")
    place = "" if north is None else f"{north.normalize():f}, {east.normalize():f}"
    details = {
        "Code": incident.code,
        "Title": incident.title,
        "When": when,
        "Place": has("place"),
        "Coordinates": place,
        "Summary": has("summary"),
        "Part of": has("parent"),
        "Who works on it": has("assignee"),
    }
    return {label: str(value or "") for label, value in details.items()}


def _of_source(source: Source, fills: dict[str, Any]) -> dict[str, str]:
    details = {
        "Name": source.name,
        "Kind": SourceKind(fills.get("kind", source.kind)).label,
        "Side": fills.get("side", source.side),
        "Belongs to": fills.get("affiliation", source.affiliation),
        "Note": fills.get("note", source.note),
    }
    return {label: str(value or "") for label, value in details.items()}


def _facts(kept: dict[str, str], other: dict[str, str], after: dict[str, str]) -> list[Fact]:
    return [Fact(label, kept[label], other[label], after[label]) for label in kept]


def _all(label: str, kept: QuerySet[Any], other: QuerySet[Any]) -> Fact:
    """How many both have; all of them are the one's that stays."""
    return Fact(label, counted(count(kept)), counted(count(other)), "all of them")


def _answer(position: Any) -> str:
    return f"{position.question} {position}"


def _context(facts: list[Fact], parts: list[Part], losses: list[str]) -> dict[str, Any]:
    seen = [fact for fact in facts if {fact.kept, fact.other} - {"", "0"}]
    return {"facts": seen, "parts": [part for part in parts if part.rows], "losses": losses}
