"""Training: two taggers, then who and what, each on what the one before finds in new articles.

Each article is read by taggers that have not seen it: else the second would trust the first
more than it may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from claims.suggester.learned.candidates import Read
from claims.suggester.learned.columns import columns
from claims.suggester.learned.crf import Tagger, tagging
from claims.suggester.learned.features import Chances, content_features, cue_features
from claims.suggester.learned.hints import hinted
from claims.suggester.learned.judging import Gold, gold, learn_choice
from claims.suggester.learned.model import LearnedModel
from claims.suggester.learned.parse import Aids, parser_for
from claims.suggester.learned.reader import first_look, second_look
from claims.suggester.learned.stats import Shares, stem
from claims.suggester.learned.tags import CUE, tags
from claims.suggester.learned.words import Passage
from claims.suggester.lexicon import lexicon
from claims.suggester.scores import Spans

LEAST_ARTICLES = 20
_PARTS = 3
_SAMPLE = 2_000
_CUE_ROUNDS, _CONTENT_ROUNDS = 60, 90


class TooFew(Exception):
    """Nothing can be learned from so few articles."""

    def __init__(self, there: int, needed: int = LEAST_ARTICLES) -> None:
        super().__init__(f"It takes {needed} articles with approved claims; there are {there}.")


@dataclass(frozen=True)
class Example:
    """An article and all that is attributed in it, as pieces of its text."""

    text: str
    attributions: Sequence[Spans]


@dataclass
class _Article:
    example: Example
    passages: list[Passage]
    tags: list[tuple[list[str], list[str]]]
    cues: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    shares: Shares = field(default_factory=Shares)
    chances: list[list[Chances]] = field(default_factory=list)


def train(
    examples: Iterable[Example],
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> LearnedModel:
    """A model of the desk that approved these claims; the same examples give the same model.

    `progress` is told the share of the work that is done, 0 to 1. Raises `TooFew` below
    `LEAST_ARTICLES` articles that hold an attribution.
    """
    tell = progress or (lambda _: None)
    read = [one for one in examples if any(a.content for a in one.attributions)]
    if len(read) < LEAST_ARTICLES:
        raise TooFew(len(read))
    words = lexicon(language, " ".join(one.text[:200] for one in read)[:_SAMPLE])
    code = words.code if words else (language or "").split("-")[0]
    aids = Aids(words.code if words else "", parser_for(code))
    used = [_article(one, aids) for one in read]
    shares = _share(used)
    first = _learn_cues(used, aids, tell)
    second, held = _learn_contents(used, aids, tell)
    right, who, scaled, least = learn_choice(held)
    tell(1.0)
    return LearnedModel(shares, first, second, right, who, scaled, least, aids, len(used))


def _article(example: Example, aids: Aids) -> _Article:
    said = [one for one in example.attributions if one.content]
    found = hinted(example.text, aids)
    article = _Article(example, found, [tags(passage, said) for passage in found])
    for passage, (cues, _) in zip(found, article.tags, strict=True):
        for word, tag in zip(passage.words, cues, strict=True):
            of = stem(word.lower())
            article.seen[of] += 1
            article.cues[of] += tag.startswith(CUE)
    return article


def _share(used: list[_Article]) -> Shares:
    """How often each word reports; for each article as it is in the other parts.

    Without the article alone, a share a little higher than elsewhere would tell that the word does
    not report in this one.
    """
    parts = []
    for part in range(_PARTS):
        own = used[part::_PARTS]
        cues = sum((one.cues for one in own), Counter[str]())
        parts.append((own, cues, sum((one.seen for one in own), Counter[str]())))
    every = Shares(
        sum((cues for _, cues, _ in parts), Counter[str]()),
        sum((seen for _, _, seen in parts), Counter[str]()),
    )
    for own, cues, seen in parts:
        less = every.without(cues, seen)
        for one in own:
            one.shares = less
    return every


def _learn_cues(used: list[_Article], aids: Aids, tell: Callable[[float], None]) -> bytes:
    learner = tagging(len(used), _CUE_ROUNDS)
    for at, one in enumerate(used):
        for passage, (cues, _) in zip(one.passages, one.tags, strict=True):
            learner.add(
                cue_features(passage, columns(passage, one.shares, aids)), cues, at % _PARTS
            )
    tell(0.1)
    for part in range(_PARTS):
        tagger = Tagger(learner.learn(without=part))
        for one in used[part::_PARTS]:
            one.chances = [first_look(p, one.shares, aids, tagger)[1] for p in one.passages]
        tell(0.1 + 0.1 * (part + 1))
    return learner.learn()


def _learn_contents(
    used: list[_Article], aids: Aids, tell: Callable[[float], None]
) -> tuple[bytes, list[list[tuple[Read, Gold]]]]:
    """The second tagger, and what it finds in articles that it has not seen: in all of them."""
    learner = tagging(len(used), _CONTENT_ROUNDS)
    for at, one in enumerate(used):
        for passage, chances, (_, contents) in zip(
            one.passages, one.chances, one.tags, strict=True
        ):
            traits = columns(passage, one.shares, aids)
            learner.add(content_features(passage, traits, chances), contents, at % _PARTS)
    tell(0.5)
    held = []
    for part in range(_PARTS):
        tagger = Tagger(learner.learn(without=part))
        held += [_read(one, aids, tagger) for one in used[part::_PARTS]]
        tell(0.5 + 0.1 * (part + 1))
    second = learner.learn()
    tell(0.9)
    return second, held


def _read(one: _Article, aids: Aids, tagger: Tagger) -> list[tuple[Read, Gold]]:
    reads = [
        second_look(passage, columns(passage, one.shares, aids), chances, tagger)
        for passage, chances in zip(one.passages, one.chances, strict=True)
    ]
    return [(read, gold(read.passage, one.example.attributions)) for read in reads]
