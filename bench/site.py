"""The site as `make run` serves it, from a data folder that is thrown away afterwards.

What the server does is read from outside: gunicorn's access log for its time, the process table
for its CPU time. Nothing is added to the site.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.screenshots import ROOT, free_port, wait_for

LOG = "%(m)s %(U)s?%(q)s %(s)s %(B)s %(D)s"
"""Method, path, status, bytes, microseconds."""


class Site:
    """A running gunicorn: `url`, its log and its CPU time."""

    def __init__(self, url: str, log: Path, pid: int) -> None:
        self.url = url
        self.log = log
        self.pid = pid

    def answers(self, method: str, path: str) -> list[tuple[float, int]]:
        """(milliseconds on the server, bytes) of each answer so far without a query string."""
        rows = [line.split() for line in self.log.read_text().splitlines()]
        wanted = [method, f"{path}?"]
        return [(int(row[4]) / 1000, int(row[3])) for row in rows if row[:2] == wanted]

    def cpu(self) -> float:
        """CPU seconds of the server's processes so far; 0 where /proc does not tell."""
        table = Path("/proc")
        if not (table / "self" / "stat").exists():
            return 0.0
        ticks = 0
        for stat in table.glob("[0-9]*/stat"):
            try:
                own, rest = stat.read_text().split(" (", 1)
            except (FileNotFoundError, ProcessLookupError):
                continue
            fields = rest.rpartition(") ")[2].split()
            if str(self.pid) in (own, fields[1]):
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def folder() -> Iterator[Path]:
    """An empty data folder, with Django set up on a new database there.

    `DATABASE_URL` may name an empty PostgreSQL database instead; it is left as it was found.
    """
    with TemporaryDirectory(prefix="counterclaim-bench-") as data:
        os.environ["COUNTERCLAIM_DATA"] = data
        os.environ["DJANGO_SETTINGS_MODULE"] = "annotator.settings"
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        if connection.introspection.table_names():
            sys.exit("The benchmark needs an empty database: this one has tables.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield Path(data)
        connection.close()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@contextmanager
def served(data: Path) -> Iterator[Site]:
    """Gunicorn with the settings of `make run`, on a free port."""
    port = free_port()
    log = data / "access.log"
    server = subprocess.Popen(
        [
            sys.executable,
            *("-m", "gunicorn", "-c", "annotator/gunicorn.py"),
            *("--access-logfile", str(log), "--access-logformat", LOG),
        ],
        cwd=ROOT,
        env=os.environ | {"PORT": str(port), "BIND": ""},
        stdout=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        wait_for(url, server)
        yield Site(url, log, server.pid)
    finally:
        server.terminate()
        server.wait()
