"""A Word file (.docx) as an article: its paragraphs as Word shows them.

Read by ourselves rather than with python-docx, which leaves out what was inserted with tracked
changes and what stands in content controls without a word (WordprocessingML: ECMA-376, part 1).
"""

from __future__ import annotations

import zipfile
from collections import Counter
from typing import Any

import lxml.etree
import regex

from claims.anchoring.text import clean
from claims.anchoring.white import WHITE
from claims.importers.language import guess_language
from claims.importers.package import open_zip, unpack
from claims.importers.page import Page, ReadError

WAYS = [("docx", "Word file")]
MAX_MEMBERS = 2_000
MAX_XML = 30 * 1024 * 1024
_MAGIC = b"PK\x03\x04"
_TYPES = "[Content_Types].xml"
_BODY = "word/document.xml"
_ABOUT = "docProps/core.xml"
_THE_FILE = "The Word file"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SIGNS = {"tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "cr": "\n"}
_SKIPPED = {
    "del": "deleted",
    "moveFrom": "deleted",
    "footnoteReference": "footnote",
    "endnoteReference": "footnote",
    "sym": "sign",
    "object": "picture",
    "pict": "picture",
    "oMath": "formula",
}
_SAID = {
    "deleted": "Deleted with tracked changes, and left out: {n} place(s). What was inserted is in.",
    "footnote": "Footnotes and endnotes are not part of the text: {n}.",
    "sign": "Signs of a symbol font can’t be read and are left out: {n}.",
    "hidden": "Hidden text is left out: {n} place(s).",
    "picture": "Pictures and drawings are left out: {n}.",
    "formula": "Formulas are left out: {n}.",
    "list": "The numbers or dots of lists are not kept: {n} item(s).",
    "box": "Text boxes come after the paragraph that they are anchored to: {n}.",
    "margin": "Headers and footers of the pages are left out: {n}.",
}
_TAG = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def is_docx(data: bytes) -> bool:
    """Whether the file is a ZIP with the parts of a Word document."""
    if not data.startswith(_MAGIC):
        return False
    try:
        names = open_zip(data, _THE_FILE, MAX_MEMBERS).namelist()
    except ReadError:
        return False
    return _TYPES in names and _BODY in names


def read(data: bytes, way: str | None = None) -> Page:
    """The text of a Word file, a paragraph a line, table cells set apart by tabs.

    `ReadError`: damaged, locked, too large when unpacked, with a document type (which no Word file
    has: the way of XML bombs), or without text.
    """
    archive = open_zip(data, _THE_FILE, MAX_MEMBERS)
    names = archive.namelist()
    lines = _Lines()
    lines.block(_xml(archive, _BODY))
    lines.left["margin"] = sum(name.startswith(("word/header", "word/footer")) for name in names)
    text = _text("\n".join(line for line in lines.lines if line.strip(WHITE)))
    about = _about(archive) if _ABOUT in names else {}
    language = about.get("language", "")
    return Page(
        text=text,
        title=about.get("title", ""),
        publisher="",
        byline=about.get("creator", ""),
        published_on=None,
        language=language if _TAG.fullmatch(language) else guess_language(text),
        url="",
        encoding="docx",
        sure=True,
        notes=tuple(
            said.format(n=lines.left[key]) for key, said in _SAID.items() if lines.left[key]
        ),
    )


class _Lines:
    """The lines of a document, and what was `left` out of it, counted."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.left: Counter[str] = Counter()

    def block(self, parent: Any) -> None:
        """Paragraphs and tables within an element, in the order of the document."""
        for element in parent:
            name = _name(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tr":
                self._row(element)
            elif name in _SKIPPED:
                self.left[_SKIPPED[name]] += 1
            elif element.tag != _FALLBACK:
                self.block(element)

    def _paragraph(self, paragraph: Any) -> None:
        boxes: list[Any] = []
        if paragraph.find(f"{_ns(paragraph)}pPr/{_ns(paragraph)}numPr") is not None:
            self.left["list"] += 1
        self.lines += "".join(self._words(paragraph, boxes)).split("\n")
        for box in boxes:
            self.left["box"] += 1
            self.block(box)

    def _row(self, row: Any) -> None:
        cells = []
        for cell in row.iterchildren(f"{_ns(row)}tc", f"{_ns(row)}sdt"):
            inner = _Lines()
            inner.block(cell)
            self.left += inner.left
            cells.append(" ".join(line for line in inner.lines if line))
        self.lines.append("\t".join(cells))

    def _words(self, parent: Any, boxes: list[Any]) -> list[str]:
        words: list[str] = []
        for element in parent:
            name = _name(element)
            if name == "t":
                words.append(element.text or "")
            elif name in _SIGNS:
                words.append(_SIGNS[name])
            elif name == "br":
                words.append("\n")
            elif name == "txbxContent":
                boxes.append(element)
            elif name in _SKIPPED and not _holds_box(element):
                self.left[_SKIPPED[name]] += 1
            elif name == "r" and _is_hidden(element):
                self.left["hidden"] += 1
            elif element.tag != _FALLBACK and name not in ("instrText", "pPr", "rPr"):
                if name == "drawing" and not _holds_box(element):
                    self.left["picture"] += 1
                else:
                    words += self._words(element, boxes)
        return words


def _holds_box(element: Any) -> bool:
    return element.find(f".//{_W}txbxContent") is not None


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_ns(run)}rPr/{_ns(run)}vanish")
    return mark is not None and mark.get(f"{_ns(run)}val", "true") not in ("false", "0", "off")


def _name(element: Any) -> str:
    """The name of an element of the text, by either of the two namespaces; else its full name."""
    tag: str = element.tag
    for space in (_W, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    local = tag.rpartition("}")[2]
    return "oMath" if local == "oMath" else tag


def _ns(element: Any) -> str:
    return _STRICT if element.tag.startswith(_STRICT) else _W


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    raw = unpack(archive, archive.getinfo(name), _THE_FILE, MAX_XML)
    parser = lxml.etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.etree.fromstring(raw, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise ReadError("The Word file is damaged: its text is no XML.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("The Word file declares a document type, which Word never does.")
    return root


def _about(archive: zipfile.ZipFile) -> dict[str, str]:
    root = _xml(archive, _ABOUT)
    found = {name: root.findtext(f"{_DC}{name}") or "" for name in ("title", "creator", "language")}
    return {name: " ".join(value.split())[:300] for name, value in found.items()}


def _text(text: str) -> str:
    text = clean(text)  # never a TextError: XML has neither NUL nor lone surrogates
    if not text.strip(WHITE):
        raise ReadError("The Word file holds no text, perhaps only pictures.")
    return text
