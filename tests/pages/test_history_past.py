"""What a file tells of its own history: shown beside ours, as the file's word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import assessment as assessments
from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import incident as incidents
from claims.actions import undo
from claims.actions.assessment import Finding
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput
from claims.models import Chronicle, Claim, Incident, PastChange, PastRow, Workspace
from claims.records import Confidence, Role, SpanRole, Verdict
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words
from tests.unit.actions.brought import brought
from tests.unit.actions.test_importing import written

pytestmark = pytest.mark.django_db

SECRET = "The reason that waits for a second opinion."


def elsewhere() -> Actor:
    """Somebody at another desk, who has worked there."""
    desk = factories.a_workspace(slug="elsewhere")
    user = factories.a_user("zainab", first_name="Zainab", last_name="of Mosul")
    factories.a_membership(desk, user, Role.REVIEWER)
    actor = Actor(desk, user)
    article = factories.an_article(desk, title="The article")
    incident = incidents.create(actor, {"code": "E-1", "title": "A strike"})
    speaker = factories.a_source(desk, name="The command")
    claim = claims.create(
        actor,
        article,
        {"source": speaker, "incident": incident},
        [SpanInput(SpanRole.CONTENT, 0, 8)],
    )
    claims.edit(actor, claim, claim.version, {"note": "<b>a note</b>"})
    undo.undo(actor, actor.acts[-1])
    question = incidents.add_question(actor, incident, {"text": "Who?"}, ["They"])
    finding = Finding(
        Verdict.LEANS, Confidence.LOW, SECRET, question.positions.get(), wants_second=True
    )
    assessments.record(actor, question, finding)
    return actor


def brought_in(owner: Person, actor: Actor) -> None:
    brought(owner.actor, "work-jsonl", written(actor.workspace, "jsonl"), "their.jsonl")


def of(row: Any) -> str:
    return reverse(f"{row._meta.model_name}-history", args=[row.workspace.slug, row.uid])


def all_of(desk: Workspace, **query: str) -> str:
    return reverse("history-past", args=[desk.slug], query=query)


def look(person: Person, address: str) -> Any:
    answer = person.client.get(address)
    assert answer.status_code == 200
    return parsed(answer)


def test_a_thing_has_what_files_tell_of_it_apart_from_ours(owner: Person, viewer: Person) -> None:
    brought_in(owner, elsewhere())
    page = look(viewer, of(Claim.objects.get(workspace=owner.desk)))
    ours, (undid, edited, added) = select(page, "#change"), select(page, ".change.past")
    assert ours == []
    assert "Zainab of Mosul added a claim" in words(added)
    assert "as told by the file “their.jsonl”, brought in on" in words(added)
    assert "by owner" in words(added)
    assert "undone by Zainab of Mosul" in words(edited)
    assert "from nothing → to <b>a note</b>" in words(edited)
    assert "who says itThe command" in words(added)
    assert "undid" in words(undid)
    assert select(page, ".change.past button") == []
    # Our own history has one line: that the file was brought in.
    (line,) = [one for one in select(page, ".change") if "past" not in one.get("class", "")]
    assert "imported “their.jsonl”" in words(line)


@pytest.mark.one_database
def test_the_feed_leads_to_all_that_files_tell(owner: Person, viewer: Person) -> None:
    assert "history in files" not in words(look(viewer, reverse("history", args=["desk"])))
    assert "No file has told anything." in words(look(viewer, all_of(owner.desk)))
    brought_in(owner, elsewhere())
    feed = look(viewer, reverse("history", args=["desk"]))
    assert all_of(owner.desk) in {link.get("href") for link in select(feed, ".meta a")}
    page = look(viewer, all_of(owner.desk))
    assert len(select(page, ".change.past")) == PastChange.objects.count()
    incident = Incident.objects.get(workspace=owner.desk)
    assert incident.get_absolute_url() in {a.get("href") for a in select(page, ".about a")}
    claim = Claim.objects.get(workspace=owner.desk)
    one = look(viewer, all_of(owner.desk, noun="claim", of=str(claim.uid)))
    assert 0 < len(select(one, ".change.past")) < PastChange.objects.count()
    for noun, uid in (("wish", str(incident.uid)), ("incident", "x"), ("claim", str(incident.uid))):
        assert viewer.client.get(all_of(owner.desk, noun=noun, of=uid)).status_code == 404


@pytest.mark.one_database
def test_an_undone_import_tells_nothing(owner: Person) -> None:
    brought_in(owner, elsewhere())
    undo.undo(owner.actor, Chronicle.objects.get().change)
    assert "No file has told anything." in words(look(owner, all_of(owner.desk)))
    page = look(owner, of(Claim.objects.get(workspace=owner.desk)))
    assert select(page, ".change.past") == []


@pytest.mark.one_database
def test_a_second_reviewer_reads_no_verdict_in_it(owner: Person, reviewer: Person) -> None:
    brought_in(owner, elsewhere())
    incident = Incident.objects.get(workspace=owner.desk)
    assert SECRET in words(look(owner, of(incident)))
    page = words(look(reviewer, of(incident)))
    assert SECRET not in page
    assert "a verdict, shown once you have decided" in page
    export = reverse("export-file", args=["desk", "jsonl"])
    told: Any = reviewer.client.get(export)
    assert SECRET.encode() not in b"".join(told.streaming_content)
    told = owner.client.get(export)
    assert SECRET.encode() in b"".join(told.streaming_content)


@pytest.mark.one_database
def test_whatever_a_file_tells_is_shown_and_believed_in_nothing(owner: Person) -> None:
    brought_in(owner, elsewhere())
    claim = Claim.objects.get(workspace=owner.desk)
    act = PastChange.objects.filter(topics__object_uid=claim.uid).latest("id")
    for noun, after in (
        ("nonsense", '{"a":[1],"b":{"c":null},"name":7}'),
        ("claim", f'{{"source_id":"x","incident_id":"{UUID(int=5)}","said_from":3}}'),
        ("assessmentclaim", '{"assessment_id":"y"}'),
        ("span", "{}"),
    ):
        PastRow.objects.create(past=act, noun=noun, after=after)
    page = words(look(owner, of(claim)))
    assert "nonsense “7”" in page
    assert "something that is not at this desk" in page


def test_as_many_queries_for_one_act_as_for_many(owner: Person) -> None:
    actor = elsewhere()
    brought_in(owner, actor)
    incident = Incident.objects.get(workspace=owner.desk)
    theirs = Incident.objects.get(workspace=actor.workspace)
    pages = (of(incident), all_of(owner.desk))
    counts = []
    for _ in range(2):
        for address in pages:
            with CaptureQueriesContext(connection) as queries:
                look(owner, address)
            counts.append(len(queries))
        for number in range(11):
            comments.create(actor, theirs, f"{number}")
        brought_in(owner, actor)
    assert counts[:2] == counts[2:]
    assert Chronicle.objects.count() == 3
