"""The keys: action, default, and what it does. `docs/keys.md` and the help show these tables."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """One shortcut; `action` is the name under which it can be remapped."""

    action: str
    key: str
    does: str


KEYS = [
    Key("new", "c", "new claim from the selected words"),
    Key("add", "+", "add the selection to the claim in focus"),
    Key("who", "s", "the selection says who, for the claim in focus"),
    Key("cue", "q", "the selection is the reporting words of the claim in focus"),
    Key("next", "j", "next claim or suggestion"),
    Key("previous", "k", "previous claim or suggestion"),
    Key("edit", "e", "edit the claim in focus; a suggestion, before it is accepted"),
    Key("link", "l", "link the claim in focus to another"),
    Key("file", "p", "file the claim in focus under an answer"),
    Key("same", "=", "same statement as another claim"),
    Key("comment", "m", "comment on the claim in focus"),
    Key("delete", "Delete", "delete the claim in focus"),
    Key(
        "accept", "a", "accept the suggestion in focus; in the queue approve the row, or the ticked"
    ),
    Key("accept_all", "A", "accept all suggestions that are as sure as is chosen (Shift a)"),
    Key("dismiss", "x", "dismiss the suggestion in focus; in the queue send back the row"),
    Key("read", "r", "mark the paragraph as read, or as not read"),
    Key("undo", "u", "undo what you did last"),
    Key("redo", "U", "do again what you undid last (Shift u)"),
    Key("search", "/", "search the desk"),
    Key("help", "?", "all keys"),
]


class Fixed(NamedTuple):
    """What is pressed in one place of a page, in one of several ways; it can't be remapped."""

    ways: tuple[str, ...]
    does: str


IN_TEXT = [
    Fixed(
        ("← →",), "previous, next word (as the eye goes, also where the text runs right to left)"
    ),
    Fixed(("↑ ↓", "Ctrl ← →"), "previous, next sentence"),
    Fixed(("Page Up, Page Down", "Ctrl ↑ ↓"), "previous, next paragraph"),
    Fixed(("Shift with any of these",), "selects up to there"),
    Fixed(("Ctrl Shift Home, End",), "selects to the beginning, the end of the text"),
    Fixed(("Enter",), "new claim from the selection"),
    Fixed(("Escape",), "drops the selection"),
]
IN_FORMS = [
    Fixed(("Enter",), "saves the claim in hand"),
    Fixed(("Ctrl Enter",), "saves from every field, one of several lines or a filter too"),
    Fixed(("Escape",), "leaves the form; it asks first when something would be lost"),
    Fixed(("↑ ↓",), "through the choices of a field that finds names, or the rows of a list"),
    Fixed(("1 to 9",), "picks that row of a list, or makes the link that is proposed there"),
    Fixed(("the letter beside it",), "picks how two claims bear on each other"),
    Fixed(("Tab",), "takes the marked name and goes on"),
]
