from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.importers.boilerplate import (
    ADVERT,
    COMMENTS,
    CREDIT,
    MORE,
    RIGHTS,
    SHARING,
    TAGS,
    drop,
    suspects,
)
from claims.importers.page import ReadError


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Soldiers stand beside a burned truck in the town on Monday. (Photo by AFP)", CREDIT),
        ("A crowd outside the hospital, 3 May. (AP Photo/Jane Doe)", CREDIT),
        ("Rescue workers at dawn [Karim Aziz/Getty Images]", CREDIT),
        ("Photo: Jane Doe", CREDIT),
        ("جنود قرب المدينة يوم الاثنين (تصوير: سالم)", CREDIT),
        ("صورة: رويترز", CREDIT),
        ("Жители у больницы (фото: РИА)", CREDIT),
        ("No comments:", COMMENTS),
        ("Post a Comment", COMMENTS),
        ("12 comments", COMMENTS),
        ("Leave a reply", COMMENTS),
        ("لا توجد تعليقات", COMMENTS),
        ("Комментарии (3)", COMMENTS),
        ("Share this article", SHARING),
        ("Share", SHARING),
        ("Subscribe to our newsletter", SHARING),
        ("Follow us on Telegram", SHARING),
        ("تابعونا على فيسبوك", SHARING),
        ("Поделиться", SHARING),
        ("Read more: the valley in pictures", MORE),
        ("Related articles", MORE),
        ("اقرأ أيضا: من يحكم الوادي", MORE),
        ("Читайте также: что известно о взрыве", MORE),
        ("ADVERTISEMENT", ADVERT),
        ("إعلان", ADVERT),
        ("Реклама", ADVERT),
        ("Tags: valley, depot", TAGS),
        ("#depot #valley", TAGS),
        ("الكلمات المفتاحية: الوادي", TAGS),
        ("Теги: долина", TAGS),
        ("© 2021 Valley Wire", RIGHTS),
        ("جميع الحقوق محفوظة", RIGHTS),
        ("Все права защищены", RIGHTS),
    ],
)
def test_lines_that_are_not_the_article(line: str, reason: str) -> None:
    assert suspects(f"A sentence of news.\n\n  {line}\u00a0\nAnother.") == {3: reason}


@pytest.mark.parametrize(
    "line",
    [
        "The ministry shared photos by a resident that show a burned house.",
        "Commenting on the strike, the speaker asked for an inquiry.",
        "Comments by the governor angered the families of the dead.",
        "Share prices fell after the blast at the depot, traders said.",
        "Save the Children said eleven people were hurt.",
        (
            "Related families fled together, the rights desk said in its report on it, and it "
            "named forty of them, with the villages that they had left and the roads they took."
        ),
        (
            "More on the ground knew of it than would say so, a resident told us over many "
            "hours of talk in a tea house near the river, with two of his brothers listening."
        ),
        "Print shops closed on Friday.",
        "Images from the town (verified by two outlets) show smoke.",
        "Topics ranged from water to land.",
        "Watch towers stood empty.",
        "Facebook said it removed the video.",
        "وأعلن المتحدث أن التحقيق مستمر.",
        "Рекламации не поступали, заявили власти.",
    ],
)
def test_lines_of_the_article_are_left_alone(line: str) -> None:
    assert suspects(line) == {}


def test_a_hostile_line_takes_no_time() -> None:
    assert suspects("(photo by " * 200_000) == {}


def test_dropping_keeps_all_else() -> None:
    text = "\nOne \n\n\n  Two\nNo comments:\nThree\u00a0\nPost a Comment\n\n"
    assert drop(text, [6, 8]) == "One \n\n\n  Two\nThree\u00a0"
    assert drop(text, [2, 6, 8]) == "  Two\nThree\u00a0"
    assert drop("One\nTwo", []) == "One\nTwo"


@pytest.mark.parametrize(
    ("numbers", "message"), [([3], "no paragraph 3"), ([0], "0"), ([1], "left")]
)
def test_what_cannot_be_dropped(numbers: list[int], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        drop("One\n", numbers)


@given(st.lists(st.text("ab \u00a0👍", max_size=4), min_size=1, max_size=8), st.data())
def test_the_kept_lines_stay_in_order(lines: list[str], data: st.DataObject) -> None:
    numbers = data.draw(st.sets(st.integers(1, len(lines))))
    kept = [line for number, line in enumerate(lines, 1) if number not in numbers]
    try:
        left = drop("\n".join(lines), numbers).split("\n")
    except ReadError:
        assert not "".join(kept).strip("\u00a0 ")
        return
    assert "\n".join(left) in "\n".join(kept)
    assert [line for line in left if line.strip()] == [line for line in kept if line.strip()]
    assert left[0].strip()
    assert left[-1].strip()
