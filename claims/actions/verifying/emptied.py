"""Words went out of the journal only with a tombstone, and nothing was changed there since."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from claims import custody
from claims.actions.redacting import digest
from claims.actions.sealing import as_they_stand
from claims.actions.verifying.shapes import Breach, Found, some
from claims.models import Change, ChangeRow, Emptied, Tombstone, Workspace

ROWS = 500


def emptied(desk: Workspace) -> Iterator[Found]:
    """Each tombstone, and each line and act that has left a hash in place of what it said."""
    for tombstone in Tombstone.objects.within(desk).order_by("id").iterator(ROWS):
        lines = list(Emptied.objects.filter(tombstone=tombstone).order_by("id"))
        if (len(lines), _over(lines)) != (tombstone.emptied, tombstone.emptied_sha256):
            told = f"expected {tombstone.emptied} lines under it, as they were written down"
            yield Breach(f"tombstone {tombstone.uid}", told)
        yield 1 + len(lines)
    rows = ChangeRow.objects.filter(workspace=desk, left_sha256__isnull=False).order_by("id")
    for lines_of in some(rows.iterator(ROWS), ROWS):
        now = {
            one.pk: custody.line_hash(one.pk, one.model, one.object_id, one.before, one.after)
            for one in lines_of
        }
        yield from _covered("line", {one.pk: one.left_sha256 for one in lines_of}, now)
    acts = Change.objects.within(desk).filter(left_sha256__isnull=False).order_by("id")
    for acts_of in some(acts.iterator(ROWS), ROWS):
        left = {one.pk: one.left_sha256 for one in acts_of}
        yield from _covered("change", left, as_they_stand(acts_of))


def _over(lines: list[Emptied]) -> str:
    """A tombstone beside the first of its purge has no lines, and no hash over them."""
    return digest(lines) if lines else ""


def _covered(of: str, left: dict[int, Any], now: dict[int, str]) -> Iterator[Found]:
    """Each is under a tombstone, has left the hash that it had, and is as the last one left it."""
    by = f"{of}_id"
    told = Emptied.objects.filter(**{f"{by}__in": left}).order_by(by, "id")
    newest = {pk: list(lines)[-1] for pk, lines in groupby(told, key=lambda one: getattr(one, by))}
    word = "act" if of == "change" else of
    for pk, was in left.items():
        one = newest.get(pk)
        if one is None:
            yield Breach(f"{word} {pk}", "expected a tombstone: words went out of it without one")
        elif (one.was, one.now) != (was, now[pk]):
            yield Breach(f"{word} {pk}", "expected it as the tombstone left it")
    yield len(left)
