"""Each format as another program reads it."""

from __future__ import annotations

import base64
import csv
import dataclasses
import datetime as dt
import io
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest
import rdflib
from django.core.management import CommandError, call_command

from claims.exporters import brat, graphml, jsonl, web_annotation, xlsx
from claims.models import Claim
from claims.records import TABLES, ClaimKind, Link, Relation
from claims.records.columns import columns_of
from claims.snapshot import FORMATS, Filters, Selection, reading
from tests import factories
from tests.unit.exporters import annotation_model, made
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db
QDE = "{urn:QDA-XML:project:1.0}"


@pytest.fixture
def desk() -> desks.Desk:
    return desks.a_desk()


def written(desk: desks.Desk, name: str, **filters: Any) -> bytes:
    with reading() as reader:
        chosen = Selection(desk.workspace, Filters(**filters))
        return b"".join(FORMATS[name].write(reader, chosen, desks.permalink))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_work_gives_the_same_bytes(desk: desks.Desk, name: str) -> None:
    assert written(desk, name) == written(desk, name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_filter_narrows_each_format(desk: desks.Desk, name: str) -> None:
    assert len(written(desk, name, incident=desk.raid)) < len(written(desk, name))


def test_an_empty_desk_is_a_file_too() -> None:
    empty = factories.a_workspace(slug="empty")
    with reading() as reader:
        for one in FORMATS.values():
            content = b"".join(one.write(reader, Selection(empty), desks.permalink))
            assert content
            if one.ending == "jsonld":
                json.loads(content)


# -- jsonl -----------------------------------------------------------------------------------------


def test_jsonl_holds_each_row_and_file_of_the_bundle(desk: desks.Desk) -> None:
    head, *lines = map(json.loads, written(desk, "jsonl").decode().splitlines())
    assert head["format"] == "counterclaim.jsonl"
    assert [*head["leaves_out"], jsonl.WHEN_NARROWED] == list(FORMATS["jsonl"].cannot)
    held = desks.unzipped(written(desk, "csv"))
    for table in TABLES:
        rows = [line for line in lines if line["table"] == table.name]
        told = made.read(table.row, held.read(f"{table.name}.csv"))
        assert [
            tuple(_said(column, row[name]) for name, column in columns_of(table.row).items())
            for row in rows
        ] == [tuple(row) for row in told]
    files = [line for line in lines if line["table"] == "files"]
    texts = {line["path"]: line["text"].encode() for line in files if "text" in line}
    parts: dict[str, bytes] = {}
    for line in files:
        if "base64" in line:
            assert line["part"] == len(parts.get(line["path"], b"")) // (64 * 1024)
            parts[line["path"]] = parts.get(line["path"], b"") + base64.b64decode(line["base64"])
    assert len(parts) == 1
    assert texts | parts == {
        name: held.read(name) for name in held.namelist() if name.startswith(("texts/", "orig"))
    }


def _said(column: Any, value: Any) -> Any:
    """A value of JSON as the row of the bundle has it."""
    if value is None:
        return None
    if column.kind.name == "DAY":
        return dt.date.fromisoformat(value)
    if column.kind.name == "MOMENT":
        return dt.datetime.fromisoformat(value)
    return value


# -- xlsx ------------------------------------------------------------------------------------------


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_a_workbook_has_a_sheet_a_table(desk: desks.Desk) -> None:
    found = sheets(written(desk, "xlsx"))
    assert list(found) == ["about", *(table.name for table in TABLES)]
    assert ("not in here", xlsx.CANNOT[0]) in found["about"]
    head, *rows = found["claims"]
    denial = next(dict(zip(head, row, strict=True)) for row in rows if str(desk.denial.uid) in row)
    assert denial["text"] == "a car bomb\nwent off […] not a strike"
    assert denial["said_from"].isoformat() == "2016-12-08T00:00:00"
    assert denial["note"] == "+ a note"
    _, *articles = found["articles"]
    assert "=Second" in {row[1] for row in articles}
    figure = dict(zip(*found["figures"][:2], strict=True))
    assert isinstance(figure["order"], int)
    assert dict(zip(*found["questions"][:2], strict=True))["key"] is True


def test_what_a_workbook_cannot_hold_is_said(
    desk: desks.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    Claim.objects.filter(pk=desk.denial.pk).update(
        note="👩" * 20_000, paraphrase="x" * 32_767, said_from=dt.date(1899, 1, 2)
    )
    monkeypatch.setattr(xlsx, "ROWS", 3)
    found = sheets(written(desk, "xlsx"))
    assert [name for name in found if name.startswith("claims")] == [
        "claims",
        "claims 2",
        "claims 3",
    ]
    rows = [*found["claims"][1:], *found["claims 2"][1:]]
    row = next(row for row in rows if str(desk.denial.uid) in row)
    denial = dict(zip(found["claims"][0], row, strict=True))
    assert denial["note"].endswith(f"👩{xlsx.CUT}")
    assert denial["paraphrase"] == "x" * 32_767
    assert denial["said_from"] == "1899-01-02"


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = made.filled(Link, created_at=made.NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="no time zone"):
        b"".join(xlsx.write(made.world(links=[naive])))


# -- W3C Web Annotation ----------------------------------------------------------------------------


def test_annotations_stand_where_they_say(desk: desks.Desk) -> None:
    page = json.loads(written(desk, "web-annotation"))
    assert annotation_model.faults(page) == []
    items = page["first"]["items"]
    assert len({item["id"] for item in items}) == len(items) == 6
    texts = {str(desk.first.revisions.get().uid): desks.FIRST}
    texts[str(desk.second.revisions.get().uid)] = desks.SECOND
    for item in items:
        assert item["type"] == "Annotation"
        for target in item["target"]:
            if isinstance(target, str):
                continue
            text = texts[target["source"]["id"].removeprefix("urn:uuid:")]
            place, words = target["selector"]
            assert text[place["start"] : place["end"]] == words["exact"]
            around = words["prefix"] + words["exact"] + words["suffix"]
            assert around in text
            assert place["start"] >= len(words["prefix"])
    denial = next(item for item in items if item["id"] == f"urn:uuid:{desk.denial.uid}")
    assert Counter(target["cc:role"] for target in denial["target"]) == {
        "content": 2, "source": 1, "cue": 1,
    }  # fmt: skip
    assert denial["body"]["cc:polarity"] == "denies"
    assert denial["creator"]["name"] == "Nour Haddad"
    link = next(item for item in items if item["body"].get("cc:relation") == "contradicts")
    ends = [f"urn:uuid:{claim.uid}" for claim in (desk.wire_says, desk.denial)]
    assert link["motivation"] == "linking"
    assert link["target"] == [link["body"]["cc:from"], link["body"]["cc:to"]]
    assert sorted(link["target"]) == sorted(ends)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # by rdflib itself
def test_annotations_are_json_ld(desk: desks.Desk) -> None:
    page = json.loads(written(desk, "web-annotation"))
    # The context itself is on the web: the terms that are used here, as the Recommendation maps
    # them.
    oa, dc = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/"
    mapped: dict[str, Any] = {
        "id": "@id",
        "type": "@type",
        "@vocab": oa,
        "target": {"@id": f"{oa}hasTarget", "@type": "@id"},
        "source": {"@id": f"{oa}hasSource", "@type": "@id"},
        "selector": {"@id": f"{oa}hasSelector", "@type": "@id"},
        "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"},
        "created": {"@id": f"{dc}created"},
    }
    page["@context"][0] = mapped
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    found = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{oa}Annotation")))
    assert len(found) == 6
    kind = rdflib.URIRef(f"{web_annotation.NAMESPACE}kind")
    assert len(list(graph.subject_objects(kind))) == 4


# -- brat ------------------------------------------------------------------------------------------


def test_brat_fragments_are_the_words_of_the_text(desk: desks.Desk) -> None:
    factories.a_link(desk.medic_says, Relation.RESPONDS_TO, desk.denial)
    held = desks.unzipped(written(desk, "brat"))
    names = held.namelist()
    assert names[:2] == ["annotation.conf", "README.txt"]
    configured = held.read("annotation.conf").decode()
    known: Counter[str] = Counter()
    for article in (desk.first, desk.second):
        text = held.read(f"{article.uid}.txt").decode()
        assert text == article.revisions.get().text
        ids = set()
        for line in held.read(f"{article.uid}.ann").decode().splitlines():
            id, what, *words = line.split("\t")
            assert id not in ids
            ids.add(id)
            known[id[0]] += 1
            if id.startswith("T"):
                name, places = what.split(" ", 1)
                assert name in configured
                pieces = [tuple(map(int, place.split())) for place in places.split(";")]
                assert pieces == sorted(pieces)
                assert words == [" ".join(text[start:end] for start, end in pieces)]
            elif id.startswith("R"):
                name, *ends = what.split()
                assert name in configured
                assert {end.split(":")[1] for end in ends} <= ids
            elif id.startswith("A"):
                name, on, value = what.split()
                assert re.search(rf"{name} .*\b{value}\b", configured)
                assert on in ids
    # Of the three links one is within an article; another leads to a claim of the same article.
    assert known == {"T": 6, "R": 4, "A": 24, "#": 8}


def test_a_line_is_a_fragment() -> None:
    assert brat.fragments("ab\n\ncd\n", 1, 7) == [(1, 2), (4, 6)]


def test_an_article_without_claims_has_an_empty_file() -> None:
    article = factories.an_article(factories.a_workspace(slug="quiet"), "Nothing is said here.")
    with reading() as reader:
        chosen = Selection(article.workspace)
        content = b"".join(FORMATS["brat"].write(reader, chosen, desks.permalink))
    assert desks.unzipped(content).read(f"{article.uid}.ann") == b""


# -- GraphML ---------------------------------------------------------------------------------------


def test_networkx_reads_the_graph(desk: desks.Desk) -> None:
    Claim.objects.filter(pk=desk.demand.pk).update(kind=ClaimKind.DEMAND.value)
    graph = nx.read_graphml(io.BytesIO(written(desk, "graphml")), force_multigraph=True)
    types = Counter(data["type"] for _, data in graph.nodes(data=True))
    assert types == {"source": 4, "incident": 2, "claim": 4}
    relations = Counter(data["relation"] for _, _, data in graph.edges(data=True))
    assert relations["said_by"] == 4
    assert relations["contradicts"] == relations["undercuts"] == relations["belongs_to"] == 1
    assert graph.nodes[str(desk.demand.uid)]["text"] == "=SUM(A1)"


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert graphml.without_control("a\x01\x0b\ufffeb\n\t") == "ab\n\t"


# -- ClaimReview -----------------------------------------------------------------------------------


def test_verdicts_that_count_are_reviews_in_words(desk: desks.Desk) -> None:
    graph = json.loads(written(desk, "claimreview"))["@graph"]
    found = {one["@id"]: one for one in graph}
    first = found[f"urn:uuid:{desk.first_verdict.uid}"]
    assert len(found) == 2  # neither what was replaced nor what was withdrawn
    assert first["claimReviewed"] == "What caused the blast? Air strike"
    assert first["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "leans to",
        "ratingExplanation": "likely, 55–80\u00a0%",
    }
    assert first["cc:confidence"] == "moderate"
    (claim,) = first["itemReviewed"]
    assert claim["author"]["name"] == "-Wire"
    assert claim["text"] == "الطائرات قصفت السوق"
    second = found[f"urn:uuid:{desk.second_verdict.uid}"]
    assert second["cc:second_of"] == first["@id"]
    assert second["reviewRating"] == {"@type": "Rating", "alternateName": "unresolved"}
    assert "itemReviewed" not in second


def test_a_verdict_on_an_incident_says_what_it_is_on(desk: desks.Desk) -> None:
    factories.an_assessment(desk.raid, verdict="established", rationale="Seen.")
    graph = json.loads(written(desk, "claimreview"))["@graph"]
    assert "Raid. It happened as its title and summary say." in {
        one["claimReviewed"] for one in graph
    }


# -- REFI-QDA --------------------------------------------------------------------------------------


def test_a_project_has_its_texts_codes_and_selections(desk: desks.Desk) -> None:
    held = desks.unzipped(written(desk, "qdpx"))
    project = ET.fromstring(held.read("project.qde"))  # noqa: S314 - our own
    guids = [one.get("guid") for one in project.iter() if one.get("guid")]
    assert len(guids) == len(set(guids))
    codes = {code.get("guid"): code.get("name") for code in project.iter(f"{QDE}Code")}
    assert {"Joint Command", "a medic", "demand", "says it is not so"} <= set(codes.values())
    words: Counter[str] = Counter()
    for source in project.iter(f"{QDE}TextSource"):
        path = source.get("plainTextPath", "").replace("internal://", "sources/")
        text = held.read(path).decode()
        for one in source.iter(f"{QDE}PlainTextSelection"):
            start, end = int(one.get("startPosition", "")), int(one.get("endPosition", ""))
            words[text[start:end]] += 1
        for coded in source.iter(f"{QDE}CodeRef"):
            assert coded.get("targetGUID") in codes
    assert words["a car bomb\nwent off"] == words["not a strike"] == words["The command"] == 1
    links = list(project.iter(f"{QDE}Link"))
    assert {link.get("direction") for link in links} == {"Bidirectional", "OneWay"}
    assert {link.get(end) for link in links for end in ("originGUID", "targetGUID")} <= set(guids)


# -- manage.py export ------------------------------------------------------------------------------


def test_the_command_writes_what_the_page_sends(desk: desks.Desk, tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    call_command("export", "anbar", "--format", "csv", "--out", str(out))
    assert out.read_bytes() == written(desk, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]
    site = ["--site", "https://desk.example/", "--only", f"incident={desk.strike.uid}"]
    call_command("export", "anbar", "--format", "claims-csv", "--out", str(out), *site)
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == 3
    assert rows[0]["permalink"].startswith("https://desk.example/w/anbar/claims/")


def test_the_command_writes_to_standard_output(
    desk: desks.Desk, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    call_command("export", "anbar", "--format", "graphml", "--out", "-")
    assert capfdbinary.readouterr().out == written(desk, "graphml")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nowhere", "--format", "csv", "--out", "{out}"], "no desk nowhere"),
        (["anbar", "--format", "csv", "--out", "{out}", "--only", "colour=red"], "colour=red"),
        (["anbar", "--format", "csv", "--out", "{out}", "--only", "status=odd"], "status"),
        (["anbar", "--format", "csv", "--out", "{out}/no/such/folder.zip"], "could not be written"),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(
    desk: desks.Desk, tmp_path: Path, arguments: list[str], why: str
) -> None:
    out = str(tmp_path / "out")
    with pytest.raises(CommandError, match=why):
        call_command("export", *(one.replace("{out}", out) for one in arguments))
    assert not list(tmp_path.iterdir())


def test_half_a_file_never_takes_its_name(
    desk: desks.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        yield b"half"
        raise ValueError("no more")

    monkeypatch.setitem(FORMATS, "csv", dataclasses.replace(FORMATS["csv"], write=broken))
    with pytest.raises(CommandError, match="no more"):
        call_command("export", "anbar", "--format", "csv", "--out", str(tmp_path / "x.zip"))
    assert not list(tmp_path.iterdir())
