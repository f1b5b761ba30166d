"""What is looked at: for each word a few short strings, a column of them for each trait.

A template joins traits of a word and of its neighbours into one feature of the tagger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from claims.suggester.learned.parse import Aids
from claims.suggester.learned.stats import Shares, stem
from claims.suggester.learned.words import Passage
from claims.suggester.lexicon import load

Columns = dict[str, list[str]]
Template = tuple[tuple[str, int], ...]

_NOTHING = "_"
_LISTS = (
    "determiners pronouns possessives prepositions conjunctions auxiliaries relatives verbs"
    " documents spokespeople unnamed_last negations adjuncts openers"
).split()
_STEPS = ((4, ""), (7, "5"), (12, "8"), (19, "13"))


def columns(passage: Passage, shares: Shares, aids: Aids) -> Columns:
    """The traits of each word: itself, stem, endings, shape, class, share and quotation.

    With a parser its part of speech and its role in the sentence too.
    """
    lower = [word.lower() for word in passage.words]
    parsed = aids.parse(passage.words) if aids.parse else []
    roles = {"pos": [pos for pos, _ in parsed], "role": [role for _, role in parsed]}
    return {
        "w": lower,
        "stem": [stem(word) for word in lower],
        "end2": [word[-2:] for word in lower],
        "end3": [word[-3:] for word in lower],
        "shape": [_shape(word) for word in passage.words],
        "class": [_class(word, aids.code) for word in lower],
        "share": [shares.level(word) for word in lower],
        "quote": list(passage.quoted),
        **(roles if parsed else {}),
        **({"hint": list(passage.hints)} if passage.hints else {}),
    }


def templates(lines: str) -> list[Template]:
    """Reads "w-1 w+0, share+1": features divided by commas, the traits of one by spaces."""
    read = []
    for feature in lines.split(","):
        traits = []
        for trait in feature.split():
            at = max(trait.rfind("+"), trait.rfind("-"))
            traits.append((trait[:at], int(trait[at:])))
        read.append(tuple(traits))
    return read


def apply(patterns: Iterable[Template], traits: Columns) -> list[list[str]]:
    """The features of each word, by all the templates."""
    shifted: dict[tuple[str, int], Sequence[str]] = {}
    features = []
    for number, pattern in enumerate(patterns):
        for trait in pattern:
            if trait not in shifted:
                shifted[trait] = _shift(traits[trait[0]], trait[1])
        name = f"{number}="
        parts = [shifted[trait] for trait in pattern]
        if len(parts) == 1:
            features.append([name + one for one in parts[0]])
        else:
            features.append([name + "|".join(many) for many in zip(*parts, strict=True)])
    return [list(row) for row in zip(*features, strict=True)]


def step(distance: int) -> str:
    """A distance in words, coarser the longer it is."""
    for most, name in _STEPS:
        if distance <= most:
            return name or str(distance)
    return "20"


def _shift(column: list[str], by: int) -> list[str]:
    if by >= 0:
        return (column[by:] + [_NOTHING] * by)[: len(column)]
    return ([_NOTHING] * -by + column[:by])[: len(column)]


@lru_cache(maxsize=65_536)
def _shape(word: str) -> str:
    if word[0].isdigit():
        return "9"
    if not word[0].isalnum():
        return word[0]
    if not word[0].isupper():
        return "x"
    return "XX" if len(word) > 1 and word.isupper() else "X"


@lru_cache(maxsize=65_536)
def _class(word: str, code: str) -> str:
    """What the language's word lists say of a word; "-" where they say nothing."""
    if not code:
        return "-"
    words = load(code)
    word = word.replace("’", "'")
    try:
        effect, form = words.effect(word)
    except KeyError:
        return next((name[:6] for name in _LISTS if word in words.words(name)), "-")
    return f"{form}.{effect}"
