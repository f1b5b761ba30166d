"""Redo of an act that made very many rows: what its undo took away comes back a batch at a time.

As with that undo (`undo_made.py`), what needs no question is done here; all else is left to the
careful way, row by row. Nobody can have built on what was gone. What is in the way is what happened
to the rows since, or to what they point at, and whoever has a place that only one can have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from claims.actions import undo_made
from claims.actions.bulk import writer
from claims.actions.journal import Act
from claims.actions.restore import values_of
from claims.actions.standing import columns
from claims.actions.undo_made import BATCH, LINES, Told, by_model, note, rows_of
from claims.models import Alias, Assessment, Change, ChangeRow, ChangeTopic
from claims.models.base import Root
from claims.models.folding import folded
from claims.models.lens import every

CAME_BACK = {"claim": "claim.restored", "link": "link.restored"}
"""What is told to webhooks of rows of a kind, by how many there are."""


class InTheWay(Exception):
    """Something that the rows stand on is gone."""


def is_large(change: Change) -> bool:
    """Whether it is the undo of an act that has made very many rows."""
    return change.undo_of is not None and undo_made.is_large(change.undo_of)


def stands_alone(change: Change) -> bool:
    """Whether what was taken away is as it was left, and so is all that it points at."""
    lines = ChangeRow.objects.filter(change=change).order_by()
    since = ChangeRow.objects.filter(workspace=change.workspace_id, change_id__gt=change.pk)
    if not since.exists():
        return not _twice(lines)
    own = Q(model=OuterRef("model"), object_id=OuterRef("object_id"))
    names = set(lines.values_list("model", flat=True).distinct())
    return not (
        _twice(lines)
        or since.filter(Exists(lines.filter(own))).exists()
        or any(_points_at(change, since, name) for name in names)
        or (since.filter(model="link").exists() and _links_others(change))
    )


def _twice(lines: Any) -> bool:
    found = lines.values("model", "object_id").annotate(times=Count("id"))
    return bool(found.filter(times__gt=1).exists())


def _gone(change: Change, name: str) -> Any:
    """The rows of a kind that the change took away, which are still there as deleted."""
    lines = ChangeRow.objects.filter(change=change, model=name).order_by()
    return rows_of(name).filter(pk__in=lines.values_list("object_id", flat=True))


def _points_at(change: Change, since: Any, name: str) -> bool:
    """Whether something that these rows point at was changed since."""
    for field in _pointers(apps.get_model("claims", name)):
        to = field.related_model._meta.model_name
        moved = since.filter(model=to, object_id=OuterRef(field.attname))
        if _gone(change, name).filter(Exists(moved)).exists():
            return True
    return False


def _pointers(model: Any) -> Iterator[Any]:
    """The columns of a model that point at what has a history and can go."""
    for field in model._meta.concrete_fields:
        derived = field.name in getattr(model, "DERIVED", ())
        if field.is_relation and not derived and issubclass(field.related_model, Root):
            yield field


def _links_others(change: Change) -> bool:
    """Whether a link joins a claim that was not taken away: others may lead to that one by now."""
    claims = _gone(change, "claim").values("pk")
    both = Q(from_claim__in=claims, to_claim__in=claims)
    return bool(_gone(change, "link").exclude(both).exists())


def give_back(act: Act, change: Change) -> list[ChangeRow]:
    """Puts back what `change` took away, within `act`; the lines that are left to `Restoration`.

    Raises InTheWay, or IntegrityError where another one has the place of a row: the caller is in a
    transaction of its own, and takes that back.
    """
    incidents = undo_made.incidents(change.act)
    act.incidents |= incidents
    act.evidence.incidents |= incidents - set(_ids(change, "incident"))
    now, counted = timezone.now(), dict.fromkeys(CAME_BACK.values(), 0)
    left: list[ChangeRow] = []
    lines = ChangeRow.objects.filter(change=change).order_by("-id")
    last: int | None = None
    while batch := list((lines.filter(id__lt=last) if last else lines)[:BATCH]):
        last = batch[-1].pk
        told: list[Told] = []
        for name, of_model in by_model(batch):
            back: list[ChangeRow] = []
            for line in of_model:
                (back if _is_gone(name, line) else left).append(line)
            told += _come(name, back, now)
            if name in CAME_BACK:
                counted[CAME_BACK[name]] += len(back)
        writer(ChangeRow, LINES).insert(
            [[act.change.pk, act.actor.workspace.pk, *line] for line in told]
        )
        note(act, told)
    act.events.note_counts(counted)
    topics = ChangeTopic.objects.filter(change=change)
    act.topics.update({(topic.noun, topic.object_id): 1 for topic in topics.iterator()})
    return left


def _ids(change: Change, name: str) -> Any:
    return _gone(change, name).values_list("pk", flat=True)


def _is_gone(name: str, line: ChangeRow) -> bool:
    """Whether the line says that a row was deleted, and nothing else of it changed."""
    model = apps.get_model("claims", name)
    if model is Assessment or line.before is None:
        return False
    if not issubclass(model, Root):
        return line.after is None
    return columns(line) == {"deleted_at"} and not line.before.get("deleted_at")


def _come(name: str, lines: Iterable[ChangeRow], now: Any) -> list[Told]:
    """Brings back rows of one kind; what of them the journal says."""
    model: Any = apps.get_model("claims", name)
    there = {line.object_id: line for line in lines}
    if issubclass(model, Root):
        rows = rows_of(name).filter(pk__in=there)
        rows.update(deleted_at=None, updated_at=now, version=F("version") + 1)
        return [(name, pk, line.after, line.before or {}) for pk, line in there.items()]
    parts = [model(pk=pk, **values_of(model, line.before or {})) for pk, line in there.items()]
    _stand_on(model, parts)
    for part in parts:
        if isinstance(part, Alias):
            part.name_folded = folded(part.name)[:200]
    columns_of = attrgetter(*(field.attname for field in model._meta.concrete_fields))
    writer(model).insert([list(columns_of(part)) for part in parts])
    return [(name, pk, None, line.before) for pk, line in there.items()]


def _stand_on(model: Any, parts: list[Any]) -> None:
    """Raises InTheWay where what one of the parts is of, or in, is no longer there."""
    for field in model._meta.concrete_fields:
        if field.is_relation:
            ids = {getattr(part, field.attname) for part in parts} - {None}
            if every(field.related_model).filter(pk__in=ids).count() < len(ids):
                raise InTheWay
