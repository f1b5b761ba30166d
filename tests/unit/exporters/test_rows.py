from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.exporters import rows
from claims.exporters.claims_csv import ClaimRow
from claims.exporters.values import BATCH
from claims.records import TABLES, Article, Incident, Position, Source, Span
from claims.records.columns import columns_of
from tests.unit.exporters import made

ROWS = [table.row for table in TABLES] + [ClaimRow]


def csv(row: type[tuple[Any, ...]], *given: tuple[Any, ...]) -> bytes:
    return b"".join(rows.write(columns_of(row), given))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_what_is_read_back_is_what_was_written(row: type[Any], data: st.DataObject) -> None:
    written = data.draw(st.lists(made.rows(row), max_size=3))

    assert made.read(row, csv(row, *written)) == written


def test_records_end_with_crlf_and_cells_keep_their_own_line_breaks() -> None:
    content = csv(Position, made.filled(Position, question='a\nb "c"\rd', answer="=x"))

    head, _, tail = content.partition(b"\r\n")
    assert head == b"position_id,question_id,question,answer,competes,order,created_at"
    assert b',"a\nb ""c""\rd",\'=x,true,' in tail
    assert tail.endswith(b"Z\r\n")


def test_numbers_are_not_guarded() -> None:
    incident = made.filled(Incident, latitude=-33.5, longitude=-70)

    assert b",-33.5,-70.0," in csv(Incident, incident)


def test_blank_is_not_zero() -> None:
    incident = made.filled(Incident, latitude=0.0, longitude=None)

    (read,) = made.read(Incident, csv(Incident, incident))
    assert (read.latitude, read.longitude) == (0.0, None)


def test_moments_are_given_in_utc() -> None:
    east = datetime(2016, 12, 8, 1, 30, 0, 120, tzinfo=timezone(timedelta(hours=3)))

    assert b",2016-12-07T22:30:00.000120Z\r\n" in csv(
        Article, made.filled(Article, created_at=east)
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (made.filled(Source, note="a\0b"), "NUL"),
        (made.filled(Source, note="\ud800"), "surrogates"),
        (made.filled(Span, score=float("nan")), "not a number"),
        (made.filled(Span, score=float("inf")), "not a number"),
        (made.filled(Article, created_at=datetime(2016, 12, 8)), "time zone"),  # noqa: DTZ001
    ],
)
def test_what_no_cell_can_hold_is_refused(row: tuple[Any, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        csv(type(row), row)


@pytest.mark.parametrize("number", [0, 1, BATCH - 1, BATCH, BATCH + 1, 2 * BATCH])
def test_no_row_is_lost_between_batches(number: int) -> None:
    sources = [made.filled(Source, source_id=made.uid(at)) for at in range(number)]

    assert made.read(Source, csv(Source, *sources)) == sources


def test_rows_are_asked_for_a_batch_at_a_time() -> None:
    asked = iter(made.filled(Source, source_id=made.uid(at)) for at in range(3 * BATCH))
    pieces = rows.write(columns_of(Source), asked)

    next(pieces)
    next(pieces)

    assert next(asked).source_id == made.uid(BATCH)
