"""Statements for the tests: short words, each by another source in an article of its own."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from claims.records import FigureStatus, Measure
from claims.suggester.competing import Number, Proposal, Statement, compare, weights

DAY = dt.date(2016, 12, 7)
CIVILIANS, FIGHTERS = FigureStatus.CIVILIAN, FigureStatus.COMBATANT
_ids = count(1_000)  # above what a test names itself


def a_statement(words: str, **fields: Any) -> Statement:
    """About incident 1; its source, and who said it first, are its own."""
    id = next(_ids)
    made: dict[str, Any] = {"source": id, "article": id, "incident": 1, "names": (f"Source {id}",)}
    made |= {"origin": fields.get("source", id)} | fields
    return Statement(id=id, words=words, **made)


def killed(low: int | None, high: int | None = None, **fields: Any) -> Number:
    """So many, exactly unless `high` is given; -1 leaves the upper end open."""
    top = None if high == -1 else low if high is None else high
    return Number(Measure.KILLED, low=low, high=top, **fields)


def between(one: Statement, other: Statement) -> Proposal | None:
    """What is proposed of the second for the first, as if there were no other."""
    return compare(one, other, weights((one, other)))


def found(one: Statement, other: Statement) -> Proposal:
    """The same, where something is."""
    proposal = between(one, other)
    assert proposal is not None
    return proposal
