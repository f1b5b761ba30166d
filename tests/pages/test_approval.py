"""What waits for approval: what a row tells, filters, and deciding on several things at once."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import claim as claims
from claims.actions import undo
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.models import Article, Claim, Comment, Incident, quoted
from claims.records import ClaimKind, ClaimStatus, Extent, Polarity, Relation, SpanRole, Stance
from claims.views import paging
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

WORDS = [SpanInput(SpanRole.CONTENT, 0, 8)]


def said(person: Person, incident: Incident | None = None, *, text: str = "", **more: Any) -> Claim:
    """A claim of a source of its own; `text` is all of its article, and its quote."""
    article = factories.an_article(person.desk, **({"text": text} if text else {}))
    spans = [SpanInput(SpanRole.CONTENT, 0, len(text))] if text else WORDS
    fields = {"source": factories.a_source(person.desk), "incident": incident}
    return claims.create(person.actor, article, fields | more.pop("fields", {}), spans, **more)


def where(person: Person) -> str:
    return reverse("review-approval", args=[person.desk.slug])


def waiting(person: Person, **filters: Any) -> Any:
    answer = person.client.get(where(person), filters)
    assert answer.status_code == 200
    return parsed(answer)


def rows(page: Any) -> list[Any]:
    return select(page, "ol.queue > li")


def ticks(page: Any) -> list[str]:
    return [one.get("value") for one in select(page, "[name=chosen][checked]")]


def sent(*chosen: Any) -> list[str]:
    return [f"{row._meta.model_name}:{row.uid}:{row.version}" for row in chosen]


def decide(person: Person, *chosen: Any, at: str = "", **more: str) -> Any:
    return person.client.post(at or where(person), {"chosen": sent(*chosen), **more})


@pytest.fixture
def claim(analyst: Person) -> Claim:
    return said(analyst, factories.an_incident(analyst.desk))


def test_several_are_approved_as_one_act_and_all_come_back(
    analyst: Person, reviewer: Person, claim: Claim
) -> None:
    other = said(analyst, factories.an_incident(analyst.desk))
    article = factories.an_article(analyst.desk, status="annotated")
    answer = decide(reviewer, claim, other, article, approve="1")
    assert answer.status_code == 302
    approved = Claim.objects.filter(status=ClaimStatus.APPROVED, approver=reviewer.user)
    assert approved.count() == 2
    article.refresh_from_db()
    assert article.status == "reviewed"
    latest = undo.latest(reviewer.actor)
    assert latest is not None
    assert latest.summary == "approved 2 claims and 1 article"
    undo.undo(reviewer.actor, latest)
    assert not approved.exists()


def test_a_row_of_an_article_says_what_waits(
    analyst: Person, reviewer: Person, claim: Claim
) -> None:
    Article.objects.filter(pk=claim.article_id).update(status="annotated")
    done = said(analyst, factories.an_incident(analyst.desk))
    done.article_id = claim.article_id
    done.status = ClaimStatus.APPROVED.value
    done.save()
    (row, _) = select(parsed(reviewer.client.get(where(reviewer))), "[data-queue] > li")
    assert "Article annotated, to be reviewed" in words(row)
    assert "2 claims, 1 of them not approved yet" in words(row)


def test_what_is_sent_back_is_a_draft_with_a_reason(
    analyst: Person, reviewer: Person, claim: Claim
) -> None:
    answer = decide(reviewer, claim, send_back="1")
    assert answer.status_code == 422
    assert "Say what is missing" in words(parsed(answer))
    answer = decide(reviewer, claim, send_back="1", why="Who was told?")
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.stands) == ("draft", False)
    assert Comment.objects.get().about == claim
    # By name, so that the front page of whoever is to mend it says so.
    assert Comment.objects.get().text == "@analyst Who was told?"
    assert list(Comment.objects.get().mentioned.all()) == [analyst.user]


def test_what_changed_meanwhile_is_not_approved_and_neither_is_the_rest(
    analyst: Person, reviewer: Person, claim: Claim
) -> None:
    other = said(analyst, factories.an_incident(analyst.desk))
    claims.edit(analyst.actor, claim, claim.version, {"note": "mended"})
    answer = decide(reviewer, claim, other, approve="1")
    assert answer.status_code == 422
    assert "was changed meanwhile" in words(parsed(answer))
    assert not Claim.objects.filter(status=ClaimStatus.APPROVED).exists()


def test_what_does_not_wait_is_refused(reviewer: Person, claim: Claim) -> None:
    new = factories.an_article(reviewer.desk)
    assert "does not wait" in words(parsed(decide(reviewer, new, approve="1")))
    assert decide(reviewer, claim, approve="1").status_code == 302
    claim.refresh_from_db()
    assert "does not wait" in words(parsed(decide(reviewer, claim, approve="1")))


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ([], "Tick at least one."),
        (["junk"], "can't be read"),
        (["claim:01890000-0000-7000-8000-000000000000:1"], "not there any more"),
        (["user:01890000-0000-7000-8000-000000000000:1"], "not there any more"),
    ],
)
def test_what_was_ticked_must_be_there(reviewer: Person, chosen: list[str], told: str) -> None:
    where = reverse("review-approval", args=[reviewer.desk.slug])
    factories.a_claim(factories.an_article(reviewer.desk))
    answer = reviewer.client.post(where, {"chosen": chosen, "approve": "1"})
    assert answer.status_code == 422
    assert told in words(parsed(answer))


def test_analysts_read_the_queue_and_decide_nothing(analyst: Person, claim: Claim) -> None:
    page = parsed(analyst.client.get(reverse("review-approval", args=[analyst.desk.slug])))
    assert len(select(page, "ol.queue li")) == 1
    assert not select(page, "[name=chosen]")
    assert decide(analyst, claim, approve="1").status_code == 403


def test_another_desks_claim_is_not_there(reviewer: Person) -> None:
    elsewhere: Article = factories.an_article(factories.a_workspace())
    theirs = factories.a_claim(elsewhere)
    assert decide(reviewer, theirs, approve="1").status_code == 422
    theirs.refresh_from_db()
    assert theirs.status == "submitted"


# -- what a row tells -----------------------------------------------------------------------------


def test_nothing_waits(viewer: Person) -> None:
    assert "Nothing waits for approval." in words(waiting(viewer))


def test_a_row_tells_all_that_is_needed_to_decide(analyst: Person, reviewer: Person) -> None:
    incident = factories.an_incident(analyst.desk, title="A raid")
    question = factories.a_question(incident, text="Were civilians killed?")
    answer = factories.a_position(question, text="Yes")
    other = said(analyst, incident)
    claim = said(
        analyst,
        incident,
        fields={
            "polarity": Polarity.DENIES.value,
            "said_from": dt.date(2016, 12, 8),
            "said_as_stated": "on Thursday",
        },
        figures=[{"measure": "present", "status": "combatant", "low": 25, "high": 25}],
        filings=[FilingInput(answer, Stance.REJECTS, Extent.IN_PART)],
        competes_with=[claims.LinkInput(other.uid, Relation.CONTRADICTS, "number")],
    )
    (told,) = [words(row) for row in rows(waiting(reviewer)) if "annotated by" in words(row)][1:]
    for part in (
        f"{claim.source} factual claim: says it is not so",
        "⚡ disputed",
        "Said 8 December 2016 “on Thursday”",
        "Figure present, combatants: 25",
        "Were civilians killed? rejects: Yes, in part",
        f"contradicts {other.source} over number",
        "A raid",
        "annotated by analyst",
        "as reported by an unknown publisher",
    ):
        assert part in told, told
    assert "killed, " not in told


def test_what_is_not_there_is_said(analyst: Person, reviewer: Person) -> None:
    said(analyst, fields={"kind": ClaimKind.DEMAND.value})
    said(analyst)
    demand, fact = (words(row) for row in rows(waiting(reviewer)))
    assert "demand" in demand
    assert "says it is so" not in demand
    assert "filed under none" not in demand
    for told in (demand, fact):
        assert "Links none" in told
        assert "about no incident" in told
    assert "Answers filed under none" in fact


def test_eleven_cost_as_many_queries_as_one(analyst: Person, reviewer: Person) -> None:
    def more() -> None:
        incident = factories.an_incident(analyst.desk)
        answer = factories.a_position(factories.a_question(incident))
        other = said(analyst, incident)
        claims.set_status(analyst.actor, other, other.version, ClaimStatus.DRAFT)
        claim = said(
            analyst,
            incident,
            fields={"via": factories.a_source(analyst.desk)},
            figures=[{"measure": "killed", "low": 3}],
            filings=[FilingInput(answer)],
            competes_with=[claims.LinkInput(other.uid, Relation.CONTRADICTS)],
        )
        factories.a_comment(claim)
        factories.an_article(analyst.desk, status="annotated")

    def queries(**filters: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            page = waiting(reviewer, **filters)
        assert rows(page)
        return len(seen)

    filters = {"q": factories.TEXT[:8], "incident": "Strike", "annotator": analyst.user.pk}
    more()
    few, narrowed = queries(), queries(**filters)
    for _ in range(10):
        more()
    assert queries() == few
    assert queries(**filters) == narrowed


# -- filters --------------------------------------------------------------------------------------


@pytest.fixture
def three(analyst: Person, owner: Person) -> dict[str, Claim]:
    """By what they say; of two incidents and two people."""
    here = factories.an_incident(analyst.desk, code="IQ-1", title="The depot")
    there = factories.an_incident(analyst.desk, code="IQ-2", title="The market hall")
    factories.an_article(analyst.desk, status="annotated", title="An article")
    return {
        "school": said(analyst, here, text="Schools were hit."),
        "market": said(owner, here, text="Market traders fled."),
        "none": said(owner, there, text="Nobody was hit."),
    }


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"q": "hit"}, ["school", "none"]),
        ({"q": "was hi"}, ["none"]),
        ({"q": '"were hit"'}, ["school"]),
        ({"q": "it"}, []),
        ({"q": "…"}, []),
        ({"incident": "IQ-1"}, ["school", "market"]),
        ({"incident": "IQ-1 The depot"}, ["school", "market"]),
        ({"incident": "hall market"}, ["none"]),
        ({"incident": "nowhere"}, []),
        ({"annotator": "owner"}, ["market", "none"]),
        ({"annotator": "junk"}, []),
        ({"annotator": "owner", "incident": "depot", "q": "fled"}, ["market"]),
        ({"annotator": "owner", "incident": "IQ-2", "q": "fled"}, []),
    ],
)
@pytest.mark.parametrize("few", [quoted.FEW, 0])
def test_filters_narrow_what_waits(
    owner: Person,
    three: dict[str, Claim],
    filters: dict[str, str],
    found: list[str],
    few: int,
) -> None:
    if filters.get("annotator") == "owner":
        filters = {**filters, "annotator": str(owner.user.pk)}
    with (
        patch.object(quoted, "FEW", few),
        patch("claims.forms.incident_pick.FEW", few),
        patch.object(paging, "FIRST_STRETCH", 1),
        patch.object(paging, "LONGEST_STRETCH", 2),
    ):
        page = waiting(owner, **filters)
    assert [one.get("value") for one in select(page, "[name=chosen]")] == [
        one for name in found for one in sent(three[name])
    ]
    assert bool(found) != ("No claim that waits fits." in words(page))


def test_words_are_those_of_the_quote_alone(analyst: Person, reviewer: Person) -> None:
    said(analyst, text="Schools were hit.", fields={"note": "depot"})
    assert len(rows(waiting(reviewer, q="hit"))) == 1
    assert rows(waiting(reviewer, q="depot")) == []


def test_another_desks_words_are_not_found(reviewer: Person) -> None:
    elsewhere = factories.a_workspace()
    theirs = Person(factories.a_user(), reviewer.client, elsewhere)
    said(theirs, text="Schools were hit.")
    assert rows(waiting(reviewer, q="hit")) == []


def test_somebody_who_left_can_still_be_asked_for(analyst: Person, reviewer: Person) -> None:
    said(analyst)
    analyst.user.memberships.all().delete()
    page = waiting(reviewer, annotator=analyst.user.pk)
    assert len(rows(page)) == 1
    assert "analyst" in words(select(page, "select[name=annotator]")[0])
    stranger = factories.a_user("stranger")
    assert "stranger" not in words(page)
    assert rows(waiting(reviewer, annotator=stranger.pk)) == []


def test_filters_stay_through_pages_and_decisions(
    reviewer: Person, three: dict[str, Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging.page, "__defaults__", (("-id",), "", 1, None))
    page = waiting(reviewer, incident="IQ-1")
    (more,) = select(page, "a[rel=next]")
    assert parse_qs(urlsplit(more.get("href")).query)["incident"] == ["IQ-1"]
    second = where(reviewer) + more.get("href")
    page = parsed(reviewer.client.get(second))
    assert [one.get("value") for one in select(page, "[name=chosen]")] == sent(three["market"])
    answer = decide(reviewer, three["market"], at=second, approve="1")
    assert answer["Location"] == second
    page = parsed(reviewer.client.get(second))
    assert "No claim that waits fits." in words(page)
    assert select(page, "nav.pager a")[0].get("href") == "?incident=IQ-1"


def test_a_part_of_the_list_that_is_done_leads_back_to_the_first(
    analyst: Person, reviewer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging.page, "__defaults__", (("-id",), "", 1, None))
    said(analyst)
    last = said(analyst)
    (more,) = select(waiting(reviewer), "a[rel=next]")
    second = where(reviewer) + more.get("href")
    assert decide(reviewer, last, at=second, approve="1")["Location"] == second
    page = parsed(reviewer.client.get(second))
    assert "That was all of it." in words(page)
    assert "Back to the first" in words(page)


# -- a refusal ------------------------------------------------------------------------------------


def test_a_refusal_keeps_what_is_ticked_and_where_one_was(
    analyst: Person, reviewer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging.page, "__defaults__", (("-id",), "", 2, None))
    article = factories.an_article(analyst.desk, status="annotated")
    first, _, _ = said(analyst), said(analyst), said(analyst)
    answer = decide(reviewer, article, first, send_back="1")
    assert answer.status_code == 422
    page = parsed(answer)
    assert "Say what is missing" in words(page)
    assert ticks(page) == sent(article, first)
    assert len(rows(page)) == 3
    (form,) = select(page, "form#decide")
    assert form.get("action") is None
    assert form.get("data-changed") is not None
    (more,) = select(page, "a[rel=next]")
    assert reviewer.client.get(where(reviewer) + more.get("href")).status_code == 200


def test_what_changed_meanwhile_has_to_be_ticked_anew(analyst: Person, reviewer: Person) -> None:
    changed, same = said(analyst), said(analyst)
    chosen = sent(changed, same)
    claims.edit(analyst.actor, changed, changed.version, {"note": "mended"})
    answer = reviewer.client.post(where(reviewer), {"chosen": chosen, "approve": "1"})
    assert ticks(parsed(answer)) == sent(same)
