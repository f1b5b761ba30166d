from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.white import WHITE
from claims.importers.decode import ENCODINGS, MAX_BYTES, Decoded, canonical, decode
from claims.importers.page import ReadError

from .samples import ENCODED, NEWS

PAIRS = [(language, name) for language, names in ENCODED.items() for name in names]
WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
VALUES = [value for value, _ in ENCODINGS]


@pytest.mark.parametrize(("language", "name"), PAIRS)
@pytest.mark.parametrize("length", [60, 120, 1000])
def test_short_news_is_read_right(language: str, name: str, length: int) -> None:
    news = NEWS[language]
    for start in range(0, max(1, len(news) - length), 30):
        data = news[start : start + length].encode(name, "ignore")
        found = decode(data)
        assert found.text == data.decode(name)
        assert found.encoding in VALUES


def test_an_escape_is_not_yet_japanese() -> None:
    assert (
        decode("\x1b$ café, a long enough line of words that cost money".encode()).encoding
        == "utf-8"
    )


def test_a_guess_is_not_sure() -> None:
    assert decode("Пострадавших нет, сообщили власти.".encode("cp1251")).sure is False
    assert decode("Пострадавших нет".encode()).sure is True


@pytest.mark.parametrize("language", NEWS)
@pytest.mark.parametrize("name", WIDE)
def test_wide_encodings_need_no_mark(language: str, name: str) -> None:
    data = NEWS[language].encode(name)
    assert decode(data) == Decoded(NEWS[language], name, bom=False, sure=False)


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_taken_off(mark: bytes, name: str) -> None:
    wanted = Decoded("no é 👍", name, bom=True, sure=True)
    assert decode(mark + "no é 👍".encode(name)) == wanted
    assert decode(mark + "no é 👍".encode(name), name) == wanted


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_read_as_it_is(text: str) -> None:
    data = text.encode()
    if not text.strip(WHITE) or data[:1] in (
        b"\xef",
        b"B",
        b"G",
        b"I",
        b"O",
        b"P",
        b"R",
        b"{",
        b"%",
    ):
        return
    found = decode(data)
    assert found.text == text
    assert found.encoding == "utf-8"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_an_error_for_people(data: bytes) -> None:
    try:
        found = decode(data)
    except ReadError:
        return
    assert found.text.strip()
    assert "\0" not in found.text


@pytest.mark.parametrize("value", VALUES)
def test_each_offered_encoding_can_be_given(value: str) -> None:
    assert canonical(value) == value
    data = "plain".encode(value if value.startswith("utf-") else "ascii")
    assert decode(data, value) == Decoded("plain", value, bom=False, sure=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("latin1", "windows-1252"),
        ("ISO-8859-1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("cp1251", "windows-1251"),
        ("KOI8-R", "koi8-u"),
        ("gb2312", "gb18030"),
        ("x-sjis", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("big5", "big5"),
        ("UTF8", "utf-8"),
        ("rot13", None),
        ("klingon", None),
        ("a\0b", None),
    ],
)
def test_names_of_encodings(name: str, value: str | None) -> None:
    assert canonical(name) == value


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", None, "The file is empty"),
        (b" \r\n\t\xc2\xa0\xef\xbb\xbf", None, "only white space"),
        (b"x" * (MAX_BYTES + 1), None, "the most that can be read is 5 MB"),
        (b"%PDF-1.7\n...", None, "a PDF, not text. Copy its text"),
        (b"PK\x03\x04\x14\0", None, "OpenDocument, Office or ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0", None, "an image"),
        (b"\x1f\x8b\x08\0", None, "gzip archive, not text. Unpack it"),
        (b"\0\0\0\x18ftypmp42", None, "a video"),
        (b"{\\rtf1\\ansi hello}", None, "rich text"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0", None, "web archive"),
        (bytes(range(256)) * 4, None, "binary"),
        (bytes(range(1, 256)) * 4, None, "binary"),
        (b"word \x01\x02\x03 word", None, "control characters"),
        (b"word", "klingon", "“klingon” is no encoding"),
        (b"word \xe9t\xe9", "utf-8", r"not Unicode \(UTF-8\): byte 5 \(0xE9\)"),
        (b"\xef\xbb\xbfword \xe9t\xe9", None, r"not Unicode \(UTF-8\): byte 8 \(0xE9\)"),
        ("word".encode("utf-16-le"), "windows-1252", "NUL characters"),
        (b"\xff\xfe\x00\xd8", None, "UTF-16, little-endian"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        decode(data, encoding)
