"""Texts with `<mark>`s: of claims, one flat run of segments a paragraph; of a search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from claims.anchoring.passage import Mark, Passage
from claims.records import SpanRole
from claims.searching.marks import Snippet

register = template.Library()


@register.simple_tag
def annotated(passage: Passage) -> SafeString:
    """The passage's text, every segment that belongs to a claim in a `<mark>`.

    Nothing but the stored characters stands in the text nodes, so that offsets counted in the
    page are offsets into the stored text.
    """
    pieces: list[str] = []
    for segment in passage.segments:
        text = escape(segment.text)
        if not segment.ids:
            pieces.append(text)
            continue
        marks: tuple[Mark, ...] = segment.ids
        roles = dict.fromkeys("suggested" if mark.suggested else mark.role.value for mark in marks)
        # The newest span over a place is the innermost one: its side colours it, and it is
        # the first that a click finds.
        claims = " ".join(dict.fromkeys(mark.claim for mark in reversed(marks)))
        contents = sum(mark.role is SpanRole.CONTENT and not mark.suggested for mark in marks)
        deep = " deep" if contents > 1 else ""
        pieces.append(
            f'<mark class="{" ".join(roles)} s{marks[-1].color}{deep}" data-claims="{claims}">'
            f"{text}</mark>"
        )
    return mark_safe("".join(pieces))


@register.simple_tag
def compared(words: Iterable[Any]) -> SafeString:
    """Two texts in one: what came in as `<ins>`, what went out as `<del>`, claims in `<mark>`s.

    What did both is of the class `moved`, with a link from each end of it to the other.
    """
    pieces = []
    for word in words:
        text = escape(word.text)
        if word.marks:
            text = format_html('<mark class="{}" title="{}">{}</mark>', word.marks, word.who, text)
        tag = {"in": "ins", "out": "del"}.get(word.kind)
        if tag and word.moved:
            pieces.append(_other_end(tag, word.moved) if word.moved.first else "")
            pieces.append(f'<{tag} class="moved">{text}</{tag}>')
        else:
            pieces.append(f"<{tag}>{text}</{tag}>" if tag else text)
    return mark_safe("".join(pieces))


def _other_end(tag: str, moved: Any) -> str:
    there, says = ("del", "moved here from") if tag == "ins" else ("ins", "moved to")
    return format_html(
        '<a class="to" lang="en" dir="ltr" id="{}-{}" href="#{}-{}">{} ¶{}</a> ',
        tag, moved.number, there, moved.number, says, moved.paragraph,
    )  # fmt: skip


@register.simple_tag
def marked(words: Snippet) -> SafeString:
    """Words of a search, those that were found in a `<mark>`; escaped before they are marked."""
    pieces = (f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in words.pieces)
    return mark_safe("".join(pieces))
