"""Several articles at once: the dry run, all or nothing, cancel, and workers that die."""

from __future__ import annotations

import json
import os
import signal
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import tasks
from claims.actions import import_lease, imports, search, undo
from claims.actions.import_articles import ArticleTable
from claims.management.commands import work
from claims.models import Article, Change, Import, Revision, SearchDocument, Source, Staged
from claims.records import Role
from tests import factories, files
from tests.pages.conftest import Person, sign_in
from tests.pages.importing import accept, at, killed_at, lapse, later, page, send

ONE, TWO = "A strike hit the market, officials said.", "Residents counted nine wounded."
TABLE = f'title,text,publisher,url\nOne,"{ONE}",Herald,https://x.example/1\nTwo,{TWO},Herald,\n'


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes here."""
    monkeypatch.setattr(import_lease, "GAP", 0)


def rows(number: int) -> str:
    lines = (json.dumps({"title": f"T{n}", "text": f"Text {n}."}) for n in range(number))
    return "\n".join(lines)


def test_a_table_is_looked_at_first_and_then_brought_in(analyst: Person) -> None:
    job = send(analyst, TABLE)
    assert (job.state, job.counts) == ("ready", {"new": 2, "there": 0, "wrong": 0})
    html = page(analyst, job)
    assert "Nothing is made yet" in html
    assert "Bring in 2 articles" in html
    assert not Article.objects.exists()
    accept(analyst, job)
    assert (job.state, job.counts["new"]) == ("done", 2)
    one, two = Article.objects.kept().order_by("id")
    assert one.publisher == two.publisher == Source.objects.kept().get(name="Herald", kind="media")
    assert (one.title, one.url) == ("One", "https://x.example/1")
    revision = two.revisions.get()
    assert (revision.text, revision.number, revision.captured_by) == (TWO, 1, analyst.user)
    assert revision.original.read() == TWO.encode()
    revision.original.close()
    change = Change.objects.get()
    assert job.change == change
    assert change.summary == "brought in 2 articles from “table.csv”"
    assert not Staged.objects.exists()
    assert not job.file
    assert "Articles: 2 made" in page(analyst, job)
    assert SearchDocument.objects.filter(noun="article").count() == 2
    for noun, row in (("article", one), ("source", one.publisher)):
        history = analyst.client.get(at(analyst, f"{noun}-history", row.uid)).content.decode()
        assert "brought in 2 articles" in history
    assert one.title in analyst.client.get(at(analyst, "search"), {"q": "market"}).content.decode()


@pytest.mark.one_database
def test_a_zip_of_files_keeps_each_byte_for_byte(analyst: Person) -> None:
    members: dict[str, str | bytes] = {"a.txt": ONE, "b/b.docx": files.a_docx(TWO, title="Two")}
    job = send(analyst, files.a_zip(members), "files.zip")
    accept(analyst, job)
    kept = {r.original_name: r for r in Revision.objects.all()}
    assert kept["a.txt"].article.title == ONE
    with kept["b.docx"].original.open() as file:
        assert file.read() == members["b/b.docx"]
    assert kept["b.docx"].text == TWO


def test_it_is_one_act_and_undone_as_one(analyst: Person) -> None:
    accept(analyst, send(analyst, TABLE))
    done = undo.undo(analyst.actor, Change.objects.get())
    assert not Article.objects.kept().exists()
    assert not Source.objects.kept().exists()
    undo.undo(analyst.actor, done)
    assert Article.objects.kept().count() == 2


def test_the_same_file_twice_makes_nothing_new(analyst: Person) -> None:
    accept(analyst, send(analyst, TABLE))
    again = send(analyst, TABLE)
    assert again.counts == {"new": 0, "there": 2, "wrong": 0}
    html = page(analyst, again)
    assert "here already" in html
    assert Article.objects.latest("id").get_absolute_url() in html
    assert "Bring in 0" not in html


def test_what_matches_is_said_and_why(analyst: Person) -> None:
    there = factories.an_article(analyst.desk, ONE, url="https://x.example/1")
    factories.an_article(factories.a_workspace(), TWO)
    lines = [
        {"title": "the same text", "text": ONE},
        {"title": "the address", "text": "Another.", "url": "https://x.example/1"},
        {"title": "new", "text": TWO, "url": "https://x.example/2"},
        {"title": "twice", "text": TWO},
        {"title": "twice by address", "text": "Other.", "url": "https://x.example/2"},
    ]
    job = send(analyst, "\n".join(map(json.dumps, lines)), "a.jsonl")
    assert job.counts == {"new": 1, "there": 4, "wrong": 0}
    matches = [(item["what"], item["match"]) for item in job.sample]
    assert matches[:2] == [("there", str(there.uid))] * 2
    assert matches[3:] == [("there", "")] * 2
    assert "twice in the file: line 3" in job.sample[3]["why"]
    accept(analyst, job)
    assert Article.objects.kept().within(analyst.desk).count() == 2


def test_publishers_are_found_by_name_alias_and_id(analyst: Person) -> None:
    herald = factories.a_source(analyst.desk, name="Herald")
    herald.aliases.create(workspace=analyst.desk, name="The Herald")
    for _ in "ab":
        factories.a_source(analyst.desk, name="MoD")
    names = ["Herald", "the herald", str(herald.uid), "MoD", str(analyst.desk.uid), "New", "new"]
    lines = ({"title": "T", "text": f"Text {n}.", "publisher": v} for n, v in enumerate(names))
    job = send(analyst, "\n".join(map(json.dumps, lines)), "a.jsonl")
    assert [item["field"] for item in job.problems] == ["publisher"] * 2
    assert "fits several sources" in job.problems[0]["why"]
    assert "No source of the desk has this id" in job.problems[1]["why"]
    accept(analyst, job, leave_wrong_out="1")
    named = [article.publisher.name for article in Article.objects.kept().order_by("id")]
    assert named == ["Herald"] * 3 + ["New"] * 2
    assert Source.objects.kept().filter(name__iexact="new").count() == 1


@pytest.mark.one_database
def test_one_that_is_wrong_stops_all_until_it_is_left_out(analyst: Person) -> None:
    job = send(analyst, TABLE + ",no title,,ftp://x\n")
    assert job.counts == {"new": 2, "there": 0, "wrong": 1}
    html = page(analyst, job)
    for word in ("What is wrong", "line 4", "Give a title", "web address"):
        assert word in html
    answer = accept(analyst, job)
    assert answer.status_code == 422
    assert "say that it is to be left out" in answer.content.decode()
    assert not Article.objects.exists()
    accept(analyst, job, leave_wrong_out="1")
    assert Article.objects.kept().count() == 2


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4", "none of what can be brought in"),
        ("a.zip", b"no zip", "none of what can be brought in"),
        ("a.csv", b"", "empty"),
    ],
)
def test_a_file_of_no_known_format_is_refused(
    analyst: Person, name: str, content: bytes, said: str
) -> None:
    sent = {"file": SimpleUploadedFile(name, content)}
    answer = analyst.client.post(at(analyst, "import-new"), sent)
    assert answer.status_code == 422
    assert said in answer.context["form"].errors["file"][0]
    assert not Import.objects.exists()


@pytest.mark.one_database
def test_a_file_that_is_too_large_is_refused(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.forms.imports.MAX_IMPORT", 3)
    sent = {"file": SimpleUploadedFile("a.csv", b"title,text")}
    answer = analyst.client.post(at(analyst, "import-new"), sent)
    assert "the most that is taken is 200 MB" in answer.context["form"].errors["file"][0]


@pytest.mark.one_database
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(analyst: Person) -> None:
    job = send(analyst, "title,body\na,b\n")
    assert job.state == "failed"
    assert "no column “text”" in page(analyst, job)
    assert not job.file


# -- cancelled, or done by others ----------------------------------------------------------------


@pytest.mark.one_database
def test_one_that_was_looked_at_can_be_dropped(analyst: Person) -> None:
    job = send(analyst, TABLE)
    analyst.client.post(at(analyst, "import-cancel", job.uid))
    assert accept(analyst, job).status_code == 422
    assert (job.state, bool(job.file)) == ("cancelled", False)
    answer = analyst.client.post(at(analyst, "import-cancel", job.uid), follow=True)
    assert "It had ended already" in answer.content.decode()


@pytest.mark.one_database
def test_a_large_file_is_read_and_brought_in_by_the_worker(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    job = send(analyst, TABLE)
    html = page(analyst, job)
    assert "being read" in html
    assert 'hx-trigger="every 2s"' in html
    part = analyst.client.get(job.get_absolute_url(), headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="state"')
    call_command("work", once=True)
    assert accept(analyst, job).status_code == 302
    assert job.state == "waiting"
    call_command("work", once=True)
    job.refresh_from_db()
    assert (job.state, Article.objects.kept().count()) == ("done", 2)
    assert not tasks.work_once()


def test_cancelled_in_the_middle_leaves_nothing(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    monkeypatch.setattr(imports, "STAGED_AT_ONCE", 2)
    job = send(analyst, TABLE + "Three,A third.,Mirror,\n")
    tasks.work_once()
    accept(analyst, job)
    stage = ArticleTable.stage

    def stage_and_cancel(*given: Any) -> Any:
        Import.objects.update(cancel_asked=True)
        return stage(*given)

    monkeypatch.setattr(ArticleTable, "stage", stage_and_cancel)
    tasks.work_once()
    job.refresh_from_db()
    assert job.state == "cancelled"
    for model in (Article, Revision, Source, Staged, Change, SearchDocument):
        assert not model.objects.exists(), model
    assert "cancelled, nothing was brought in" in page(analyst, job)


def test_one_that_nobody_works_on_yet_is_cancelled_at_once(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    job = send(analyst, TABLE)
    analyst.client.post(at(analyst, "import-cancel", job.uid))
    job.refresh_from_db()
    assert job.state == "cancelled"


# -- workers that die ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "after"),
    [((ArticleTable, "stage"), 1), ((imports, "_publish"), 0), ((search, "add"), 1)],
    ids=["staging", "publishing", "indexing"],
)
def test_another_goes_on_where_one_was_killed(
    analyst: Person, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, str], after: int
) -> None:
    later(monkeypatch)
    monkeypatch.setattr(imports, "STAGED_AT_ONCE", 2)
    monkeypatch.setattr(imports, "ARTICLES_OF_A_CHUNK", 2)
    job = send(analyst, rows(5), "a.jsonl")
    tasks.work_once()
    accept(analyst, job)
    killed_at(monkeypatch, *where, after)
    assert Article.objects.kept().count() in (0, 5)
    assert not tasks.work_once()  # somebody may still be alive
    lapse()
    tasks.work_once()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    texts = Revision.objects.filter(article__deleted_at=None).values_list("text", flat=True)
    assert sorted(texts) == [f"Text {n}." for n in range(5)]
    assert Change.objects.count() == 1
    assert SearchDocument.objects.filter(noun="article").count() == 5


def test_one_that_kills_every_worker_is_given_up(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    job = send(analyst, TABLE)
    Import.objects.update(attempts=3)
    tasks.work_once()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "tried three times" in job.why_failed


def test_who_lost_the_lease_writes_nothing_more(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    job = send(analyst, TABLE)
    slow = import_lease.take(job.pk)
    assert slow is not None
    assert import_lease.take(job.pk) is None
    lapse()
    tasks.work_once()
    imports.run(slow)
    assert not slow.end(state="failed")
    job.refresh_from_db()
    assert job.state == "ready"


def test_a_worker_that_is_told_to_end_leaves_it_to_the_next(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch)
    job = send(analyst, TABLE)
    tasks.work_once(lambda: True)
    job.refresh_from_db()
    assert (job.state, job.lease, job.attempts) == ("reading", "", 0)
    tasks.work_once()
    job.refresh_from_db()
    assert job.state == "ready"


def test_an_error_of_ours_takes_all_back_and_says_so(
    analyst: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job = send(analyst, TABLE)

    def broken(*_: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(imports, "_publish", broken)
    accept(analyst, job)
    assert job.state == "failed"
    assert "An error in this program" in job.why_failed
    assert "RuntimeError" in caplog.text  # its words can be somebody's
    assert not Article.objects.exists()


def test_who_was_taken_off_the_desk_brings_nothing_in(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = send(analyst, TABLE)
    later(monkeypatch)
    accept(analyst, job)
    analyst.user.memberships.all().update(role=Role.VIEWER.value)
    tasks.work_once()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "may no longer" in job.why_failed


def test_a_text_that_came_meanwhile_is_not_made_twice(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = send(analyst, TABLE)
    stage = ArticleTable.stage

    def somebody_faster(*given: Any) -> Any:
        made = stage(*given)
        factories.an_article(analyst.desk, TWO)
        return made

    monkeypatch.setattr(ArticleTable, "stage", somebody_faster)
    accept(analyst, job)
    assert (job.state, job.counts["new"]) == ("done", 1)
    kept = Revision.objects.filter(article__deleted_at=None, text=TWO)
    assert kept.count() == 1


def test_what_turned_wrong_since_the_dry_run_stops_it(analyst: Person) -> None:
    job = send(analyst, TABLE)
    for _ in "ab":
        factories.a_source(analyst.desk, name="Herald")
    accept(analyst, job)
    assert job.state == "failed"
    assert "line 2: “Herald” fits several" in job.why_failed


# -- pages ---------------------------------------------------------------------------------------


def test_the_list_costs_the_same_for_one_and_eleven(analyst: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert "table.csv" in analyst.client.get(at(analyst, "imports")).content.decode()
        return len(caught)

    send(analyst, TABLE)
    queries()
    few = queries()
    for _ in range(10):
        Import.objects.create(
            workspace=analyst.desk, made_by=factories.a_user(), format="articles-zip",
            name="a.zip", size=1, state="done",
        )  # fmt: skip
    assert queries() == few


@pytest.mark.one_database
def test_an_import_of_another_desk_is_not_there(analyst: Person) -> None:
    job = send(analyst, TABLE)
    other = factories.a_user()
    factories.a_membership(factories.a_workspace(slug="else"), other)
    address = reverse("import", args=["else", job.uid])
    assert sign_in(other).get(address).status_code == 404


@pytest.mark.one_database
def test_the_worker_ends_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    told: dict[int, Any] = {}
    monkeypatch.setattr(signal, "signal", told.__setitem__)
    monkeypatch.setattr(time, "sleep", lambda _: told[signal.SIGTERM](15, None))
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    call_command("work")
    parents = iter([1, 1])
    monkeypatch.setattr(os, "getppid", lambda: next(parents, 2))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    call_command("work", with_parent=True)
