"""The words of a claim and where they stand. As tags: a page of an incident has a thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from claims.views.said import Said

register = template.Library()

DENIES = mark_safe('<span class="denies">says it is not so:</span> ')
NOTHING = SafeString("")


@register.simple_tag
def said_words(said: Said, words: str) -> SafeString:
    """`words`, whole or cut; quotation marks stand around direct speech only."""
    language = format_html(' lang="{}"', said.language) if said.language else NOTHING
    denies = DENIES if said.denies else NOTHING
    if said.direct:
        return format_html('{}<q dir="auto"{}>{}</q>', denies, language, words)
    return format_html('{}<span class="words" dir="auto"{}>{}</span>', denies, language, words)


@register.simple_tag
def said_place(said: Said) -> SafeString:
    """The outlet and paragraph as a link; "as reported by" where the words are a reporter's."""
    return format_html(
        '<small class="where">{}<a href="{}" dir="auto">{}</a></small>',
        "as reported by " if said.reported else "",
        said.address,
        said.place,
    )
