"""Pages as trees: what stands where, in words."""

from __future__ import annotations

import re
from typing import Any

import lxml.html

PART = re.compile(r"([.#]?)([\w-]+)|\[([\w-]+)(?:=([^\]]+))?\]")


def parsed(answer: Any) -> Any:
    """The page, or the part of one, that was answered."""
    text = answer.content.decode()
    if "<html" in text:
        return lxml.html.document_fromstring(text)
    return lxml.html.fragment_fromstring(text, create_parent="div")


def words(element: Any) -> str:
    """What an element says, white space joined."""
    return " ".join(element.text_content().split())


def select(element: Any, selector: str) -> list[Any]:
    """Elements below by a plain CSS selector: names, classes, ids, attributes, " " and " > "."""
    path = "."
    axis = "//"
    for step in selector.split():
        if step == ">":
            axis = "/"
            continue
        path += f"{axis}*" + "".join(_test(*match.groups()) for match in PART.finditer(step))
        axis = "//"
    found: list[Any] = element.xpath(path)
    return found


def _test(sign: str | None, name: str | None, attribute: str | None, value: str | None) -> str:
    if attribute:
        return f"[@{attribute}='{value}']" if value else f"[@{attribute}]"
    if sign == ".":
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    return f"[@id='{name}']" if sign == "#" else f"[self::{name}]"
