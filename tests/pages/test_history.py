"""The history of a desk and of each thing; an incident as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import article as articles
from claims.actions import assessment, member, source, undo
from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions.spans import SpanInput
from claims.forms.history import ACTIONS
from claims.models import (
    Article,
    Assessment,
    Change,
    Claim,
    Incident,
    Membership,
    Position,
    Workspace,
)
from claims.records import ChangeKind, ClaimStatus, Confidence, Relation, Role, SpanRole, Verdict
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words
from tests.unit.actions.test_journal import ACTS

WHAT = SpanInput(SpanRole.CONTENT, 0, 8)


@pytest.fixture
def article(desk: Workspace) -> Article:
    return factories.an_article(desk, status="in_progress", title="The article")


@pytest.fixture
def incident(desk: Workspace) -> Incident:
    return factories.an_incident(desk, code="A-1", title="A strike")


def said(person: Person, article: Article, name: str = "The command", **values: Any) -> Claim:
    speaker = factories.a_source(person.desk, name=name)
    return claims.create(person.actor, article, {"source": speaker} | values, [WHAT])


def history(desk: Workspace, **filters: str) -> str:
    return reverse("history", args=[desk.slug], query=filters)


def of(row: Any) -> str:
    return reverse(f"{row._meta.model_name}-history", args=[row.workspace.slug, row.uid])


def as_of(row: Incident, **moment: str) -> str:
    return reverse("incident-as-of", args=[row.workspace.slug, row.uid], query=moment)


def look(person: Person, address: str, status: int = 200) -> Any:
    answer = person.client.get(address)
    assert answer.status_code == status
    return parsed(answer)


def lines(page: Any) -> list[str]:
    return [words(line) for line in select(page, ".change")]


def did(page: Any) -> list[str]:
    return [words(line) for line in select(page, ".change .did")]


def newest() -> Change:
    return Change.objects.latest("id")


# -- the feed --------------------------------------------------------------------------------


def test_the_newest_act_comes_first_with_who_when_and_what(
    analyst: Person, viewer: Person, article: Article, incident: Incident
) -> None:
    said(analyst, article, incident=incident)
    claim = Claim.objects.get()
    links_of = {
        reverse("claim", args=[analyst.desk.slug, claim.uid]): "claim of The command",
        incident.get_absolute_url(): "A-1",
        article.get_absolute_url(): "The article",
    }
    incidents.edit(analyst.actor, incident, 1, {"place": "al-Qaim"})
    page = look(viewer, history(analyst.desk))
    edited, added = select(page, ".change")
    assert "edited the incident A-1 A strike" in words(edited)
    assert "analyst added a claim: The command says it is so: A strike" in words(added)
    when = select(added, "time")[0].get("datetime")
    assert dt.datetime.fromisoformat(when) == Change.objects.earliest("id").at
    assert {a.get("href"): words(a) for a in select(added, ".about a")} == links_of


def test_an_undone_act_says_by_whom_and_an_undo_of_what(
    analyst: Person, reviewer: Person, desk: Workspace
) -> None:
    incidents.create(analyst.actor, {"title": "A strike"})
    first = newest()
    undone = undo.undo(reviewer.actor, first)
    page = look(analyst, history(desk))
    back, act = lines(page)
    assert "undone by reviewer" in act
    assert "first done by analyst" in back
    assert "undone" in select(page, ".change")[1].get("class").split()
    undo.undo(analyst.actor, undone)
    again, back, act = lines(look(analyst, history(desk)))
    assert "done again by analyst" in act
    assert "done again by analyst" in back
    assert "redid: added the incident" in again


def buttons(page: Any) -> list[tuple[str, str]]:
    """What the buttons say, and where each leads."""
    return [
        (words(form).partition(":")[0], form.get("action")) for form in select(page, ".change form")
    ]


def test_the_button_stands_where_one_may(
    viewer: Person, analyst: Person, reviewer: Person, owner: Person, desk: Workspace
) -> None:
    incidents.create(analyst.actor, {"title": "Mine"})
    mine = ("Undo", reverse("change-undo", args=[desk.slug, newest().uid]))
    incidents.create(owner.actor, {"title": "Theirs"})
    theirs = ("Undo", reverse("change-undo", args=[desk.slug, newest().uid]))
    seat = Membership.objects.get(workspace=desk, user=viewer.user)
    member.set_role(owner.actor, seat, Role.ANALYST)
    member.set_role(owner.actor, seat, Role.VIEWER)
    where = history(desk)
    assert buttons(look(viewer, where)) == []
    assert buttons(look(analyst, where)) == [mine]
    assert buttons(look(reviewer, where)) == [theirs, mine]
    assert buttons(look(owner, where))[-2:] == [theirs, mine]
    assert len(buttons(look(owner, where))) == 4


def test_the_opening_of_the_desk_is_not_undone(owner: Person) -> None:
    made = member.create_workspace(owner.user, {"slug": "new-desk", "name": "New"})
    assert buttons(look(owner, history(made))) == []


def test_undo_and_redo_from_the_feed_lead_back_to_it(analyst: Person, desk: Workspace) -> None:
    incidents.create(analyst.actor, {"title": "A strike"})
    where = history(desk, kind="incident")
    for word, there in (("Undo", False), ("Redo", True)):
        (form,) = select(look(analyst, where), ".change form")[:1]
        assert words(form).startswith(word)
        sent = {one.get("name"): one.get("value") for one in select(form, "input")}
        answer = analyst.client.post(form.get("action"), sent)
        assert answer.headers["Location"] == where
        assert Incident.objects.kept().exists() is there


def test_the_filters_narrow_the_feed(
    analyst: Person, reviewer: Person, desk: Workspace, article: Article
) -> None:
    claim = said(analyst, article)
    claims.set_status(reviewer.actor, claim, claim.version, ClaimStatus.APPROVED)
    incidents.create(analyst.actor, {"title": "Gone"})
    undo.undo(reviewer.actor, newest())
    Change._base_manager.filter(action="claim.create").update(
        at=dt.datetime(2026, 1, 31, 23, tzinfo=dt.UTC)
    )

    def found(**filters: str) -> list[str]:
        return did(look(analyst, history(desk, **filters)))

    undid, made, approved, added = found()
    assert found(person=str(reviewer.user.pk)) == [undid, approved]
    assert found(kind="claim") == [approved, added]
    assert found(kind="incident") == [undid, made]
    assert found(action="claim.approved") == [approved]
    assert found(action="undo") == [undid]
    assert found(until="2026-01-31") == [added]
    assert found(since="2026-01-31", until="2026-01-31") == [added]
    assert found(since="2026-02-01") == [undid, made, approved]
    assert found(undone="on") == [made]
    assert found(kind="link") == []
    assert found(kind="claim", person=str(analyst.user.pk)) == [added]


@pytest.mark.parametrize(
    "filters", [{"kind": "x"}, {"person": "0"}, {"since": "2026-02-02", "until": "2026-01-01"}]
)
def test_a_filter_that_can_not_be_finds_nothing(
    analyst: Person, desk: Workspace, filters: dict[str, str]
) -> None:
    incidents.create(analyst.actor, {"title": "A strike"})
    page = look(analyst, history(desk, **filters))
    assert did(page) == []
    assert "Nothing fits" in words(page)


def test_the_last_day_there_is_can_be_asked_for(analyst: Person, desk: Workspace) -> None:
    incidents.create(analyst.actor, {"title": "A strike"})
    assert len(did(look(analyst, history(desk, until="9999-12-31")))) == 1


def test_every_act_has_its_words_in_the_filter_and_its_kind() -> None:
    told = {action for acts in ACTIONS.values() for action in acts}
    status = {f"claim.{one.value}" for one in ClaimStatus}
    assert told == set(ACTS) | status
    assert ChangeKind.OTHER not in ACTIONS


def test_a_long_feed_comes_in_pages(analyst: Person, desk: Workspace) -> None:
    for number in range(53):
        incidents.create(analyst.actor, {"title": f"Strike {number}"})
    page = look(analyst, history(desk))
    first = did(page)
    (more,) = select(page, "a[rel=next]")
    rest = did(look(analyst, history(desk) + more.get("href")))
    assert (len(first), len(rest)) == (50, 3)
    assert len({*first, *rest}) == 53


def test_only_people_who_did_something_here_are_offered(
    analyst: Person, reviewer: Person, outsider: Person, desk: Workspace
) -> None:
    incidents.create(analyst.actor, {"title": "A strike"})
    page = look(analyst, history(desk))
    assert [words(one) for one in select(page, "#id_person option")] == ["anybody", "analyst"]


def test_an_empty_desk_says_so(viewer: Person, desk: Workspace) -> None:
    assert "Nothing has been done here yet." in words(look(viewer, history(desk)))


def test_what_is_written_is_shown_as_text(analyst: Person, desk: Workspace) -> None:
    incidents.create(analyst.actor, {"title": "<img src=x>"})
    for where in (history(desk), of(Incident.objects.get())):
        page = look(analyst, where)
        assert "<img src=x>" in words(page)
        assert not select(page, ".change img")


# -- the history of one thing ----------------------------------------------------------------


def fields(page: Any) -> dict[str, str]:
    """The fields of the newest change, by their labels."""
    change = select(page, ".change")[0]
    return {
        words(select(row, "dt")[0]): words(select(row, "dd")[0])
        for row in select(change, ".fields > div")
    }


def test_an_edit_tells_each_field_before_and_after_in_words(
    analyst: Person, article: Article, incident: Incident
) -> None:
    claim = said(analyst, article)
    accused = factories.a_source(analyst.desk, name="The coalition")
    values = {
        "polarity": "denies",
        "incident": incident,
        "accused": accused,
        "said_from": dt.date(2016, 12, 8),
        "note": "n",
    }
    claims.edit(analyst.actor, claim, claim.version, values)
    assert fields(look(analyst, of(claim))) == {
        "says": "from says it is so → to says it is not so",
        "incident": "from nothing → to A-1 A strike",
        "whom it blames": "from nothing → to The coalition",
        "said on": "from nothing → to 8 December 2016",
        "note": "from nothing → to n",
    }


def test_words_and_numbers_are_told_as_they_stand(analyst: Person, article: Article) -> None:
    claim = said(analyst, article)
    figures = [{"measure": "killed", "status": "civilian", "low": 24, "low_basis": "convention"}]
    other = [SpanInput(SpanRole.CONTENT, 13, 19)]
    claims.edit(analyst.actor, claim, claim.version, {}, spans=other, figures=figures)
    told = [words(li) for li in select(select(look(analyst, of(claim)), ".change")[0], ".told li")]
    assert told == [
        "taken out what: A strike",
        f"added what: {factories.TEXT[13:19]}",
        "added number: killed, civilians: 24 or more by our convention",
    ]


def test_an_incident_has_the_history_of_everything_in_it(
    analyst: Person, article: Article, incident: Incident
) -> None:
    question = incidents.add_question(analyst.actor, incident, {"text": "Why?"}, ["So"])
    one, other = (said(analyst, article, name, incident=incident) for name in ("One", "Other"))
    links.create(analyst.actor, one.uid, other.uid, Relation.CONTRADICTS)
    links.file(analyst.actor, one.uid, links.FilingInput(question.positions.get()))
    incidents.create(analyst.actor, {"title": "Elsewhere"})
    assert did(look(analyst, of(incident))) == [
        "filed a claim of One under “Why?”: holds: So",
        "linked two claims: One contradicts Other",
        "added a claim: Other says it is so: A strike",
        "added a claim: One says it is so: A strike",
        "asked “Why?”",
    ]
    page = look(analyst, of(question))
    assert did(page) == ["filed a claim of One under “Why?”: holds: So", "asked “Why?”"]
    assert "added filing: One: A strike — holds — So (Why?)" in words(page)
    assert len(did(look(analyst, of(article)))) == 4
    assert len(did(look(analyst, of(one.source)))) == 3
    assert len(did(look(analyst, of(other)))) == 2


def test_what_is_deleted_keeps_its_history_and_is_brought_back_from_there(
    analyst: Person, article: Article
) -> None:
    claim = said(analyst, article)
    claims.delete(analyst.actor, claim, claim.version)
    page = look(analyst, of(claim))
    assert "This claim is deleted" in words(page)
    feed = look(analyst, history(analyst.desk))
    assert of(claim) in {a.get("href") for a in select(feed, ".about a")}
    form = select(page, ".change form")[0]
    sent = {one.get("name"): one.get("value") for one in select(form, "input")}
    answer = analyst.client.post(form.get("action"), sent)
    assert answer.headers["Location"] == of(claim)
    assert Claim.objects.kept().exists()
    assert "deleted" not in words(select(look(analyst, of(claim)), ".head")[0])


def test_undoing_what_made_a_thing_stays_on_its_history(analyst: Person, article: Article) -> None:
    claim = said(analyst, article)
    sent = {"next": of(claim)}
    where = reverse("change-undo", args=[analyst.desk.slug, newest().uid])
    assert analyst.client.post(where, sent).headers["Location"] == of(claim)


def test_what_is_gone_for_good_is_called_as_it_was_last(analyst: Person, desk: Workspace) -> None:
    side = source.save_side(analyst.actor, factories.a_side(desk), {"name": "North", "color": 1})
    speaker = factories.a_source(desk, side=side)
    source.edit(analyst.actor, speaker, 1, {"side": None})
    source.delete_side(analyst.actor, side)
    assert fields(look(analyst, of(speaker))) == {"side": "from North → to nothing"}


def test_no_row_is_told_in_json(owner: Person, article: Article, incident: Incident) -> None:
    """Each act of the journal's own tests, as it stands in the histories."""
    actor = owner.actor
    claim = said(owner, article, incident=incident)
    claims.restate(actor, said(owner, article, "Other"), 1, claim.uid, consent=True)
    articles.mark_read(actor, article.revisions.get(), [1])
    upload = articles.keep_upload(actor, "a.txt", "text/plain", b"Other words.")
    articles.freeze(actor, upload, "Other words.", "utf-8", {"title": "New"})
    source.edit(actor, claim.source, 1, {"kind": "media"}, aliases=["JOC"])
    templates = [{"text": "Why?", "positions": ["So", "Not so"]}]
    member.edit_workspace(actor, {"question_templates": templates})
    incidents.create(actor, {"title": "With questions"})
    for row in [
        claim,
        article,
        incident,
        claim.source,
        *Article.objects.all(),
        *Incident.objects.all(),
    ]:
        page = look(owner, of(row))
        assert select(page, ".told li")
        for line in select(page, ".told"):
            assert not {"{", "}", "[{", "None", "_id", "uid"} & set(words(line).split())
            assert "_" not in words(line)


def test_a_change_with_many_rows_tells_the_first_and_counts_the_rest(
    analyst: Person, incident: Incident
) -> None:
    answers = [f"Answer {number}" for number in range(60)]
    question = incidents.add_question(analyst.actor, incident, {"text": "Why?"}, answers)
    page = look(analyst, of(question))
    assert len(select(page, ".told li")) == 41
    assert "and 21 more" in words(page)


@pytest.mark.parametrize("noun", ["claim", "incident", "article", "source"])
def test_the_pages_lead_to_their_history(
    noun: str, analyst: Person, article: Article, incident: Incident
) -> None:
    claim = said(analyst, article, incident=incident)
    rows: dict[str, Any] = {
        "claim": claim,
        "incident": incident,
        "article": article,
        "source": claim.source,
    }
    edit = reverse("claim-edit", args=[analyst.desk.slug, claim.uid])
    where = edit if noun == "claim" else rows[noun].get_absolute_url()
    page = look(analyst, where)
    assert of(rows[noun]) in {a.get("href") for a in select(page, "a")}
    assert history(analyst.desk) in {a.get("href") for a in select(page, ".bar a")}


# -- an incident as it was -------------------------------------------------------------------


def a_dispute(person: Person, article: Article, incident: Incident) -> Change:
    """Two accounts of one question; the change with which the second one came."""
    question = incidents.add_question(
        person.actor, incident, {"text": "What was it?"}, ["A bomb", "A strike"]
    )
    bomb, strike = question.positions.order_by("order")
    one = said(person, article, "The command", incident=incident)
    links.file(person.actor, one.uid, links.FilingInput(bomb))
    other = said(person, article, "A medic", incident=incident)
    links.file(person.actor, other.uid, links.FilingInput(strike))
    return newest()


def test_an_incident_is_opened_as_it_was_before_a_change(
    analyst: Person, viewer: Person, article: Article, incident: Incident
) -> None:
    change = a_dispute(analyst, article, incident)
    incident = Incident.objects.get(pk=incident.pk)
    incidents.edit(analyst.actor, incident, incident.version, {"title": "Renamed"})
    history_of = look(analyst, of(incident))
    where = as_of(incident, before=str(change.uid))
    assert where in {a.get("href") for a in select(history_of, ".about a")}
    page = look(viewer, where)
    assert words(select(page, "h1")[0]) == "A strike"
    assert words(select(page, ".head .badge")[0]) == "one source"
    assert "As it was just before analyst filed a claim of A medic" in words(page)
    assert "Read only" in words(page)
    assert "A bomb 1 · A strike 0" in words(select(page, "#matrix")[0])
    assert "A medic" in words(select(page, "#unfiled")[0])
    assert not select(page, "#matrix form, #matrix button")
    assert not select(page, "main form[method=post]")


def test_an_incident_is_opened_as_it_was_at_a_time(
    analyst: Person, article: Article, incident: Incident
) -> None:
    change = a_dispute(analyst, article, incident)
    now = timezone.now().replace(tzinfo=None)
    page = look(analyst, as_of(incident, at=f"{now + dt.timedelta(minutes=1):%Y-%m-%dT%H:%M}"))
    assert words(select(page, ".head .badge")[0]) == "⚡ disputed: what was it"
    assert "As it was at" in words(page)
    Change._base_manager.filter(pk__gte=change.pk).update(at=timezone.now() + dt.timedelta(days=2))
    page = look(analyst, as_of(incident, at=f"{now + dt.timedelta(days=1):%Y-%m-%dT%H:%M}"))
    assert words(select(page, ".head .badge")[0]) == "one source"


def test_before_it_was_made_and_after_it_was_deleted_it_was_not_there(
    analyst: Person, desk: Workspace
) -> None:
    incident = incidents.create(analyst.actor, {"title": "A strike"})
    made = newest()
    incidents.delete(analyst.actor, incident, incident.version)
    deleted = newest()
    assert "was not there then" in words(look(analyst, as_of(incident, before=str(made.uid))))
    page = look(analyst, as_of(incident, before=str(deleted.uid)))
    assert words(select(page, "h1")[0]) == "A strike"
    assert "was not there then" in words(look(analyst, as_of(incident, at="2100-01-01T00:00")))


def finding(answer: Position, why: str) -> assessment.Finding:
    return assessment.Finding(Verdict.LEANS, Confidence.LOW, why, answer)


def test_the_verdicts_are_those_of_the_moment(
    analyst: Person, reviewer: Person, article: Article, incident: Incident
) -> None:
    filed = a_dispute(analyst, article, incident)
    question = incident.questions.get()
    bomb, strike = question.positions.order_by("order")
    assessment.record(reviewer.actor, question, finding(bomb, "The crater is small."))
    decided = newest()
    more = said(analyst, article, "A neighbour", incident=incident)
    links.file(analyst.actor, more.uid, links.FilingInput(strike))
    assessment.record(reviewer.actor, question, finding(strike, "A second one was found."))
    replaced = newest()
    assessment.withdraw(reviewer.actor, Assessment.objects.latest("id"))

    def verdicts(before: Change) -> str:
        page = look(analyst, as_of(incident, before=str(before.uid)))
        return words(select(page, "[aria-labelledby=verdicts-title]")[0])

    assert "No verdict then." in verdicts(filed)
    assert "No verdict then." in verdicts(decided)
    then = verdicts(replaced)
    assert "leans to: A bomb" in then
    assert "The crater is small." in then
    assert "evidence changed since" in then
    assert "A second one" not in then
    assert "Withdraw" not in verdicts(newest())
    assert "leans to: A strike" in verdicts(newest())


def test_a_second_reviewer_sees_no_first_verdict_of_the_past(
    analyst: Person, reviewer: Person, owner: Person, article: Article, incident: Incident
) -> None:
    a_dispute(analyst, article, incident)
    question = incident.questions.get()
    bomb = question.positions.order_by("order")[0]
    first = assessment.record(reviewer.actor, question, finding(bomb, "The crater is small."))
    assessment.ask(reviewer.actor, first)
    now = as_of(incident)
    assert "The crater is small." not in words(look(owner, now))
    assert "shown once you have decided" in words(look(owner, now))
    assert "The crater is small." in words(look(analyst, now))


def test_a_moment_that_is_none_is_told_beside_the_field(
    analyst: Person, incident: Incident
) -> None:
    page = look(analyst, as_of(incident, at="yesterday"), status=422)
    assert "valid date/time" in words(select(page, ".then label")[0])
    assert "As it is now" in words(look(analyst, as_of(incident)))


def test_a_change_of_another_desk_is_no_moment_of_this_one(
    analyst: Person, incident: Incident
) -> None:
    elsewhere = factories.a_workspace()
    theirs = Change.objects.create(workspace=elsewhere, action="claim.create", summary="s")
    look(analyst, as_of(incident, before=str(theirs.uid)), status=404)
    look(analyst, as_of(incident, before="nothing"), status=404)


# -- what it costs ---------------------------------------------------------------------------


def queries(person: Person, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert person.client.get(address).status_code == 200
    return len(seen)


def work(person: Person, incident: Incident, count: int) -> None:
    """So many of each act on an incident, in articles and of sources of their own."""
    for number in range(count):
        article = factories.an_article(person.desk, publisher=factories.a_source(person.desk))
        question = incidents.add_question(person.actor, incident, {"text": f"{number}?"}, ["So"])
        one, other = (said(person, article, incident=incident) for _ in range(2))
        links.create(person.actor, one.uid, other.uid, Relation.CONTRADICTS)
        links.file(person.actor, one.uid, links.FilingInput(question.positions.get()))
        claims.edit(person.actor, one, Claim.objects.get(pk=one.pk).version, {"note": "n"})
        undo.undo(person.actor, undo.undo(person.actor, newest()))


PAGES: dict[str, Callable[[Incident], str]] = {
    "feed": lambda row: history(row.workspace),
    "incident": of,
    "as of": lambda row: as_of(row, at="2100-01-01T00:00"),
}


@pytest.mark.parametrize("page", PAGES)
def test_eleven_of_each_cost_as_many_queries_as_one(
    page: str, analyst: Person, desk: Workspace
) -> None:
    few, many = (factories.an_incident(desk) for _ in range(2))
    work(analyst, few, 1)
    first = queries(analyst, PAGES[page](few))
    work(analyst, many, 11)
    assert queries(analyst, PAGES[page](many)) == first
