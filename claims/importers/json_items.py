"""JSON that somebody else has made: its items one by one, each with the line that it begins in."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any, NamedTuple, NoReturn

from claims.importers.page import ReadError

LARGEST = 64 * 1024**2
"""Bytes of one file; it is held in memory."""
DEEPEST = 3
"""So many lists and objects are gone into on the way to the items."""
_SPACE = re.compile(r"[ \t\n\r]*")


class Item(NamedTuple):
    """A value of the list, and the line of the file, from 1."""

    line: int
    value: Any


def decoded(content: bytes) -> str:
    """The file as text. ReadError where it is too large, or not in UTF-8."""
    if len(content) > LARGEST:
        raise ReadError(f"It is larger than {LARGEST // 1024**2} MB: export it in parts.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReadError(f"It is not UTF-8 (line {line}).") from error


def value_of(text: str) -> Any:
    """One value, such as a line of JSON lines. ValueError says why it is none."""
    try:
        return _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def items(text: str, *lists: str) -> Iterator[Item]:
    """The items of a list, or of the lists that an object has under one of these names.

    An object without such a list is one item. ReadError where it is no JSON (any more).
    """
    yield from _Reading(text, lists).run()


class _Reading:
    def __init__(self, text: str, lists: tuple[str, ...]) -> None:
        self.text = text
        self.lists = lists
        self.line = 1
        self.counted = 0

    def run(self) -> Iterator[Item]:
        """The items, and a check that nothing follows."""
        end = yield from self._items(self._skip(0), DEEPEST)
        if self._skip(end) < len(self.text):
            self._wrong(end, "there is more after its end")

    def _items(self, at: int, deeper: int) -> Generator[Item, None, int]:
        if self.text.startswith("[", at):
            return (yield from self._list(at))
        if not deeper or not self.text.startswith("{", at):
            return (yield from self._one(at))
        found = False
        end, into = at, []
        while self._more(end, "}", first=end == at):
            name, end = self._value(self._skip(self._skip(end) + 1))
            end = self._expect(end, ":")
            if name in self.lists and self.text[end : end + 1] in ("{", "["):
                into.append(end)
                found = True
            end = self._value(end)[1]
        if not found:
            return (yield from self._one(at))
        for place in into:
            yield from self._items(place, deeper - 1)
        return self._after(at, end)

    def _list(self, at: int) -> Generator[Item, None, int]:
        end = at
        while self._more(end, "]", first=end == at):
            end = yield from self._one(self._skip(self._skip(end) + 1))
        return self._after(at, end)

    def _after(self, at: int, end: int) -> int:
        """Past the sign that closes what begins at `at`; its last member ends at `end`, if any."""
        return self._skip(at + 1 if end == at else end) + 1

    def _more(self, at: int, close: str, *, first: bool) -> bool:
        """Whether a member follows: after the opening, which stands at `at`, or after a comma."""
        after = self._skip(at + 1) if first else self._skip(at)
        if self.text.startswith(close, after):
            return False
        if not first and not self.text.startswith(",", after):
            self._wrong(after, "a comma is missing")
        return True

    def _one(self, at: int) -> Generator[Item, None, int]:
        value, end = self._value(at)
        self.line += self.text.count("\n", self.counted, at) if at > self.counted else 0
        self.counted = max(at, self.counted)
        yield Item(self.line, value)
        return end

    def _expect(self, at: int, sign: str) -> int:
        at = self._skip(at)
        if not self.text.startswith(sign, at):
            self._wrong(at, f"a “{sign}” is missing")
        return self._skip(at + 1)

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            return _DECODER.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            self._wrong(error.pos, error.msg)
        except RecursionError as error:
            raise ReadError("It is nested too deeply to be read.") from error
        except ValueError as error:  # NaN, or a number of thousands of digits
            self._wrong(at, str(error))

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _wrong(self, at: int, why: str) -> NoReturn:
        line = self.text.count("\n", 0, at) + 1
        raise ReadError(f"It is no JSON from line {line} on: {why}.")


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no value of JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_number)
