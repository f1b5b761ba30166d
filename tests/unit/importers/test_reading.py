from __future__ import annotations

import pytest

from claims.importers import reading
from claims.importers.decode import ENCODINGS
from claims.importers.page import ReadError
from tests.files import a_docx, a_pdf, an_eml

HTML = b"<!doctype html><html><body><article>" + b"<p>A long enough text of it.</p>" * 9


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", a_pdf(["x"]), "pdf"),
        ("no name", b"\n" + a_pdf(["x"]), "pdf"),
        ("on-pdf.txt", b"%PDF-1.7 is how a PDF begins.", "text"),
        ("a.docx", a_docx("x"), "docx"),
        ("a", a_docx("x"), "docx"),
        ("a.EML", an_eml("x"), "eml"),
        ("a.htm", b"x", "html"),
        ("a", HTML, "html"),
        ("a.txt", HTML, "text"),
        ("a", b"x", "text"),
    ],
)
def test_a_file_is_what_it_begins_as(name: str, content: bytes, kind: str) -> None:
    assert reading.kind(name, content) == kind


def test_each_kind_has_its_ways_and_each_way_is_read_again() -> None:
    pdf = a_pdf(["A text that is long", "and has two lines."])
    assert reading.ways("a.txt", b"x") == ENCODINGS
    texts = {way: reading.read("a.pdf", pdf, way) for way, _ in reading.ways("a.pdf", pdf)}
    assert [page.encoding for page in texts.values()] == list(texts)
    assert len({page.text for page in texts.values()}) == 2
    (only,) = reading.ways("a.docx", a_docx("x"))
    assert reading.read("a.docx", a_docx("x")).encoding == only[0]


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILE", 10)
    with pytest.raises(ReadError, match="the most that can be read is 20 MB"):
        reading.read("a.txt", b"x" * 11)
