from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import state
from claims.exporters import claims_csv
from claims.models import Claim, Filing, Link
from claims.records import ClaimStatus, Relation, Stance, State
from claims.snapshot import competitors
from tests import factories
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> desks.Desk:
    return desks.a_desk()


def row_of(desk: desks.Desk, claim: Claim, **filters: Any) -> dict[str, str]:
    rows = desks.csv_rows(desks.csv_bytes(desk.workspace, **filters))
    (row,) = (row for row in rows if row["claim_id"] == str(claim.uid))
    return row


def moment(value: dt.datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


def test_every_column_of_a_claim(desk: desks.Desk) -> None:
    claim = desk.denial

    assert row_of(desk, claim) == {
        "claim_id": str(claim.uid),
        "permalink": f"https://desk.example/{claim.uid}",
        "incident_id": str(desk.strike.uid),
        "incident_code": "IQ-20161207-02",
        "incident_title": "Second strike",
        "incident_date": "2016-12-07",
        "incident_place": "al-Qa'im",
        "incident_state": "disputed",
        "article_id": str(desk.first.uid),
        "article_title": "Blast at the market",
        "article_type": "statement",
        "publisher": "'-Wire",
        "article_url": "https://example.org/a?x=1",
        "archive_url": "https://example.org/archived",
        "published_on": "2016-12-08",
        "language": "en",
        "revision": "1",
        "text_sha256": hashlib.sha256(desks.FIRST.encode()).hexdigest(),
        "source": "Joint Command",
        "source_words": "The command",
        "source_kind": "state_body",
        "source_side": "Government",
        "source_affiliation": "Government of Iraq",
        "originator": "Joint Command",
        "via": "'-Wire",
        "accused": "a medic",
        "kind": "factual",
        "polarity": "denies",
        "speech": "mixed",
        "knows_by": "told",
        "text": "a car bomb\nwent off […] not a strike",
        "cue": "said",
        "paraphrase": "It was a car bomb.",
        "translation": "كانت سيارة مفخخة",
        "said_from": "2016-12-08",
        "said_to": "2016-12-09",
        "said_as_stated": "on Thursday",
        "content_offsets": "37-56|72-84",
        "questions": "What caused the blast? | What caused the blast?",
        "answers": "Car bomb | rejects in part: Air strike",
        "claim_disputed": "true",
        "competing_originators": "1",
        "competing_claims": "1",
        "competing_claim_ids": str(desk.wire_says.uid),
        "verdict": " | ".join(["leans: Air strike / unresolved (second)"] * 2),
        "likelihood": "likely / none | likely / none",
        "confidence": "moderate / low | moderate / low",
        "status": "approved",
        "origin": "person",
        "annotator": "Nour Haddad",
        "approver": "anbar-reviewer",
        "created_at": moment(claim.created_at),
        "updated_at": moment(claim.updated_at),
    }


def test_a_question_without_a_verdict_says_so_beside_one_that_has(desk: desks.Desk) -> None:
    other = factories.a_position(factories.a_question(desk.strike, text="Who died?", order=9))
    factories.a_filing(desk.wire_says, other)
    row = row_of(desk, desk.wire_says)

    assert row["questions"] == "What caused the blast? | Who died?"
    assert row["verdict"] == "leans: Air strike / unresolved (second) | none"
    assert row["confidence"] == "moderate / low | none"
    assert row_of(desk, desk.medic_says)["verdict"] == ""


def test_offsets_count_code_points_of_the_text(desk: desks.Desk) -> None:
    row = row_of(desk, desk.denial)
    pairs = [map(int, pair.split("-")) for pair in row["content_offsets"].split("|")]

    assert " […] ".join(desks.FIRST[start:end] for start, end in pairs) == row["text"]


def test_a_claim_of_no_incident_comes_last_and_is_guarded(desk: desks.Desk) -> None:
    row = desks.csv_rows(desks.csv_bytes(desk.workspace))[-1]

    assert row["claim_id"] == str(desk.demand.uid)
    assert (row["incident_id"], row["incident_date"], row["incident_state"]) == ("", "", "")
    assert (row["text"], row["article_title"]) == ("'=SUM(A1)", "'=Second")
    assert (row["status"], row["kind"], row["publisher"]) == ("draft", "demand", "")
    assert (row["claim_disputed"], row["competing_claims"]) == ("false", "0")


def test_claims_stand_by_incident_and_then_by_uid(desk: desks.Desk) -> None:
    late = factories.a_claim(desk.second, incident=desk.raid)
    of_strike = sorted(str(c.uid) for c in (desk.denial, desk.medic_says, desk.wire_says))

    assert desks.claims_of(desk.workspace) == [str(late.uid), *of_strike, str(desk.demand.uid)]


def test_the_words_are_those_of_the_newest_text_that_the_claim_stands_in(desk: desks.Desk) -> None:
    corrected = "A correction. " + desks.FIRST
    factories.a_revision(desk.first, corrected, number=2)
    factories.a_span(desk.medic_says, "dozens were killed")

    moved, left = row_of(desk, desk.medic_says), row_of(desk, desk.denial)

    start = corrected.index("dozens")
    assert (moved["revision"], moved["content_offsets"]) == ("2", f"{start}-{start + 18}")
    assert moved["text"] == "dozens were killed"
    assert moved["text_sha256"] == hashlib.sha256(corrected.encode()).hexdigest()
    assert (left["revision"], left["content_offsets"]) == ("1", "37-56|72-84")


def test_a_claim_that_has_lost_its_spans_is_there_all_the_same(desk: desks.Desk) -> None:
    desk.denial.spans.all().delete()
    row = row_of(desk, desk.denial)

    assert (row["revision"], row["text"], row["content_offsets"]) == ("1", "", "")


def test_the_originator_of_a_repeated_claim_is_who_said_it_first(desk: desks.Desk) -> None:
    again = factories.a_claim(desk.second, source=desk.wire, incident=desk.strike)
    factories.a_link(again, Relation.RESTATES, desk.denial)
    state.refresh([desk.strike.pk])

    row = row_of(desk, again)
    assert (row["source"], row["originator"]) == ("'-Wire", "Joint Command")


def test_competing_claims_are_those_of_the_states_and_only_so_many_are_listed(
    desk: desks.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert claims_csv.LISTED == 200
    rivals = [desk.wire_says]
    for _ in range(6):
        rivals.append(factories.a_claim(desk.second, incident=desk.strike, annotator=desk.analyst))
        factories.a_filing(rivals[-1], desk.strike_answer)
    state.refresh([desk.strike.pk])
    uids = sorted(str(claim.uid) for claim in rivals)

    row = row_of(desk, desk.denial)
    assert (row["competing_claims"], row["competing_claim_ids"].split("|")) == ("7", uids)
    # Also where the rivals themselves are filtered out.
    assert row_of(desk, desk.denial, article=desk.first) == row
    monkeypatch.setattr(competitors, "LISTED", 5)
    row = row_of(desk, desk.denial)
    assert (row["competing_claims"], row["competing_claim_ids"].split("|")) == ("7", uids[:5])


def test_competing_claims_are_found_across_many_queries(
    desk: desks.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.an_incident(desk.workspace)
    one, two = (factories.a_claim(desk.second, incident=other) for _ in range(2))
    factories.a_link(one, Relation.CONTRADICTS, two)
    state.refresh([other.pk])
    before = desks.csv_bytes(desk.workspace)

    monkeypatch.setattr(competitors, "INCIDENTS", 1)
    assert row_of(desk, one)["competing_claim_ids"] == str(two.uid)
    assert row_of(desk, desk.denial)["competing_claim_ids"] == str(desk.wire_says.uid)
    monkeypatch.undo()
    monkeypatch.setattr(competitors, "PAIRS", 0)
    assert desks.csv_bytes(desk.workspace) == before


def test_nothing_deleted_comes_along(desk: desks.Desk) -> None:
    gone = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    Claim.objects.filter(pk=desk.wire_says.pk).update(deleted_at=gone)
    Link.objects.filter(to_claim=desk.denial).update(deleted_at=gone)
    Filing.objects.filter(stance=Stance.REJECTS.value).update(deleted_at=gone)
    state.refresh([desk.strike.pk])

    assert str(desk.wire_says.uid) not in desks.claims_of(desk.workspace)
    row = row_of(desk, desk.denial)
    assert (row["answers"], row["claim_disputed"]) == ("Car bomb", "false")
    assert row["competing_claim_ids"] == ""


def test_filters_narrow_down_and_go_together(desk: desks.Desk) -> None:
    def found(**filters: Any) -> set[str]:
        known = {
            str(desk.denial.uid): "denial",
            str(desk.medic_says.uid): "medic",
            str(desk.wire_says.uid): "wire",
            str(desk.demand.uid): "demand",
        }
        return {known[uid] for uid in desks.claims_of(desk.workspace, **filters)}

    day = dt.date(2016, 12, 10)
    assert found() == {"denial", "medic", "wire", "demand"}
    assert found(incident=desk.strike) == {"denial", "medic", "wire"}
    assert found(incident=desk.raid) == set()
    assert found(article=desk.second) == {"wire", "demand"}
    assert found(source=desk.wire) == {"wire", "demand"}
    assert found(side=desk.side) == {"denial"}
    assert found(state=State.DISPUTED) == {"denial", "medic", "wire"}
    assert found(state=State.CORROBORATED) == set()
    assert found(disputed=True) == {"denial", "wire"}
    assert found(status=ClaimStatus.DRAFT) == {"demand"}
    assert found(since=day) == {"wire", "demand"}
    assert found(until=day) == {"denial", "medic", "wire", "demand"}
    assert found(until=day - dt.timedelta(1)) == {"denial", "medic"}
    assert found(since=day, source=desk.wire, incident=desk.strike) == {"wire"}


def test_an_article_without_a_day_is_in_no_range_of_days(desk: desks.Desk) -> None:
    claim = factories.a_claim(factories.an_article(desk.workspace))

    assert str(claim.uid) in desks.claims_of(desk.workspace)
    early, late = dt.date(1, 1, 1), dt.date(9999, 1, 1)
    assert str(claim.uid) not in desks.claims_of(desk.workspace, since=early)
    assert str(claim.uid) not in desks.claims_of(desk.workspace, until=late)


def test_another_desk_stays_out(desk: desks.Desk) -> None:
    before = desks.csv_bytes(desk.workspace)
    desks.a_desk("elsewhere")

    assert desks.csv_bytes(desk.workspace) == before


def test_one_claim_costs_as_many_queries_as_eleven() -> None:
    desk = factories.a_workspace()
    incident = factories.an_incident(desk)
    question = factories.a_question(incident)
    answers = [factories.a_position(question) for _ in range(2)]
    costs = []
    for size in (2, 22):
        for number in range(size):
            claim = factories.a_claim(factories.an_article(desk), incident=incident)
            factories.a_filing(claim, answers[number % 2])
        state.refresh([incident.pk])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desks.csv_rows(desks.csv_bytes(desk))[0]["competing_claim_ids"]
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 8
