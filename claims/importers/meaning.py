"""What the labels of other tools are taken for: no more than their names say."""

from __future__ import annotations

import re

from claims.records import Relation, SpanRole

_ROLES = {
    SpanRole.SOURCE: "source who speaker",
    SpanRole.CUE: "cue reporting reporting_words",
    SpanRole.CONTENT: "content claim statement",
}
_RELATIONS = {
    Relation.CONTRADICTS: "contradict contradiction contradictory conflicts_with",
    Relation.CORROBORATES: "corroborate corroboration agree agrees agreement agrees_with",
    Relation.DENIES: "deny denial explicitly_rejects",
    Relation.UNDERCUTS: "undercut questions_the_reliability_of",
    Relation.RESTATES: "restate restatement repeats",
    Relation.SUPERSEDES: "supersede replaces",
    Relation.RESPONDS_TO: "response_to replies_to reply_to",
}
_BACKWARDS = {
    Relation.DENIES: "denied_by",
    Relation.UNDERCUTS: "undercut_by",
    Relation.RESTATES: "restated_by repeated_by",
    Relation.SUPERSEDES: "superseded_by replaced_by",
}
"""Read from the second claim to the first."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def _by_name(words: dict[Relation, str]) -> dict[str, Relation]:
    return {name: relation for relation, names in words.items() for name in names.split()}


ROLES = {name: role for role, names in _ROLES.items() for name in names.split()}
RELATIONS = {relation.value: relation for relation in Relation} | _by_name(_RELATIONS)
BACKWARDS = _by_name(_BACKWARDS)


def plain(label: str) -> str:
    """`RespondsTo`, `responds-to` and `Responds to` as `responds_to`."""
    return _BETWEEN.sub("_", _HUMP.sub("_", label).casefold()).strip("_")


def role_of(label: str) -> SpanRole | None:
    """Which part of an attribution a label names, if any."""
    return ROLES.get(plain(label))


def relation_of(name: str) -> tuple[Relation, bool] | None:
    """Which of our relations a type is, and whether it is read backwards; None for others."""
    found = plain(name)
    if found in RELATIONS:
        return RELATIONS[found], False
    return (BACKWARDS[found], True) if found in BACKWARDS else None
