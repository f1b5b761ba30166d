"""Names that may be one source's, incidents that may be one, texts that carry the same story."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.suggester.competing import alike
from claims.suggester.competing.events import Event, likely, same_event
from claims.suggester.competing.prints import BANDS, prints, runs, shared

DAY = dt.date(2016, 12, 7)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("JOC", "the Joint Operations Command", "are the initials of"),
        ("Joint Operations Command", "JOC", "are the initials of"),
        ("The Coalition", "Coalition", "the same name, but for small words"),
        ("Defence Ministry", "Ministry of Defence", "the same words in another order"),
        ("Salim al-Jabouri", "Salim al-Jaburi", "spelt almost the same: “jabouri” and “jaburi”"),
        ("Karbouli", "Karbuoli", "spelt almost the same"),
        ("Karbouli", "Mohammed al-Karbouli", "the one name is the other with “mohammed”"),
    ],
)
def test_names_that_may_be_one(one: str, other: str, why: str) -> None:
    found = alike(one, other)
    assert found is not None
    assert why in found[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Defence (Iraq)", "Ministry of Defence (United Kingdom)"),
        ("Ministry of Health", "Ministry of Trade"),
        ("Ali A", "Ali B"),
        ("the", "JOC"),
        ("Amaq", "Coalition"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert alike(one, other) is None


def test_the_incidents_that_a_text_is_likely_about() -> None:
    raid = Event(1, "Strikes on al-Qa'im", "al-Qa'im, Anbar", DAY)
    older = Event(2, "Strikes on al-Qa'im", "al-Qa'im, Anbar", DAY - dt.timedelta(5))
    other = Event(3, "Flood", "Basra", DAY)
    used = Event(4, "Villages", "Mosul", None, own=2)
    text = "Jets bombed al Qaim twice, residents of Anbar said. Strikes went on."
    found = likely(text, DAY + dt.timedelta(1), [other, older, raid, used])
    assert [one.id for one in found] == [1, 4, 2]
    assert found[0].why == (
        "it names al-Qa'im; it has words of its title: strikes; published soon after it"
    )
    assert found[1].reasons == ("other claims of this article are about it",)
    assert likely(text, None, [other]) == []


def test_incidents_of_one_place_and_day_may_be_one() -> None:
    one = Event(1, "Strikes on al-Qa'im", "al-Qa'im, Anbar", DAY)
    same = same_event(one, Event(2, "Raid on Qaim: strikes", "Qaim", DAY))
    assert same is not None
    assert same.why == "the same place (Qaim); the same day; both titles have “qaim strik”"
    late = same_event(one, Event(3, "Bombing", "al-Qa'im", DAY + dt.timedelta(1)))
    assert late is not None
    assert late.reasons == ("the same place (al-Qa'im)", "a day apart")
    assert late.score < same.score


@pytest.mark.parametrize(
    "other",
    [
        Event(2, "Strikes", "Mosul", DAY),
        Event(2, "Strikes", "al-Qa'im", DAY + dt.timedelta(2)),
        Event(2, "Strikes", "al-Qa'im", None),
        Event(2, "Strikes", "Mosul, Anbar, Iraq", DAY),
        Event(2, "Strikes", "", DAY),
    ],
)
def test_incidents_that_are_two(other: Event) -> None:
    assert same_event(Event(1, "Strikes", "al-Qa'im, Anbar, Iraq", DAY), other) is None


STORY = " ".join(f"word{n} of the story that was told on day {n % 7}" for n in range(80))


def test_one_story_on_two_sites_shares_a_print_and_most_of_its_words() -> None:
    copied = f"From our agency. {STORY} Follow us for more."
    assert set(prints(STORY)) & set(prints(copied))
    assert shared(runs(STORY), runs(copied)) == 1.0
    other = " ".join(f"harvest{n} was good in village {n}" for n in range(80))
    assert not set(prints(STORY)) & set(prints(other))
    assert shared(runs(STORY), runs(other)) == 0.0


def test_a_print_is_eight_numbers_that_a_database_can_keep() -> None:
    assert len(prints(STORY)) == BANDS
    assert all(0 <= value < 2**63 for value in prints(STORY))
    assert len(set(prints("five words are one run"))) == BANDS
    assert prints("too short for one") == ()
    assert shared(runs("too short"), runs(STORY)) == 0.0
