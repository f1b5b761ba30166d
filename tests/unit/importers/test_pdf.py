from __future__ import annotations

import io
import resource
import subprocess
import sys

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError

from claims.importers import confined, pdf, pdf_pages
from claims.importers.page import ReadError
from tests.files import a_pdf

PAGES = (
    ["The army confirmed on Thursday that one", "strike had hit the market of the town."],
    ["Officials denied it."],
)


def test_the_text_of_a_pdf_and_what_is_lost_is_said() -> None:
    page = pdf.read(a_pdf(*PAGES, [], title="Strike on the market"))
    assert page.text.split("\n") == [
        "The army confirmed on Thursday that one strike had hit the market of the town.",
        "Officials denied it.",
    ]
    assert (page.title, page.byline, page.language) == (
        "Strike on the market",
        "Nadia Example",
        "en-GB",
    )
    assert (page.encoding, page.published_on) == ("pdf", None)
    assert "Paragraphs are guessed" in page.notes[0]
    assert "Without text, perhaps pictures: page 3." in page.notes


def test_line_by_line_nothing_is_joined() -> None:
    page = pdf.read(a_pdf(*PAGES), "pdf-lines")
    assert page.text.split("\n") == [*PAGES[0], *PAGES[1]]
    assert page.encoding == "pdf-lines"
    assert "Line ends are those of the page" in page.notes[0]


@pytest.mark.parametrize("title", ["report-final.docx", "Untitled 3", ""])
def test_the_name_of_a_file_is_no_title(monkeypatch: pytest.MonkeyPatch, title: str) -> None:
    found = {"title": title, "author": "", "language": "", "pages": ["A text."]}
    monkeypatch.setattr(pdf, "_pages", lambda _: found)
    assert pdf.read(b"").title == ""


def test_what_can_be_wrong_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"title": "", "author": "", "language": "no tag!"}
    texts = ["The \ufb01rst minis-\ntry said it.\0", *[""] * 14, "\ue000 قال الجيش"]
    monkeypatch.setattr(pdf, "_pages", lambda _: found | {"pages": texts})
    page = pdf.read(b"")
    assert page.text == "The first ministry said it.\n\ue000 قال الجيش"
    said = " ".join(page.notes)
    for word in ("ﬁ", "1 word broken", "Right-to-left", "1 sign has", "13 and more"):
        assert word in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (a_pdf([]), "a scan"),
        (a_pdf(["Secret."], password="secret"), "encrypted"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (a_pdf(["A text."])[:200], "damaged"),
    ],
)  # fmt: skip
def test_what_gives_no_text_says_why(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        pdf.read(data)


def test_one_that_opens_without_a_password_is_read() -> None:
    assert pdf.read(a_pdf(["Open to all."], password="")).text == "Open to all."


# -- in this process, what the other does -------------------------------------------------------


def test_too_many_pages_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 1)
    with pytest.raises(ReadError, match="2 pages; the most that can be read is 1"):
        pdf_pages.pages(a_pdf(*PAGES))


def test_too_much_text_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_BYTES", 60)
    with pytest.raises(ReadError, match="more than 5 MB of text"):
        pdf_pages.pages(a_pdf(*PAGES))


def test_encryption_that_we_have_no_library_for_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = a_pdf(["Secret."], password="secret")

    def decrypt(*_: object) -> None:
        raise DependencyError("cryptography is needed")

    monkeypatch.setattr(PdfReader, "decrypt", decrypt)
    with pytest.raises(ReadError, match="encrypted"):
        pdf_pages.pages(locked)


def test_a_password_is_asked_for_in_vain() -> None:
    with pytest.raises(ReadError, match="encrypted"):
        pdf_pages.pages(a_pdf(["Secret."], password="secret"))


def test_pages_of_this_process_are_those_of_the_other() -> None:
    data = a_pdf(*PAGES, title="T")
    assert pdf_pages.pages(data) == confined.run("claims.importers.pdf_pages", data)
    with pytest.raises(ReadError, match="damaged"):
        pdf_pages.pages(b"%PDF-1.7")


def test_a_stream_that_unpacks_to_gigabytes_is_given_up() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf(["A text."]))))
    page = writer.pages[0]
    stream = page.get_contents()
    assert stream is not None
    stream.set_data(b"BT /F1 10 Tf 50 800 Td " + b" " * 90_000_000 + b"(bomb) Tj ET")
    page.replace_contents(stream)
    page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(ReadError):
        pdf.read(out.getvalue())


def test_a_reader_that_never_ends_is_ended() -> None:
    with pytest.raises(ReadError, match="takes too long"):
        confined.run("claims.importers.pdf_pages", a_pdf(["A text."]), seconds=0.001)
    with pytest.raises(ReadError, match="damaged"):
        confined.run("claims.importers.no_such_module", b"")


def test_a_reader_that_the_system_ends_took_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", _killed)
    with pytest.raises(ReadError, match="takes too long"):
        confined.run("anything", b"")


class _Done:
    returncode = -9


def _killed(*_: object, **__: object) -> _Done:
    return _Done()


@pytest.mark.parametrize(
    ("platform", "memory"), [("linux", {resource.RLIMIT_AS: (1000, 1000)}), ("darwin", {})]
)
def test_limits_are_set_on_time_and_memory(
    monkeypatch: pytest.MonkeyPatch, platform: str, memory: dict[int, tuple[int, int]]
) -> None:
    set_: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", set_.__setitem__)
    monkeypatch.setattr(sys, "platform", platform)
    confined.limit(3, 1000)
    assert set_ == {resource.RLIMIT_CPU: (3, 3)} | memory


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ReadError("No."), "No."),
        (MemoryError(), confined.TOO_LARGE),
        (RecursionError(), confined.DAMAGED),
    ],
)
def test_every_way_to_fail_is_an_answer(error: BaseException, said: str) -> None:
    def read(_: bytes) -> dict[str, object]:
        raise error

    assert said in confined.answer(read, b"").encode().decode("unicode_escape")
    assert confined.answer(lambda data: {"pages": len(data)}, b"ab") == '{"pages": 2}'
