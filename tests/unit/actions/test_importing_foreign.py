"""Annotations that went out as W3C or brat come in again, and those of other tools beside them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims.actions import blind, rules, undo
from claims.actions.importing.library import DeskLibrary
from claims.actions.journal import Actor
from claims.importers.choices import Choices
from claims.models import Claim, Comment, Credit, Link, Revision, Source, Workspace
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


SAID = (
    "The mayor said that forty people died at the market. A doctor denied that anybody had died."
    " Later the mayor said that only four had died."
)
TWICE = Choices({}, twice=True)


def of_doccano(*more: tuple[int, int, str], name: str = "contradicts") -> bytes:
    entities = [
        foreign.entity(1, "who", SAID, "The mayor"),
        foreign.entity(2, "claim", SAID, "forty people died"),
        foreign.entity(3, "claim", SAID, "denied that anybody had died"),
    ]
    relations = [foreign.relation(1, 2, 1, "said by"), foreign.relation(2, 2, 3, name)]
    relations += [
        foreign.relation(at, one, other, kind) for at, (one, other, kind) in enumerate(more, 3)
    ]
    return foreign.jsonl({"text": SAID, "entities": entities, "relations": relations})


def of_label_studio(*ties: dict[str, object]) -> bytes:
    """The same marks, by the ids of another tool, and one more."""
    result = [
        foreign.region("a", SAID, "The mayor", "Speaker"),
        foreign.region("b", SAID, "forty people died", "Claim", "Toll"),
        foreign.region("c", SAID, "denied that anybody had died", "Claim"),
        foreign.region("d", SAID, "only four had died", "Claim"),
        foreign.tie("b", "a", "said by"),
        foreign.tie("c", "b", "contradicts"),
        {
            "id": "b", "type": "choices", "from_name": "sure", "to_name": "text",
            "value": {"choices": ["very"]},
        },
        *ties,
    ]  # fmt: skip
    annotation = foreign.annotation(1, 2, *result)
    return foreign.as_json([{"id": 1, "data": {"text": SAID}, "annotations": [annotation]}])


def claims_of(actor: Actor) -> list[str]:
    rows = Claim.objects.within(actor.workspace).kept().order_by("id")
    return [claim.spans.get(role="content").quote for claim in rows]


def test_the_same_marks_of_another_tool_are_not_made_twice(other: Actor) -> None:
    brought(other, "doccano", of_doccano())
    done = brought(other, "label-studio", of_label_studio())
    assert (done.new["claims"], done.new["links"], done.new["sources"]) == (1, 0, 0)
    assert sorted(claims_of(other)) == [
        "denied that anybody had died", "forty people died", "only four had died",
    ]  # fmt: skip
    (died,) = Claim.objects.within(other.workspace).filter(spans__quote="forty people died")
    told = list(Comment.objects.filter(claim=died).values_list("text", flat=True))
    assert [text for text in told if "very" in text]
    assert [text.partition(": ")[2] for text in told if text.startswith("Label")] == [
        "claim", "Claim, Toll",
    ]  # fmt: skip
    denied = Comment.objects.filter(claim__spans__quote="denied that anybody had died")
    assert [one.text for one in denied] == ["Label in the file: claim", "Label in the file: Claim"]
    assert Source.objects.within(other.workspace).filter(name="The mayor").count() == 1
    again = planned(other.workspace, "label-studio", of_label_studio())
    assert (again.wrong, again.makes) == (0, 0)


def test_who_asks_for_it_gets_them_twice(other: Actor) -> None:
    brought(other, "doccano", of_doccano())
    done = brought(other, "label-studio", of_label_studio(), choices=TWICE)
    assert (done.new["claims"], done.new["links"]) == (3, 1)
    assert len(claims_of(other)) == 5
    # By now each of them is at the desk, by its own id.
    assert planned(other.workspace, "label-studio", of_label_studio()).makes == 0


def test_other_words_or_another_source_are_another_claim(other: Actor) -> None:
    article = factories.an_article(other.workspace, SAID)
    factories.a_claim(article, "forty people died", source=factories.a_source(article.workspace))
    done = planned(other.workspace, "doccano", of_doccano())
    assert done.new["claims"] == 2
    mayor = factories.a_source(article.workspace, name="the MAYOR")
    claim = factories.a_claim(article, "forty people died", source=mayor)
    assert planned(other.workspace, "doccano", of_doccano()).new["claims"] == 1
    Claim.objects.filter(pk=claim.pk).update(status="withdrawn")
    assert planned(other.workspace, "doccano", of_doccano()).new["claims"] == 2


def test_a_new_link_joins_a_claim_that_stood_there(other: Actor) -> None:
    brought(other, "doccano", of_doccano())
    ties = foreign.tie("d", "b", "denies"), foreign.tie("b", "d", "repeats")
    done = brought(other, "label-studio", of_label_studio(*ties))
    assert done.new["links"] == 1
    link = Link.objects.within(other.workspace).get(relation=Relation.DENIES)
    assert rules.breach(link) == ""
    reference.assert_as_the_reference_says(link.incident_id)
    told = Comment.objects.within(other.workspace).get(text__contains="for a person to say")
    assert "Relation in the file: repeats" in told.text


def test_what_a_reader_may_not_see_is_nothing_that_stands_there(other: Actor) -> None:
    brought(other, "doccano", of_doccano())
    user = factories.a_user("other-analyst")
    factories.a_membership(other.workspace, user, Role.ANALYST)
    (text,) = Revision.objects.within(other.workspace)
    texts = [str(text.uid)]
    assert len(DeskLibrary(other.workspace, user).said(texts)) == 2
    blind.set_readers(other, text.article, [user])
    assert DeskLibrary(other.workspace, user).said(texts) == []
    assert len(DeskLibrary(other.workspace, other.user).said(texts)) == 2
