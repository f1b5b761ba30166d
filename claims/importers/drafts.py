"""Marks, ties and remarks as rows: claims, links, and comments for what is neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from claims.importers.attribution import join
from claims.importers.checked import Checks
from claims.importers.claims_of_marks import Add, Claims
from claims.importers.links_of_ties import Links
from claims.importers.marks import Library, Mark, Remark, Tie
from claims.importers.remarks import Remarks
from claims.importers.values import Problem


def make(
    marks: Mapping[str, Mark],
    ties: Sequence[Tie],
    remarks: Sequence[Remark],
    library: Library,
    now: datetime,
    problems: list[Problem],
    add: Add,
    things: str,
) -> list[str]:
    """All rows of these; and sentences on what became of them, to be compared with the file.

    `things` is what the format calls its marks.
    """
    joined = join(marks, ties)
    claims = Claims(marks, joined, now, Checks(problems), add)
    claims.run()
    comments = Remarks(claims)
    for mark in marks.values():
        comments.labels(mark)
    links = Links(claims, ties, library, comments)
    links.run()
    for remark in remarks:
        comments.comment(remark.on, remark.id, remark.text, remark)
    links.finish()
    claims.finish()
    found = [
        (
            f"{len(marks):,} {things} in the file: {claims.counts['claims']:,} become claims,"
            f" {len(joined.parts):,} become who or reporting words of one."
        )
    ]
    if ties:
        found.append(
            f"{len(ties):,} relations in the file: {links.counts['links']:,} become links,"
            f" {len(joined.ties):,} tie who or reporting words to a claim,"
            f" {links.counts['kept']:,} are kept as comments."
        )
    if remarks:
        found.append(f"{len(remarks):,} remarks (notes, attributes) are kept as comments.")
    if drafts := claims.counts["drafts"]:
        found.append(
            f"{drafts:,} claims are drafts with their label in a comment, said by an unnamed"
            " source of their article: who is meant is for a person to say."
        )
    return found
