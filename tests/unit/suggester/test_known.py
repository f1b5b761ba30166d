"""Which known source the words for a speaker mean."""

from __future__ import annotations

import pytest

from claims.suggester.known import KnownSource, is_unnamed, matches, name_of
from claims.suggester.lexicon import load

EN = load("en")
JOINT = KnownSource("joint", ("Joint Operations Command", "JOC"))
CENTRAL = KnownSource("central", ("Central Command",))
SPEAKER = KnownSource("speaker", ("Salim al-Jabouri",))
ARMY = KnownSource("army", ("Iraqi army",))
DEFENCE = KnownSource("defence", ("Ministry of Defence", "MoD"))
DESK = KnownSource("desk", ("Monitors of Diyala", "MoD"))
SADA = KnownSource("sada", ("Sada",))
ALL = [JOINT, CENTRAL, SPEAKER, ARMY, DEFENCE, DESK, SADA]


def ids(phrase: str, before: str = "") -> tuple[str, ...]:
    return matches(phrase, before + " " + phrase, len(before) + 1, ALL, EN)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("the Joint Operations Command", ("joint",)),
        ("Iraq's Joint Operations Command (JOC)", ("joint",)),
        ("The JOC", ("joint",)),
        ("Parliament Speaker Salim al-Jabouri", ("speaker",)),
        ("Salim al Jabouri", ("speaker",)),
        ("Al-Jabouri", ("speaker",)),
        ("a spokesman for the Iraqi army", ("army",)),
        ("the Ministry of Defence in Baghdad", ("defence",)),
        ("Sada in Homs", ("sada",)),
        ("residents near Sada", ()),
        ("residents near the Iraqi army", ()),
        ("Iraqi officials", ()),
        ("a command", ()),
        ("the JOC's critics", ()),
        ("—", ()),
    ],
)
def test_by_names_aliases_and_acronyms(phrase: str, found: tuple[str, ...]) -> None:
    assert ids(phrase) == found


def test_a_shared_alias_is_a_choice() -> None:
    assert set(ids("MoD")) == {"defence", "desk"}


def test_of_a_shared_alias_the_one_named_before_comes_first() -> None:
    assert ids("MoD", "The Monitors of Diyala met.")[0] == "desk"
    assert ids("MoD", "The Ministry of Defence met.")[0] == "defence"


def test_a_description_is_the_one_named_last() -> None:
    assert ids("the command", "The Joint Operations Command spoke.") == ("joint",)
    assert ids("the command", "The JOC spoke. Then Central Command did.") == ("central",)


def test_a_name_within_a_longer_word_names_nobody() -> None:
    guards = [KnownSource("coast", ("Coast Guard",)), KnownSource("home", ("Home Guard",))]
    text = "The Home Guard and the Coast Guard met. The Home Guardian wrote about it. The guard"
    assert matches("The guard", text, text.index("The guard"), guards, EN) == ("coast",)


def test_a_description_of_one_never_named_is_nobody() -> None:
    assert ids("the command") == ()


def test_a_description_is_not_the_known_one_when_a_stranger_was_named_since() -> None:
    assert ids("the command", "The JOC spoke. Then Northern Command did.") == ()


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the command", "command"),
        ("Iraq's Joint Operations Command (JOC)", "Iraq's Joint Operations Command"),
        ("A statement by the army", "army"),
        ("The mayor, Ahmed Ali", "Ahmed Ali"),
        ("a spokesman for the army", "spokesman for the army"),
    ],
)
def test_the_name_is_cleaned(phrase: str, name: str) -> None:
    assert name_of(phrase, EN) == name


@pytest.mark.parametrize(
    ("phrase", "unnamed"),
    [
        ("A hospital medic", True),
        ("some residents", True),
        ("Valley officials", True),
        ("The Northern Command", False),
        ("Iraqi army", False),
        ("Anna Official", False),
        ("", False),
    ],
)
def test_who_is_told_of_without_a_name(phrase: str, unnamed: bool) -> None:
    assert is_unnamed(phrase, load("en")) is unnamed


def test_where_a_language_has_no_such_words_nobody_is_taken_for_unnamed() -> None:
    assert not is_unnamed("المسعفون", load("ar"))
