"""The whole of a desk's work: the living rows, the deleted ones, the journal."""

from __future__ import annotations

from dataclasses import fields, replace

from claims.exporters.jsonl import Lossless
from claims.records.native import PLACEMENTS
from claims.snapshot.assessments import assessments
from claims.snapshot.bundle import bundle
from claims.snapshot.gone import Gone
from claims.snapshot.journal import journal
from claims.snapshot.placements import placements
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection


def lossless(reader: Reader, chosen: Selection) -> Lossless:
    """Everything that `counterclaim.jsonl` holds.

    With filters only the living rows that the chosen claims need: what was deleted, and the
    journal, are of the whole desk.
    """
    living = bundle(reader, chosen)
    beside = {PLACEMENTS.name: placements(reader, chosen)}
    if chosen.narrow:
        return Lossless(living=living, beside=beside, narrowed=True)
    rest = Gone(chosen)
    gone = bundle(reader, rest)
    return Lossless(
        living=replace(living, assessments=assessments(reader, chosen, deleted_answers=True)),
        gone={
            **{one.name: getattr(gone, one.name) for one in fields(gone) if one.name != "files"},
            PLACEMENTS.name: placements(reader, rest),
        },
        gone_files=gone.files,
        beside=beside | journal(reader, chosen),
        journal=True,
    )
