"""The tables of a bundle, each read when it is its turn."""

from __future__ import annotations

from claims.exporters.bundle import Bundle
from claims.snapshot import (
    articles,
    assessments,
    claims,
    comments,
    files,
    incidents,
    links,
    sources,
)
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection


def bundle(reader: Reader, chosen: Selection) -> Bundle:
    """What is kept at the desk, or the part of it that the chosen claims need.

    Closed under its ids: whatever a row points at is in the bundle too. With filters a link is in
    where both of its claims are.
    """
    return Bundle(
        sources=sources.sources(reader, chosen),
        aliases=sources.aliases(reader, chosen),
        ratings=sources.ratings(reader, chosen),
        articles=articles.articles(reader, chosen),
        revisions=articles.revisions(reader, chosen),
        incidents=incidents.incidents(reader, chosen),
        questions=incidents.questions(reader, chosen),
        positions=incidents.positions(reader, chosen),
        claims=claims.claims(reader, chosen),
        spans=claims.spans(reader, chosen),
        figures=claims.figures(reader, chosen),
        links=links.links(reader, chosen),
        filings=links.filings(reader, chosen),
        assessments=assessments.assessments(reader, chosen),
        assessment_claims=assessments.assessment_claims(reader, chosen),
        comments=comments.comments(reader, chosen),
        files=files.files(reader, chosen),
    )
