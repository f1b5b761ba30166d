"""The demo workspace as its files give it, for the tests of its content and of its states."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims import records

DEMO = Path(__file__).parents[2] / "claims" / "demo"
Entry = dict[str, Any]


def read(name: str) -> Entry:
    return tomllib.loads((DEMO / name).read_text(encoding="utf-8"))


DESK = read("workspace.toml")
ARTICLES: dict[str, Entry] = {article["key"]: article for article in DESK["articles"]}
TEXTS = {key: (DEMO / one["file"]).read_text(encoding="utf-8") for key, one in ARTICLES.items()}
SOURCES: dict[str, Entry] = {source["key"]: source for source in DESK["sources"]}
SIDES: dict[str, Entry] = {side["key"]: side for side in DESK["sides"]}
INCIDENTS: dict[str, Entry] = {incident["key"]: incident for incident in DESK["incidents"]}
QUESTIONS: dict[str, Entry] = {question["key"]: question for question in DESK["questions"]}
CLAIMS: dict[str, Entry] = {
    claim["key"]: {**claim, "article": article}
    for article in ARTICLES
    for claim in read(f"{article}.toml")["claims"]
}
POSITIONS = {
    f"{question['key']}/{position['key']}": question
    for question in DESK["questions"]
    for position in question["positions"]
}
LINKS = [(claim, link) for claim in CLAIMS.values() for link in claim.get("links", [])]
FILINGS = [(claim, filing) for claim in CLAIMS.values() for filing in claim.get("filings", [])]
FIGURES = [(claim, figure) for claim in CLAIMS.values() for figure in claim.get("figures", [])]


def links(relation: records.Relation) -> list[tuple[Entry, Entry]]:
    return [(claim, CLAIMS[link["to"]]) for claim, link in LINKS if link["relation"] == relation]


def occurrences(text: str, quote: str) -> Iterator[int]:
    """Every start of `quote`, overlapping ones too."""
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def quotes(claim: Entry, role: str) -> list[tuple[str, int | None]]:
    """The quotes of a role, each with which of its occurrences is meant, if that is said."""
    return [
        (quote, None) if isinstance(quote, str) else (quote["quote"], quote["nth"])
        for quote in claim.get(role, [])
    ]


def affiliation_head(key: str) -> str:
    path = [key]
    while "affiliation" in SOURCES[path[-1]]:
        path.append(SOURCES[path[-1]]["affiliation"])
        assert len(path) == len(set(path)), f"affiliations in a circle: {path}"
    return path[-1]
