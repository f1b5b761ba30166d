"""The lossless form: deleted rows, words that wait and the journal go out and come in again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import article as articles
from claims.actions import assessment as assessments
from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import incident as incidents
from claims.actions import incident_merge, search, source_merge, undo
from claims.actions import revision as revisions
from claims.actions import source as sources
from claims.actions.assessment import Finding
from claims.actions.importing.past import STAYS_OUT
from claims.actions.journal import Actor
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.models import Change, Chronicle, Claim, PastChange, Placement, Side, Source, Workspace
from claims.records import Confidence, Role, SpanRole, Verdict
from claims.records.native import BESIDE
from claims.snapshot import FORMATS, Filters, Selection, reading
from tests import factories
from tests.unit.actions import searched
from tests.unit.actions.brought import act_of, brought, planned
from tests.unit.actions.desk import Desk
from tests.unit.actions.test_importing import written
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db


def reader_of(slug: str, role: Role = Role.OWNER) -> Actor:
    """Somebody at a desk with nothing at it."""
    empty = Workspace.objects.filter(slug=slug).first() or factories.a_workspace(slug=slug)
    user = factories.a_user(f"{slug}-{role.value}")
    factories.a_membership(empty, user, role)
    return Actor(empty, user)


def worked(desk: desks.Desk) -> Actor:
    """Acts of every sort at a desk: edited, deleted, undone, merged, revised, decided."""
    actor = Actor(desk.workspace, desk.analyst)
    side = sources.save_side(actor, Side(), {"name": "Rebels", "color": 3})
    minister = sources.create(
        actor, {"name": "Minister", "kind": "person", "named": True, "side": side}, ["MoD", "É"]
    )
    article = desk.second
    said = "الطائرات قصفت السوق"
    start = desks.SECOND.index(said)
    spans = [SpanInput(SpanRole.CONTENT, start, start + len(said))]
    made = claims.create(
        actor,
        article,
        {"source": minister, "incident": desk.strike},
        spans,
        figures=[{"measure": "killed", "low": 3}],
        filings=[FilingInput(desk.bomb)],
    )
    claims.edit(actor, made, made.version, {"note": "+ edited"}, figures=[])
    undo.undo(actor, undo.undo(actor, actor.acts[-1]))
    made.refresh_from_db()
    comment = comments.create(actor, made, "gone with the claim?")
    comments.create(actor, made, "stays on what is deleted")
    comments.delete(actor, comment, comment.version)
    claims.delete(actor, made, made.version)
    sources.edit(actor, minister, minister.version, {"side": None})
    sources.delete_side(actor, side)
    minister.refresh_from_db()
    twin = sources.create(actor, {"name": "The Minister", "kind": "person", "named": True})
    source_merge.merge(actor, twin, minister, (twin.version, minister.version), consent=True)
    other = incidents.create(actor, {"code": "X-1", "title": "The same strike"})
    question = incidents.add_question(actor, other, {"text": "Who?", "aspect": "perpetrator"}, [])
    answer = incidents.add_position(actor, question, {"text": "Nobody"})
    finding = Finding(Verdict.LEANS, Confidence.LOW, "why", position=answer)
    assessments.withdraw(actor, assessments.record(actor, question, finding))
    answer.refresh_from_db()
    incidents.delete_position(actor, answer, answer.version)
    desk.raid.refresh_from_db()
    other.refresh_from_db()
    incident_merge.merge(actor, desk.raid, other, (desk.raid.version, other.version), consent=True)
    upload = articles.keep_upload(actor, "gone.txt", "text/plain", b"Gone text.")
    article = articles.freeze(actor, upload, "Gone text.", "utf-8", {"title": "To go"}, twin)
    articles.delete(actor, article, article.version)
    revise(actor, desk.first, desks.FIRST.replace("dozens were", "dozen was"))
    revise(actor, desk.first, "Correction.\n" + desks.FIRST)
    undo.undo(actor, actor.acts[-1])
    assert Placement.objects.exists()
    return actor


def revise(actor: Actor, article: Any, text: str) -> None:
    upload = articles.keep_upload(actor, "new.txt", "text/plain", text.encode(), article=article)
    article.refresh_from_db()
    revisions.revise(actor, article, article.version, text, "utf-8", upload)


def lines(content: bytes, table: str) -> list[dict[str, Any]]:
    held = map(json.loads, content.decode().splitlines())
    return [line for line in held if line.get("table") == table]


@pytest.fixture
def desk() -> desks.Desk:
    desk = desks.a_desk()
    worked(desk)
    search.rebuild()  # a part of it was made past the actions
    return desk


def test_everything_comes_in_and_goes_out_the_same(desk: desks.Desk) -> None:
    content = written(desk.workspace, "jsonl")
    other = reader_of("other")
    done = brought(other, "work-jsonl", content, "work.jsonl")
    assert done.deleted["claims"] == 1
    assert done.new["changes"] == len(lines(content, "changes")) > 20
    assert written(other.workspace, "jsonl") == content
    assert written(other.workspace, "csv") == written(desk.workspace, "csv")
    searched.assert_is_up_to_date()
    again = brought(other, "work-jsonl", content)
    assert again.makes == 0
    # A third desk, from the second: what files told is told again, to the letter.
    third = reader_of("third")
    brought(third, "work-jsonl", written(other.workspace, "jsonl"))
    assert written(third.workspace, "jsonl") == content


def test_nothing_of_the_database_is_in_the_journal(desk: desks.Desk) -> None:
    content = written(desk.workspace, "jsonl")
    changes = {line["change_id"]: line for line in lines(content, "changes")}
    assert {line["by"] for line in [*changes.values()][1:]} == {"Nour Haddad"}
    assert [line["action"] for line in changes.values()][1:4] == [
        "side.save",
        "source.create",
        "claim.create",
    ]
    undone = [line for line in changes.values() if line["undo_of"]]
    assert len(undone) == 3
    assert all(line["undo_of"] in changes for line in undone)
    rows = lines(content, "change_rows")
    assert all(line["object_id"] and line["change_id"] in changes for line in rows)
    for line in rows:
        for data in (line["before"], line["after"]):
            for name, value in (data or {}).items():
                assert name not in ("workspace_id", "uid", "original", "annotator_id")
                if name.endswith("_id"):
                    assert value is None or len(value) == 36
    # A side that is deleted for good still has the id under which the journal knew it.
    made = next(line for line in rows if line["noun"] == "side")
    minister = next(line for line in rows if line["noun"] == "source")
    assert minister["after"]["side_id"] == made["object_id"]
    topics = lines(content, "change_topics")
    assert {line["noun"] for line in topics} == {
        "claim",
        "question",
        "incident",
        "article",
        "source",
    }


@pytest.mark.one_database
def test_only_an_owner_takes_the_journal_over(desk: desks.Desk) -> None:
    content = written(desk.workspace, "jsonl")
    analyst = reader_of("other", Role.ANALYST)
    found = planned(analyst.workspace, "work-jsonl", content, owner=False)
    assert found.notes == [STAYS_OUT]
    brought(analyst, "work-jsonl", content)
    assert not PastChange.objects.exists()
    # So the import itself is told, as what happened here.
    told = lines(written(analyst.workspace, "jsonl"), "changes")
    assert "work.import" in {line["action"] for line in told}
    owner = reader_of("other")
    done = brought(owner, "work-jsonl", content)
    assert done.new["claims"] == 0
    assert done.new["changes"] == PastChange.objects.count()


@pytest.mark.one_database
def test_an_undone_import_takes_its_journal_along(desk: desks.Desk) -> None:
    content = written(desk.workspace, "jsonl")
    other = reader_of("other")
    brought(other, "work-jsonl", content)
    back = undo.undo(other, act_of(other))
    told = written(other.workspace, "jsonl")
    assert [line["action"] for line in lines(told, "changes")] == [
        "side.save",
        "work.import",
        "undo",
    ]
    assert not PastChange.objects.told().exists()
    undo.undo(other, back, consent=True)
    assert lines(written(other.workspace, "jsonl"), "changes") == lines(content, "changes")


@pytest.mark.one_database
def test_of_a_journal_only_what_is_new_is_taken_over(desk: desks.Desk) -> None:
    earlier = written(desk.workspace, "jsonl")
    other = reader_of("other")
    brought(other, "work-jsonl", earlier, "earlier")
    comments.create(Actor(desk.workspace, desk.analyst), desk.raid, "Since then.")
    later = written(desk.workspace, "jsonl")
    done = brought(other, "work-jsonl", later, "later")
    assert (done.new["changes"], done.new["comments"]) == (1, 1)
    assert written(other.workspace, "jsonl") == later
    # The desk that the file is of knows all of it itself.
    assert planned(desk.workspace, "work-jsonl", later).makes == 0


@pytest.mark.one_database
def test_a_filter_leaves_the_journal_and_the_deleted_out(desk: desks.Desk) -> None:
    content = b"".join(narrowed(desk))
    head, *rest = map(json.loads, content.decode().splitlines())
    assert head["journal"] is False
    assert head["leaves_out"][-1].startswith("Narrowed by filters: the history")
    assert not any("deleted_at" in line for line in rest)
    assert {line["table"] for line in rest}.isdisjoint({"changes", "change_rows"})


def narrowed(desk: desks.Desk) -> Iterator[bytes]:
    with reading() as reader:
        chosen = Selection(desk.workspace, Filters(incident=desk.strike))
        yield from FORMATS["jsonl"].write(reader, chosen, desks.permalink)


def changed(content: bytes, table: str, number: int, **values: Any) -> bytes:
    """The file with other values in the row of this number of a table."""
    held = [json.loads(line) for line in content.decode().splitlines()]
    rows = [line for line in held if line.get("table") == table]
    rows[number] |= values
    return "".join(f"{json.dumps(line)}\n" for line in held).encode()


GONE = "2026-01-01T00:00:00Z"


WRONG: list[tuple[str, int, dict[str, Any], str]] = [
    ("incidents", 1, {"deleted_at": GONE}, "is in the file, but deleted."),
    ("sources", 0, {"deleted_at": "soon"}, "deleted_at: “soon” is not a moment"),
    ("changes", 0, {"action": "DROP"}, "does not have the form of it"),
    ("changes", 0, {"kind": "wish"}, "is not one of"),
    ("change_rows", 0, {"after": "x"}, "is not an object of JSON"),
    ("change_rows", 0, {"after": {"x": "\ud800"}}, "half a character"),
    ("change_rows", 0, {"change_id": str(UUID(int=7))}, "Its act is not in the file"),
    ("placements", 0, {"quote": "others"}, "The earlier text says something else there."),
    ("placements", 0, {"start": 99999, "end": 100000}, "outside the new text"),
    ("placements", 0, {"start": None}, "It has one end only."),
    ("placements", 0, {"before": 9}, "There is no such text"),
]


@pytest.mark.one_database
def test_what_is_wrong_with_it_is_said(desk: desks.Desk) -> None:
    content = written(desk.workspace, "jsonl")
    other = reader_of("other")
    for table, number, values, told in WRONG:
        broken = changed(content, table, number, **values)
        found = planned(other.workspace, "work-jsonl", broken)
        assert told in "\n".join(map(str, found.problems))
    with pytest.raises(ValidationError):
        brought(other, "work-jsonl", broken)
    assert not Source.objects.filter(workspace=other.workspace).exists()


@pytest.mark.one_database
def test_nothing_new_leans_on_what_is_deleted_here(desk: desks.Desk) -> None:
    other = reader_of("other")
    brought(other, "work-jsonl", written(desk.workspace, "jsonl"))
    twin = Claim.objects.get(workspace=other.workspace, uid=desk.demand.uid)
    claims.delete(other, twin, twin.version)
    comments.create(Actor(desk.workspace, desk.analyst), desk.demand, "What of it?")
    found = planned(other.workspace, "work-jsonl", written(desk.workspace, "jsonl"))
    (problem,) = found.problems
    assert problem.why == f"{twin.uid} is deleted at this desk: bring it back first."


@pytest.mark.one_database
def test_what_says_it_is_gone_but_is_not_counts_as_new(desk: desks.Desk) -> None:
    content = changed(written(desk.workspace, "jsonl"), "comments", 0, deleted_at=None)
    before = planned(reader_of("one").workspace, "work-jsonl", written(desk.workspace, "jsonl"))
    after = planned(reader_of("two").workspace, "work-jsonl", content)
    assert after.new["comments"] == before.new["comments"]
    assert after.deleted["comments"] == before.deleted["comments"]


@pytest.mark.one_database
def test_a_file_of_the_first_version_still_comes_in(desk: desks.Desk) -> None:
    kept = [
        line
        for line in map(json.loads, written(desk.workspace, "jsonl").decode().splitlines()[1:-1])
        if "deleted_at" not in line and line["table"] not in {table.name for table in BESIDE}
    ]
    for line in kept:
        if line["table"] == "assessments" and line["answer"] == "Nobody":
            line["position_id"] = None  # as version 1 told an answer that is deleted
    head = {"format": "counterclaim.jsonl", "version": 1, "leaves_out": []}
    old = "".join(f"{json.dumps(line)}\n" for line in [head, *kept]).encode()
    other = reader_of("other")
    brought(other, "work-jsonl", old)
    assert written(other.workspace, "csv") == written(desk.workspace, "csv")
    assert not Chronicle.objects.exists()


def test_as_many_queries_for_one_act_as_for_many(
    desk: desks.Desk, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        written(desk.workspace, "jsonl")
    actor = Actor(desk.workspace, desk.analyst)
    for text in "abcdef":
        comment = comments.create(actor, desk.raid, text)
        comments.delete(actor, comment, comment.version)
    with django_assert_num_queries(len(few)):
        written(desk.workspace, "jsonl")


@pytest.mark.one_database
@pytest.mark.parametrize("seed", range(2))
def test_whatever_people_do_and_take_back_goes_round(seed: int) -> None:
    day = Desk()
    try:
        day.work(seed, changes=40)
        content = written(day.people[0].workspace, "jsonl")
        other = reader_of("other")
        brought(other, "work-jsonl", content)
        assert written(other.workspace, "jsonl") == content
        assert (
            len(lines(content, "changes"))
            == Change.objects.exclude(workspace=other.workspace).count()
        )
    finally:
        day.teardown()
