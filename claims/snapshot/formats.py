"""Every format in which work goes out: for the Export page, the API and `manage.py export`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from claims.exporters import (
    brat,
    bundle,
    claim_review,
    claims_csv,
    dictionary,
    graphml,
    jsonl,
    qdpx,
    web_annotation,
    xlsx,
)
from claims.snapshot.bundle import bundle as tables
from claims.snapshot.claim_rows import claim_rows
from claims.snapshot.documents import documents
from claims.snapshot.links import links, links_within
from claims.snapshot.lossless import lossless
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection
from claims.snapshot.sources import sources

Permalink = Callable[[str], str]
"""The uid of a claim -> its address."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format. `name` stands in addresses, `what` and `ending` in the name of the file.

    `write` gives the file in pieces; `whole` says that all of it is made before the first.
    `cannot` is what it can't hold, a sentence each.
    """

    name: str
    label: str
    what: str
    ending: str
    media_type: str
    about: str
    cannot: tuple[str, ...]
    write: Callable[[Reader, Selection, Permalink], Iterator[bytes]]
    whole: bool = False


_ALL = (
    Format(
        name="claims-csv",
        label="claims.csv",
        what="claims",
        ending="csv",
        media_type="text/csv; charset=utf-8",
        about=(
            f"For a spreadsheet: one row a claim, {len(claims_csv.COLUMNS)} columns. Who says it,"
            " the exact words with their offsets, article and incident, questions and answers,"
            " which claims compete with it, and a link back here."
        ),
        cannot=(
            "The texts, the figures, the links between claims.",
            f"More than {claims_csv.LISTED} competing claims by id; their number is exact.",
            "It can’t be imported again.",
            "A cell that a spreadsheet would run as a formula has a ' before it.",
        ),
        write=lambda reader, chosen, link: claims_csv.write(claim_rows(reader, chosen, link)),
    ),
    Format(
        name="csv",
        label="Bundle of CSV files",
        what="bundle",
        ending="zip",
        media_type="application/zip",
        about=(
            "The work as it stands, as tables joined by ids in one ZIP: sources, articles with"
            " every text and the uploaded files, incidents, questions and answers, claims, spans,"
            " figures, links and filings, with a description of every column (Frictionless)."
        ),
        cannot=dictionary.LEFT_OUT,
        write=lambda reader, chosen, _: bundle.write(tables(reader, chosen)),
    ),
    Format(
        name="jsonl",
        label="counterclaim.jsonl",
        what="counterclaim",
        ending="jsonl",
        media_type="application/jsonl",
        about=(
            "The lossless form, to take a desk elsewhere: all that the bundle holds, what was"
            " deleted, and the journal of who did what; one file, a JSON object a line."
        ),
        cannot=(*jsonl.LEFT_OUT, jsonl.WHEN_NARROWED),
        write=lambda reader, chosen, _: jsonl.write(lossless(reader, chosen)),
    ),
    Format(
        name="xlsx",
        label="Excel workbook",
        what="claims",
        ending="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        about="The tables of the bundle, a sheet each, with dates as dates and text as text.",
        cannot=xlsx.CANNOT,
        write=lambda reader, chosen, _: xlsx.write(tables(reader, chosen)),
        whole=True,
    ),
    Format(
        name="web-annotation",
        label="W3C Web Annotation",
        what="annotations",
        ending="jsonld",
        media_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        about=(
            "For annotation tools: claims as annotations with position and quote selectors, links"
            " as annotations that target annotations (JSON-LD)."
        ),
        cannot=web_annotation.CANNOT,
        write=lambda reader, chosen, _: web_annotation.write(
            sources(reader, chosen), documents(reader, chosen), links(reader, chosen)
        ),
    ),
    Format(
        name="brat",
        label="brat standoff",
        what="brat",
        ending="zip",
        media_type="application/zip",
        about=(
            "For brat and for training models: each text with its annotations; split quotes as"
            " fragments, who says what and links within an article as relations."
        ),
        cannot=brat.CANNOT,
        write=lambda reader, chosen, _: brat.write(
            sources(reader, chosen), documents(reader, chosen), links_within(reader, chosen)
        ),
    ),
    Format(
        name="graphml",
        label="GraphML",
        what="graph",
        ending="graphml",
        media_type="application/graphml+xml",
        about="For Gephi and networkx: sources, claims and incidents, and how they are linked.",
        cannot=graphml.CANNOT,
        write=lambda reader, chosen, _: graphml.write(tables(reader, chosen)),
    ),
    Format(
        name="claimreview",
        label="ClaimReview",
        what="claimreview",
        ending="jsonld",
        media_type="application/ld+json",
        about="For publishing verdicts: schema.org ClaimReview, with the claims they are about.",
        cannot=claim_review.CANNOT,
        write=lambda reader, chosen, _: claim_review.write(tables(reader, chosen)),
    ),
    Format(
        name="qdpx",
        label="REFI-QDA project",
        what="project",
        ending="qdpx",
        media_type="application/zip",
        about="For NVivo, ATLAS.ti, MAXQDA and Taguette: texts with coded selections.",
        cannot=qdpx.CANNOT,
        write=lambda reader, chosen, _: qdpx.write(
            sources(reader, chosen), lambda: documents(reader, chosen), links(reader, chosen)
        ),
    ),
)
FORMATS = {one.name: one for one in _ALL}
"""By name, in the order in which they are offered."""
