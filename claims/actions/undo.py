"""Undo: the rows of a Change put back as they were, as a Change of its own."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from claims.actions import rules
from claims.actions.attached import attached, describe
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Act, Actor, plain
from claims.models import Change, ChangeRow, Claim, Revision
from claims.models.base import Root


def latest(actor: Actor) -> Change | None:
    """What `u` would undo: the person's newest change that is not undone and no undo itself."""
    mine = Change.objects.filter(workspace=actor.workspace, user=actor.user, is_undo=False)
    found: Change | None = mine.filter(undone_by=None).order_by("-id").first()
    return found


def undo(actor: Actor, change: Change, *, consent: bool = False) -> Change:
    """Puts everything that `change` did back, as a new Change; undoing that one is a redo.

    Raises NeedsConsent when others changed the same things since, or when a part can no longer
    come back (with `consent` the rest is put back and that part is left as it is), and
    ValidationError when it was undone already or nothing of it can be.
    """
    word = "redid" if change.is_undo else "undid"
    with Act(
        actor, "redo" if change.is_undo else "undo", f"{word}: {change.summary}", undo_of=change
    ) as act:
        # The act's first lock: two presses of `u` are one undo.
        change = Change.objects.select_for_update().get(pk=change.pk)
        if Change.objects.filter(undo_of=change).exists():
            raise ValidationError("That was undone already.")
        act.lock_incidents(_incidents(change))
        losses: list[str] = []
        back = [
            row
            for line in change.rows.order_by("-id")
            if _model(line) is not Revision and (row := _put_back(act, line, losses))
        ]
        _check(act, back, losses)
        if losses and not consent:
            raise NeedsConsent(losses)
        if act.change.pk is None:
            raise ValidationError("Nothing of that can be put back.")
    return act.change


def _model(row: ChangeRow) -> type[models.Model]:
    return apps.get_model("claims", row.model)


def _find(row: ChangeRow) -> models.Model | None:
    found: models.Model | None = (
        _model(row)._default_manager.select_for_update().filter(pk=row.object_id).first()
    )
    return found


def _incidents(change: Change) -> set[int]:
    """The incidents named in the change's rows, to be locked before anything else."""
    named: set[int] = set()
    for row in change.rows.all():
        for data in (row.before, row.after):
            if data and data.get("incident_id"):
                named.add(data["incident_id"])
    return named


def _put_back(act: Act, line: ChangeRow, losses: list[str]) -> models.Model | None:
    """Sets the row to what it was; None when nothing is left to check of it."""
    current = _find(line)
    target: dict[str, Any] | None = line.before
    before = plain(current) if current else None
    if before != line.after:
        losses.append(_changed_since(line, current))
    if before == target:
        return None
    if current is None:
        assert target is not None
        current = _model(line)(pk=line.object_id, **_values(_model(line), target))
        _save(current, force_insert=True)
        act.record(current, None, plain(current))
        return current
    if target is None:
        return _take_away(act, current, losses)
    for name, value in _values(type(current), target).items():
        setattr(current, name, value)
    act.bump(current)
    _save(current)
    act.record(current, before, plain(current))
    return current


def _changed_since(line: ChangeRow, current: models.Model | None) -> str:
    name = _model(line)._meta.verbose_name
    if current is None or getattr(current, "deleted_at", None):
        return f"The {name} was deleted since."
    return f"The {name} “{current}” was changed since; that would be taken back too."


def _take_away(act: Act, row: models.Model, losses: list[str]) -> models.Model | None:
    """Removes what the change had made, with what was since hung on it."""
    if not isinstance(row, Root):
        act.remove(row)
        return None
    if row.deleted_at:
        return None
    if isinstance(row, Claim):
        for hanging in attached(row):
            losses.append(f"Made since, and would go too: {describe(hanging)}.")
            act.remove(hanging)
    act.remove(row)
    return row


def _save(row: models.Model, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=force_insert)
    except IntegrityError as error:
        raise ValidationError(
            f"The {row._meta.verbose_name} can't come back: another one has its place."
        ) from error


def _values(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in data.items() if name in fields}


def _check(act: Act, back: list[models.Model], losses: list[str]) -> None:
    """The rules between rows, once all are back: what would break one stays away."""
    for row in back:
        row.refresh_from_db()
        wrong = rules.breach(row)
        if not wrong:
            continue
        if not isinstance(row, Root) or row.deleted_at is not None:
            raise ValidationError(wrong)
        losses.append(f"The {row._meta.verbose_name} can't come back: {wrong}")
        act.remove(row)
