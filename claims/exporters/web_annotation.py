"""W3C Web Annotation (Recommendation of 2017) as JSON-LD: a collection with one page.

A claim is an annotation with a target for each of its spans: the text by its revision, the place
by `TextPositionSelector` (code points, as the Recommendation counts them) and `TextQuoteSelector`.
A link is an annotation that targets two annotations. What the model has no words for stands under
`cc:`, which is declared in the context.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from claims.exporters.document import Annotated, Document
from claims.exporters.values import BATCH, objects
from claims.records import Claim, Figure, Link, Relation, Source, Span
from claims.records.columns import columns_of
from claims.records.standoff import ACTORS

NAMESPACE = "urn:counterclaim:ns:"
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"cc": NAMESPACE}]
AROUND = 32
"""Code points before and after a quote."""

CANNOT = (
    (
        "The texts, the uploaded files, incidents, questions, answers and verdicts. To import it,"
        " the desk must hold the same texts: they are told by their SHA-256."
    ),
    "Claims that no longer stand in the newest text of their article.",
)

OF_CLAIM = [name for name in Claim._fields if name not in ("claim_id", "text")]
OF_FIGURE = Figure._fields[5:]

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(
    sources: Iterable[Source], documents: Iterable[Document], links: Iterable[Link]
) -> Iterator[bytes]:
    """The file in pieces. `sources` are those that the claims name."""
    head = {
        "@context": CONTEXT,
        "id": "urn:counterclaim:annotations",
        "type": "AnnotationCollection",
        "label": "Attributed claims, and the links between them",
        "cc:leavesOut": list(CANNOT),
        "first": {
            "id": "urn:counterclaim:annotations:1",
            "type": "AnnotationPage",
            "startIndex": 0,
        },
    }
    yield (_json(head)[:-2] + ',"items":[\n').encode("utf-8")
    between = ""
    for piece in _gathered(_items(sources, documents, links)):
        yield (between + piece).encode("utf-8")
        between = ",\n"
    yield b"\n]}}\n"


def _gathered(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    batch: list[str] = []
    for item in items:
        batch.append(_json(item))
        if len(batch) == BATCH:
            yield ",\n".join(batch)
            batch.clear()
    if batch:
        yield ",\n".join(batch)


def _items(
    sources: Iterable[Source], documents: Iterable[Document], links: Iterable[Link]
) -> Iterator[dict[str, Any]]:
    kinds = {one.source_id: one for one in sources}
    for document in documents:
        for row, one in zip(
            objects(columns_of(Claim), [one.claim for one in document.claims]),
            document.claims,
            strict=True,
        ):
            yield _claim(document, one, row, kinds)
    for row in objects(columns_of(Link), links):
        yield _link(row)


def _claim(
    document: Document, one: Annotated, row: dict[str, Any], sources: dict[str, Source]
) -> dict[str, Any]:
    body = {f"cc:{name}": row[name] for name in OF_CLAIM if row[name] not in (None, "")}
    for actor in ACTORS:
        if source := sources.get(row[f"{actor}_id"] or ""):
            named = bool(source.named)
            body |= {f"cc:{actor}_kind": source.kind, f"cc:{actor}_named": named}
    if one.figures:
        body["cc:figures"] = _figures(one.figures)
    return {
        "id": urn(one.claim.claim_id),
        "type": "Annotation",
        "motivation": "classifying",
        "created": row["created_at"],
        "modified": row["updated_at"],
        "creator": {"type": "Person", "name": one.claim.annotator},
        "body": {
            "type": ["TextualBody", "cc:Claim"],
            "value": f"{one.claim.source}: {one.claim.text}",
            "purpose": "classifying",
            **body,
        },
        "target": [_target(document, span) for span in one.spans],
    }


def _figures(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    return [
        {f"cc:{name}": row[name] for name in OF_FIGURE if row[name] not in (None, "")}
        for row in objects(columns_of(Figure), figures)
    ]


def _target(document: Document, span: Span) -> dict[str, Any]:
    text, article = document.text, document.article
    source = {
        "id": urn(document.revision_id),
        "type": "Text",
        "format": "text/plain",
        "cc:sha256": document.sha256,
        "cc:title": article.title,
    }
    if article.language:
        source["language"] = article.language
    if article.url:
        source["cc:url"] = article.url
    return {
        "type": "SpecificResource",
        "cc:role": span.role,
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.quote,
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
        ],
    }


def _link(row: dict[str, Any]) -> dict[str, Any]:
    ends = [urn(row["from_claim_id"]), urn(row["to_claim_id"])]
    kept = ("relation", "basis", "note", "incident_id")
    return {
        "id": urn(row["link_id"]),
        "type": "Annotation",
        "motivation": "linking",
        "created": row["created_at"],
        "creator": {"type": "Person", "name": row["annotator"]},
        "body": {
            "type": ["TextualBody", "cc:Link"],
            "value": Relation(row["relation"]).label,
            "purpose": "linking",
            **{f"cc:{name}": row[name] for name in kept if row[name]},
            "cc:from": ends[0],
            "cc:to": ends[1],
        },
        "target": ends,
    }


def urn(uid: str) -> str:
    """A public id as an IRI that says nothing of a host."""
    return f"urn:uuid:{uid}"
