"""A small desk: articles made of a few patterns, with what its people would have approved."""

from __future__ import annotations

from functools import cache
from itertools import product

from claims.suggester.learned.model import LearnedModel
from claims.suggester.learned.train import Example, train
from claims.suggester.shapes import Found

WHO = ("The army", "A medic", "Mayor Sami Haddad", "Officials", "The ministry")
SAID = ("said", "announced", "claimed", "denied")
WHAT = (
    "the bridge over the river was hit",
    "12 trucks burned near the market",
    "nobody was hurt in the blast",
    "the road to the north stays closed",
    "the school had been empty for days",
)
_OVERLOOKED = 17
PLAIN = (
    "The market opened at noon.",
    "It rained in the valley, and the river rose.",
    "Traffic moved slowly through the old town.",
)


class Writer:
    """Puts an article together and keeps where each part of an attribution stands."""

    def __init__(self) -> None:
        self.text = ""
        self.attributions: list[Found] = []

    def write(self, *parts: tuple[str, str]) -> None:
        """A sentence of (role, words); role "" is the article's own voice."""
        pieces: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
        for role, words in parts:
            if role:
                pieces[role].append((len(self.text), len(self.text) + len(words)))
            self.text += words
        if pieces["content"]:
            made = {role: tuple(found) for role, found in pieces.items()}
            self.attributions.append(Found(**made, score=1.0, reasons=()))
        self.text += " "


def article(number: int) -> Example:
    """One of many articles, each a little different."""
    writer = Writer()
    pairs = list(product(WHO, SAID))
    for paragraph in range(3):
        at = 3 * number + paragraph
        who, said = pairs[at % len(pairs)]
        what, other = WHAT[at % len(WHAT)], WHAT[(at + 2) % len(WHAT)]
        parts: tuple[tuple[str, str], ...]
        if paragraph == 0 and number % 3 == 0:
            parts = (("source", who), ("", " "), ("cue", said), ("", " "), ("content", f"“{what}”"))
        elif paragraph == 0:
            parts = (("source", who), ("", " "), ("cue", said), ("", " that "), ("content", what))
        elif paragraph == 1:
            parts = (
                ("content", f"“{what[0].upper()}{what[1:]},”"),
                ("", " "),
                ("source", f"{who[0].lower()}{who[1:]}"),
                ("", " "),
                ("cue", said),
            )
        else:
            parts = (
                ("content", f"“{what[0].upper()}{what[1:]},”"),
                ("", " "),
                ("cue", said),
                ("", " "),
                ("source", f"{who[0].lower()}{who[1:]}"),
                ("", ", "),
                ("content", f"“and {other}”"),
            )
        if at % _OVERLOOKED == 1:  # nobody is perfect
            parts = tuple(("", words) for _, words in parts)
        writer.write(*parts, ("", "."))
        writer.write(("", PLAIN[at % len(PLAIN)]))
        writer.text = writer.text.rstrip() + "\n\n"
    return Example(writer.text, writer.attributions)


def desk(articles: int = 24) -> list[Example]:
    """That many articles."""
    return [article(number) for number in range(articles)]


@cache
def trained() -> LearnedModel:
    """A model of the small desk, made once for a process."""
    return train(desk(), "en")
