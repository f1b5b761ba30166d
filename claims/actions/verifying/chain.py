"""The chain over the journal is unbroken, and leads through the head that was kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from claims import custody
from claims.actions.sealing import hashes_of
from claims.actions.verifying.shapes import Breach, Found
from claims.models import Change, Seal, Workspace


def chain(desk: Workspace, head: custody.Head | None) -> Iterator[Found]:
    """Each seal is on the one before it and of exactly its acts; `head` is one of them."""
    number, previous, kept = 0, custody.NOTHING, ""
    for seal in Seal.objects.within(desk).order_by("number").iterator():
        where = f"seal {seal.number}"
        if seal.number != number + 1:
            yield Breach(where, f"expected seal {number + 1} here: one is missing or was put in")
        if seal.previous != previous:
            yield Breach(
                where, f"expected the seal before it to be {previous}, not {seal.previous}"
            )
        acts = list(Change.objects.filter(seal=seal).order_by("id"))
        hashes = hashes_of(acts)
        found = custody.seal_hash(
            str(desk.uid),
            seal.number,
            custody.moment(seal.sealed_at),
            seal.previous,
            (hashes[act.pk] for act in acts),
        )
        if any(act.workspace_id != desk.pk for act in acts):
            yield Breach(where, "it has an act of another desk")
        if found != seal.sha256:
            yield Breach(where, f"{_named(seal, acts)}: expected {seal.sha256}, they give {found}")
        if head and head.number == seal.number:
            kept = found
        number, previous = seal.number, seal.sha256
        yield len(acts)
    if head and kept != head.sha256:
        told = f"these acts give {kept}" if kept else "there is no such seal"
        yield Breach(f"seal {head.number}", f"expected {head.sha256} by the head; {told}")


def _named(seal: Seal, acts: list[Change]) -> str:
    """Which acts are not as they were sealed, as near as can be told."""
    counted = "" if len(acts) == seal.acts else f" of {seal.acts}"
    if not acts:
        return f"no act{counted}"
    return f"{len(acts)} acts{counted}, {acts[0].pk} to {acts[-1].pk}"
