"""Whatever is typed anywhere stays text everywhere: pages, parts, answers, files, print."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any
from urllib.parse import quote

import lxml.etree
import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from claims.importers.article_table import read_all
from claims.importers.many import Problem
from claims.importers.values import from_cell
from claims.records.article import Article
from claims.records.columns import columns_of
from claims.snapshot.formats import FORMATS
from claims.templatetags.printed import web
from tests import factories
from tests.api import test_policy as api
from tests.pages import test_policy as pages
from tests.pages.conftest import Person, World
from tests.pages.walk import *  # noqa: F403 (the same fixtures as elsewhere, made once)
from tests.security import corpus
from tests.security import desk as spoiled
from tests.security.corpus import MARK, judged

pytestmark = pytest.mark.one_database

TURNS = 2
READ = [row.name for row in pages.ROWS if row.method == "GET" and row.expected["owner"] == "ok"]
SENT = [row for row in pages.ROWS if row.method == "POST" and row.expected["owner"] == "ok"]


@pytest.fixture(scope="module")
def furnished(stage: Any, django_db_blocker: DjangoDbBlocker) -> None:
    """More on the stage than the other walks need."""
    with django_db_blocker.unblock():
        spoiled.furnish(stage.world, stage.people["owner"].user)


@pytest.fixture(params=range(TURNS))
def turn(request: Any, furnished: None, owner: Person, world: World) -> int:
    """Another part of the corpus in each field, and in the journal what was there before."""
    number: int = request.param
    spoiled.spoil(world, number * 17)
    for name in ("api-claim", "api-incident", "api-question", "api-source"):
        etag, body = api.version(name, world), api.body(name, world)
        text = dict.fromkeys(body, corpus.ENDINGS[number])
        answer = api.ask(owner.client, "PATCH", api.address(name, world), text, etag)
        assert answer.status_code == 200, (name, answer)
    return number


def whole(response: Any) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return bytes(content)


def shown(response: Any) -> str:
    return whole(response).decode(errors="replace")


def is_page(response: Any) -> bool:
    return str(response.headers.get("Content-Type", "")).startswith("text/html")


def test_every_field_is_spoiled_or_is_none_that_people_write_in() -> None:
    names = {name for _, _, name in spoiled.typed()}
    assert names >= spoiled.OURS | spoiled.ADDRESSES | spoiled.UNIQUE
    assert len(corpus.TEXTS) == len(set(corpus.TEXTS))
    assert all(MARK in text for text in corpus.TEXTS)


@pytest.mark.parametrize("bad", [*corpus.ELEMENTS, *corpus.SVG])
def test_what_judges_pages_finds_what_it_has_to(bad: str) -> None:
    assert judged(f"<p>{bad}</p>")


def test_no_page_and_no_part_makes_anything_of_it(turn: int, owner: Person, world: World) -> None:
    silent, wrong = set(), dict[str, list[str]]()
    for name in READ:
        headers = {"HX-Request": "true"} if turn else {}
        response = owner.client.get(pages.address(name, world), headers=headers)
        page = shown(response)
        if is_page(response):
            wrong[name] = judged(page)
            silent |= {name} if MARK not in page and response.status_code == 200 else set()
    assert [one for one in wrong.items() if one[1]] == []
    # Without what was typed, a page would prove nothing.
    assert turn or silent == set()


def test_no_answer_to_a_form_makes_anything_of_it(turn: int, owner: Person, world: World) -> None:
    """What is sent is the corpus, then what would do something: refusals, then questions."""
    wrong = dict[str, list[str]]()
    for row in SENT:
        body = pages.body(world)
        text = corpus.TEXTS[len(wrong) :: 9][0]
        sent = body if turn else dict.fromkeys(body, text) | {"version": "1"}
        with pages.taken_back():
            response = owner.client.post(pages.address(row.name, world), sent)
            if is_page(response):
                wrong[row.name] = judged(shown(response))
    assert [one for one in wrong.items() if one[1]] == []


@pytest.mark.parametrize("turn", [1], indirect=True)
def test_no_answer_of_the_api_is_a_page(turn: int, owner: Person, world: World) -> None:
    for row in api.ROWS:
        if row.method == "GET" and row.expected["owner"] == "ok" and row.name != "api-docs":
            response = api.ask(owner.client, "GET", api.address(row.name, world), {})
            assert not is_page(response)
            assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["home", "articles", "search", "claims", "export", "x/"])
def test_what_stands_in_an_address_stays_text(name: str, owner: Person, world: World) -> None:
    """In a query that a page gives back, in an address that is not there."""
    base = f"/w/{world.desk.slug}/{name}/" if name != "home" else "/"
    for text in (corpus.ENDINGS[0], corpus.ATTRIBUTES[0], corpus.ADDRESSES[0], "\0<zxz>"):
        asked = dict.fromkeys("q side source state after noun until of incident".split(), text)
        response = owner.client.get(base, asked)
        assert judged(shown(response)) == []
    response = owner.client.get(f"{base}{quote(corpus.ELEMENTS[0])}/")
    assert (response.status_code, judged(shown(response))) == (404, [])


@pytest.mark.parametrize("turn", [1], indirect=True)
def test_the_back_door_makes_nothing_of_it(turn: int, world: World) -> None:
    client = Client()
    client.force_login(factories.a_user("root", is_staff=True, is_superuser=True))
    for model, thing in {"user": world.change.user, "workspace": world.desk}.items():
        for view, args in (("changelist", []), ("change", [thing.pk])):  # type: ignore[union-attr]
            page = client.get(reverse(f"admin:claims_{model}_{view}", args=args))
            assert page.status_code == 200
            assert MARK in shown(page)
            assert [one for one in judged(shown(page)) if MARK in one] == []


FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def files(turn: int, owner: Person, world: World) -> dict[str, Any]:
    """Each format as it is sent, read to its end: `content` is all of it."""
    answers = {}
    for name in FORMATS:
        answer = owner.client.get(reverse("export-file", args=[world.desk.slug, name]))
        answers[name] = HttpResponse(whole(answer), headers=dict(answer.headers))
    return answers


@pytest.mark.parametrize("turn", [1], indirect=True)
def test_files_are_saved_and_never_shown(files: dict[str, Any]) -> None:
    for name, response in files.items():
        assert response.headers["Content-Disposition"].startswith("attachment; "), name
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        packed = response.content.startswith(b"PK")
        assert packed or MARK.encode() in response.content, name


@pytest.mark.parametrize("turn", [1], indirect=True)
def test_no_cell_is_a_formula_and_no_xml_has_more_elements(files: dict[str, Any]) -> None:
    content = {name: response.content for name, response in files.items()}
    tables = {"claims": content["claims-csv"].decode("utf-8-sig")}
    with zipfile.ZipFile(io.BytesIO(content["csv"])) as bundle:
        names = [name for name in bundle.namelist() if name.endswith(".csv")]
        tables |= {name: bundle.read(name).decode() for name in names}
    cells = 0
    for name, table in tables.items():
        for row in csv.reader(io.StringIO(table, newline="")):
            cells += sum(MARK in cell for cell in row)
            assert [cell for cell in row if MARK in cell and cell.startswith(FORMULA)] == [], name
    assert cells > 100
    book = openpyxl.load_workbook(io.BytesIO(content["xlsx"]))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(content["qdpx"])) as project:
        trees = [lxml.etree.fromstring(project.read("project.qde"))]
    trees.append(lxml.etree.fromstring(content["graphml"]))
    for tree in trees:
        made = {lxml.etree.QName(one).localname.lower() for one in tree.iter("*")}
        assert not made & {"script", "img", "svg", "b", "iframe", "form", MARK}


ELSEWHERE = [text for text in corpus.ADDRESSES if not text.startswith(("https://", "//"))]
# With two slashes it is a form's shorthand for https.


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_in_a_field_is_of_the_web_alone(
    address: str, owner: Person, world: World
) -> None:
    """By form, by the API, from files; and where a row lies, no link is made."""
    form = pages.address("article-edit", world)
    sent = {"version": world.article.version, "title": "x", "status": "new", "type": "article"}
    for field in ("url", "archive_url"):
        assert owner.client.post(form, sent | {field: address}).status_code == 422
        etag = api.version("api-article", world)
        where = api.address("api-article", world)
        refused = api.ask(owner.client, "PATCH", where, {field: address}, etag)
        assert refused.status_code == 400
        with pytest.raises(ValueError, match="form of it"):
            from_cell(columns_of(Article)[field], address)
    assert web(address) == ""
    hook = {"name": "x", "url": address}
    assert owner.client.post(pages.address("webhook-new", world), hook).status_code == 422
    table = io.BytesIO(b'{"title": "x", "text": "x", "url": ' + json.dumps(address).encode() + b"}")
    assert [type(one) for one in read_all(table, "table.jsonl")][-1] is Problem
