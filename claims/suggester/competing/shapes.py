"""Claims as they are compared: what is known of each, without a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from claims.records import Aspect, Basis, ClaimKind, FigureStatus, Measure, Polarity


@dataclass(frozen=True)
class Number:
    """A figure of a claim; `low` and `high` are inclusive, None where open."""

    measure: Measure
    status: FigureStatus = FigureStatus.UNKNOWN
    low: int | None = None
    high: int | None = None
    group: str = ""
    subgroup: str = ""
    part: str = ""

    @property
    def told(self) -> str:
        """For a person: "25 fighters killed", "up to 65 killed"."""
        status = "" if self.status is FigureStatus.UNKNOWN else self.status.label
        if self.measure is Measure.OTHER:
            return " ".join(part for part in (self._range, self.group or status) if part)
        parts = (self._range, self.group or self.subgroup or status, self.measure.label)
        return " ".join(part for part in parts if part)

    @property
    def _range(self) -> str:
        if self.low is None:
            return f"up to {self.high}"
        if self.high is None:
            return f"{self.low} or more"
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True)
class Answer:
    """Which answer to a question a claim holds, or rejects; `exclusive`: only one can be so."""

    question: int
    position: int
    text: str
    aspect: Aspect = Aspect.OTHER
    holds: bool = True
    fully: bool = True
    exclusive: bool = True


@dataclass(frozen=True)
class Statement:
    """A claim. Ids are those of the rows; 0 is none.

    `around` is the paragraph that it stands in, `start` its place in the text of its article, in
    code points. `origin` is who said it first, `names` what its source is called, `accused_head` to
    whom the accused belongs in the end. `day` and `place` are those of its incident, or the day of
    its article where it is about none.
    """

    id: int
    words: str
    language: str = ""
    kind: ClaimKind = ClaimKind.FACTUAL
    polarity: Polarity = Polarity.ASSERTS
    source: int = 0
    origin: int = 0
    names: tuple[str, ...] = ()
    accused: int = 0
    accused_name: str = ""
    accused_head: int = 0
    incident: int = 0
    place: str = ""
    day: dt.date | None = None
    said: dt.date | None = None
    article: int = 0
    start: int = 0
    around: str = ""
    numbers: tuple[Number, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Sign:
    """Something that speaks for a conflict (with its basis) or for sameness (with none).

    `weight` is from 0 to 1; `told` says it in words that a person can check.
    """

    told: str
    weight: float
    basis: Basis | None = None
    rejects: bool = False
