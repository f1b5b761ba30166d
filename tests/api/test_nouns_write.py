"""Every other noun written by scripts: sources, incidents, questions, verdicts, comments, articles.

That they go through the actions shows in what those do beside the row: aliases, codes, refusals.
"""

from __future__ import annotations

from typing import Any

import pytest

from claims.api.frame import mark
from claims.models import Article, Change, Comment, Source
from tests import factories
from tests.api.writing import fields, patch, post, send
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database

NOWHERE = "00000000-0000-7000-8000-000000000000"


def uid(row: Any) -> str:
    return str(row.uid)


def test_a_source_is_added_renamed_and_deleted(analyst: Person, world: World) -> None:
    state = factories.a_source(world.desk)
    body = {
        "name": "Ministry of Defence",
        "kind": "state_body",
        "side": uid(world.side),
        "affiliation": uid(state),
        "aliases": ["MoD"],
        "note": " as it is ",
    }
    told = post(analyst, "sources/", body)
    assert body.items() <= told.items()
    source = Source.objects.get(uid=told["id"])
    told = patch(analyst, "sources", source, {"name": "Defence Ministry", "affiliation": None})
    # A name that is given up stays as an alias.
    assert told["aliases"] == ["Ministry of Defence", "MoD"]
    assert (told["affiliation"], told["side"]) == (None, uid(world.side))
    assert send(analyst, "DELETE", f"sources/{told['id']}/", version="2").status_code == 204
    assert Change.objects.latest("id").action == "source.delete"


def test_an_unnamed_source_is_given_a_name(analyst: Person, world: World) -> None:
    medic = factories.a_source(world.desk, name="a medic", article=world.article)
    assert fields(patch(analyst, "sources", medic, {"named": False}, 400)) == ["named"]
    told = patch(analyst, "sources", medic, {"named": True, "name": "Dr. A."})
    assert (told["named"], told["article"], told["aliases"]) == (True, None, ["a medic"])
    other = factories.a_source(world.desk, name="a guard", article=world.article)
    body = {"affiliation": uid(other)}
    assert fields(patch(analyst, "sources", world.source, body, 400)) == ["affiliation"]


def test_a_side_has_an_etag_though_it_has_no_version(analyst: Person, world: World) -> None:
    side = post(analyst, "sides/", {"name": "Red", "color": 2})
    where = f"sides/{side['id']}/"
    etag = analyst.client.get(f"/api/v1/w/{world.desk.slug}/{where}")["ETag"]
    headers = {"If-Match": etag}
    changed = send(analyst, "PATCH", where, {"color": 3}, **headers)
    assert (changed.json()["name"], changed.json()["color"]) == ("Red", 3)
    stale = send(analyst, "PATCH", where, {"color": 4}, **headers)
    assert (stale.status_code, stale.json()["current"]["color"]) == (412, 3)
    headers = {"If-Match": changed["ETag"]}
    taken = send(analyst, "PATCH", where, {"name": world.side.name}, **headers)
    assert fields(taken.json()) == ["name"]
    assert send(analyst, "DELETE", where, **headers).status_code == 204


def test_an_incident_gets_a_code_and_questions(analyst: Person, world: World) -> None:
    desk = world.desk
    desk.question_templates = [{"text": "What caused it?", "positions": ["Strike"]}]
    desk.save()
    body = {
        "title": "The raid",
        "occurred_from": "2016-12-07T09:00:00Z",
        "latitude": 34.37,
        "longitude": 41.09,
        "parent": uid(world.incident),
        "assignee": "analyst",
    }
    told = post(analyst, "incidents/", body)
    assert body.items() <= told.items()
    assert "20161207" in told["code"]
    asked = analyst.client.get(f"/api/v1/w/{desk.slug}/questions/?incident={told['id']}").json()
    assert [one["text"] for one in asked["results"]] == ["What caused it?"]
    where = f"incidents/{told['id']}/"
    for wrong, named in [
        ({"longitude": None}, "longitude"),
        ({"occurred_to": "2016-12-06T00:00:00Z"}, "occurred_to"),
        ({"code": world.incident.code}, "code"),
        ({"parent": told["id"]}, "parent"),
        ({"assignee": "nobody"}, "assignee"),
        ({"state": "disputed"}, "state"),
    ]:
        assert fields(send(analyst, "PATCH", where, wrong, version="1").json()) == [named]
    told = send(analyst, "PATCH", where, {"workflow": "closed"}, version="1").json()
    assert (told["workflow"], told["place"], told["version"]) == ("closed", "", 2)
    assert send(analyst, "DELETE", where, version="2").status_code == 204


def test_a_question_is_asked_with_its_answers(analyst: Person, world: World) -> None:
    answers = [{"text": "Dozens"}, {"text": "Does not know", "competes": False}]
    body = {"incident": uid(world.incident), "text": "How many?", "aspect": "casualties"}
    told = post(analyst, "questions/", body | {"answers": answers})
    # "Dozens" includes 55: of casualties several answers can be so.
    assert (told["exclusive"], told["is_key"]) == (False, False)
    where = f"/api/v1/w/{world.desk.slug}/positions/?question={told['id']}"
    found = analyst.client.get(where).json()["results"]
    assert {one["text"]: one["competes"] for one in found} == {
        "Dozens": True,
        "Does not know": False,
    }
    assert fields(post(analyst, "questions/", body, 400)) == ["text"]
    new = post(analyst, "positions/", {"question": told["id"], "text": "Nobody"})
    assert new["competes"]
    answer = f"positions/{new['id']}/"
    changed = send(analyst, "PATCH", answer, {"competes": False}, version="1").json()
    assert (changed["text"], changed["competes"]) == ("Nobody", False)
    assert send(analyst, "DELETE", answer, version="2").status_code == 204
    changed = send(analyst, "PATCH", f"questions/{told['id']}/", {"is_key": True}, version="1")
    assert changed.json()["is_key"]
    assert send(analyst, "DELETE", f"questions/{told['id']}/", version="2").status_code == 204


def test_what_is_in_use_stays(analyst: Person, world: World) -> None:
    for noun in ("article", "source", "incident", "question", "position"):
        row = getattr(world, noun)
        response = send(analyst, "DELETE", f"{noun}s/{row.uid}/", version=str(row.version))
        assert response.status_code == 400, noun
        assert response.json()["detail"]


def test_an_article_is_changed_in_its_details_and_never_in_its_text(
    analyst: Person, world: World
) -> None:
    article = factories.an_article(world.desk, "Other", publisher=world.source, byline="A.")
    body = {"status": "annotated", "assignee": "analyst", "language": "AR"}
    told = patch(analyst, "articles", article, body)
    assert (told["status"], told["assignee"], told["language"]) == ("annotated", "analyst", "ar")
    assert (told["publisher"], told["byline"]) == (uid(world.source), "A.")
    article.refresh_from_db()
    told = patch(analyst, "articles", article, {"publisher": "New Wire"})
    assert Source.objects.get(uid=told["publisher"]).kind == "media"
    article.refresh_from_db()
    assert fields(patch(analyst, "articles", article, {"text": "x"}, 400)) == ["text"]
    where = f"articles/{article.uid}/"
    assert send(analyst, "DELETE", where).status_code == 428
    stale = send(analyst, "DELETE", where, version="1")
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 3)
    assert send(analyst, "DELETE", where, version="3").status_code == 204
    assert Article.objects.kept().get() == world.article


def test_a_comment_is_its_authors_and_is_resolved_by_anybody(
    analyst: Person, owner: Person, world: World
) -> None:
    told = post(analyst, "comments/", {"question": uid(world.question), "text": "@owner: why?"})
    assert (told["author"], told["mentions"], told["claim"]) == ("analyst", ["owner"], None)
    both = {"question": uid(world.question), "claim": uid(world.claim), "text": "x"}
    for body in (both, {"text": "x"}):
        assert fields(post(analyst, "comments/", body, 400)) == [""]
    row = Comment.objects.get(uid=told["id"])
    patch(owner, "comments", row, {"text": "Mine"}, 403)
    told = patch(owner, "comments", row, {"resolved": True})
    assert (told["resolved_by"], told["text"]) == ("owner", "@owner: why?")
    row.refresh_from_db()
    told = patch(analyst, "comments", row, {"text": "Because.", "resolved": False})
    assert (told["resolved_by"], told["text"], told["version"]) == (None, "Because.", 4)
    where = f"comments/{told['id']}/"
    assert send(owner, "DELETE", where, version="4").status_code == 403
    assert send(analyst, "DELETE", where, version="4").status_code == 204


def test_a_verdict_is_recorded_seconded_blind_and_withdrawn(
    reviewer: Person, owner: Person, world: World
) -> None:
    asked = factories.a_question(world.incident)
    answer = factories.a_position(asked)
    body = {
        "question": uid(asked),
        "verdict": "leans",
        "position": uid(answer),
        "confidence": "low",
        "rationale": "Two sources.",
        "claims": [uid(world.claim)],
        "wants_second": True,
    }
    told = post(reviewer, "assessments/", body)
    assert (told["reviewer"], told["claims"]) == ("reviewer", [uid(world.claim)])
    where = f"assessments/{told['id']}/"
    # Who is to second it does not see it, and so can't change it.
    assert send(owner, "DELETE", where, **{"If-Match": '"1"'}).status_code == 404
    second = post(owner, "assessments/", body | {"wants_second": False})
    assert (second["second_of"], second["agrees"], second["blind"]) == (told["id"], True, True)
    etag = send(reviewer, "GET", where)["ETag"]
    assert send(owner, "DELETE", where, **{"If-Match": etag}).status_code == 403
    changed = send(reviewer, "PATCH", where, {"wants_second": False}, **{"If-Match": etag})
    assert not changed.json()["wants_second"]
    assert send(reviewer, "DELETE", where, **{"If-Match": etag}).status_code == 412
    etag = changed["ETag"]
    assert send(reviewer, "DELETE", where, **{"If-Match": etag}).status_code == 204
    withdrawn = send(reviewer, "GET", where).json()
    assert withdrawn["withdrawn_by"] == "reviewer"
    assert mark(world.assessment) != ""


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"verdict": "unresolved", "likelihood": "likely"}, "likelihood"),
        ({"verdict": "leans"}, "position"),
        ({"rationale": " "}, "rationale"),
        ({"claims": [NOWHERE]}, "claims"),
        ({"claims": ["x"]}, "claims.0"),
        ({"confidence": "sure"}, "confidence"),
        ({"question": NOWHERE}, "question"),
        ({"position": NOWHERE}, "position"),
    ],
)
def test_a_verdict_that_can_not_be_is_told_by_its_field(
    more: dict[str, Any], named: str, reviewer: Person, world: World
) -> None:
    body = {"verdict": "unresolved", "confidence": "low", "rationale": "Why."}
    body |= {"question": uid(world.question)}
    assert fields(post(reviewer, "assessments/", body | more, 400)) == [named]


def test_what_belongs_to_another_desk_is_not_there(
    reviewer: Person, outsider: Person, world: World
) -> None:
    """An id in a body is looked for at the desk alone."""
    desk = outsider.user.memberships.get().workspace
    article = factories.an_article(desk, "Elsewhere")
    incident = factories.an_incident(desk)
    question = factories.a_question(incident)
    there = {
        "article": article,
        "incident": incident,
        "parent": incident,
        "question": question,
        "position": factories.a_position(question),
        "claim": factories.a_claim(article),
        "source": factories.a_source(desk),
        "affiliation": factories.a_source(desk),
        "side": factories.a_side(desk),
        "republishes": article,
        "publisher": factories.a_source(desk),
    }
    found = {"verdict": "unresolved", "confidence": "low", "rationale": "Why."}
    spans = [{"role": "content", "start": 0, "end": 8}]
    how = {"stance": "holds", "extent": "fully"}
    sent: list[tuple[str, dict[str, Any], list[str]]] = [
        ("sources/", {"name": "x"}, ["side", "affiliation"]),
        ("incidents/", {"title": "x"}, ["parent"]),
        ("questions/", {"text": "x"}, ["incident"]),
        ("positions/", {"text": "x"}, ["question"]),
        ("comments/", {"text": "x"}, ["claim"]),
        ("comments/", {"text": "x"}, ["article"]),
        ("assessments/", found, ["question"]),
        ("assessments/", found | {"question": uid(world.question)}, ["position"]),
        ("articles/", {"title": "x", "text": "x"}, ["publisher", "republishes"]),
        ("claims/", {"source": "x", "spans": spans}, ["incident", "article"]),
        ("filings/", how, ["claim", "position"]),
    ]
    for path, body, names in sent:
        for ids in ({name: uid(there[name]) for name in names}, dict.fromkeys(names, NOWHERE)):
            problem = post(reviewer, path, body | ids, 400)
            assert sorted(fields(problem)) == sorted(names), path
    claim = uid(factories.a_claim(article))
    problem = post(
        reviewer, "assessments/", found | {"question": uid(world.question), "claims": [claim]}, 400
    )
    assert fields(problem) == ["claims"]
