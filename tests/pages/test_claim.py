"""A claim after it is made: edited, given words, deleted, brought back; and what is redrawn."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import claim as claims
from claims.actions import link as links
from claims.actions import state
from claims.actions.link import FilingInput
from claims.actions.rules import OF_FACTS
from claims.actions.spans import SpanInput
from claims.models import Article, Change, Claim, Figure, Filing, Incident, Link
from claims.records import ClaimStatus, Relation, SpanRole, Speech
from tests import factories
from tests.pages.annotating import (
    FAMILY,
    TEXT,
    again,
    an_article,
    card,
    errors,
    events,
    fields,
    figure,
    get,
    post,
    quotes,
    span,
    swapped,
    value,
)
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

HIT = "two strikes hit the depot"
DIED = "up to 65 people died"
AGAIN = "it was said again"


@pytest.fixture
def article(analyst: Person) -> Article:
    return an_article(analyst)


@pytest.fixture
def incident(analyst: Person) -> Incident:
    return factories.an_incident(analyst.desk)


def form_of(person: Person, claim: Claim, **over: Any) -> dict[str, Any]:
    """The edit form as it opens, with some fields changed."""
    return again(get(person, "claim-edit", claim.uid)) | over


def undo(person: Person) -> Any:
    return person.client.post(f"/w/{person.desk.slug}/undo/", {"next": f"/w/{person.desk.slug}/"})


def linked(article: Article, incident: Incident, relation: Relation) -> tuple[Claim, Claim, Link]:
    one = factories.a_claim(article, HIT, incident=incident)
    two = factories.a_claim(article, DIED, incident=incident, source=one.source)
    link = factories.a_link(one, relation, two)
    state.refresh([incident.pk])
    return one, two, link


def everything() -> list[Any]:
    """All that belongs to claims, without what only says that they were touched."""
    return [
        sorted(model.objects.filter(**kept).values_list(*names))
        for model, kept, names in (
            (Claim, {"deleted_at": None}, ("id", "source", "incident", "kind", "status")),
            (Link, {"deleted_at": None}, ("id", "from_claim", "to_claim", "relation")),
            (Filing, {"deleted_at": None}, ("id", "claim", "position", "stance")),
        )
    ]


# -- editing ---------------------------------------------------------------------------------


def test_a_claim_is_shown_beside_its_text(viewer: Person) -> None:
    claim = factories.a_claim(an_article(viewer), DIED)
    answer = get(viewer, "claim", claim.uid)
    assert answer.headers["Location"] == (f"{claim.article.get_absolute_url()}#claim-{claim.uid}")


def test_saving_the_form_as_it_opens_changes_nothing(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(
        article,
        DIED,
        source=factories.a_source(analyst.desk, name="A medic", article=article),
        via=factories.a_source(analyst.desk),
        accused=factories.a_source(analyst.desk),
        incident=factories.an_incident(analyst.desk),
        polarity="denies",
        kind="factual",
        speech="mixed",
        said_from="2016-12-08",
        said_to="2016-12-09",
        said_as_stated="on Thursday",
        note="\n  two\nlines",
        certainty="possible",
    )
    factories.a_span(claim, "A medic", SpanRole.SOURCE)
    factories.a_figure(claim, low=0, as_stated="")
    answer = post(analyst, "claim-edit", claim.uid, form_of(analyst, claim, note="\n  two\nlines"))
    assert answer.status_code == 302
    claim.refresh_from_db()
    # A form's text is read without outer white space; that is all that moved.
    assert claim.note == "two\nlines"
    (row,) = Change.objects.get().rows.all()
    assert dict(row.before or {}, note="") == dict(row.after or {}, note="")
    again = post(analyst, "claim-edit", claim.uid, form_of(analyst, claim), htmx=True)
    assert Change.objects.count() == 1
    # An Undo beside this would take back the edit before.
    assert events(again)["toast"] == {"text": "Nothing was changed.", "level": "info"}


def test_a_page_says_that_nothing_was_changed(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    post(analyst, "claim-edit", claim.uid, form_of(analyst, claim))
    (told,) = select(parsed(get(analyst, "article", article.uid)), "#messages .message")
    assert words(told) == "Nothing was changed. ×"


@pytest.mark.parametrize("kind", ["evaluative", "demand"])
def test_an_opinion_keeps_its_sign(analyst: Person, article: Article, kind: str) -> None:
    claim = factories.a_claim(article, DIED, kind=kind, polarity="denies")
    post(analyst, "claim-edit", claim.uid, form_of(analyst, claim, note="seen"))
    claim.refresh_from_db()
    assert (claim.kind, claim.polarity, claim.note) == (kind, "denies", "seen")


def test_figures_are_set_as_a_whole(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    factories.a_figure(claim)
    sent = form_of(analyst, claim) | figure(low="0", high="0", as_stated="nobody")
    assert post(analyst, "claim-edit", claim.uid, sent).status_code == 302
    (number,) = Figure.objects.filter(claim=claim)
    assert (number.low, number.high) == (0, 0)
    claim.refresh_from_db()
    assert claim.version == 2
    undo(analyst)
    assert Figure.objects.get(claim=claim).as_stated == "dozens"


@pytest.mark.parametrize("htmx", [True, False])
def test_a_stale_save_gets_both_versions_and_then_overwrites(
    analyst: Person, reviewer: Person, article: Article, htmx: bool
) -> None:
    claim = factories.a_claim(article, DIED, note="old")
    factories.a_figure(claim)
    mine = form_of(analyst, claim, note="mine", spans=span(article, AGAIN)) | figure(low="7")
    theirs = form_of(reviewer, claim, note="theirs", speech="direct")
    assert post(reviewer, "claim-edit", claim.uid, theirs).status_code == 302
    answer = post(analyst, "claim-edit", claim.uid, mine, htmx=htmx)
    assert answer.status_code == 409
    rows = {
        words(row[0]): (words(row[1]), words(row[2]))
        for row in select(parsed(answer), ".conflict tbody tr")
    }
    assert rows["Note"] == ("theirs", "mine")
    assert rows["Whose words"] == (
        Speech.DIRECT.label,
        Speech.INDIRECT.label,
    )
    assert rows["Words of the text"] == (f"what: {DIED}", f"what: {AGAIN}")
    assert "dozens" in rows["Numbers"][0]
    assert "7" in rows["Numbers"][1]
    claim.refresh_from_db()
    assert claim.note == "theirs"
    keep = select(parsed(answer), ".conflict a")[0].get("href")
    assert keep == claim.get_absolute_url()
    assert post(analyst, "claim-edit", claim.uid, again(answer)).status_code == 302
    claim.refresh_from_db()
    assert (claim.note, claim.speech, quotes(claim)) == ("mine", "indirect", [AGAIN])


def test_a_stale_save_of_the_same_says_so(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    answer = post(analyst, "claim-edit", claim.uid, form_of(analyst, claim, version=""))
    assert answer.status_code == 409
    assert "the same as what you have here" in words(parsed(answer))


def test_a_stale_save_with_spans_outside_the_text_tells_both(
    analyst: Person, article: Article
) -> None:
    claim = factories.a_claim(article, DIED)
    sent = form_of(analyst, claim, version="9", spans="content:0-99999", note="mine")
    answer = post(analyst, "claim-edit", claim.uid, sent)
    assert answer.status_code == 409
    assert "outside the text" in errors(answer)[""]
    assert "mine" in words(select(parsed(answer), ".conflict")[0])


def test_errors_keep_the_form(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    sent = form_of(analyst, claim, source_name="", note="kept")
    answer = post(analyst, "claim-edit", claim.uid, sent, htmx=True)
    assert (answer.status_code, value(answer, "note")) == (422, "kept")
    answer = post(analyst, "claim-edit", claim.uid, form_of(analyst, claim, spans="content:3-1"))
    assert "before the start" in errors(answer)[""]


def test_spans_of_the_edit_form(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    factories.a_span(claim, AGAIN)
    sent = form_of(analyst, claim, drop_span=span(article, DIED))
    answer = post(analyst, "claim-edit", claim.uid, sent, htmx=True)
    assert quotes(claim) == [DIED, AGAIN]
    assert post(analyst, "claim-edit", claim.uid, again(answer)).status_code == 302
    assert quotes(claim) == [AGAIN]
    undo(analyst)
    assert quotes(claim) == [DIED, AGAIN]


# -- what an edit would take with it ---------------------------------------------------------


def test_moving_asks_ends_and_comes_back(
    analyst: Person, article: Article, incident: Incident
) -> None:
    one, two, link = linked(article, incident, Relation.CONTRADICTS)
    position = factories.a_position(factories.a_question(incident, text="What?"), text="A strike")
    factories.a_filing(one, position)
    elsewhere = factories.an_incident(analyst.desk)
    before = everything()
    sent = form_of(analyst, one, incident=str(elsewhere.uid), incident_name=str(elsewhere))
    answer = post(analyst, "claim-edit", one.uid, sent, htmx=True)
    assert answer.status_code == 409
    losses = [words(item) for item in select(parsed(answer), ".consent li")]
    assert losses == [
        f"This would end: {one.source} contradicts {two.source}.",
        "This would end: filed under “What?”: holds: A strike.",
    ]
    assert everything() == before
    agreed = again(answer) | {"consent": "1"}
    answer = post(analyst, "claim-edit", one.uid, agreed, htmx=True)
    # The card at the other end no longer names the link.
    assert f"claim-{two.uid}" in swapped(answer)
    assert "contradicts" not in words(card(answer, two))
    one.refresh_from_db()
    link.refresh_from_db()
    assert (one.incident, link.deleted_at is not None) == (elsewhere, True)
    assert not one.filings.kept().exists()
    assert Change.objects.count() == 1
    undo(analyst)
    assert everything() == before


def test_what_ends_is_not_called_kept(
    analyst: Person, article: Article, incident: Incident
) -> None:
    one, two, _ = linked(article, incident, Relation.CONTRADICTS)
    factories.a_link(one, Relation.RESPONDS_TO, two)
    position = factories.a_position(factories.a_question(incident, text="What?"), text="A strike")
    factories.a_filing(one, position)

    def kept(answer: Any) -> list[str]:
        return [words(item) for item in select(parsed(answer), ".hung li")]

    assert len(kept(get(analyst, "claim-edit", one.uid))) == 3
    answer = post(analyst, "claim-edit", one.uid, form_of(analyst, one, says="demand"), htmx=True)
    assert len(select(parsed(answer), ".consent li")) == 2
    assert kept(answer) == [f"{one.source} responds to {two.source}"]
    assert "What stays as it is" in words(parsed(answer))
    elsewhere = factories.an_incident(analyst.desk)
    sent = form_of(analyst, one, incident=str(elsewhere.uid), incident_name=str(elsewhere))
    answer = post(analyst, "claim-edit", one.uid, sent, htmx=True)
    assert len(select(parsed(answer), ".consent li")) == 3
    assert not select(parsed(answer), ".hung")


@pytest.mark.parametrize(
    ("relation", "stays"),
    [(relation, relation not in OF_FACTS) for relation in Relation],
)
def test_a_demand_takes_with_it_what_only_facts_can_do(
    analyst: Person, article: Article, incident: Incident, relation: Relation, stays: bool
) -> None:
    one, *_ = linked(article, incident, relation)
    factories.a_filing(one, factories.a_position(factories.a_question(incident)))
    before = everything()
    answer = post(analyst, "claim-edit", one.uid, form_of(analyst, one, says="demand"))
    assert len(select(parsed(answer), ".consent li")) == (1 if stays else 2)
    post(analyst, "claim-edit", one.uid, again(answer) | {"consent": "1"})
    assert Link.objects.kept().exists() == stays
    assert Filing.objects.kept().count() == 0
    undo(analyst)
    assert everything() == before


@pytest.mark.parametrize("relation", [Relation.RESTATES, Relation.SUPERSEDES])
def test_another_source_ends_what_holds_within_one(
    analyst: Person, article: Article, incident: Incident, relation: Relation
) -> None:
    one, two, _ = linked(article, incident, relation)
    before = everything()
    for claim in (one, two):
        sent = form_of(analyst, claim, source_name="Somebody else", source="")
        answer = post(analyst, "claim-edit", claim.uid, sent)
        assert answer.status_code == 409
        assert relation.label in words(select(parsed(answer), ".consent")[0])
        assert (
            post(analyst, "claim-edit", claim.uid, again(answer) | {"consent": "1"}).status_code
            == 302
        )
        assert not Link.objects.kept().exists()
        undo(analyst)
        assert everything() == before


def test_an_edit_can_file_and_link_too(
    analyst: Person, article: Article, incident: Incident
) -> None:
    position = factories.a_position(factories.a_question(incident))
    one = factories.a_claim(article, HIT, incident=incident)
    two = factories.a_claim(article, DIED, incident=incident)
    sent = form_of(
        analyst, one, position=str(position.uid), competes=[str(two.uid)], relation="undercuts"
    )
    answer = post(analyst, "claim-edit", one.uid, sent, htmx=True)
    assert "is called unreliable by" in words(card(answer, two))
    assert one.filings.get().position == position
    answer = post(analyst, "claim-edit", one.uid, form_of(analyst, one, competes=[str(one.uid)]))
    assert "can't be linked to itself" in errors(answer)[""]


# -- approval --------------------------------------------------------------------------------


def approved(reviewer: Person, article: Article) -> Claim:
    claim = factories.a_claim(article, DIED)
    answer = post(
        reviewer, "claim-status", claim.uid, {"status": "approved", "version": "1"}, htmx=True
    )
    assert answer.status_code == 200
    claim.refresh_from_db()
    assert (claim.status, claim.approver) == ("approved", reviewer.user)
    return claim


def test_approving_is_for_reviewers(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    for htmx in (True, False):
        sent = {"status": "approved", "version": "1"}
        assert post(analyst, "claim-status", claim.uid, sent, htmx=htmx).status_code == 403
    claim.refresh_from_db()
    assert claim.status == "submitted"


def test_what_an_analyst_changes_is_no_longer_approved(
    analyst: Person, reviewer: Person, article: Article
) -> None:
    claim = approved(reviewer, article)
    sent = form_of(analyst, claim)
    assert sent["status"] == "submitted"
    assert post(analyst, "claim-edit", claim.uid, sent | {"status": "approved"}).status_code == 422
    added = post(analyst, "claim-edit", claim.uid, sent | {"drop_span": "x"})
    assert value(added, "status") == "submitted"
    assert post(analyst, "claim-edit", claim.uid, sent | {"note": "new"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.approver) == ("submitted", None)


def test_what_a_reviewer_saves_as_approved_they_approve(
    reviewer: Person, owner: Person, article: Article
) -> None:
    claim = approved(reviewer, article)
    sent = form_of(owner, claim, note="new")
    assert sent["status"] == "approved"
    assert post(owner, "claim-edit", claim.uid, sent).status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.approver) == ("approved", owner.user)


@pytest.mark.parametrize("status", ["draft", "submitted", "withdrawn"])
def test_a_status_is_set(analyst: Person, article: Article, status: str) -> None:
    claim = factories.a_claim(article, DIED)
    state.refresh_claims([claim.pk])
    answer = post(analyst, "claim-status", claim.uid, {"status": status, "version": "1"})
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.stands) == (status, status == "submitted")


@pytest.mark.parametrize("sent", [{"status": "junk", "version": "1"}, {}, {"status": "draft"}])
def test_a_status_that_can_not_be_is_told(
    analyst: Person, article: Article, sent: dict[str, str]
) -> None:
    claim = factories.a_claim(article, DIED)
    answer = post(analyst, "claim-status", claim.uid, sent, htmx=True)
    assert (answer.status_code, events(answer)["toast"]["level"]) == (409, "error")
    assert not Change.objects.exists()


# -- words added on the card -----------------------------------------------------------------


def added(
    person: Person, claim: Claim, role: str, quote: str, wrong: dict[str, str] | None = None
) -> Any:
    start = TEXT.index(quote)
    sent = {
        "role": role,
        "start": str(start),
        "end": str(start + len(quote)),
        "quote": quote,
        "version": str(claim.version),
    }
    return post(person, "claim-span", claim.uid, sent | (wrong or {}), htmx=True)


def test_words_are_added_and_taken_back(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    answer = added(analyst, claim, "content", AGAIN)
    assert quotes(claim) == [DIED, AGAIN]
    assert swapped(answer) == {"p3", "p5", "progress", f"claim-{claim.uid}"}
    assert events(answer)["focusClaim"] == str(claim.uid)
    claim.refresh_from_db()
    added(analyst, claim, "source", "A medic")
    claim.refresh_from_db()
    added(analyst, claim, "cue", " told ")
    assert quotes(claim, SpanRole.SOURCE) == ["A medic"]
    assert quotes(claim, SpanRole.CUE) == ["told"]
    claim.refresh_from_db()
    added(analyst, claim, "content", "👨‍")
    assert quotes(claim) == [DIED, FAMILY, AGAIN]
    for _ in range(4):
        undo(analyst)
    assert (quotes(claim), quotes(claim, SpanRole.CUE)) == ([DIED], [])


def test_the_same_words_twice_are_one_span(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    answer = added(analyst, claim, "content", DIED)
    assert answer.status_code == 204
    # Undo would take back something older.
    assert events(answer)["toast"] == {
        "text": f"These words are there already. what: “{DIED}”",
        "level": "info",
    }
    assert not Change.objects.exists()


def test_words_within_words_change_nothing_and_over_their_edge_are_joined(
    analyst: Person, article: Article
) -> None:
    claim = factories.a_claim(article, DIED)
    assert added(analyst, claim, "content", "65 people").status_code == 204
    assert quotes(claim) == [DIED]
    added(analyst, claim, "content", "that up to 65")
    assert quotes(claim) == [f"that {DIED}"]


def test_words_over_words_of_the_same_role_take_their_place(
    analyst: Person, article: Article
) -> None:
    claim = factories.a_claim(article, DIED)
    added(analyst, claim, "cue", "told")
    claim.refresh_from_db()
    answer = added(analyst, claim, "cue", "told Radio Valley")
    assert events(answer)["toast"]["text"] == "Now reporting words: “told Radio Valley”"
    assert quotes(claim, SpanRole.CUE) == ["told Radio Valley"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "other words"},
        {"role": ""},
        {"role": "approver"},
        {"start": "x"},
        {"end": ""},
        {"start": "-1", "quote": ""},
        {"end": "9" * 40, "quote": ""},
        {"end": "9" * 5000, "quote": ""},
        {"start": "70", "end": "71", "quote": ""},
        {"version": "2"},
        {"version": "x"},
    ],
    ids=str,
)
def test_words_that_can_not_be_added_change_nothing(
    analyst: Person, article: Article, wrong: dict[str, str]
) -> None:
    claim = factories.a_claim(article, DIED)
    answer = added(analyst, claim, "content", AGAIN, wrong)
    assert (answer.status_code, events(answer)["toast"]["level"]) == (409, "error")
    assert (quotes(claim), Change.objects.exists()) == ([DIED], False)


def test_a_refusal_without_htmx_is_a_message(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED)
    answer = post(analyst, "claim-span", claim.uid, {"role": "x"})
    assert answer.headers["Location"] == claim.get_absolute_url()
    assert "No such words." in get(analyst, "article", article.uid).content.decode()


# -- deleting --------------------------------------------------------------------------------


def test_a_claim_goes_with_its_links_and_all_comes_back(
    analyst: Person, article: Article, incident: Incident
) -> None:
    one, two, _ = linked(article, incident, Relation.RESPONDS_TO)
    factories.a_filing(one, factories.a_position(factories.a_question(incident)))
    before = everything()
    answer = post(analyst, "claim-delete", one.uid, {"version": "1"}, htmx=True)
    # Its marks, its card, and the card that named it.
    assert swapped(answer) == {
        "p1",
        "progress",
        f"claim-{one.uid}",
        f"claim-{two.uid}",
    }
    assert "is answered by" not in words(card(answer, two))
    (gone,) = select(parsed(answer), f"#claim-{one.uid}")
    assert gone.get("hx-swap-oob") == "delete"
    assert "focusClaim" not in events(answer)
    assert get(analyst, "claim-edit", one.uid).status_code == 404
    undo(analyst)
    assert everything() == before


def test_a_stale_delete_deletes_nothing(analyst: Person, article: Article) -> None:
    claim = factories.a_claim(article, DIED, version=2)
    assert post(analyst, "claim-delete", claim.uid, {"version": "1"}, htmx=True).status_code == 409
    answer = post(analyst, "claim-delete", claim.uid, {"version": "2"})
    assert answer.headers["Location"] == article.get_absolute_url()
    claim.refresh_from_db()
    assert claim.deleted_at is not None


# -- what is sent again ----------------------------------------------------------------------


def place_of(answer: Any) -> str:
    """Where the htmx answer puts the new card."""
    (holder,) = select(parsed(answer), "ol[hx-swap-oob]")
    return str(holder.get("hx-swap-oob"))


def test_a_new_card_stands_in_the_order_of_the_text(analyst: Person, article: Article) -> None:
    def made(quote: str) -> tuple[Claim, str]:
        answer = post(analyst, "claim-new", article.uid, fields(span(article, quote)), htmx=True)
        claim = Claim.objects.latest("id")
        assert events(answer)["focusClaim"] == str(claim.uid)
        return claim, place_of(answer)

    first, place = made(DIED)
    assert place == "afterbegin:#cards"
    above, place = made(HIT)
    assert place == "afterbegin:#cards"
    factories.a_span(above, "Up to 65")  # a later part places no card
    last, place = made(AGAIN)
    assert place == f"afterend:#claim-{first.uid}"
    _, place = made(AGAIN)
    assert place == f"afterend:#claim-{last.uid}"


def test_a_card_whose_words_moved_moves(analyst: Person, article: Article) -> None:
    one = factories.a_claim(article, HIT)
    two = factories.a_claim(article, DIED)
    sent = form_of(analyst, one, spans=span(article, AGAIN))
    answer = post(analyst, "claim-edit", one.uid, sent, htmx=True)
    assert place_of(answer) == f"afterend:#claim-{two.uid}"
    both = select(parsed(answer), f"#claim-{one.uid}")
    assert [item.get("hx-swap-oob") for item in both] == ["delete", None]
    assert {"p1", "p5"} <= swapped(answer)
    stays = post(analyst, "claim-edit", one.uid, form_of(analyst, one, note="x"), htmx=True)
    assert card(stays, one).get("hx-swap-oob") == "true"


def test_a_tie_is_broken_by_age(analyst: Person, article: Article) -> None:
    older = factories.a_claim(article, HIT)
    factories.a_claim(article, DIED)
    sent = form_of(analyst, older, spans=span(article, DIED))
    answer = post(analyst, "claim-edit", older.uid, sent, htmx=True)
    assert place_of(answer) == "afterbegin:#cards"


def test_only_what_moved_is_sent(analyst: Person, article: Article, incident: Incident) -> None:
    claim = factories.a_claim(article, DIED, incident=incident)
    factories.a_claim(article, HIT)
    state.refresh([incident.pk])
    sent = form_of(analyst, claim, speech="direct")
    answer = post(analyst, "claim-edit", claim.uid, sent, htmx=True)
    assert swapped(answer) == {"p3", "progress", f"claim-{claim.uid}"}
    assert words(select(card(answer, claim), "q")[0]) == DIED
    assert events(answer)["toast"] == {"text": "Saved.", "level": "success", "undo": True}


def test_a_claim_of_another_article_is_not_sent(
    analyst: Person, article: Article, incident: Incident
) -> None:
    one = factories.a_claim(article, HIT, incident=incident)
    far = factories.a_claim(an_article(analyst), DIED, incident=incident)
    factories.a_link(one, Relation.CONTRADICTS, far)
    answer = post(analyst, "claim-edit", one.uid, form_of(analyst, one, note="x"), htmx=True)
    assert f"claim-{far.uid}" not in swapped(answer)


def test_cards_of_the_statement_are_sent_too(
    analyst: Person, article: Article, incident: Incident
) -> None:
    """The first report's number moves: its repeat now shows that it differs."""
    repeat, first, _ = linked(article, incident, Relation.RESTATES)
    for claim in (repeat, first):
        factories.a_figure(claim, low=50, high=50, as_stated="50")
    sent = form_of(analyst, first) | figure(low="7", as_stated="seven")
    answer = post(analyst, "claim-edit", first.uid, sent, htmx=True)
    assert "numbers differ from the first report: “seven”" in words(card(answer, repeat))


# -- races -----------------------------------------------------------------------------------


def test_an_unknown_claim_is_not_there(analyst: Person) -> None:
    for name in ("claim", "claim-edit"):
        assert get(analyst, name, uuid.uuid4()).status_code == 404


def test_an_act_that_fails_late_leaves_nothing(
    analyst: Person, article: Article, incident: Incident
) -> None:
    """Straight through the action: the filing is refused after all else was written."""
    demand = {"source": factories.a_source(analyst.desk), "kind": "demand", "incident": incident}
    position = factories.a_position(factories.a_question(incident))
    with pytest.raises(ValidationError, match="Only a fact"):
        claims.create(
            analyst.actor,
            article,
            demand,
            [SpanInput(SpanRole.CONTENT, 0, 3)],
            filings=[FilingInput(position)],
        )
    assert not Claim.objects.exists()
    assert not Change.objects.exists()
    claim = claims.create(analyst.actor, article, demand, [SpanInput(SpanRole.CONTENT, 0, 3)])
    with pytest.raises(ValidationError, match="Only a fact"):
        links.file(analyst.actor, claim.uid, FilingInput(position))
    assert claim.status == ClaimStatus.SUBMITTED
