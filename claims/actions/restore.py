"""How undo puts single rows back, and what stays because it no longer can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.db.models.functions import Now

from claims.actions import obstacles, rules
from claims.actions.attached import called, hanging
from claims.actions.journal import Act
from claims.actions.rows import plain
from claims.actions.standing import THERE, Key, columns
from claims.models import (
    Assessment,
    AssessmentClaim,
    ChangeRow,
    Claim,
    Incident,
    Position,
    Question,
    Revision,
    Side,
)
from claims.models.base import Root
from claims.models.lens import shown


@dataclass(eq=False)
class Moved:
    """A row that was put back; `before` is how it stood until now, none where it was not there."""

    row: models.Model
    before: dict[str, Any] | None


class AllMoved:
    """What was put back, in that order, and found by its row: an act can be of thousands."""

    def __init__(self) -> None:
        self._all: dict[Moved, None] = {}
        self._of: dict[tuple[str, int], list[Moved]] = {}

    def add(self, moved: Moved) -> None:
        self._all[moved] = None
        self._of.setdefault(_key(moved.row), []).append(moved)

    def remove(self, moved: Moved) -> None:
        del self._all[moved]
        self._of[_key(moved.row)].remove(moved)

    def of(self, row: models.Model) -> list[Moved]:
        """The times that the row was put back, which still hold."""
        return self._of.get(_key(row), [])

    def __iter__(self) -> Iterator[Moved]:
        return iter(list(self._all))

    def __contains__(self, moved: Moved) -> bool:
        return moved in self._all

    def __bool__(self) -> bool:
        return bool(self._all)


class Restoration:
    """Puts lines of the journal back within an act; `losses` are sentences for a person.

    `noun` is what the undone act was about: that one must not stay behind. How one of the lines
    in `left` left a row is how the row may be found, and no surprise; but the columns in `built_on`
    are asked about even so.
    """

    def __init__(
        self, act: Act, noun: str, left: Iterable[ChangeRow], built_on: dict[Key, set[str]]
    ) -> None:
        self.act = act
        self.noun = noun
        self.left: dict[Key, list[dict[str, Any]]] = {}
        self.built_on = built_on
        self.losses: list[str] = []
        self.moved = AllMoved()
        self.expect(left)

    def expect(self, lines: Iterable[ChangeRow]) -> None:
        """Notes how these lines left their rows."""
        for line in lines:
            self.left.setdefault((line.model, line.object_id), []).append(line.after or {})

    # -- one line at a time, the newest first -------------------------------------------------

    def put_back(self, line: ChangeRow, *, since: bool = False) -> None:
        """Sets the row to what it was; `since` marks a line of a later act that goes with it."""
        model = apps.get_model("claims", line.model)
        if model is AssessmentClaim or (model is Revision and _first_text(line)):
            return  # immutable: it stays with its article, or with its verdict
        row = _rows(model).select_for_update().filter(pk=line.object_id).first()
        if since:
            data = line.before or line.after or {}
            self._lose(obstacles.changed_since(Claim.objects.get(pk=data["claim_id"])))
        if line.before is None or (line.before.get("deleted_at") and line.after):
            self._take_away(row, line)
        elif line.after is None:
            self._bring_back(model, line, row)
        elif row is not None:
            self._reset(row, line)

    def _take_away(self, row: models.Model | None, line: ChangeRow) -> None:
        """Removes what the change had made, or made again, with what was since hung on it."""
        if row is None or is_gone(row) or self._owner_gone(row, line):
            return
        if not self._as_left(row) or self._built_on(line, {THERE}):
            self._lose(obstacles.changed_since(row))
        if isinstance(row, Root):
            for other in hanging(row):
                if not self._as_left(other) and shown([other]):
                    self._lose(f"Made since, and would go too: the {called(other)}.")
                self._remove(other)
        if isinstance(row, Revision):
            self._clear(row)
        if line.before is None:
            self._remove(row)
        else:
            self._reset(row, line)

    def _clear(self, revision: Revision) -> None:
        """Takes away what was since done on a text that goes; what stands on it alone stays."""
        if why := obstacles.stands_alone(revision):
            raise ValidationError(why)
        for span in revision.spans.select_related("claim__source"):
            self._lose(obstacles.changed_since(span.claim))
            self._remove(span)
        for mark in revision.paragraphs_read.all():
            self._lose("Paragraphs that were marked as read in it since would be so no longer.")
            self._remove(mark)

    def _as_left(self, row: models.Model) -> bool:
        """Whether the row stands as what is undone left it."""
        return plain(row) in self.left.get((row._meta.model_name or "", row.pk), [])

    def _built_on(self, line: ChangeRow, names: Iterable[str]) -> bool:
        """Whether acts of others, done or taken back since, bear on these columns of the row."""
        return not self.built_on.get((line.model, line.object_id), set()).isdisjoint(names)

    def _owner_gone(self, row: models.Model, line: ChangeRow) -> bool:
        """Whether the row is a part of what was deleted since; that is told.

        What an import made as deleted had its parts, and lost them, when it was deleted already.
        """
        owner = obstacles.owner_of(row)
        if owner is None or owner.deleted_at is None or owner.deleted_at <= line.change.at:
            return False
        if not self.moved.of(owner):  # else it goes by this very undo
            self._lose(f"The {called(owner)} was deleted since, and stays so.")
        return True

    def _remove(self, row: models.Model) -> None:
        before = plain(row)
        try:
            with transaction.atomic():
                self.act.remove(row)
        except models.ProtectedError as error:
            raise ValidationError(f"The {called(row)} is in use by now.") from error
        brought = [m for m in self.moved.of(row) if m.before is None]
        if brought:
            self.moved.remove(brought[0])
        else:
            self.moved.add(Moved(row, before))

    def _bring_back(
        self, model: type[models.Model], line: ChangeRow, there: models.Model | None
    ) -> None:
        """Makes a row again that was deleted for good: a span, a figure, an alias, a seat."""
        if there is not None:
            return
        row = model(pk=line.object_id, **values_of(model, line.before or {}))
        if self._owner_gone(row, line):
            return
        text = getattr(row, "revision_id", None)
        if text and not Revision.objects.filter(pk=text).exists():
            self._lose("Words of a text that is gone can't come back: bring that back first.")
            return
        if self._built_on(line, {THERE}):
            self._lose(obstacles.changed_since(row))
        if self._saved(row, None):
            self.moved.add(Moved(row, None))

    def _reset(self, row: models.Model, line: ChangeRow) -> None:
        """Puts the columns back that the change had changed, and no others."""
        before, now = line.before or {}, plain(row)
        names = columns(line) & now.keys()
        if now.get("deleted_at") and THERE not in names:
            self._lose(f"The {called(row)} was deleted since, and stays so.")
            return
        left = [before, *self.left[line.model, line.object_id]]
        target = {name: before[name] for name in names if before[name] != now[name]}
        surprising = any(now[name] not in [state.get(name) for state in left] for name in target)
        if surprising or self._built_on(line, target):
            self._lose(obstacles.changed_since(row))
        self._set(row, now, self._still_there(row, target))

    def _set(self, row: models.Model, now: dict[str, Any], target: dict[str, Any]) -> None:
        if not target:
            return
        for name, value in values_of(type(row), target).items():
            setattr(row, name, value)
        self.act.bump(row)
        try:
            row.clean_fields(exclude=[f.name for f in row._meta.fields if f.is_relation])
            row.clean()
        except ValidationError as error:
            # Later work on the other columns no longer goes with these.
            self._lose(f"The {called(row)} stays as it is: {' '.join(error.messages)}")
            return
        if self._saved(row, now):
            self.moved.add(Moved(row, now))

    def _still_there(self, row: models.Model, target: dict[str, Any]) -> dict[str, Any]:
        """`target` without pointers to what was deleted since."""
        kept = dict(target)
        for field in row._meta.concrete_fields:
            pk = target.get(field.attname)
            if not isinstance(field, models.ForeignKey) or pk is None:
                continue
            rows = _rows(field.related_model).filter(pk=pk)
            if issubclass(field.related_model, Root):
                rows = rows.filter(deleted_at=None)
            if field.related_model is Side:  # which is deleted for good: not until this is done
                rows = rows.select_for_update(no_key=True)
            if rows.first() is None:
                self._lose(f"The {field.verbose_name} of the {called(row)} is gone, and stays so.")
                del kept[field.attname]
        return kept

    def _saved(self, row: models.Model, before: dict[str, Any] | None) -> bool:
        """Saves and records the row; False when another one has its place."""
        stamps = {f.attname: getattr(row, f.attname) for f in _stamped(row)}
        try:
            with transaction.atomic():
                row.save(force_insert=before is None)
                if before is None and stamps:  # a row made again was made when it was made
                    _rows(type(row)).filter(pk=row.pk).update(**stamps)
                    row.refresh_from_db()
        except IntegrityError:
            self._lose(obstacles.place_taken(row))
            return False
        self.act.record(row, before, plain(row))
        return True

    def _lose(self, sentence: str) -> None:
        if sentence not in self.losses:
            self.losses.append(sentence)

    # -- the rules between rows, once all are back ------------------------------------------

    def settle(self) -> None:
        """Leaves as it is what would break a rule; ends what now hangs on nothing."""
        for moved in self._there():
            if isinstance(moved.row, Claim) and moved.row.deleted_at is None:
                self._end_loose_ends(moved.row)
        for moved in self._there():
            if moved in self.moved and (why := obstacles.wrong(moved.row)):
                self._leave(moved, why)
        self._bump_owners()

    def _there(self) -> list[Moved]:
        """What was put back and is in the database, each row read anew."""
        there = [m for m in self.moved if isinstance(m.row, (Root, Assessment)) or m.before is None]
        for moved in there:
            moved.row.refresh_from_db()
        return there

    def _end_loose_ends(self, claim: Claim) -> None:
        for other in hanging(claim):
            if not self.moved.of(other) and rules.breach(other):
                if shown([other]):
                    self._lose(f"Made since, and would go too: the {called(other)}.")
                self._remove(other)

    def _leave(self, moved: Moved, why: str) -> None:
        """Sets a row to how it stood before this undo."""
        row, before = moved.row, moved.before
        going = getattr(row, "deleted_at", None) is not None
        if going and row._meta.model_name == self.noun:
            raise ValidationError(why)
        self._lose(f"The {called(row)} stays as it is: {why}")
        self.moved.remove(moved)
        if before is None:
            self.act.remove(row)
            return
        now = plain(row)
        for name, value in values_of(type(row), before).items():
            setattr(row, name, value)
        self.act.bump(row)
        row.save()
        self.act.record(row, now, plain(row))
        for other in self.moved:
            # What would have gone with it stays with it.
            if going and other.before is not None and _belongs(other.row, row):
                other.row.refresh_from_db()
                self._leave(other, "it belongs to what stays.")

    def _bump_owners(self) -> None:
        """A claim whose words were put back has a new version, as after any edit of them."""
        done = {(type(moved.row), moved.row.pk) for moved in self.moved}
        for moved in self.moved:
            owner = obstacles.owner_of(moved.row)
            if owner is not None and (type(owner), owner.pk) not in done:
                done.add((type(owner), owner.pk))
                _rows(type(owner)).filter(pk=owner.pk).update(
                    version=F("version") + 1, updated_at=Now()
                )


def _key(row: models.Model) -> tuple[str, int]:
    return row._meta.model_name or "", row.pk


def _first_text(line: ChangeRow) -> bool:
    data = line.before or line.after or {}
    return bool(data["number"] == 1)


def is_gone(row: models.Model) -> bool:
    """Whether it is deleted, or, a verdict, withdrawn."""
    return bool(getattr(row, "deleted_at", None) or getattr(row, "withdrawn_at", None))


def _rows(model: type[models.Model]) -> Any:
    return model._meta.default_manager


def values_of(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """The columns of a row as Python has them, from what the journal keeps of it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in data.items() if name in fields}


def _stamped(row: models.Model) -> list[Any]:
    return [f for f in row._meta.concrete_fields if getattr(f, "auto_now_add", False)]


def _belongs(row: models.Model, to: models.Model) -> bool:
    match row, to:
        case Position(), Question():
            return row.question_id == to.pk
        case Question(), Incident():
            return row.incident_id == to.pk
    return False
