"""Attributions that a passage may hold, each with what tells whether it is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.suggester.learned.columns import Columns, step
from claims.suggester.learned.features import Chances, level
from claims.suggester.learned.segments import Seen, Segment, along, magnitude, runs, segments
from claims.suggester.learned.tags import AFTER, AROUND, BEFORE, Range
from claims.suggester.learned.words import Passage, Ruled

_LEAST_AROUND = 0.1
_LIKELY_SOURCE = 0.5
_FARTHEST_PART = 40
_MOST_PARTS = 2
_LONGEST_PHRASE = 3
_FADING = 0.93  # what a word between makes of the chance that reporting words belong to a content
_NOWHERE = 99
_SHORT, _MIDDLING = 3, 8


@dataclass(frozen=True)
class Read:
    """A passage with its traits and with what both taggers found in it."""

    passage: Passage
    traits: Columns
    chances: Sequence[Chances]
    seen: Sequence[Seen]

    @cached_property
    def cues(self) -> list[tuple[Range, float]]:
        """Where reporting words may be."""
        both = zip(self.chances, self.seen, strict=True)
        return runs([(one.cue + two.cue) / 2 for one, two in both])

    @cached_property
    def sources(self) -> list[tuple[Range, float]]:
        """Where the words for who may be, in a wide and in a narrow reading."""
        both = zip(self.chances, self.seen, strict=True)
        means = [(one.source + two.source) / 2 for one, two in both]
        return sorted({*runs(means), *runs(means, _LIKELY_SOURCE)})


@dataclass(frozen=True)
class Candidate:
    """A content, its reporting words (None where none are near), and its features."""

    parts: tuple[Range, ...]
    cue: Range | None
    features: tuple[str, ...]

    def over(self, other: Candidate) -> bool:
        """Whether the two contents have a word in common."""
        return any(a < d and c < b for a, b in self.parts for c, d in other.parts)


def candidates(read: Read) -> list[Candidate]:
    """What may be said in a passage; many of them lie over one another."""
    ruled = [_ruled(read, one) for one in read.passage.ruled]
    known = {(one.parts, one.cue) for one in ruled}
    return ruled + [one for one in _tagged(read) if (one.parts, one.cue) not in known]


def likeness(one: Sequence[Range], two: Sequence[Range]) -> float:
    """The share of common tokens in those of both, 0 to 1; each has one at least."""
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in two)
    return common / (sum(b - a for a, b in (*one, *two)) - common)


def _ruled(read: Read, one: Ruled) -> Candidate:
    """What the rules found, with what the taggers hold of it."""
    (first, last), *others = one.parts
    parts = [along(read.seen, *part) for part in one.parts]
    whole = Segment(first, last, parts[0].chance, parts[0].begins, parts[0].ends)
    strength = _strength(read, one.cue)
    cue = (one.cue, strength) if one.cue else None
    side, gap = AFTER, _NOWHERE
    if one.cue:
        side = AFTER if one.cue[0] <= first else AROUND if others else BEFORE
        gap = first - one.cue[1] if side == AFTER else one.cue[0] - last
    chance = min(part.chance for part in parts)
    features = _features(read, whole, side, cue, gap, chance)
    features += [
        f"own={one.score}",
        f"own={one.score}{magnitude(chance)}",
        f"own={one.score}{level(strength)}",
        f"own parts={min(len(others), 2)}",
    ]
    features += _against(read, one.parts, one.cue)
    return Candidate(one.parts, one.cue, tuple(features))


def _strength(read: Read, cue: Range | None) -> float:
    if cue is None:
        return 0.0
    both = zip(read.chances[slice(*cue)], read.seen[slice(*cue)], strict=True)
    return max((one.cue + two.cue) / 2 for one, two in both)


def _against(read: Read, parts: Sequence[Range], cue: Range | None) -> list[str]:
    """How a content stands to what the rules found most like it, and with its reporting words."""
    told = [(likeness(parts, one.parts), one) for one in read.passage.ruled]
    alike, best = max(told, key=lambda pair: pair[0], default=(0.0, None))
    cued = max((one.score for _, one in told if _meets(one.cue, cue)), default=-1.0)
    if best is None or not alike:
        return ["ruled=none", f"ruled cue={cued}none"]
    edges = f"{best.parts[0][0] == parts[0][0]}{best.parts[-1][1] == parts[-1][1]}"
    near, same = level(alike), _meets(best.cue, cue)
    return [
        f"ruled={best.score}{near}",
        f"ruled={near}{edges}{same}",
        f"ruled={best.score}{edges}",
        f"ruled cue={cued}{near}",
    ]


def _meets(one: Range | None, two: Range | None) -> bool:
    return one is not None and two is not None and one[0] < two[1] and two[0] < one[1]


def _tagged(read: Read) -> list[Candidate]:
    """What the taggers allow, whatever the rules found."""
    found = segments(read.seen)
    made = [_single(read, one, _rival(one, found[:at])) for at, one in enumerate(found)]
    for one in found:
        if read.seen[one.first].around >= _LEAST_AROUND * one.begins:
            made += [_divided(read, one, later, cue) for later, cue in _parts(read, one, found)]
    return made


def _parts(
    read: Read, one: Segment, found: Iterable[Segment]
) -> list[tuple[Segment, tuple[Range, float]]]:
    """The likeliest second parts of a divided content, with the reporting words between."""
    parts = []
    for other in found:
        if one.last < other.first <= one.last + _FARTHEST_PART:
            between = [
                cue for cue in read.cues if one.last <= cue[0][0] and cue[0][1] <= other.first
            ]
            later = read.seen[other.first].later
            if between and later >= _LEAST_AROUND * other.begins:
                parts.append((other, max(between, key=lambda cue: cue[1])))
    return parts[:_MOST_PARTS]


def _rival(one: Segment, likelier: Iterable[Segment]) -> list[str]:
    """How a segment stands to the likeliest of those that lie over it."""
    for other in likelier:
        if other.first < one.last and one.first < other.last:
            common = min(other.last, one.last) - max(other.first, one.first)
            whole = max(other.last, one.last) - min(other.first, one.first)
            near = magnitude(one.chance / (one.chance + other.chance))
            edges = f"{other.first == one.first}{other.last == one.last}"
            return [f"rival={near}", f"rival={near}{edges}", f"rival={2 * common >= whole}{edges}"]
    return ["rival=none"]


def _single(read: Read, one: Segment, rival: list[str]) -> Candidate:
    start = read.seen[one.first]
    behind = start.before + start.around > start.after + start.later
    sides = {
        AFTER: [(one.first - cue[0][1], cue) for cue in read.cues if cue[0][1] <= one.first],
        BEFORE: [(cue[0][0] - one.last, cue) for cue in read.cues if cue[0][0] >= one.last],
    }
    side, other = (BEFORE, AFTER) if behind else (AFTER, BEFORE)
    side = side if sides[side] else other
    near = max(sides[side], key=lambda pair: pair[1][1] * _FADING ** pair[0], default=None)
    gap, cue = near or (_NOWHERE, None)
    parts, own = ((one.first, one.last),), cue[0] if cue else None
    features = _features(read, one, side, cue, gap, one.chance) + rival
    return Candidate(parts, own, tuple(features + _against(read, parts, own)))


def _divided(read: Read, one: Segment, later: Segment, cue: tuple[Range, float]) -> Candidate:
    gap = (cue[0][0] - one.last) + (later.first - cue[0][1])
    both = min(one.chance, later.chance)
    features = _features(read, one, AROUND, cue, gap, both)
    features += [
        f"second={magnitude(later.chance)}",
        f"ends2={level(later.ends)}",
        f"length2={step(later.last - later.first)}",
        f"opens2={read.passage.quoted[later.first]}{read.passage.quoted[one.first]}",
    ]
    parts = ((one.first, one.last), (later.first, later.last))
    features += _against(read, parts, cue[0])
    return Candidate(parts, cue[0], tuple(features))


def _features(
    read: Read, one: Segment, side: str, cue: tuple[Range, float] | None, gap: int, chance: float
) -> list[str]:
    passage, traits, first, last = read.passage, read.traits, one.first, one.last
    quoted, lower = passage.quoted, traits["w"]
    touched = [at for at, (a, b) in enumerate(passage.sentences) if a < last and first < b]
    opening, closing = passage.sentences[touched[0]][0], passage.sentences[touched[-1]][1]
    own = cue[0] if cue else (-1, -1)
    inside = max((c for (a, b), c in read.cues if first <= a and b <= last), default=0.0)
    others = sum(1 for (a, b), _ in read.cues if opening <= a and b <= closing and (a, b) != own)
    start = read.seen[first]
    share = {"A": start.after, "B": start.before, "X": start.around}[side] / max(one.begins, 1e-9)
    strength = cue[1] if cue else 0.0
    words = " ".join(lower[own[0] : own[1]][:_LONGEST_PHRASE]) if cue else "-"
    stem = traits["stem"][own[0]] if cue else "-"
    behind = lower[last] if last < len(passage) else "_"
    ahead = lower[first - 1] if first else "_"
    quotes = quoted[first] + quoted[last - 1]
    features = [
        f"side={side}",
        f"chance={magnitude(chance)}",
        f"chance={magnitude(chance)}{side}",
        f"begins={magnitude(one.begins)}",
        f"ends={magnitude(one.ends)}",
        f"share={level(share)}{side}",
        f"cue={magnitude(strength)}",
        f"cue={magnitude(strength)}{side}|{step(max(gap, 0))}",
        f"gap={step(max(gap, 0))}{side}",
        f"words={words}",
        f"stem={stem}{side}",
        f"stemlength={stem}{_size(last - first)}",
        f"known={traits['share'][own[0]] if cue else '-'}{side}",
        f"inside={level(inside)}",
        f"inside={level(inside)}{level(strength)}",
        f"others={min(others, 3)}",
        f"length={step(last - first)}{side}",
        f"sentences={min(len(touched), 3)}{side}",
        f"from={step(first - opening)}",
        f"to={step(closing - last)}{side}",
        f"ahead={ahead}",
        f"behind={behind}",
        f"behind={behind}{side}",
        f"class={traits['class'][first]}{side}",
        f"first={lower[first]}",
        f"last={lower[last - 1]}",
        f"quotes={quotes}{side}",
        f"quotes={quotes}{step(closing - last)}{step(first - opening)}",
    ]
    if cue:
        side_cue = read.chances[own[0]].side
        features.append(f"agrees={side_cue}{side}{level(strength)}")
        features.append(f"near={_near_source(read, own)}{stem}")
        features.append(f"near={_near_source(read, own)}{level(strength)}")
    return features


def _size(length: int) -> str:
    return "short" if length <= _SHORT else "middling" if length <= _MIDDLING else "long"


def _near_source(read: Read, cue: Range) -> str:
    """How likely somebody is named right beside the reporting words."""
    near = [c for (a, b), c in read.sources if b == cue[0] or a == cue[1] or b + 1 == cue[0]]
    return level(max(near, default=0.0))
