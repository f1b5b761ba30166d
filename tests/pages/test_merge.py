"""Two incidents, or two sources, side by side, merged, and taken apart again by undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Change, Incident, Source
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, *args: object, **query: Any) -> Any:
    return person.client.get(at(person, name, *args), query)


def named(row: Any) -> dict[str, str]:
    """The other one, as the first step of the page names it."""
    return {"other": str(row.uid), "other_name": str(row)}


def post(person: Person, kept: Any, other: Any, **data: object) -> Any:
    sent = named(other) | {"version": kept.version, "other_version": other.version} | data
    name = f"{kept._meta.model_name}-merge"
    return person.client.post(at(person, name, kept.uid), sent)


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def facts(answer: Any) -> dict[str, list[str]]:
    rows = select(parsed(answer), "table.stacked tbody tr")
    return {
        words(select(row, "th")[0]): [words(cell) for cell in select(row, "td")] for row in rows
    }


@pytest.fixture
def kept(reviewer: Person) -> Incident:
    return factories.an_incident(reviewer.desk, title="The raid", place="The market")


@pytest.fixture
def other(reviewer: Person) -> Incident:
    return factories.an_incident(
        reviewer.desk, title="The strike", occurred_from=factories.NOON, place="The bridge"
    )


def test_both_incidents_stand_side_by_side(
    reviewer: Person, kept: Incident, other: Incident
) -> None:
    for incident in (kept, other):
        question = factories.a_question(incident, text="What caused the blast?")
        factories.a_position(question, text="Air strike")
    factories.a_position(question, text="Car bomb")
    factories.a_question(other, text="Who died?", is_key=True)
    factories.a_claim(factories.an_article(reviewer.desk), incident=other)
    answer = get(reviewer, "incident-merge", kept.uid, **named(other))
    assert facts(answer)["Code"] == [kept.code, other.code, kept.code]
    assert facts(answer)["When"] == ["time not known", "8 December 2016", "8 December 2016"]
    assert facts(answer)["Place"] == ["The market", "The bridge", "The market"]
    assert facts(answer)["Claims"] == ["0", "1", "all of them"]
    assert "Summary" not in facts(answer)
    page = parsed(answer)
    assert [words(title) for title in select(page, "form h2")] == [
        "Questions that become one",
        "Answers that become one",
        "Questions that come along",
        "Answers that come along",
        "Mind what this changes",
    ]
    assert f"{kept.code} has no key question" in words(select(page, ".consent")[0])
    assert words(select(page, "button.danger")[0]) == "Merge all the same"
    assert not Change.objects.exists()


def test_incidents_are_merged_and_undone(reviewer: Person, kept: Incident, other: Incident) -> None:
    claim = factories.a_claim(factories.an_article(reviewer.desk), incident=other)
    answer = post(reviewer, kept, other)
    assert answer.url == kept.get_absolute_url()
    page = parsed(reviewer.client.get(answer.url))
    message = select(page, ".message.success")[0]
    assert words(message).startswith(f"Merged {other} into {kept}. Undo")
    assert get(reviewer, "incident", other.uid).status_code == 404
    reviewer.client.post(at(reviewer, "undo"), {"next": kept.get_absolute_url()})
    claim.refresh_from_db()
    assert claim.incident == other
    assert get(reviewer, "incident", other.uid).status_code == 200


def test_a_verdict_that_a_merge_withdraws_is_told_before_and_after(
    reviewer: Person, owner: Person, kept: Incident, other: Incident
) -> None:
    why = "Two outlets tell of it, each on its own."
    factories.an_assessment(other, reviewer=owner.user, wants_second=True, rationale=why)
    factories.a_comment(other)
    answer = get(reviewer, "incident-merge", kept.uid, **named(other))
    assert facts(answer)["Comments"] == ["0", "1", "all of them"]
    asked = words(select(parsed(answer), ".consent")[0])
    assert f"The verdict on “{other}” would be withdrawn" in asked
    # Who is to second it merges without seeing it.
    assert why not in words(parsed(answer))
    post(reviewer, kept, other, consent="1")
    page = parsed(get(reviewer, "incident", kept.uid))
    (told,) = select(page, f"#verdict-{kept.uid} .told.past")
    assert why in words(told)
    assert "withdrawn by reviewer" in words(told)
    assert words(told).endswith(f"who merged the incident {other} into {kept}")
    (comment,) = select(page, "ol.comments li")
    assert "changed" not in words(comment)


def test_it_is_not_merged_before_the_person_agrees(
    reviewer: Person, kept: Incident, other: Incident
) -> None:
    factories.a_question(kept, is_key=True)
    factories.a_question(other)
    answer = post(reviewer, kept, other)
    assert answer.status_code == 409
    assert select(parsed(answer), ".consent[role=alert]")
    assert not Change.objects.exists()
    assert post(reviewer, kept, other, consent="1").status_code == 302


@pytest.mark.parametrize("stale", ["version", "other_version"])
def test_a_stale_merge_is_shown_anew(
    reviewer: Person, kept: Incident, other: Incident, stale: str
) -> None:
    Incident.objects.update(version=2, title="Renamed")
    answer = post(reviewer, kept, other, **{"version": 2, "other_version": 2, stale: 1})
    assert answer.status_code == 409
    page = parsed(answer)
    assert "was changed meanwhile" in words(select(page, ".conflict")[0])
    assert facts(answer)["Title"] == ["Renamed"] * 3
    versions = [select(page, f"input[name={name}]")[0] for name in ("version", "other_version")]
    assert [field.get("value") for field in versions] == ["2", "2"]
    assert not Change.objects.exists()


def test_the_other_one_can_stay_instead(reviewer: Person, kept: Incident, other: Incident) -> None:
    answer = get(reviewer, "incident-merge", kept.uid, **named(other))
    swap = answer.context["swap_url"]
    assert facts(reviewer.client.get(swap))["Code"] == [other.code, kept.code, other.code]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"other_name": "nothing"}, "No other incident is called so."),
        ({"other_name": ""}, "No other incident is called so."),
        ({"other": "new", "other_name": "A new one"}, "No other incident is called so."),
        ({"other": "x", "other_name": "x"}, "valid UUID"),
        ({"other_name": "The"}, "Several are called “The”"),
    ],
)
def test_the_other_one_has_to_be_there(
    reviewer: Person, kept: Incident, other: Incident, sent: dict[str, str], says: str
) -> None:
    factories.an_incident(reviewer.desk, title="The third")
    for answer in (
        get(reviewer, "incident-merge", kept.uid, **sent),
        reviewer.client.post(at(reviewer, "incident-merge", kept.uid), sent),
    ):
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert not Change.objects.exists()


def test_what_is_of_another_desk_or_the_same_is_not_there(reviewer: Person, kept: Incident) -> None:
    theirs = factories.an_incident(factories.a_workspace(), title="Secret strike")
    for one in (theirs, kept):
        answer = get(reviewer, "incident-merge", kept.uid, **named(one))
        assert answer.status_code == 422
        assert not select(parsed(answer), "table.stacked")


def test_one_and_eleven_questions_cost_as_many_queries(
    reviewer: Person, kept: Incident, other: Incident
) -> None:
    def one_more() -> None:
        for incident in (kept, other):
            question = factories.a_question(incident, text=f"Why ({incident.questions.count()})?")
            position = factories.a_position(question, text="So")
            claim = factories.a_claim(factories.an_article(reviewer.desk), incident=incident)
            factories.a_filing(claim, position)

    def ask() -> int:
        return queries(lambda: get(reviewer, "incident-merge", kept.uid, **named(other)))

    one_more()
    ask()
    one = ask()
    for _ in range(10):
        one_more()
    assert ask() == one


# -- sources --------------------------------------------------------------------------------------


def test_sources_are_merged_and_undone(reviewer: Person) -> None:
    kept, other = (
        factories.a_source(reviewer.desk, name=name) for name in ("Ministry", "The ministry")
    )
    other.aliases.create(workspace=reviewer.desk, name="MoD")
    claim = factories.a_claim(factories.an_article(reviewer.desk), source=other)
    answer = get(reviewer, "source-merge", kept.uid, **named(other))
    assert facts(answer)["Also called"] == ["", "MoD", "The ministry, MoD"]
    assert facts(answer)["Says"] == ["0", "1", "all of them"]
    assert post(reviewer, kept, other).url == kept.get_absolute_url()
    claim.refresh_from_db()
    assert claim.source == kept
    reviewer.client.post(at(reviewer, "undo"))
    claim.refresh_from_db()
    assert claim.source == other
    assert not kept.aliases.exists()


def test_the_kind_that_is_from_then_on_is_shown_before(reviewer: Person) -> None:
    kept = factories.a_source(reviewer.desk, kind="other")
    other = factories.a_source(reviewer.desk, kind="state_body")
    answer = get(reviewer, "source-merge", kept.uid, **named(other))
    assert facts(answer)["Kind"] == ["other", "state body", "state body"]


def test_of_an_unnamed_and_a_named_source_the_named_one_stays(reviewer: Person) -> None:
    article = factories.an_article(reviewer.desk)
    medic = factories.a_source(reviewer.desk, name="a medic", article=article)
    doctor = factories.a_source(reviewer.desk, name="Dr Salim")
    page = parsed(get(reviewer, "source-merge", medic.uid))
    assert str(article.uid) in select(page, "[data-combobox]")[0].get("data-url")
    answer = get(reviewer, "source-merge", medic.uid, **named(doctor))
    assert answer.url.startswith(at(reviewer, "source-merge", doctor.uid))
    shown = reviewer.client.get(answer.url)
    assert "you say that it is Dr Salim" in words(select(parsed(shown), ".consent")[0])
    assert shown.context["swap_url"] == ""
    assert post(reviewer, doctor, medic).status_code == 409
    assert post(reviewer, doctor, medic, consent="1").status_code == 302
    assert list(Source.objects.kept().filter(pk__in=[medic.pk, doctor.pk])) == [doctor]


def test_unnamed_sources_of_two_articles_stay_apart(reviewer: Person) -> None:
    one, two = (
        factories.a_source(
            reviewer.desk, name="a medic", article=factories.an_article(reviewer.desk)
        )
        for _ in range(2)
    )
    answer = get(reviewer, "source-merge", one.uid, **named(two))
    assert answer.status_code == 422
    assert "different articles" in answer.content.decode()


def test_one_and_eleven_affiliates_cost_as_many_queries(reviewer: Person) -> None:
    kept, other = (factories.a_source(reviewer.desk) for _ in range(2))

    def one_more() -> None:
        factories.a_source(reviewer.desk, affiliation=other)
        other.aliases.create(workspace=reviewer.desk, name=f"Alias {other.aliases.count()}")

    def ask() -> int:
        return queries(lambda: get(reviewer, "source-merge", kept.uid, **named(other)))

    one_more()
    ask()
    one = ask()
    for _ in range(10):
        one_more()
    assert ask() == one


def test_only_reviewers_are_offered_it(analyst: Person, reviewer: Person, kept: Incident) -> None:
    source = factories.a_source(reviewer.desk)
    for row, name in ((kept, "incident"), (source, "source")):
        place = at(reviewer, f"{name}-merge", row.uid)
        assert place in get(reviewer, name, row.uid).content.decode()
        assert place not in get(analyst, name, row.uid).content.decode()
    assert (
        at(analyst, "incident-move", kept.uid)
        in get(analyst, "incident", kept.uid).content.decode()
    )
