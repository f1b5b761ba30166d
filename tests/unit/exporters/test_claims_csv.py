from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from claims.exporters import claims_csv
from claims.exporters.claims_csv import ClaimRow
from tests.unit.exporters import made

PROMISED = """
claim_id, permalink, incident_id, incident_code, incident_title, incident_date, incident_place,
incident_state, article_id, article_title, article_type, publisher, article_url, archive_url,
published_on, language, revision, text_sha256, source, source_words, source_kind, source_side,
source_affiliation, originator, via, accused, kind, polarity, speech, knows_by, text, cue,
paraphrase, translation, said_from, said_to, said_as_stated, content_offsets, questions, answers,
claim_disputed, competing_originators, competing_claims, competing_claim_ids, verdict, likelihood,
confidence, status, origin, annotator, approver, created_at, updated_at
"""


def test_its_columns_are_the_promised_ones_in_order() -> None:
    assert list(claims_csv.COLUMNS) == [name.strip() for name in PROMISED.split(",")]


def test_it_begins_with_a_bom_and_the_header_before_any_row_is_asked_for() -> None:
    asked: list[bool] = []

    def rows() -> Iterator[ClaimRow]:
        asked.append(True)
        yield made.filled(ClaimRow)

    pieces = claims_csv.write(rows())

    header = ",".join(claims_csv.COLUMNS).encode()
    assert next(pieces) + next(pieces) == b"\xef\xbb\xbf" + header + b"\r\n"
    assert asked == []


def test_quotes_stay_whole() -> None:
    quote = '=“They hit\nthe market”, he said, "all of it" 👨‍👩‍👧 قال'
    row = made.filled(ClaimRow, text=quote, said_as_stated="-")

    assert made.read(ClaimRow, b"".join(claims_csv.write([row]))) == [row]


@pytest.mark.usefixtures("untraced")
def test_memory_does_not_grow_with_the_rows() -> None:
    row = made.filled(ClaimRow, text="twenty-five fighters were in the building " * 3)
    rows = itertools.repeat(row, 40_000)
    pieces = claims_csv.write(rows)
    for _ in range(4):
        next(pieces)
    tracemalloc.start()
    try:
        size = sum(len(piece) for piece in itertools.islice(pieces, 10))
        early = tracemalloc.get_traced_memory()[1]
        size += sum(len(piece) for piece in pieces)
        late = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert size > 12_000_000
    assert late < early + 100_000


@pytest.mark.parametrize(
    ("precision", "date"),
    [
        ("minute", "2016-12-06"),
        ("day", "2016-12-06"),
        ("month", "2016-12"),
        ("year", "2016"),
        ("unknown", ""),
    ],
)
def test_the_incident_date_says_no_more_than_is_known(precision: str, date: str) -> None:
    night = datetime(2016, 12, 7, 1, tzinfo=timezone(timedelta(hours=3)))

    assert claims_csv.incident_date(night, precision) == date
    assert claims_csv.incident_date(night.astimezone(UTC), precision) == date
    assert claims_csv.incident_date(None, precision) == ""


def test_at_most_two_hundred_competing_claims_are_listed() -> None:
    ids = [made.uid(number) for number in range(201)]

    assert claims_csv.list_ids(ids).split("|") == ids[:200]
    assert claims_csv.list_ids([]) == ""
