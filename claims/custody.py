"""The chain over the journal: what is hashed and how. Pure; `docs/custody.md` describes it.

Each line of an act has a hash, each act one over its own facts and its lines' hashes, and each seal
one over the seal before it and its acts' hashes. So who holds a seal's number and hash can tell
whether anything at or before it was changed, removed, moved or put in between. Since an act holds
its lines by their hashes alone, a line whose words must go can leave its hash behind.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

FORM = "counterclaim seal 1"
NOTHING = "0" * 64
"""What stands for the hash before the first seal of a desk."""
_HEAD = re.compile(r"(\w+): (.*)")


class ActFacts(NamedTuple):
    """An act as it is hashed. Ids are those of the database: a backup keeps them."""

    id: int
    uid: str
    at: str
    user: int | None
    action: str
    summary: str
    undo_of: int | None
    is_undo: bool


class Head(NamedTuple):
    """The newest seal of a desk, to be kept elsewhere."""

    desk: str
    desk_id: str
    number: int
    sealed_at: str
    sha256: str


def canonical(value: Any) -> bytes:
    """JSON in one form only: keys in order, no white space, UTF-8 as it is."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def moment(at: dt.datetime) -> str:
    """A moment in UTC, always with six places for its microseconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line_hash(id: int, model: str, object_id: int, before: Any, after: Any) -> str:
    """Of one row that an act made, changed or removed; `id` is that of the line."""
    return hashlib.sha256(canonical([id, model, object_id, before, after])).hexdigest()


def topic_hash(noun: str, object_id: int) -> str:
    """Of one thing in whose history the act stands."""
    return hashlib.sha256(canonical([noun, object_id])).hexdigest()


def act_hash(facts: ActFacts, lines: Iterable[str]) -> str:
    """Of an act with the hashes of its lines (by model, object and id), then of its topics."""
    digest = hashlib.sha256(canonical(facts._asdict()))
    for line in lines:
        digest.update(b"\n" + line.encode())
    return digest.hexdigest()


def emptied_hash(lines: Iterable[tuple[str, str, str]]) -> str:
    """Over what went out of the journal with a tombstone, in the order in which it was written.

    Each is `line 5` or `act 7`, with its hashes before and since.
    """
    return hashlib.sha256("\n".join(" ".join(line) for line in lines).encode()).hexdigest()


def seal_hash(desk_id: str, number: int, sealed_at: str, previous: str, acts: Iterable[str]) -> str:
    """Of a seal over these acts' hashes, in the order of the acts' ids."""
    lines = [FORM, desk_id, str(number), sealed_at, previous, *acts]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def written(head: Head) -> str:
    """The head as a small text file."""
    facts = "".join(f"{name}: {value}\n" for name, value in head._asdict().items())
    return f"{FORM}\n{facts}"


def read(text: str) -> Head:
    """The head that such a file holds. ValueError where it holds none."""
    first, *lines = text.strip().splitlines() or [""]
    found = {hit[1]: hit[2] for line in lines if (hit := _HEAD.fullmatch(line.strip()))}
    if first.strip() != FORM or set(found) != set(Head._fields):
        raise ValueError("This is no head of a chain: it has other lines than one.")
    if not found["number"].isdecimal() or not re.fullmatch("[0-9a-f]{64}", found["sha256"]):
        raise ValueError("This is no head of a chain: its number or its hash is none.")
    desk, desk_id, number, sealed_at, sha256 = (found[name] for name in Head._fields)
    return Head(desk, desk_id, int(number), sealed_at, sha256)
