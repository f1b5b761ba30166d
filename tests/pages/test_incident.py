"""The list of incidents, the page of one, and its form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.forms import incident_pick
from claims.models import Claim, Incident, ParagraphRead, Position
from claims.records import Extent, Relation, Stance, State
from claims.views.paging import SIZE
from tests import factories
from tests.pages.conftest import Person, World
from tests.pages.markup import parsed, select, words
from tests.pages.raid import TEXT, Raid, settle

pytestmark = pytest.mark.one_database


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, *args: object, **query: Any) -> Any:
    return person.client.get(at(person, name, *args), query)


def post(person: Person, name: str, *args: object, **data: object) -> Any:
    return person.client.post(at(person, name, *args), data)


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def page_of(answer: Any) -> Any:
    assert answer.status_code == 200
    return parsed(answer)


@pytest.fixture
def raid(analyst: Person) -> Raid:
    return Raid(analyst)


# ---- the matrix ----


def test_cells_tell_in_words_what_each_source_holds(raid: Raid, analyst: Person) -> None:
    raid.file_all()
    cells = raid.row(page_of(get(analyst, "incident", raid.incident.uid)), raid.cause)
    assert words(cells["The command"]).startswith("⚡ competes: Car bomb a car bomb went off")
    assert cells["The command"].get("class").split() == ["clash", "s1"]
    place = select(cells["The command"], "a")[0]
    assert words(place) == "Example Wire ¶1"
    assert place.get("href") == at(analyst, "article", raid.article.uid) + "#p1"
    assert words(cells["The agency"]).startswith("⚡ competes: Air strike Iraqi jets killed dozens")


def test_a_denial_in_part_is_never_a_plain_no(raid: Raid, analyst: Person) -> None:
    raid.file_all()
    cell = raid.row(page_of(get(analyst, "incident", raid.incident.uid)), raid.killed)[
        "The command"
    ]
    assert words(cell).startswith(
        "◐ No · answers in part says it is not so: its pilots had aimed at civilians"
    )
    assert "partial" in cell.get("class")


def test_a_rejection_in_part_names_what_it_rejects(raid: Raid, analyst: Person) -> None:
    factories.a_filing(raid.says_jets, raid.yes)
    factories.a_filing(
        raid.rejects, raid.yes, stance=Stance.REJECTS.value, extent=Extent.IN_PART.value
    )
    settle(raid.incident)
    page = page_of(get(analyst, "incident", raid.incident.uid))
    cell = raid.row(page, raid.killed)["The command"]
    assert words(cell).startswith("✕ rejects: Yes · answers in part says it is not so:")
    composition = words(select(page, f"#question-{raid.killed.uid} .composition")[0])
    assert composition == "Yes 1, rejected in part by 1 (the accused) · No 0"


def test_full_rejections_and_not_knowing_are_told_apart(raid: Raid, analyst: Person) -> None:
    unknown = factories.a_position(raid.cause, text="Does not know", competes=False, order=2)
    factories.a_filing(raid.rejects, raid.strike, stance=Stance.REJECTS.value)
    factories.a_filing(raid.says_jets, unknown)
    settle(raid.incident)
    cells = raid.row(page_of(get(analyst, "incident", raid.incident.uid)), raid.cause)
    assert words(cells["The command"]).startswith("✕ rejects: Air strike")
    assert "rejects" in cells["The command"].get("class")
    assert words(cells["The agency"]).startswith("? Does not know")


def test_silence_is_no_claim_recorded(raid: Raid, analyst: Person) -> None:
    factories.a_filing(raid.says_bomb, raid.bomb)
    raid.claim(raid.agency, "Punish those responsible", kind="demand")
    settle(raid.incident)
    page = page_of(get(analyst, "incident", raid.incident.uid))
    cell = raid.row(page, raid.cause)["The agency"]
    assert words(cell) == "no claim recorded (a demand, Example Wire ¶5) (1 not filed yet)"
    assert "silent" in cell.get("class")
    assert "Punish those responsible" in words(select(page, "#opinions")[0])
    assert "silent" not in words(page).lower()


def test_quotation_marks_stand_around_direct_speech_only(raid: Raid, analyst: Person) -> None:
    Claim.objects.filter(pk=raid.says_bomb.pk).update(speech="direct")
    raid.file_all()
    cells = raid.row(page_of(get(analyst, "incident", raid.incident.uid)), raid.cause)
    assert words(select(cells["The command"], "q")[0]) == "a car bomb went off by itself"
    assert "as reported by" not in words(cells["The command"])
    assert not select(cells["The agency"], "q")
    assert "as reported by Example Wire ¶4" in words(cells["The agency"])


def test_repeats_fold_into_one_statement(raid: Raid, analyst: Person) -> None:
    mirror = factories.an_article(
        raid.desk, TEXT, publisher=factories.a_source(raid.desk, name="Example Mirror")
    )
    again = raid.claim(raid.command, "a car bomb went off by itself", article=mirror)
    factories.a_link(again, Relation.RESTATES, raid.says_bomb)
    raid.file_all()
    page = page_of(get(analyst, "incident", raid.incident.uid))
    cell = raid.row(page, raid.cause)["The command"]
    assert "and 1 that repeats it" in words(cell)
    assert "Example Mirror ¶1" in words(select(cell, "details")[0])
    assert not select(page, "#unfiled"), "a repeat of what is filed needs no filing"


def test_an_undercut_claim_is_marked(raid: Raid, analyst: Person) -> None:
    factories.a_link(raid.says_jets, Relation.UNDERCUTS, raid.says_bomb)
    raid.file_all()
    page = page_of(get(analyst, "incident", raid.incident.uid))
    assert "reliability questioned" in words(raid.row(page, raid.cause)["The command"])
    assert "reliability questioned" not in words(raid.row(page, raid.cause)["The agency"])


# ---- beside the matrix ----


def test_the_header_counts_and_says_what_is_disputed(raid: Raid, analyst: Person) -> None:
    raid.file_all()
    revision = raid.article.revisions.get()
    for number in (1, 3, 4):
        ParagraphRead.objects.create(
            workspace=raid.desk, revision=revision, number=number, read_by=analyst.user
        )
    page = page_of(get(analyst, "incident", raid.incident.uid))
    assert words(select(page, ".head .badge")[0]) == "⚡ disputed: what caused the blast"
    meta = words(select(page, ".meta")[0])
    assert "7 December 2016" in meta
    assert "3 claims from 2 original sources on 2 sides, in 1 article (0 read to the end)" in meta
    ParagraphRead.objects.create(
        workspace=raid.desk, revision=revision, number=5, read_by=analyst.user
    )
    meta = words(select(page_of(get(analyst, "incident", raid.incident.uid)), ".meta")[0])
    assert "in 1 article (1 read to the end)" in meta


def test_competing_claims_stand_side_by_side(raid: Raid, analyst: Person) -> None:
    factories.a_link(raid.says_jets, Relation.CONTRADICTS, raid.says_bomb, basis="cause")
    raid.file_all()
    pairs = select(page_of(get(analyst, "incident", raid.incident.uid)), "#pairs")[0]
    (pair,) = select(pairs, ".pairs > li")
    one, other = select(pair, ".card")
    assert "a car bomb went off by itself" in words(one)
    assert "Iraqi jets killed dozens" in words(other)
    assert words(select(pair, ".versus")[0]) == "⚡ contradicts: cause"
    assert words(select(pairs, "h3")[0]) == "What caused the blast?"


def test_twenty_pairs_are_shown_and_the_rest_on_demand(raid: Raid, analyst: Person) -> None:
    factories.a_filing(raid.says_bomb, raid.bomb)
    for number in range(21):
        source = factories.a_source(raid.desk, name=f"Witness {number}")
        factories.a_filing(raid.claim(source, "Iraqi jets killed dozens"), raid.strike)
    settle(raid.incident)
    first = page_of(get(analyst, "incident", raid.incident.uid))
    assert len(select(first, ".pairs > li")) == 20
    assert words(select(first, "#pairs .pager a")[0]) == "Show all 21"
    every = page_of(get(analyst, "incident", raid.incident.uid, pairs="all"))
    assert len(select(every, ".pairs > li")) == 21


def test_what_does_not_count_is_listed_with_its_reason(raid: Raid, analyst: Person) -> None:
    raid.claim(raid.agency, "Iraqi jets killed dozens", status="draft")
    later = raid.claim(raid.command, "a car bomb went off by itself")
    factories.a_link(later, Relation.SUPERSEDES, raid.says_bomb)
    factories.a_filing(raid.says_bomb, raid.bomb)
    settle(raid.incident)
    page = page_of(get(analyst, "incident", raid.incident.uid))
    told = words(select(page, "#not-counted")[0])
    assert "draft The agency" in told
    assert "replaced by a later claim of the same source The command" in told
    assert "Car bomb" not in words(raid.row(page, raid.cause)["The command"])


def test_figures_stand_as_stated_and_denied_ones_are_left_out(raid: Raid, analyst: Person) -> None:
    factories.a_figure(
        raid.says_jets, status="civilian", low=24, low_basis="convention", as_stated="dozens"
    )
    factories.a_figure(raid.rejects, low=5, as_stated="five")
    raid.file_all()
    figures = select(page_of(get(analyst, "incident", raid.incident.uid)), "#figures")[0]
    (row,) = select(figures, "tbody tr")
    assert [words(cell) for cell in row][1:4] == [
        "killed, civilians",
        "dozens",
        "24 or more 24 by our convention",
    ]
    assert "Left out: 1 denied: what is denied is not claimed" in words(figures)


def test_statements_in_time_begin_with_the_event(raid: Raid, analyst: Person) -> None:
    raid.says_jets.said_from = dt.date(2016, 12, 8)
    raid.says_jets.save()
    raid.file_all()
    lines = select(page_of(get(analyst, "incident", raid.incident.uid)), ".timeline li")
    told = [words(line) for line in lines]
    assert told[0] == "7 December 2016 the event"
    assert told[1].startswith("8 December 2016 the day after The agency Iraqi jets killed dozens")
    assert told[2].startswith("date not known The command")


def test_links_are_said_in_words(raid: Raid, analyst: Person) -> None:
    factories.a_link(raid.rejects, Relation.DENIES, raid.says_jets)
    raid.file_all()
    link = select(page_of(get(analyst, "incident", raid.incident.uid)), "#links li")[0]
    assert words(link).startswith("The command ¶3 explicitly rejects The agency ¶4")


def test_parts_and_what_it_is_part_of(raid: Raid, analyst: Person) -> None:
    part = factories.an_incident(raid.desk, title="First strike", parent=raid.incident)
    assert "First strike" in words(
        select(page_of(get(analyst, "incident", raid.incident.uid)), "#parts")[0]
    )
    assert "part of" in words(select(page_of(get(analyst, "incident", part.uid)), ".meta")[0])


def test_an_incident_with_nothing_says_what_to_do(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk)
    assert "No questions yet" in get(analyst, "incident", incident.uid).content.decode()


def test_the_page_costs_as_many_queries_for_5_claims_as_for_30(raid: Raid, analyst: Person) -> None:
    raid.file_all()
    ask = partial(get, analyst, "incident", raid.incident.uid)
    ask()
    few = queries(ask)
    for number in range(27):
        source = factories.a_source(
            raid.desk,
            name=f"Witness {number}",
            side=factories.a_side(raid.desk),
            affiliation=raid.agency,
        )
        article = factories.an_article(raid.desk, TEXT, publisher=factories.a_source(raid.desk))
        claim = raid.claim(source, "Iraqi jets killed dozens", article=article)
        factories.a_figure(claim)
        factories.a_link(claim, Relation.CONTRADICTS, raid.says_bomb)
        factories.an_incident(raid.desk, parent=raid.incident)
        if number % 2:
            factories.a_filing(claim, raid.strike)
    settle(raid.incident)
    assert queries(ask) <= few + 2, "parts have questions and answers to fetch: once"


# ---- who may ----


def test_a_viewer_reads_without_forms(raid: Raid, viewer: Person) -> None:
    raid.file_all()
    page = page_of(get(viewer, "incident", raid.incident.uid))
    assert not select(page, "main form")
    assert get(viewer, "incident-edit", raid.incident.uid).status_code == 403
    for name in ("incident-edit", "incident-delete"):
        assert post(viewer, name, raid.incident.uid).status_code == 403
    assert post(viewer, "incident-new", title="Mine").status_code == 403


def test_an_outsider_is_told_that_nothing_is_there(world: World, outsider: Person) -> None:
    for name in ("incident", "incident-edit"):
        assert get(outsider, name, world.incident.uid).status_code == 404
    assert get(outsider, "incidents").status_code == 404


def test_another_desks_incident_is_not_there(world: World, analyst: Person) -> None:
    other = factories.an_incident(factories.a_workspace())
    assert get(analyst, "incident", other.uid).status_code == 404
    assert post(analyst, "incident-delete", other.uid, version=1).status_code == 404
    form = {"title": "Mine", "precision": "day", "location_precision": "town", "workflow": "open"}
    answer = post(analyst, "incident-new", **form, parent=other.uid, parent_name=str(other))
    assert answer.status_code == 422
    assert "not there" in answer.context["form"].errors["parent_name"][0]


# ---- the form ----

FORM = {"title": "A strike", "precision": "day", "location_precision": "town", "workflow": "open"}


def test_a_new_incident_gets_the_next_code_of_its_day(analyst: Person) -> None:
    answer = post(
        analyst, "incident-new", **FORM, occurred_from="2016-12-07", occurred_to="2016-12-08"
    )
    incident = Incident.objects.get(title="A strike")
    assert answer.headers["Location"] == at(analyst, "incident", incident.uid)
    assert incident.code == "20161207-01"
    assert incident.occurred_to == dt.datetime(2016, 12, 8, 23, 59, tzinfo=dt.UTC)


def test_what_is_wrong_stands_beside_its_field(analyst: Person) -> None:
    factories.an_incident(analyst.desk, code="X-1")
    wrong = {"occurred_from": "2016-12-08", "occurred_to": "2016-12-07", "latitude": "34"}
    errors = post(analyst, "incident-new", **FORM | wrong, code="X-1").context["form"].errors
    assert "before the start" in errors["occurred_to"][0]
    assert "both coordinates" in errors["longitude"][0]
    taken = post(analyst, "incident-new", **FORM, code="X-1")
    assert taken.status_code == 422
    assert "X-1" in taken.context["form"].errors["code"][0]
    assert (
        "Write it as"
        in (
            post(analyst, "incident-new", **FORM, occurred_from="then")
            .context["form"]
            .errors["occurred_from"][0]
        )
    )


def test_only_members_can_be_assigned(analyst: Person, outsider: Person) -> None:
    answer = post(analyst, "incident-new", **FORM, assignee=outsider.user.pk)
    assert "assignee" in answer.context["form"].errors
    post(analyst, "incident-new", **FORM, assignee=analyst.user.pk)
    assert Incident.objects.get().assignee == analyst.user


def test_part_of_is_found_by_its_code(analyst: Person) -> None:
    whole = factories.an_incident(analyst.desk, code="WHOLE-1")
    post(analyst, "incident-new", **FORM, parent_name="WHOLE-1")
    assert Incident.objects.get(title="A strike").parent == whole


def test_an_edit_is_saved(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk, code="A-1", latitude="34.37", longitude="41.09")
    shown = page_of(get(analyst, "incident-edit", incident.uid))
    assert select(shown, "[name=latitude]")[0].get("value") == "34.37"
    data = FORM | {"code": "A-1", "latitude": "34.37", "longitude": "41.1", "version": 1}
    assert post(analyst, "incident-edit", incident.uid, **data).status_code == 302
    incident.refresh_from_db()
    assert (incident.title, str(incident.longitude)) == ("A strike", "41.100000")


def test_a_stale_edit_gets_both_versions_and_can_be_saved_on_purpose(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk, code="A-1", title="Before")
    theirs = FORM | {"code": "A-1", "title": "Theirs", "version": 1}
    post(analyst, "incident-edit", incident.uid, **theirs)
    answer = post(analyst, "incident-edit", incident.uid, **theirs | {"title": "Mine"})
    assert answer.status_code == 409
    assert [tuple(row) for row in answer.context["rows"]] == [("Title", "Theirs", "Mine")]
    version = select(parsed(answer), "form [name=version]")[0].get("value")
    again = post(
        analyst, "incident-edit", incident.uid, **theirs | {"title": "Mine", "version": version}
    )
    assert again.status_code == 302
    incident.refresh_from_db()
    assert incident.title == "Mine"


def test_an_incident_with_claims_is_not_deleted(raid: Raid, analyst: Person) -> None:
    answer = analyst.client.post(
        at(analyst, "incident-delete", raid.incident.uid), {"version": 1}, follow=True
    )
    assert "still has claims" in answer.content.decode()
    assert Incident.objects.kept().filter(pk=raid.incident.pk).exists()


def test_an_empty_incident_is_deleted_with_its_questions(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk)
    factories.a_position(factories.a_question(incident))
    answer = post(analyst, "incident-delete", incident.uid, version=1)
    assert answer.headers["Location"] == at(analyst, "incidents")
    assert not Incident.objects.kept().exists()
    assert not Position.objects.kept().exists()


def test_a_stale_delete_changes_nothing(analyst: Person) -> None:
    incident = factories.an_incident(analyst.desk, version=2)
    post(analyst, "incident-delete", incident.uid, version=1)
    assert Incident.objects.kept().filter(pk=incident.pk).exists()


# ---- the list ----


def listed(answer: Any) -> list[str]:
    return [row.incident.title for row in answer.context["page"].rows]


def test_the_most_contested_come_first(raid: Raid, analyst: Person) -> None:
    raid.file_all()
    quiet = factories.an_incident(raid.desk, title="Quiet")
    settle(quiet)
    answer = get(analyst, "incidents")
    assert listed(answer) == ["The raid", "Quiet"]
    row = select(page_of(answer), "tbody tr")[0]
    assert words(select(row, ".badge")[0]) == "⚡ disputed: what caused the blast"
    assert words(select(row, ".composition")[0]) == (
        "What caused the blast? Car bomb 1 (the accused) · Air strike 1"
    )
    assert [words(cell) for cell in select(row, ".number")] == ["3", "2", "2"]


def test_pages_follow_one_another_without_gap(analyst: Person) -> None:
    for number in range(SIZE + 2):
        factories.an_incident(analyst.desk, title=f"N{number}", heat=number % 3)
    first = get(analyst, "incidents", workflow="open")
    more = select(page_of(first), "a[rel=next]")[0].get("href")
    assert "workflow=open" in more
    second = analyst.client.get(at(analyst, "incidents") + more)
    assert len(set(listed(first)) | set(listed(second))) == SIZE + 2
    assert len(listed(second)) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "raid"}, True),
        ({"q": "flood"}, False),
        ({"state": State.DISPUTED.value}, True),
        ({"state": State.UNANSWERED.value}, False),
        ({"workflow": "closed"}, False),
        ({"assignee": "nobody"}, True),
        ({"since": "2016-12-07", "until": "2016-12-07"}, True),
        ({"since": "2016-12-08"}, False),
        ({"until": "2016-12-06"}, False),
        ({"since": "2016-12-08", "until": "2016-12-07"}, False),
        ({"place": "qa'im"}, True),
        ({"place": "mosul"}, False),
        ({"source": "agency"}, True),
        ({"source": "nobody known"}, False),
        ({"assignee": "999999"}, False),
        ({"side": str(uuid4())}, False),
    ],
)
def test_filters_narrow_the_list(
    raid: Raid, analyst: Person, query: dict[str, str], found: bool
) -> None:
    raid.file_all()
    answer = get(analyst, "incidents", **query)
    assert listed(answer) == (["The raid"] if found else [])


@pytest.mark.parametrize("few", [incident_pick.FEW, 1])
def test_words_are_found_in_any_field_few_or_many(analyst: Person, few: int) -> None:
    factories.an_incident(analyst.desk, title="Мост взорван", code="UA-7")
    factories.an_incident(analyst.desk, title="A bridge", summary="the 12 bridges of UA-9")
    factories.an_incident(analyst.desk, title="A raid", place="Bridge Street")
    with patch.object(incident_pick, "FEW", few):
        assert set(listed(get(analyst, "incidents", q="ridge"))) == {"A bridge", "A raid"}
        assert listed(get(analyst, "incidents", q="Мост")) == ["Мост взорван"]
        assert listed(get(analyst, "incidents", q="ua-9")) == ["A bridge"]
        # Not over the border of two fields.
        assert listed(get(analyst, "incidents", q="7 Мост")) == []


def test_source_and_side_are_found_by_uid(raid: Raid, analyst: Person) -> None:
    raid.file_all()
    factories.an_incident(raid.desk)
    assert listed(get(analyst, "incidents", source=raid.agency.uid)) == ["The raid"]
    side = raid.agency.side
    assert side
    assert listed(get(analyst, "incidents", side=side.uid)) == ["The raid"]


def test_an_empty_desk_says_what_to_do(analyst: Person) -> None:
    assert "No incidents yet" in get(analyst, "incidents").content.decode()


def test_eleven_rows_cost_as_many_queries_as_one(analyst: Person) -> None:
    def a_full_one(number: int) -> None:
        incident = factories.an_incident(
            analyst.desk,
            assignee=analyst.user,
            parent=factories.an_incident(analyst.desk, title=f"Whole {number}"),
        )
        for _ in range(2):
            question = factories.a_question(incident)
            factories.a_position(question)

    a_full_one(0)
    ask = partial(get, analyst, "incidents")
    ask()
    one = queries(ask)
    for number in range(10):
        a_full_one(number + 1)
    assert queries(ask) == one


# ---- choosing one ----


def options(answer: Any) -> list[str]:
    return [option.get("data-label") for option in select(page_of(answer), "[role=option]")]


def test_an_incident_is_picked_by_code_title_or_nearly_so(raid: Raid, analyst: Person) -> None:
    code = raid.incident.code
    factories.an_incident(raid.desk, title="Flooding of the plain", code="F-1")
    label = f"{code} The raid"
    assert options(get(analyst, "incident-pick", q=code))[0] == label
    assert options(get(analyst, "incident-pick", q="the raid"))[0] == label
    assert options(get(analyst, "incident-pick", q="floodin plane"))[0] == (
        "F-1 Flooding of the plain"
    )
    assert options(get(analyst, "incident-pick", q="zzzz"))[-1] == "zzzz"
    assert len(options(get(analyst, "incident-pick"))) == 2


def test_the_best_title_comes_before_what_shares_its_place(analyst: Person) -> None:
    place = {"place": "al-Qa'im"}
    whole = factories.an_incident(analyst.desk, code="IQ-1", title="Strikes on al-Qa'im", **place)
    second = factories.an_incident(analyst.desk, code="IQ-13", title="Second strike", **place)
    within = factories.an_incident(analyst.desk, code="IQ-2", title="Iraqat", **place)
    first = factories.an_incident(analyst.desk, code="QA-7", title="Strikes elsewhere", **place)
    titled = factories.an_incident(analyst.desk, code="IQ-3", title="Qandil raid", **place)

    def offered(typed: str) -> list[str]:
        # The last one is a new incident.
        return options(get(analyst, "incident-pick", q=typed))[:-1]

    def names(*incidents: Incident) -> list[str]:
        return [str(incident) for incident in incidents]

    assert offered("qa") == names(first, titled, whole, within, second)
    assert offered("al-qa'im")[0] == str(whole)
    assert offered("qa'im strikes")[0] == str(whole)
    assert offered("iq-1")[:2] == names(whole, second)
    assert offered("strikes")[:2] == names(first, whole)


def test_who_may_not_write_is_offered_no_new_one(raid: Raid, viewer: Person) -> None:
    assert options(get(viewer, "incident-pick", q="zzzz")) == []


def test_another_desks_incidents_are_no_choice(analyst: Person) -> None:
    factories.an_incident(factories.a_workspace(), title="Secret")
    assert "Secret" not in get(analyst, "incident-pick", q="Secre").content.decode()
