"""Verdicts on their pages: recorded, seconded blind, marked when the evidence changes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import assessment as verdicts
from claims.actions import claim as claims
from claims.actions import link as links
from claims.actions.assessment import Finding
from claims.actions.link import FilingInput
from claims.models import Assessment, Claim, Incident, Position, Question, Workspace
from claims.records import ClaimStatus, Confidence, Likelihood, Verdict
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

WHY = "Two sides say so, independently."


@pytest.fixture
def incident(desk: Workspace) -> Incident:
    return factories.an_incident(desk, title="A strike")


@pytest.fixture
def question(incident: Incident) -> Question:
    return factories.a_question(incident, text="What caused it?", is_key=True)


@pytest.fixture
def strike(question: Question) -> Position:
    return factories.a_position(question, text="Air strike")


@pytest.fixture
def claim(desk: Workspace, incident: Incident, strike: Position) -> Claim:
    source = factories.a_source(desk, name="The medic")
    claim = factories.a_claim(factories.an_article(desk), incident=incident, source=source)
    factories.a_filing(claim, strike)
    return claim


def url(name: str, row: Any) -> str:
    return reverse(name, args=["desk", row.uid])


def seen(person: Person, incident: Incident) -> Any:
    """The verdicts on the incident's page."""
    answer = person.client.get(url("incident", incident))
    assert answer.status_code == 200
    (panel,) = select(parsed(answer), "#review")
    return panel


def posted(person: Person, subject: Any, **instead: Any) -> Any:
    """The form as it opens, filled in and sent."""
    name = "question-verdict" if isinstance(subject, Question) else "incident-verdict"
    page = parsed(person.client.get(url(name, subject)))
    (seal,) = select(page, "[name=seal]")
    values = {
        "seal": seal.get("value"),
        "verdict": "unresolved",
        "confidence": "low",
        "rationale": WHY,
    }
    return person.client.post(url(name, subject), values | instead)


def leaning(strike: Position, **instead: Any) -> Finding:
    finding = Finding(Verdict.LEANS, Confidence.MODERATE, WHY, strike, Likelihood.LIKELY)
    return finding._replace(**instead)


def test_a_verdict_is_recorded_and_read(
    reviewer: Person, viewer: Person, question: Question, strike: Position, claim: Claim
) -> None:
    answer = posted(
        reviewer,
        question,
        verdict="leans",
        position=str(strike.uid),
        likelihood="likely",
        claims=[str(claim.uid)],
    )
    assert answer.status_code == 302
    made = Assessment.objects.get()
    assert answer["Location"] == f"{url('incident', question.incident)}#assessment-{made.uid}"
    panel = seen(viewer, question.incident)
    assert "leans to: Air strike" in words(panel)
    sentences = [words(p) for p in select(panel, ".told p")]
    assert "Likelihood that it is so: likely, 55–80 %." in sentences
    assert "Confidence: low." in sentences
    assert not any("onfidence" in told and "ikelihood" in told for told in sentences)
    assert "Rests on 1 claim" in words(panel)
    assert "The medic" in words(panel)
    assert not select(panel, "form")
    assert not select(panel, "[hx-get]")


def test_the_form_shows_bands_and_the_filed_claims(
    reviewer: Person, desk: Workspace, question: Question, claim: Claim
) -> None:
    desk.uses_reliability = desk.uses_credibility = True
    desk.save()
    factories.a_rating(claim.source)
    Claim.objects.filter(pk=claim.pk).update(credibility="2")
    other = factories.a_claim(claim.article, incident=question.incident)
    page = parsed(reviewer.client.get(url("question-verdict", question)))
    assert "roughly even chance, 45–55 %" in words(page)
    boxes = select(page, "input[name=claims]")
    assert [box.get("value") for box in boxes] == [str(claim.uid)]
    assert "graded B2" in words(page)
    whole = parsed(reviewer.client.get(url("incident-verdict", question.incident)))
    assert {box.get("value") for box in select(whole, "input[name=claims]")} == {
        str(claim.uid),
        str(other.uid),
    }
    assert not select(whole, "[name=position]")


def test_many_claims_are_filtered_by_words_and_those_ticked_stay(
    reviewer: Person, question: Question, strike: Position, claim: Claim
) -> None:
    assert not select(
        parsed(reviewer.client.get(url("question-verdict", question))), "#id_claims_q"
    )
    for name in ("Ali", "Ben", "Can", "Dua", "Eva", "Fox", "Gil"):
        source = factories.a_source(reviewer.desk, name=f"Witness {name}")
        other = factories.a_claim(claim.article, incident=question.incident, source=source)
        factories.a_filing(other, strike)
    opened = parsed(reviewer.client.get(url("question-verdict", question)))
    (field,) = select(opened, "#id_claims_q")
    where = field.get("hx-get")
    found = reviewer.client.get(f"{where}&claims_q=WITNESS+strike+dua&claims={claim.uid}")
    ticked, other = select(parsed(found), "li")
    assert select(ticked, "[checked]")[0].get("value") == str(claim.uid)
    assert words(other).startswith("Witness Dua")
    nothing = reviewer.client.get(f"{where}&claims_q=flood")
    assert words(parsed(nothing)) == "No claim holds these words."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rationale": " "}, "This field is required."),
        ({"verdict": "leans"}, "Say which answer."),
        ({"likelihood": "likely"}, "An unresolved question has no likelihood."),
        ({"verdict": "maybe"}, "Select a valid choice"),
        ({"claims": ["nonsense"]}, "nonsense"),
    ],
)
def test_an_error_stands_beside_its_field(
    wrong: Any, said: str, reviewer: Person, question: Question
) -> None:
    answer = posted(reviewer, question, **wrong)
    assert answer.status_code == 422
    assert said in words(parsed(answer))
    assert WHY in words(parsed(answer)) or "rationale" in wrong
    assert not Assessment.objects.exists()


def test_what_was_changed_meanwhile_is_told_first(
    reviewer: Person, question: Question, claim: Claim, strike: Position
) -> None:
    page = parsed(reviewer.client.get(url("question-verdict", question)))
    (seal,) = select(page, "[name=seal]")
    claims.set_status(reviewer.actor, claim, claim.version, ClaimStatus.WITHDRAWN)
    values = {
        "seal": seal.get("value"),
        "verdict": "unresolved",
        "confidence": "low",
        "rationale": WHY,
    }
    answer = reviewer.client.post(url("question-verdict", question), values)
    assert answer.status_code == 409
    page = parsed(answer)
    assert "something else to decide on by now" in words(page)
    (seal,) = select(page, "[name=seal]")
    again = values | {"seal": seal.get("value")}
    assert reviewer.client.post(url("question-verdict", question), again).status_code == 302


def test_without_a_page_of_its_own_for_htmx(reviewer: Person, question: Question) -> None:
    answer = reviewer.client.get(url("question-verdict", question), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    values = {"seal": "old", "verdict": "unresolved", "confidence": "low", "rationale": WHY}
    headers = {"HX-Request": "true"}
    where = url("question-verdict", question)
    assert reviewer.client.post(where, values, headers=headers).status_code == 409
    values["seal"] = verdicts.seal(reviewer.actor, question)
    done = reviewer.client.post(where, values, headers=headers)
    made = Assessment.objects.get(rationale=WHY)
    address = f"{url('incident', question.incident)}#assessment-{made.uid}"
    assert address in done["HX-Location"]
    # From a page of its own, the incident's page comes with its own styles and scripts.
    values["seal"] = verdicts.seal(reviewer.actor, question)
    headers["HX-Current-URL"] = f"http://testserver{where}"
    again = reviewer.client.post(where, values, headers=headers)
    assert again["HX-Redirect"].startswith(f"{url('incident', question.incident)}#assessment-")


# -- a second reviewer ---------------------------------------------------------------------------


def bundle_of(person: Person) -> str:
    answer: Any = person.client.get(reverse("export-file", args=["desk", "csv"]))
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as held:
        return held.read("assessments.csv").decode()


def table_of(person: Person) -> str:
    answer: Any = person.client.get(reverse("export-file", args=["desk", "claims-csv"]))
    return b"".join(answer.streaming_content).decode()


def test_a_second_reviewer_decides_blind_and_then_sees_the_first(
    reviewer: Person, owner: Person, analyst: Person, question: Question, claim: Claim
) -> None:
    strike = question.positions.get()
    verdicts.record(owner.actor, question, leaning(strike, wants_second=True))
    panel = seen(reviewer, question.incident)
    assert "it is shown once you have decided" in words(panel)
    pages = ("incident", "incident-history", "incident-brief")
    for where in (
        *(url(name, question.incident) for name in pages),
        url("question-verdict", question),
        url("question-history", question),
        reverse("history", args=["desk"]),
    ):
        for hidden in ("leans to: Air strike", WHY):
            assert hidden not in reviewer.client.get(where).content.decode()
    told = reviewer.client.get(url("question-history", question))
    assert "a verdict, shown once you have decided" in words(parsed(told))
    assert WHY not in bundle_of(reviewer)
    assert "leans: Air strike" not in table_of(reviewer)
    for person in (owner, analyst):
        assert WHY in bundle_of(person)
        assert "leans: Air strike" in table_of(person)
        assert "leans to: Air strike" in words(seen(person, question.incident))
    answer = posted(reviewer, question, rationale="One of the two repeats the other.")
    messages = words(parsed(reviewer.client.get(answer["Location"])))
    assert "Recorded as a dissent: the first reviewer finds otherwise. Both are shown." in messages
    panel = seen(reviewer, question.incident)
    assert "leans to: Air strike" in words(panel)
    assert "second opinion: dissents" in words(panel)
    assert "decided without seeing the first" in words(panel)
    assert WHY in bundle_of(reviewer)
    assert WHY in words(parsed(reviewer.client.get(url("question-history", question))))


def test_agreement_is_found_not_ticked(
    reviewer: Person, owner: Person, question: Question, strike: Position
) -> None:
    verdicts.record(owner.actor, question, leaning(strike, wants_second=True))
    answer = posted(reviewer, question, verdict="leans", position=str(strike.uid))
    page = words(parsed(reviewer.client.get(answer["Location"])))
    assert "The first reviewer finds the same." in page
    assert "second opinion: agrees" in page


def test_asking_and_asking_no_longer(reviewer: Person, owner: Person, question: Question) -> None:
    posted(reviewer, question)
    row = Assessment.objects.get()
    assert reviewer.client.post(url("assessment-second", row)).status_code == 302
    assert "a second reviewer is asked" in words(seen(reviewer, question.incident))
    assert "it is shown once you have decided" in words(seen(owner, question.incident))
    reviewer.client.post(url("assessment-second", row), {"no": "1"})
    assert "unresolved" in words(seen(owner, question.incident))
    answer = owner.client.post(url("assessment-second", row), follow=True)
    assert "Who recorded a verdict asks for a second one." in words(parsed(answer))


# -- what stays readable -------------------------------------------------------------------------


def test_what_is_replaced_or_withdrawn_stays_readable(reviewer: Person, question: Question) -> None:
    posted(reviewer, question, rationale="The first reason.")
    first = Assessment.objects.get()
    form = parsed(reviewer.client.get(url("question-verdict", question)))
    assert "The first reason." in words(form)
    assert "which stays readable" in words(form)
    posted(reviewer, question, rationale="The second reason.")
    second = Assessment.objects.latest("id")
    reviewer.client.post(url("assessment-withdraw", second))
    panel = words(seen(reviewer, question.incident))
    assert "withdrawn by reviewer" in panel
    assert panel.index("The first reason.") < panel.index("Earlier: 1")
    assert "The second reason." in panel
    answer = reviewer.client.post(url("assessment-withdraw", second), follow=True)
    assert "It was withdrawn already." in words(parsed(answer))
    reviewer.client.post(reverse("undo", args=["desk"]))
    assert list(Assessment.objects.current()) == [second]
    assert first.withdrawn_at is None


def test_changed_evidence_is_told_with_what_changed(
    reviewer: Person, analyst: Person, question: Question, claim: Claim
) -> None:
    posted(reviewer, question)
    claim.refresh_from_db()
    for number in range(7):
        claims.edit(analyst.actor, claim, claim.version, {"paraphrase": f"Take {number}"})
        claim.refresh_from_db()
    panel = words(seen(reviewer, question.incident))
    assert "evidence changed since" in panel
    assert "Changed since: 7" in panel
    assert panel.count("analyst, ") == 5
    assert "and 2 more" in panel
    posted(reviewer, question)
    counting, _, _ = words(seen(reviewer, question.incident)).partition("Earlier")
    assert "evidence changed since" not in counting


def test_a_claim_that_is_gone_is_counted(
    reviewer: Person, question: Question, claim: Claim
) -> None:
    posted(reviewer, question, claims=[str(claim.uid)])
    claim.refresh_from_db()
    claims.delete(reviewer.actor, claim, claim.version)
    assert "and 1 that is no longer here" in words(seen(reviewer, question.incident))


def test_the_incident_as_a_whole(reviewer: Person, incident: Incident) -> None:
    posted(reviewer, incident, verdict="established", likelihood="almost_certain")
    panel = words(seen(reviewer, incident))
    assert "established: it happened as its title and summary say" in panel


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return len(captured)


def test_eleven_verdicts_cost_as_many_queries_as_one(
    reviewer: Person, owner: Person, incident: Incident, claim: Claim, question: Question
) -> None:
    def judge(one: Question) -> None:
        answer = one.positions.first() or factories.a_position(one)
        said = factories.a_claim(claim.article, incident=incident)
        links.file(owner.actor, said.uid, FilingInput(answer))
        finding = Finding(Verdict.UNRESOLVED, Confidence.LOW, WHY, claims=(claim.uid,))
        verdicts.record(owner.actor, one, finding)

    judge(question)
    claim.refresh_from_db()
    claims.edit(owner.actor, claim, claim.version, {"paraphrase": "So."})

    def ask() -> Any:
        return reviewer.client.get(url("incident", incident))

    ask()
    one = queries(ask)
    for _ in range(10):
        judge(factories.a_question(incident))
    claim.refresh_from_db()
    claims.edit(owner.actor, claim, claim.version, {"paraphrase": "Not so."})
    assert Assessment.objects.filter(evidence_changed=True).count() == 11
    assert queries(ask) == one


def test_incidents_are_found_by_their_marks_along_an_index(
    reviewer: Person, incident: Incident, question: Question, claim: Claim
) -> None:
    posted(reviewer, question, wants_second="on")
    claim.refresh_from_db()
    claims.set_status(reviewer.actor, claim, claim.version, ClaimStatus.WITHDRAWN)
    for mark in ("evidence_changed", "awaits_second"):
        found = Incident.objects.within(reviewer.desk).kept().filter(**{mark: True})
        assert list(found.order_by("-heat", "-id")) == [incident]
        if connection.vendor == "sqlite":
            assert f"incident_{mark}" in found.order_by("-heat", "-id").explain()
