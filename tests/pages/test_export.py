from __future__ import annotations

import dataclasses
import re
import time
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from frictionless import Package, system

from claims.models import Workspace
from claims.records import ClaimStatus, Role
from claims.snapshot import FORMATS
from claims.snapshot import reader as readers
from claims.views import download, export, turns
from tests import factories
from tests.pages.conftest import Person, World, member
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db


def address(name: str, desk: Workspace, **query: object) -> str:
    """Of the page, or of the file in the format `name`."""
    route, of = ("export", []) if name == "export" else ("export-file", [name])
    return reverse(
        route, args=[desk.slug, *of], query={key: str(value) for key, value in query.items()}
    )


def sent(client: Client, url: str) -> bytes:
    response: Any = client.get(url)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def page(client: Client, url: str, **headers: str) -> str:
    return client.get(url, headers=headers).content.decode()


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def links(html: str) -> dict[str, str]:
    """The addresses of the files on the page, by the name of the format."""
    found = re.findall(r'class="button[^"]*" href="([^"]+/export/[^"]+)"', html)
    return {urlsplit(url).path.split("/")[-2]: unescape(url) for url in found}


@pytest.fixture
def full() -> desks.Desk:
    return desks.a_desk()


@pytest.fixture
def reader(full: desks.Desk) -> Person:
    return member(full.workspace, Role.VIEWER)


def test_the_page_says_what_each_file_holds_and_cannot_hold(
    reader: Person, full: desks.Desk
) -> None:
    html = page(reader.client, address("export", full.workspace))

    assert "4 claims at this desk." in words(html)
    assert "More than 200 competing claims by id" in words(html)
    assert "The history of changes, and what was deleted." in words(html)
    assert list(links(html)) == list(FORMATS)


@pytest.mark.parametrize("name", ["export", "claims-csv", "csv"])
def test_an_outsider_finds_nothing(outsider: Person, world: World, name: str) -> None:
    assert outsider.client.get(address(name, world.desk)).status_code == 404


def test_claims_csv_opens_right_in_a_spreadsheet(reader: Person, full: desks.Desk) -> None:
    response: Any = reader.client.get(address("claims-csv", full.workspace))
    content = b"".join(response.streaming_content)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="anbar-claims-\d{4}-\d\d-\d\d\.csv"',
        response["Content-Disposition"],
    )
    assert response["X-Accel-Buffering"] == "no"
    assert response["Cache-Control"] == "private, no-store"
    assert content.startswith(b"\xef\xbb\xbfclaim_id,permalink,")
    rows = {row["claim_id"]: row for row in desks.csv_rows(content)}
    claim = rows[str(full.denial.uid)]
    assert claim["permalink"] == f"http://testserver{full.denial.get_absolute_url()}"
    assert claim["text"] == "a car bomb\nwent off […] not a strike"
    assert rows[str(full.demand.uid)]["text"] == "'=SUM(A1)"


def test_a_permalink_leads_to_the_claim(reader: Person, full: desks.Desk) -> None:
    content = sent(reader.client, address("claims-csv", full.workspace))
    permalink = desks.csv_rows(content)[0]["permalink"]

    assert reader.client.get(permalink, follow=True).status_code == 200


def test_the_bundle_validates_and_is_the_same_twice(
    reader: Person, full: desks.Desk, tmp_path: Path
) -> None:
    url = address("csv", full.workspace)
    content = sent(reader.client, url)
    desks.unzipped(content).extractall(tmp_path)

    with system.use_context(trusted=True):
        assert Package(str(tmp_path / "datapackage.json")).validate().valid
    assert sent(reader.client, url) == content


@pytest.mark.parametrize("name", ["claims-csv", "csv"])
def test_head_asks_for_no_rows(reader: Person, full: desks.Desk, name: str) -> None:
    response = reader.client.head(address(name, full.workspace))

    assert response.status_code == 200
    assert not response.streaming
    assert "attachment" in response["Content-Disposition"]


def test_a_page_of_an_incident_links_here_with_its_uid(reader: Person, full: desks.Desk) -> None:
    html = page(reader.client, address("export", full.workspace, incident=full.strike.uid))

    assert "3 claims fit the filter." in words(html)
    assert 'value="IQ-20161207-02 Second strike"' in html
    for url in links(html).values():
        assert parse_qs(urlsplit(url).query) == {"incident": [str(full.strike.uid)]}
    rows = desks.csv_rows(sent(reader.client, links(html)["claims-csv"]))
    assert {row["incident_code"] for row in rows} == {"IQ-20161207-02"}
    assert len(rows) == 3


def test_all_filters_go_together_and_stay_in_the_links(reader: Person, full: desks.Desk) -> None:
    query = {
        "incident": str(full.strike.uid),
        "article": str(full.first.uid),
        "source": str(full.command.uid),
        "side": str(full.side.uid),
        "state": "claim",
        "status": ClaimStatus.APPROVED.value,
        "since": "2016-12-01",
        "until": "2016-12-08",
    }
    html = page(reader.client, address("export", full.workspace, **query))

    assert "1 claim fits the filter." in words(html)
    url = links(html)["claims-csv"]
    assert {key: value for key, [value] in parse_qs(urlsplit(url).query).items()} == query
    (row,) = desks.csv_rows(sent(reader.client, url))
    assert row["claim_id"] == str(full.denial.uid)
    held = desks.unzipped(sent(reader.client, links(html)["csv"]))
    assert len(desks.table(held, "claims")) == 1


def test_an_incident_can_be_named_without_javascript(reader: Person, full: desks.Desk) -> None:
    for typed in ("IQ-20161207-02", "Second strike", "IQ-20161207-02 Second strike"):
        html = page(reader.client, address("export", full.workspace, incident_name=typed))
        assert "3 claims fit" in words(html)
        assert f"incident={full.strike.uid}" in links(html)["claims-csv"]


def test_what_is_read_in_the_form_counts_more_than_what_was_picked(
    reader: Person, full: desks.Desk
) -> None:
    query = {"incident": full.strike.uid, "incident_name": "Raid"}
    html = page(reader.client, address("export", full.workspace, **query))

    assert f"incident={full.raid.uid}" in links(html)["claims-csv"]
    assert "0 claims fit" in words(html)


def test_articles_of_one_title_are_told_apart(reader: Person, full: desks.Desk) -> None:
    factories.an_article(full.workspace, title="Blast at the market")
    query = {"article_name": "Blast at the market"}
    html = page(reader.client, address("export", full.workspace, **query))

    assert "choose one" in words(html)
    assert links(html) == {}
    chosen = address("export", full.workspace, **query, article_choice=full.first.uid)
    assert "2 claims fit" in words(page(reader.client, chosen))


WRONG = {
    "unknown incident": {"incident": str(uuid4())},
    "unknown article": {"article": str(uuid4())},
    "unknown source": {"source": str(uuid4())},
    "unknown side": {"side": str(uuid4())},
    "no uid": {"incident": "seven"},
    "no such name": {"source_name": "Nobody"},
    "no such state": {"state": "settled"},
    "no such status": {"status": "lost"},
    "no such day": {"since": "2016-02-31"},
    "days the wrong way round": {"since": "2016-12-08", "until": "2016-12-07"},
    "half a character": {"source_name": "\x00"},
}


@pytest.mark.parametrize("query", WRONG.values(), ids=WRONG)
def test_a_filter_that_names_nothing_is_told_and_never_left_out(
    reader: Person, full: desks.Desk, query: dict[str, str]
) -> None:
    html = page(reader.client, address("export", full.workspace, **query))

    assert 'class="errorlist"' in html
    assert 'role="alert"' in html
    assert links(html) == {}
    for name in ("claims-csv", "csv"):
        response = reader.client.get(address(name, full.workspace, **query))
        assert response.status_code == 400
        assert "Content-Disposition" not in response
        assert 'role="alert"' in response.content.decode()


@pytest.mark.parametrize("name", ["incident", "article", "source", "side"])
def test_what_another_desk_has_is_not_there(reader: Person, full: desks.Desk, name: str) -> None:
    other = desks.a_desk("basra")
    rows = {
        "incident": other.strike,
        "article": other.first,
        "source": other.wire,
        "side": other.side,
    }
    query = {name: rows[name].uid}

    response = reader.client.get(address("claims-csv", full.workspace, **query))
    assert response.status_code == 400
    assert f"There is no such {name} here." in words(response.content.decode())
    typed = address("export", full.workspace, incident_name="Second strike")
    assert f"incident={full.strike.uid}" in links(page(reader.client, typed))["claims-csv"]


def test_nothing_of_another_desk_is_in_a_file(reader: Person, full: desks.Desk) -> None:
    other = desks.a_desk("basra")
    csv = sent(reader.client, address("claims-csv", full.workspace)).decode()
    held = desks.unzipped(sent(reader.client, address("csv", full.workspace)))
    everything = csv + "".join(held.read(name).decode("latin-1") for name in held.namelist())

    assert "basra" not in everything
    for row in (other.denial, other.first, other.strike, other.wire, other.question, other.bomb):
        assert str(row.uid) not in everything


def test_htmx_gets_the_count_and_the_links_alone(reader: Person, full: desks.Desk) -> None:
    url = address("export", full.workspace, status="draft")
    html = page(reader.client, url, **{"HX-Request": "true"})

    assert words(html).startswith("1 claim fits the filter.")
    assert "<form" not in html
    assert "withdrawn" not in words(html)
    assert links(html)["csv"].endswith("?status=draft")
    wrong = address("export", full.workspace, side=uuid4())
    html = page(reader.client, wrong, **{"HX-Request": "true"})
    assert words(html) == "Side: There is no such side here."


def test_counting_stops_at_ten_thousand(
    reader: Person, full: desks.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "COUNTED", 3)

    assert "3+ claims at this desk." in words(
        page(reader.client, address("export", full.workspace))
    )


def test_an_empty_desk_gives_empty_files(viewer: Person) -> None:
    assert "0 claims at this desk." in words(page(viewer.client, address("export", viewer.desk)))
    content = sent(viewer.client, address("claims-csv", viewer.desk))
    assert desks.csv_rows(content) == []
    held = desks.unzipped(sent(viewer.client, address("csv", viewer.desk)))
    assert held.testzip() is None


def test_the_page_costs_the_same_for_one_claim_and_for_eleven(viewer: Person) -> None:
    costs = []
    for size in (1, 11):
        for _ in range(size):
            incident = factories.an_incident(viewer.desk)
            factories.a_claim(factories.an_article(viewer.desk), incident=incident)
        with CaptureQueriesContext(connection) as queries:
            viewer.client.get(address("export", viewer.desk))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_what_is_wrong_before_the_first_byte_is_an_ordinary_error(
    reader: Person, full: desks.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(number: int) -> Any:
        raise DatabaseError("the disk is gone")

    broke = dataclasses.replace(FORMATS["claims-csv"], write=lambda *_: map(broken, [1]))
    monkeypatch.setitem(FORMATS, "claims-csv", broke)
    reader.client.raise_request_exception = False

    response = reader.client.get(address("claims-csv", full.workspace))
    assert response.status_code == 500
    assert "Content-Disposition" not in response


def streaming(full: desks.Desk, pieces: list[str]) -> StreamingHttpResponse:
    """A download of a thousand pieces, each noted when it is made."""
    request: Any = RequestFactory().get("/")
    request.workspace = full.workspace

    def write(reader: Any) -> Any:
        for number in range(1000):
            rows = reader.rows("SELECT name FROM claims_source ORDER BY id", {})
            pieces.append(next(rows)[0])
            yield f"{number}\n".encode()

    response = download.download(request, FORMATS["claims-csv"], write)
    assert isinstance(response, StreamingHttpResponse)
    return response


def test_the_first_piece_is_sent_before_the_rest_is_made(full: desks.Desk) -> None:
    made: list[str] = []
    response = streaming(full, made)
    pieces = iter(response)

    assert next(pieces) == b"0\n"
    assert len(made) <= download.READ_AHEAD
    assert sum(1 for _ in pieces) == 999


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("taken", [0, 5])
def test_a_reader_who_goes_away_frees_the_database(
    full: desks.Desk, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    another = readers._another

    def noted() -> Any:
        opened.append(another())
        return opened[-1]

    monkeypatch.setattr(readers, "_another", noted)
    response = streaming(full, [])
    pieces = iter(response)
    for _ in range(taken):
        next(pieces)
    assert [one.connection is None for one in opened] == [False]
    response.close()

    assert [one.connection is None for one in opened] == [True]


@pytest.mark.django_db(transaction=True)
def test_a_download_shows_one_moment_and_nobody_waits_for_it() -> None:
    full = desks.a_desk()
    reader = member(full.workspace, Role.VIEWER)
    response: Any = reader.client.get(address("claims-csv", full.workspace))
    pieces = iter(response.streaming_content)
    head = next(pieces)
    with transaction.atomic():
        late = factories.a_claim(full.second, incident=full.strike)

    content = head + b"".join(pieces)
    assert len(desks.csv_rows(content)) == 4
    again = sent(reader.client, address("claims-csv", full.workspace))
    assert str(late.uid) in again.decode()


def test_a_file_waits_while_pages_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(turns, "LONGEST", 0.01)
    pieces = iter(download.Pieces(b"x" for _ in range(download.READ_AHEAD + 2)))
    for _ in range(download.READ_AHEAD + 1):
        next(pieces)
    assert not waits, "nobody else is there"

    def page(_: HttpRequest) -> HttpResponse:
        assert next(pieces) == b"x", "a file goes on however many pages there are"
        return HttpResponse()

    turns.Turns(page)(RequestFactory().get("/"))
    assert set(waits) == {turns.LOOK}
