"""Where a text comes from: who brought the original in, when, from where, and its hash."""

from __future__ import annotations

from typing import NamedTuple

from claims.importers.reading import PASTED
from claims.models import Credit, Revision


class Custody(NamedTuple):
    """`by_file`: who captured it, as the file says that it was imported with; else blank."""

    revision: Revision
    by_file: str
    is_pasted: bool


def custody(revision: Revision) -> Custody:
    """Of one text; two queries."""
    told = Credit.objects.filter(noun="revision", object_id=revision.pk, field="captured_by")
    name = told.filter(stand_in=revision.captured_by_id).values_list("name", flat=True).first()
    pasted = revision.original_name == PASTED["name"] and not revision.fetched_from
    return Custody(revision, name or "", pasted)
