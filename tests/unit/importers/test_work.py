"""What exporters wrote, read back; and what else may stand in such a file."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exporters import bundle as bundles
from claims.exporters import jsonl as jsonls
from claims.exporters.archive import File
from claims.importers import bundle, jsonl
from claims.importers.page import ReadError
from claims.importers.values import Problem, from_cell, from_json, reader
from claims.importers.work import Line, Work
from claims.records import TABLES, Claim, Source
from claims.records.columns import Column, Kind, columns_of
from claims.records.native import BESIDE, JOURNAL, with_deletion
from tests.unit.exporters import made

WRITERS: dict[str, Callable[[Any], Any]] = {
    "csv": bundles.write,
    "jsonl": lambda held: jsonls.write(jsonls.Lossless(living=held)),
}
READERS: dict[str, Callable[[Any], Any]] = {"csv": bundle.Bundle, "jsonl": jsonl.Jsonl}
CLAIMS = next(table for table in TABLES if table.name == "claims")
SOURCES = TABLES[0]


def opened(name: str, content: bytes) -> Any:
    return READERS[name](io.BytesIO(content))


def written(name: str, **instead: Any) -> bytes:
    return b"".join(WRITERS[name](made.world(**instead)))


def records(work: Work, table: Any) -> list[Any]:
    return [line.record if isinstance(line, Line) else line for line in work.rows(table)]


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_any_rows_come_back(name: str, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    rows = data.draw(st.lists(made.rows(table.row), max_size=3))
    work = opened(name, written(name, **{table.name: rows}))
    assert records(work, table) == rows
    assert records(work, table) == rows  # as often as it is needed
    assert work.name_of(table)
    work.close()


@given(data=st.data())
def test_any_rows_of_the_lossless_form_come_back(data: st.DataObject) -> None:
    """Deleted ones after the living, and those of the tables that no bundle has."""
    table = data.draw(st.sampled_from([*TABLES, *BESIDE]))
    living, gone = (data.draw(st.lists(made.rows(table.row), max_size=3)) for _ in range(2))
    dates = data.draw(st.lists(made.moments | st.none(), min_size=3, max_size=3))
    gone = [with_deletion(table.row, (*row, at)) for row, at in zip(gone, dates, strict=False)]
    beside: Any = {}
    if table in BESIDE:
        beside[table.name] = living
    world = made.world(**({} if beside else {table.name: living}))
    gone = [] if table in JOURNAL else gone
    held = jsonls.Lossless(living=world, gone={table.name: gone}, beside=beside, journal=True)
    work: Any = opened("jsonl", b"".join(jsonls.write(held)))
    assert work.journal
    assert records(work, table) == [*living, *gone]


@pytest.mark.parametrize("name", READERS)
def test_files_come_back(name: str) -> None:
    large = bytes(range(256)) * 600
    path = f"originals/{made.uid(1)}.bin"
    chunks = [large[:65_536], large[65_536:131_072], large[131_072:]]
    work = opened(name, written(name, files=[File(path, chunks), *made.world().files]))
    assert work.content(path) == large
    texts = [file for file in made.world().files if file.path.startswith("texts/")]
    assert [work.content(file.path) for file in texts] == [made.TEXT.encode()] * len(texts)
    assert work.content("texts/none.txt") is None


# -- cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cell", "why"),
    [
        (Kind.INTEGER, "a few", "whole number"),
        (Kind.INTEGER, "1.5", "whole number"),
        (Kind.INTEGER, "1" * 40, "whole number"),
        (Kind.INTEGER, "-1", "less than 0"),
        (Kind.INTEGER, "11", "more than 10"),
        (Kind.NUMBER, "nan", "not a number"),
        (Kind.NUMBER, "x", "not a number"),
        (Kind.YES_NO, "yes", "neither true nor false"),
        (Kind.DAY, "2016-13-01", "month must be"),
        (Kind.DAY, "20161201", "YYYY-MM-DD"),
        (Kind.MOMENT, "2016-12-01", "YYYY-MM-DDThh"),
        (Kind.MOMENT, "2016-12-01T10:00:00", "YYYY-MM-DDThh"),
        (Kind.ID, "../x", "not a public id"),
        (Kind.MARK, "z", "form"),
        (Kind.TEXT, "a\0b", "NUL"),
        (Kind.TEXT, "a\ud800b", "surrogate"),
    ],
)
def test_what_cannot_be_a_cell_says_why(kind: Kind, cell: str, why: str) -> None:
    column = Column(kind, "x", low=0, high=10, pattern="a+" if kind is Kind.MARK else "")
    with pytest.raises(ValueError, match=why):
        from_cell(column, cell)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [(Kind.INTEGER, "7", 7), (Kind.NUMBER, "-7.25", -7.25), (Kind.YES_NO, "false", False)],
)
def test_what_is_no_text_is_read(kind: Kind, cell: str, value: Any) -> None:
    assert from_cell(Column(kind, "x"), cell) == value


@pytest.mark.parametrize("read", [from_cell, from_json])
def test_what_is_needed_cannot_be_blank(read: Callable[[Column, Any], Any]) -> None:
    for column in columns_of(Claim).values():
        if column.required:
            with pytest.raises(ValueError, match="blank"):
                read(column, "")
        else:
            assert read(column, "") in ("", None)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.TEXT, 1), (Kind.INTEGER, True), (Kind.INTEGER, "1"), (Kind.YES_NO, 1), (Kind.DAY, 2016)],
)
def test_json_has_types_of_its_own(kind: Kind, value: Any) -> None:
    with pytest.raises(ValueError, match="is not"):
        from_json(Column(kind, "x"), value)


def test_a_word_is_one_of_its_list() -> None:
    with pytest.raises(ValueError, match="factual, evaluative, demand"):
        from_cell(columns_of(Claim)["kind"], "wish")


def test_a_problem_says_where() -> None:
    assert str(Problem("claims.csv", 3, "kind", "No.")) == "claims.csv, line 3, kind: No."
    assert str(Problem("claims.csv", 0, "", "No.")) == "claims.csv: No."


# -- the bundle ------------------------------------------------------------------------------------


def zipped(**instead: bytes) -> bytes:
    """A bundle with other bytes in some of its files; None leaves one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written("csv"))) as held, zipfile.ZipFile(out, "w") as made_:
        for name in held.namelist():
            made_.writestr(name, instead.get(name.removesuffix(".csv"), held.read(name)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"", "There is no column source_id"),
        (b"source_id,name,odd\r\n", "There is no column kind"),
        (",".join([*Source._fields, "odd"]).encode(), "odd is not a column"),
        (",".join([*Source._fields, ""]).encode(), "A column without a name"),
        (",".join([*Source._fields, "name"]).encode(), "twice"),
        (",".join(Source._fields).encode() + b"\r\na,b\r\n", "2 cells, not 9"),
        (",".join(Source._fields).encode() + b'\r\n"a"b,c\r\n', "not CSV"),
        (",".join(Source._fields).encode() + b"\r\n" + b"x," * 8 + b"x", "not a public id"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(content: bytes, why: str) -> None:
    (problem,) = records(opened("csv", zipped(sources=content)), SOURCES)
    assert why in str(problem)
    assert problem.file == "sources.csv"


def test_what_is_no_bundle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="not a ZIP"):
        opened("csv", b"no")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ReadError, match=r"sources\.csv is not in it"):
        opened("csv", out.getvalue())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 2_000_000)
    monkeypatch.setattr(bundle, "MOST_TIMES", 10)
    with pytest.raises(ReadError, match="too large"):
        opened("csv", out.getvalue())
    monkeypatch.undo()
    monkeypatch.setattr(bundle, "LARGEST_FILE", 10)
    text = next(file.path for file in made.world().files if file.path.startswith("texts"))
    with pytest.raises(ReadError, match="larger than"):
        opened("csv", written("csv")).content(text)


def damaged(content: bytes, name: str) -> bytes:
    """The ZIP with a byte of one entry turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        entry = held.getinfo(name)
    at = entry.header_offset + 30 + len(entry.filename) + 20
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def test_a_damaged_zip_is_told() -> None:
    content = zipped()
    found = records(opened("csv", damaged(content, "sources.csv")), SOURCES)
    assert any(isinstance(one, Problem) for one in found)
    text = next(file.path for file in made.world().files if file.path.startswith("texts"))
    with pytest.raises(ReadError, match="damaged"):
        opened("csv", damaged(content, text)).content(text)


# -- jsonl -----------------------------------------------------------------------------------------

HEAD = json.dumps({"format": "counterclaim.jsonl", "version": 1})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "first line"),
        (b"[]", "first line"),
        (b'{"format": "other"}', "first line"),
        (b'{"format": "counterclaim.jsonl", "version": 3}', "version 3; only 1 and 2 are known"),
    ],
)
def test_what_is_no_jsonl_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        opened("jsonl", content)


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (slice(0, -1), "its last line, which counts all others, is lost|broke off"),
        (slice(0, 9), "broke off"),
        (slice(1, None, 1), "first line"),
        ([0, 2, 3], "broke off"),
    ],
)
def test_a_file_that_broke_off_says_so(kept: Any, why: str) -> None:
    lines = written("jsonl").splitlines(keepends=True)
    found = lines[kept] if isinstance(kept, slice) else [lines[one] for one in kept]
    with pytest.raises(ReadError, match=why):
        opened("jsonl", b"".join(found))


def test_a_file_that_lost_lines_in_its_midst_says_so() -> None:
    lines = written("jsonl").splitlines(keepends=True)
    with pytest.raises(ReadError, match=f"{len(lines) - 1} lines before it, but there are"):
        opened("jsonl", b"".join(lines[:3] + lines[5:]))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("no", "not JSON"),
        ('{"table":"sources","odd":', "not JSON"),
        ('{"table": "wishes"}', "not an object"),
        ('{"table": "sources", "odd": 1}', "odd: It is not a column of sources"),
        (json.dumps({"table": "sources", "source_id": made.uid(1)}), "name: It is not there"),
        (
            json.dumps({"table": "sources", "source_id": "x"} | dict.fromkeys(Source._fields[1:])),
            "",
        ),
    ],
)
def test_a_line_that_cannot_be_read_says_where(line: str, why: str) -> None:
    (problem,) = records(opened("jsonl", f"{HEAD}\n{line}\n".encode()), SOURCES)
    assert why in str(problem)
    assert problem.line == 2


def test_a_row_with_a_column_too_many_says_which() -> None:
    row = next(line for line in written("jsonl").splitlines() if b'"table":"sources"' in line)
    line = json.dumps(json.loads(row) | {"odd": 1})
    (problem,) = records(opened("jsonl", f"{HEAD}\n{line}\n".encode()), SOURCES)
    assert "odd: It is not a column of sources" in str(problem)


@pytest.mark.parametrize("written_as", ["08.12.2016", "2016-02-30", 7])
def test_what_is_no_day_says_so(written_as: Any) -> None:
    read = reader(columns_of(Claim)["said_from"])
    assert read("2016-12-08") == dt.date(2016, 12, 8)
    with pytest.raises(ValueError, match=r"date|range"):
        read(written_as)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"part": 1, "base64": ""}, "Part 0"),
        ({"part": 0, "base64": "?"}, "not base64"),
        ({"part": 0, "base64": 7}, "not base64"),
        ({"text": "\ud800"}, "half a character"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(line: dict[str, Any], why: str) -> None:
    held = json.dumps({"table": "files", "path": "texts/x.txt", **line})
    with pytest.raises(ReadError, match=why):
        opened("jsonl", f"{HEAD}\n{held}\n".encode()).content("texts/x.txt")
