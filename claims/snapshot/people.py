"""What a person is called in an export."""

from __future__ import annotations


def person(u: str) -> str:
    """SQL for what `str(user)` says of `u`, a row of users: the full name, else the username."""
    full = f"TRIM({u}.first_name || ' ' || {u}.last_name)"
    return f"COALESCE(NULLIF({full}, ''), {u}.username, '')"
