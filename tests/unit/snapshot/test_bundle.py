from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from frictionless import Package, system

from claims.models import Article, Assessment, Filing, Incident, Position, Revision, Source
from claims.records import TABLES, ClaimStatus, Relation
from claims.records.columns import columns_of
from tests import factories
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db

GONE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def desk() -> desks.Desk:
    return desks.a_desk()


def tables_of(desk: desks.Desk, **filters: Any) -> dict[str, list[dict[str, str]]]:
    held = desks.unzipped(desks.zip_bytes(desk.workspace, **filters))
    return {table.name: desks.table(held, table.name) for table in TABLES}


def assert_valid(content: bytes, folder: Path) -> None:
    """By the words of its own schema, foreign keys among them.

    Who calls this is `untraced`: to follow frictionless would take as long again as it does.
    """
    desks.unzipped(content).extractall(folder)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


@pytest.mark.usefixtures("untraced")
def test_it_validates(desk: desks.Desk, tmp_path: Path) -> None:
    assert_valid(desks.zip_bytes(desk.workspace), tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "incident",
        "part",
        "article",
        "source",
        "unnamed",
        "side",
        "status",
        "disputed",
        "since",
        "nothing",
    ],
)
@pytest.mark.usefixtures("untraced")
def test_it_validates_with_every_filter(desk: desks.Desk, name: str, tmp_path: Path) -> None:
    filters: dict[str, dict[str, Any]] = {
        "incident": {"incident": desk.strike},
        "part": {"incident": desk.raid},
        "article": {"article": desk.second},
        "source": {"source": desk.wire},
        "unnamed": {"source": desk.medic},
        "side": {"side": desk.side},
        "status": {"status": ClaimStatus.APPROVED},
        "disputed": {"disputed": True},
        "since": {"since": dt.date(2016, 12, 10)},
        "nothing": {"status": ClaimStatus.WITHDRAWN},
    }

    assert_valid(desks.zip_bytes(desk.workspace, **filters[name]), tmp_path)


def test_every_table_holds_what_is_kept(desk: desks.Desk) -> None:
    sizes = {name: len(rows) for name, rows in tables_of(desk).items()}

    assert sizes == {
        "sources": 4,
        "aliases": 4,
        "ratings": 1,
        "articles": 2,
        "revisions": 2,
        "incidents": 2,
        "questions": 1,
        "positions": 2,
        "claims": 4,
        "spans": 7,
        "figures": 2,
        "links": 2,
        "filings": 3,
        "assessments": 4,
        "assessment_claims": 2,
        "comments": 4,
    }


def test_rows_stand_in_the_order_that_the_tables_promise(desk: desks.Desk) -> None:
    for table in TABLES:
        rows = tables_of(desk)[table.name]
        columns = columns_of(table.row)
        keys = [
            tuple(
                int(row[name]) if columns[name].low is not None else row[name]
                for name in table.order
            )
            for row in rows
        ]
        assert keys == sorted(keys), table.name


def test_the_columns_that_are_put_together(desk: desks.Desk) -> None:
    tables = tables_of(desk)
    (article,) = (row for row in tables["articles"] if row["title"] == "Blast at the market")
    (claim,) = (row for row in tables["claims"] if row["claim_id"] == str(desk.denial.uid))
    (link,) = (row for row in tables["links"] if row["relation"] == Relation.CONTRADICTS)
    (filing,) = (row for row in tables["filings"] if row["extent"] == "in_part")
    (incident,) = (row for row in tables["incidents"] if row["parent_id"])
    quote = "a car bomb\nwent off […] not a strike"

    assert article["paragraphs_read"] == "1|2"
    assert article["assignee"] == "Nour Haddad"
    assert (claim["text"], claim["note"], claim["kind"]) == (quote, "'+ a note", "factual")
    assert (claim["via"], claim["accused_id"]) == ("'-Wire", str(desk.medic.uid))
    assert (link["from_text"], link["to_text"]) == ("الطائرات قصفت السوق", quote)
    assert (link["from_source"], link["to_source"]) == ("'-Wire", "Joint Command")
    assert (filing["text"], filing["source"], filing["answer"]) == (
        quote,
        "Joint Command",
        "Air strike",
    )
    assert (incident["latitude"], incident["longitude"]) == ("34.37", "-41.0")
    assert incident["parent_code"] == "IQ-20161207-01"
    assert incident["occurred_from"] == "2016-12-07T00:00:00Z"
    assert [row["alias"] for row in tables["aliases"]] == ["JOC", "a", "zz", "É"]


def test_texts_and_uploads_are_the_stored_bytes(desk: desks.Desk) -> None:
    held = desks.unzipped(desks.zip_bytes(desk.workspace))
    first, second = desk.first.revisions.get(), desk.second.revisions.get()

    assert held.read(f"texts/{first.uid}.txt").decode() == desks.FIRST
    assert held.read(f"texts/{second.uid}.txt").decode() == desks.SECOND
    assert held.read(f"originals/{first.uid}.html") == b"<html>\0\xff" * 20_000
    rows = {row["revision_id"]: row["original_path"] for row in desks.table(held, "revisions")}
    assert rows == {str(first.uid): f"originals/{first.uid}.html", str(second.uid): ""}


@pytest.mark.usefixtures("untraced")
def test_an_upload_that_was_lost_does_not_keep_the_rest_back(
    desk: desks.Desk, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    revision: Revision = desk.first.revisions.get()
    default_storage.delete(str(revision.original.name))
    with caplog.at_level(logging.ERROR):
        content = desks.zip_bytes(desk.workspace)

    held = desks.unzipped(content)
    assert {row["original_path"] for row in desks.table(held, "revisions")} == {""}
    assert str(revision.uid) in caplog.text
    assert_valid(content, tmp_path)


def test_a_filter_takes_along_what_the_claims_point_at(desk: desks.Desk) -> None:
    tables = tables_of(desk, side=desk.side)

    assert [row["claim_id"] for row in tables["claims"]] == [str(desk.denial.uid)]
    assert [row["title"] for row in tables["articles"]] == ["Blast at the market"]
    assert {row["name"] for row in tables["sources"]} == {
        "Joint Command",
        "Government of Iraq",
        "a medic",
        "'-Wire",
    }
    assert {row["code"] for row in tables["incidents"]} == {"IQ-20161207-01", "IQ-20161207-02"}
    assert [row["answer"] for row in tables["positions"]] == ["Car bomb", "Air strike"]
    assert len(tables["filings"]) == 2
    assert tables["links"] == []
    assert tables["figures"] == []


def test_a_filter_leaves_out_what_they_do_not(desk: desks.Desk) -> None:
    other = factories.an_article(desk.workspace, publisher=factories.a_source(desk.workspace))
    factories.a_claim(other, incident=factories.an_incident(desk.workspace))
    factories.a_source(desk.workspace, article=other)
    tables = tables_of(desk, incident=desk.strike)

    assert {row["article_id"] for row in tables["articles"]} == {
        str(desk.first.uid),
        str(desk.second.uid),
    }
    assert len(tables["sources"]) == 4
    assert len(tables["incidents"]) == 2
    assert len(tables["links"]) == 2


def test_the_article_carried_again_comes_along(desk: desks.Desk) -> None:
    tables = tables_of(desk, article=desk.second)

    assert {row["title"] for row in tables["articles"]} == {"Blast at the market", "'=Second"}
    assert len(tables["revisions"]) == 2
    assert len(tables["claims"]) == 2


def test_what_is_chosen_is_there_without_claims_too(desk: desks.Desk) -> None:
    tables = tables_of(desk, incident=desk.raid)

    assert [row["code"] for row in tables["incidents"]] == ["IQ-20161207-01"]
    assert [tables[name] for name in ("claims", "articles", "sources")] == [[], [], []]


@pytest.mark.usefixtures("untraced")
def test_nothing_deleted_comes_along_and_nothing_points_at_it(
    desk: desks.Desk, tmp_path: Path
) -> None:
    gone = factories.an_article(desk.workspace)
    factories.a_source(desk.workspace, article=gone, name="of the deleted article")
    head = factories.a_source(desk.workspace, name="deleted head")
    factories.a_source(desk.workspace, name="its member", affiliation=head)
    copy = factories.an_article(desk.workspace, title="copy of a deleted one", republishes=gone)
    whole = factories.an_incident(desk.workspace, title="deleted whole")
    factories.a_question(whole, text="deleted too?", deleted_at=GONE)
    factories.an_incident(desk.workspace, title="its part", parent=whole)
    Article.objects.filter(pk=gone.pk).update(deleted_at=GONE)
    Source.objects.filter(pk=head.pk).update(deleted_at=GONE)
    Incident.objects.filter(pk=whole.pk).update(deleted_at=GONE)
    factories.a_comment(desk.first, "deleted", deleted_at=GONE)
    factories.a_comment(desk.medic_says, "deleted with its claim")
    factories.a_rating(desk.wire, reason="deleted", deleted_at=GONE)
    factories.an_assessment(
        factories.a_question(desk.strike, deleted_at=GONE), rationale="of a deleted question"
    )
    Filing.objects.filter(position=desk.strike_answer).update(deleted_at=GONE)
    Position.objects.filter(pk=desk.strike_answer.pk).update(deleted_at=GONE)
    desk.medic_says.links_from.update(deleted_at=GONE)
    desk.medic_says.deleted_at = GONE
    desk.medic_says.save()

    content = desks.zip_bytes(desk.workspace)
    held = desks.unzipped(content)
    text = b"".join(held.read(f"{table.name}.csv") for table in TABLES).decode()
    assert_valid(content, tmp_path)
    assert "deleted" not in text.replace("copy of a deleted one", "")
    assert str(desk.medic_says.uid) not in text
    assert (copy.title in text, "its part" in text, "its member" in text) == (True, True, True)


def test_verdicts_and_what_is_said_beside_the_work(desk: desks.Desk) -> None:
    tables = tables_of(desk)
    by_id = {row["assessment_id"]: row for row in tables["assessments"]}
    first = by_id[str(desk.first_verdict.uid)]
    second = by_id[str(desk.second_verdict.uid)]
    (whole,) = (row for row in by_id.values() if not row["question_id"])
    comments = {row["about"]: row for row in tables["comments"]}

    assert (first["verdict"], first["answer"]) == ("leans", "Air strike")
    assert (first["likelihood"], first["confidence"]) == ("likely", "moderate")
    assert (first["rationale"], first["reviewer"]) == ("'=because", "Nour Haddad")
    assert (first["evidence_changed"], first["wants_second"]) == ("true", "true")
    assert by_id[first["supersedes_id"]]["verdict"] == "unresolved"
    assert second["second_of_id"] == first["assessment_id"]
    assert (second["agrees"], second["blind"]) == ("false", "true")
    assert (whole["incident_code"], whole["withdrawn_by"]) == ("IQ-20161207-01", "Nour Haddad")
    assert (whole["withdrawn_at"], whole["agrees"]) == ("2016-12-08T12:00:00Z", "")
    assert {(row["source"], row["text"]) for row in tables["assessment_claims"]} == {
        ("'-Wire", "الطائرات قصفت السوق"),
        ("Joint Command", "a car bomb\nwent off […] not a strike"),
    }
    assert set(comments) == {
        "Joint Command",
        "What caused the blast?",
        "IQ-20161207-02 Second strike",
        "Blast at the market",
    }
    assert comments["Joint Command"]["mentions"] == "Nour Haddad | anbar-reviewer"
    assert comments["What caused the blast?"]["resolved_by"] == "anbar-reviewer"
    assert comments["What caused the blast?"]["incident_id"] == ""
    assert comments["IQ-20161207-02 Second strike"]["incident_id"] == str(desk.strike.uid)
    (rating,) = tables["ratings"]
    assert (rating["source"], rating["reliability"]) == ("Joint Command", "B")
    assert rating["since"] == "2016-12-08"


def verdicts_in(content: bytes) -> list[dict[str, str]]:
    return desks.table(desks.unzipped(content), "assessments")


@pytest.mark.usefixtures("untraced")
def test_who_is_to_second_a_verdict_does_not_take_it_along(
    desk: desks.Desk, tmp_path: Path
) -> None:
    """Neither the first one, nor what came before it, nor an opinion on it that is withdrawn."""
    second = desk.second_verdict
    second.withdrawn_at, second.withdrawn_by = factories.NOON, second.reviewer
    second.save()
    third = factories.a_user("third")
    content = desks.zip_bytes(desk.workspace, third)

    assert [row["question_id"] for row in verdicts_in(content)] == [""]
    assert desks.table(desks.unzipped(content), "assessment_claims") == []
    assert_valid(content, tmp_path)
    for user in (desk.analyst, second.reviewer, None):
        assert len(verdicts_in(desks.zip_bytes(desk.workspace, user))) > 1
    hidden = Assessment.objects.hidden_from(third)
    assert set(hidden) == set(Assessment.objects.filter(question=desk.question))
    (row,) = desks.csv_rows(desks.csv_bytes(desk.workspace, third, side=desk.side))
    assert row["verdict"] == ""


@pytest.mark.usefixtures("untraced")
def test_nothing_points_at_what_is_hidden(desk: desks.Desk, tmp_path: Path) -> None:
    """What one has given an opinion on stays to be seen, and the opinion with it."""
    factories.an_assessment(
        desk.question, reviewer=desk.analyst, supersedes=desk.first_verdict, wants_second=True
    )
    shown = {desk.second_verdict.reviewer: 3, factories.a_user("third"): 1}
    for user, number in shown.items():
        content = desks.zip_bytes(desk.workspace, user)
        assert len(verdicts_in(content)) == number
        assert Assessment.objects.count() - Assessment.objects.hidden_from(user).count() == number
        assert_valid(content, tmp_path / user.username)


@pytest.mark.usefixtures("untraced")
def test_a_claim_never_loses_who_said_it(desk: desks.Desk, tmp_path: Path) -> None:
    Source.objects.filter(pk=desk.command.pk).update(deleted_at=GONE)
    content = desks.zip_bytes(desk.workspace)

    assert "Joint Command" in desks.unzipped(content).read("sources.csv").decode()
    assert_valid(content, tmp_path)


def test_the_same_work_gives_the_same_bytes(desk: desks.Desk) -> None:
    assert desks.zip_bytes(desk.workspace) == desks.zip_bytes(desk.workspace)


def test_another_desk_stays_out(desk: desks.Desk) -> None:
    before = desks.zip_bytes(desk.workspace)
    desks.a_desk("elsewhere")

    assert desks.zip_bytes(desk.workspace) == before


def test_one_claim_costs_as_many_queries_as_eleven() -> None:
    costs = []
    for size in (1, 11):
        workspace = factories.a_workspace()
        incident = factories.an_incident(workspace)
        for _ in range(size):
            factories.a_claim(factories.an_article(workspace), incident=incident)
        with CaptureQueriesContext(connection) as queries:
            desks.zip_bytes(workspace)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 25
