"""Every text has its sha256, and every quote stands where it says it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from claims.actions.verifying.shapes import Breach, Found, short, some
from claims.models import Placement, Revision, Span, Workspace

AT_ONCE = 50
"""Texts in memory: one can be 5 MB long."""
ROWS = 2_000


def texts(desk: Workspace) -> Iterator[Found]:
    """Each text, its spans, and the words that wait to be placed on a newer one."""
    rows = Revision.objects.within(desk).order_by("id")
    for part in some(rows.values_list("id", "uid", "text", "sha256").iterator(AT_ONCE), AT_ONCE):
        count = 0
        held: dict[int, str] = {}
        for id, uid, text, sha256 in part:
            held[id] = text
            found = hashlib.sha256(text.encode()).hexdigest()
            if found != sha256:
                yield Breach(
                    f"revision {uid}", f"expected a text with sha256 {sha256}, not {found}"
                )
        for what, quotes in (("span", _spans(held)), ("placement", _placements(held))):
            for uid, revision, start, end, quote in quotes:
                count += 1
                stands = held[revision][start:end]
                if stands != quote:
                    told = f"expected {short(quote)} at {start}-{end}, there is {short(stands)}"
                    yield Breach(f"{what} {uid}", told)
        yield len(part) + count


def _spans(held: dict[int, str]) -> Any:
    rows = Span.objects.filter(revision__in=held).order_by()
    return rows.values_list("uid", "revision_id", "start", "end", "quote").iterator(ROWS)


def _placements(held: dict[int, str]) -> Any:
    rows = Placement.objects.filter(before__in=held).order_by()
    return rows.values_list("uid", "before_id", "was_start", "was_end", "quote").iterator(ROWS)
