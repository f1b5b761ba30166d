"""Our own sums of what a source counts in parts, where adding up says no more than the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from claims.records import LowBasis


class Number(NamedTuple):
    """A range; None is an open end, and two of them are no number."""

    low: int | None
    high: int | None


class Sum(NamedTuple):
    """What the figures `of` come to; `convention` where an end of one is not the text's."""

    low: int | None
    high: int | None
    of: list[Any]
    convention: bool


def sums(figures: Iterable[Any]) -> dict[tuple[str, str], Sum]:
    """By measure and status, for the figures of one claim.

    Only of several different parts of one claim, all of the same people as stated, each counted
    once, each with a number; and only where the claim gives no number for the whole. Groups
    ("women", "children") are never added: they may be some of all, and may share members.
    """
    counted: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for figure in figures:
        counted[figure.measure, figure.status].append(figure)
    found = {key: _sum(parts) for key, rows in counted.items() if (parts := _parts(rows))}
    return {key: total for key, total in found.items() if _is_number(total)}


def _parts(rows: list[Any]) -> list[Any]:
    """Those of `rows` that are no group of others, if they can be added; else none."""
    parts = [row for row in rows if not row.subgroup]
    names = {part.part.casefold() for part in parts if part.part}
    people = {part.group_as_stated.casefold() for part in parts}
    each_once = len(parts) > 1 and len(names) == len(parts) and len(people) == 1
    return parts if each_once and all(map(_is_number, parts)) else []


def _is_number(row: Any) -> bool:
    return row.low is not None or row.high is not None


def _sum(parts: list[Any]) -> Sum:
    lows = [part.low for part in parts]
    highs = [part.high for part in parts]
    return Sum(
        None if None in lows else sum(lows),
        None if None in highs else sum(highs),
        parts,
        any(part.low is not None and part.low_basis == LowBasis.CONVENTION for part in parts),
    )
