"""Annotations that went out as W3C or brat come in again, and those of other tools beside them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims.actions import rules, undo
from claims.actions.journal import Actor
from claims.models import Claim, Credit, Link, Revision, Workspace
from claims.records import Relation, Role
from claims.snapshot import FORMATS, Selection, reading
from tests import factories
from tests.unit.actions import reference
from tests.unit.actions.brought import act_of, brought, planned
from tests.unit.importers import foreign
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db
OURS = ("web-annotation", "brat")


def written(desk: Workspace, name: str) -> bytes:
    with reading() as reader:
        return b"".join(FORMATS[name].write(reader, Selection(desk), desks.permalink))


@pytest.fixture
def desk() -> desks.Desk:
    desk = desks.a_desk()
    factories.a_link(desk.medic_says, Relation.RESPONDS_TO, desk.denial, note="both\nof it")
    return desk


@pytest.fixture
def other() -> Actor:
    """The owner of a desk with nothing at it."""
    empty = factories.a_workspace(slug="other")
    user = factories.a_user("other-owner")
    factories.a_membership(empty, user, Role.OWNER)
    return Actor(empty, user)


def with_texts(desk: desks.Desk, other: Actor) -> None:
    """The other desk has the same articles, by their ids and texts."""
    for article in (desk.first, desk.second):
        twin = factories.an_article(
            other.workspace,
            article.revisions.get().text,
            uid=article.uid,
            **{name: getattr(article, name) for name in ("title", "language", "url")},
        )
        Revision.objects.filter(article=twin).update(uid=article.revisions.get().uid)


@pytest.mark.parametrize("name", OURS)
def test_what_went_out_comes_in_and_goes_out_the_same(
    desk: desks.Desk, other: Actor, name: str
) -> None:
    content = written(desk.workspace, name)
    if name == "web-annotation":
        with_texts(desk, other)
    done = brought(other, name, content)
    assert done.new["claims"] == 4
    assert written(other.workspace, name) == content
    for workspace in (other.workspace, desk.workspace):
        again = planned(workspace, name, content)
        assert (again.wrong, again.makes) == (0, 0)
    denial = Claim.objects.get(workspace=other.workspace, uid=desk.denial.uid)
    assert denial.source.kind == desk.command.kind
    assert not Claim.objects.get(workspace=other.workspace, uid=desk.medic_says.uid).source.named
    undo.undo(other, act_of(other))
    assert not Link.objects.within(other.workspace).kept().exists()


def test_names_stay_text_and_an_analyst_brings_no_approvals(desk: desks.Desk, other: Actor) -> None:
    with_texts(desk, other)
    analyst = factories.a_user("other-analyst")
    factories.a_membership(other.workspace, analyst, Role.ANALYST)
    content = written(desk.workspace, "web-annotation")
    brought(Actor(other.workspace, analyst), "web-annotation", content)
    denial = Claim.objects.get(workspace=other.workspace, uid=desk.denial.uid)
    assert (denial.annotator, denial.status) == (analyst, "submitted")
    names = Credit.objects.filter(noun="claim", object_id=denial.pk, field="annotator")
    assert names.get().name == "Nour Haddad"


def test_annotations_of_a_text_that_is_not_here_stay_out(desk: desks.Desk, other: Actor) -> None:
    content = written(desk.workspace, "web-annotation")
    found = planned(other.workspace, "web-annotation", content)
    assert "The desk does not have the text “Blast at the market”: bring it in" in str(
        found.problems[0]
    )
    with pytest.raises(ValidationError):
        brought(other, "web-annotation", content)


@pytest.mark.parametrize(
    ("name", "content", "made"),
    [
        ("brat", foreign.brat(), {"articles": 3, "claims": 10, "links": 1, "incidents": 1}),
        (
            "doccano",
            foreign.jsonl(*foreign.doccano_lines()),
            {"articles": 4, "claims": 6, "links": 1, "comments": 8},
        ),
        (
            "label-studio",
            foreign.as_json(foreign.tasks()),
            {"articles": 2, "claims": 4, "links": 1, "sources": 3},
        ),
    ],
)
def test_files_of_others_come_in_once(
    other: Actor, name: str, content: bytes, made: dict[str, int]
) -> None:
    done = brought(other, name, content)
    assert {table: done.new[table] for table in made} == made
    assert planned(other.workspace, name, content).makes == 0
    link = Link.objects.within(other.workspace).get()
    assert rules.breach(link) == ""
    reference.assert_as_the_reference_says(link.incident_id)
    # A claim that a person has moved stays there; what was linked to it is not linked anew.
    moved = Claim.objects.filter(pk=link.from_claim_id)
    moved.update(incident=factories.an_incident(other.workspace))
    again = planned(other.workspace, name, content)
    assert (again.wrong, again.makes) == (0, 0)


def test_where_the_text_is_at_the_desk_it_is_used(other: Actor) -> None:
    there = factories.an_article(other.workspace, foreign.EMOJI)
    content = foreign.jsonl(*foreign.doccano_lines())
    done = brought(other, "doccano", content)
    assert done.new["articles"] == 3
    assert Claim.objects.filter(article=there).count() == 3


def test_annotations_find_an_article_by_its_address(other: Actor) -> None:
    article = factories.an_article(other.workspace, foreign.EMOJI, url="https://example.org/a")
    words = foreign.quoted("The mayor")
    items = [
        foreign.annotated("a", "https://example.org/a#top", words),
        foreign.annotated("b", "urn:uuid:of-nothing", words),
        foreign.annotated("c", "doi:10.1/2", words),
    ]
    found = planned(other.workspace, "web-annotation", foreign.as_json(items))
    assert [problem.why.partition(":")[0] for problem in found.problems] == ["b", "c"]
    brought(other, "web-annotation", foreign.as_json(items[:1]))
    assert Claim.objects.within(other.workspace).get().article == article
