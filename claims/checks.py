"""System checks of our own, run by `manage.py check --deploy`."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection


@register(Tags.security, deploy=True)
def no_demo_accounts(**kwargs: Any) -> list[CheckMessage]:
    """The demo sign-ins' passwords lie in a file: none may exist where it matters."""
    from claims.models import User

    if User._meta.db_table not in connection.introspection.table_names():
        return []
    names = list(User.objects.filter(is_demo=True).values_list("username", flat=True))
    if not names:
        return []
    return [
        Error(
            f"Demo accounts exist: {', '.join(sorted(names))}.",
            hint="Remove them with `manage.py demo --remove-accounts`.",
            id="claims.E001",
        )
    ]
