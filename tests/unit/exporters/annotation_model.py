"""What the W3C's Web Annotation Data Model (Recommendation, 23 February 2017) asks of a file.

Its MUSTs, for what a file of ours may hold: a collection with its page in it (section 5),
annotations (3.1) with textual bodies (3.2.4), motivations and purposes (3.3.5), moments (3.3.1),
specific resources (4) with selectors by position and quote (4.2.4, 4.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = set(
    "assessing bookmarking classifying commenting describing editing highlighting identifying"
    " linking moderating questioning replying tagging".split()
)
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
"""With the time zone, which is UTC, written as Z."""
KINDS = {"Dataset", "Image", "Video", "Sound", "Text"}


def faults(page: Any) -> list[str]:
    """What the model would not have, each with where it stands."""
    return list(_collection(page))


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _iri(value: Any) -> bool:
    return isinstance(value, str) and bool(IRI.fullmatch(value))


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _collection(page: Any) -> Iterator[str]:
    if CONTEXT not in _several(page.get("@context")):
        yield "@context"
    if not _iri(page.get("id")) or "AnnotationCollection" not in _several(page.get("type")):
        yield "collection"
    first = page.get("first")
    if not isinstance(first, dict) or not _iri(first.get("id")):
        yield "first"
        return
    if "AnnotationPage" not in _several(first.get("type")) or not _count(first["startIndex"]):
        yield "page"
    if "@context" in first:
        yield "the page in the collection has a context of its own"
    for number, one in enumerate(first["items"]):
        yield from (f"items.{number}.{fault}" for fault in _annotation(one))


def _annotation(one: Any) -> Iterator[str]:
    if not _iri(one.get("id")):
        yield "id"
    if "Annotation" not in _several(one.get("type")):
        yield "type"
    for name in ("created", "modified"):
        if name in one and not MOMENT.fullmatch(str(one[name])):
            yield name
    if not set(_several(one.get("motivation"))) <= MOTIVATIONS:
        yield "motivation"
    for agent in _several(one.get("creator")):
        if not _iri(agent) and not isinstance(agent.get("name"), str):
            yield "creator"
    yield from (f"body.{fault}" for body in _several(one.get("body")) for fault in _body(body))
    if not (targets := _several(one.get("target"))):
        yield "target"
    for target in targets:
        yield from (f"target.{fault}" for fault in _target(target))


def _body(body: Any) -> Iterator[str]:
    if "TextualBody" in _several(body.get("type")) and not isinstance(body.get("value"), str):
        yield "value"
    if not set(_several(body.get("purpose"))) <= MOTIVATIONS:
        yield "purpose"


def _target(target: Any) -> Iterator[str]:
    if isinstance(target, str):
        if not _iri(target):
            yield "iri"
        return
    if "SpecificResource" not in _several(target.get("type")):
        yield "type"
    (source,) = _several(target.get("source")) or [""]
    if not _iri(source if isinstance(source, str) else source.get("id")):
        yield "source"
    if isinstance(source, dict) and not set(_several(source.get("type"))) <= KINDS:
        yield "source.type"
    for selector in _several(target.get("selector")):
        kind = selector.get("type")
        if kind == "TextPositionSelector":
            start, end = selector.get("start"), selector.get("end")
            if not (_count(start) and _count(end) and start <= end):
                yield "selector.place"
        elif kind == "TextQuoteSelector":
            words = [selector.get("exact"), selector.get("prefix", ""), selector.get("suffix", "")]
            if not all(isinstance(one, str) for one in words):
                yield "selector.words"
        else:
            yield "selector.type"
