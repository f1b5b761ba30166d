from __future__ import annotations

import io
import struct
from typing import Any

import pytest

from claims.importers import archive, bundle
from claims.importers.many import Many, Note, Problem
from claims.importers.page import ReadError
from tests.files import a_docx, a_zip, an_eml

TEXT = "A strike hit the market, officials said."


def found(members: dict[str, str | bytes]) -> list[Many | Problem | Note]:
    return list(archive.read_all(io.BytesIO(a_zip(members))))


def test_each_file_is_an_article_of_its_own() -> None:
    first, one, two, three = found(
        {
            "a/one.txt": TEXT + "\r\nMore.",
            "two.docx": a_docx("Another text.", title="Two"),
            "three.eml": an_eml("A third.", "Subject: Three", "From: N <n@x.org>"),
        }
    )
    assert isinstance(first, Note)
    assert isinstance(one, Many)
    assert (one.where, one.title, one.text) == ("a/one.txt", TEXT, TEXT + "\nMore.")
    assert (one.original, one.original_name) == ((TEXT + "\r\nMore.").encode(), "one.txt")
    assert isinstance(two, Many)
    assert isinstance(three, Many)
    assert (two.title, two.encoding) == ("Two", "docx")
    assert (three.title, three.byline, three.media_type) == ("Three", "N", "message/rfc822")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("../a.txt", TEXT, "leads out of the ZIP"),
        ("a/../../b.txt", TEXT, "leads out"),
        ("/etc/passwd", TEXT, "leads out"),
        ("C:\\a.txt", TEXT, "leads out"),
        ("a\x07.txt", TEXT, "no name needs"),
        ("inner.zip", "PK", "archive in an archive"),
        ("a.png", b"\x89PNG\r\n", "image"),
        ("a.txt", "", "empty"),
        ("a.txt", "Военные сообщили об ударе по зданию.".encode("cp1251"), "only be guessed"),
    ],
)
def test_what_gives_no_article_is_named(name: str, content: str | bytes, why: str) -> None:
    _, problem, good = found({name: content, "good.txt": TEXT})
    assert isinstance(problem, Problem)
    assert why in problem.why
    assert problem.where.isprintable()
    assert isinstance(good, Many)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_taken_once() -> None:
    data = a_zip({"a.txt": TEXT, "b.txt": "Another."}).replace(b"b.txt", b"a.txt")
    _, one, problem = archive.read_all(io.BytesIO(data))
    assert isinstance(one, Many)
    assert isinstance(problem, Problem)
    assert "this very name" in problem.why


def test_what_programs_leave_in_a_zip_is_passed_over_and_counted() -> None:
    _, note, one = found({"__MACOSX/._a.txt": "x", "d/.DS_Store": "x", "a.txt": TEXT})
    assert note == Note("Passed over, left there by other programs: 2 file(s).")
    assert isinstance(one, Many)


@pytest.mark.parametrize(
    ("most", "members", "said"),
    [(10, {"a.txt": "x" * 11}, "larger than 2 GB"), (10**9, {".DS_Store": "x"}, "holds no files")],
)
def test_a_zip_that_is_not_opened(
    monkeypatch: pytest.MonkeyPatch, most: int, members: dict[str, str | bytes], said: str
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", most)
    with pytest.raises(ReadError, match=said):
        found(members)


def test_a_file_that_is_a_bomb_is_named_and_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", 1024)
    _, problem = found({"a.txt": "0" * 2048})
    assert isinstance(problem, Problem)
    assert "would be larger than" in problem.why


def listing(entries: int) -> bytes:
    """A ZIP that is a list of files, and nothing else."""
    entry = b"PK\1\2" + bytes(24) + struct.pack("<H", 10) + bytes(16) + b"0123456789"
    size = len(entry) * entries
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, size, 0, 0)
    return entry * entries + end


@pytest.mark.parametrize("opens", [archive.read_all, bundle.Bundle])
def test_a_zip_with_too_long_a_list_of_files_is_not_opened(opens: Any) -> None:
    data = listing(160_000)
    with pytest.raises(ReadError, match="too long"):
        list(opens(io.BytesIO(data)))
