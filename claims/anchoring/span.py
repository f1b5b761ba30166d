"""One piece of a text: trimmed to whole characters, and checked."""

from __future__ import annotations

import regex

from claims.anchoring.white import WHITE

_CLUSTER = regex.compile(r"\X")


class SpanError(ValueError):
    """Offsets that name no piece of the text.

    `field` is "start" or "end", so that a form can say it beside the right one; the message
    is for people.
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def quote(text: str, start: int, end: int) -> str:
    """`text[start:end]`; `SpanError` where that is outside the text, empty or reversed."""
    _check_inside(text, start, end)
    if start == end:
        raise SpanError("end", "Nothing is selected: the end is where the start is.")
    return text[start:end]


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without outer white space, widened to whole grapheme clusters.

    A cluster (Unicode UAX 29) is what a reader sees as one character: half of a family emoji
    or a letter without its accent is no quote. None when only white space is selected.
    `SpanError` when the offsets are outside the text or reversed.
    """
    _check_inside(text, start, end)
    piece = text[start:end]
    kept = piece.lstrip(WHITE)
    start += len(piece) - len(kept)
    end = start + len(kept.rstrip(WHITE))
    if start == end:
        return None
    return cluster_at(text, start)[0], cluster_at(text, end - 1)[1]


def cluster_at(text: str, offset: int) -> tuple[int, int]:
    """The offsets of the grapheme cluster that holds the code point at `offset`."""
    # Two ASCII characters never share a cluster (the stored text has no CR), so the search
    # can begin at the last such pair instead of at the start of the text.
    begin = offset
    while begin > 0 and not (text[begin].isascii() and text[begin - 1].isascii()):
        if text[begin - 1] == "\n":
            break
        begin -= 1
    for cluster in _CLUSTER.finditer(text, begin):
        if cluster.end() > offset:
            return cluster.span()
    raise SpanError("start", f"The text has no character at {offset}.")


def _check_inside(text: str, start: int, end: int) -> None:
    if not 0 <= start <= len(text):
        raise SpanError("start", f"The start ({start}) is outside the text (0 to {len(text)}).")
    if not 0 <= end <= len(text):
        raise SpanError("end", f"The end ({end}) is outside the text (0 to {len(text)}).")
    if end < start:
        raise SpanError("end", f"The end ({end}) is before the start ({start}).")
