"""The words of a claim and where they stand. As tags: a page of an incident has a thousand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from claims.views.said import Said

register = template.Library()

DENIES = mark_safe('<span class="denies">says it is not so:</span> ')
NOTHING = SafeString("")
QUOTED = SafeString("</q>")
TOLD = SafeString("</span>")


@register.filter
def web(address: str) -> str:
    """The address, where a link may lead to it: forms and imports refuse others, a row may lie."""
    return address if address.lower().startswith(("https://", "http://")) else ""


@register.simple_tag
def said_words(said: Said, words: str) -> SafeString:
    """`words`, whole or cut; quotation marks stand around direct speech only."""
    end = QUOTED if said.direct else TOLD
    return _opened(said.language, denies=said.denies, direct=said.direct) + escape(words) + end


@lru_cache(maxsize=1000)
def _opened(language: str, *, denies: bool, direct: bool) -> SafeString:
    """What stands before the words: a page has few of these, each many times."""
    lang = format_html(' lang="{}"', language) if language else NOTHING
    html = '{}<q dir="auto"{}>' if direct else '{}<span class="words" dir="auto"{}>'
    return format_html(html, DENIES if denies else NOTHING, lang)


@register.simple_tag
def said_place(said: Said) -> SafeString:
    """The outlet and paragraph as a link; "as reported by" where the words are a reporter's."""
    return format_html(
        '<small class="where">{}<a href="{}" dir="auto">{}</a></small>',
        "as reported by " if said.reported else "",
        said.address,
        said.place,
    )
