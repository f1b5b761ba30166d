"""Work by the import page: looked at first, then whole or not at all, whoever dies over it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims import tasks
from claims.actions import claim as claims
from claims.actions import import_lease, import_publish, imports, search, undo
from claims.actions.importing import publish
from claims.actions.journal import Actor
from claims.models import Article, ChangeRow, Claim, Credit, Import, Incident, SearchDocument
from claims.snapshot import FORMATS, Selection, reading
from tests.pages.conftest import Person
from tests.pages.importing import accept, killed_at, lapse, later, page, send
from tests.unit.snapshot import desks


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes here."""
    monkeypatch.setattr(import_lease, "GAP", 0)


def worked_on(job: Import) -> Import:
    """As the worker leaves it."""
    imports.run_now(job)
    job.refresh_from_db()
    return job


def exported(desk: Any, name: str) -> bytes:
    with reading() as reader:
        return b"".join(FORMATS[name].write(reader, Selection(desk), desks.permalink))


@pytest.mark.parametrize(("name", "file"), [("csv", "work.zip"), ("jsonl", "work.jsonl")])
def test_work_is_looked_at_first_and_comes_in_whole(owner: Person, name: str, file: str) -> None:
    content = exported(desks.a_desk().workspace, name)
    before = Claim.objects.within(owner.desk).count()
    job = worked_on(send(owner, content, file))
    assert job.state == "ready"
    assert job.counts["wrong"] == 0
    assert {"claims", "links"} <= {item["where"] for item in job.sample}
    assert Claim.objects.within(owner.desk).count() == before
    accept(owner, job)
    worked_on(job)
    assert (job.state, job.why_failed) == ("done", "")
    assert Claim.objects.within(owner.desk).count() == before + 4
    assert "Rows: " in page(owner, job)
    again = worked_on(send(owner, content, file))
    assert again.counts["new"] == 0
    assert job.change
    undo.undo(owner.actor, job.change, consent=True)
    assert Claim.objects.within(owner.desk).kept().count() == before


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ((import_publish, "note"), 4),
        ((imports, "_show"), 0),
        ((publish, "_show"), 3),
        ((import_publish, "tell"), 2),
        ((search, "add"), 1),
    ],
    ids=["making", "made", "showing", "telling", "indexing"],
)
def test_work_is_whole_though_its_worker_was_killed(
    owner: Person, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, str], after: int
) -> None:
    monkeypatch.setattr(publish, "ROWS", 2)
    monkeypatch.setattr(imports, "TOLD_AT_ONCE", 5)
    content = exported(desks.a_desk().workspace, "jsonl")
    later(monkeypatch)
    job = send(owner, content, "work.jsonl")
    tasks.work_once()
    accept(owner, job)
    killed_at(monkeypatch, *where, after)
    lapse()
    tasks.work_once()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert exported(owner.desk, "jsonl") == content
    made = ChangeRow.objects.filter(change=job.change_id)
    assert made.count() == len(set(made.values_list("model", "object_id"))) > 30
    found = SearchDocument.objects.filter(workspace=owner.desk)
    assert found.filter(noun="claim").count() == 4


def test_work_that_is_cancelled_while_it_is_made_leaves_nothing(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = exported(owner.desk, "csv")
    later(monkeypatch)
    job = send(owner, exported(desks.a_desk().workspace, "jsonl"), "work.jsonl")
    tasks.work_once()
    accept(owner, job)
    killed_at(monkeypatch, import_publish, "note", 9)
    assert Claim.objects.filter(workspace=owner.desk).exists()
    lapse()
    owner.client.post(reverse("import-cancel", args=[owner.desk.slug, job.uid]))
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert exported(owner.desk, "csv") == empty
    for model in (Claim, Article, Incident, Credit):
        assert not model.objects.filter(workspace=owner.desk).exists()


@pytest.mark.one_database
def test_work_waits_while_other_work_comes_in(
    owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = exported(desks.a_desk().workspace, "jsonl")
    later(monkeypatch)
    first, second = (send(owner, content, f"{name}.jsonl") for name in ("first", "second"))
    tasks.work_once()
    tasks.work_once()
    accept(owner, first)
    refused = accept(owner, second)
    assert (refused.status_code, second.state) == (422, "ready")
    assert "“first.jsonl” is coming in here just now" in refused.content.decode()
    tasks.work_once()
    assert accept(owner, second).status_code == 302
    tasks.work_once()
    second.refresh_from_db()
    assert second.state == "done"
    twice = ChangeRow.objects.filter(change=second.change_id, model__in=["claim", "article"])
    assert not twice.exists()


def test_what_is_deleted_and_the_history_are_counted_apart(owner: Person, analyst: Person) -> None:
    there = desks.a_desk()
    claims.delete(Actor(there.workspace, there.analyst), there.demand, there.demand.version)
    content = exported(there.workspace, "jsonl")
    found = {}
    for person in (owner, analyst):
        job = worked_on(send(person, content, "work.jsonl"))
        found[person] = {item["where"]: item["title"] for item in job.sample}
        html = page(person, job)
        assert found[person]["claims"] == "3"
        assert found[person]["claims, deleted"] == "1"
        assert "as deleted, and stay so" in html
        assert ("stays out: only an owner" in html) == (person == analyst)
    assert found[owner]["history"] == "2"
    assert "history" not in found[analyst]


def test_work_with_something_wrong_stays_out(owner: Person) -> None:
    content = exported(desks.a_desk().workspace, "jsonl").replace(b'"demand"', b'"wish"')
    job = worked_on(send(owner, content, "work.jsonl"))
    assert job.counts["wrong"]
    assert job.problems[0]["field"] == "kind"
    html = page(owner, job)
    assert "whole or not at all" in html
    assert "Bring in" not in html.partition("Nothing is made yet")[2]
    assert accept(owner, job, leave_wrong_out="1").status_code == 422
