"""What was learned from a desk: it reads a text, and is kept as bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from claims.suggester.learned import container
from claims.suggester.learned.chance import Scale
from claims.suggester.learned.crf import Tagger
from claims.suggester.learned.hints import hinted
from claims.suggester.learned.parse import Aids
from claims.suggester.learned.reader import chosen, first_look, judged, second_look, who
from claims.suggester.learned.stats import Shares, stem
from claims.suggester.learned.tags import Range
from claims.suggester.learned.words import Passage
from claims.suggester.shapes import Found


@dataclass(frozen=True)
class LearnedModel:
    """Four taggers and what was counted; `articles` is from how many it was learned.

    `cues` finds reporting words and who, `contents` what was said, `right` judges, `sources`
    chooses who says it. `least` is the chance from which on something is worth proposing.
    `aids` names the word lists and the parser that it has learned with.
    """

    shares: Shares
    cues: bytes
    contents: bytes
    right: bytes
    sources: bytes
    scale: Scale
    least: float
    aids: Aids
    articles: int

    @cached_property
    def _taggers(self) -> tuple[Tagger, Tagger, Tagger, Tagger]:
        return Tagger(self.cues), Tagger(self.contents), Tagger(self.right), Tagger(self.sources)

    def find(self, text: str, language: str | None = None) -> list[Found]:
        """The attributions of a text, in its order; every piece lies within it.

        A model knows the language of its desk alone: it reads whatever it is given as that.
        """
        return [one for passage in hinted(text, self.aids) for one in self._of(passage)]

    def to_bytes(self) -> bytes:
        """The model as a file: a ZIP of JSON and of the library's own files."""
        about = {
            "reported": {word: count for word, count in self.shares.cues.items() if count},
            "seen": dict(self.shares.seen),
            "slope": self.scale.slope,
            "offset": self.scale.offset,
            "least": self.least,
            "language": self.aids.code,
            "parser": self.aids.parser,
            "articles": self.articles,
        }
        return container.pack(
            about,
            {
                "cues": self.cues,
                "contents": self.contents,
                "right": self.right,
                "sources": self.sources,
            },
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> LearnedModel:
        """The model that `to_bytes` gave; raises `container.NoModel` for anything else."""
        return cls(**container.unpack(data))

    def _of(self, passage: Passage) -> list[Found]:
        cues, contents, right, sources = self._taggers
        traits, chances = first_look(passage, self.shares, self.aids, cues)
        read = second_look(passage, traits, chances, contents)
        found = []
        scored = [(one, self.scale(chance)) for one, chance in judged(read, right)]
        for one, chance in chosen(scored, self.least):
            source = who(read, one, sources)
            cue = (passage.piece(*one.cue),) if one.cue else ()
            found.append(
                Found(
                    source=(passage.piece(*source),) if source else (),
                    cue=cue,
                    content=tuple(passage.piece(*part) for part in one.parts),
                    score=chance,
                    reasons=self._reasons(passage, one.cue),
                )
            )
        return found

    def _reasons(self, passage: Passage, cue: Range | None) -> tuple[str, ...]:
        """How often the most telling of the reporting words reported; nothing without any."""
        counts = {
            word: self.shares.counts(stem(word.lower()))
            for word in (passage.words[slice(*cue)] if cue else ())
        }
        return tuple(
            f"“{word}” reported {said} of {seen} times in what this desk has approved"
            for word, (said, seen) in sorted(counts.items(), key=lambda one: one[1])[-1:]
        )
