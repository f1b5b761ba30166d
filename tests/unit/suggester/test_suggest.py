"""What a text's attributions are proposed as."""

from __future__ import annotations

from claims.suggester.suggest import suggest


def test_who_says_what_with_which_words() -> None:
    text = "The port authority confirmed on Monday that two ships had sunk."
    [one] = suggest(text)
    assert [text[slice(*piece)] for piece in one.source] == ["The port authority"]
    assert one.engine == "rules"
    assert 0 < one.score < 1
