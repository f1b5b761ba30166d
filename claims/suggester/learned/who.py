"""Which words for who belong to an attribution."""

from __future__ import annotations

from claims.suggester.learned.candidates import Candidate, Read
from claims.suggester.learned.columns import step
from claims.suggester.learned.segments import magnitude
from claims.suggester.learned.tags import Range
from claims.suggester.learned.words import Ruled

_NEAREST = 6


def choices(read: Read, one: Candidate) -> list[tuple[Range | None, list[str]]]:
    """The words that may name who says it, each with its features; None is nobody."""
    anchor = one.cue or one.parts[0]
    told = _told(read, one)
    named = told.source if told else None
    near = sorted(_sources(read, named), key=lambda source: _distance(source[0], anchor))[:_NEAREST]
    best = max((chance for _, chance in near), default=0.0)
    cue = read.traits["stem"][anchor[0]]
    rule = "-" if told is None else "nobody" if named is None else "named"
    nobody = [f"nobody rule={rule}", f"nobody rule={rule}{magnitude(best)}"]
    nobody += [f"nobody={magnitude(best)}", f"nobody={cue}", f"nobody near={len(near)}"]
    if near:
        distance = step(_distance(near[0][0], anchor))
        nobody.append(f"nobody far={distance}{magnitude(near[0][1])}")
    found: list[tuple[Range | None, list[str]]] = [(None, nobody)]
    for rank, (source, chance) in enumerate(near):
        said = _agrees(source, named) if named else rule
        features = _features(read, one, source, chance, rank, anchor)
        features += [f"rule={said}", f"rule={said}{magnitude(chance)}"]
        found.append((source, features))
    return found


def _told(read: Read, one: Candidate) -> Ruled | None:
    """What the rules found with the same reporting words, rather with the same content."""
    return max(
        (each for each in read.passage.ruled if one.cue and each.cue == one.cue),
        key=lambda each: (each.parts == one.parts, each.score),
        default=None,
    )


def _sources(read: Read, named: Range | None) -> list[tuple[Range, float]]:
    """Those that the taggers see, and the one that the rules name."""
    if named is None or any(named == source for source, _ in read.sources):
        return read.sources
    both = zip(read.chances[slice(*named)], read.seen[slice(*named)], strict=True)
    return [*read.sources, (named, max((one.source + two.source) / 2 for one, two in both))]


def _agrees(source: Range, named: Range) -> str:
    """How words for who stand to those that the rules name."""
    if source == named:
        return "same"
    return "over" if named[0] < source[1] and source[0] < named[1] else "other"


def _features(
    read: Read, one: Candidate, source: Range, chance: float, rank: int, anchor: Range
) -> list[str]:
    first, last = source
    side = "<" if last <= anchor[0] else ">"
    distance = step(_distance(source, anchor))
    inside = any(a < last and first < b for a, b in one.parts)
    between = sum(
        1
        for (a, b), _ in read.cues
        if min(last, anchor[1]) <= a and b <= max(first, anchor[0]) and (a, b) != one.cue
    )
    sentence = next(s for s in read.passage.sentences if s[0] <= first < s[1])
    same = sentence[0] <= anchor[0] < sentence[1]
    content = one.parts[0][0]
    order = "".join(name for _, name in sorted(((first, "s"), (anchor[0], "q"), (content, "c"))))
    lower = read.traits["w"]
    gap = lower[last : anchor[0]] if side == "<" else lower[anchor[1] : first]
    joined = " ".join(gap[:2])
    return [
        f"chance={magnitude(chance)}",
        f"chance={magnitude(chance)}{order}{same}",
        f"place={side}{distance}{same}",
        f"order={order}{inside}{same}",
        f"rank={rank}{order}",
        f"between={min(between, 3)}{order}",
        f"word={lower[first]}",
        f"class={read.traits['class'][first]}{read.traits['shape'][last - 1]}",
        f"length={step(last - first)}",
        f"cue={read.traits['stem'][anchor[0]]}{side}",
        f"gap={joined}{side}",
    ]


def _distance(one: Range, two: Range) -> int:
    return max(0, two[0] - one[1], one[0] - two[1])
