"""What changes are about, as links: looked up for a whole page of changes at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps

from claims.actions.topics import Topic
from claims.models import ChangeTopic, Claim, Incident, Question, Workspace
from claims.views.addresses import addresses

MOST = 8
"""So many things a line names; an import touches thousands."""


class Thing(NamedTuple):
    """An object: what it is, what it is called, where it is; what is deleted has its history."""

    noun: str
    name: str
    url: str
    deleted: bool


class Things(NamedTuple):
    """The things of one change, and whether there are more."""

    shown: list[Thing]
    more: bool


def things(
    workspace: Workspace, changes: Collection[int], besides: Topic | None = None
) -> dict[int, Things]:
    """The first things of each change, in at most six queries; `besides` is not named."""
    topics = ChangeTopic.objects.filter(change__in=changes, order__lte=MOST).order_by("order")
    about: dict[int, list[tuple[str, int]]] = defaultdict(list)
    wanted: dict[str, set[int]] = defaultdict(set)
    for topic in topics:
        about[topic.change_id].append((topic.noun, topic.object_id))
        wanted[topic.noun].add(topic.object_id)
    address = addresses(workspace)
    known: dict[tuple[str, int], Thing] = {}
    for noun, ids in wanted.items():
        for id, row in _rows(workspace, noun, ids).items():
            known[noun, id] = thing(row, address)
    found = {}
    for change, named in about.items():
        # Who says a claim stands in its name.
        by_claim = any(noun == "claim" for noun, _ in named)
        shown = [
            known[topic]
            for topic in named[:MOST]
            if topic in known and topic != besides and not (by_claim and topic[0] == "source")
        ]
        found[change] = Things(shown, len(named) > MOST)
    return found


def thing(row: Any, address: Callable[[str, UUID], str]) -> Thing:
    """One object as a link."""
    noun: str = row._meta.model_name
    if row.deleted_at is not None:
        url = address(f"{noun}-history", row.uid)
        return Thing(noun, called(row), url, deleted=True)
    if isinstance(row, Question):
        url = f"{address('incident', row.incident.uid)}#question-{row.uid}"
    else:
        url = address(noun, row.uid)
    return Thing(noun, called(row), url, deleted=False)


def called(row: Any) -> str:
    """A short name."""
    match row:
        case Claim():
            return f"claim of {row.source}"
        case Incident():
            return row.code
    return str(row)


def found(workspace: Workspace, noun: str) -> Any:
    """The rows of a noun with what their names are made of; the deleted ones too."""
    model: Any = apps.get_model("claims", noun)
    rows = model.objects.within(workspace)
    above = {"claim": ("source", "article"), "question": ("incident",)}.get(noun, ())
    return rows.select_related(*above) if above else rows


def _rows(workspace: Workspace, noun: str, ids: set[int]) -> dict[int, Any]:
    rows: dict[int, Any] = found(workspace, noun).in_bulk(ids)
    return rows
