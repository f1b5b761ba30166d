"""Links between claims, and the same statement as: every relation, every refusal."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import state
from claims.actions.journal import Act
from claims.actions.rules import OF_FACTS
from claims.models import Article, Change, Claim, Filing, Incident, Link, Source
from claims.records import Relation, Stance
from tests import factories
from tests.pages.annotating import (
    again,
    an_article,
    card,
    errors,
    events,
    get,
    post,
    swapped,
    value,
)
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

HIT = "two strikes hit the depot"
DIED = "up to 65 people died"
AGAIN = "it was said again"


@dataclass
class Pair:
    """Two claims of one source and one incident, in two articles."""

    incident: Incident
    source: Source
    one: Claim
    two: Claim


@pytest.fixture
def pair(analyst: Person) -> Pair:
    incident = factories.an_incident(analyst.desk)
    source = factories.a_source(analyst.desk)
    one, two = (
        factories.a_claim(an_article(analyst), quote, incident=incident, source=source)
        for quote in (HIT, DIED)
    )
    return Pair(incident, source, one, two)


def linked(person: Person, one: Claim, two: Claim, relation: str, **over: Any) -> Any:
    htmx = over.pop("htmx", False)
    sent = {"to_claim": str(two.uid), "relation": relation, **over}
    return post(person, "link-new", one.uid, sent, htmx=htmx)


def refusal(answer: Any) -> str:
    assert answer.status_code == 422
    return " ".join(errors(answer).values())


def offered(answer: Any) -> list[str]:
    return [row.get("value") for row in select(parsed(answer), "[name=to_claim]")]


def uids(*claims: Claim) -> list[str]:
    return [str(claim.uid) for claim in claims]


def undo(person: Person) -> None:
    person.client.post(f"/w/{person.desk.slug}/undo/")


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


# -- linking ---------------------------------------------------------------------------------


@pytest.mark.parametrize("relation", list(Relation))
@pytest.mark.parametrize("htmx", [True, False])
def test_every_relation_is_linked_and_undone(
    analyst: Person, pair: Pair, relation: Relation, htmx: bool
) -> None:
    answer = linked(analyst, pair.one, pair.two, relation, htmx=htmx, note=" why ")
    assert answer.status_code == (200 if htmx else 302)
    link = Link.objects.get()
    assert (link.from_claim, link.to_claim, link.relation) == (pair.one, pair.two, relation)
    assert (link.note, link.annotator, link.incident) == ("why", analyst.user, pair.incident)
    if htmx:
        assert relation.label in words(card(answer, pair.one))
        # The other claim stands in another article.
        assert f"claim-{pair.two.uid}" not in swapped(answer)
        assert events(answer)["toast"]["text"].startswith("Linked: ")
    undo(analyst)
    assert not Link.objects.kept().exists()


def test_a_basis_is_of_contradictions_only(analyst: Person, pair: Pair) -> None:
    answer = linked(analyst, pair.one, pair.two, "denies", basis="cause")
    assert errors(answer) == {"basis": "Only “contradicts” has one."}
    linked(analyst, pair.one, pair.two, "contradicts", basis="cause")
    assert Link.objects.get().basis == "cause"


@pytest.mark.parametrize("which", [0, 1])
def test_a_claim_without_an_incident_takes_the_others(
    analyst: Person, pair: Pair, which: int
) -> None:
    lost = (pair.one, pair.two)[which]
    Claim.objects.filter(pk=lost.pk).update(incident=None)
    assert linked(analyst, pair.one, pair.two, "contradicts").status_code == 302
    lost.refresh_from_db()
    assert (lost.incident, Change.objects.count()) == (pair.incident, 1)
    undo(analyst)
    lost.refresh_from_db()
    assert lost.incident is None


def test_two_without_an_incident_are_not_linked(analyst: Person, pair: Pair) -> None:
    Claim.objects.update(incident=None)
    said = refusal(linked(analyst, pair.one, pair.two, "contradicts"))
    assert said == "Say first which incident one of the two claims is about."


def test_claims_of_two_incidents_are_not_linked(analyst: Person, pair: Pair) -> None:
    other = factories.an_incident(analyst.desk)
    Claim.objects.filter(pk=pair.two.pk).update(incident=other)
    said = refusal(linked(analyst, pair.one, pair.two, "contradicts"))
    assert str(other) in said
    assert str(pair.incident) in said
    assert not Change.objects.exists()


@pytest.mark.parametrize("relation", list(Relation))
def test_a_link_is_made_once(analyst: Person, pair: Pair, relation: Relation) -> None:
    assert linked(analyst, pair.one, pair.two, relation).status_code == 302
    assert "already" in refusal(linked(analyst, pair.one, pair.two, relation))
    back = linked(analyst, pair.two, pair.one, relation)
    if relation.symmetric:
        assert "already" in refusal(back)
    elif relation in (Relation.RESTATES, Relation.SUPERSEDES):
        assert "itself, by way of other claims" in refusal(back)
    else:
        assert back.status_code == 302


@pytest.mark.parametrize("relation", [Relation.RESTATES, Relation.SUPERSEDES])
def test_a_chain_does_not_close(analyst: Person, pair: Pair, relation: Relation) -> None:
    three = factories.a_claim(pair.one.article, AGAIN, incident=pair.incident, source=pair.source)
    assert linked(analyst, pair.one, pair.two, relation).status_code == 302
    assert linked(analyst, pair.two, three, relation).status_code == 302
    assert "itself, by way of other" in refusal(linked(analyst, three, pair.one, relation))
    second = linked(analyst, pair.one, three, relation)
    if relation is Relation.RESTATES:
        assert "can repeat one only" in refusal(second)
    else:
        assert second.status_code == 302


def test_one_source_only(analyst: Person, pair: Pair) -> None:
    other = factories.a_claim(pair.two.article, AGAIN, incident=pair.incident)
    assert "the same original source" in refusal(linked(analyst, pair.one, other, "restates"))
    assert "of the same source only" in refusal(linked(analyst, pair.one, other, "supersedes"))
    # The publisher repeats in its own voice; what somebody without a name says is a repeat too.
    Article.objects.filter(pk=pair.one.article_id).update(publisher=pair.source)
    assert linked(analyst, pair.one, other, "restates").status_code == 302
    medic = factories.a_source(analyst.desk, article=pair.two.article)
    told = factories.a_claim(pair.two.article, DIED, incident=pair.incident, source=medic)
    assert linked(analyst, told, other, "restates").status_code == 302


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, 2),
        ({"relation": "contradicts"}, 1),
        ({"to_claim": "junk", "relation": "contradicts"}, 1),
        ({"to_claim": "SELF", "relation": "junk"}, 1),
        ({"to_claim": "SELF", "relation": "contradicts"}, 1),
        ({"to_claim": "OTHER", "relation": "contradicts", "basis": "junk"}, 1),
        ({"to_claim": "OTHER", "relation": "denies", "extent": "junk"}, 1),
        ({"to_claim": "OTHER", "relation": "denies", "note": "x" * 2001}, 1),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(
    analyst: Person, pair: Pair, sent: dict[str, str], wrong: int
) -> None:
    Claim.objects.update(polarity="denies")  # the form for denials has all fields
    names = {"SELF": str(pair.one.uid), "OTHER": str(pair.two.uid)}
    sent = {name: names.get(text, text) for name, text in sent.items()}
    answer = post(analyst, "link-new", pair.one.uid, sent, htmx=True)
    assert answer.status_code == 422
    assert len(select(parsed(answer), ".errorlist")) == wrong
    assert not Change.objects.exists()


def test_a_claim_of_another_desk_is_as_good_as_unknown(analyst: Person, pair: Pair) -> None:
    foreign = factories.a_claim(
        factories.an_article(factories.a_workspace()),
        incident=factories.an_incident(factories.a_workspace()),
    )
    for name in ("link-new", "claim-same"):
        told = [
            post(analyst, name, pair.one.uid, {"to_claim": str(uid), "relation": "denies"})
            for uid in (foreign.uid, uuid.uuid4())
        ]
        assert len({refusal(answer) for answer in told}) == 1
        assert "not there" in refusal(told[0])


# -- the picker ------------------------------------------------------------------------------


def test_it_opens_on_the_other_claims_of_the_incident(analyst: Person, pair: Pair) -> None:
    factories.a_claim(pair.one.article, AGAIN, incident=factories.an_incident(analyst.desk))
    answer = get(analyst, "link-new", pair.one.uid, htmx=True)
    assert offered(answer) == uids(pair.two)
    assert value(answer, "relation") == "contradicts"
    Claim.objects.filter(pk=pair.one.pk).update(polarity="denies")
    answer = get(analyst, "link-new", pair.one.uid)
    assert value(answer, "relation") == "denies"
    assert "<html" in answer.content.decode()


def test_repeats_are_folded_and_counted(analyst: Person, pair: Pair) -> None:
    repeat = factories.a_claim(
        an_article(analyst), DIED, incident=pair.incident, source=pair.source
    )
    factories.a_link(repeat, Relation.RESTATES, pair.two)
    state.refresh([pair.incident.pk])
    answer = get(analyst, "link-new", pair.one.uid)
    assert offered(answer) == uids(pair.two)
    assert "and 1 that repeat it" in words(parsed(answer))


def test_words_filter_the_list(analyst: Person, pair: Pair) -> None:
    speaker = factories.a_source(analyst.desk, name="Harbour Master")
    other = factories.a_claim(pair.two.article, AGAIN, incident=pair.incident, source=speaker)
    rows: dict[str, list[Claim]] = {
        "65 PEOPLE": [pair.two],
        "master HARBOUR": [other],
        "nothing like it": [],
        "\0": [other, pair.two],
    }
    for q, found in rows.items():
        answer = get(analyst, "link-new", pair.one.uid, htmx=True, fragment="rows", q=q)
        assert offered(answer) == uids(*found), q
    assert "No claim fits" in words(
        parsed(get(analyst, "link-new", pair.one.uid, q="nothing like it"))
    )


def test_the_list_stays_filtered_after_an_error(analyst: Person, pair: Pair) -> None:
    factories.a_claim(pair.two.article, AGAIN, incident=pair.incident)
    sent = {"q": "65 people", "to_claim": str(pair.two.uid), "relation": "", "note": "kept"}
    answer = post(analyst, "link-new", pair.one.uid, sent)
    assert offered(answer) == uids(pair.two)
    assert (value(answer, "to_claim"), value(answer, "note")) == (str(pair.two.uid), "kept")
    (words_to_find,) = select(parsed(answer), "main [name=q]")
    assert words_to_find.get("value") == "65 people"


def test_a_claim_without_an_incident_finds_those_of_its_article(
    analyst: Person, pair: Pair
) -> None:
    lost = factories.a_claim(pair.one.article, AGAIN)
    assert offered(get(analyst, "link-new", lost.uid)) == uids(pair.two, pair.one)
    alone = factories.a_claim(an_article(analyst), AGAIN)
    answer = get(analyst, "link-new", alone.uid)
    assert offered(answer) == []
    assert "Type to find a claim" in words(parsed(answer))
    assert offered(get(analyst, "link-new", alone.uid, q="65 people")) == uids(pair.two)


def test_a_long_list_costs_as_many_queries_as_a_short_one(analyst: Person, pair: Pair) -> None:
    get(analyst, "link-new", pair.one.uid)
    one = queries(lambda: get(analyst, "link-new", pair.one.uid))
    for _ in range(10):
        side = factories.a_side(analyst.desk)
        factories.a_claim(
            an_article(analyst, publisher=factories.a_source(analyst.desk)),
            DIED,
            incident=pair.incident,
            source=factories.a_source(analyst.desk, side=side),
        )
    assert queries(lambda: get(analyst, "link-new", pair.one.uid)) == one


@pytest.mark.parametrize("kind", ["demand", "evaluative"])
def test_what_no_evidence_can_do_is_not_to_be_chosen(
    analyst: Person, pair: Pair, kind: str
) -> None:
    Claim.objects.filter(pk=pair.one.pk).update(kind=kind)
    answer = get(analyst, "link-new", pair.one.uid)
    radios = select(parsed(answer), "[name=relation]")
    off = [radio for radio in radios if radio.get("disabled") is not None]
    assert {Relation(radio.get("value")) for radio in off} == set(OF_FACTS)
    for radio in off:
        assert "is not evidence" in radio.getparent().get("title")
    assert value(answer, "relation") == "responds_to"
    assert "is not evidence" in words(select(parsed(answer), "#no-evidence")[0])
    link = factories.a_link(pair.two, Relation.UNDERCUTS, pair.one)
    answer = get(analyst, "link-edit", link.uid)
    off = select(parsed(answer), "[name=relation] option[disabled]")
    assert {Relation(option.get("value")) for option in off} == set(OF_FACTS)
    assert "is not evidence" in words(parsed(answer))


# -- a denial, filed in the same act ---------------------------------------------------------


@pytest.fixture
def answered(pair: Pair) -> Filing:
    """The second claim holds an answer; the first denies."""
    Claim.objects.filter(pk=pair.one.pk).update(polarity="denies")
    position = factories.a_position(factories.a_question(pair.incident))
    return factories.a_filing(pair.two, position)


@pytest.mark.parametrize(("sent", "kept"), [("fully", "fully"), ("", "in_part")])
def test_a_denial_is_filed_with_its_link(
    analyst: Person, pair: Pair, answered: Filing, sent: str, kept: str
) -> None:
    answer = linked(analyst, pair.one, pair.two, "denies", file_both="on", extent=sent)
    assert answer.status_code == 302
    filing = pair.one.filings.get()
    assert (filing.position, filing.stance, filing.extent) == (
        answered.position,
        Stance.REJECTS,
        kept,
    )
    assert Change.objects.count() == 1


def test_only_an_answer_that_is_held_is_rejected(
    analyst: Person, pair: Pair, answered: Filing
) -> None:
    Filing.objects.update(stance="rejects")
    answer = linked(analyst, pair.one, pair.two, "denies", file_both="on", extent="fully")
    assert "holds no answer yet" in refusal(answer)
    # What was ticked stays ticked.
    assert (value(answer, "file_both"), value(answer, "extent")) == ("on", "fully")
    assert not Link.objects.exists()


def test_which_of_several_answers_is_rejected_is_not_guessed(
    analyst: Person, pair: Pair, answered: Filing
) -> None:
    factories.a_filing(pair.two, factories.a_position(factories.a_question(pair.incident)))
    answer = linked(analyst, pair.one, pair.two, "denies", file_both="on")
    assert "holds several answers" in refusal(answer)
    assert linked(analyst, pair.one, pair.two, "denies").status_code == 302


def test_a_denial_that_is_filed_already_is_told_and_nothing_linked(
    analyst: Person, pair: Pair, answered: Filing
) -> None:
    factories.a_filing(pair.one, answered.position)
    answer = linked(analyst, pair.one, pair.two, "denies", file_both="on")
    assert "filed under this answer already" in refusal(answer)
    assert not Link.objects.exists()


# -- a link that is there --------------------------------------------------------------------


@pytest.fixture
def link(pair: Pair) -> Link:
    made = factories.a_link(pair.one, Relation.CONTRADICTS, pair.two, basis="number", note="old")
    state.refresh([pair.incident.pk])
    return made


@pytest.mark.parametrize("htmx", [True, False])
def test_basis_and_note_are_changed(analyst: Person, link: Link, htmx: bool) -> None:
    opened = get(analyst, "link-edit", link.uid, htmx=htmx)
    assert (value(opened, "basis"), value(opened, "note")) == ("number", "old")
    sent = {"version": "1", "relation": "contradicts", "basis": "cause", "note": "new"}
    answer = post(analyst, "link-edit", link.uid, sent, htmx=htmx)
    assert answer.status_code == (200 if htmx else 302)
    link.refresh_from_db()
    assert (link.basis, link.note, link.version) == ("cause", "new", 2)
    if htmx:
        assert "over cause" in words(card(answer, link.from_claim))
    undo(analyst)
    link.refresh_from_db()
    assert (link.basis, link.note) == ("number", "old")


def test_a_link_answers_on_the_page_that_it_was_opened_from(analyst: Person, link: Link) -> None:
    far = link.to_claim
    page = get(analyst, "article", far.article.uid)
    (change,) = (a for a in select(card(page, far), ".link a") if words(a) == "change")
    assert change.get("href") == change.get("hx-get")
    opened = analyst.client.get(change.get("href"), headers={"HX-Request": "true"})
    for form in select(parsed(opened), "form"):
        assert form.get("hx-post").endswith(f"?at={far.uid}")
    sent = {"version": "1", "relation": "contradicts", "basis": "cause"}
    answer = post(analyst, "link-edit", link.uid, sent, htmx=True, query=f"?at={far.uid}")
    assert f"claim-{far.uid}" in swapped(answer)
    assert f"claim-{link.from_claim.uid}" not in swapped(answer)
    answer = post(
        analyst, "link-delete", link.uid, {"version": "2"}, htmx=True, query=f"?at={far.uid}"
    )
    assert f"claim-{far.uid}" in swapped(answer)
    assert "contradicts" not in words(card(answer, far))


def test_a_stale_link_gets_both_versions(analyst: Person, link: Link) -> None:
    Link.objects.update(version=2, note="theirs")
    sent = {"version": "1", "relation": "contradicts", "basis": "number", "note": "mine"}
    answer = post(analyst, "link-edit", link.uid, sent)
    assert answer.status_code == 409
    assert [words(c) for c in select(parsed(answer), ".conflict tbody td")] == ["theirs", "mine"]
    assert (
        post(
            analyst, "link-edit", link.uid, sent | {"version": value(answer, "version")}
        ).status_code
        == 302
    )
    link.refresh_from_db()
    assert link.note == "mine"


@pytest.mark.parametrize(
    "sent",
    [
        {"version": "x"},
        {"relation": ""},
        {"relation": "junk"},
        {"basis": "junk"},
        {"note": "\0"},
    ],
)
def test_what_is_wrong_with_a_link_is_told(
    analyst: Person, link: Link, sent: dict[str, str]
) -> None:
    good = {"version": "1", "relation": "contradicts"}
    answer = post(analyst, "link-edit", link.uid, good | sent, htmx=True)
    assert answer.status_code == 422
    assert errors(answer)


def test_another_relation_has_no_basis(analyst: Person, link: Link) -> None:
    sent = {"version": "1", "relation": "denies", "basis": "cause"}
    answer = post(analyst, "link-edit", link.uid, sent)
    assert "Only “contradicts” has a basis." in refusal(answer)


def test_saving_a_link_as_it_is_leaves_no_change(analyst: Person, link: Link) -> None:
    sent = {"version": "1", "relation": "contradicts", "basis": "number", "note": "old"}
    assert post(analyst, "link-edit", link.uid, sent).status_code == 302
    link.refresh_from_db()
    assert link.version == 1
    assert not Change.objects.exists()


def test_another_relation_is_chosen_by_the_rules_of_a_new_link(
    analyst: Person, pair: Pair, link: Link
) -> None:
    sent = {"version": "1", "relation": "undercuts", "basis": "", "note": "old"}
    assert post(analyst, "link-edit", link.uid, sent).status_code == 302
    link.refresh_from_db()
    pair.one.refresh_from_db()
    assert (link.relation, link.basis, pair.one.disputed) == ("undercuts", "", False)
    factories.a_link(pair.one, Relation.DENIES, pair.two)
    answer = post(analyst, "link-edit", link.uid, sent | {"version": "2", "relation": "denies"})
    assert "linked in this way already" in refusal(answer)
    link.refresh_from_db()
    assert (link.relation, link.version) == ("undercuts", 2)


@pytest.mark.parametrize("htmx", [True, False])
def test_a_link_is_removed_and_comes_back(analyst: Person, link: Link, htmx: bool) -> None:
    stale = post(analyst, "link-delete", link.uid, {"version": "9"}, htmx=htmx)
    if htmx:
        assert (stale.status_code, events(stale)["toast"]["level"]) == (409, "error")
    else:
        assert "meanwhile" in get(analyst, "article", link.from_claim.article.uid).content.decode()
    assert Link.objects.kept().exists()
    answer = post(analyst, "link-delete", link.uid, {"version": "1"}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 302)
    assert not Link.objects.kept().exists()
    assert get(analyst, "link-edit", link.uid).status_code == 404
    undo(analyst)
    assert Link.objects.kept().exists()


def test_a_page_that_sent_it_is_gone_back_to(analyst: Person, link: Link) -> None:
    for place, leads in (("/w/desk/incidents/", "/w/desk/incidents/"), ("//evil.example/", None)):
        Link.objects.update(version=1, deleted_at=None)
        answer = post(analyst, "link-delete", link.uid, {"version": "1", "next": place})
        assert answer.headers["Location"] == (
            leads or f"{link.from_claim.article.get_absolute_url()}#claim-{link.from_claim.uid}"
        )


# -- the same statement ----------------------------------------------------------------------


def same(person: Person, one: Claim, two: Claim, **over: Any) -> Any:
    htmx = over.pop("htmx", False)
    sent = {"to_claim": str(two.uid), "version": str(one.version), **over}
    return post(person, "claim-same", one.uid, sent, htmx=htmx)


@pytest.mark.parametrize("htmx", [True, False])
def test_source_day_and_answers_are_taken_over_and_nothing_else(
    analyst: Person, pair: Pair, htmx: bool
) -> None:
    position = factories.a_position(factories.a_question(pair.incident))
    factories.a_filing(pair.two, position, extent="in_part", stance="rejects")
    Claim.objects.filter(pk=pair.two.pk).update(
        said_from="2016-12-08", said_as_stated="on Thursday", polarity="denies", speech="direct"
    )
    repeat = factories.a_claim(pair.two.article, AGAIN, said_as_stated="late")
    answer = same(analyst, repeat, pair.two, htmx=htmx, consent="1")
    assert answer.status_code == (200 if htmx else 302)
    repeat.refresh_from_db()
    assert (repeat.source, str(repeat.said_from)) == (pair.source, "2016-12-08")
    assert (repeat.incident, repeat.statement) == (pair.incident, pair.two)
    filing = repeat.filings.get()
    assert (filing.position, filing.stance, filing.extent) == (position, "rejects", "in_part")
    # What its own article says stays what it says.
    assert (repeat.polarity, repeat.speech, repeat.said_as_stated) == (
        "asserts",
        "indirect",
        "late",
    )
    assert Change.objects.count() == 1
    if htmx:
        assert "the first report says it is not so" in words(card(answer, repeat))
        assert "is repeated by" in words(card(answer, pair.two))
    undo(analyst)
    repeat.refresh_from_db()
    assert (repeat.source == pair.source, repeat.incident, repeat.said_from) == (False, None, None)
    assert not repeat.filings.kept().exists()


def test_what_can_hardly_be_one_statement_is_asked_about(analyst: Person, pair: Pair) -> None:
    question = factories.a_question(pair.incident, text="What was it?", exclusive=True)
    bomb, strike = (factories.a_position(question, text=text) for text in ("A bomb", "A strike"))
    other = factories.a_source(analyst.desk, name="The agency")
    mine = factories.a_claim(
        pair.one.article, AGAIN, incident=pair.incident, source=other, polarity="denies"
    )
    factories.a_filing(mine, strike)
    factories.a_filing(pair.two, bomb)
    answer = same(analyst, mine, pair.two)
    assert answer.status_code == 409
    assert [words(one) for one in select(parsed(answer), ".consent li")] == [
        f"{pair.source} says it then, no longer The agency.",
        "Here the source says it is not so; there it says it is so.",
        "“What was it?”: it is filed under “A strike”, and would be filed under “A bomb” too.",
    ]
    mine.refresh_from_db()
    assert (mine.source, mine.filings.count(), Change.objects.count()) == (other, 1, 0)


def test_statements_of_its_own_source_are_offered_first(analyst: Person, pair: Pair) -> None:
    mine = factories.a_claim(pair.one.article, AGAIN, incident=pair.incident, source=pair.source)
    others = factories.a_claim(pair.one.article, AGAIN, incident=pair.incident)
    page = parsed(get(analyst, "claim-same", mine.uid))
    offered = [one.get("value") for one in select(page, "[name=to_claim]")]
    assert offered.index(str(others.uid)) == len(offered) - 1


def test_answers_it_has_already_stay_as_they_are(analyst: Person, pair: Pair) -> None:
    position = factories.a_position(factories.a_question(pair.incident))
    factories.a_filing(pair.two, position)
    factories.a_filing(pair.one, position, stance="rejects")
    assert same(analyst, pair.one, pair.two).status_code == 302
    assert pair.one.filings.get().stance == "rejects"


def test_an_unnamed_source_is_not_taken_to_another_article(analyst: Person, pair: Pair) -> None:
    medic = factories.a_source(analyst.desk, article=pair.two.article)
    Claim.objects.filter(pk=pair.two.pk).update(source=medic)
    assert same(analyst, pair.one, pair.two).status_code == 302
    pair.one.refresh_from_db()
    assert pair.one.source == pair.source


def test_leaving_an_incident_asks_first(analyst: Person, pair: Pair) -> None:
    elsewhere = factories.an_incident(analyst.desk)
    mine = factories.a_claim(pair.one.article, AGAIN, incident=elsewhere, source=pair.source)
    factories.a_filing(mine, factories.a_position(factories.a_question(elsewhere)))
    answer = same(analyst, mine, pair.two, htmx=True)
    assert answer.status_code == 409
    assert len(select(parsed(answer), ".consent li")) == 1
    sent = again(answer, "same-form") | {"to_claim": str(pair.two.uid), "consent": "1"}
    assert post(analyst, "claim-same", mine.uid, sent).status_code == 302
    mine.refresh_from_db()
    assert (mine.incident, mine.filings.kept().count()) == (pair.incident, 0)
    undo(analyst)
    mine.refresh_from_db()
    assert (mine.incident, mine.filings.kept().count()) == (elsewhere, 1)


def test_the_same_statement_is_refused_where_it_can_not_be(analyst: Person, pair: Pair) -> None:
    assert "linked to itself" in refusal(same(analyst, pair.one, pair.one))
    assert "meanwhile" in refusal(same(analyst, pair.one, pair.two, version="9"))
    assert "Choose a claim." in refusal(post(analyst, "claim-same", pair.one.uid))
    Claim.objects.update(incident=None)
    assert "Say first which incident" in refusal(same(analyst, pair.one, pair.two))
    Claim.objects.update(incident=pair.incident)
    assert same(analyst, pair.two, pair.one).status_code == 302
    assert "itself, by way of" in refusal(same(analyst, pair.one, pair.two))


def test_a_demand_takes_no_answers(analyst: Person, pair: Pair) -> None:
    factories.a_filing(pair.two, factories.a_position(factories.a_question(pair.incident)))
    Claim.objects.filter(pk=pair.one.pk).update(kind="demand")
    assert "Only a fact" in refusal(same(analyst, pair.one, pair.two, consent="1"))
    assert not Link.objects.exists()


def test_the_list_of_statements(analyst: Person, pair: Pair) -> None:
    answer = get(analyst, "claim-same", pair.one.uid)
    assert offered(answer) == uids(pair.two)
    rows = get(analyst, "claim-same", pair.one.uid, htmx=True, fragment="rows", q="none such")
    assert offered(rows) == []


def test_a_claim_that_is_moved_meanwhile_is_told(
    analyst: Person, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(*_: object) -> None:
        elsewhere = factories.an_incident(analyst.desk)
        Claim.objects.filter(pk=pair.two.pk).update(incident=elsewhere)

    monkeypatch.setattr(Act, "lock_incidents", move)
    assert "moved meanwhile" in refusal(linked(analyst, pair.one, pair.two, "contradicts"))
    sent = {"new_question": "Why?", "new_answer": "So", "stance": "holds", "extent": "fully"}
    answer = post(analyst, "filing-new", pair.two.uid, sent)
    assert "moved meanwhile" in refusal(answer)
    assert not Change.objects.exists()
