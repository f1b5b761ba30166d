"""Whether what was learned reads better than the rules, on articles that it has not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.suggester.learned.train import LEAST_ARTICLES, Example, TooFew, train
from claims.suggester.scores import Scores, Spans, right, score
from claims.suggester.shapes import Found

_HELD = 4  # one article in four is held back
_BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0)

Reader = Callable[[str], Sequence[Spans]]


@dataclass(frozen=True)
class Band:
    """Of what was shown with a chance from `low` up to `high`: how many, and how many right."""

    low: float
    high: float
    shown: int
    right: int


@dataclass(frozen=True)
class Comparison:
    """The scores of both engines on the same held-back articles, and how true the chances are."""

    learned: Scores
    rules: Scores
    bands: tuple[Band, ...]
    trained_on: int
    held_back: int

    @property
    def better(self) -> bool:
        """Whether the learned engine finds contents better, and with who says them no worse."""
        learned, rules = self.learned, self.rules
        return learned.attribution.f1 > rules.attribution.f1 and learned.full.f1 >= rules.full.f1


def compare(
    examples: Iterable[Example],
    rules: Reader,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Comparison:
    """Trains on three articles in four and reads the others, by `rules` too.

    Which are held back depends on the texts alone, not on their order: the same desk gives the
    same figures. Raises `TooFew` where three in four are fewer than `train` needs.
    """
    used = sorted((one for one in examples if any(a.content for a in one.attributions)), key=_key)
    held = used[::_HELD]
    seen = [one for at, one in enumerate(used) if at % _HELD]
    if len(seen) < LEAST_ARTICLES:
        raise TooFew(len(used), LEAST_ARTICLES * _HELD // (_HELD - 1) + 1)
    model = train(seen, language, progress)
    found = [model.find(one.text, language) for one in held]
    return Comparison(
        learned=_total(held, found),
        rules=evaluate(rules, held),
        bands=bands(held, found),
        trained_on=len(seen),
        held_back=len(held),
    )


def evaluate(read: Reader, examples: Iterable[Example]) -> Scores:
    """How well an engine finds what is attributed in articles."""
    examples = list(examples)
    return _total(examples, [read(one.text) for one in examples])


def bands(examples: Sequence[Example], found: Sequence[Sequence[Found]]) -> tuple[Band, ...]:
    """How often the chances that were shown came true; bands that nothing fell in are left out."""
    shown: list[tuple[float, bool]] = []
    for one, each in zip(examples, found, strict=True):
        good = right(one.text, one.attributions, each)
        shown += zip((each_one.score for each_one in each), good, strict=True)
    made = []
    for low, high in pairwise(_BANDS):
        inside = [good for chance, good in shown if low <= chance < high or chance == high == 1.0]
        if inside:
            made.append(Band(low, high, len(inside), sum(inside)))
    return tuple(made)


def _total(examples: Sequence[Example], found: Sequence[Sequence[Spans]]) -> Scores:
    total = Scores()
    for one, each in zip(examples, found, strict=True):
        total = total.plus(score(one.text, one.attributions, each))
    return total


def _key(one: Example) -> str:
    return hashlib.sha256(one.text.encode()).hexdigest()
