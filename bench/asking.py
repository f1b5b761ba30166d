"""Pages asked for as a browser does, in this process: how long, how many queries, the slowest."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.models import User

TIMES = 5


def timed(act: Callable[[], Any]) -> dict[str, float]:
    """Milliseconds, the middle and the longest of `TIMES`; of CPU time here the middle.

    PostgreSQL's own CPU time is not in it.
    """
    times, cpu = [], []
    for _ in range(TIMES):
        start, worked = time.perf_counter(), time.process_time()
        answer = act()
        times.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
        if answer.status_code != HTTPStatus.OK:
            sys.exit(f"Answered with {answer.status_code}.")
    return {
        "median": round(statistics.median(times)),
        "most": round(max(times)),
        "cpu": round(statistics.median(cpu)),
    }


def browser_of(user: User) -> Any:
    """A client of Django's, signed in."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client: Any, address: str, query: dict[str, Any]) -> dict[str, Any]:
    """The figures of one page, with its slowest query (`sql`) and its text (`page`)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection):
        answer = client.get(address, query)
        seen = list(connection.queries)  # the next request clears them
    slowest = max(seen, key=lambda one: float(one["time"]))
    return timed(partial(client.get, address, query)) | {
        "queries": len(seen),
        "slowest": round(float(slowest["time"]) * 1000),
        "sql": slowest["sql"],
        "page": answer.content.decode(),
    }


def plan(sql: str) -> str:
    """How the database goes about a query."""
    from django.db import connection

    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql)
        return "\n".join("    " + str(row[-1]) for row in cursor.fetchall())
