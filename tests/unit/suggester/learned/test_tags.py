"""What a tagger learns from: a tag for each word of what a desk approved."""

from __future__ import annotations

from claims.suggester.learned.tags import tags
from claims.suggester.learned.words import passages
from claims.suggester.shapes import Found, Piece

TEXT = "“The road is closed,” Rami said, “and stays so,” as Sami told us.\nIt rained."


def made(source: str, cue: str, *contents: str) -> Found:
    def at(words: str) -> Piece:
        start = TEXT.index(words)
        return start, start + len(words)

    parts = tuple(at(one) for one in contents)
    return Found((at(source),), (at(cue),), parts, score=1.0, reasons=())


def told(*attributions: Found) -> list[tuple[str, str, str]]:
    passage = passages(TEXT)[0]
    cues, contents = tags(passage, attributions)
    return [row for row in zip(passage.words, cues, contents, strict=True) if set(row[1:]) != {"O"}]


def test_a_divided_content_has_its_reporting_words_between() -> None:
    assert told(made("Rami", "said", "The road is closed", "and stays so")) == [
        ("The", "O", "BX"),
        ("road", "O", "IX"),
        ("is", "O", "IX"),
        ("closed", "O", "IX"),
        ("Rami", "S", "S"),
        ("said", "QX", "Q"),
        ("and", "O", "BY"),
        ("stays", "O", "IY"),
        ("so", "O", "IY"),
    ]


def test_of_two_contents_over_one_another_the_first_counts() -> None:
    both = told(made("Sami", "told", "The road"), made("Rami", "said", "The road is closed"))
    assert [row[2] for row in both][:4] == ["BB", "IB", "IB", "IB"]


def test_what_stands_in_another_paragraph_is_left_out() -> None:
    assert told(made("Rami", "said", "It rained")) == [("Rami", "S", "S"), ("said", "QA", "Q")]
