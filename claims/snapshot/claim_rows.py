"""A row a claim, with everything that a reader needs beside it (`claims.csv` alone)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter

from claims.exporters.claims_csv import ClaimRow, incident_date, list_ids
from claims.records import Extent, SpanRole, Stance
from claims.records.cells import join_offsets, join_quotes
from claims.snapshot import claim_sql
from claims.snapshot.competitors import competitors
from claims.snapshot.merge import Groups, Row
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection

BETWEEN = " | "
"""Between the questions of a claim, and between its answers."""

NONE = "none"
"""Stands for the verdict of a question that has none, beside one that has."""

SEVERAL = " / "
"""Between the verdicts of several reviewers on one question."""


SOURCE, CUE, CONTENT = SpanRole.SOURCE.value, SpanRole.CUE.value, SpanRole.CONTENT.value


def claim_rows(
    reader: Reader, chosen: Selection, permalink: Callable[[str], str]
) -> Iterator[ClaimRow]:
    """The claims of each incident together, in the order of their uids; then those of none.

    `permalink` turns the uid of a claim into an address.
    """
    for about in claim_sql.parts(chosen):
        spans = Groups(reader.rows(claim_sql.spans(reader, chosen, about), chosen.params), 2)
        filings = Groups(reader.rows(claim_sql.filings(reader, chosen, about), chosen.params), 2)
        rivals: Iterator[Row] = iter(())
        if about is not claim_sql.OF_NONE:
            rivals = competitors(reader, chosen)
        competing = Groups(rivals, 2)
        for row in reader.rows(claim_sql.claims(reader, chosen, about), chosen.params):
            key = row[:2]
            ids = list_ids(uid for (uid,) in competing.of(*key)) if row[2] else ""
            yield _row(row[2:], permalink(row[3]), spans.of(*key), filings.of(*key), ids)


def _row(row: Row, permalink: str, spans: list[Row], filings: list[Row], ids: str) -> ClaimRow:
    # A filing has a row for each verdict on its question.
    filed = [list(rows) for _, rows in groupby(filings, itemgetter(0))]
    # The newest text with spans; one without any is taken only where there are none at all.
    number, sha256 = next((span[:2] for span in spans if span[2]), spans[0][:2])
    words: dict[str | None, list[str]] = {SOURCE: [], CUE: [], CONTENT: [], None: []}
    offsets = []
    for of_number, _, role, start, end, quote in spans:
        if of_number == number:
            words[role].append(quote)
            if role == CONTENT:
                offsets.append((start, end))
    return ClaimRow._make(
        (
            row[1],
            permalink,
            *row[2:5],
            incident_date(row[5], row[6]),
            *row[7:17],
            number,
            sha256,
            row[17],
            join_quotes(words[SOURCE]),
            *row[18:28],
            join_quotes(words[CONTENT]),
            join_quotes(words[CUE]),
            *row[28:33],
            join_offsets(offsets),
            BETWEEN.join(rows[0][1] for rows in filed),
            BETWEEN.join(_answer(*rows[0][2:5]) for rows in filed),
            *row[33:35],
            row[0],
            ids,
            *_assessed(filed),
            *row[35:],
        )
    )


def _answer(answer: str, stance: str, extent: str) -> str:
    """`Air strike` where it is held fully; else `rejects: `, `holds in part: ` and so on."""
    if (stance, extent) == (Stance.HOLDS, Extent.FULLY):
        return answer
    return f"{stance}{' in part' if extent == Extent.IN_PART else ''}: {answer}"


def _assessed(filed: list[list[Row]]) -> tuple[str, str, str]:
    """Verdicts, likelihoods and confidences, each in the order of the questions."""
    if all(rows[0][5] is None for rows in filed):
        return "", "", ""
    cells = [
        [_found(*row[5:]) for row in rows if row[5] is not None] or [(NONE, NONE, NONE)]
        for rows in filed
    ]
    verdicts, likelihoods, confidences = (
        BETWEEN.join(SEVERAL.join(cell[at] for cell in several) for several in cells)
        for at in range(3)
    )
    return verdicts, likelihoods, confidences


def _found(
    verdict: str, answer: str, likelihood: str, confidence: str, second: bool
) -> tuple[str, str, str]:
    told = f"{verdict}: {answer}" if answer else verdict
    return f"{told} (second)" if second else told, likelihood or NONE, confidence
