"""Lines as they are set on a page, joined to paragraphs: a guess, for a person to check."""

from __future__ import annotations

from collections.abc import Sequence

import regex

_END = regex.compile(r"[.!?…:;。！？؟۔][\"'”’»)\]]*$")
_BROKEN = regex.compile(r"\p{L}[-\u2010\u00ad]$")
_SMALL = regex.compile(r"\p{Ll}")
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*")
_UNSPACED = r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]"
_NO_SPACE = regex.compile(rf"{_UNSPACED}$"), regex.compile(rf"^{_UNSPACED}")
_ITEM = regex.compile(r"^(?:[•◦▪–—*-]|\(?\d{1,3}[.)])\s")
_FULL = 0.85  # of the usual length: a line that ends a sentence short of this ends its paragraph
_HEADING = 0.6  # a line as short as this stands alone, also without a full stop


def joined(pages: Sequence[Sequence[str]]) -> tuple[str, int]:
    """The paragraphs, a line each, and how many words lost the hyphen that broke them.

    A paragraph ends at an empty line, at the end of a page that ends a sentence, at a line that is
    short, and before an item of a list. A hyphen at the end of a line stays where the same word
    stands with it elsewhere, or where no small letter follows ("Al-" "Qaim").
    """
    words = {word.lower() for page in pages for line in page for word in _WORD.findall(line)}
    paragraphs: list[str] = []
    mended, open_ = 0, False
    for page in pages:
        usual = _usual(page)
        for raw in page:
            line = raw.strip()
            if not line:
                open_ = False
                continue
            if open_ and not _ITEM.match(line):
                paragraphs[-1], mends = _join(paragraphs[-1], line, words)
                mended += mends
            else:
                paragraphs.append(line)
            short = _FULL if _END.search(line) else _HEADING
            open_ = len(line) >= short * usual
        open_ = open_ and not _END.search(paragraphs[-1])
    return "\n".join(paragraphs), mended


def _usual(lines: Sequence[str]) -> int:
    """How long a full line is: one in ten may stick out."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return lengths[-1 - len(lengths) // 10] if lengths else 0


def _join(before: str, line: str, words: set[str]) -> tuple[str, int]:
    if _BROKEN.search(before):
        if _SMALL.match(line) and not _has_hyphen(before, line, words):
            return before[:-1] + line, 1
        return before + line, 0
    if _NO_SPACE[0].search(before) and _NO_SPACE[1].search(line):
        return before + line, 0
    return f"{before} {line}", 0


def _has_hyphen(before: str, line: str, words: set[str]) -> bool:
    """Whether the broken word has one of its own: so it stands elsewhere, and never without."""
    first, second = _WORD.findall(before[:-1])[-1].lower(), _WORD.findall(line)[0].lower()
    return f"{first}-{second}" in words and first + second not in words
