"""What speaks for a conflict of two claims, or for sameness: signs that a person can check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt

from claims.records import Aspect, Basis, Polarity
from claims.suggester.answers import reads
from claims.suggester.competing import figures
from claims.suggester.competing.reading import Feature, Reading, read
from claims.suggester.competing.shapes import Answer, Sign, Statement

BASES = {
    Aspect.CAUSE: Basis.CAUSE,
    Aspect.PERPETRATOR: Basis.ACTOR,
    Aspect.PLACE: Basis.PLACE,
    Aspect.TIME: Basis.TIME,
    Aspect.VICTIMS: Basis.VICTIM,
    Aspect.CASUALTIES: Basis.NUMBER,
    Aspect.OCCURRENCE: Basis.NEGATION,
    Aspect.INTENT: Basis.NEGATION,
}
_ABOUT_HARM = frozenset({"killed", "injured", "struck", "damage", "aim", "present"})
# A concept counts for as many words that both have.
_FACET_WEIGHT = {"word": 1.0, "cause": 1.6, "victim": 1.0, "place": 1.2, "topic": 0.8}
_ALIKE = 0.2
_CLOSE = 0.35
# Of a text that has one or two words, too little is known to say that another holds it.
_LEAST_SIZE = 2.5


class Weights:
    """How much each word and concept tells; 1 for those that were not counted."""

    def __init__(self, known: Mapping[Feature, float]) -> None:
        self._known = known
        self._sizes: dict[frozenset[Feature], float] = {}

    def size(self, features: frozenset[Feature]) -> float:
        """The sum of the squares of their weights; asked for again and again, computed once."""
        found = self._sizes.get(features)
        if found is None:
            found = self._sizes[features] = self.sum(features)
        return found

    def sum(self, features: frozenset[Feature]) -> float:
        """The same, of what will not be asked for again."""
        return sum((_FACET_WEIGHT[f[0]] * self._known.get(f, 1.0)) ** 2 for f in features)


def likeness(one: Reading, other: Reading, weights: Weights) -> float:
    """How far two texts are about the same, from 0 to 1; rare words count for more.

    The cosine, but a short text that the longer one holds is more alike than that.
    """
    shared = weights.sum(one.features & other.features)
    if not shared:
        return 0.0
    a, b = weights.size(one.features), weights.size(other.features)
    return sqrt(shared / sqrt(a * b) * (shared / max(min(a, b), _LEAST_SIZE)))


def says_not(one: Statement, reading: Reading) -> bool:
    """Whether it says that something is not so, by its polarity or by its own words.

    A "nobody" that is a number of 0 is a number.
    """
    counts_none = any(number.high == 0 for number in one.numbers)
    return (one.polarity is Polarity.DENIES) != (reading.negated and not counts_none)


def signs(one: Statement, other: Statement, alike: float) -> Iterator[Sign]:
    """All signs between two factual claims whose words are `alike` so far (`likeness`)."""
    a, b = read(one.words, one.language), read(other.words, other.language)
    yield from figures.signs(one, other)
    yield from _answers(one, other)
    yield from _negation(one, other, a, b, alike)
    causes = [*_causes(a, b)]
    yield from _actors(one, other, a, b, by_cause=any(sign.basis for sign in causes))
    yield from _times(a, b, alike)
    if not says_not(one, a) and not says_not(other, b):
        # Who denies one thing says nothing of another.
        yield from causes
        yield from _victims(a, b)
        yield from _places(a, b)
    for name, half in a.sides:
        if (name, "1" if half == "0" else "0") in b.sides:
            yield Sign(f"the one says {_plain(name, half)}, the other not", 0.6, Basis.OTHER)
        elif (name, half) in b.sides and alike > _ALIKE:
            yield Sign(f"both say {_plain(name, half)}", 0.3)
    if alike > _ALIKE and says_not(one, a) == says_not(other, b):
        yield Sign("much the same words", min(0.9, alike * 1.2))


def _plain(name: str, half: str) -> str:
    return f"“{name.split('_')[int(half)]}”"


def _answers(one: Statement, other: Statement) -> Iterator[Sign]:
    """Answers to the same question, as people have filed the two."""
    for a in one.answers:
        for b in other.answers:
            if a.question == b.question and a.fully and b.fully:
                yield from _answer(a, b)


def _answer(a: Answer, b: Answer) -> Iterator[Sign]:
    basis = BASES.get(a.aspect, Basis.OTHER)
    if basis is Basis.VICTIM and (reads(a.text) or reads(b.text)):
        basis = Basis.NEGATION
    if a.position == b.position:
        if a.holds == b.holds:
            verb = "hold" if a.holds else "reject"
            yield Sign(f"both {verb} the answer “{a.text}”", 0.5)
        else:
            told = f"one holds the answer “{a.text}”, the other rejects it"
            yield Sign(told, 0.9, basis, rejects=True)
    elif a.holds and b.holds and a.exclusive:
        yield Sign(f"answers “{a.text}” and “{b.text}” to one question", 0.85, basis)


def _negation(
    one: Statement, other: Statement, a: Reading, b: Reading, alike: float
) -> Iterator[Sign]:
    """A "no" against a "yes" on the same; of a place that is denied, over the place."""
    denied = (a.denied & b.features) | (b.denied & a.features)
    if says_not(one, a) == says_not(other, b) or alike <= (_ALIKE if denied else _CLOSE):
        return
    explicit = Polarity.DENIES in (one.polarity, other.polarity)
    place = not explicit and any(facet == "place" for facet, _ in denied)
    told = "one says that it is so, the other that it is not so"
    basis = Basis.PLACE if place else Basis.NEGATION
    yield Sign(told, min(0.95, 0.2 + alike + (0.2 if denied else 0.0)), basis, rejects=explicit)


def _causes(a: Reading, b: Reading) -> Iterator[Sign]:
    one, other = a.of("cause"), b.of("cause")
    if not one or not other:
        return
    if one & other:
        yield Sign(f"both name {_named(one & other)}", 0.3)
    else:
        yield Sign(f"{_named(one)} against {_named(other)}", 0.7, Basis.CAUSE)


def _actors(
    one: Statement, other: Statement, a: Reading, b: Reading, *, by_cause: bool
) -> Iterator[Sign]:
    """Who is blamed. Where they differ over the cause, whom they blame follows from that."""
    if one.accused and other.accused:
        if one.accused == other.accused:
            yield Sign(f"both blame {one.accused_name}", 0.25)
        elif one.accused_head != other.accused_head:
            told = f"one blames {one.accused_name}, the other {other.accused_name}"
            yield Sign(told, 0.5 if by_cause else 0.75, Basis.ACTOR)
    for accuser, denier, reading in ((one, other, b), (other, one, a)):
        blamed = accuser.accused and accuser.accused in (denier.source, denier.origin)
        if blamed and says_not(denier, reading) and not denier.accused:
            told = f"{denier.names[0] if denier.names else 'it'} is blamed, and says no"
            yield Sign(told, 0.45, Basis.NEGATION, rejects=denier.polarity is Polarity.DENIES)


def _victims(a: Reading, b: Reading) -> Iterator[Sign]:
    one, other = a.of("victim"), b.of("victim")
    harm = a.of("topic") & b.of("topic") & _ABOUT_HARM
    if len(one) == len(other) == 1 and one != other and harm:
        yield Sign(f"{_named(one)}s against {_named(other)}s", 0.6, Basis.VICTIM)


def _times(a: Reading, b: Reading, alike: float) -> Iterator[Sign]:
    if a.clock is None or b.clock is None or alike <= 0:
        return
    if a.clock[1] < b.clock[0] or b.clock[1] < a.clock[0]:
        yield Sign("another time of the day", 0.75, Basis.TIME)
    elif a.clock == b.clock:
        yield Sign("the same time of the day", 0.5)


def _places(a: Reading, b: Reading) -> Iterator[Sign]:
    one, other = a.of("place"), b.of("place")
    if one and other and not one & other and "struck" in a.of("topic") & b.of("topic"):
        yield Sign(f"{_named(one)} against {_named(other)}", 0.45, Basis.PLACE)
    elif one & other:
        yield Sign(f"both name a {_named(one & other)}", 0.15)


def _named(concepts: frozenset[str]) -> str:
    return " and ".join(name.replace("_", " ") for name in sorted(concepts))
