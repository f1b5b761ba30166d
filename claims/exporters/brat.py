"""brat standoff: for each article its text and a file of annotations, in one ZIP.

The words of a claim, of who says it and the reporting words are text-bound annotations, split
quotes and lines being fragments of one; `SaidBy` and `CuedBy` tie them together, links between
claims of the same article are relations, the closed lists are attributes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from claims.exporters.archive import File, zipped
from claims.exporters.document import Annotated, Document
from claims.exporters.values import objects
from claims.records import Relation, Source, SpanRole
from claims.records.claim import Figure
from claims.records.columns import columns_of
from claims.records.standoff import (
    ACTORS,
    ATTRIBUTES,
    COLUMNS,
    CUED_BY,
    ENTITIES,
    NOTE,
    OF_LINK,
    PARTS,
    SAID_BY,
    TITLE,
)

CANNOT = (
    "Links between claims of different articles.",
    "Incidents but their codes; questions, answers, verdicts, comments and the uploaded files.",
    "Article details but the title; sources but their names and kinds; notes of the analyst.",
    "Who made a claim or a link, and when.",
    "Claims that no longer stand in the newest text of their article.",
)

OF_FIGURE = Figure._fields[5:]

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class Within(NamedTuple):
    """A link whose two claims are of one article."""

    relation: str
    from_claim_id: str
    to_claim_id: str
    link_id: str
    basis: str
    note: str
    incident_id: str


def write(
    sources: Iterable[Source],
    documents: Iterable[Document],
    links: Callable[[str], list[Within]],
) -> Iterator[bytes]:
    """The ZIP in pieces. `sources` are those that the claims name.

    `links` gives those within an article, asked for in order of its id.
    """
    return zipped(_files(sources, documents, links))


def _files(
    sources: Iterable[Source],
    documents: Iterable[Document],
    links: Callable[[str], list[Within]],
) -> Iterator[File]:
    kinds = {one.source_id: one for one in sources}
    yield File("annotation.conf", [_configuration().encode("utf-8")])
    yield File("README.txt", [_readme().encode("utf-8")])
    for document in documents:
        name = document.article.article_id
        lines = Standoff(document, links(name), kinds).lines()
        yield File(f"{name}.ann", ["".join(f"{line}\n" for line in lines).encode("utf-8")])
        yield File(f"{name}.txt", [document.text.encode("utf-8")])


class Standoff:
    """The annotations of one article, numbered from 1 as brat wants them."""

    def __init__(
        self, document: Document, links: Iterable[Within], sources: Mapping[str, Source]
    ) -> None:
        self._document = document
        self._links = links
        self._sources = sources
        self._counts: dict[str, int] = {}
        self._contents: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        """A line each; claims first, since links name them."""
        title = _json({"title": self._document.article.title})
        for one in self._document.claims:
            yield from self._claim(one)
        for link in self._links:
            ends = [self._contents.get(end) for end in (link.from_claim_id, link.to_claim_id)]
            if all(ends):
                yield self._relation(relation_name(link.relation), str(ends[0]), str(ends[1]))
                about = {"link_id": link.link_id}
                about |= {name: cell for name in OF_LINK if (cell := getattr(link, name))}
                yield self._note(f"R{self._counts['R']}", about)
        # A note that is on nothing in particular is not known to brat: the title hangs on a word.
        if first := next(iter(self._contents.values()), None):
            yield f"{self._next('#')}\t{TITLE} {first}\t{title}"

    def _claim(self, one: Annotated) -> Iterator[str]:
        content = self._next("T")
        self._contents[one.claim.claim_id] = content
        yield self._entity(content, one, SpanRole.CONTENT)
        for role, relation in PARTS.items():
            if self._pieces(one, role):
                part = self._next("T")
                yield self._entity(part, one, role)
                yield self._relation(relation, content, part)
        for name, column in zip(ATTRIBUTES, COLUMNS, strict=True):
            yield f"{self._next('A')}\t{name} {content} {getattr(one.claim, column)}"
        note: dict[str, Any] = {"claim_id": one.claim.claim_id}
        note |= {name: cell for name in NOTE if (cell := getattr(one.claim, name))}
        for actor in ACTORS:
            if known := self._sources.get(note.get(f"{actor}_id", "")):
                note |= {f"{actor}_kind": known.kind, f"{actor}_named": bool(known.named)}
        if one.figures:
            note["figures"] = [
                {name: row[name] for name in OF_FIGURE if row[name] not in (None, "")}
                for row in objects(columns_of(Figure), one.figures)
            ]
        yield self._note(content, note)

    def _note(self, on: str, about: dict[str, Any]) -> str:
        return f"{self._next('#')}\tAnnotatorNotes {on}\t{_json(about)}"

    def _entity(self, id: str, one: Annotated, role: SpanRole) -> str:
        text = self._document.text
        pieces = self._pieces(one, role)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(text[start:end] for start, end in pieces)
        return f"{id}\t{ENTITIES[role]} {places}\t{words}"

    def _pieces(self, one: Annotated, role: SpanRole) -> list[tuple[int, int]]:
        """The fragments of its spans of a role, as the text has them, each once.

        Two spans may differ in a line break only, or change places without it.
        """
        text = self._document.text
        found = (fragments(text, span.start, span.end) for span in one.of(role))
        return sorted({piece for pieces in found for piece in pieces})

    def _relation(self, name: str, one: str, other: str) -> str:
        return f"{self._next('R')}\t{name} Arg1:{one} Arg2:{other}"

    def _next(self, letter: str) -> str:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        return f"{letter}{self._counts[letter]}"


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span as brat can hold it: a piece for each line, none of them empty."""
    return [
        (start + found.start(), start + found.end())
        for found in re.finditer(r"[^\n]+", text[start:end])
    ]


def relation_name(relation: str) -> str:
    """`responds_to` as `RespondsTo`."""
    return "".join(part.capitalize() for part in relation.split("_"))


def _configuration() -> str:
    relations = [f"{SAID_BY} Arg1:Content, Arg2:Source", f"{CUED_BY} Arg1:Content, Arg2:Cue"]
    for relation in Relation:
        kind = ", <REL-TYPE>:symmetric" if relation.symmetric else ""
        relations.append(f"{relation_name(relation)} Arg1:Content, Arg2:Content{kind}")
    attributes = [
        f"{name} Arg:Content, Value:{'|'.join(words)}" for name, words in ATTRIBUTES.items()
    ]
    sections = {
        "entities": ENTITIES.values(),
        "relations": ["<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", *relations],
        "events": [],
        "attributes": attributes,
    }
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections.items())


def _readme() -> str:
    lines = [
        "Attributed claims as brat standoff: NAME.txt is an article's text, NAME.ann what is",
        "annotated in it, NAME the article's id. Offsets count Unicode code points from 0.",
        "",
        "Not in here:",
        *(f"- {line}" for line in CANNOT),
    ]
    return "\n".join(lines) + "\n"
