from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.white import WHITE
from claims.importers import docx, package
from claims.importers.page import ReadError
from tests.files import a_docx, a_raw_docx, a_zip

# What XML can hold, and a line of a text can.
LINES = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")),
    min_size=1,
    max_size=5,
).filter(lambda lines: any(line.strip() for line in lines))


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_what_the_file_says_of_itself() -> None:
    page = docx.read(a_docx("One said so.", "", "👩🏽‍🚒 e\u0301.", title="A title", author="Nadia"))
    assert page.text == "One said so.\n👩🏽‍🚒 e\u0301."
    assert (page.title, page.byline, page.encoding) == ("A title", "Nadia", "docx")


@given(LINES)
def test_a_text_is_read_to_the_character(lines: list[str]) -> None:
    body = "".join(p(r(escape(line))) for line in lines)
    kept = [line for line in lines if line.strip(WHITE)]
    assert docx.read(a_raw_docx(body)).text.split("\n") == kept


@pytest.mark.parametrize(
    ("body", "text", "note"),
    [
        (p(r("He "), f"<w:ins>{r('never ')}</w:ins>", r("said so.")), "He never said so.", ""),
        (p(r("It"), f"<w:del>{r('x')}</w:del>", r(" was.")), "It was.", "tracked changes"),
        (p("<w:hyperlink>", r("a link"), "</w:hyperlink>", r(" on")), "a link on", ""),
        (p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), "a\tb\nc", ""),
        (p("<w:r><w:t>al</w:t><w:noBreakHyphen/><w:t>Qaim</w:t></w:r>"), "al\u2011Qaim", ""),
        (p(r("seen"), "<w:r><w:rPr><w:vanish/></w:rPr><w:t>not</w:t></w:r>"), "seen", "Hidden"),
        (
            p('<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>seen</w:t></w:r>'),
            "seen",
            "",
        ),
        (p(r("a"), "<w:r><w:footnoteReference/></w:r>"), "a", "Footnotes"),
        (p("<w:pPr><w:numPr/></w:pPr>", r("first")), "first", "lists"),
        (p(r("x"), "<w:r><w:drawing/></w:r>", "<w:r><w:pict/></w:r>"), "x", "Pictures"),
        ("<w:sdt><w:sdtContent>" + p(r("in a control")) + "</w:sdtContent></w:sdt>",
         "in a control", ""),
        ("<w:tbl><w:tr><w:tc>" + p(r("Killed")) + "</w:tc><w:tc>" + p(r("11")) + p(r("or 12"))
         + "</w:tc></w:tr></w:tbl>", "Killed\t11 or 12", ""),
        (p(r("before"), "<w:r><w:drawing><w:txbxContent>", p(r("boxed")),
           "</w:txbxContent></w:drawing></w:r>", r(" after")), "before after\nboxed", "boxes"),
        ('<c:AlternateContent xmlns:c="http://schemas.openxmlformats.org/markup-compatibility/2006">'
         "<c:Choice>" + p(r("chosen")) + "</c:Choice><c:Fallback>" + p(r("or not"))
         + "</c:Fallback></c:AlternateContent>", "chosen", ""),
        ('<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'
         + p(r("y")), "y", "Formulas"),
    ],
)  # fmt: skip
def test_what_word_shows_is_the_text_and_the_rest_is_said(body: str, text: str, note: str) -> None:
    page = docx.read(a_raw_docx(body))
    assert page.text == text
    assert len(page.notes) == bool(note)
    assert note in "".join(page.notes)


def test_a_strict_file_is_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<x:p xmlns:x="{strict}"><x:r><x:t>Strict.</x:t></x:r></x:p>'
    assert docx.read(a_raw_docx(body)).text == "Strict."


BOMB = "<!DOCTYPE d [" + "".join(
    f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha'}'>" for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (a_raw_docx(p(r("&e8;")), head=BOMB + "]>"), "document type|no XML"),
        (a_raw_docx(p(r("x")), head='<!DOCTYPE d [<!ENTITY e "x">]>'), "document type"),
        (a_raw_docx("<w:p>"), "no XML"),
        (a_raw_docx(p("<w:r><w:drawing/></w:r>")), "no text"),
        (a_docx("A text.")[:-40], "damaged"),
        (a_raw_docx(p(r("x" * (docx.MAX_XML + 1)))), "larger than 30 MB"),
    ],
)
def test_what_gives_no_text_says_why(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        docx.read(data)


def test_a_zip_is_no_word_file() -> None:
    assert docx.is_docx(a_docx("A text."))
    assert not docx.is_docx(a_zip({"a.txt": "A text."}))
    assert not docx.is_docx(b"PK\x03\x04")
    assert not docx.is_docx(b"A text.")


# -- archives -----------------------------------------------------------------------------------


def test_an_archive_of_too_many_files_is_not_opened() -> None:
    with pytest.raises(ReadError, match="more than 1 files"):
        package.open_zip(a_zip({"a": "", "b": ""}), "The ZIP", 1)


def test_no_more_is_unpacked_than_was_said() -> None:
    data = a_zip({"a": b"0" * 10_000}).replace((10_000).to_bytes(4, "little"), b"\x05\0\0\0")
    archive = package.open_zip(data, "The ZIP", 1)
    with pytest.raises(ReadError, match="damaged"):
        package.unpack(archive, archive.infolist()[0], "a", 1024)


def test_a_locked_file_says_so() -> None:
    archive = package.open_zip(a_zip({"a": "x"}), "The ZIP", 1)
    member = archive.infolist()[0]
    member.flag_bits |= 1
    with pytest.raises(ReadError, match="a is locked"):
        package.unpack(archive, member, "a", 10)
