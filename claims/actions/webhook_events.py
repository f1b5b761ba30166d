"""What an act has to tell to the desk's webhooks: gathered row by row, written at its end.

The deliveries are rows of the same transaction: an act that is taken back tells nothing, and one
that is done is told even if the server dies right after. A desk without webhooks pays one query for
an act that changes a claim, a link, a verdict or something of an incident, and none for others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims.actions import webhook_facts, webhook_verdicts
from claims.models import (
    Assessment,
    Claim,
    Delivery,
    Figure,
    Incident,
    Link,
    Span,
    Webhook,
    Workspace,
)

Data = dict[str, Any]

MOST = 50
"""An act with more events than this is told as one, with their numbers (`BULK`)."""
BULK = "bulk"
TEST = "webhook.test"
STATE = "incident.state_changed"
MOST_IDS = 1_000
"""So many ids of each event stand in a bulk event."""
BATCH = 500
# Moves with every edit, or says who did it.
NOT_TOLD = frozenset({"deleted_at", "annotator_id", "approver_id"})


class Event(NamedTuple):
    """Something that happened to the row `id`; `more` is told beside its facts."""

    name: str
    id: int
    more: Data = {}
    hidden: bool = False

    @property
    def noun(self) -> str:
        return self.name.partition(".")[0]


class Events:
    """The events of one act."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        # By noun and id: how the row was before the act, and is after it.
        self.rows: dict[str, dict[int, tuple[Data | None, Data | None]]] = {
            "claim": {},
            "link": {},
            "verdict": {},
        }
        # Claims of which words or numbers came or went.
        self.parts: dict[int, set[str]] = {}
        self.states: dict[int, str] = {}
        # Made by one statement, which told of them by their number alone.
        self.counted: dict[str, int] = {}

    @cached_property
    def webhooks(self) -> list[Webhook]:
        """Who is to be told; asked for once, and only when there is something to tell."""
        return list(Webhook.objects.within(self.workspace).live())

    def note(self, row: models.Model, before: Data | None, after: Data | None) -> None:
        """Takes in one row of the journal."""
        match row:
            case Claim():
                noun = "claim"
            case Link():
                noun = "link"
            case Assessment():
                noun = "verdict"
            case Span() | Figure():
                if self.webhooks:
                    self.parts.setdefault(row.claim_id, set()).add(f"{row._meta.model_name}s")
                return
            case _:
                return
        if self.webhooks:
            noted = self.rows[noun]
            first = noted[row.pk][0] if row.pk in noted else before
            if first is None and after and noun != "verdict":
                after = {"deleted_at": after["deleted_at"]}  # of an import, there are many
            noted[row.pk] = (first, after)

    def note_many(self, noun: str, rows: models.QuerySet[Any]) -> None:
        """Takes in rows of one kind that were made by one statement; counted, not read."""
        if noun in ("claim", "link") and self.webhooks:
            self.counted[f"{noun}.created"] = rows.count()

    def note_counts(self, counts: Mapping[str, int]) -> None:
        """Takes in how many there are of some events, where many were written at once."""
        if self.webhooks:
            for name, count in counts.items():
                self.counted[name] = self.counted.get(name, 0) + count

    def note_states(self, incidents: Iterable[int]) -> None:
        """Keeps the states of these incidents, before they are refreshed; locks them."""
        if incidents and any(webhook.tells_states for webhook in self.webhooks):
            self.states = dict(self._states(incidents, lock=True))

    def write(self) -> None:
        """Writes the deliveries; the caller is in the transaction of the act."""
        events = [*self._of_roots("claim"), *self._of_roots("link"), *self._of_states()]
        if noted := self.rows["verdict"]:
            events += self._of_verdicts(noted)
        if self.counted or len(events) > MOST:
            told = [(self._bulk(events, webhook), webhook) for webhook in self.webhooks]
            Delivery.objects.bulk_create(delivery(to, one) for one, to in told if one)
        elif events:
            bodies = list(self._bodies(events))
            Delivery.objects.bulk_create(
                delivery(webhook, one)
                for webhook in self.webhooks
                for event, one in zip(events, bodies, strict=True)
                if webhook.tells(event.noun)
            )

    # -- which events -----------------------------------------------------------------------

    def _of_roots(self, noun: str) -> Iterator[Event]:
        noted = dict(self.rows[noun])
        if noun == "claim":
            noted |= {id: ({}, {}) for id in self.parts if id not in noted}
        for id, (before, after) in noted.items():
            there = after is not None and not after.get("deleted_at")
            if before is None:
                if there:
                    yield Event(f"{noun}.created", id)
                continue
            was = not before.get("deleted_at")
            if was != there:
                yield Event(f"{noun}.{'restored' if there else 'deleted'}", id)
            elif there and (changed := self._changed(noun, id, before, after or {})):
                yield Event(f"{noun}.changed", id, {"changed": changed})

    def _changed(self, noun: str, id: int, before: Data, after: Data) -> list[str]:
        names = {name for name in after if before.get(name) != after[name]} - NOT_TOLD
        parts = self.parts.get(id, set()) if noun == "claim" else set()
        return sorted({name.removesuffix("_id") for name in names} | parts)

    def _of_states(self) -> Iterator[Event]:
        now = self._states(self.states) if self.states else ()
        for id, state in now:
            if state != self.states[id]:
                yield Event(STATE, id, {"was": self.states[id]})

    def _of_verdicts(self, noted: dict[int, tuple[Data | None, Data | None]]) -> list[Event]:
        if len(noted) > MOST:
            return [Event(name, id) for id, name in webhook_verdicts.plain_news(noted)]
        found = webhook_verdicts.news(noted)
        return [Event(one.event, one.id, hidden=one.hidden) for one in found]

    def _states(self, incidents: Iterable[int], *, lock: bool = False) -> Iterator[tuple[int, str]]:
        ids = sorted(incidents)
        rows = Incident.objects.kept().order_by("id")
        for start in range(0, len(ids), BATCH):
            found = rows.filter(pk__in=ids[start : start + BATCH])
            found = found.select_for_update() if lock else found
            yield from found.values_list("pk", "state")

    # -- what is said of them ---------------------------------------------------------------

    def _bodies(self, events: list[Event]) -> Iterator[Body]:
        facts = {
            noun: webhook_facts.facts(
                self.workspace, noun, {event.id for event in events if event.noun == noun}
            )
            for noun in {event.noun for event in events}
        }
        for event in events:
            told = facts[event.noun][event.id]
            if event.hidden:
                told = webhook_facts.without_findings(told)
            yield body(self.workspace, event.name, told | event.more)

    def _bulk(self, events: list[Event], webhook: Webhook) -> Body | None:
        """One event for many: how many of each, and the ids of the first."""
        ids: dict[str, list[int]] = {}
        for event in events:
            if webhook.tells(event.noun):
                ids.setdefault(event.name, []).append(event.id)
        counts = {name: len(its) for name, its in ids.items()}
        for name, count in self.counted.items():
            if webhook.tells(name.partition(".")[0]):
                counts[name] = counts.get(name, 0) + count
        if not counts:
            return None
        first = {
            name: webhook_facts.uids(name.partition(".")[0], sorted(its)[:MOST_IDS])
            for name, its in ids.items()
        }
        return body(self.workspace, BULK, {"counts": counts, "ids": first})


class Body(NamedTuple):
    """An event as it is sent."""

    event: str
    uid: Any
    content: bytes


def body(workspace: Workspace, event: str, data: Data) -> Body:
    """The bytes that are signed and sent, with a new id."""
    uid = uuid7()
    told = {
        "event": event,
        "id": str(uid),
        "at": timezone.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "workspace": workspace.slug,
        "data": data,
    }
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Body(event, uid, content)


def delivery(webhook: Webhook, told: Body) -> Delivery:
    """What is to be sent to one webhook, unsaved."""
    return Delivery(
        workspace_id=webhook.workspace_id,
        webhook=webhook,
        event=told.event,
        event_uid=told.uid,
        body=told.content,
    )
