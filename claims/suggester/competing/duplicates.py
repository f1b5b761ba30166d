"""Whether two names may be one source's: by what is written, never by what is meant."""

from __future__ import annotations

from rapidfuzz import fuzz

from claims.suggester.competing.vocabulary import tokens
from claims.suggester.known import acronym

_MINOR = frozenset("the of and for in al el".split())
_SPELLING = 85
_SHORTEST = 4


def alike(one: str, other: str) -> tuple[float, str] | None:
    """How likely two names are one, from 0 to 1, and why in words; None where nothing says so."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return None
    if a == b:
        return 0.95, "the same name, but for small words"
    if sorted(a) == sorted(b):
        return 0.9, "the same words in another order"
    for short, long in ((a, other), (b, one)):
        if len(short) == 1 and acronym(long) == short[0]:
            return 0.85, f"“{short[0].upper()}” are the initials of “{long}”"
    only_one, only_other = set(a) - set(b), set(b) - set(a)
    if only_one and only_other:
        return _spelt(only_one, only_other, shares=bool(set(a) & set(b)))
    rest = sorted(only_one or only_other)
    shared = min(len(set(a)), len(set(b)))
    return 0.4 + min(0.3, 0.1 * shared), f"the one name is the other with “{' '.join(rest)}”"


def _spelt(one: set[str], other: set[str], *, shares: bool) -> tuple[float, str] | None:
    """Where each has a word of its own: the same, spelt otherwise, or another name."""
    if len(one) != len(other):
        return None
    pairs = list(zip(sorted(one), sorted(other), strict=True))
    if any(min(len(a), len(b)) < _SHORTEST or fuzz.ratio(a, b) < _SPELLING for a, b in pairs):
        return None
    told = ", ".join(f"“{a}” and “{b}”" for a, b in pairs)
    return 0.75 if shares else 0.65, f"spelt almost the same: {told}"


def _words(name: str) -> list[str]:
    return [word for word in tokens(name) if word not in _MINOR]
