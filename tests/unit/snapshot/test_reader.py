from __future__ import annotations

import datetime as dt
import time
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from claims.models import Article, Claim, Incident, Span, Workspace
from claims.records import ClaimStatus, SpanRole
from claims.snapshot import Selection, claim_rows, reader, reading
from tests import factories
from tests.unit.snapshot import desks

TITLES = "SELECT title FROM claims_article ORDER BY id"


def titles(one: reader.Reader) -> list[str]:
    return [title for (title,) in one.rows(TITLES, {})]


@pytest.mark.django_db(transaction=True)
def test_it_sees_one_moment_and_no_writer_waits() -> None:
    desk = factories.a_workspace()
    article = factories.an_article(desk, title="before")
    with reading() as one:
        began = time.monotonic()
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(title="after")
            factories.an_article(desk, title="new")
        assert time.monotonic() - began < 5
        assert titles(one) == ["before"]
    with reading() as another:
        assert titles(another) == ["after", "new"]


@pytest.mark.django_db(transaction=True)
def test_a_half_read_export_holds_nobody_up_and_stays_whole() -> None:
    desk = desks.a_desk()
    before = desks.csv_rows(desks.csv_bytes(desk.workspace))
    with reading() as one:
        rows = claim_rows(one, Selection(desk.workspace), desks.permalink)
        first = next(rows)
        with transaction.atomic():
            factories.a_claim(desk.second, incident=desk.strike)
            desk.denial.figures.all().delete()
            Span.objects.filter(claim=desk.wire_says).delete()
            Claim.objects.filter(pk=desk.demand.pk).update(deleted_at=factories.NOON)
        texts = [row.text for row in [first, *rows]]

    assert texts == [row["text"].removeprefix("'") for row in before]
    assert len(desks.claims_of(desk.workspace)) == len(before)


@pytest.mark.django_db(transaction=True)
def test_it_can_not_write() -> None:
    factories.a_workspace(name="Anbar")
    with (
        reading() as one,
        one._connection.cursor() as cursor,
        pytest.raises(DatabaseError, match=r"readonly|read-only"),
    ):
        cursor.execute("UPDATE claims_workspace SET name = 'x'")
    assert Workspace.objects.get().name == "Anbar"


@pytest.mark.django_db(transaction=True)
def test_leaving_it_half_read_closes_the_connection() -> None:
    desk = desks.a_desk()

    def half() -> Iterator[str]:
        with reading() as one:
            for row in claim_rows(one, Selection(desk.workspace), desks.permalink):
                held.append(one)
                yield row.claim_id

    held: list[reader.Reader] = []
    rows = half()
    next(rows)
    assert held[0]._connection is not connection
    assert held[0]._connection.connection is not None
    rows.close()  # type: ignore[attr-defined]

    assert held[0]._open == []
    assert held[0]._connection.connection is None


@pytest.mark.django_db
def test_inside_a_transaction_it_sees_what_that_wrote() -> None:
    factories.an_article(factories.a_workspace(), title="not committed")
    with reading() as one:
        assert titles(one) == ["not committed"]
    assert connection.connection is not None


@pytest.mark.django_db
def test_it_does_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST", -1)
    factories.an_article(factories.a_workspace())
    with reading() as one, pytest.raises(TimeoutError):
        titles(one)


@pytest.mark.django_db
def test_moments_have_a_time_zone_and_uids_their_dashes() -> None:
    article = factories.an_article(factories.a_workspace())
    made = dt.datetime(2016, 12, 8, 12, 30, 0, 250_000, tzinfo=dt.UTC)
    Article.objects.update(created_at=made)
    with reading() as one:
        columns = f"{one.uid('uid')}, {one.moment('created_at')}"
        found = list(one.rows(f"SELECT {columns} FROM claims_article", {}))  # noqa: S608
    assert found == [(str(article.uid), made)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plans of SQLite")
@pytest.mark.parametrize("status", [None, ClaimStatus.SUBMITTED])
def test_the_first_row_does_not_wait_for_the_last(
    status: ClaimStatus | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each big table is read along an index in its order; only ties are sorted."""
    plans = []

    def explained(self: reader.Reader, sql: str, params: dict[str, Any], chunk: int = 0) -> Any:
        plans.append([row[-1] for row in rows(self, f"EXPLAIN QUERY PLAN {sql}", params)])
        return rows(self, sql, params)

    rows = reader.Reader.rows
    monkeypatch.setattr(reader.Reader, "rows", explained)
    workspace = desks.a_desk().workspace
    desks.csv_bytes(workspace, status=status)
    desks.zip_bytes(workspace, status=status)

    sorts = [plan for plan in plans if "USE TEMP B-TREE FOR ORDER BY" in plan]
    assert len(plans) > 20
    assert [plan for plan in sorts if not any("facing" in step for step in plan)] == []


def many(size: int) -> Workspace:
    """A desk with so many claims, ten of an incident."""
    desk = factories.a_workspace()
    analyst = factories.a_user()
    source = factories.a_source(desk)
    articles = [factories.an_article(desk, "x" * 50) for _ in range(4)]
    revisions = [article.revisions.get() for article in articles]
    incidents = Incident.objects.bulk_create(
        Incident(workspace=desk, code=f"C{n}", title=f"Incident {n}") for n in range(size // 10)
    )
    claims = Claim.objects.bulk_create(
        [
            Claim(
                workspace=desk,
                article=articles[n % 4],
                incident=incidents[n // 10],
                source=source,
                annotator=analyst,
                paraphrase="words of the analyst " * 5,
            )
            for n in range(size)
        ],
        batch_size=2000,
    )
    Span.objects.bulk_create(
        [
            Span(
                workspace=desk,
                claim=claim,
                revision=revisions[n % 4],
                role=SpanRole.CONTENT.value,
                start=0,
                end=50,
                quote="x" * 50,
            )
            for n, claim in enumerate(claims)
        ],
        batch_size=2000,
    )
    return desk


@pytest.mark.django_db
@pytest.mark.usefixtures("untraced")
def test_memory_does_not_grow_with_the_rows() -> None:
    desk = many(9_000)
    with reading() as one:
        rows = claim_rows(one, Selection(desk), desks.permalink)
        assert sum(1 for _ in islice(rows, 2000)) == 2000
        tracemalloc.start()
        try:
            assert sum(1 for _ in islice(rows, 3000)) == 3000
            early = tracemalloc.get_traced_memory()[1]
            tracemalloc.reset_peak()
            assert sum(1 for _ in rows) == 4000
            late = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert late < early * 1.2 + 500_000
