"""The keys: action, default, and what it does. `docs/keys.md` and the help show this table."""

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
    Key("next", "j", "next claim"),
    Key("previous", "k", "previous claim"),
    Key("edit", "e", "edit the claim in focus"),
    Key("link", "l", "link the claim in focus to another"),
    Key("file", "p", "file the claim in focus under an answer"),
    Key("same", "=", "same statement as another claim"),
    Key("comment", "m", "comment on the claim in focus"),
    Key("delete", "Delete", "delete the claim in focus"),
    Key("accept", "a", "approve the row in focus, or what is ticked"),
    Key("dismiss", "x", "send back the row in focus, or what is ticked"),
    Key("read", "r", "mark the paragraph as read, or as not read"),
    Key("undo", "u", "undo what you did last"),
    Key("redo", "U", "do again what you undid last (Shift u)"),
    Key("search", "/", "search the desk"),
    Key("help", "?", "all keys"),
]
