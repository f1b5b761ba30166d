"""A selection that takes half of a word is told from one that does not."""

from __future__ import annotations

import pytest

from claims.anchoring.cut import cut


def cuts(text: str) -> tuple[str, str]:
    """What is cut by the piece between the two bars."""
    start, end = text.index("|"), text.rindex("|") - 1
    return cut(text.replace("|", ""), start, end)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It k|illed doz|ens there", "killed", "dozens"),
        ("It |killed| dozens", "", ""),
        ("|It killed dozens|", "", ""),
        ("k|ill|ed", "killed", "killed"),
        # A possessive and a part between hyphens are chosen on purpose.
        ("|Iraq|'s army", "", ""),
        ("near al-|Qa'im|.", "", ""),
        ("|30|,000 fled", "", "30,000"),
        ("some 5|.5 million|", "5.5", ""),
        ("in |2016|, they fled", "", ""),
        ("the caf|e\u0301s|", "cafe\u0301s", ""),
        ("💥|boom|💥", "", ""),
        # "And", "in" are written together with the Arabic word; the half of a word is a half.
        ("و|قال المسعفون| إن", "", ""),
        ("|المسعف|ون إن", "", "المسعفون"),
        # Words without spaces have no end that could be seen.
        ("多|くの人が|死んだ", "", ""),
        ("มี|ผู้เสีย|ชีวิต", "", ""),
        ("|정부|는 말했다", "", ""),
    ],
)
def test_half_of_a_word_is_named(text: str, first: str, last: str) -> None:
    assert cuts(text) == (first, last)


def test_a_word_of_any_length_takes_no_longer() -> None:
    assert cut("a" * 1_000_000, 10, 500_000).last == "a" * 200
