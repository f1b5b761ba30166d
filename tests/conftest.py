"""What every test stands on: a database, a data folder of its own, cheap passwords.

The database is SQLite in a file, or the one that `DATABASE_URL` names. A file, not memory: the
server of the browser tests and the tests of concurrent writers need connections of their own,
as they have in production.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import settings as hypothesis_settings

from tests import chromium

BROWSER_TESTS = Path(__file__).parent / "browser"
FAULT_TESTS = Path(__file__).parent / "faults"
data_dir = pytest.StashKey[TemporaryDirectory[str]]()

# A busy machine is slow: a deadline would fail tests for no fault of theirs. Each run draws other
# examples; a long hunt is `COUNTERCLAIM_EXAMPLES=2000`.
hypothesis_settings.register_profile(
    "counterclaim",
    deadline=None,
    print_blob=True,
    max_examples=int(os.environ.get("COUNTERCLAIM_EXAMPLES", "30")),
)
hypothesis_settings.load_profile("counterclaim")

# Playwright keeps an event loop in the main thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    """Point the settings at a temporary folder; fail when Chromium is required and missing."""
    required = os.environ.get("COUNTERCLAIM_REQUIRE", "").split(",")
    if "chromium" in required and chromium.find() is None:
        raise pytest.UsageError("COUNTERCLAIM_REQUIRE names chromium, and it is not here.")
    config.stash[data_dir] = TemporaryDirectory(prefix="counterclaim-test-")
    folder = Path(config.stash[data_dir].name)
    settings.DATA_DIR = folder
    settings.MEDIA_ROOT = folder / "originals"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    # Names with hashes need collectstatic; the browser tests do that.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Else each test's client would look through all that the browser tests have collected.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = connections.settings["default"]
    if settings.SQLITE:
        database["TEST"]["NAME"] = str(folder / "test.sqlite3")
        # Nothing here has to survive a power cut.
        pragmas = database["OPTIONS"]["init_command"]
        database["OPTIONS"]["init_command"] = pragmas.replace("synchronous=FULL", "synchronous=OFF")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the temporary folder."""
    if data_dir in config.stash:
        config.stash[data_dir].cleanup()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the browser tests out where there is no browser."""
    return True if collection_path == BROWSER_TESTS and chromium.find() is None else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it, if browser tests were left out."""
    if chromium.find() is None:
        terminalreporter.write_line(chromium.HOW_TO_GET_IT)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser and what touches the database, so that nobody has to."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.django_db(transaction=True))
        if FAULT_TESTS in item.path.parents:
            item.add_marker("faults")
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}:
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the database is there already, with its tables: `scripts/test.sh` makes it once.

    Each process of each run would spend six seconds on that. It goes with the temporary folder.
    """
    return settings.SQLITE and "COUNTERCLAIM_MIGRATED" in os.environ


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, *, django_db_keepdb: bool
) -> None:
    """Copy the empty database that the settings name to where this process has its own."""
    if django_db_keepdb:
        database = connections.settings["default"]
        shutil.copy(database["NAME"], database["TEST"]["NAME"])


@pytest.fixture
def untraced() -> Iterator[None]:
    """Not measured: what runs long in code that is not ours would take twice as long.

    `no_cover` of pytest-cov does not do it: in a process of xdist, two measure.
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)
