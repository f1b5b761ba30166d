from __future__ import annotations

import time

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


PARAGRAPHS = "<p>A strike hit the market on Thursday, officials in the city said.</p>" * 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<div>" * 100_000 + PARAGRAPHS),
        ("a.html", "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">" + PARAGRAPHS),
        ("a.html", "<p " + "/".join(f"a{n}='>'" for n in range(100_000)) + ">" + PARAGRAPHS),
        ("a.html", "<a b='" * 200_000 + PARAGRAPHS),
        ("a.eml", "Subject: x\n" + "Content-Type: message/rfc822\n\n" * 3_000 + "x"),
        ("a.eml", "From: " + "(" * 1_500 + ")" * 1_500 + " b <c@d.e>\nSubject: x\n\nThe text.\n"),
        ("a.eml", "Subject: " + "=?utf-8?q?a?= " * 50_000 + "\n\nThe text.\n"),
    ],
    ids=["nested", "attributes", "quoted", "unclosed", "messages", "comments", "words"],
)
def test_a_file_made_to_keep_a_reader_busy_is_read_or_refused_at_once(
    name: str, content: str
) -> None:
    began = time.process_time()
    try:
        reading.read(name, content.encode())
    except ReadError as refused:
        told = str(refused)
    else:
        told = "It was read."
    assert told.endswith(".")
    assert time.process_time() - began < 5


def test_a_page_with_long_attributes_is_read() -> None:
    props = "{&quot;a&quot;: 1, " * 2_000
    page = f'<div data-props="{props}" data-x=\'<b c d="e">\'></div>{PARAGRAPHS}'
    assert (
        "A strike hit" in reading.read("a.html", f"<html><body>{page}</body></html>".encode()).text
    )
