"""The library's file of a tagger, checked before the library reads it.

The library follows the offsets of a file without asking whether they lie within it. A file
from a database may have been changed; one whose parts all lie within it can give wrong answers,
but can't lead anywhere else. The form is CRFsuite's (`crf1d_model.c`, `cqdb.c`): a header, the
weights, two dictionaries (of tags and of features) and which weights belong to which of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct, error

_HEADER = Struct("<4sI4sIIIIIIIII")
_CHUNK = Struct("<4sII")
_WEIGHT = Struct("<IIId")
_DICTIONARY = Struct("<4sIIIII")
_PAIR = Struct("<II")
_NUMBER = Struct("<I")
_VERSION = 100
_ORDER = 0x62445371
_TABLES = 256
_TRANSITION = 1
_HEAVIEST = 1e6


class Damaged(ValueError):
    """It is no file of the library, or not a whole one."""


def check(blob: bytes) -> None:
    """Nothing when all that a tagger's file points at lies within it; else raises `Damaged`."""
    try:
        _check(blob)
    except error:
        raise Damaged("a part of the tagger is missing") from None


def _check(blob: bytes) -> None:
    magic, size, kind, version, _, tags, names, *offsets = _HEADER.unpack_from(blob)
    if (magic, kind, version) != (b"lCRF", b"FOMC", _VERSION) or size != len(blob):
        _damaged("no tagger")
    weights, of_tags, of_names, tag_refs, name_refs = offsets
    count = _weights(blob, weights, tags, names)
    _dictionary(blob, of_tags, tags)
    _dictionary(blob, of_names, names)
    _references(blob, tag_refs, b"LFRF", tags, count)
    _references(blob, name_refs, b"AFRF", names, count)


def _weights(blob: bytes, start: int, tags: int, names: int) -> int:
    """How many weights there are; each is of a tag, by a feature or by the tag before."""
    chunk, _, count = _CHUNK.unpack_from(blob, start)
    first = start + _CHUNK.size
    if chunk != b"FEAT" or first + count * _WEIGHT.size > len(blob):
        _damaged("its weights")
    for kind, source, target, weight in _WEIGHT.iter_unpack(
        blob[first : first + count * _WEIGHT.size]
    ):
        if (
            not abs(weight) < _HEAVIEST
            or target >= tags
            or source >= (tags if kind == _TRANSITION else names)
        ):
            _damaged("its weights")
    return int(count)


def _references(blob: bytes, start: int, chunk: bytes, owners: int, count: int) -> None:
    found, _, there = _CHUNK.unpack_from(blob, start)
    if found != chunk or there < owners:
        _damaged("its references")
    for at in range(owners):
        (offset,) = _NUMBER.unpack_from(blob, start + _CHUNK.size + at * _NUMBER.size)
        for one in _numbers(blob, offset):
            if one >= count:
                _damaged("its references")


def _numbers(blob: bytes, start: int) -> Iterator[int]:
    (many,) = _NUMBER.unpack_from(blob, start)
    last = start + _NUMBER.size * (1 + many)
    if last > len(blob):
        _damaged("its references")
    return (one for (one,) in _NUMBER.iter_unpack(blob[start + _NUMBER.size : last]))


def _dictionary(blob: bytes, start: int, entries: int) -> None:
    """Names by number and numbers by name: 256 hash tables, each with an empty place."""
    chunk, size, flag, order, many, backward = _DICTIONARY.unpack_from(blob, start)
    end = start + size
    if chunk != b"CQDB" or (flag, order) != (0, _ORDER) or end > len(blob):
        _damaged("its dictionary")
    if many != entries or backward + many * _NUMBER.size > size:
        _damaged("its dictionary")
    for at in range(entries):
        (offset,) = _NUMBER.unpack_from(blob, start + backward + at * _NUMBER.size)
        _entry(blob, start, end, offset, entries)
    all_places = 0
    for at in range(_TABLES):
        offset, places = _PAIR.unpack_from(blob, start + _DICTIONARY.size + at * _PAIR.size)
        all_places += places
        if bool(offset) != bool(places) or offset + places * _PAIR.size > size:
            _damaged("its dictionary")
        first = start + offset
        taken = [
            entry
            for _, entry in _PAIR.iter_unpack(blob[first : first + places * _PAIR.size])
            if entry
        ]
        if places and len(taken) >= places:
            _damaged("its dictionary")  # a search in it would never end
        for entry in taken:
            _entry(blob, start, end, entry, entries)
    if all_places != 2 * entries:
        _damaged("its dictionary")


def _entry(blob: bytes, start: int, end: int, offset: int, entries: int) -> None:
    number, length = _PAIR.unpack_from(blob, start + offset)
    last = start + offset + _PAIR.size + length
    name = blob[last - length : last]
    if number >= entries or last > end or not _is_name(name):
        _damaged("its dictionary")


def _is_name(name: bytes) -> bool:
    """Text with a zero behind it."""
    try:
        return name.decode()[-1:] == "\0"
    except UnicodeDecodeError:
        return False


def _damaged(what: str) -> None:
    raise Damaged(f"the tagger is damaged: {what}")
