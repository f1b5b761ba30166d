"""Fixtures of the browser tests: the site in Chromium, signed in as somebody.

Every test here fails on a console error or an uncaught exception in any of its pages, so that a
refused script or a missing file is noticed where it happens. Tests need no marker: all of them
get a database that other threads can see.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError, expect

from claims.demo import accounts
from claims.demo.load import load
from claims.models import User, Workspace
from tests import chromium
from tests.browser.server import Site

expect.set_options(timeout=10_000)  # two cores, shared with the server and the other worker

HASHED_NAMES = {
    "STORAGES": {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "annotator.static.HashedStaticFilesStorage"},
    },
    "WHITENOISE_AUTOREFRESH": False,
    # Compression takes longer than the tests that would profit from it.
    "WHITENOISE_SKIP_COMPRESS_EXTENSIONS": ["js", "css", "svg", "txt", "json", "html", "map"],
}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of the machine, as it runs in a container and without calling home."""
    return {
        **browser_type_launch_args,
        "executable_path": chromium.find(),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ],
    }


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[Site]:
    """The site with static files as in production: collected, names hashed, imports rewritten."""
    with override_settings(**HASHED_NAMES):
        call_command("collectstatic", interactive=False, verbosity=0)
        running = Site()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    """Where the site is; `page.goto("/...")` starts from here."""
    return site.url


@pytest.fixture(autouse=True)
def _hashed_names(site: Site) -> Iterator[None]:
    """Pages name the collected files; no request outlives its test."""
    with override_settings(**HASHED_NAMES):
        yield
        assert site.in_flight.wait(), "a request was still running when the test had ended"


class Errors(list[str]):
    """What went wrong in the pages of a test; `expect("409")` when a message is part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.expected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Let messages pass that match the regular expression `pattern`."""
        self.expected.append(pattern)

    def watch(self, context: BrowserContext) -> None:
        """Note the errors of every page of `context`."""
        context.on("console", self._console)
        context.on("weberror", self._weberror)

    def unexpected(self) -> list[str]:
        """The messages that no test asked for."""
        return [text for text in self if not any(re.search(e, text) for e in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.append(f"{message.text} ({message.location.get('url', '')})")

    def _weberror(self, problem: WebError) -> None:
        self.append(problem.error.stack or str(problem.error))


@pytest.fixture(autouse=True)
def errors() -> Iterator[Errors]:
    """Fails the test on console errors and uncaught exceptions, unless it expects them."""
    found = Errors()
    yield found
    assert found.unexpected() == []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], errors: Errors
) -> Callable[..., BrowserContext]:
    """Make another browser window with cookies of its own: `new_context(color_scheme="dark")`."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        errors.watch(context)
        return context

    return make


@pytest.fixture
def sign_in(context: BrowserContext, base_url: str) -> Callable[..., Page]:
    """`sign_in(user)` gives a page signed in as `user`, without the sign-in form.

    A second person at the same time: `sign_in(other, new_context())`.
    """

    def sign_in(user: User, where: BrowserContext | None = None) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = django_settings.SESSION_COOKIE_NAME
        chosen = where or context
        chosen.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])
        return chosen.new_page()

    return sign_in


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo is kept once it has been loaded."""
    return tmp_path_factory.mktemp("demo") / "demo.sqlite3"


@pytest.fixture
def demo(demo_file: Path) -> Workspace:
    """The demo desk with its people, as it is before anybody has touched it.

    Loading takes as long as a test: SQLite's database, which holds nothing else, is kept and copied
    back for the next one.
    """
    connection.ensure_connection()
    if demo_file.exists():
        with closing(sqlite3.connect(demo_file)) as kept:
            kept.backup(connection.connection)
        return Workspace.objects.get()
    with transaction.atomic():
        people, _ = accounts.make()
        desk = load(people)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(demo_file)) as kept:
            connection.connection.backup(kept)
    return desk


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with every accessibility violation axe-core finds in the page."""

    def check(page: Page, within: str | dict[str, Any] | None = None) -> None:
        found = Axe().run(page, context=within).response["violations"]
        assert found == [], "\n".join(
            f"{rule['id']}: {rule['help']}\n"
            + "\n".join(f"    {node['target']} {node['html'][:200]}" for node in rule["nodes"])
            for rule in found
        )

    return check
