"""The filter of lists by who works on a thing: anybody, nobody, or one member."""

from __future__ import annotations

from typing import Any

from claims.models import User, Workspace

NOBODY = "nobody"


def choices(workspace: Workspace) -> list[tuple[str, str]]:
    """The choices of the filter's field; a member's value is their id."""
    members = User.objects.filter(memberships__workspace=workspace).order_by("username")
    return [
        ("", "anybody"),
        (NOBODY, NOBODY),
        *((str(user.pk), str(user)) for user in members),
    ]


def narrow(rows: Any, value: str) -> Any:
    """Rows with an `assignee`, narrowed to a value of the field; all of them where it is empty."""
    if not value:
        return rows
    return rows.filter(assignee=None if value == NOBODY else int(value))
