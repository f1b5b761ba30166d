from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.importers.html import MAX_ELEMENTS, read
from claims.importers.page import ReadError

from .samples import NEWS

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Depot hit near Karsa, ministry says | Valley Wire</title>
<meta property="og:site_name" content="Valley Wire"><meta name="author" content="Mira Holt">
<meta property="og:title" content="Depot hit near Karsa, ministry says">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="https://valleywire.example/2021/03/04/depot">
<script>document.write("never")</script></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article>
<h1>Depot hit near Karsa, ministry says</h1>
<p>The ministry’s spokes<b>man</b> said on <a href="/t">Thursday</a>\n  that “no village” was hit,
and that the strikes <i>struck</i> a depot near Karsa town, where nobody lives.</p>
<p>Residents of the valley disagreed and told<br>reporters that eleven people were buried.</p>
<h2>What happened next</h2>
<blockquote>
<p>We lost everything, a father of three told us from the hospital ward.</p></blockquote>
<ul><li>Eleven people were buried</li><li>Four homes were destroyed</li></ul>
<table><tr><td>Killed</td><td>11</td></tr><tr><td>Hurt</td><td>20</td></tr></table>
<p>AT&amp;T &lt;b&gt; 👨‍👩‍👧 cafe\u0301 and&nbsp;a\u202fspace:
a judge will lead the inquiry, they said.</p>
<script>alert(1)</script></article>
<footer>Copyright 2021 Valley Wire</footer></body></html>"""

LINES = [
    "Depot hit near Karsa, ministry says",
    (
        "The ministry’s spokesman said on Thursday that “no village” was hit, and that the strikes "
        "struck a depot near Karsa town, where nobody lives."
    ),
    "Residents of the valley disagreed and told",
    "reporters that eleven people were buried.",
    "What happened next",
    "We lost everything, a father of three told us from the hospital ward.",
    "Eleven people were buried",
    "Four homes were destroyed",
    "Killed\t11",
    "Hurt\t20",
    "AT&T <b> 👨‍👩‍👧 cafe\u0301 and\u00a0a\u202fspace: a judge will lead the inquiry, they said.",
]


def page(body: str, head: str = "", html: str = "<html>") -> str:
    return f"<!DOCTYPE html>{html}<head>{head}</head><body><article>{body}</article></body></html>"


def test_the_article_and_what_the_page_says_about_it() -> None:
    found = read(PAGE.encode())
    assert found.text.split("\n") == LINES
    assert found[1:] == (
        "Depot hit near Karsa, ministry says",
        "Valley Wire",
        "Mira Holt",
        date(2021, 3, 4),
        "en-GB",
        "https://valleywire.example/2021/03/04/depot",
        "utf-8",
        True,
        (),
    )


def test_what_the_page_does_not_say_is_empty() -> None:
    found = read(page(f"<p>On December 7, 2016 it began. {NEWS['en']}</p>").encode())
    assert found.published_on is None
    assert (found.title, found.publisher, found.byline, found.url) == ("", "", "", "")
    assert found.language == "en"


@pytest.mark.parametrize("declared", ["windows-1251", "cp1251"])
@pytest.mark.parametrize(
    "head",
    [
        "<meta charset={}>",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">',
    ],
)
def test_the_charset_that_the_page_declares(declared: str, head: str) -> None:
    source = page(f"<p>{NEWS['ru']}</p>", head.format(declared))
    found = read(source.encode("cp1251", "xmlcharrefreplace"))
    assert found.text == NEWS["ru"]
    assert (found.encoding, found.sure) == ("windows-1251", True)


def test_an_xml_declaration_is_not_taken_twice() -> None:
    source = '<?xml version="1.0" encoding="windows-1251"?>' + page(f"<p>{NEWS['ru']}</p>")
    assert read(source.encode("cp1251")).text == NEWS["ru"]
    assert read(source.encode("utf-8")).text == NEWS["ru"]


def test_utf8_that_declares_something_else_is_utf8() -> None:
    source = page(f"<p>{NEWS['ru']}</p>", "<meta charset=windows-1251>")
    assert read(source.encode()).encoding == "utf-8"
    assert read(source.encode()).text == NEWS["ru"]


def test_a_false_declaration_leads_to_a_guess() -> None:
    source = page(f"<p>{NEWS['ja']}</p>", "<meta charset=utf-8>")
    found = read(source.encode("cp932"))
    assert (found.text, found.encoding, found.sure) == (NEWS["ja"], "shift_jis", False)


def test_a_declared_encoding_that_does_not_fit_leads_to_a_guess() -> None:
    source = page(f"<p>{NEWS['ar']}</p>", "<meta charset=euc-jp>")
    found = read(source.encode("cp1256"))
    assert (found.text, found.encoding, found.sure) == (NEWS["ar"], "windows-1256", False)


def test_character_references_cannot_bring_in_what_no_text_holds() -> None:
    body = f"<p>Said &#0;&#1;&#xD800;&#xFFFF;&#x1F600; that day: {NEWS['en']}</p>"
    text = read(page(body).encode()).text
    assert text.encode().decode() == text
    assert "😀 that day" in text
    assert not set(text) & set("\0\x01\uffff")


def test_the_encoding_given_overrules() -> None:
    source = page(f"<p>{NEWS['uk']}</p>", "<meta charset=windows-1251>")
    assert read(source.encode("koi8_u"), "koi8-u").text == NEWS["uk"]


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ('<html lang="ar">', "", "ar"),
        ('<html lang="fr_FR">', "", "fr-FR"),
        ('<html lang="">', '<meta property="og:locale" content="en_US">', "en-US"),
        ("<html>", '<meta http-equiv="Content-Language" content="de">', "de"),
        ('<html lang="not a tag">', "", "en"),
    ],
)
def test_the_declared_language_comes_first(html: str, head: str, language: str) -> None:
    assert read(page(f"<p>{NEWS['en']}</p>", head, html).encode()).language == language


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://["]
)
def test_only_web_addresses(url: str) -> None:
    head = f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
    assert read(page(f"<p>{NEWS['en']}</p>", head).encode()).url == ""


def test_entities_of_the_page_are_not_resolved() -> None:
    source = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page(
        f"<p>{NEWS['en']} &x; and on.</p>"
    )
    assert "root:" not in read(source.encode()).text


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<html><body></body></html>", "No article text"),
        ("<html><body><script>var a = 1;</script></body></html>", "No article text"),
        ("<!-- nothing -->", "No article text"),
        ("<html><body>" + "<div>" * 5000 + "deep", "nested too deeply"),
        ("<html><body>" + "<p>a" * (MAX_ELEMENTS + 1), "more than 30,000 elements"),
        ("%PDF-1.4", "a PDF"),
        ("", "empty"),
        ("<html><body><p>&nbsp; &#1;</p></body></html>", "No article text"),
    ],
)
def test_what_gives_no_article_says_why(source: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(source.encode())


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=20)


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=1, max_size=5))
def test_the_characters_of_a_paragraph_survive(pieces: list[str]) -> None:
    inner = "".join(
        f"<b>{piece}</b>" if at % 2 else piece
        for at, piece in enumerate(
            piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            for piece in pieces
        )
    )
    found = read(page(f"<p>{NEWS['en']}</p><p>Start {inner} end of it, he said.</p>").encode())
    wanted = f"Start {''.join(pieces)} end of it, he said."
    assert "".join(found.text.split("\n", 1)[1].split()) == "".join(wanted.split())
