"""Claims made, changed and deleted by the API: through the actions, with their rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Change, Claim, Source, Workspace
from claims.records import Measure, Relation, SpanRole
from tests import factories
from tests.api.writing import fields, patch, post, send
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database

TEXT = "👨‍👩‍👧 Dozens were killed, a medic said.\nNobody was, the ministry said."
WORDS = "Dozens were killed"


@pytest.fixture
def article(desk: Workspace) -> Article:
    return factories.an_article(desk, TEXT)


def a_body(article: Article, /, **more: Any) -> dict[str, Any]:
    start = TEXT.index(WORDS)
    span = {"role": "content", "start": start, "end": start + len(WORDS)}
    return {"article": str(article.uid), "source": "The agency", "spans": [span]} | more


# -- made ------------------------------------------------------------------------------------------


def test_a_claim_is_made_with_its_spans_and_figures(analyst: Person, article: Article) -> None:
    incident = factories.an_incident(analyst.desk)
    start = TEXT.index("a medic")
    body = a_body(
        article,
        source={"name": "a medic", "named": False, "kind": "witness"},
        accused="The air force",
        incident=str(incident.uid),
        speech="direct",
        said_from="2016-12-08",
        paraphrase=" kept as it is ",
        figures=[
            {"measure": "killed", "low": 24, "as_stated": "dozens", "low_basis": "convention"}
        ],
    )
    body["spans"].append({"role": "source", "start": start, "end": start + 7, "quote": "a medic"})
    response = send(analyst, "POST", "claims/", body)
    told = response.json()
    assert response.status_code == 201
    assert response["Location"].endswith(f"/claims/{told['id']}/")
    assert response["ETag"] == '"1"'
    claim = Claim.objects.get(uid=told["id"])
    assert [(s["role"], s["quote"]) for s in told["spans"]] == [
        ("content", WORDS),
        ("source", "a medic"),
    ]
    assert (claim.source.named, claim.source.article) == (False, article)
    assert claim.accused is not None
    assert claim.accused.name == "The air force"
    assert told["paraphrase"] == " kept as it is "
    assert (told["kind"], told["polarity"], told["status"]) == ("factual", "asserts", "submitted")
    assert told["figures"][0]["low"] == 24
    assert told["annotator"] == "analyst"
    assert Change.objects.latest("id").action == "claim.create"


def test_a_name_that_is_known_is_that_source(analyst: Person, article: Article) -> None:
    agency = factories.a_source(analyst.desk, name="The Agency")
    ministry = factories.a_source(analyst.desk, name="Ministry of Defence")
    ministry.aliases.create(workspace=analyst.desk, name="MoD")
    told = post(analyst, "claims/", a_body(article, source="the agency", via="MoD"))
    assert (told["source"], told["via"]) == (str(agency.uid), str(ministry.uid))
    told = post(analyst, "claims/", a_body(article, source=str(ministry.uid), via=None))
    assert (told["source"], told["via"]) == (str(ministry.uid), None)


def test_a_name_that_fits_several_is_a_choice(analyst: Person, article: Article) -> None:
    both = [factories.a_source(analyst.desk, name=name) for name in ("Interior", "Defence")]
    for one in both:
        one.aliases.create(workspace=analyst.desk, name="The ministry")
    problem = post(analyst, "claims/", a_body(article, via="The ministry"), 409)
    assert problem["type"] == "urn:counterclaim:several-sources"
    found = {one["id"]: one["name"] for one in problem["candidates"]["via"]}
    assert found == {str(one.uid): one.name for one in both}
    assert not Claim.objects.exists()
    assert Source.objects.count() == 2


WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"spans": [{"role": "content", "start": 0, "end": 999}]}, ["spans.0.end"]),
    ({"spans": [{"role": "content", "start": 5, "end": 5}]}, ["spans.0.end"]),
    ({"spans": [{"role": "content", "start": 5, "end": 3}]}, ["spans.0.end"]),
    ({"spans": [{"role": "content", "start": -1, "end": 3}]}, ["spans.0.start"]),
    ({"spans": [{"role": "content", "start": "x", "end": 3}]}, ["spans.0.start"]),
    ({"spans": [{"role": "what", "start": 0, "end": 3}]}, ["spans.0.role"]),
    ({"spans": [{"start": 0, "end": 3}]}, ["spans.0.role"]),
    ({"spans": [{"role": "content", "start": 0, "end": 3, "color": 1}]}, ["spans.0.color"]),
    ({"spans": [{"role": "cue", "start": 0, "end": 3}]}, ["spans"]),
    ({"spans": []}, ["spans"]),
    ({"source": ""}, ["source"]),
    ({"source": None}, ["source"]),
    ({"source": 7}, ["source"]),
    ({"source": {"nom": "x"}}, ["source.nom"]),
    ({"source": "00000000-0000-7000-8000-000000000000"}, ["source"]),
    ({"incident": "00000000-0000-7000-8000-000000000000"}, ["incident"]),
    ({"article": "nonsense"}, ["article"]),
    ({"kind": "rumour"}, ["kind"]),
    ({"colour": "red"}, ["colour"]),
    ({"id": "x"}, ["id"]),
    ({"said_from": "8 December"}, ["said_from"]),
    ({"said_to": "2016-12-08"}, ["said_to"]),
    ({"translator": "x" * 201}, ["translator"]),
    ({"paraphrase": "half \ud83d"}, ["paraphrase"]),
    ({"paraphrase": "NUL \0"}, ["paraphrase"]),
    ({"certainty": "certain"}, ["certainty"]),
    ({"credibility": "1"}, ["credibility"]),
    ({"status": "approved"}, ["status"]),
    ({"figures": [{"measure": "killed"}]}, ["figures.0.as_stated"]),
    ({"figures": [{"measure": "killed", "low": 9, "high": 3}]}, ["figures.0.high"]),
    ({"figures": [{"low": 9}]}, ["figures.0.measure"]),
]


@pytest.mark.parametrize(("more", "named"), WRONG, ids=[str(more)[:60] for more, _ in WRONG])
def test_what_can_not_be_is_told_by_its_field_and_nothing_is_made(
    more: dict[str, Any], named: list[str], reviewer: Person, article: Article
) -> None:
    response = send(reviewer, "POST", "claims/", a_body(article, **more))
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert fields(response.json()) == named
    assert not Claim.objects.exists()
    assert not Source.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.parametrize("sent", ["", "{", "[]", '"x"', "[" * 100_000])
def test_what_is_no_object_is_a_400(sent: str, analyst: Person, article: Article) -> None:
    assert send(analyst, "POST", "claims/", sent).status_code == 400


def test_other_words_than_those_that_stand_there_are_a_409(
    analyst: Person, article: Article
) -> None:
    body = a_body(article)
    body["spans"][0]["quote"] = WORDS
    post(analyst, "claims/", body)
    # As counted by a browser: the emoji is eight units there and five code points here.
    body["spans"][0]["start"] += 3
    body["spans"][0]["end"] += 3
    problem = post(analyst, "claims/", body, 409)
    assert fields(problem) == ["spans.0.quote"]
    assert "ens were killed, a" in problem["errors"][0]["message"]


def test_a_viewer_is_told_the_policy(viewer: Person, article: Article) -> None:
    problem = post(viewer, "claims/", a_body(article), 403)
    assert problem["detail"] == "Analysts make, edit, link, file and delete claims."


# -- changed ---------------------------------------------------------------------------------------


def test_a_claim_is_changed_in_what_is_sent_and_nothing_else(analyst: Person, world: World) -> None:
    factories.a_figure(world.claim)
    told = patch(analyst, "claims", world.claim, {"paraphrase": "In short", "polarity": "denies"})
    assert (told["paraphrase"], told["polarity"], told["version"]) == ("In short", "denies", 2)
    assert len(told["spans"]) == len(told["figures"]) == 1
    world.claim.refresh_from_db()
    told = patch(analyst, "claims", world.claim, {"figures": []})
    assert (told["figures"], told["version"]) == ([], 3)
    world.claim.refresh_from_db()
    spans = [{"role": "content", "start": 0, "end": 8}]
    told = patch(analyst, "claims", world.claim, {"spans": spans})
    assert [span["quote"] for span in told["spans"]] == ["A strike"]


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_what_is_there_changes_only_from_its_version(
    method: str, analyst: Person, world: World
) -> None:
    where = f"claims/{world.claim.uid}/"
    response = send(analyst, method, where, {"note": "Mine"})
    assert response.status_code == 428
    for version in ('"7"', "*", "1", '"x"'):
        response = send(analyst, method, where, {"note": "Mine"}, **{"If-Match": version})
        assert response.status_code == 412
        assert response.json()["current"]["version"] == 1
        assert response.json()["current"]["id"] == str(world.claim.uid)
    response = send(analyst, method, where, {"note": "Mine"}, **{"If-Match": 'W/"1"'})
    assert response.status_code in {200, 204}


def test_a_save_that_another_one_overtook_is_stale(
    analyst: Person, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the version and the lock."""

    def overtaken(*args: Any) -> Any:
        Claim.objects.filter(pk=world.claim.pk).update(version=2)
        return {}

    monkeypatch.setattr("claims.api.claim.columns", overtaken)
    problem = patch(analyst, "claims", world.claim, {"note": "Mine"}, 412)
    assert problem["current"]["version"] == 2


def test_what_would_end_more_than_is_said_asks_first(analyst: Person, world: World) -> None:
    other = factories.an_incident(world.desk)
    problem = patch(analyst, "claims", world.claim, {"incident": str(other.uid)}, 409)
    assert problem["type"] == "urn:counterclaim:needs-consent"
    assert len(problem["sentences"]) == 2
    body = {"incident": str(other.uid), "consent": True}
    told = patch(analyst, "claims", world.claim, body)
    assert told["incident"] == str(other.uid)


def test_a_claim_stays_with_its_article(analyst: Person, world: World) -> None:
    body = {"article": str(world.article.uid)}
    assert fields(patch(analyst, "claims", world.claim, body, 400)) == ["article"]


def test_reviewers_approve_and_a_change_by_anybody_waits_for_approval_again(
    analyst: Person, reviewer: Person, world: World
) -> None:
    patch(analyst, "claims", world.claim, {"status": "approved"}, 403)
    told = patch(reviewer, "claims", world.claim, {"status": "approved"})
    assert (told["status"], told["approver"]) == ("approved", "reviewer")
    world.claim.refresh_from_db()
    told = patch(reviewer, "claims", world.claim, {"note": "More"})
    assert (told["status"], told["approver"]) == ("submitted", None)


def test_deleting_takes_links_and_filings_along_and_can_be_undone(
    analyst: Person, world: World
) -> None:
    response = send(analyst, "DELETE", f"claims/{world.claim.uid}/", version="1")
    assert (response.status_code, response.content) == (204, b"")
    for row in (world.claim, world.link, world.filing):
        row.refresh_from_db()
        assert row.deleted_at
    assert send(analyst, "DELETE", f"claims/{world.claim.uid}/", version="2").status_code == 404
    analyst.client.post(f"/w/{world.desk.slug}/undo/")
    world.claim.refresh_from_db()
    assert world.claim.deleted_at is None


# -- rules that the actions hold -------------------------------------------------------------------


def test_numbers_of_who_was_there_do_not_answer_who_was_killed(
    analyst: Person, desk: Workspace, article: Article
) -> None:
    incident = factories.an_incident(desk)
    asked = factories.a_question(incident, text="Were civilians killed?", aspect="victims")
    yes = factories.a_position(asked, text="Yes")
    claim = factories.a_claim(article, WORDS, incident=incident)
    factories.a_figure(claim, measure=Measure.PRESENT.value)
    body = {"claim": str(claim.uid), "position": str(yes.uid), "stance": "holds", "extent": "fully"}
    problem = post(analyst, "filings/", body, 409)
    assert "people present" in problem["sentences"][0]
    assert post(analyst, "filings/", body | {"consent": True})["stance"] == "holds"


def test_a_filing_says_how_and_how_far(analyst: Person, world: World) -> None:
    body = {"claim": str(world.other_claim.uid), "position": str(world.position.uid)}
    assert fields(post(analyst, "filings/", body, 400)) == ["stance", "extent"]
    told = post(analyst, "filings/", body | {"stance": "rejects", "extent": "in_part"})
    assert (told["stance"], told["extent"]) == ("rejects", "in_part")
    told = patch(analyst, "filings", world.filing, {"extent": "in_part"})
    assert (told["stance"], told["extent"]) == ("holds", "in_part")
    where = f"filings/{world.filing.uid}/"
    assert send(analyst, "DELETE", where, version="2").status_code == 204


def test_links_are_made_changed_and_ended(analyst: Person, world: World) -> None:
    ends = {"from_claim": str(world.claim.uid), "to_claim": str(world.other_claim.uid)}
    told = post(analyst, "links/", ends | {"relation": "responds_to", "note": "At once"})
    assert (told["relation"], told["note"], told["version"]) == ("responds_to", "At once", 1)
    for body, named in [
        (ends | {"relation": "contradicts"}, [""]),
        (ends | {"relation": "undercuts", "basis": "cause"}, ["basis"]),
        (ends | {"relation": "likes"}, ["relation"]),
        (ends | {"relation": "denies", "to_claim": ends["from_claim"]}, [""]),
    ]:
        assert fields(post(analyst, "links/", body, 400)) == named
    told = patch(analyst, "links", world.link, {"note": "Look"})
    assert (told["note"], told["basis"]) == ("Look", "cause")
    assert told["relation"] == Relation.CONTRADICTS
    where = f"links/{world.link.uid}/"
    assert send(analyst, "DELETE", where, version="2").status_code == 204


def test_spans_beyond_the_first_cost_no_further_look_at_the_text(
    analyst: Person, article: Article
) -> None:
    def queries(count: int) -> int:
        spans = [{"role": "cue", "start": n, "end": n + 1} for n in range(5, 5 + count)]
        body = a_body(article, source="The agency")
        body["spans"] += spans
        with CaptureQueriesContext(connection) as found:
            post(analyst, "claims/", body)
        return sum("claims_revision" in one["sql"] for one in found)

    queries(1)
    assert queries(1) == queries(6)
    assert Claim.objects.latest("id").spans.filter(role=SpanRole.CUE.value).count() == 6
