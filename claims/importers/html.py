"""A saved web page as an article: its text without the site around it."""

from __future__ import annotations

import logging
from datetime import date

import lxml.etree
import lxml.html
import regex
from trafilatura import bare_extraction
from trafilatura.settings import Document

from claims.anchoring.text import clean
from claims.anchoring.white import WHITE
from claims.importers.decode import Decoded, canonical, check_size, decode
from claims.importers.flatten import flatten, guard_spaces, restore_spaces
from claims.importers.language import guess_language
from claims.importers.page import Page, ReadError

MAX_ELEMENTS = 30_000  # a long news page has 5,000; the time to read one grows with them
_NO_ARTICLE = (
    "No article text was found in this HTML file. Copy the article's text and paste it instead."
)
_HEAD = 4_096  # browsers look for the charset in the first 1,024 bytes; some pages need more
_CHARSET = regex.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", regex.I)
_XML = regex.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", regex.I)
MAX_ATTRIBUTES = 200
# A start tag as the parser takes it; possessive, so that no page keeps the pattern busy.
_TAG_WHOLE = regex.compile(r"""<[A-Za-z](?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+""")
_VALUES = regex.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_NAMES = regex.compile(r"[\s/]++[^\s/>]")
_TAG = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ADDRESS = regex.compile(r"https?://[^\s/?#\[\]]+(?:[/?#]\S*)?", regex.I)
_UNSEEN = "head script style noscript template title".split()
_DATES = {"extensive_search": False, "original_date": True}  # stated dates only, none guessed
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what fails is said by `ReadError`
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read(data: bytes, encoding: str | None = None) -> Page:
    """The article of a web page, as plain paragraphs, with what the page says about itself.

    The encoding: the one given, a byte order mark, UTF-8, what the page declares, a guess.
    `ReadError`: as `decode`, and when the page is nested too deeply, has more than
    `MAX_ELEMENTS` elements, or holds no article. Nothing is fetched and no script is run.
    """
    decoded = _decode(data, encoding)
    tree = _parse(decoded.text)
    language = _declared_language(tree)
    guard_spaces(tree)
    found = bare_extraction(
        tree,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    text = clean(flatten(found.body)) if isinstance(found, Document) else ""
    if not isinstance(found, Document) or not text:
        raise ReadError(_NO_ARTICLE)
    return Page(
        text=text,
        title=_line(found.title),
        publisher=_line(found.sitename),
        byline=_line(found.author),
        published_on=date.fromisoformat(found.date) if found.date else None,
        language=language or guess_language(text),
        url=_web_address(found.url),
        encoding=decoded.encoding,
        sure=decoded.sure,
    )


def flat(source: str) -> str:
    """All of a page's text as plain lines: for a message, which is all article.

    Raises `ReadError` as `read`; the text can be empty.
    """
    tree = _parse(source)
    for element in list(tree.iter(*_UNSEEN)):
        element.drop_tree()
    guard_spaces(tree)
    return clean(flatten(tree))


def _decode(data: bytes, encoding: str | None) -> Decoded:
    check_size(data)
    if encoding:
        return decode(data, encoding)
    declared = _CHARSET.search(data[:_HEAD]) or _XML.match(data[:_HEAD])
    name = canonical(declared.group(1).decode("ascii", "replace")) if declared else None
    found = decode(data)
    if found.sure or name is None or name.startswith("utf-"):
        return found
    try:
        return decode(data, name)
    except ReadError:
        return found  # a page that declares what it is not: the guess is shown as a guess


def _parse(source: str) -> lxml.html.HtmlElement:
    # The parser gets bytes in an encoding that we name, so that a charset which the page
    # declares cannot decode it a second time. It knows no external entities.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    source = clean(source)
    if any(_attributes(tag) > MAX_ATTRIBUTES for tag in _TAG_WHOLE.findall(source)):
        raise ReadError(
            f"One of its tags has more than {MAX_ATTRIBUTES} attributes. Copy the article's text "
            "and paste it instead."
        )
    try:
        tree = lxml.html.document_fromstring(source.encode(), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise ReadError(_NO_ARTICLE) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError(
            "The HTML is nested too deeply to be read whole. Copy the article's text and paste "
            "it instead."
        )
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise ReadError(
            f"The HTML has more than {MAX_ELEMENTS:,} elements. Copy the article's text and "
            "paste it instead."
        )
    return tree


def _attributes(tag: str) -> int:
    """How many a start tag has at the most: one more of them makes each other one dearer."""
    return len(_NAMES.findall(_VALUES.sub("=", tag))) if len(tag) > MAX_ATTRIBUTES else 0


def _declared_language(tree: lxml.html.HtmlElement) -> str:
    declared = [
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
        *tree.xpath("//body/@lang"),
        *tree.xpath("//meta[translate(@http-equiv, 'CL', 'cl')='content-language']/@content"),
        *tree.xpath("//meta[@property='og:locale']/@content"),
    ]
    for value in declared:
        tag = (value or "").strip().replace("_", "-")
        if _TAG.fullmatch(tag):
            return tag
    return ""


def _line(value: str | None) -> str:
    """One line of metadata, or ""."""
    return " ".join(restore_spaces(value or "").split()).strip(WHITE)


def _web_address(value: str | None) -> str:
    return value if value and _ADDRESS.fullmatch(value) else ""
