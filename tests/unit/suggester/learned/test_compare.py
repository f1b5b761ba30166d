"""The learned engine beside the rules, on articles held back from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.suggester.learned.compare import Band, Comparison, bands, compare
from claims.suggester.learned.train import Example, TooFew
from claims.suggester.scores import Scores, Share
from claims.suggester.shapes import Found
from tests.unit.suggester.learned.made_desk import article, desk, trained


def test_it_is_better_than_rules_that_find_nothing() -> None:
    result = compare(reversed(desk(27)), lambda _: [], "en")
    assert result.better
    assert (result.trained_on, result.held_back) == (20, 7)
    assert result.rules.attribution.there == result.learned.attribution.there
    assert sum(band.shown for band in result.bands) == result.learned.attribution.found


def test_a_draw_is_for_the_rules() -> None:
    same = Scores(attribution=Share(3, 4, 5))
    assert not Comparison(same, same, (), 20, 7).better


def test_more_contents_with_fewer_right_sources_are_not_better() -> None:
    rules = Scores(attribution=Share(3, 4, 5), full=Share(3, 4, 5))
    mixed = Scores(attribution=Share(4, 4, 5), full=Share(2, 4, 5))
    assert not Comparison(mixed, rules, (), 20, 7).better
    assert Comparison(replace(mixed, full=Share(3, 4, 5)), rules, (), 20, 7).better


def test_too_few_for_a_part_to_be_held_back_are_refused() -> None:
    with pytest.raises(TooFew, match=r"It takes 27 articles .* there are 26"):
        compare(desk(26), lambda _: [])


def test_a_band_tells_how_often_its_chances_came_true() -> None:
    text = "The army said the road stays closed."
    real, other = (Found((), (), ((14, 35),), score=score, reasons=()) for score in (1.0, 0.95))
    wrong = Found((), (), ((0, 8),), score=0.1, reasons=())
    made = bands([Example(text, [real])], [[wrong, other, real]])
    assert made == (Band(0.0, 0.3, 1, 0), Band(0.9, 1.0, 2, 1))


def test_what_it_is_sure_of_is_mostly_right() -> None:
    articles = [article(number) for number in range(300, 310)]
    sure = bands(articles, [trained().find(one.text) for one in articles])[-1]
    assert sure.low == 0.9
    assert sure.right / sure.shown > 0.8
