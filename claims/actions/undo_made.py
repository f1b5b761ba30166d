"""Undo of an act that made very many rows, on which nobody has built since: a batch at a time.

Row by row (`restore.py`) a thousand claims take half a minute, in which nobody else can write. What
may be taken back here is what needs no question; all else is left to the careful way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from claims.actions.bulk import writer
from claims.actions.journal import CARRIES_WORDS, Act
from claims.actions.rows import to_json
from claims.actions.standing import PARTS
from claims.models import Assessment, Change, ChangeRow, ChangeTopic
from claims.models.base import Root
from claims.records import ClaimKind
from claims.searching.facets import Noun

FEW = 500
"""Acts with fewer rows are taken back one by one: it is quick, and says more."""
BATCH = 500
STAYS = frozenset({"revision", "assessmentclaim"})
"""Immutable: with its article, or with its verdict."""
_OWNERS = PARTS | {"paragraphread": ("revision", "revision_id"), "revision": ("article", "")}
# Kept by the program itself, not by people.
_BOOKS = frozenset(
    {"assessmentchange", "pastchange", "suggestion", "textprint", "toread", "upload"}
)
LINES = ("change_id", "workspace_id", "model", "object_id", "before", "after")
Data = dict[str, Any]


def is_large(change: Change) -> bool:
    """Whether the act has made very many rows."""
    made = ChangeRow.objects.filter(change=change, before__isnull=True).order_by("id")
    return not change.undo_of_id and change.action != CARRIES_WORDS and made[FEW - 1 : FEW].exists()


def stands_alone(change: Change) -> bool:
    """Whether all of a large act stands as it left it, and nothing points at what it has made."""
    lines = ChangeRow.objects.filter(change=change)
    edits = lines.filter(before__isnull=False)
    made = lines.filter(before__isnull=True).order_by()
    names = set(made.values_list("model", flat=True).distinct())
    own = Q(model=OuterRef("model"), object_id=OuterRef("object_id"))
    again = ChangeRow.objects.filter(workspace=change.workspace_id, change_id__gt=change.pk)
    return not (
        edits.filter(Exists(made.filter(own))).exists()
        or again.filter(Exists(lines.filter(own).order_by())).exists()
        or any(_has_others(change, name) for name in names & _OWNERS.keys())
        or any(_is_built_upon(change, name, names) for name in names)
    )


def _made(change: Change, name: str) -> Any:
    lines = ChangeRow.objects.filter(change=change, model=name, before__isnull=True)
    return lines.order_by().values_list("object_id", flat=True)


def _has_others(change: Change, name: str) -> bool:
    """Whether some of these parts belong to what the act has not made."""
    rows = rows_of(name).filter(pk__in=_made(change, name))
    owner = _OWNERS[name][0]
    return bool(rows.exclude(**{f"{owner}__in": _made(change, owner)}).exists())


def _is_built_upon(change: Change, name: str, names: set[str]) -> bool:
    """Whether something that the act has not made points at what it has."""
    for relation in apps.get_model("claims", name)._meta.related_objects:
        other: Any = relation.related_model
        by = other._meta.model_name
        if by in _BOOKS or relation.field.name in getattr(other, "DERIVED", ()):
            continue
        rows = rows_of(by).filter(**{f"{relation.field.name}__in": _made(change, name)})
        if issubclass(other, Root):
            rows = rows.filter(deleted_at=None)
        if by in names:
            rows = rows.exclude(pk__in=_made(change, by))
        if rows.exists():
            return True
    return False


def rows_of(name: str) -> Any:
    """The rows of a model, by its name."""
    return apps.get_model("claims", name)._default_manager.order_by()


def take_back(act: Act, change: Change) -> None:
    """Deletes all that `change` has made, within `act`, the last made first.

    What it has only edited is left to `restore.Restoration`.
    """
    act.begin()
    act.incidents |= incidents(change)
    act.evidence.incidents |= act.incidents - set(_made(change, "incident"))
    lines = ChangeRow.objects.filter(change=change, before__isnull=True).order_by("-id")
    now = timezone.now()
    counted = {"claim.deleted": 0, "link.deleted": 0}
    last = None
    while batch := list((lines.filter(id__lt=last) if last else lines)[:BATCH]):
        last = batch[-1].pk
        told = [
            line for name, of_model in by_model(batch) for line in _go(act, name, of_model, now)
        ]
        writer(ChangeRow, LINES).insert(
            [
                [act.change.pk, act.actor.workspace.pk, name, pk, before, after]
                for name, pk, before, after in told
            ]
        )
        note(act, told)
        for name, _, _, after in told:
            if after is not None and f"{name}.deleted" in counted:
                counted[f"{name}.deleted"] += 1
    act.events.note_counts(counted)
    act.topics.update(
        {
            (topic.noun, topic.object_id): 1
            for topic in ChangeTopic.objects.filter(change=change).iterator()
        }
    )


def by_model(lines: Iterable[ChangeRow]) -> Iterator[tuple[str, list[ChangeRow]]]:
    """The lines by their model, in the order in which each is met."""
    found: dict[str, list[ChangeRow]] = {}
    for line in lines:
        found.setdefault(line.model, []).append(line)
    yield from found.items()


Told = tuple[str, int, Data | None, Data | None]
"""A line of the journal: the model, the id, before and after."""


def _go(act: Act, name: str, lines: list[ChangeRow], now: Any) -> list[Told]:
    """Takes away rows of one kind; what was made as deleted stays as it is."""
    if name in STAYS:
        return []
    model = apps.get_model("claims", name)
    there = {line.object_id: line.after or {} for line in lines}
    if model is Assessment:
        for verdict in Assessment.objects.filter(pk__in=there, withdrawn_at=None).order_by("-id"):
            act.remove(verdict)
        return []
    if issubclass(model, Root):
        living = {pk: data for pk, data in there.items() if not data.get("deleted_at")}
        rows = rows_of(name).filter(pk__in=living)
        rows.update(deleted_at=now, updated_at=now, version=F("version") + 1)
        gone = {"deleted_at": to_json(now)}
        return [(name, pk, data, data | gone) for pk, data in living.items()]
    if name in PARTS:
        owner, column = PARTS[name]
        owners = {data[column] for data in there.values()}
        stay = set(rows_of(owner).filter(pk__in=owners).exclude(deleted_at=None).values_list("pk"))
        there = {pk: data for pk, data in there.items() if (data[column],) not in stay}
    rows_of(name).filter(pk__in=there).delete()
    return [(name, pk, data, None) for pk, data in there.items()]


def note(act: Act, told: Iterable[Told]) -> None:
    """What is searched no more, or again, and whose evidence is touched."""
    for name, pk, before, after in told:
        data = before or after or {}
        if name in _SEARCHED:
            act.searched.setdefault(_SEARCHED[name], set()).add(pk)
        if name == "claim":
            if data["incident_id"] is None:
                act.claims.add(pk)
            if data["kind"] == ClaimKind.FACTUAL:
                act.evidence.claims.add(pk)


_SEARCHED = {noun.value: noun for noun in Noun}


def incidents(change: Change) -> set[int]:
    """All incidents whose states the rows bear on."""
    found: set[int] = set(_made(change, "incident"))
    for name, path in (
        ("claim", "incident_id"),
        ("question", "incident_id"),
        ("link", "incident_id"),
        ("position", "question__incident_id"),
        ("filing", "position__question__incident_id"),
    ):
        rows = rows_of(name).filter(pk__in=_made(change, name))
        found |= set(rows.values_list(path, flat=True).distinct())
    return found - {None}
