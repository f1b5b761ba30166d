"""The site as it runs: gunicorn with its worker, in processes that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.client import FAILED, Api, Browser, Client
from tests.faults.seeded import PASSWORD

ROOT = Path(__file__).parents[2]
UP, DOWN = 30.0, 15.0
"""Seconds within which it has to be there again, or gone."""


class Site:
    """One gunicorn on a port of its own; `world` is what `seeded` has told."""

    def __init__(self, data: Path, database: str, world: Any, **environment: str) -> None:
        self.data = data
        self.database = database
        self.world = world
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = environment_of(data, database) | {
            "PORT": str(self.port),
            "API_RATE": "1000000/min",
            # Else an error is logged without its message.
            "LOG_LEVEL": "DEBUG",
            "WEB_CONCURRENCY": "3",
            **environment,
        }
        self.log = data / f"log-{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it answers that it is ready."""
        command = [str(Path(sys.executable).with_name("gunicorn")), "-c", "annotator/gunicorn.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        self.wait()

    def wait(self, seconds: float = UP) -> None:
        """Until it is ready; fails where that takes too long."""
        until = time.monotonic() + seconds
        while not self.is_ready():
            assert time.monotonic() < until, f"It does not come back. {self.said()}"
            time.sleep(0.1)

    def is_ready(self) -> bool:
        try:
            return Client(self.port).ask("GET", "/readyz").status == 200
        except FAILED:
            return False

    def end(self) -> None:
        """As it is told to by whoever runs it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(DOWN)
            finally:
                self.kill()

    def kill(self) -> None:
        """All of it at once, as when a machine goes down."""
        if self.process and self.process.poll() is None:
            # Else it would start others in the place of those that are killed.
            os.kill(self.process.pid, signal.SIGSTOP)
            for pid, _ in self._children():
                kill(pid)
            self.process.kill()
            self.process.wait()

    def start_worker(self) -> subprocess.Popen[bytes]:
        """A worker of one's own, beside the one of gunicorn or in its place."""
        command = [sys.executable, "manage.py", "work"]
        with self.log.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def web_workers(self) -> list[int]:
        return [pid for pid, command in self._children() if "manage.py" not in command]

    def task_workers(self) -> list[int]:
        return [pid for pid, command in self._children() if "manage.py" in command]

    def _children(self) -> list[tuple[int, str]]:
        found = []
        for path in Path("/proc").iterdir():
            if path.name.isdecimal() and self.process:
                try:
                    parent = (path / "stat").read_text().rpartition(")")[2].split()[1]
                    if int(parent) == self.process.pid:
                        found.append((int(path.name), (path / "cmdline").read_text()))
                except OSError:
                    continue  # it has just ended
        return found

    def api(self, number: int = 0) -> Api:
        """A client with the token of one of the people."""
        tokens = self.world["tokens"]
        return Api(tokens[number % len(tokens)], self.port)

    def browser(self, name: str) -> Browser:
        """Somebody who has signed in."""
        browser = Browser(self.port)
        browser.sign_in(name, PASSWORD)
        return browser

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database answers, past the site; it is committed."""
        if self.database:
            with psycopg.connect(self.database) as connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        with closing(sqlite3.connect(self.data / "db.sqlite3", timeout=20)) as there, there:
            return there.execute(statement).fetchall()

    def all(self, path: str) -> dict[str, Any]:
        """All rows of a list of the API, by uid."""
        found: dict[str, Any] = {}
        api, where = self.api(), f"{path}/?limit=100"
        while where:
            page = api.send("GET", where).data
            found |= {row["id"]: row for row in page["results"]}
            where = page["next"].partition("/w/desk/")[2] if page["next"] else ""
        return found

    def verify(self) -> None:
        """Everything is sealed, and `manage.py verify` finds nothing."""
        code = "import django; django.setup(); from django.core.management import call_command"
        code += "; call_command('seal'); call_command('verify', verbosity=0)"
        assert "All is as it should be." in run(self.environment, "-c", code)

    def said(self) -> str:
        """The end of the log."""
        return self.log.read_text()[-6000:] if self.log.exists() else ""


def environment_of(data: Path, database: str) -> dict[str, str]:
    """For any process of the site, with nothing of the site that this machine may run."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    there = {"DATABASE_URL": database} if database else {}
    return (
        kept
        | there
        | {
            "COUNTERCLAIM_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "PYTHONPATH": str(ROOT),
        }
    )


def run(environment: dict[str, str], *args: str) -> str:
    """The output of Python with these arguments."""
    command = [sys.executable, *args]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{args}: {done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def kill(pid: int) -> None:
    """Without a chance to tidy up."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it has just ended by itself


def until(what: Callable[[], Any], why: str | Callable[[], str], seconds: float = UP) -> Any:
    """What `what` answers, once that is something."""
    over = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < over, why if isinstance(why, str) else why()
        time.sleep(0.05)
    return found
