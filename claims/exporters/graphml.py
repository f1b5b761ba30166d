"""GraphML, for Gephi, Cytoscape, yEd and networkx.

Sources, claims and incidents are nodes; who says what, and how claims bear on each other, are
edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from claims.exporters.bundle import Bundle
from claims.exporters.values import BATCH

CANNOT = (
    "Texts, offsets and figures; questions, answers and verdicts; comments; uploaded files.",
    "Control characters, which XML can't hold: they are left out.",
)

NODE = (
    "label",
    "type",
    "kind",
    "side",
    "polarity",
    "speech",
    "status",
    "said_from",
    "code",
    "state",
    "article",
    "text",
)
EDGE = ("relation", "basis", "note")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write(bundle: Bundle) -> Iterator[bytes]:
    """The file in pieces; the first needs no row."""
    yield _head().encode("utf-8")
    elements = _elements(bundle)
    while batch := list(islice(elements, BATCH)):
        yield "".join(batch).encode("utf-8")
    yield b"</graph>\n</graphml>\n"


def _head() -> str:
    comment = "\n".join(f"Not in here: {line}" for line in CANNOT)
    keys = [("node", name) for name in NODE] + [("edge", name) for name in EDGE]
    declared = "".join(
        f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="string"/>\n'
        for of, name in keys
    )
    return f'{_HEAD}<!--\n{comment}\n-->\n{declared}<graph id="claims" edgedefault="directed">\n'


def _elements(bundle: Bundle) -> Iterator[str]:
    for source in bundle.sources:
        values = {"type": "source", "label": source.name, "kind": source.kind, "side": source.side}
        yield _node(source.source_id, values)
        if source.affiliation_id:
            yield _edge(source.source_id, source.affiliation_id, {"relation": "belongs_to"})
    for incident in bundle.incidents:
        values = {"type": "incident", "label": incident.title, "code": incident.code}
        yield _node(incident.incident_id, values | {"state": incident.state})
    for claim in bundle.claims:
        values = {
            "type": "claim",
            "label": claim.text[:100],
            "kind": claim.kind,
            "polarity": claim.polarity,
            "speech": claim.speech,
            "status": claim.status,
            "said_from": claim.said_from.isoformat() if claim.said_from else "",
            "article": claim.article_title,
            "text": claim.text,
        }
        yield _node(claim.claim_id, values)
        for relation, end in (
            ("said_by", claim.source_id),
            ("relayed_by", claim.via_id),
            ("blames", claim.accused_id),
            ("about", claim.incident_id),
        ):
            if end:
                yield _edge(claim.claim_id, end, {"relation": relation})
    for link in bundle.links:
        values = {"relation": link.relation, "basis": link.basis, "note": link.note}
        yield _edge(link.from_claim_id, link.to_claim_id, values)


def _node(id: str, values: Mapping[str, str]) -> str:
    return f"<node id={quoteattr(id)}>{_data('node', values)}</node>\n"


def _edge(one: str, other: str, values: Mapping[str, str]) -> str:
    ends = f"source={quoteattr(one)} target={quoteattr(other)}"
    return f"<edge {ends}>{_data('edge', values)}</edge>\n"


def without_control(text: str) -> str:
    """`text` without the characters that XML 1.0 has no way to write."""
    return _NOT_XML.sub("", text)


def _data(of: str, values: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{of}_{name}">{escape(without_control(value))}</data>'
        for name, value in values.items()
        if value
    )
