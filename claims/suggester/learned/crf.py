"""The library's taggers, as bytes in and chances out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pycrfsuite

from claims.suggester.learned.blob import Damaged

Rows = Sequence[Sequence[str]]

_FEW, _MANY = 2, 3  # how often a feature has to be there to be learned from, by how much there is
_MUCH = 300


def tagging(articles: int, rounds: int) -> Learner:
    """Learns to tag rows of words, from so many articles in so many rounds."""
    rarest = _MANY if articles >= _MUCH else _FEW
    return Learner({"c1": 0.0, "c2": 0.5, "max_iterations": rounds, "feature.minfreq": rarest})


def deciding() -> Learner:
    """Learns single decisions with true chances, as logistic regression: rows of one word.

    What it learns knows of no neighbours, so a row of many words is many decisions.
    """
    return Learner({"c1": 0.0, "c2": 6.0, "max_iterations": 60, "feature.minfreq": 2})


class Learner:
    """Examples in, a tagger out; the same examples can be learned without one part of them."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self._trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        self._trainer.set_params(dict(settings))

    def add(self, rows: Rows, tags: Sequence[str], part: int = 0) -> None:
        """One sequence: features and the tag of each word, as example of a part."""
        self._trainer.append(rows, tags, part)

    def learn(self, without: int = -1) -> bytes:
        """The tagger that all examples, or all but those of a part, give."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tagger"
            self._trainer.train(str(path), holdout=without)
            return path.read_bytes()


class Tagger:
    """A tagger of the library, from its bytes; raises `Damaged` where its tags are not found."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob  # the library reads from it as long as it lives
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(blob)
        self._labels = frozenset(self._tagger.labels())
        self._tagger.set([[""]])
        try:
            for tag in self._labels:
                self._tagger.marginal(tag, 0)
        except RuntimeError:
            raise Damaged("the tagger is damaged: its tags") from None

    def chances(self, rows: Rows, groups: Iterable[Sequence[str]]) -> list[tuple[float, ...]]:
        """For each word the chance of each group of tags; of all tags at once they give 1."""
        if not rows:
            return []
        self._tagger.set(rows)
        marginal = self._tagger.marginal
        known = [[tag for tag in group if tag in self._labels] for group in groups]
        return [
            tuple([sum([marginal(tag, at) for tag in group]) for group in known])
            for at in range(len(rows))
        ]
