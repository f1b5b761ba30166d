"""The demo's content as its files give it; the head of `workspace.toml` says how to read them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.anchoring.locate import locate
from claims.records import SpanRole

FOLDER = Path(__file__).parent
ROLES = {
    "content": SpanRole.CONTENT,
    "who": SpanRole.SOURCE,
    "cue": SpanRole.CUE,
}
"""The fields of a claim that quote the article, and what each of them quotes."""

Entry = dict[str, Any]


def read(name: str) -> Entry:
    """A file of tables; numbers with a point keep all their digits."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"), parse_float=Decimal)


def claims(article: str) -> list[Entry]:
    """The claims of an article, in the order of its text."""
    entries: list[Entry] = read(f"{article}.toml")["claims"]
    return entries


def quotes(claim: Entry, text: str) -> Iterator[tuple[SpanRole, int, int, str]]:
    """The claim's quotes as (role, start, end, words), in code points of `text`.

    Raises ValueError for words that do not stand there, or in several places with none chosen.
    """
    for field, role in ROLES.items():
        for given in claim.get(field, []):
            words, nth = (given, 0) if isinstance(given, str) else (given["quote"], given["nth"])
            places = locate(text, words)
            if len(places) < max(nth, 1) or (not nth and len(places) > 1):
                raise ValueError(f"{claim['key']}: “{words}” stands in {len(places)} places.")
            start, end = places[max(nth - 1, 0)]
            yield role, start, end, words
