"""A table of articles: CSV with a line of column names, or JSONL (an object a line)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from claims.anchoring.text import TextError, clean
from claims.anchoring.white import WHITE
from claims.importers.decode import MAX_BYTES
from claims.importers.language import guess_language, written
from claims.importers.many import ARTICLE, Found, Many, Note, Problem
from claims.importers.page import ReadError
from claims.records import ArticleType

COLUMNS = "title text publisher url archive_url byline published_on language type".split()
_NEEDED = ("title", "text")
_LONGEST = {"title": 500, "publisher": 200, "url": 2_000, "archive_url": 2_000, "byline": 300}
_ADDRESS = re.compile(r"https?://[^\s/?#\[\]]+(?:[/?#]\S*)?", re.IGNORECASE)
_TYPES = {word.value for word in ArticleType}
_SEPARATORS = ",;\t"
_LINE = MAX_BYTES * 3  # of JSONL: a text of 5 MB with each of its characters escaped
_NOT_UTF8 = "The table is not in UTF-8 from line {line} on. Save it as “CSV UTF-8”."
csv.field_size_limit(MAX_BYTES + 1)


def read_all(file: BinaryIO, name: str) -> Iterator[Found]:
    """The articles, a row each, exactly as they are written: no guard of formulas is taken off.

    `ReadError` when the table can't be read on: no columns, no UTF-8, broken CSV.
    """
    rows = _jsonl(file) if name.lower().endswith((".jsonl", ".ndjson")) else _csv(file)
    number = 0
    unused: set[str] = set()
    for line, row in rows:
        number += 1
        if isinstance(row, str):
            yield Problem(number, f"line {line}", "", row)
            continue
        unused |= {str(key) for key in row if key not in COLUMNS}
        wrong = list(_wrong(row))
        if wrong:
            for field, why in wrong:
                yield Problem(number, f"line {line}", field, why)
        else:
            yield _article(number, line, row, name)
    if not number:
        raise ReadError("The table has no rows.")
    if unused:
        yield Note(f"Columns that are not used: {', '.join(sorted(unused))}.")


def _csv(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | str]]:
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    rows = None
    try:
        head = stream.readline()
        counts = {sign: head.count(sign) for sign in _SEPARATORS}
        separator = max(counts, key=lambda sign: counts[sign])
        names = [name.strip().lower() for name in next(csv.reader([head], delimiter=separator), [])]
        if missing := [name for name in _NEEDED if name not in names]:
            raise ReadError(
                f"The first line has no column “{missing[0]}”."
                f" The columns are: {', '.join(COLUMNS)}."
            )
        if len(set(names)) < len(names):
            raise ReadError("Two columns have the same name.")
        rows = csv.reader(stream, delimiter=separator, strict=True)
        at = 2
        for cells in rows:
            if len(cells) > len(names):
                yield at, "It has more cells than there are columns."
            elif cells:
                yield at, dict(zip(names, cells, strict=False))
            at = rows.line_num + 2
    except UnicodeDecodeError as error:
        line = (rows.line_num if rows else 0) + 1
        raise ReadError(_NOT_UTF8.format(line=line)) from error
    except csv.Error as error:
        line = (rows.line_num if rows else 0) + 1
        raise ReadError(f"The table can’t be read from line {line} on: {error}.") from error
    finally:
        stream.detach()


def _jsonl(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | str]]:
    number = 0
    while raw := file.readline(_LINE + 1):
        number += 1
        if len(raw) > _LINE:
            raise ReadError(f"Line {number} is longer than an article can be.")
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            if not line.strip():
                continue
            row = json.loads(line)
        except UnicodeDecodeError as error:
            raise ReadError(_NOT_UTF8.format(line=number)) from error
        except (ValueError, RecursionError) as error:
            yield number, f"It is no JSON: {error}."
            continue
        yield number, row if isinstance(row, dict) else "It is no object ({…})."


def _wrong(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a person has to put right, field by field."""
    for name in COLUMNS:
        value = row.get(name)
        if value is not None and not isinstance(value, str):
            yield name, "It is not a text."
        elif name == "text":
            yield from (("text", why) for why in _wrong_text(value or ""))
        elif why := _wrong_detail(name, (value or "").strip()):
            yield name, why


def _wrong_text(text: str) -> Iterator[str]:
    if not text.strip(WHITE):
        yield "There is no text."
    elif len(text.encode(errors="replace")) > MAX_BYTES:
        yield "The text is larger than 5 MB."
    else:
        try:
            clean(text)
        except TextError as error:
            yield str(error)


def _wrong_detail(name: str, value: str) -> str:
    if not value:
        return "Give a title." if name == "title" else ""
    if len(value) > _LONGEST.get(name, len(value)):
        return f"It is longer than {_LONGEST[name]} characters."
    if not value.isprintable():
        return "It has a character that can’t be shown, or more than one line."
    if name in ("url", "archive_url") and not _ADDRESS.fullmatch(value):
        return "Give a web address (http or https)."
    if name == "published_on" and _day(value) is None:
        return "Give a day as 2016-12-08."
    if name == "language" and written(value) is None:
        return "Give a language as a code, such as en, ar or zh-Hans."
    if name == "type" and value not in _TYPES:
        return f"It is none of: {', '.join(sorted(_TYPES))}."
    return ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    except ValueError:
        return None


def _article(number: int, line: int, row: dict[str, Any], name: str) -> Many:
    about = {key: (row.get(key) or "").strip() for key in COLUMNS if key != "text"}
    text = clean(row["text"])
    return Many(
        number=number,
        where=f"line {line}",
        title=about["title"],
        text=text,
        publisher=about["publisher"],
        url=about["url"],
        archive_url=about["archive_url"],
        byline=about["byline"],
        published_on=_day(about["published_on"]),
        language=written(about["language"]) or guess_language(text),
        type=about["type"] or ARTICLE,
        original=row["text"].encode(),
        original_name=f"{name.rpartition('.')[0][:200]}, line {line}.txt",
        media_type="text/plain; charset=utf-8",
        encoding="utf-8",
    )
