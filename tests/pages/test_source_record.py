"""A source's page: its answers beside the verdicts there, and where it stands against itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Incident, Question, Source
from claims.records import Extent, Relation, Stance
from claims.views.paging import SIZE
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

TEXT = "A shell hit it. A bomb hit it. Nobody knows."
Says = Callable[..., Claim]


@pytest.fixture
def army(viewer: Person) -> Source:
    return factories.a_source(viewer.desk, name="Army")


@pytest.fixture
def incident(viewer: Person) -> Incident:
    return factories.an_incident(viewer.desk, title="The market")


@pytest.fixture
def cause(incident: Incident) -> Question:
    question = factories.a_question(incident, text="What hit it?")
    for text in ("A shell", "A bomb"):
        factories.a_position(question, text=text)
    factories.a_position(question, text="Does not know", competes=False)
    return question


@pytest.fixture
def says(viewer: Person, army: Source, incident: Incident) -> Says:
    """A live claim of the army on an article of its own, filed under an answer to a question."""
    wire = factories.a_source(viewer.desk, name="Wire")

    def one(
        question: Question | None, answer: str, day: str = "2016-12-08", **filing: Any
    ) -> Claim:
        article = factories.an_article(viewer.desk, TEXT, publisher=wire, published_on=day)
        fields = {"source": army, "incident": incident, "live": True, "stands": True}
        claim = factories.a_claim(article, f"{answer} hit it." if question else "", **fields)
        if question:
            position = question.positions.get(text=answer)
            factories.a_filing(claim, position, **filing)
        return claim

    return one


def page(person: Person, source: Source) -> Any:
    answer = person.client.get(reverse("source", args=[person.desk.slug, source.uid]))
    assert answer.status_code == 200
    return parsed(answer)


def turned(person: Person, source: Source) -> str:
    return " ".join(words(one) for one in select(page(person, source), ".turns"))


def test_what_it_answers_stands_beside_the_verdicts(
    viewer: Person, army: Source, incident: Incident, cause: Question, says: Says
) -> None:
    says(cause, "A shell")
    says(cause, "A shell")
    other = factories.a_question(incident, text="Was it aimed at?")
    factories.a_position(other, text="A bomb")
    says(other, "A bomb", stance=Stance.REJECTS, extent=Extent.IN_PART)
    withdrawn = says(cause, "A bomb")
    Claim.objects.filter(pk=withdrawn.pk).update(live=False, stands=False, status="withdrawn")
    bomb = cause.positions.get(text="A bomb")
    found: dict[str, Any] = {"verdict": "leans", "position": bomb, "likelihood": "likely"}
    first = factories.an_assessment(cause, **found)
    factories.an_assessment(cause, second_of=first, agrees=False, evidence_changed=True)
    factories.an_assessment(cause, withdrawn_at=factories.NOON, withdrawn_by=first.reviewer)
    rows = [words(row) for row in select(page(viewer, army), ".answers tbody tr")]
    assert len(rows) == 2
    assert rows[0].startswith("What hit it? held: A shell (2 claims) leans to: A bomb (user-")
    assert "second opinion: dissents; evidence changed since" in rows[0]
    assert rows[0].count("unresolved") == 1
    assert rows[1] == "Was it aimed at? rejected in part: A bomb no verdict yet"


def test_a_verdict_that_a_second_reviewer_must_not_see_stays_out(
    reviewer: Person, viewer: Person, army: Source, cause: Question, says: Says
) -> None:
    says(cause, "A shell")
    shell = cause.positions.get(text="A shell")
    found: dict[str, Any] = {"verdict": "established", "position": shell, "wants_second": True}
    factories.an_assessment(cause, **found)
    (told,) = select(page(reviewer, army), ".answers tbody tr")
    assert "established" not in words(told)
    assert "it is shown once you have decided" in words(told)
    (told,) = select(page(viewer, army), ".answers tbody tr")
    assert "established: A shell" in words(told)


def test_two_answers_that_cannot_both_be_so_stand_with_their_days(
    viewer: Person, army: Source, cause: Question, says: Says
) -> None:
    later = says(cause, "A bomb", "2016-12-09")
    says(cause, "A shell", "2016-12-08")
    Claim.objects.filter(pk=later.pk).update(said_from="2016-12-09")
    told = turned(viewer, army)
    assert "Two answers to “What hit it?”: both cannot be so." in told
    first, second = (words(one) for one in select(page(viewer, army), ".turns li"))
    assert first.startswith("8 December 2016 (published), as reported by Wire ¶1; held: A shell")
    assert first.endswith("A shell hit it.")
    assert second.startswith("9 December 2016, as reported by Wire ¶1; held: A bomb")


@pytest.mark.parametrize(
    ("answer", "filing"),
    [
        ("A bomb", {"extent": Extent.IN_PART}),
        ("A bomb", {"stance": Stance.REJECTS}),
        ("A shell", {}),
    ],
)
def test_what_can_both_be_so_is_no_contradiction(
    viewer: Person, army: Source, cause: Question, says: Says, answer: str, filing: dict[str, Any]
) -> None:
    says(cause, "A shell")
    says(cause, answer, **filing)
    assert turned(viewer, army) == ""


def test_a_question_with_several_answers_rules_nothing_out(
    viewer: Person, army: Source, cause: Question, says: Says
) -> None:
    Question.objects.filter(pk=cause.pk).update(exclusive=False)
    says(cause, "A shell")
    says(cause, "A bomb")
    assert turned(viewer, army) == ""
    says(cause, "A shell", stance=Stance.REJECTS)
    assert "Two answers to" in turned(viewer, army)


def test_a_statement_that_is_repeated_contradicts_once(
    viewer: Person, army: Source, cause: Question, says: Says
) -> None:
    shell = says(cause, "A shell", "2016-12-07")
    for _ in range(3):
        factories.a_link(says(cause, "A shell"), Relation.RESTATES, shell)
    says(cause, "A bomb")
    assert turned(viewer, army).count("Two answers") == 1
    assert "7 December 2016" in turned(viewer, army)


def test_what_it_replaced_and_what_people_linked_is_told(
    viewer: Person, army: Source, says: Says
) -> None:
    old, new, third = (says(None, "") for _ in "abc")
    factories.a_figure(old, low=20, high=20, as_stated="20")
    factories.a_figure(new, low=30, high=30, as_stated="30")
    factories.a_link(new, Relation.SUPERSEDES, old)
    Claim.objects.filter(pk=old.pk).update(live=False, stands=False)
    factories.a_link(new, Relation.CONTRADICTS, third)
    factories.a_link(new, Relation.DENIES, old)  # no longer stands
    told = turned(viewer, army)
    assert "Replaced by the source itself. Numbers differ from the first report: “20”." in told
    assert "Linked: the one contradicts the other." in told
    assert "denies" not in told


def test_what_others_say_is_not_its_contradiction(
    viewer: Person, army: Source, cause: Question, says: Says
) -> None:
    mine = says(cause, "A shell")
    theirs = says(cause, "A bomb")
    Claim.objects.filter(pk=theirs.pk).update(source=factories.a_source(viewer.desk))
    factories.a_link(mine, Relation.CONTRADICTS, theirs)
    assert turned(viewer, army) == ""


def test_only_so_many_pairs_are_printed(
    viewer: Person, army: Source, cause: Question, says: Says
) -> None:
    says(cause, "A shell")
    for _ in range(12):
        says(cause, "A bomb")
    shown = page(viewer, army)
    assert len(select(shown, ".turns li")) == 20
    assert "And 2 more such pairs." in words(shown)


def test_eleven_incidents_with_turns_cost_as_many_queries_as_one(
    reviewer: Person, army: Source
) -> None:
    def one_more() -> None:
        incident = factories.an_incident(reviewer.desk)
        question = factories.a_question(incident)
        factories.an_assessment(question, wants_second=True)
        factories.an_assessment(question)
        for _ in "ab":
            article = factories.an_article(reviewer.desk, TEXT)
            claim = factories.a_claim(
                article, source=army, incident=incident, live=True, stands=True
            )
            factories.a_filing(claim, factories.a_position(question))

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(reviewer, army)
        return len(seen)

    one_more()
    few = queries()
    for _ in range(10):
        one_more()
    assert queries() == few


def test_a_long_list_goes_on_with_what_is_known_of_the_incident(
    viewer: Person, army: Source, incident: Incident, cause: Question, says: Says
) -> None:
    says(cause, "A shell")
    says(cause, "A bomb")
    article = factories.an_article(viewer.desk, TEXT)
    for _ in range(SIZE):
        factories.a_claim(article, source=army, incident=incident)
    factories.a_claim(article, source=army)
    first = page(viewer, army)
    assert len(select(first, "li.card")) == SIZE
    (after,) = [a.get("href") for a in select(first, "a") if "after=" in (a.get("href") or "")]
    answer = viewer.client.get(reverse("source", args=[viewer.desk.slug, army.uid]) + after)
    assert answer.status_code == 200
    second = parsed(answer)
    assert len(select(second, "li.card")) == 3
    assert "About no incident" in words(second)
    for shown in (first, second):
        assert "held: A shell" in words(shown)
        assert len(select(shown, ".turns li")) == 2
