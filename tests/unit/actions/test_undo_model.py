"""What several people do and take back, in any order, ends as a simple model says.

# Python's rules over many acts: what SQL there is, other tests ask of both databases.
pytestmark = pytest.mark.one_database

The model keeps for each column of each row what each act set it to. An undo takes the act out, a
redo puts it in where it was; what is left on top is what must be there. The model knows nothing of
rows put back, of rules, or of what hangs on what: where undo asks or refuses, it only wants a
reason, something else that was done or taken back since and bears on the same things.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from claims.models import Change
from tests.unit.actions.desk import DAYS, Desk

Cell = tuple[str, str]
GONE = "gone"
UID = "uid"  # never edited: there is a row where this is
# What all of the rows have in common, so that it makes no two acts bear on the same thing.
COMMON = {"workspace", "incident", "article", "revision", "annotator", "approver"}


class Modelled(Desk):
    """Nobody agrees to lose anything: what undo asks about stays undone, in the model too."""

    def __init__(self) -> None:
        super().__init__()
        self.first = cells(self.now)
        self.layers: dict[Cell, list[tuple[int, Any]]] = {}
        self.standing: set[int] = set()
        self.bearing: dict[int, set[tuple[str, int]]] = {}
        self.act_of: dict[int, int] = {}
        self.stood: dict[int, frozenset[int]] = {}

    def attempt(self, act: Any, *needed: object) -> Change | None:
        before = cells(self.now)
        change = super().attempt(act, *needed)
        if change is not None:
            self.note(change, before)
            expected = {cell: self.top(cell) for cell in {*self.first, *self.layers}}
            gone = {
                row for (row, column), value in expected.items() if (column, value) == (UID, GONE)
            }
            assert cells(self.now) == {
                cell: value for cell, value in expected.items() if cell[0] not in gone
            }
        return change

    def note(self, change: Change, before: dict[Cell, Any]) -> None:
        """The act as layers over what was there; an undo or redo as its act out or in again."""
        if change.undo_of_id is None:
            now = cells(self.now)
            for cell in {*before, *now}:
                if before.get(cell, GONE) != (value := now.get(cell, GONE)):
                    self.layers.setdefault(cell, []).append((change.pk, value))
            self.bearing[change.pk] = bearing(change)
        act = self.act_of.get(change.undo_of_id or 0, change.pk)
        self.act_of[change.pk] = act
        self.standing ^= {act}
        self.stood[change.pk] = frozenset(self.standing)

    def top(self, cell: Cell) -> Any:
        layers = [value for act, value in self.layers.get(cell, []) if act in self.standing]
        return layers[-1] if layers else self.first.get(cell, GONE)

    def take_back(self, who: int, change: Change | None, *, consent: bool) -> Change | None:
        undone = super().take_back(who, change, consent=False)
        if change is not None and undone is None:
            own = self.act_of[change.pk]
            others = (self.stood[change.pk] ^ self.standing) - {own}
            assert any(self.bearing[own] & self.bearing[other] for other in others)
        return undone


def cells(everything: dict[str, dict[str, Any]]) -> dict[Cell, Any]:
    return {
        (row, column): value
        for row, values in everything.items()
        for column, value in values.items()
    }


def bearing(change: Change) -> set[tuple[str, int]]:
    """The rows that an act touched, and those that they name."""
    rows: set[tuple[str, int]] = set()
    for line in change.rows.all():
        rows.add((line.model, line.object_id))
        for field in apps.get_model("claims", line.model)._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.name not in COMMON:
                named = {(data or {}).get(field.attname) for data in (line.before, line.after)}
                name = field.related_model._meta.model_name or ""
                rows |= {(name, pk) for pk in named if pk is not None}
    return rows


@pytest.mark.django_db
@pytest.mark.parametrize("seed", DAYS)
def test_200_acts_of_several_people_leave_what_the_model_says(seed: int) -> None:
    desk = Modelled()
    try:
        desk.work(seed, changes=200)
    finally:
        desk.teardown()
