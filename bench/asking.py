"""Pages asked for as a browser does, in this process: how long, how many queries, the slowest."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.models import User

TIMES = 5
READS = ("SELECT", "WITH")


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
    """A client of Django's, signed in. The collector leaves out what is loaded, as when served."""
    from django.test import Client
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()
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
    took = {sql: _took(sql) for sql in (one["sql"] for one in seen) if sql.startswith(READS)}
    slowest = max(took, key=lambda sql: took[sql])
    return timed(partial(client.get, address, query)) | {
        "queries": len(seen),
        "slowest": round(took[slowest]),
        "sql": slowest,
        "page": answer.content.decode(),
    }


def _took(sql: str) -> float:
    """Milliseconds for a query with all its rows: SQLite looks for them while they are fetched."""
    from django.db import connection

    with connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(sql)
        cursor.fetchall()
        return (time.perf_counter() - start) * 1000


def analyze() -> None:
    """Statistics as a database that runs for a while has them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def machine(data: Path) -> dict[str, Any]:
    """Where the figures are from; `megabytes` of the SQLite database in the folder `data`."""
    from django.db import connection

    return {
        "python": platform.python_version(),
        "database": connection.vendor,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "megabytes": round(sum(one.stat().st_size for one in data.glob("db.*")) / 1e6),
    }


def plans(figures: dict[str, dict[str, Any]]) -> list[str]:
    """Of the three slowest pages, how the database goes about their slowest queries."""
    slowest = sorted(figures, key=lambda name: -figures[name]["median"])[:3]
    return [
        f"plan of the slowest query of: {name}\n{plan(figures[name]['sql'])}" for name in slowest
    ]


def line(name: str, one: dict[str, Any]) -> str:
    """The figures of a page for a person."""
    return (
        f"{name}{one['median']:>6} ms (at most {one['most']}), {one['cpu']} ms CPU, "
        f"{one['queries']} queries, the slowest {one['slowest']} ms"
    )


def told(figures: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The figures without texts, for the line of JSON."""
    return {
        name: {key: value for key, value in one.items() if key not in ("sql", "page")}
        for name, one in figures.items()
    }


def plan(sql: str) -> str:
    """How the database goes about a query."""
    from django.db import connection

    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql)
        return "\n".join("    " + str(row[-1]) for row in cursor.fetchall())
