"""Which marks of a file are parts of one attribution: who says it, the reporting words, what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.importers.marks import Mark, Tie
from claims.importers.meaning import relation_of
from claims.records import SpanRole


class Joined(NamedTuple):
    """By mark, the marks whose claims it is a part of; and the ties that say so, by place."""

    parts: dict[str, list[str]]
    ties: set[int]


def join(marks: Mapping[str, Mark], ties: Sequence[Tie]) -> Joined:
    """Who and reporting words go to the content that a tie leads to, at once or by each other.

    Reporting words that only lead by way of a speaker to several contents stay on their own: of
    which of them they are is not said.
    """
    roles = {key: role for key, mark in marks.items() if (role := mark.part)}
    near: dict[str, list[str]] = {}
    telling: list[int] = []
    for at, tie in enumerate(ties):
        ends = (tie.start, tie.end)
        named = {roles.get(end) for end in ends}
        if tie.more or None in named or named == {SpanRole.CONTENT} or relation_of(tie.name):
            continue
        if marks[tie.start].sheet is not marks[tie.end].sheet:
            continue
        telling.append(at)
        for one, other in (ends, ends[::-1]):
            near.setdefault(one, []).append(other)
    parts = {}
    for key, role in roles.items():
        if role is SpanRole.CONTENT:
            continue
        straight = [end for end in near.get(key, ()) if roles[end] is SpanRole.CONTENT]
        found = straight or _by_others(key, near, roles)
        if found and (straight or role is SpanRole.SOURCE or len(found) == 1):
            parts[key] = list(dict.fromkeys(found))
    joined = {at for at in telling if {ties[at].start, ties[at].end} & parts.keys()}
    return Joined(parts, joined)


def _by_others(
    key: str, near: Mapping[str, Iterable[str]], roles: Mapping[str, SpanRole]
) -> list[str]:
    """The contents that other parts of the attribution lead to."""
    found: list[str] = []
    seen, todo = {key}, [key]
    while todo:
        for end in near.get(todo.pop(), ()):
            if end in seen:
                continue
            seen.add(end)
            (found if roles[end] is SpanRole.CONTENT else todo).append(end)
    return found
