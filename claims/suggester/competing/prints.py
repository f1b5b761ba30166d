"""Texts that carry the same story: overlapping runs of words, and a short print of them to find by.

A print is a few numbers of which two texts share one the likelier, the more of their runs of five
words they share (one-permutation min-hashing with densified bins; Shrivastava and Li, 2014, and
locality-sensitive banding). What is found so is compared by the runs themselves.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from claims.suggester.competing.vocabulary import tokens

RUN = 5
BANDS = 8
_ROWS = 3
_BINS = BANDS * _ROWS
_HASHES = 1 << 32
_MOST_WORDS = 20_000


def runs(text: str) -> frozenset[int]:
    """The runs of five words of a text, as numbers; of its first 20,000 words."""
    words = tokens(text)[:_MOST_WORDS]
    return frozenset(
        zlib.crc32(" ".join(words[at : at + RUN]).encode())
        for at in range(max(0, len(words) - RUN + 1))
    )


def prints(text: str) -> tuple[int, ...]:
    """The eight numbers of a text, each below 2 ** 63; none where it is shorter than a run."""
    found = _least(runs(text))
    if not found:
        return ()
    filled = [_filled(found, at) for at in range(_BINS)]
    bands = (filled[at : at + _ROWS] for at in range(0, _BINS, _ROWS))
    return tuple(_number((band, *rows)) for band, rows in enumerate(bands))


def shared(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the shorter text's runs that the longer one has too, from 0 to 1."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def _least(hashes: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for value in hashes:
        mixed = value * 0x9E3779B1 % _HASHES
        at = mixed * _BINS // _HASHES
        found[at] = min(mixed, found.get(at, _HASHES))
    return found


def _filled(found: dict[int, int], at: int) -> int:
    """The least of a bin; an empty one borrows from the next that has any."""
    step = next(step for step in range(_BINS) if (at + step) % _BINS in found)
    return found[(at + step) % _BINS] + step * _HASHES


def _number(values: Iterable[int]) -> int:
    data = ",".join(map(str, values)).encode()
    return (zlib.crc32(data) << 31) ^ (zlib.crc32(data[::-1]) & 0x7FFFFFFF)
