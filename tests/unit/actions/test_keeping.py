"""A backup is whole and of one moment, and comes back the same in either database."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from claims.actions import incident, sealing
from claims.actions.identity import protect
from claims.actions.journal import Actor
from claims.actions.keeping import Refused, backup, restore
from claims.actions.keeping.archive import MANIFEST
from claims.actions.keeping.tables import label, tables
from claims.actions.purge import purge
from claims.demo import accounts
from claims.demo.load import load
from claims.models import Claim, Incident, Source, User
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
# What a third party runs, to the letter.
SNIPPET = re.search(r"```python\n(.*?)```", (ROOT / "docs/custody.md").read_text(), re.DOTALL)
BY_WAY_OF_SQLITE = """
import sys, django
django.setup()
from django.core.management import call_command
call_command("restore", sys.argv[1], verbosity=0)
call_command("verify", verbosity=0)
call_command("backup", sys.argv[2], verbosity=0)
"""


def content(path: Path) -> dict[str, bytes]:
    """Every part but the one that says when it was made."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}


def put_in(path: Path, name: str, text: str) -> None:
    """The part of this name is another one from now on."""
    with ZipFile(path, "a") as archive:
        archive.writestr(name, text)


def run(code: str, *arguments: Path, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *map(str, arguments)],
        env=clean | {"DJANGO_SETTINGS_MODULE": "annotator.settings"} | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_desk_goes_by_way_of_sqlite_and_comes_back_the_same(tmp_path: Path) -> None:
    people, _ = accounts.make()
    desk = load(people)
    owner = Actor(desk, User.objects.get(memberships__role="owner"))
    gone, hidden = Claim.objects.kept()[0], Source.objects.kept()[0]
    sealing.seal(desk)
    purge(owner, gone, gone.version, "It names a witness.")
    hidden.refresh_from_db()
    protect(owner, hidden, hidden.version, "Witness 1", "He was threatened.")
    sealing.seal_all(desk)

    def write() -> None:
        incident.create(owner, {"title": "While the backup is made"})
        connections.close_all()

    def told(name: str, count: int) -> None:
        if name == "claims.article":
            thread = Thread(target=write)
            thread.start()
            thread.join()

    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    assert backup(first, told) == []
    assert Incident.objects.filter(title__startswith="While").exists()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert b"While the backup" not in b"".join(content(first).values())

    assert SNIPPET is not None
    head = sealing.head(desk)
    assert head is not None
    assert run(SNIPPET[1], first).split() == [str(desk.uid), str(head.number), head.sha256]

    elsewhere = tmp_path / "elsewhere"
    run(BY_WAY_OF_SQLITE, first, second, COUNTERCLAIM_DATA=str(elsewhere))
    assert content(second) == content(first)
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(second), verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", str(second), verbosity=0)
    call_command("verify", verbosity=0)
    call_command("backup", str(third), verbosity=0)
    assert content(third) == content(first)
    newest = Claim.objects.latest("id")
    assert factories.a_claim(newest.article).pk > newest.pk


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A backup of one claim, whose database is empty again."""
    factories.a_claim(factories.an_article(factories.a_workspace()))
    path = tmp_path / "small"
    backup(path)
    call_command("flush", interactive=False, verbosity=0)
    return path


def test_what_is_broken_or_of_another_version_is_refused_and_nothing_touched(
    small: Path, tmp_path: Path
) -> None:
    whole = small.read_bytes()
    bad = tmp_path / "bad"
    with ZipFile(small) as archive:
        table = archive.getinfo("tables/claims_claim.jsonl")
        facts = json.loads(archive.read(MANIFEST))
    at = table.header_offset + len(table.filename) + 60
    flipped = bytearray(whole)
    flipped[at] ^= 1
    older = small.with_name("older")
    shutil.copy(small, older)
    facts["migrations"]["claims"] = "0001_initial"
    with pytest.warns(UserWarning, match="Duplicate name"):
        put_in(older, MANIFEST, json.dumps(facts))
    for content, why in (
        (bytes(flipped), "claims_claim.jsonl is broken"),
        (whole[:-9], "no backup"),
        (b"something else", "no backup"),
        (older.read_bytes(), "another version"),
    ):
        bad.write_bytes(content)
        with pytest.raises(Refused, match=why):
            restore(bad)
        assert not User.objects.exists()


def test_a_load_that_fails_leaves_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(name: str, count: int) -> None:
        if name == "claims.claim":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(small, told)
    assert not User.objects.exists()
    restore(small)
    assert Claim.objects.count() == 1


def test_every_table_comes_after_those_that_it_can_not_be_without() -> None:
    order = [label(model) for model in tables()]
    assert "sessions.session" not in order
    for one, other in (
        ("claims.workspace", "claims.article"),
        ("claims.article", "claims.revision"),
        ("claims.change", "claims.changerow"),
        ("claims.user", "claims.token"),
    ):
        assert order.index(one) < order.index(other)
