"""A title for a text that has none."""

from __future__ import annotations

from claims.anchoring.sentence import sentences
from claims.anchoring.text import paragraphs
from claims.importers.boilerplate import suspects

LONGEST_TITLE = 160


def first_sentence(text: str) -> str:
    """The first sentence of the first paragraph that looks like the article, cut to a title."""
    lines = paragraphs(text)
    odd = suspects(text)
    line = next((line for line in lines if line.number not in odd), lines[0])
    found = sentences(text, line.start, line.end)
    start, end = found[0] if found else (line.start, line.end)
    sentence = " ".join(text[start:end].split())
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    return sentence[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
