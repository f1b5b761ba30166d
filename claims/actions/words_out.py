"""Takes words out of running text and JSON, and content out of a row. Pure, but for the models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import models

CUT = 12
"""Summaries cut what they quote: so many of its first characters tell that it is there."""
SHORT = 4
"""A name of fewer characters counts only as a word of its own."""
STAYS = frozenset({"uid", "created_at", "deleted_at", "named"})
"""That there was something, when it came and went, and what it belonged to."""
KEPT = frozenset(
    {
        ("source", "article_id"),
        ("comment", "claim_id"),
        ("comment", "question_id"),
        ("comment", "incident_id"),
        ("comment", "article_id"),
        ("link", "relation"),
        ("filing", "stance"),
        ("filing", "extent"),
    }
)
"""What says only to what it belonged, though a row of its kind could do without it."""
INSTEAD = {
    ("source", "name"): "Purged source",
    ("alias", "name"): "purged",
    ("article", "title"): "Purged article",
    ("comment", "text"): "Purged comment",
    ("rating", "reason"): "purged",
    ("span", "quote"): "purged",
    ("placement", "quote"): "purged",
}
"""What a column holds that can't be blank."""


class Words:
    """Words that must go, and what is to stand in their place."""

    def __init__(self, words: Iterable[str], instead: str) -> None:
        self.words = sorted({word.strip() for word in words} - {""}, key=len, reverse=True)
        self.instead = instead
        found = "|".join(_pattern(word) for word in self.words)
        self._found = re.compile(found or r"(?!)", re.IGNORECASE)

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return bool(self._found.search(text))

    def began_in(self, text: str) -> bool:
        """Whether one of them, or the beginning of one, stands in a text that may be cut."""
        plain = text.casefold()
        return any(word[:CUT].casefold() in plain for word in self.words)

    def out_of(self, text: str) -> str:
        """The text without them; also where it is cut in the middle of one, at its end."""
        text = self._found.sub(lambda _: self.instead, text)
        for word in self.words:
            for length in range(len(word) - 1, SHORT - 1, -1):
                if text.rstrip("…").casefold().endswith(f" {word[:length]}".casefold()):
                    return text.rstrip("…")[:-length] + self.instead
        return text

    def out_of_json(self, value: Any) -> Any:
        """The same for every text in it; keys stay."""
        if isinstance(value, str):
            return self._found.sub(lambda _: self.instead, value)
        if isinstance(value, list):
            return [self.out_of_json(one) for one in value]
        if isinstance(value, dict):
            return {name: self.out_of_json(one) for name, one in value.items()}
        return value


def _pattern(word: str) -> str:
    found = r"\s+".join(map(re.escape, word.split()))
    return rf"(?<!\w){found}(?!\w)" if len(word) < SHORT else found


def husk(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """What is left of a row, as the journal holds it, once all that it says is gone.

    What it can't be without stays: its public id, when it was made and deleted, and the rows that
    it has to belong to. Words of a closed list become the first one, numbers none or 0.
    """
    blank = _blank(model)
    return {name: blank.get(name, value) for name, value in row.items()}


@lru_cache
def _blank(model: type[models.Model]) -> dict[str, Any]:
    noun = str(model._meta.model_name)
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        name = field.attname
        if name in STAYS or field.primary_key:
            continue
        if (noun, name) in INSTEAD:
            found[name] = INSTEAD[noun, name]
        elif field.is_relation:
            if field.null:
                found[name] = None
        elif not isinstance(field, models.DateField) or field.null:
            found[name] = _nothing(field)
    return {name: value for name, value in found.items() if (noun, name) not in KEPT}


def _nothing(field: Any) -> Any:
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        return ""
    return 0
