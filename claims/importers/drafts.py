"""Marks, ties and remarks as rows: claims, links, and comments for what is neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from claims.importers import already
from claims.importers.attribution import join
from claims.importers.checked import Checks
from claims.importers.choices import Choices
from claims.importers.claims_of_marks import Add, Claims
from claims.importers.links_of_ties import Links
from claims.importers.marks import Library, Mark, Remark, Tie
from claims.importers.remarks import Remarks
from claims.importers.values import Problem

ALREADY = "A claim with the same words of the same source stands here already"
NOT_TWICE = "It is not made twice: what else the file tells of it goes to that one."
ALL_THE_SAME = "They are made once more, as was chosen."


def make(
    marks: Mapping[str, Mark],
    ties: Sequence[Tie],
    remarks: Sequence[Remark],
    library: Library,
    now: datetime,
    problems: list[Problem],
    add: Add,
    things: str,
    choices: Choices,
) -> tuple[list[str], int]:
    """All rows of these; and sentences on what became of them, to be compared with the file.

    With them how many claims stand at the desk already. `things` is what the format calls its
    marks.
    """
    joined = join(marks, ties)
    claims = Claims(marks, joined, now, Checks(problems), add)
    claims.run()
    twice = already.find(claims, library)
    if not choices.twice:
        claims.stand_for(twice)
    there = [claims.held[key]["claim_id"] for key in claims.there]
    comments = Remarks(claims, library.noted(there))
    for mark in marks.values():
        comments.labels(mark)
    links = Links(claims, ties, library, comments)
    links.run()
    for remark in remarks:
        comments.comment(remark.on, remark.id, remark.text, remark)
    links.finish()
    claims.finish()
    n = claims.counts
    parts = f"as who or reporting words of one: {len(joined.parts):,}"
    head = f"{things.capitalize()} in the file: {len(marks):,}"
    found = [f"{head}. As claims: {n['claims']:,}; {parts}."]
    if twice:
        what = ALL_THE_SAME if choices.twice else NOT_TWICE
        found.append(f"{ALREADY}: {len(twice):,}. {what}")
    if ties:
        found.append(
            f"Relations in the file: {len(ties):,}. As links: {links.counts['links']:,}; joining"
            f" who or reporting words to a claim: {len(joined.ties):,}; kept as comments:"
            f" {links.counts['kept']:,}."
        )
    if remarks:
        found.append(f"Notes, attributes and the like, kept as comments: {len(remarks):,}.")
    if n["drafts"]:
        found.append(
            f"Drafts, with their label in a comment: {n['drafts']:,}. Each is said by an unnamed"
            " source of its article: who is meant is for a person to say."
        )
    if links.counts["there"]:
        found.append(f"Relations that are links here already: {links.counts['there']:,}.")
    return found, len(twice)
