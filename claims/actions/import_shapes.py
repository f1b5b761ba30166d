"""What a format of import is: how a file of many things is planned, and how its rows are made.

To add one: an object with these attributes, in `import_formats.FORMATS`. Pages, progress, cancel,
leases, all-or-nothing, the journal and undo are the same for all (`imports.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol, TypeVar

from django.db import models
from django.db.models import QuerySet

from claims.actions.journal import Actor
from claims.models import Change, Import, Staged

T = TypeVar("T")
Made = Generator[list[models.Model], None, None]
"""Rows that were made, some a step."""
Shown = Generator[int, None, None]
"""How many rows each step has shown."""
Changed = Callable[[Sequence[models.Model]], None]
"""Hears of rows that were completed after they were made."""

NEW = "new"
THERE = "there"
WRONG = "wrong"
HEAVY = 16 * 1024 * 1024
"""Bytes of files that are held at once, and one file more."""


class Item(NamedTuple):
    """One thing of a file: to be made, there already (`match` is its uid), or wrong and why.

    `where` says in which file or line; `field` may be empty. `payload` is the format's own.
    """

    number: int
    where: str
    what: str
    title: str = ""
    field: str = ""
    why: str = ""
    match: str = ""
    payload: Any = None

    def shown(self) -> dict[str, Any]:
        """Without its payload, as JSON keeps it."""
        return {key: value for key, value in self._asdict().items() if key != "payload"}


class Planned(NamedTuple):
    """A step of a plan: an item that stands for so many things, or a sentence on the whole file.

    Or what there is to choose in it, as JSON keeps it.
    """

    item: Item | None = None
    note: str = ""
    things: int = 1
    offers: dict[str, Any] | None = None


class Known(Protocol):
    """What every format is: `things` is what it brings in, as the pages count it.

    `key` is kept with the import, `rule` is a key of `policy.RULES`, `action` the journal's.
    """

    key: str
    label: str
    rule: str
    action: str
    things: str

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether a file of this name that begins like this is one of the format."""
        ...

    def plan(self, actor: Actor, job: Import) -> Iterator[Planned]:
        """What would be made, in the file's order, the same at each reading; writes nothing.

        Raises ReadError when the file can't be read (on).
        """
        ...


class Whole(Known, Protocol):
    """A format whose rows hang together: all of them come in, or none."""

    def opened(self, job: Import) -> AbstractContextManager[Any]:
        """The file of the import, looked through once. Raises ReadError."""
        ...

    def make(self, actor: Actor, job: Import, work: Any, changed: Changed) -> Made:
        """Makes what is new in `work`, some rows a step, as deleted when the import was made.

        The caller is in a transaction at each step. What was made already and changes once more is
        told to `changed`. Raises ValidationError where something is wrong.
        """
        ...

    def rehearse(self, job: Import) -> None:
        """Raises ValidationError where something is in the way of what was made."""
        ...

    def show(self, job: Import, change: Change) -> Shown:
        """Shows what was made: so many rows a step."""
        ...

    def finish(self, actor: Actor, job: Import, work: Any, change: Change) -> Made:
        """Makes what can't be hidden, once everything else is shown."""
        ...

    def loosen(self, job: Import) -> None:
        """Lets rows that nobody saw be deleted in the order in which they were made, backwards."""
        ...

    def drop(self, actor: Actor, rows: Sequence[models.Model]) -> None:
        """Takes away what rows that nobody saw hold elsewhere."""
        ...


class Format(Known, Protocol):
    """A format of things that stand for themselves: made in steps, shown at once."""

    def stage(self, actor: Actor, job: Import, items: Sequence[Item]) -> list[Staging]:
        """Makes the rows of new items: marked as deleted, where they can be. In a transaction."""
        ...

    def weigh(self, item: Item) -> int:
        """How many bytes the item holds in memory."""
        ...

    def drop(self, actor: Actor, rows: Sequence[models.Model]) -> None:
        """Takes away what staged rows hold outside the database."""
        ...

    def doubles(self, actor: Actor, job: Import) -> QuerySet[Staged]:
        """What is staged, and what somebody else has made in the meantime."""
        ...

    def summary(self, job: Import, count: int) -> str:
        """What was done, as the journal says it."""
        ...


def some(
    values: Iterable[T], size: int, weigh: Callable[[T], int] = lambda _: 0
) -> Iterator[list[T]]:
    """The values in lists of `size`, or of fewer where they weigh more than `HEAVY` (bytes)."""
    found: list[T] = []
    weight = 0
    for value in values:
        found.append(value)
        weight += weigh(value)
        if len(found) == size or weight > HEAVY:
            yield found
            found, weight = [], 0
    if found:
        yield found


class Staging(NamedTuple):
    """A row that was made for an item."""

    number: int
    row: models.Model
