"""Numbers of people in a claim's own words, and what they count.

A proposal says no more than the words beside the number: people in a building are present,
not killed; women are not civilians unless they are counted among civilians; a number with no
word for what became of them is `other`. Numbers that count no people (times, dates, "two
strikes") are left out. How a quantity becomes a range is told in `numbers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from claims.records import FigureStatus, LowBasis, Measure
from claims.suggester.lexicon import Lexicon, alternation, lexicon, load
from claims.suggester.numbers import Quantity, quantities

_MOST_WORDS_BETWEEN = 8
_NOUN_WITHIN = 5
_ANY = r"[\w’'-]+"


COLUMNS = "measure status subgroup group_as_stated low high low_basis as_stated".split()
"""What a claim takes of a number that was found."""


@dataclass(frozen=True)
class FigureProposal:
    """A number of people at `text[start:end]`, which is `as_stated`.

    `low` and `high` are inclusive, None where open. `group_as_stated` are the words for whom
    it counts ("mostly foreign militants"), `subgroup` the part of a larger number ("women").
    """

    measure: Measure
    status: FigureStatus
    subgroup: str
    group_as_stated: str
    low: int | None
    high: int | None
    low_basis: LowBasis
    as_stated: str
    start: int
    end: int


@dataclass(frozen=True)
class _Group:
    """The words for who is counted: `end` is where they end, from the start of the text."""

    stated: str
    status: FigureStatus
    subgroup: str
    end: int


def figures(
    text: str, dozens_from: int = 24, language: str = "en", *, things: bool = False
) -> list[FigureProposal]:
    """The numbers of people that `text`, a claim's content, states, in order.

    `dozens_from` is where the workspace lets "dozens" begin (24 or 12). With `things`, numbers
    that count no people come too, as measure `other`. A language without a table of numbers
    gives none. Offsets are code points of `text`.
    """
    words = lexicon(language)
    if words is None or not (words.table("numbers") and words.table("figures")):
        return []
    found: list[FigureProposal] = []
    numbers = list(quantities(text, words, dozens_from))
    if not numbers:
        return []
    ends = [quantity.start for quantity in numbers[1:]] + [len(text)]
    floor = 0
    for quantity, limit in zip(numbers, ends, strict=True):
        group = _group(text, quantity, words)
        measure = _measure(text, quantity, group, floor, limit, words)
        floor = max(quantity.end, group.end if group else 0)
        if _counts(text, quantity, group, measure, words) or (things and quantity.high != 0):
            found.append(_proposal(text, quantity, group, measure))
    return _shared(text, found, words)


def _proposal(
    text: str, quantity: Quantity, group: _Group | None, measure: Measure | None
) -> FigureProposal:
    return FigureProposal(
        measure=measure or Measure.OTHER,
        status=group.status if group else FigureStatus.UNKNOWN,
        subgroup=group.subgroup if group else "",
        group_as_stated=group.stated if group else "",
        low=quantity.low,
        high=quantity.high,
        low_basis=LowBasis.CONVENTION if quantity.vague else LowBasis.STATED,
        as_stated=text[quantity.start : quantity.end],
        start=quantity.start,
        end=quantity.end,
    )


def _counts(
    text: str, quantity: Quantity, group: _Group | None, measure: Measure | None, words: Lexicon
) -> bool:
    """True where the number counts people: it has a noun for them or a word for their fate.

    "No civilians were targeted" is no zero of anything: a zero needs its measure.
    """
    if quantity.low == 0 == quantity.high:
        stated = text[quantity.start : quantity.end].casefold()
        nobody = stated in words.words("figures", "nobody")
        return measure is not None and (group is not None or nobody)
    return group is not None or measure is not None


def _group(text: str, quantity: Quantity, words: Lexicon) -> _Group | None:
    """The nouns for people behind a number, with the words between them."""
    match = _noun(words.code).match(text, quantity.end)
    if not match:
        return None
    noun = match["noun"].casefold()
    status = FigureStatus.UNKNOWN
    for name in (FigureStatus.CIVILIAN, FigureStatus.COMBATANT):
        if re.search(
            rf"(?<!\w){words.any_of('figures', name.value)}(?!\w)", match["stated"], re.IGNORECASE
        ):
            status = name
    subgroup = match["noun"] if noun in words.words("figures", "subgroups") else ""
    return _Group(match["stated"], status, subgroup, match.end("stated"))


def _measure(
    text: str, quantity: Quantity, group: _Group | None, floor: int, limit: int, words: Lexicon
) -> Measure | None:
    """What became of them, from the words beside the number; None where they don't say.

    First a verb right before it ("killed 60"), then the clause behind it ("60 people were
    killed"), where the word right before the next number is the next one's.
    """
    tools = _tools(words.code)
    if group and group.stated.split()[-1].casefold() in _all_measures(words):
        return _named(group.stated.split()[-1], words)  # "no civilian casualties"
    behind = text[max(floor, quantity.start - 80) : quantity.start]
    near = tools.before.search(behind)
    bare = group is None
    if near and (not bare or tools.bare_end.match(text, quantity.end)):
        return _named(near["measure"], words)
    start = group.end if group else quantity.end
    clause = text[start:limit]
    taken = tools.before.search(clause) if limit < len(text) else None
    clause = clause[: taken.start("measure")] if taken else clause
    match = (tools.direct if bare else tools.clause).match(clause)
    if match and tools.near(match["between"]):
        return _named(match["measure"], words)
    late = tools.late.search(clause) if group else None
    return _named(late["measure"], words) if late else None


def _named(stated: str, words: Lexicon) -> Measure:
    lower = " ".join(stated.casefold().split())
    table = words.table("figures")["measures"]
    return next(
        Measure(name) for name in table if lower in words.words("figures", "measures", name)
    )


def _shared(text: str, found: Sequence[FigureProposal], words: Lexicon) -> list[FigureProposal]:
    """What joined numbers share, as in "12 women and 19 children were killed".

    A number that is part of the one before it ("55 civilians, including 12 women") takes its
    status too.
    """
    result = list(found)
    joined = _tools(words.code).joined
    part = _tools(words.code).part
    for at in range(1, len(result)):
        one, two = result[at - 1], result[at]
        gap = text[one.end : two.start]
        if not joined.fullmatch(_without(gap, one.group_as_stated)):
            continue
        inside = part.search(gap) is not None or bool(one.subgroup and two.subgroup)
        if two.measure is Measure.OTHER and two.group_as_stated:
            two = replace(two, measure=one.measure)
        if inside and two.subgroup and two.status is FigureStatus.UNKNOWN:
            two = replace(two, status=one.status)
        result[at] = two
    for at in range(len(result) - 2, -1, -1):
        one, two = result[at], result[at + 1]
        gap = _without(text[one.end : two.start], one.group_as_stated)
        if one.measure is Measure.OTHER and one.group_as_stated and joined.fullmatch(gap):
            result[at] = replace(one, measure=two.measure)
    return result


def _without(gap: str, group: str) -> str:
    at = gap.find(group) if group else -1
    return gap if at < 0 else gap[:at] + gap[at + len(group) :]


@dataclass(frozen=True)
class _Tools:
    """The patterns of one language."""

    before: re.Pattern[str]
    direct: re.Pattern[str]
    clause: re.Pattern[str]
    late: re.Pattern[str]
    bare_end: re.Pattern[str]
    joined: re.Pattern[str]
    part: re.Pattern[str]
    negation: re.Pattern[str]

    def near(self, between: str) -> bool:
        """True where a few words, and no "not", stand between the people and their fate."""
        return len(between.split()) <= _MOST_WORDS_BETWEEN and not self.negation.search(between)


@cache
def _noun(code: str) -> re.Pattern[str]:
    words = load(code)
    keys = ("people", "civilian", "combatant", "subgroups")
    nouns = alternation(tuple(n for key in keys for n in words.words("figures", key)))
    of = words.any_of("figures", "of")
    measures = alternation(_all_measures(words))
    ends = [words.any_of("figures", key) for key in ("stops", "joins", "passive", "after_bare")]
    stops = "|".join([*ends, measures, nouns])
    between = rf"(?:(?!(?:{stops})\b|\d)(?:{_ANY}|,(?=\s)))"
    mostly = r"(?:,\s+(?=(?:mostly|mainly|largely|all)\s))?"
    return re.compile(
        rf"{mostly}\s*(?:{of}\s+)?(?P<stated>(?:{between}\s+){{0,{_NOUN_WITHIN}}}?(?P<noun>{nouns})"
        rf"(?:\s+{nouns})?)(?![\w-])",
        re.IGNORECASE,
    )


def _all_measures(words: Lexicon) -> tuple[str, ...]:
    table = words.table("figures")["measures"]
    return tuple(w for name in table for w in words.words("figures", "measures", name))


@cache
def _tools(code: str) -> _Tools:
    words = load(code)
    measure = rf"(?<![\w-])(?P<measure>{alternation(_all_measures(words))})(?![\w-])"
    stops = rf"(?!{words.any_of('figures', 'stops')}\b)"
    filler = words.any_of("figures", "filler")
    joins = words.any_of("figures", "joins")
    flags = re.IGNORECASE
    return _Tools(
        before=re.compile(
            rf"{measure}(?:\s+{words.any_of('figures', 'before')}){{0,3}}\s+\Z", flags
        ),
        direct=re.compile(rf"(?P<between>(?:\s+{filler})*)\s+{measure}", flags),
        clause=re.compile(rf"(?P<between>(?:[’']s?)?(?:\s+{stops}{_ANY})*?)\s+{measure}", flags),
        late=re.compile(
            rf",\s+(?:{words.any_of('figures', 'passive')}\s+)+(?:\w+ly\s+)?{measure}", flags
        ),
        bare_end=re.compile(rf"\s*(?:\Z|[^\w\s]|{words.any_of('figures', 'after_bare')}\b)", flags),
        joined=re.compile(rf"(?:[\s,();–—-]|(?<!\w){joins}(?!\w))*", flags),
        part=re.compile(rf"(?<!\w){words.any_of('figures', 'including')}(?!\w)|\(", flags),
        negation=re.compile(rf"(?<!\w){words.any_of('figures', 'negations')}(?!\w)", flags),
    )
