"""Through which every query of a request looks: nothing for nearly everybody.

A member who works blind on an article must not meet what others recorded there, by whatever route.
So the restriction is no argument that a view could forget: whoever lets a request in sets the lens,
every query set of a workspace's rows asks for it (`base.py`), and so does an export (`snapshot`).
What writes sees all (`through`): states are computed of all claims, whoever saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

from django.db.models import Model, Q

M = TypeVar("M", bound=Model)


class Lens(Protocol):
    """What one member must not see; `sight.py` has the one there is."""

    def hides(self, model: type[Model]) -> Q | None:
        """The condition on rows of `model` that are not shown; none where all are."""

    def recast(self, row: Any) -> None:
        """Sets what is computed of `row` to what it is of the rows that are shown."""

    def shadows(self) -> dict[str, str]:
        """Table -> a SELECT of its rows and columns as they are shown."""

    def without_unsettled(self, rows: Any) -> Any:
        """`rows` without those whose stored states count what is not shown."""

    def hidden_claims(self) -> str:
        """The ids of the claims that are not shown, as a SELECT without parameters."""

    def hidden_documents(self, *, by_state: bool) -> str:
        """Those of what is searched; with `by_state` also what has an unsettled state."""

    def is_settled(self, incident: int | None) -> bool:
        """Whether the stored state of the incident, and of what is about it, is of shown claims."""


_LENS: ContextVar[Lens | None] = ContextVar("lens", default=None)
_READER: ContextVar[Lens | None] = ContextVar("reader", default=None)
"""The lens of who is answered, also where what writes looks past it."""


def current() -> Lens | None:
    """The lens of this request."""
    return _LENS.get()


def put_on(lens: Lens | None) -> None:
    """From here on, until the request is over (`request`), queries look through `lens`."""
    _LENS.set(lens)
    _READER.set(lens)


@contextmanager
def request() -> Iterator[None]:
    """Around one request: the lens that is put on inside is off for the next one."""
    tokens = _LENS.set(None), _READER.set(None)
    try:
        yield
    finally:
        _LENS.reset(tokens[0])
        _READER.reset(tokens[1])


@contextmanager
def through(lens: Lens | None) -> Iterator[None]:
    """Inside, queries look through `lens`; with none, at everything."""
    token = _LENS.set(lens)
    try:
        yield
    finally:
        _LENS.reset(token)


def every(model: type[Model]) -> Any:
    """All rows of a table, whatever the lens: what is hidden is looked for among these."""
    return model._base_manager  # noqa: SLF001 - Django's own way past a model's query sets


def shown(rows: Iterable[M]) -> list[M]:
    """Those of `rows` that who is answered may see; for what an act says of them."""
    reader = _READER.get()
    if reader is None:
        return list(rows)
    with through(reader):
        return [row for row in rows if type(row)._default_manager.filter(pk=row.pk).exists()]


def settled(rows: Any) -> Any:
    """`rows` to be narrowed or put in order by a stored state.

    That of an incident, or of a claim in one, tells of claims that a member who works blind does
    not see: such rows are left out. For everybody else these are all rows.
    """
    lens = current()
    return lens.without_unsettled(rows) if lens else rows
