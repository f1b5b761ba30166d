"""When on a day something was, as a claim's words have it."""

from __future__ import annotations

from typing import Any

from claims.suggester.competing.vocabulary import split, tokens

Span = tuple[int, int]
"""Minutes of the day, from and to, both inclusive; an hour after midnight counts on."""

DAY = 24 * 60
_ABOUT = 10
_HOURS = 12
_TWO_DIGITS = 2


def times(words: tuple[str, ...], clock: dict[str, Any]) -> Span | None:
    """The one time that the words give; None where they give none, or several.

    "09:00" is that minute, "at six in the morning" about that hour, "before noon" all of the day
    before it, "in the evening" the hours that the data file has.
    """
    found = {one for at in range(len(words)) if (one := _at(words, at, clock)) is not None}
    exact = {one for one in found if one[1] - one[0] <= 2 * _ABOUT} or found
    return exact.pop() if len(exact) == 1 else _part(words, clock) if not exact else None


def _at(words: tuple[str, ...], at: int, clock: dict[str, Any]) -> Span | None:
    minute = _minute(words, at, clock)
    if minute is None:
        return None
    behind = " ".join(words[max(0, at - 3) : at])
    if _ends(behind, clock["before"]):
        return 0, minute - 1
    if _ends(behind, clock["after"]):
        return minute + 1, DAY
    return minute - _ABOUT, minute + _ABOUT


def _minute(words: tuple[str, ...], at: int, clock: dict[str, Any]) -> int | None:
    word = words[at]
    fixed = clock.get(word)
    if isinstance(fixed, int):
        return fixed
    following = words[at + 1 : at + 2]
    if word.isdecimal() and following and len(following[0]) == _TWO_DIGITS:
        hours, minutes = int(word), following[0]
        if len(word) <= _TWO_DIGITS and minutes.isdecimal() and hours < DAY // 60:
            return hours * 60 + int(minutes) if int(minutes) < 60 else None  # noqa: PLR2004
    return _hour(words, at, clock)


def _hour(words: tuple[str, ...], at: int, clock: dict[str, Any]) -> int | None:
    """A whole hour with the half of the day, or the word "o'clock", behind it."""
    units = clock.get("units", {})
    names = split(units.get("hours", ""))
    word = words[at]
    hour = names.index(word) + 1 if word in names else int(word) if word.isdecimal() else 0
    if not 0 < hour <= _HOURS:
        return None
    behind = words[at + 1 : at + 5]
    text = " ".join(behind)
    if _begins(text, units.get("am", "")):
        return hour % _HOURS * 60
    if _begins(text, units.get("pm", "")):
        return (hour % _HOURS + _HOURS) * 60
    for name, (low, high) in clock.get("parts", {}).items():
        if name in behind[:3]:
            morning = hour % _HOURS * 60
            return morning if low <= morning <= high else morning + _HOURS * 60
    return hour * 60 if _begins(text, units.get("clock", "")) else None


def _part(words: tuple[str, ...], clock: dict[str, Any]) -> Span | None:
    found = [tuple(span) for name, span in clock.get("parts", {}).items() if name in words]
    return (found[0][0], found[0][1]) if len(found) == 1 else None


def _ends(text: str, entries: str) -> bool:
    phrases = [" ".join(tokens(entry)) for entry in split(entries)]
    return any(text == phrase or text.endswith(f" {phrase}") for phrase in phrases)


def _begins(text: str, entries: str) -> bool:
    phrases = [" ".join(tokens(entry)) for entry in split(entries)]
    return any(text == phrase or text.startswith(f"{phrase} ") for phrase in phrases)
