"""What a person chose of a file of another tool: what its labels mean, and what comes twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from claims.importers.meaning import role_of
from claims.records import SpanRole

OUT = "out"
"""Chosen of a label whose marks are to be left out."""
PARTS = (SpanRole.CONTENT.value, SpanRole.SOURCE.value, SpanRole.CUE.value, OUT)
"""What can be chosen of a label."""


class Choices(NamedTuple):
    """`labels`: by label one of `PARTS`, which holds whatever its name says.

    `twice`: claims that stand at the desk already are made once more.
    """

    labels: Mapping[str, str]
    twice: bool

    def part_of(self, labels: Iterable[str]) -> SpanRole | None:
        """Which part of an attribution they name: the first that names any."""
        for label in labels:
            chosen = self.labels.get(label)
            role = SpanRole(chosen) if chosen and chosen != OUT else role_of(label)
            if role:
                return role
        return None

    def kept(self, labels: Iterable[str]) -> list[str]:
        """The labels that are not left out."""
        return [label for label in labels if self.labels.get(label) != OUT]

    def as_json(self) -> dict[str, Any]:
        """As an import keeps them; `of_json` reads it."""
        return {"labels": list(self.labels.items()), "twice": self.twice}


def of_json(held: Mapping[str, Any] | None) -> Choices:
    """What an import keeps; without any, that each label means what its name says."""
    return Choices(dict(held["labels"]), held["twice"]) if held else AS_NAMED


AS_NAMED = Choices({}, twice=False)
"""Nothing is chosen."""


class Offers(NamedTuple):
    """What there is to choose in a file.

    `labels` are those whose names say nothing, with the number of their marks, the most frequent
    first; `twice` counts the claims that stand at the desk already.
    """

    labels: list[tuple[str, int]]
    twice: int

    def as_json(self) -> dict[str, Any]:
        """As an import keeps them."""
        return self._asdict()
