"""The demo from the command line: loaded once, its sign-ins, taken out of use; and real desks."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.test import Client

from claims.demo import accounts, files
from claims.models import Article, Change, Claim, Membership, Upload, User, Workspace
from claims.records import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "originals"
    return tmp_path


@pytest.fixture
def people() -> dict[Role, str]:
    """The demo's accounts at a desk with one article, without the rest of the demo."""
    made, passwords = accounts.make()
    desk = factories.a_workspace(slug="al-qaim")
    for role, user in made.items():
        factories.a_membership(desk, user, role)
    article = factories.an_article(desk)
    factories.a_claim(article, annotator=made[Role.ANALYST])
    Change.objects.create(
        workspace=desk, user=made[Role.ANALYST], action="claim.create", summary="added a claim"
    )
    accounts.keep(passwords)
    return passwords


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def table() -> dict[str, str]:
    """Names and passwords, as they are shown."""
    _, *lines = run("demo", "--sign-ins").splitlines()
    return dict(line.split() for line in lines)


def test_an_empty_database_gets_the_demo_and_sign_ins_that_work(folder: Path) -> None:
    assert "Anbar desk" in run("demo", "--if-empty")
    shown = table()
    assert set(shown) == set(Role)
    assert len(set(shown.values())) == 4
    assert all(len(password) >= 16 for password in shown.values())
    browser = Client()
    assert all(browser.login(username=name, password=password) for name, password in shown.items())
    assert (folder / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600
    claims = Claim.objects.count()
    assert claims >= 30
    # A second start changes nothing, and says nothing.
    assert run("demo", "--if-empty") == ""
    assert run("demo") == "The workspace al-qaim is here already.\n"
    assert table() == shown
    assert Claim.objects.count() == claims


@pytest.mark.parametrize("there", [factories.a_user, factories.a_workspace])
def test_nothing_is_loaded_where_somebody_has_begun(there: Any) -> None:
    there()
    assert run("demo", "--if-empty", "--sign-ins") == ""
    assert not Article.objects.exists()


def test_a_load_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = files.claims

    def misquoted(article: str) -> list[files.Entry]:
        entries = read(article)
        if article == "rights":
            entries[-1]["content"] = ["words that nobody wrote"]
        return entries

    monkeypatch.setattr(files, "claims", misquoted)
    with pytest.raises(ValueError, match="rights-demand: “words that nobody wrote” stands in 0"):
        run("demo")
    for model in (User, Workspace, Article, Upload, Change):
        assert not model._default_manager.exists()
    assert not (folder / "demo-accounts.txt").exists()


@pytest.mark.parametrize("name", ["owner", "Viewer"])
def test_a_name_that_somebody_has_is_not_taken_from_them(name: str) -> None:
    factories.a_user(name)
    with pytest.raises(CommandError, match=name):
        run("demo")
    assert User.objects.count() == 1
    assert not Workspace.objects.exists()


def test_an_open_file_of_passwords_is_closed_when_written_anew(folder: Path) -> None:
    for name in ("demo-accounts.txt", "demo-accounts.new"):
        (folder / name).write_text("left over")
        (folder / name).chmod(0o644)
    accounts.keep({Role.OWNER: "secret"})
    assert [path.name for path in folder.iterdir()] == ["demo-accounts.txt"]
    assert (folder / "demo-accounts.txt").read_text() == "owner\tsecret\n"
    assert (folder / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600


def test_a_lost_file_of_passwords_is_told(people: dict[Role, str], folder: Path) -> None:
    (folder / "demo-accounts.txt").unlink()
    assert "changepassword" in run("demo", "--sign-ins")


def test_accounts_are_taken_out_of_use_and_their_work_stays(
    people: dict[Role, str], folder: Path
) -> None:
    open_browser = Client()
    open_browser.login(username="analyst", password=people[Role.ANALYST])
    factories.a_membership(Workspace.objects.get(), factories.a_user("real"), Role.OWNER)
    said = run("demo", "--remove-accounts")
    assert "analyst can't sign in any more; 1 change under this name stays.\n" in said
    assert "viewer can't sign in any more; no change is under this name.\n" in said
    assert Claim.objects.get().annotator.username == "analyst"
    assert Membership.objects.filter(user__username__in=list(Role)).count() == 4
    assert not any(
        Client().login(username=role.value, password=password) for role, password in people.items()
    )
    assert "_auth_user_id" in open_browser.session
    assert open_browser.get("/").wsgi_request.user.is_anonymous
    assert not any(user.has_usable_password() for user in User.objects.filter(username__in=people))
    assert not (folder / "demo-accounts.txt").exists()
    assert run("demo", "--sign-ins") == ""
    assert "claims.E001" not in [
        found.id for found in checks.run_checks(include_deployment_checks=True)
    ]
    assert run("demo", "--remove-accounts") == "There are no demo accounts.\n"


def test_no_desk_is_left_without_owner_unless_that_is_said(people: dict[Role, str]) -> None:
    desk = Workspace.objects.get()
    factories.a_membership(desk, factories.a_user("reads"), Role.VIEWER)
    factories.a_membership(desk, factories.a_user("left", is_active=False), Role.OWNER)
    with pytest.raises(CommandError, match="nobody owns al-qaim"):
        run("demo", "--remove-accounts")
    assert User.objects.filter(is_demo=True, is_active=True).count() == 4
    run("demo", "--remove-accounts", "--yes")
    assert not User.objects.filter(is_demo=True).exists()


def test_the_owner_that_the_refusal_asks_for_can_be_made(people: dict[Role, str]) -> None:
    assert "Password, shown this once:" in run("workspace", "al-qaim", "--owner", "real")
    assert "Password" not in run("workspace", "al-qaim", "--owner", "reviewer")
    run("demo", "--remove-accounts")
    owners = Membership.objects.filter(role=Role.OWNER, user__is_active=True)
    assert [seat.user.username for seat in owners] == ["real"]


def test_a_first_desk_is_opened_with_an_account() -> None:
    said = run("workspace", "anbar", "Anbar", "--owner", "zaynab")
    password = said.rpartition(" ")[2].strip()
    assert Client().login(username="zaynab", password=password)
    assert "zaynab owns the desk Anbar at /w/anbar/" in said
    assert Membership.objects.get().role == Role.OWNER
    assert Change.objects.get().action == "workspace.create"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["here", "Again", "--owner", "new"], "already exists"),
        (["nowhere", "--owner", "new"], "There is no desk nowhere"),
        (["not a slug", "Name", "--owner", "new"], "slug"),
        (["anbar", "Anbar", "--owner", ""], "Say who"),
        (["anbar", "Anbar", "--owner", "gone"], "gone can't sign in any more"),
        (["here", "--owner", "keeper"], "keeper owns the desk Here already"),
    ],
)
def test_a_desk_that_cannot_be_opened_is_told_and_makes_no_account(
    arguments: list[str], said: str
) -> None:
    here = factories.a_workspace(slug="here", name="Here")
    factories.a_membership(here, factories.a_user("keeper"), Role.OWNER)
    factories.a_user("gone", is_active=False)
    with pytest.raises(CommandError, match=said):
        run("workspace", *arguments)
    assert User.objects.count() == 2
    assert Workspace.objects.count() == 1
