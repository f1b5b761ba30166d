from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import pytest

from claims.exporters import bundle
from claims.exporters.archive import CHUNK, File
from claims.exporters.bundle import Bundle
from claims.records import TABLES, Alias, Claim, Span
from tests.unit.exporters import made


def archive(tables: Bundle) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(bundle.write(tables))))


def test_it_holds_every_table_text_and_upload() -> None:
    held = archive(made.world())

    assert held.testzip() is None
    assert held.namelist() == [
        "README.txt",
        "datapackage.json",
        *(f"{table.name}.csv" for table in TABLES),
        f"originals/{made.uid(20)}.html",
        f"originals/{made.uid(21)}.html",
        f"texts/{made.uid(20)}.txt",
        f"texts/{made.uid(21)}.txt",
    ]


def test_its_fields_are_the_tables_and_the_files() -> None:
    assert [field.name for field in fields(Bundle)] == [*(table.name for table in TABLES), "files"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_reads_back(table: Any) -> None:
    world = made.world()
    content = archive(made.world()).read(f"{table.name}.csv")

    assert made.read(table.row, content) == getattr(world, table.name)


def test_a_quote_is_found_at_its_offsets_in_the_text_of_the_bundle() -> None:
    held = archive(made.world())
    text = held.read(f"texts/{made.uid(20)}.txt").decode()

    for span in made.read(Span, held.read("spans.csv")):
        assert text[span.start : span.end] == span.quote


def test_uploads_are_kept_byte_for_byte() -> None:
    held = archive(made.world())

    assert held.read(f"originals/{made.uid(20)}.html") == b"<html>\0\xff"
    assert held.read(f"originals/{made.uid(21)}.html") == b""


def test_the_same_work_gives_the_same_bytes() -> None:
    assert b"".join(bundle.write(made.world())) == b"".join(bundle.write(made.world()))


def test_entries_carry_a_fixed_time_and_an_ordinary_mode() -> None:
    for entry in archive(made.world()).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert (entry.create_system, entry.external_attr >> 16) == (3, 0o100644)
        assert entry.compress_type == zipfile.ZIP_DEFLATED


def test_the_first_piece_comes_before_any_row_is_asked_for() -> None:
    asked: list[str] = []
    pieces = bundle.write(watched(asked))

    assert next(pieces).startswith(b"PK")
    assert asked == []


def test_tables_are_asked_for_one_after_the_other() -> None:
    asked: list[str] = []
    b"".join(bundle.write(watched(asked)))

    names = [table.name for table in TABLES]
    assert asked == [f"{name} {step}" for name in [*names, "files"] for step in ("begun", "done")]


def watched(asked: list[str]) -> Bundle:
    def watch(name: str, rows: Iterable[Any]) -> Iterator[Any]:
        asked.append(f"{name} begun")
        yield from rows
        asked.append(f"{name} done")

    world = made.world()
    names = [field.name for field in fields(Bundle)]
    return Bundle(**{name: watch(name, getattr(world, name)) for name in names})


def test_pieces_come_while_rows_are_still_to_come() -> None:
    left = iter(made.filled(Claim, claim_id=made.uid(at), note=str(at**99)) for at in range(6000))
    pieces = bundle.write(made.world(claims=left))
    size = 0
    while size < CHUNK:
        size += len(next(pieces))

    assert next(left, None) is not None


def test_one_that_broke_off_is_not_a_zip() -> None:
    def broken() -> Iterator[Claim]:
        yield made.filled(Claim)
        raise OSError("the database went away")

    got = io.BytesIO()
    with pytest.raises(OSError, match="went away"):
        got.writelines(bundle.write(made.world(claims=broken())))

    assert not zipfile.is_zipfile(got)


def test_one_that_nobody_reads_to_its_end_can_be_closed() -> None:
    closed: list[bool] = []

    def rows() -> Iterator[Claim]:
        try:
            for at in range(9000):
                yield made.filled(Claim, note=str(at**99))
        finally:
            closed.append(True)

    pieces = bundle.write(made.world(claims=rows()))
    next(pieces)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]

    assert closed == [True]


@pytest.mark.parametrize(
    "path",
    [
        "../evil.txt",
        "/etc/passwd",
        "texts/../../evil.txt",
        "texts/a.txt",
        "texts\\a.txt",
        "claims.csv",
        "README.txt",
        f"texts/{made.uid(1)}.txt\n",
        f"texts/{made.uid(1)}/a.txt",
        f"originals/{made.uid(1)}.",
        f"originals/{made.uid(1)}.a b",
        "",
    ],
)
def test_an_unsafe_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        archive(made.world(files=[File(path, [b"x"])]))


def test_a_path_cannot_come_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        archive(made.world(files=[bundle.text_file(made.uid(1), text) for text in "ab"]))


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("page.HTML", ".html"),
        ("../../etc/passwd", ""),
        ("a.tar.gz", ".gz"),
        ("evil.ht ml", ""),
        ("x.абв", ""),
        ("x.123456789", ""),
        ("", ""),
        ("dir.d/", ".d"),
        ("a/b\\c.txt", ".txt"),
    ],
)
def test_of_an_uploads_name_only_a_plain_ending_is_kept(name: str, ending: str) -> None:
    path = bundle.original_path(made.uid(1), name)

    assert path == f"originals/{made.uid(1)}{ending}"
    assert archive(made.world(files=[File(path, [])])).namelist()[-1] == path


@pytest.mark.usefixtures("untraced")
def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(number: int) -> int:
        row = made.filled(Alias, alias="Ministry")
        pieces = bundle.write(made.world(aliases=(row for _ in range(number))))
        tracemalloc.start()
        try:
            for _ in pieces:
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1000)
    assert peak(200_000) < peak(20_000) + 200_000
