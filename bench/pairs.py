"""Pairs of claims that were written by hand (`pairs.toml`), and how well they are told apart.

For every claim that has a counterpart, whether its first proposal is one, and how many of the first
three are; for every pair, what was proposed against what it is; and how often the basis is right.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from claims.records import Basis, ClaimKind, FigureStatus, Measure, Polarity
from claims.suggester.competing import Number, Proposal, Statement, compare, rank, weights
from claims.suggester.competing.score import LEAST

PAIRS = Path(__file__).parent / "pairs.toml"
RANGE = re.compile(r"(\d*)\.\.(\d*)")
WORDS = ("competing", "same", "unrelated")


def number(told: str) -> Number:
    """`killed civilian 40..` as a figure."""
    measure, status, span = told.split()
    low, high = (int(end) if end else None for end in RANGE.fullmatch(span).groups())  # type: ignore[union-attr]
    return Number(Measure(measure), FigureStatus(status), low, high)


class Half:
    """The claims of one half of the file, and how they bear on one another."""

    def __init__(self, name: str) -> None:
        data = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
        self.incidents = [one for one in data["incidents"] if one["half"] == name]
        self.statements: list[list[Statement]] = []
        self.expected: dict[tuple[int, int], tuple[str, str]] = {}
        names: dict[str, int] = {}
        for at, incident in enumerate(self.incidents):
            ids = {}
            group = []
            for n, one in enumerate(incident["claims"]):
                id = at * 100 + n + 1
                ids[one["key"]] = id
                group.append(self.statement(id, at + 1, incident, one, names))
            self.statements.append(group)
            for told in incident["related"]:
                a, b, what = told.split()
                kind = ("same", "") if what == "same" else ("competing", what)
                self.expected[ids[a], ids[b]] = kind

    @staticmethod
    def statement(
        id: int, incident: int, event: dict[str, Any], one: dict[str, Any], names: dict[str, int]
    ) -> Statement:
        """A claim of the file; each stands in an article of its own."""
        source = names.setdefault(one["source"], len(names) + 1)
        accused = one.get("accused", "")
        day: dt.date = event["day"]
        return Statement(
            id=id,
            words=one["words"],
            language=one.get("language", "en"),
            kind=ClaimKind(one.get("kind", "factual")),
            polarity=Polarity(one.get("polarity", "asserts")),
            source=source,
            origin=source,
            names=(one["source"],),
            accused=names.setdefault(accused, len(names) + 1) if accused else 0,
            accused_name=accused,
            accused_head=names[accused] if accused else 0,
            incident=incident,
            place=event["place"],
            day=day,
            article=id,
            numbers=tuple(map(number, one.get("figures", ()))),
        )

    def kind(self, a: int, b: int) -> tuple[str, str]:
        """What two claims are to each other, and over what."""
        return self.expected.get((min(a, b), max(a, b)), ("unrelated", ""))


def proposed(found: Proposal | None) -> tuple[str, str]:
    """In the words of the file."""
    if found is None or found.score < LEAST:
        return "unrelated", ""
    if found.competes:
        return "competing", (found.basis or Basis.NEGATION).value
    same = found.relation.value in ("corroborates", "restates")
    return ("same", "") if same else ("unrelated", "")


def quality(half: Half) -> dict[str, Any]:
    """Precision at 1 and 3, the confusion table, and how often the basis is right."""
    firsts, of_three, in_three, bases = [], [], [], []
    table: Counter[tuple[str, str]] = Counter()
    for group in half.statements:
        known = weights(group)
        for at, one in enumerate(group):
            others = {o.id for o in group if half.kind(one.id, o.id)[0] != "unrelated"}
            found = [p.id for p in rank(one, group)]
            if others:
                firsts.append(bool(found) and found[0] in others)
                of_three.append((len(others & set(found)), len(found)))
                in_three.append((len(others & set(found)), min(3, len(others))))
            for other in group[at + 1 :]:
                what, basis = half.kind(one.id, other.id)
                guess, over = proposed(compare(one, other, known))
                table[what, guess] += 1
                if what == guess == "competing":
                    bases.append(basis == over)
    return {
        "p@1": ratio(sum(firsts), len(firsts)),
        "p@3": ratio(sum(hit for hit, _ in of_three), sum(n for _, n in of_three)),
        "recall@3": ratio(sum(hit for hit, _ in in_three), sum(n for _, n in in_three)),
        "basis": ratio(sum(bases), len(bases)),
        "table": {what: {guess: table[what, guess] for guess in WORDS} for what in WORDS},
    }


def ratio(some: int, all_of_them: int) -> float:
    """A share, to two places; 0 of nothing."""
    return round(some / all_of_them, 2) if all_of_them else 0.0
