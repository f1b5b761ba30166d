"""Texts that break naive offsets."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = [
    "a", "é", "e\u0301", "ß", "İ", "ﬁ", "👨‍👩‍👧", "🇮🇶", "👍🏽", "𠮷", "क्षि", "각", "ม้า",
    "قال", "می‌خواهم", "שלום", "\u200f", "\u200d", "\u0301", "\u0600", " ", "  ", "\u00a0", "\t",
    "\u2009", "\u200b", "\ufeff", "\u2028", "\x85", "\x1c", "\n", "\n\n", ".", "! ", "? ", "…",
    "“", "”", "'", "’", "-", "–", "\xad", "3.5", "Lt. ", "1", "ok", "*\ufe0f\u20e3",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map(
    lambda pieces: "".join(pieces).replace("\r", "\n").replace("\0", "")
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    edges = st.integers(0, len(text))
    start, end = sorted((draw(edges), draw(edges)))
    return text, start, end
