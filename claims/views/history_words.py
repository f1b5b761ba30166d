"""One row of a change in plain words: what was done to what, and each field before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from claims.actions.as_of import made
from claims.actions.words_out import husk
from claims.models import ChangeRow, Figure
from claims.records import Relation, Role, SpanRole, Stance
from claims.records.dates import day, moment
from claims.views.history_names import NAMED_BY, Names

NOTHING = "nothing"
# Told by the heading, by who did it and when, or of no use to a person.
HIDDEN = frozenset(
    "uid workspace created_at deleted_at order origin annotator captured_at captured_by original "
    "original_sha256 original_type sha256 encoding match score read_by read_at".split()
)
# The owner of a part stands in its heading.
OWNERS = {
    "span": {"claim", "revision"},
    "figure": {"claim"},
    "placement": {"claim", "revision", "before", "role", "was_start", "was_end", "start", "end"},
    "alias": {"source"},
    "suggestion": {"article", "decided_by", "decided_at"},
    "position": {"question"},
    "question": {"incident"},
    "filing": {"claim", "position"},
    "link": {"from_claim", "to_claim", "incident", "relation"},
    "revision": {"article"},
    "paragraphread": {"revision", "number"},
    "membership": {"user"},
    "assessment": {"question", "incident", "reviewer", "blind"},
    "assessmentclaim": {"assessment", "claim"},
    "comment": {"claim", "question", "incident", "article", "author"},
    "mention": {"comment", "user"},
    "rating": {"source", "rated_by"},
    # Everybody reads the history, and an address can hold a key.
    "webhook": {"name", "url", "made_by"},
    # Its name is often an e-mail; owners see it on the page of members.
    "invitation": {"name", "made_by"},
    "chronicle": {"change"},
}
# Where the column's own name would not tell a person what it is.
LABELS = {
    ("claim", "source"): "who says it",
    ("claim", "via"): "relayed by",
    ("claim", "accused"): "whom it blames",
    ("claim", "polarity"): "says",
    ("claim", "approver"): "approved by",
    ("article", "republishes"): "copy of",
    ("incident", "parent"): "part of",
    ("incident", "workflow"): "work",
    ("incident", "precision"): "how exact the time is",
    ("incident", "location_precision"): "how exact the place is",
    ("source", "affiliation"): "belongs to",
    ("source", "article"): "stays with the article",
    ("source", "named"): "has a name",
    ("workspace", "question_templates"): "questions that new incidents start with",
}


class Field(NamedTuple):
    """One column: how it was and how it is; `before` is empty where the row was made."""

    label: str
    before: str
    after: str


class Told(NamedTuple):
    """One row. `quote` are words of the article, printed as such; `role` says what they are."""

    verb: str
    what: str
    quote: str
    fields: list[Field]


def told(line: ChangeRow, names: Names) -> Told:
    """The line in words."""
    data: Mapping[str, Any] = line.after or line.before or {}
    if line.left_sha256 and _is_husk(line):
        model = apps.get_model("claims", line.model)
        return Told(_verb(line), f"{model._meta.verbose_name}, since purged", "", [])
    return Told(_verb(line), _what(line, data, names), _quote(line, data), _fields(line, names))


def _is_husk(line: ChangeRow) -> bool:
    """Whether nothing is left of what it said; where a name is withheld, the rest can be read."""
    model = apps.get_model("claims", line.model)
    return all(husk(model, data) == data for data in (line.before, line.after) if data)


def unseen(count: int) -> Told:
    """What a second reviewer is told of a verdict that they are not to see before their own."""
    verdicts = "a verdict" if count == 1 else f"{count} verdicts"
    return Told("recorded", f"{verdicts}, shown once you have decided", "", [])


def _verb(line: ChangeRow) -> str:
    before, after = line.before, line.after
    if before is None:
        return "added"
    if after is None:
        return "taken out"
    if bool(before.get("deleted_at")) != bool(after.get("deleted_at")):
        return "deleted" if after.get("deleted_at") else "brought back"
    return "changed"


def _quote(line: ChangeRow, data: Mapping[str, Any]) -> str:
    return str(data["quote"]) if line.model == "span" else ""


def _what(line: ChangeRow, data: Mapping[str, Any], names: Names) -> str:
    """The heading, without the verb: what the row is and to what it belongs."""

    def of(table: str, column: str) -> str:
        return names.of(table, data.get(column))

    match line.model:
        case "claim":
            return f"claim of {of('source', 'source_id')}"
        case "span":
            return SpanRole(data["role"]).label
        case "figure":
            return f"number: {made(Figure, line.object_id, data).in_words()}"
        case "link":
            relation = Relation(data["relation"]).label
            return (
                f"link: {of('claim', 'from_claim_id')} — {relation} — {of('claim', 'to_claim_id')}"
            )
        case "filing":
            stance = Stance(data["stance"]).label
            return f"filing: {of('claim', 'claim_id')} — {stance} — {of('position', 'position_id')}"
        case "position":
            return f"answer to “{of('question', 'question_id')}”"
        case "alias":
            return f"other name of {of('source', 'source_id')}"
        case "membership":
            return f"seat of {of('user', 'user_id')}"
        case "rating":
            return f"rating of {of('source', 'source_id')}"
        case "assessment" | "assessmentclaim" | "comment" | "mention":
            return _of_review(line.model, data, names)
    return _named(line.model, data)


def _of_review(table: str, data: Mapping[str, Any], names: Names) -> str:
    match table:
        case "assessment":
            noun = "question" if data["question_id"] else "incident"
            return f"verdict on {names.of(noun, data[f'{noun}_id'])}"
        case "assessmentclaim":
            return f"claim that a verdict rests on: {names.of('claim', data['claim_id'])}"
        case "mention":
            return f"mention of {names.of('user', data['user_id'])}"
    return "comment"


def _named(table: str, data: Mapping[str, Any]) -> str:
    """The heading of what needs no other row to be told."""
    match table:
        case "suggestion":
            return "suggestion"
        case "placement":
            return f"words of an earlier text: “{data['quote']}”"
        case "paragraphread":
            return f"paragraph {data['number']} as read"
        case "revision":
            return f"text {data['number']}, from {data['original_name']}"
        case "workspace":
            return "settings of the desk"
        case "invitation":
            return f"invitation as {Role(data['role']).label}"
    called = next((data[name] for name in NAMED_BY if data.get(name)), "")
    return f"{apps.get_model('claims', table)._meta.verbose_name} “{called}”"


def _fields(line: ChangeRow, names: Names) -> list[Field]:
    """The columns that changed; of a row that was made, those that say something."""
    if line.model in ("span", "figure") or line.after is None:
        return []
    before, after = line.before, line.after
    found = []
    for field in _shown(line.model):
        if field.attname not in after:
            continue
        value = after[field.attname]
        if before is None:
            if value not in (None, "", [], field.get_default()):
                found.append(Field(_label(line.model, field), "", _said(field, value, names)))
        elif before.get(field.attname) != value:
            was = _said(field, before.get(field.attname), names)
            found.append(Field(_label(line.model, field), was, _said(field, value, names)))
    return found


def _shown(table: str) -> list[Any]:
    hidden = HIDDEN | OWNERS.get(table, set())
    fields: Any = apps.get_model("claims", table)._meta.concrete_fields
    return [field for field in fields if field.name not in hidden and not field.primary_key]


def _label(table: str, field: Any) -> str:
    return LABELS.get((table, field.name)) or str(field.verbose_name)


def _said(field: Any, value: Any, names: Names) -> str:
    """A value in words: labels, names, dates as people write them."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return names.of(field.related_model._meta.model_name or "", value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_template(one) for one in value)
    value = field.to_python(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    return day(value) if isinstance(value, dt.date) else str(value)


def _template(question: Any) -> str:
    """A question that new incidents start with: "What happened? (an air strike, a car bomb)"."""
    answers = ", ".join(question.get("positions", []))
    return f"{question['text']} ({answers})" if answers else str(question["text"])
