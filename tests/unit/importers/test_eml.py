from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.importers import eml
from claims.importers.page import ReadError
from tests.files import an_eml

MIXED = "multipart/mixed; boundary=xx"


def parts(*blocks: str) -> str:
    return "".join(f"--xx\r\n{block}\r\n" for block in blocks) + "--xx--\r\n"


def test_the_body_and_what_the_headers_say() -> None:
    page = eml.read(
        an_eml(
            "A strike hit the market.\r\nOfficials denied it.\r\n",
            "From: =?utf-8?q?Nad=C3=ADa?= <n@example.org>",
            "Subject: =?utf-8?b?2K7YqNix?= from the\r\n town",
            "Date: Thu, 8 Dec 2016 23:30:00 +0300",
        )
    )
    assert page.text == "A strike hit the market.\nOfficials denied it.\n"
    assert (page.title, page.byline) == ("خبر from the town", "Nadía")
    assert page.published_on == date(2016, 12, 8)
    assert (page.encoding, page.sure, page.language, page.notes) == ("utf-8", True, "en", ())


def test_attachments_are_named_and_not_read() -> None:
    page = eml.read(
        an_eml(
            parts(
                "Content-Type: text/plain\r\n\r\nThe body.",
                'Content-Type: application/pdf; name="list of names.pdf"\r\n'
                "Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
                "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nInner body.",
                *["Content-Type: image/png\r\n\r\nx"] * 20,
            ),
            "Subject: s",
            of=MIXED,
        )
    )
    assert page.text == "The body."
    (note,) = page.notes
    assert "list of names.pdf (application/pdf, 1 kB), another message (message/rfc822)" in note
    assert note.endswith(" and 2 more.")


def test_the_same_as_html_is_no_attachment() -> None:
    plain, html = "Content-Type: text/plain\r\n\r\nPlain.", "Content-Type: text/html\r\n\r\n<p>Rich"
    both = an_eml(parts(plain, html), "Subject: s", of="multipart/alternative; boundary=xx")
    assert (eml.read(both).text, eml.read(both).notes) == ("Plain.", ())


def test_a_message_in_html_alone_is_read_whole() -> None:
    page = eml.read(
        an_eml(
            "<head><title>t</title></head><p>Dear all,</p><p>nine\u00a0died.<br>Yours</p>"
            "<script>x()</script>",
            "Subject: s",
            of="text/html; charset=utf-8",
        )
    )
    assert page.text == "Dear all,\nnine\u00a0died.\nYours"
    assert "look of it" in page.notes[0]


@pytest.mark.parametrize(
    ("of", "body", "text"),
    [
        ("format=flowed", "A long \r\nline.\r\n> so\r\n-- \r\nme", "A long line.\n> so\n--\nme"),
        ("format=flowed; delsp=yes", "hal \r\nves", "halves"),
        ("format=flowed", " From here", "From here"),
        ("charset=utf-8", "kept \r\nas it is", "kept \nas it is"),
    ],
)  # fmt: skip
def test_lines_are_joined_where_the_message_says_so(of: str, body: str, text: str) -> None:
    assert eml.read(an_eml(body, "Subject: s", of=f"text/plain; {of}")).text == text


@pytest.mark.parametrize(
    ("of", "raw", "way", "text", "sure"),
    [
        ("windows-1251", "Погибли двадцать человек.".encode("cp1251"), None, None, True),
        ("utf-8", "Погибли двадцать человек, среди них дети.".encode("cp1251"), None, None, False),
        ("no-such", "Погибли двадцать человек.".encode(), None, None, True),
        ("utf-8", "Погибли двадцать.".encode("cp1251"), "koi8-u", None, True),
    ],
)
def test_the_encoding_said_is_checked(
    of: str, raw: bytes, way: str | None, text: str | None, sure: bool
) -> None:
    head = f"Subject: s\r\nContent-Type: text/plain; charset={of}\r\n\r\n".encode()
    page = eml.read(head + raw, way)
    assert page.sure is sure
    assert ("Погибли" in page.text) is (way is None)


@pytest.mark.parametrize(
    ("headers", "title", "byline"),
    [
        (["Subject: =?utf-8?b?a?= x", "From: n@example.org"], "=?utf-8?b?a?= x", "n@example.org"),
        (["Subject: =?no-such?q?x?=", "From: a <a@b.c>, d <d@e.f>"], "=?no-such?q?x?=", "a, d"),
        (["Subject: خبر", "Date: yesterday"], "خبر", ""),
    ],
)  # fmt: skip
def test_headers_that_are_wrong_are_shown_as_they_stand(
    headers: list[str], title: str, byline: str
) -> None:
    page = eml.read(an_eml("Body.", *headers))
    assert (page.title, page.byline, page.published_on) == (title, byline, None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"just a text without headers", "no e-mail"),
        (an_eml("", "Subject: s"), "has no text of its own"),
        (an_eml("<script>x</script>", "Subject: s", of="text/html"), "no text|white space"),
        (an_eml("x", "Subject: s", of="application/pdf; name=a.pdf"), "a.pdf"),
        (an_eml("x", "Subject: s", of="application/pkcs7-mime"), "encrypted"),
        (an_eml(parts("Content-Type: x/y\r\n\r\nz"), "S: s", of="multipart/encrypted; boundary=xx"),
         "encrypted"),
        (an_eml(parts(*["\r\nx"] * 1_001), "S: s", of=MIXED), "more than 1,000 parts"),
        (
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
                for n in range(3000)
            ),
            "nested too deeply",
        ),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)  # fmt: skip
def test_what_gives_no_text_says_why(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        eml.read(data)


@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/html", MIXED]))
def test_any_bytes_are_read_or_refused(body: bytes, of: str) -> None:
    head = f"From: x\r\nSubject: =?utf-8?q?=FF?=\r\nContent-Type: {of}\r\n\r\n--xx\r\n".encode()
    with suppress(ReadError):
        assert eml.read(head + body).text
