from __future__ import annotations

from claims.importers.plausible import SAMPLE, plausibility, sample

from .samples import NEWS


def test_ascii_says_nothing() -> None:
    assert plausibility("plain words") == 0.0
    assert sample("plain words\n") == ""


def test_the_sample_is_of_the_lines_that_tell() -> None:
    assert sample("plain\nthe café\nplain\nnaïve") == "the café\nnaïve"
    long = ("x" * 500 + "é" + "y" * 200 + "\n") * 1000
    assert SAMPLE <= len(sample(long)) < SAMPLE * 1.1


def test_every_language_is_more_plausible_than_its_misreading() -> None:
    for language, news in NEWS.items():
        misread = news.encode().decode("latin1")
        assert plausibility(news) > plausibility(misread), language
