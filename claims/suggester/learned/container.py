"""A model as bytes: a ZIP of a JSON file and of the library's own files. Nothing in it runs."""

from __future__ import annotations

import io
import json
import math
import zipfile
import zlib
from collections.abc import Mapping
from struct import error
from typing import Any

from claims.suggester.learned.blob import Damaged, check
from claims.suggester.learned.chance import Scale
from claims.suggester.learned.crf import Tagger
from claims.suggester.learned.parse import Aids, installed
from claims.suggester.learned.stats import Shares
from claims.suggester.lexicon import available

FORMAT, VERSION = "counterclaim-learned", 1
_ABOUT = "model.json"
_TAGGERS = ("cues", "contents", "right", "sources")
_LARGEST = 256 * 1024 * 1024
# What zipfile and json raise for bytes that are none of theirs.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    error,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    RecursionError,
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same model gives the same bytes


class NoModel(Exception):
    """These bytes are no model, or one of another version; the message says why."""


def pack(about: Mapping[str, Any], taggers: Mapping[str, bytes]) -> bytes:
    """The bytes of a model: what is known of it, and its taggers by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps({"format": FORMAT, "version": VERSION, **about}, sort_keys=True)
        parts = {_ABOUT: text.encode(), **{name: taggers[name] for name in _TAGGERS}}
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return file.getvalue()


def unpack(data: bytes) -> dict[str, Any]:
    """What `LearnedModel` takes; raises `NoModel` unless every part is as `pack` made it."""
    try:
        parts = _parts(data)
        about = json.loads(parts.pop(_ABOUT))
    except _UNREADABLE as wrong:
        raise NoModel(f"This is no model: {wrong}.") from None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise NoModel("This is no model of this program.")
    if about.get("version") != VERSION:
        raise NoModel("The model was made by another version: train it again.")
    try:
        for blob in parts.values():
            check(blob)
            Tagger(blob)
        return {**parts, **_about(about)}
    except Damaged as damage:
        raise NoModel(f"The model can't be used: {damage}.") from None
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        raise NoModel("The model can't be used: what is known of it is incomplete.") from None


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sorted(entry.filename for entry in entries) != sorted((_ABOUT, *_TAGGERS)):
            raise NoModel("This is no model: its parts are others.")
        if sum(entry.file_size for entry in entries) > _LARGEST:
            raise NoModel("The model is too large.")
        return {entry.filename: archive.read(entry) for entry in entries}


def _about(about: Mapping[str, Any]) -> dict[str, Any]:
    cues, seen = (_counts(about[name]) for name in ("reported", "seen"))
    code, parser = str(about["language"]), str(about["parser"])
    if (code and code not in available()) or (parser and parser not in installed()):
        raise NoModel("The model was trained with word lists or a parser that are not here.")
    return {
        "shares": Shares(cues, seen),
        "scale": Scale(_number(about["slope"]), _number(about["offset"])),
        "least": _number(about["least"]),
        "articles": int(about["articles"]),
        "aids": Aids(code, parser),
    }


def _counts(value: Mapping[str, Any]) -> dict[str, int]:
    return {str(word): int(count) for word, count in value.items()}


def _number(value: Any) -> float:
    if not math.isfinite(number := float(value)):
        raise NoModel("The model can't be used: a number in it is none.")
    return number
