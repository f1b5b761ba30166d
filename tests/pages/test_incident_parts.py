"""What stands beside the matrix: casualties, time, who is not heard, who repeats, sources, map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Assessment, Claim, ParagraphRead, Question
from claims.models.elsewhere import NEWEST
from claims.records import Relation
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words
from tests.pages.raid import TEXT, Raid, settle

pytestmark = pytest.mark.one_database


@pytest.fixture
def raid(analyst: Person) -> Raid:
    return Raid(analyst)


@pytest.fixture
def page(raid: Raid, analyst: Person) -> Callable[..., Any]:
    """The page as it is now."""

    def ask(**query: str) -> Any:
        settle(raid.incident)
        address = reverse("incident", args=[raid.desk.slug, raid.incident.uid])
        answer = analyst.client.get(address, query)
        assert answer.status_code == 200
        return parsed(answer)

    return ask


def repeat(raid: Raid, claim: Claim, outlet: str, **fields: Any) -> Claim:
    """The same statement in another outlet."""
    publisher = factories.a_source(raid.desk, name=outlet)
    article = factories.an_article(raid.desk, TEXT, publisher=publisher, published_on=NINTH)
    quote = claim.spans.get().quote
    again = raid.claim(claim.source, quote, article=article, **fields)
    factories.a_link(again, Relation.RESTATES, claim)
    return again


NINTH = dt.date(2016, 12, 9)


# ---- casualties ----


def drawn(page: Any) -> list[str]:
    return [svg.get("aria-label") for svg in select(page, "#figures li svg") if svg.get("role")]


def test_each_statement_is_a_strip_from_low_to_high(raid: Raid, page: Callable[..., Any]) -> None:
    agency = {"measure": "killed", "status": "civilian"}
    factories.a_figure(raid.says_jets, low=24, as_stated="dozens", low_basis="convention", **agency)
    again = repeat(raid, raid.says_jets, "Example Mirror")
    factories.a_figure(again, low=24, as_stated="dozens", low_basis="convention", **agency)
    hospital = raid.claim(factories.a_source(raid.desk, name="The hospital"), "killed dozens")
    factories.a_figure(hospital, low=None, high=12, as_stated="up to 12", **agency)
    found = page()
    assert drawn(found) == [
        "The hospital, “up to 12”: up to 12",
        "The agency, “dozens”: 24 or more",
    ]
    assert words(select(found, "#figures h3")[0]) == "killed, civilians"
    rows = select(found, ".strips > li")
    assert "24 by our convention · as reported by Example Wire ¶4 · and 1 that repeats it" in words(
        rows[1]
    )
    assert not select(found, "#figures [style]")


def test_the_accused_and_their_side_have_another_shape(
    raid: Raid, page: Callable[..., Any]
) -> None:
    allied = factories.a_source(raid.desk, name="The army", side=raid.command.side)
    for claim in (raid.says_jets, raid.says_bomb, raid.claim(allied, "a car bomb")):
        factories.a_figure(claim, low=3, high=3, as_stated="3")
    by_name = {words(select(row, "b")[0]): row for row in select(page(), ".strips > li")[:3]}
    assert not select(by_name["The agency"], "rect")
    for name, told in (("The command", "the accused"), ("The army", "on the side of the accused")):
        assert select(by_name[name], "svg rect")
        assert f"Government · {told}" in words(by_name[name])


def test_a_part_is_never_among_the_whole_and_our_sum_says_so(
    raid: Raid, page: Callable[..., Any]
) -> None:
    present = {"measure": "present", "status": "combatant", "group_as_stated": "fighters"}
    factories.a_figure(raid.says_bomb, part="first strike", low=25, high=25, **present)
    factories.a_figure(raid.says_bomb, part="second strike", low=30, high=40, **present)
    other = raid.claim(raid.agency, "killed dozens")
    factories.a_figure(other, low=50, high=50, as_stated="around 50", **present)
    found = page()
    panel = select(found, ".chart")[0]
    assert words(select(panel, ".hint")[0]) == "Present is not killed."
    assert [words(title) for title in select(panel, "h4")] == [
        "first strike: a part, not the whole",
        "second strike: a part, not the whole",
        "Our sums of parts: the sources give no such number",
    ]
    whole, *_, summed = [words(section) for section in select(panel, ".strips")][:-1]
    assert "around 50" in whole
    assert "first strike" not in whole
    assert "55 to 65 is our sum of first strike and second strike" in summed
    assert drawn(found)[-1] == "The command, our sum of first strike and second strike: 55 to 65"


def test_what_is_in_no_panel_is_told_with_the_reason(raid: Raid, page: Callable[..., Any]) -> None:
    factories.a_figure(raid.rejects, low=5, as_stated="five")
    raid.claim(raid.agency, "Punish those responsible", kind="demand")
    draft = raid.claim(raid.agency, "killed dozens", status="draft")
    factories.a_figure(draft, low=7)
    later = raid.claim(raid.command, "a car bomb went off")
    factories.a_link(later, Relation.SUPERSEDES, raid.says_bomb)
    factories.a_figure(raid.says_bomb, low=8)
    found = page()
    assert not select(found, ".chart .number")
    assert words(select(found, ".left-out summary")[0]) == (
        "Left out: 1 replaced by a later claim; 1 denied: what is denied is not claimed; "
        "1 in a claim that is draft"
    )
    assert len(select(found, ".left-out li")) == 3


def test_words_without_a_number_stand_in_a_row_without_a_strip(
    raid: Raid, page: Callable[..., Any]
) -> None:
    factories.a_figure(raid.says_jets, low=None, as_stated="many")
    found = page()
    assert drawn(found) == []
    assert "no number “many”" in words(select(found, ".strips > li")[0])


def test_a_hundred_figures_are_a_few_strips_and_a_table_on_demand(
    raid: Raid, page: Callable[..., Any]
) -> None:
    for number in range(70):
        factories.a_figure(raid.says_jets, low=number, high=number)
    found = page()
    assert len(drawn(found)) == 12
    assert "58 more, with higher numbers or none: in the table." in words(
        select(found, "#figures")[0]
    )
    assert len(select(found, "#figures tbody tr")) == 60
    assert words(select(found, "#figures .pager")[0]) == "Show all 70"
    assert len(select(page(figures="all"), "#figures tbody tr")) == 70


# ---- in time ----


def lanes(page: Any) -> list[str]:
    return [svg.get("aria-label") for svg in select(page, ".lanes li svg")]


def test_said_and_published_are_told_apart(raid: Raid, page: Callable[..., Any]) -> None:
    raid.article.published_on = dt.date(2016, 12, 8)
    raid.article.save()
    Claim.objects.filter(pk=raid.says_jets.pk).update(
        said_from=dt.date(2016, 12, 7), said_to=dt.date(2016, 12, 8), said_as_stated="overnight"
    )
    repeat(raid, raid.says_jets, "Example Mirror")
    found = page()
    assert lanes(found) == [
        "The agency: said 7 to 8 December 2016, published 8 to 9 December 2016",
        "The command: published 8 December 2016, said on a day that is not stated",
    ]
    assert select(found, ".lanes .days"), "one of several days is a range"
    assert select(found, ".lanes .open"), "a day not stated is open towards the past"
    assert select(found, "#timeline rect.event")
    told = [words(line) for line in select(found, ".timeline li")]
    assert told[1].startswith("7 to 8 December 2016 The agency Iraqi jets killed dozens ¶4")
    assert "said “overnight” · published 8 to 9 December 2016 · 2 articles" in told[1]
    assert told[2].startswith("8 December 2016 (published) The command")


@pytest.mark.parametrize(
    ("day", "after"),
    [(6, "before the event"), (7, "the same day"), (8, "the day after"), (17, "10 days after")],
)
def test_when_it_was_said_is_set_against_the_event(
    raid: Raid, page: Callable[..., Any], day: int, after: str
) -> None:
    Claim.objects.filter(pk=raid.says_jets.pk).update(said_from=dt.date(2016, 12, day))
    assert f"{day} December 2016 {after} The agency" in words(select(page(), ".timeline")[0])


def test_within_an_event_of_days_nothing_is_said_of_after(
    raid: Raid, page: Callable[..., Any]
) -> None:
    raid.incident.occurred_to = dt.datetime(2016, 12, 9, tzinfo=dt.UTC)
    raid.incident.save()
    Claim.objects.filter(pk=raid.says_jets.pk).update(said_from=dt.date(2016, 12, 8))
    assert "8 December 2016 The agency" in words(select(page(), ".timeline")[0])


def test_many_sources_have_a_few_lanes(raid: Raid, page: Callable[..., Any]) -> None:
    for number in range(13):
        source = factories.a_source(raid.desk, name=f"Witness {number}")
        raid.claim(source, "killed dozens", said_from=dt.date(2016, 12, 8))
    found = page()
    assert len(lanes(found)) == 12
    assert "1 more source spoke later" in words(select(found, "#timeline")[0])


# ---- not yet heard ----


def test_the_accused_who_said_nothing_recorded_come_first(
    raid: Raid, page: Callable[..., Any]
) -> None:
    pilots = factories.a_source(raid.desk, name="The air force")
    raid.claim(raid.agency, "Iraqi jets", accused=pilots)
    raid.file_all()
    told = words(select(page(), "#unheard")[0])
    assert "The air force is accused; no claim of its own is recorded here." in told
    assert "The command is accused" not in told


def test_questions_name_the_accused_first(raid: Raid, page: Callable[..., Any]) -> None:
    for number in range(6):
        witness = factories.a_source(raid.desk, name=f"Witness {number}")
        raid.claim(witness, "Iraqi jets killed dozens")
    factories.a_filing(raid.says_jets, raid.strike)
    told = words(select(page(), "#unheard")[0])
    assert (
        "What caused the blast? No claim recorded from The command (accused), "
        "Witness 0, Witness 1, Witness 2 or 3 others."
    ) in told


def test_what_is_not_read_is_no_silence(
    raid: Raid, analyst: Person, page: Callable[..., Any]
) -> None:
    told = words(select(page(), "#unheard")[0])
    assert "1 article of this incident is not fully read:" in told
    assert "(3 of 4 paragraphs)" in told
    assert "“No claim recorded” is not silence." in told
    ParagraphRead.objects.create(
        workspace=raid.desk,
        revision=raid.article.revisions.get(),
        number=5,
        read_by=analyst.user,
    )
    raid.file_all()
    for claim in (raid.says_bomb, raid.says_jets):
        for answer in (raid.bomb, raid.strike):
            if not claim.filings.filter(position=answer).exists():
                factories.a_filing(claim, answer, stance="rejects")
    assert not select(page(), "#unheard")


# ---- repeats ----


def test_who_repeats_whom_and_who_tells_it_differently(
    raid: Raid, page: Callable[..., Any]
) -> None:
    factories.a_figure(raid.says_jets, low=24, as_stated="dozens")
    again = repeat(raid, raid.says_jets, "Example Mirror")
    factories.a_figure(again, low=100, as_stated="a hundred")
    later = raid.claim(raid.command, "its pilots had aimed at civilians")
    factories.a_link(later, Relation.SUPERSEDES, raid.rejects)
    told = words(select(page(), "#repeats")[0])
    assert "The agency: Iraqi jets killed dozens 2 articles carry it" in told
    assert "numbers differ from the first report: “dozens”, as reported by Example Wire ¶4" in told
    assert "Replaced by the source itself: The command: its pilots had aimed at civilians" in told
    assert "the first report says it is not so" in told


def test_two_answers_of_one_source_are_told(raid: Raid, page: Callable[..., Any]) -> None:
    factories.a_filing(raid.says_bomb, raid.bomb)
    factories.a_filing(raid.claim(raid.command, "Iraqi jets"), raid.strike)
    told = words(select(page(), "#repeats")[0])
    assert (
        "The command gives 2 answers to “What caused the blast?”: Car bomb; Air strike. "
        "Only one can be so."
    ) in told


def test_nothing_repeated_no_panel(page: Callable[..., Any]) -> None:
    assert not select(page(), "#repeats")


# ---- sources ----


def test_sources_with_what_they_said_elsewhere(raid: Raid, page: Callable[..., Any]) -> None:
    other = factories.an_incident(raid.desk, code="X-2")
    for _ in range(2):
        raid.claim(raid.command, "a car bomb", incident=other)
    raid.claim(raid.command, "a car bomb", incident=other, status="draft")
    settle(other)
    told = words(select(page(), "#sources")[0])
    assert "2 original sources, in 1 outlet." in told
    assert "The command accused Government · 2 claims Elsewhere: 2 on X-2" in told
    assert "The agency Armed group · 1 claim" in told
    assert "Example Wire 3 claims in 1 article" in told


def test_of_a_source_with_much_to_say_the_newest_are_counted(
    raid: Raid, page: Callable[..., Any]
) -> None:
    other = factories.an_incident(raid.desk, code="X-2")
    user = factories.a_user()
    Claim.objects.bulk_create(
        Claim(
            workspace=raid.desk,
            article=raid.article,
            incident=other,
            source=raid.command,
            annotator=user,
            live=True,
        )
        for _ in range(NEWEST + 5)
    )
    told = words(select(page(), "#sources")[0])
    assert f"Of its newest {NEWEST} claims elsewhere: {NEWEST} on X-2" in told


def judged(raid: Raid, code: str) -> Question:
    """Another incident, where the command holds "Yes" under a verdict that leans to "No"."""
    other = factories.an_incident(raid.desk, code=code)
    question = factories.a_question(other, text="Was it hit?")
    yes, no = (factories.a_position(question, text=text) for text in ("Yes", "No"))
    factories.a_filing(raid.claim(raid.command, "a car bomb", incident=other), yes)
    factories.an_assessment(question, verdict="leans", position=no)
    settle(other)
    return question


def test_what_a_source_holds_elsewhere_stands_beside_the_verdict_there(
    raid: Raid, page: Callable[..., Any], reviewer: Person
) -> None:
    for code in ("X-3", "X-4", "X-5"):
        other = factories.an_incident(raid.desk, code=code)
        for _ in range(2):
            raid.claim(raid.command, "a car bomb", incident=other)
        settle(other)
    question = judged(raid, "X-2")
    told = words(select(page(), "#sources")[0])
    assert "Elsewhere: 1 on X-2, 2 on X-5, 2 on X-4 and 1 more incident" in told
    assert "Was it hit? (X-2) held: Yes. Verdict there: leans to: No." in told
    Assessment.objects.update(wants_second=True)
    settle(question.incident)
    address = reverse("incident", args=[raid.desk.slug, raid.incident.uid])
    blind = words(select(parsed(reviewer.client.get(address)), "#sources")[0])
    assert "Was it hit? (X-2) held: Yes. A verdict there is shown once you have decided." in blind
    assert "leans to" not in blind


def test_a_source_shows_its_letter_where_the_desk_rates_sources(
    raid: Raid, page: Callable[..., Any]
) -> None:
    factories.a_rating(raid.command, reliability="C")
    assert "reliability" not in words(select(page(), "#sources")[0])
    raid.desk.uses_reliability = True
    raid.desk.save()
    assert "Government · reliability C · 2 claims" in words(select(page(), "#sources")[0])


# ---- the map ----


def test_there_is_no_map_without_coordinates(page: Callable[..., Any]) -> None:
    assert not select(page(), "#map")


def test_the_map_names_what_is_nearby(raid: Raid, page: Callable[..., Any]) -> None:
    raid.incident.latitude, raid.incident.longitude = "34.37", "41.09"
    raid.incident.location_precision = "town"
    raid.incident.save()
    spots = {"Here": ("34.37", "41.09"), "Near": ("34.5", "41.1"), "Far": ("34.37", "42.5")}
    for title, (north, east) in spots.items():
        factories.an_incident(raid.desk, title=title, latitude=north, longitude=east)
    factories.an_incident(factories.a_workspace(), latitude="34.37", longitude="41.09")
    found = select(page(), "#map")[0]
    assert "34.37° N, 41.09° E (town)" in words(found)
    near = [words(one) for one in select(found, "li")]
    assert len(near) == 2
    assert near[0].endswith("Here the same coordinates")
    assert near[1].endswith("Near about 14 km")
    label = select(found, "svg")[0].get("aria-label")
    assert label.endswith("town, with a ring of 5 km; 2 other incidents on the map")


def test_nearby_goes_on_across_the_date_line(raid: Raid, page: Callable[..., Any]) -> None:
    for east, other in (("179.9", "-179.9"), ("-179.9", "179.9")):
        raid.incident.latitude, raid.incident.longitude = "0", east
        raid.incident.save()
        there = factories.an_incident(raid.desk, latitude="0", longitude=other)
        assert len(select(page(), "#map li")) == 1
        there.delete()


# ---- the way around, and what it costs ----


def test_the_way_around_leads_to_what_is_there(raid: Raid, page: Callable[..., Any]) -> None:
    raid.file_all()
    found = page()
    links = select(found, ".contents a")
    assert len(links) >= 5
    for link in links:
        assert select(found, link.get("href")), words(link)


def test_of_many_questions_those_that_matter_stand_open(
    raid: Raid, page: Callable[..., Any]
) -> None:
    for number in range(4):
        factories.a_question(raid.incident, text=f"And {number}?", order=number + 2)
    found = page()
    open_rows = select(found, "#matrix > .scroll tbody tr")
    assert [row.get("id") for row in open_rows] == [f"question-{raid.cause.uid}"]
    assert words(select(found, "#matrix .more summary")[0]).startswith("5 more questions, not key:")
    assert len(select(found, "#matrix .more tbody tr")) == 5


def test_more_of_everything_costs_no_more_queries(
    raid: Raid, page: Callable[..., Any], analyst: Person
) -> None:
    raid.incident.latitude, raid.incident.longitude = "34.37", "41.09"
    raid.incident.save()
    raid.file_all()

    def grow(number: int) -> None:
        other = factories.an_incident(raid.desk, latitude="34.4", longitude="41.1")
        blamed = factories.a_source(raid.desk)
        source = factories.a_source(raid.desk, side=factories.a_side(raid.desk))
        claim = raid.claim(source, "killed dozens", accused=blamed, said_from=NINTH)
        for status in ("civilian", "unknown"):
            factories.a_figure(claim, status=status, part=f"part {number}")
        factories.a_figure(repeat(raid, claim, f"Outlet {number}"), low=3)
        raid.claim(source, "killed dozens", incident=other)
        settle(other)
        judged(raid, f"Y-{number}")

    def cost() -> int:
        settle(raid.incident)
        address = reverse("incident", args=[raid.desk.slug, raid.incident.uid])
        with CaptureQueriesContext(connection) as seen:
            analyst.client.get(address)
        return len(seen)

    grow(0)
    cost()
    one = cost()
    for number in range(10):
        grow(number + 1)
    assert cost() == one
