"""What every fault test has: a fresh copy of one desk, on either database, and a seed for chance.

`FAULT_SECONDS` is how long the load of one test goes on, `FAULT_SEED` what the chance of all of
them starts from. They need Linux (`/proc`).
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.faults import disk
from tests.faults.cluster import Cluster, find_bin
from tests.faults.site import Site, environment_of, run

SECONDS = float(os.environ.get("FAULT_SECONDS") or 4)
SEED = os.environ.get("FAULT_SEED") or str(random.SystemRandom().randrange(10**9))
_numbers = count(1)


def required(what: str) -> bool:
    """Whether the tests fail where that is not here."""
    return what in os.environ.get("COUNTERCLAIM_REQUIRE", "").split(",")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the test of the full disk out where nothing can be mounted, unless it is required."""
    if collection_path.name != "test_disk.py" or disk.can_mount():
        return None
    if required("tmpfs"):
        raise pytest.UsageError("COUNTERCLAIM_REQUIRE names tmpfs, and it can't be mounted here.")
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it, if that was left out."""
    if not disk.can_mount():
        terminalreporter.write_line(disk.HOW_TO_GET_IT)


def pytest_report_header() -> str:
    return f"faults: {SECONDS:g} s of load a test, FAULT_SEED={SEED}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test runs on both databases, or on PostgreSQL alone where it names `cluster`."""
    if "database" not in metafunc.fixturenames:
        return
    engines = ["sqlite", "postgresql"]
    if "on_postgresql" in metafunc.fixturenames:
        engines = ["postgresql"]
    if "on_sqlite" in metafunc.fixturenames:
        engines = ["sqlite"]
    if find_bin() is None and not required("postgresql"):
        engines = [name for name in engines if name == "sqlite"]  # `scripts/faults.sh` says so
    # With xdist, each database has a process of its own, which makes its desk once.
    each = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in engines]
    metafunc.parametrize("database", each, indirect=True, scope="function")


@pytest.fixture
def on_postgresql() -> None:
    """The test is about PostgreSQL."""


@pytest.fixture
def on_sqlite() -> None:
    """The test is about SQLite."""


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Another one for each test, the same for the same seed."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    programs = find_bin()
    if programs is None:
        pytest.fail("COUNTERCLAIM_REQUIRE names postgresql, and it is not here.")
    made = Cluster(programs)
    yield made
    made.remove()


@pytest.fixture(scope="session")
def sqlite_seed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A data folder with the desk in it, and what is there."""
    folder = tmp_path_factory.mktemp("sqlite")
    return folder, _seed(folder, "")


@pytest.fixture(scope="session")
def postgresql_seed(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A data folder whose database is `seed`, and what is there."""
    folder = tmp_path_factory.mktemp("postgresql")
    return folder, _seed(folder, cluster.create("seed"))


def _seed(folder: Path, database: str) -> Any:
    return json.loads(run(environment_of(folder, database), "-m", "tests.faults.seeded"))


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The engine of this test."""
    return str(request.param)


@pytest.fixture
def new_site(
    request: pytest.FixtureRequest, database: str, tmp_path: Path
) -> Iterator[Callable[..., Site]]:
    """Makes sites on one copy of the desk; `at` is another folder for the data."""
    folder, world = request.getfixturevalue(f"{database}_seed")
    address = ""
    if database == "postgresql":
        cluster = request.getfixturevalue("cluster")
        address = cluster.create(f"copy_{next(_numbers)}", "seed")
    made: list[Site] = []

    def new(at: Path | None = None, **environment: str) -> Site:
        data = at or tmp_path / "data"
        if not (data / "secret_key").exists():
            shutil.copytree(folder, data, dirs_exist_ok=True)
        made.append(Site(data, address, world, **environment))
        return made[-1]

    yield new
    for site in made:
        site.end()
    said = "".join(site.said() for site in made)
    assert "database is locked" not in said
    assert "deadlock detected" not in said


@pytest.fixture
def site(new_site: Callable[..., Site]) -> Site:
    """A site that runs."""
    made = new_site()
    made.start()
    return made
