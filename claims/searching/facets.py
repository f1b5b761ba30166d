"""What a document is filed under, as words of the index.

A letter says which facet it is, then stands the id or the word: `w3` is workspace 3, `tdisputed`
the state. The database writes them into its index from the columns of a document (see the
migration), so that a rare side is found among a million claims without looking at each.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from claims.records import ArticleStatus, ClaimStatus, State, Word
from claims.searching.days import covering

NEVER = "never"
"""A word that no document has."""


class Noun(Word):
    """What can be found."""

    CLAIM = "claim", "claims"
    ARTICLE = "article", "articles"
    SOURCE = "source", "sources"
    INCIDENT = "incident", "incidents"


class Standing(Word):
    """How things stand with what is found: a claim, an incident, the work on an article.

    A claim is disputed or not, unless it is a draft or withdrawn.
    """

    DISPUTED = State.DISPUTED.value, State.DISPUTED.label
    UNDISPUTED = "undisputed", "claim in no dispute"
    DRAFT = ClaimStatus.DRAFT.value, "draft claim"
    WITHDRAWN = ClaimStatus.WITHDRAWN.value, "withdrawn claim"
    CORROBORATED = State.CORROBORATED.value, f"incident: {State.CORROBORATED.label}"
    UNCORROBORATED = State.UNCORROBORATED.value, f"incident: {State.UNCORROBORATED.label}"
    UNANSWERED = State.UNANSWERED.value, f"incident: {State.UNANSWERED.label}"
    NEW = ArticleStatus.NEW.value, f"article: {ArticleStatus.NEW.label}"
    IN_PROGRESS = ArticleStatus.IN_PROGRESS.value, f"article: {ArticleStatus.IN_PROGRESS.label}"
    ANNOTATED = ArticleStatus.ANNOTATED.value, f"article: {ArticleStatus.ANNOTATED.label}"
    REVIEWED = ArticleStatus.REVIEWED.value, f"article: {ArticleStatus.REVIEWED.label}"


class Filter(NamedTuple):
    """Which documents of one desk; all that is given has to hold. Ids are those of the rows."""

    workspace: int
    noun: str = ""
    kind: str = ""
    state: str = ""
    source: int | None = None
    side: int | None = None
    incident: int | None = None
    annotator: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything of the desk out."""
        return any(value not in ("", None) for value in self[1:])

    def groups(self) -> list[list[str]]:
        """Words of the index: of every group, one."""
        given = {
            "w": self.workspace,
            "n": self.noun,
            "k": self.kind,
            "t": self.state,
            "s": self.source,
            "p": self.side,
            "i": self.incident,
            "a": self.annotator,
        }
        found = [[f"{letter}{value}"] for letter, value in given.items() if value not in ("", None)]
        if self.since or self.until:
            days = covering(self.since or dt.date.min, self.until or dt.date.max)
            found.append(days or [NEVER])
        return found
