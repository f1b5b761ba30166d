"""`kill -9` at any moment: of what serves pages, and of what works beside them."""

from __future__ import annotations

import csv
import io
import random
import time
from collections.abc import Callable
from typing import Any

from claims.actions.imports import MOST_ATTEMPTS
from tests.faults.conftest import SECONDS
from tests.faults.load import Load
from tests.faults.site import Site, kill, until

ARTICLES = 400
THINKS = 0.5
"""Seconds. SQLite's writers don't queue: those who never rest keep an import waiting."""


def test_web_workers_are_killed_under_load(site: Site, chance: random.Random) -> None:
    over = time.monotonic() + SECONDS
    with Load(site, chance) as load:
        while time.monotonic() < over:
            time.sleep(chance.uniform(0.1, 0.8))
            kill(chance.choice(until(site.web_workers, "No worker comes back.")))
        site.wait()
    load.check()


def test_everything_is_killed_and_started_again(site: Site, chance: random.Random) -> None:
    with Load(site, chance) as load:
        time.sleep(chance.uniform(0.5, SECONDS))
        site.kill()
        site.start()
    load.check()


def test_the_task_worker_is_killed_in_an_import(site: Site, chance: random.Random) -> None:
    """It is started again by itself, and goes on."""
    with Load(site, chance, pause=THINKS) as load:
        _accept(site)
        _kill_at_work(site, chance, site.task_workers)
        state = until(
            lambda: _ended(site),
            lambda: f"It does not end: {_state(site)} {site._children()} {site.said()}",
            60,
        )
    assert (state, _brought(site)) == ("done", ARTICLES), site.said()
    load.check()


def test_of_an_import_that_kills_each_worker_nothing_stays(
    new_site: Callable[..., Site], chance: random.Random
) -> None:
    site = new_site(BACKGROUND_WORKER="off")
    site.start()
    workers = [site.start_worker()]
    with Load(site, chance, pause=THINKS) as load:
        _accept(site)
        for _ in range(MOST_ATTEMPTS + 1):
            _kill_at_work(site, chance, lambda: [workers[-1].pid])
            workers[-1].wait()
            workers.append(site.start_worker())
        until(lambda: _ended(site), f"It does not end. {site.said()}")
    workers[-1].terminate()
    for worker in workers:
        worker.wait()
    brought = _brought(site)
    assert (_ended(site), brought) in (("done", ARTICLES), ("failed", 0)), site.said()
    assert _rows(site, "claims_article") == 1 + brought
    load.check()


def _accept(site: Site) -> None:
    """A file of many articles has been read, and is to be brought in."""
    browser = site.browser("one")
    browser.get("/w/desk/imports/new/")
    answer = browser.upload("/w/desk/imports/new/", "many.csv", _table())
    assert answer.status == 302, answer.text
    until(lambda: _state(site)[0] == "ready", "It is not read.")
    where = answer.headers["location"]
    assert browser.post(f"{where}accept/", {}).status == 302


def _kill_at_work(site: Site, chance: random.Random, workers: Callable[[], list[int]]) -> None:
    until(lambda: _state(site)[1] or _ended(site), "Nobody takes it up.")
    time.sleep(chance.uniform(0, 0.6))
    for pid in workers():
        kill(pid)
    # A minute later, its lease has lapsed.
    site.sql("UPDATE claims_import SET lease = '', lease_until = NULL")


def _table() -> bytes:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["title", "text"])
    for number in range(ARTICLES):
        writer.writerow([f"Import {number}", f"Number {number} was said. " * 40])
    return table.getvalue().encode()


def _state(site: Site) -> tuple[Any, ...]:
    (row,) = site.sql("SELECT state, lease FROM claims_import")
    return row


def _ended(site: Site) -> str:
    state: str = _state(site)[0]
    return state if state in ("done", "failed") else ""


def _brought(site: Site) -> int:
    return sum(row["title"].startswith("Import ") for row in site.all("articles").values())


def _rows(site: Site, table: str) -> int:
    (row,) = site.sql(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - a name from above
    return int(row[0])
