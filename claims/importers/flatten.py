"""The tree of an extracted article as plain lines.

trafilatura's own text output puts dashes before list items and bars around table cells, and
takes joiners out of emoji and of Persian words; none of that may happen to a text that is
going to be quoted.
"""

from __future__ import annotations

from typing import Any

from claims.anchoring.white import WHITE

_BLOCKS = frozenset(
    "body main head p quote list item table row div section article h1 h2 h3 h4 h5 h6 ul ol li "
    "blockquote pre code tr dl dt dd figure figcaption".split()
)
_CELLS = frozenset(("cell", "td", "th"))
_BREAKS = frozenset(("lb", "br"))
_ASCII_SPACE = " \t\n\f\r"  # what HTML collapses; the other spaces are characters of the text

# The extractor makes every space a plain one. While it runs, those that a text may mean are
# replaced by noncharacters (which no text contains: Unicode, section 23.7).
_SPACES = "\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_GUARDS = "".join(chr(0xFDD0 + index) for index in range(len(_SPACES)))
# Character references can name what no document may hold (XML 1.0, production 2): those go.
_FORBIDDEN = "".join(map(chr, {*range(0x20), 0xFFFE, 0xFFFF} - {0x09, 0x0A, 0x0D}))
_GUARD = str.maketrans(_SPACES, _GUARDS, _FORBIDDEN)
_RESTORE = str.maketrans(_GUARDS, _SPACES)


def guard_spaces(tree: Any) -> None:
    """Hide the spaces that are more than a gap from the extractor, in place.

    Control characters, which it stumbles over, are taken out.
    """
    for element in tree.iter():
        if element.text:
            element.text = element.text.translate(_GUARD)
        if element.tail:
            element.tail = element.tail.translate(_GUARD)


def restore_spaces(text: str) -> str:
    """The text with its own spaces back."""
    return text.translate(_RESTORE)


def flatten(body: Any) -> str:
    """The text of an element: a line for each block and line break, no blank lines.

    Inline elements are joined as they stand; runs of ASCII white space become one space, as
    a browser shows them; the cells of a table row are set apart by tabs.
    """
    lines: list[list[str]] = [[]]
    _walk(body, lines)
    joined = (restore_spaces(_collapse("".join(line))).strip(WHITE) for line in lines)
    return "\n".join(line for line in joined if line)


def _walk(element: Any, lines: list[list[str]]) -> None:
    block = element.tag in _BLOCKS
    if block or element.tag in _BREAKS:
        lines.append([])
    if element.tag in _CELLS and lines[-1]:
        lines[-1].append("\v")  # a tab once spaces are collapsed
    lines[-1].append(element.text or "")
    for child in element:
        _walk(child, lines)
        lines[-1].append(child.tail or "")
    if block:
        lines.append([])


def _collapse(line: str) -> str:
    words = [word for word in line.translate(_TO_SPACE).split(" ") if word]
    return " ".join(words).replace(" \v", "\v").replace("\v ", "\v").strip("\v").replace("\v", "\t")


_TO_SPACE = dict.fromkeys(map(ord, _ASCII_SPACE), " ")
