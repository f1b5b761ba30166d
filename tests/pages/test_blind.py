"""Working blind: nothing of what others recorded on the article reaches the reader, by no route."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from pypdf import PdfReader

from claims import urls
from claims.actions import blind, comment, link
from claims.actions import claim as claims
from claims.actions import source as sources
from claims.actions.spans import SpanInput
from claims.actions.verifying.states import states as stored
from claims.models import Article, BlindReading, Change, Claim, Incident, Membership, Workspace
from claims.models.lens import every
from claims.records import Relation, Role, SpanRole
from claims.snapshot import FORMATS
from tests import factories
from tests.pages.conftest import Person, member

MARK = "QXMARK"
"""Stands in everything that the other analyst writes, beside a word to search for."""


class Coding(NamedTuple):
    """One article that two code, and what each of them has recorded on it."""

    article: Article
    incident: Incident
    own: Claim
    other: Claim
    elsewhere: Claim
    secret: list[str]


@pytest.fixture
def second(desk: Workspace) -> Person:
    """The other analyst."""
    user = factories.a_user("second")
    factories.a_membership(desk, user, Role.ANALYST)
    return Person(user, Client(), desk)


@pytest.fixture
def coding(analyst: Person, second: Person, reviewer: Person) -> Coding:
    """The other's claim contradicts the reader's, so that both stored states say: disputed."""
    desk = analyst.desk
    article = factories.an_article(desk)
    incident = factories.an_incident(desk, title="The market")
    question = factories.a_question(incident, text="What hit it?", is_key=True)
    shell, strike = (factories.a_position(question, text=text) for text in ("A shell", "A strike"))
    officials = factories.a_source(desk, name="Officials")
    span = SpanInput(SpanRole.CONTENT, 0, 24)
    common = {"incident": incident}
    own = claims.create(
        analyst.actor,
        article,
        {**common, "source": officials, "paraphrase": "the reader's own"},
        [span],
        filings=[link.FilingInput(shell)],
    )
    other = claims.create(
        second.actor,
        article,
        {
            **common,
            "source": sources.NewSource(name=f"zebra medic {MARK}"),
            "paraphrase": f"zebra paraphrase {MARK}",
            "note": f"zebra note {MARK}",
            "translation": f"zebra translation {MARK}",
        },
        [span],
        figures=[{"measure": "killed", "low": 24, "as_stated": f"dozens {MARK}"}],
        filings=[link.FilingInput(strike)],
    )
    far = factories.an_article(desk, "Nobody was there.\nThe end.")
    elsewhere = claims.create(
        second.actor, far, {**common, "source": officials}, [SpanInput(SpanRole.CONTENT, 0, 17)]
    )
    links = [
        link.create(second.actor, other.uid, to.uid, Relation.CONTRADICTS, note=MARK, basis="cause")
        for to in (own, elsewhere)
    ]
    said = [
        comment.create(second.actor, subject, f"zebra comment {MARK}")
        for subject in (other, article, incident, question)
    ]
    blind.set_readers(reviewer.actor, article, [analyst.user])
    secret = [MARK, *(str(row.uid) for row in (other, other.source, *links, *said))]
    return Coding(article, incident, own, other, elsewhere, secret)


def routes(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from routes(pattern.url_patterns)


NOUNS = {"answer": "position", "verdict": "assessment", "revisions": "revision"}


def ids_for(name: str) -> list[Any]:
    """The ids of all rows that the route can mean, hidden ones too."""
    noun = name.removeprefix("api-").partition("-")[0]
    noun = NOUNS.get(noun, noun)
    models = {model._meta.model_name: model for model in apps.get_app_config("claims").get_models()}
    return list(every(models[noun]).values_list("uid", flat=True)) if noun in models else []


def addresses(desk: Workspace) -> Iterator[tuple[str, str]]:
    """Every address of the desk, with every id that there is, hidden ones too."""
    queries = {
        "search": ("q=zebra", "q=market&state=disputed", "noun=claim", "state=disputed"),
        "api-search": ("q=zebra", "noun=claim", "state=disputed"),
        "export": ("state=disputed",),
        "incidents": ("state=disputed", "source=zebra"),
        "review": tuple(f"lane={name}" for name in ("disputed", "changed", "second", "severe")),
    }
    for pattern in routes(urls.urlpatterns):
        name, wanted = pattern.name or "", set(pattern.pattern.converters)
        if "slug" not in wanted or wanted & {"pk", "secret"}:
            continue
        given: list[dict[str, Any]] = [{}]
        if "uid" in wanted:
            given = [{"uid": uid} for uid in ids_for(name)]
        elif "name" in wanted:
            given = [{"name": kind} for kind in FORMATS]
        for values in given:
            where = reverse(name, kwargs={"slug": desk.slug, **values})
            yield name, where
            yield from ((name, f"{where}?{query}") for query in queries.get(name, ()))


def text_of(response: Any) -> str:
    """All that is in it, whatever it is packed in."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(packed.read(name) for name in packed.namelist())
    elif content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return str(content.decode(errors="replace"))


TELLING = set(
    "article claim-history claim-edit incident incident-brief incident-as-of search history source "
    "sources link-edit export-file api-claims api-claim api-link api-comments api-sources "
    "api-search api-incident-matrix api-export-file".split()
)
"""Of the walk of all addresses, those that are walked again once the reading is submitted."""


def told_by(person: Person, secret: list[str], only: set[str] | None = None) -> set[str]:
    """The routes that tell a secret; an id that is asked for is none."""
    found: set[str] = set()
    for name, where in addresses(person.desk):
        if name in found or (only is not None and name not in only):
            continue
        response: Any = person.client.get(where)
        assert response.status_code < 500, where
        text = text_of(response)
        if any(word in text for word in secret if word not in where):
            found.add(name)
    return found


@pytest.mark.one_database
def test_nothing_of_the_others_is_told_by_any_address_until_the_reading_is_submitted(
    analyst: Person, coding: Coding
) -> None:
    assert told_by(analyst, coding.secret) == set()
    where = reverse("article-submit", args=[analyst.desk.slug, coding.article.uid])
    assert "You have recorded 1 claim on this article" in text_of(analyst.client.get(where))
    analyst.client.post(where)
    assert told_by(analyst, coding.secret, TELLING) == TELLING


def told(person: Person, where: str, **query: str) -> Any:
    return person.client.get(reverse(where, args=[person.desk.slug]), query).json()["results"]


def states(person: Person, coding: Coding) -> dict[str, Any]:
    """What is computed, as it is told by list, filter and export."""
    (incident,) = told(person, "api-incidents")
    own = next(row for row in told(person, "api-claims") if row["id"] == str(coding.own.uid))
    export = reverse("export-file", args=[person.desk.slug, "claims-csv"])
    lines = csv.DictReader(io.StringIO(text_of(person.client.get(export)).removeprefix("\ufeff")))
    row = next(row for row in lines if row["claim_id"] == str(coding.own.uid))
    home = text_of(person.client.get(reverse("workspace", args=[person.desk.slug])))
    return {
        "state": (incident["state"], incident["competing_pairs"]),
        "own": (own["disputed"], own["competing_claims"]),
        "exported": (row["incident_state"], row["claim_disputed"], row["competing_claim_ids"]),
        "found": len(told(person, "api-incidents", state="disputed")),
        "claims": len(told(person, "api-claims", disputed="true")),
        "queue": len(told(person, "api-review")),
        "home": "disputed: what hit it" in home,
    }


def test_states_are_computed_of_what_the_reader_sees_and_stored_of_all(
    analyst: Person, reviewer: Person, coding: Coding
) -> None:
    blind_to_it = states(analyst, coding)
    assert blind_to_it["state"] == ("uncorroborated", 0)
    assert blind_to_it["own"] == (False, 0)
    assert blind_to_it["exported"] == ("uncorroborated", "false", "")
    assert [blind_to_it[name] for name in ("found", "claims", "queue", "home")] == [0, 0, 0, False]
    seen = states(reviewer, coding)
    assert seen["state"] == ("disputed", 2)
    assert seen["own"] == (True, 1)
    assert [seen[name] for name in ("found", "claims", "queue", "home")] == [1, 3, 1, True]

    # What the reader saves is settled with all claims, and so is what is stored of the incident.
    own = Claim.objects.get(pk=coding.own.pk)
    where = reverse("api-claim", args=[analyst.desk.slug, own.uid])
    sent = {"paraphrase": "in other words"}
    answer = analyst.client.patch(where, sent, "application/json", HTTP_IF_MATCH=f'"{own.version}"')
    assert answer.status_code == 200
    assert states(reviewer, coding) == seen
    assert [found for found in stored(analyst.desk) if not isinstance(found, int)] == []


def test_an_act_says_nothing_of_a_link_that_the_reader_does_not_see(
    analyst: Person, coding: Coding
) -> None:
    """Moved away, the claim loses the other's link; only what the reader knows is asked about."""
    where = reverse("incident-move", args=[analyst.desk.slug, coding.incident.uid])
    sent = {"claim": f"{coding.own.uid}:1", "claims": str(coding.own.uid), "version": "1"}
    assert MARK not in text_of(analyst.client.post(where, sent))
    delete = reverse("article-delete", args=[analyst.desk.slug, coding.article.uid])
    answer = analyst.client.post(delete, {"version": "1"}, follow=True)
    assert "You work blind on this article" in text_of(answer)


def at(person: Person, coding: Coding) -> str:
    return text_of(
        person.client.get(reverse("article", args=[person.desk.slug, coding.article.uid]))
    )


@pytest.mark.one_database
def test_only_a_reviewer_says_who_is_blind_and_reopens_what_was_submitted(
    analyst: Person, reviewer: Person, second: Person, coding: Coding
) -> None:
    desk = analyst.desk
    where = reverse("article-blind", args=[desk.slug, coding.article.uid])
    submit = reverse("article-submit", args=[desk.slug, coding.article.uid])
    assert "You work blind on this article" in at(analyst, coding)
    assert "Works blind here: <bdi>analyst</bdi>." in at(reviewer, coding)
    assert analyst.client.post(where, {}).status_code == 403
    assert reviewer.client.get(submit).status_code == 404
    assert "Submit my reading" in analyst.client.get(submit).content.decode()
    analyst.client.post(submit)
    assert MARK in at(analyst, coding)
    assert analyst.client.post(submit).status_code == 404
    done = Change.objects.get(action="blind.submit")
    undo = reverse("change-undo", args=[desk.slug, done.uid])
    assert analyst.client.post(undo).status_code == 403
    analyst.client.post(reverse("undo", args=[desk.slug]))
    assert MARK in at(analyst, coding)
    assert reviewer.client.post(undo).status_code == 302
    assert MARK not in at(analyst, coding)
    reviewer.client.post(where, {"readers": []})
    assert MARK in at(analyst, coding)
    reviewer.client.post(where, {"readers": [analyst.user.pk, second.user.pk]})
    assert MARK not in at(analyst, coding)
    assert BlindReading.objects.filter(ended_at=None).count() == 2


def test_a_member_can_work_blind_on_every_article_that_comes_in(
    analyst: Person, second: Person, owner: Person, coding: Coding
) -> None:
    seat = Membership.objects.get(user=analyst.user)
    where = reverse("member-blind", args=[analyst.desk.slug, seat.pk])
    owner.client.post(where, {"blind": "on"})
    far = coding.elsewhere.article
    new = factories.an_article(analyst.desk, "Later they counted.")
    source = sources.NewSource(name=MARK)
    claims.create(second.actor, new, {"source": source}, [SpanInput(SpanRole.CONTENT, 0, 5)])
    page: Callable[[Article], str] = lambda article: text_of(  # noqa: E731
        analyst.client.get(reverse("article", args=[analyst.desk.slug, article.uid]))
    )
    assert MARK not in page(new)
    assert "works blind" not in page(far).lower()
    analyst.client.post(reverse("article-submit", args=[analyst.desk.slug, new.uid]))
    assert MARK in page(new)
    assert MARK not in page(coding.article)
    owner.client.post(where)
    assert Membership.objects.get(pk=seat.pk).blind_after is None


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OWNER, Role.VIEWER])
def test_reviewers_and_owners_see_all_and_who_became_a_viewer_is_still_held_to_it(
    analyst: Person, coding: Coding, role: Role
) -> None:
    Membership.objects.filter(user=analyst.user).update(role=role.value)
    assert (MARK in at(analyst, coding)) is (role is not Role.VIEWER)


def test_what_nobody_reads_blind_costs_no_more_queries(desk: Workspace, coding: Coding) -> None:
    """The door asks for the seat, and with it whether it is blind, in one query."""
    other = member(desk, Role.VIEWER)
    where = reverse("articles", args=[desk.slug])
    with CaptureQueriesContext(connection) as seen:
        other.client.get(where)
    asked = [query["sql"] for query in seen if "claims_blindreading" in query["sql"]]
    assert len(asked) == 1
    assert "claims_membership" in asked[0]
