"""What a text's attributions are proposed as, and that no text harms the rules."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.records import ClaimKind, Polarity, Speech
from claims.suggester.known import KnownSource
from claims.suggester.shapes import Found
from claims.suggester.suggest import Attribution, suggest

AUTHORITY = KnownSource("authority", ("Valley Port Authority", "VPA"))


def one(text: str, *sources: KnownSource) -> Attribution:
    return suggest(text, sources=sources)[-1]


def test_how_it_reads() -> None:
    text = "On Monday the Valley Port Authority denied that nine residents had died."
    found = one(text, AUTHORITY)
    assert found.engine == "rules"
    assert 0 < found.score < 1
    assert found.polarity is Polarity.DENIES
    assert found.kind is ClaimKind.FACTUAL
    assert found.speech is Speech.INDIRECT
    assert found.source_ids == ("authority",)
    assert found.source_name == "Valley Port Authority"
    assert not found.unnamed
    assert [figure.as_stated for figure in found.figures] == ["nine"]


def test_a_quotation_in_two_parts_is_direct() -> None:
    assert one("“We ran,” she said. “It was dark.”").speech is Speech.DIRECT
    assert one("The plan “is a disaster,” she said. “It was dark.”").speech is Speech.MIXED


def test_when_it_was_said() -> None:
    assert one("The army said on Monday that the road was open.").said_words == "on Monday"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The VPA closed the quay. The VPA said it was unsafe.", "VPA"),
        ("Ann Lee said it rained. She added that it was cold.", "Ann Lee"),
        (
            "The Valley Port Authority said it rained. The authority added that it was cold.",
            "Valley Port Authority",
        ),
        ("The statement said that it was cold.", ""),
        ("The owner of the authority said it rained. The mill added that it was cold.", "mill"),
        ("The army said it rained. The army added that it was cold.", "army"),
        ("Amaq, an outlet close to the group, said it rained.", "Amaq"),
        ("“It rained,” said Ann Lee, a baker.", "Ann Lee"),
    ],
)
def test_whose_it_is(text: str, name: str) -> None:
    assert one(text).source_name == name


def test_a_known_source_goes_by_its_name() -> None:
    text = "The VPA said it rained. The authority added that it was cold."
    assert [found.source_name for found in suggest(text, None, [AUTHORITY])] == [
        "Valley Port Authority"
    ] * 2


def test_an_unnamed_source() -> None:
    found = one("Valley officials said the road was open.")
    assert found.unnamed
    assert found.source_name == "Valley officials"


class Learned:
    """Finds the same in every text."""

    def __init__(self, *found: Found) -> None:
        self.found = found

    def find(self, text: str, language: str | None) -> Sequence[Found]:
        return self.found

    def to_bytes(self) -> bytes:
        return b""


def test_a_model_reads_instead_of_the_rules() -> None:
    text = "The army crowed the road was open. Nobody came."
    who, cue, what = (0, 8), (9, 15), (16, 33)
    late = Found((), (), ((35, 46),), 0.4, ("seen before",))
    model = Learned(late, Found((who,), (cue,), (what,), 0.8, ("seen before",)))
    first, second = suggest(text, "en", model=model)
    assert (first.engine, first.score, first.reasons) == ("learned", 0.8, ("seen before",))
    assert (first.source_name, first.polarity) == ("army", Polarity.ASSERTS)
    assert (second.content, second.source_name) == (((35, 46),), "")
    assert model.to_bytes() == b""


def test_a_language_without_a_data_file() -> None:
    text = "“Ni frans”, sa hon."
    assert suggest(text, "sv") == []
    found = Found((), (), ((0, 10),), 0.8, ("seen before",))
    assert [each.speech for each in suggest(text, "sv", model=Learned(found))] == [Speech.DIRECT]


MARKS = "“ ” \" '' ‘ ’ « » ( ) , . : ; — 👩‍👩‍👧 \u202e \u0301".split()
WORDS = """said says that the army of who which and but according to his claim is told by Ann Lee
expected saying 50,000 в что قال أن""".split()
PARTS = [*MARKS, *WORDS, "\n", "\u00a0"]


@given(st.lists(st.sampled_from(PARTS), max_size=40), st.sampled_from([None, "ar", "ru", "en"]))
def test_every_piece_lies_in_the_text_in_order(parts: list[str], language: str | None) -> None:
    text = " ".join(parts)
    for found in suggest(text, language):
        assert found.content
        for pieces in (found.source, found.cue, found.content):
            flat = [offset for piece in pieces for offset in piece]
            assert flat == sorted(flat)
            assert all(0 <= low < high <= len(text) for low, high in pieces)


SENTENCE = "The army said “the road” was open, and Ann Lee, who fled, denied that it was. "


@pytest.mark.parametrize(
    "text",
    [
        "said" * 25_000,
        "“" * 5_000 + "he said",
        "he said “" * 1_000,
        "’" * 20_000,
        "the army said that " * 200,
        SENTENCE * 100,
        "👩‍👩‍👧 said, " * 1_000,
        "(" * 5_000 + "the army said it",
        "who, which, " * 1_000 + "said",
        "\u202eقال " * 300,
    ],
    ids=range(10),
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    suggest(text)
    assert time.process_time() - started < 5
