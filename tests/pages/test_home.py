"""The front page of a desk: what is disputed, what waits for the reader, what is new."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import assessment as verdicts
from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import incident as incidents
from claims.actions.assessment import Finding
from claims.actions.spans import SpanInput
from claims.models import Claim, Workspace
from claims.records import Confidence, Relation, SpanRole, Verdict
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

SO_IT_SEEMS = Finding(Verdict.UNRESOLVED, Confidence.LOW, "Not enough is known.")


def home(person: Person) -> Any:
    answer = person.client.get(person.desk.get_absolute_url())
    assert answer.status_code == 200
    return parsed(answer)


def section(page: Any, title: str) -> str:
    (found,) = select(page, f"section[aria-labelledby={title}]")
    return words(found)


def a_dispute(person: Person, title: str) -> None:
    incident = factories.an_incident(person.desk, title=title)
    article = factories.an_article(person.desk)
    competes: list[claims.LinkInput] = []
    for _ in range(2):
        made = claims.create(
            person.actor,
            article,
            {"source": factories.a_source(person.desk), "incident": incident},
            [SpanInput(SpanRole.CONTENT, 0, 8)],
            competes_with=competes,
        )
        competes = [claims.LinkInput(made.uid, Relation.CONTRADICTS)]


def test_an_empty_desk_says_how_to_begin(analyst: Person) -> None:
    page = home(analyst)
    assert "Nothing is in dispute." in section(page, "disputed-title")
    assert "Nothing is assigned to you." in section(page, "mine-title")
    assert "Bring the first one in." in section(page, "progress-title")
    assert "Nothing has been done here yet." in section(page, "news-title")


def test_what_is_disputed_and_what_is_new(analyst: Person, viewer: Person) -> None:
    a_dispute(analyst, "A raid")
    factories.an_incident(analyst.desk, title="A quiet day")
    page = home(viewer)
    disputed = section(page, "disputed-title")
    assert "A raid" in disputed
    assert "A quiet day" not in disputed
    assert "All 1 in dispute" in disputed
    assert "analyst added" in section(page, "news-title")
    (link, *_) = select(page, ".news a")
    assert link.get("href") == Claim.objects.latest("id").get_absolute_url()


def test_what_waits_is_ones_own_and_unfinished(analyst: Person, reviewer: Person) -> None:
    desk = analyst.desk
    for title, person, status in (
        ("Mine", analyst, "new"),
        ("Finished", analyst, "annotated"),
        ("Theirs", reviewer, "new"),
        ("Free", None, "new"),
    ):
        who = person.user if person else None
        factories.an_article(desk, title=title, assignee=who, status=status)
    factories.an_incident(desk, title="My raid", assignee=analyst.user)
    factories.an_incident(desk, title="My closed raid", assignee=analyst.user, workflow="closed")
    page = home(analyst)
    mine = section(page, "mine-title")
    assert "Mine" in mine
    assert "My raid" in mine
    assert not any(other in mine for other in ("Finished", "Theirs", "My closed raid", "approve"))
    (link,) = [a for a in select(page, "a") if "nobody has taken" in words(a)]
    assert "Free" in analyst.client.get(link.get("href")).content.decode()
    assert "1 of 4 annotated or reviewed" in section(page, "progress-title")


def test_reviewers_are_told_what_waits_for_approval(analyst: Person, reviewer: Person) -> None:
    factories.a_claim(factories.an_article(analyst.desk, "A depot burnt."), "A depot")
    assert "1 claim to approve" in section(home(reviewer), "mine-title")


def test_other_desks_stay_out_of_it(viewer: Person) -> None:
    elsewhere: Workspace = factories.a_workspace()
    factories.an_article(elsewhere, title="Secret", assignee=viewer.user)
    factories.an_incident(elsewhere, title="Hidden", state="disputed")
    assert not any(word in words(home(viewer)) for word in ("Secret", "Hidden"))


def test_much_costs_as_many_queries_as_little(analyst: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            home(analyst)
        return len(seen)

    a_dispute(analyst, "Raid 0")
    factories.an_article(analyst.desk, assignee=analyst.user)
    factories.an_incident(analyst.desk, assignee=analyst.user)
    few = queries()
    for number in range(1, 6):
        a_dispute(analyst, f"Raid {number}")
        factories.an_article(analyst.desk, assignee=analyst.user)
        factories.an_incident(analyst.desk, assignee=analyst.user)
    assert queries() == few


def test_what_a_reviewer_is_asked_waits_for_others_than_its_author(
    reviewer: Person, owner: Person, analyst: Person
) -> None:
    incident = factories.an_incident(analyst.desk)
    question = factories.a_question(incident)
    verdicts.record(owner.actor, question, SO_IT_SEEMS._replace(wants_second=True))
    verdicts.record(owner.actor, incident, SO_IT_SEEMS)
    asked = "1 incident where a second reviewer is asked for"
    assert asked in section(home(reviewer), "mine-title")
    for person in (owner, analyst):
        assert asked not in section(home(person), "mine-title")
    claims.create(
        analyst.actor,
        factories.an_article(analyst.desk),
        {"source": factories.a_source(analyst.desk), "incident": incident},
        [SpanInput(SpanRole.CONTENT, 0, 8)],
    )
    changed = "1 incident where evidence changed since a verdict"
    assert changed in section(home(reviewer), "mine-title")
    assert changed not in section(home(analyst), "mine-title")


def test_who_is_named_in_an_open_comment_finds_it(analyst: Person, reviewer: Person) -> None:
    incident, gone = (factories.an_incident(analyst.desk) for _ in range(2))
    said = comments.create(reviewer.actor, incident, "Please ring them, @analyst.")
    comments.create(reviewer.actor, gone, "And these, @analyst?")
    incidents.delete(analyst.actor, gone, gone.version)
    comments.create(analyst.actor, incident, "A note to myself, @analyst.")
    mine = section(home(analyst), "mine-title")
    assert "Please ring them, @analyst." in mine
    assert "And these" not in mine
    assert "A note to myself" not in mine
    assert "You are named" not in section(home(reviewer), "mine-title")
    comments.resolve(reviewer.actor, said, said.version)
    assert "You are named" not in section(home(analyst), "mine-title")
