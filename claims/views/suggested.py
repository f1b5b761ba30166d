"""What a machine proposes, as cards and marks of the annotate page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from claims.actions.claimed import claimed
from claims.actions.spans import current_revision
from claims.anchoring.passage import Mark
from claims.anchoring.text import paragraph_at, paragraphs
from claims.models import Article, Revision, Source, Suggestion
from claims.records import Engine, SpanRole, Speech
from claims.suggester.proposals import covered
from claims.views.addresses import addresses
from claims.views.card import SHORT

SURE = ((90, "very likely"), (70, "likely"), (0, "perhaps"))
"""From which per cent on, in words."""
LEASTS = (95, 90, 80, 70, 50)
"""From how many per cent on all can be accepted at once."""
BY = {Engine.RULES: "by rules", Engine.LEARNED: "by what was learned here"}


@dataclass(frozen=True)
class Suggested:
    """A suggestion as a card beside the text."""

    row: Suggestion
    who: str
    color: int
    paragraph: int
    urls: dict[str, str]

    template: ClassVar[str] = "suggestion/_card.html"

    @property
    def start(self) -> int:
        """Where its words begin in the text."""
        return int(self.row.start)

    @property
    def order(self) -> tuple[int, int, int]:
        """Its place among the cards: after a claim that begins there too."""
        return self.row.start, 1, self.row.pk

    @property
    def uid(self) -> str:
        """As text, which a template would make of it each time."""
        return str(self.row.uid)

    @property
    def short(self) -> str:
        """The words, for the name of the card."""
        words = self.row.words
        return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"

    @property
    def direct(self) -> bool:
        """Whether quotation marks may be printed around the words."""
        return bool(self.row.speech == Speech.DIRECT)

    @property
    def percent(self) -> int:
        """How likely a person accepts it."""
        return percent(self.row)

    @property
    def sure(self) -> str:
        """`likely, 85 %`."""
        return f"{next(word for least, word in SURE if self.percent >= least)}, {self.percent} %"

    @property
    def by(self) -> str:
        """What proposed it."""
        return BY[Engine(self.row.engine)]

    @property
    def acceptable(self) -> bool:
        """Whether it can be accepted with others, as far as can be told without looking."""
        return bool(self.who) and not self.row.is_unclear and not self.row.source_ids[1:]


def percent(row: Suggestion) -> int:
    """The score of a suggestion in per cent, rounded down: what is shown is not exceeded."""
    return int(row.score * 100 + 1e-9)


def waiting(article: Article, revision: Revision) -> list[Suggestion]:
    """The open suggestions of a text, in its order, without those that a claim says by now.

    Two queries, and the desk's own where it is not at hand.
    """
    if not article.workspace.suggests:
        return []
    rows = Suggestion.objects.proposed().filter(article=article, revision=revision)
    found = list(rows.order_by("start", "id"))
    said = claimed(revision) if found else []
    return [row for row in found if not covered(row.content, said)]


def suggested(article: Article, revision: Revision, rows: Sequence[Suggestion]) -> list[Suggested]:
    """The cards of these suggestions, in their order; one query for however many."""
    lines = paragraphs(revision.text)
    url = addresses(article.workspace)
    known = _known(article, rows)
    made = []
    for row in rows:
        place = paragraph_at(lines, row.start)
        speaker = known.get(row.source_ids[0]) if row.source_ids else None
        name, color = speaker or (row.source_name, 0)
        made.append(Suggested(row, name, color, place.number if place else 1, _urls(url, row.uid)))
    return made


def _urls(url: Callable[[str, UUID], str], uid: UUID) -> dict[str, str]:
    return {name: url(f"suggestion-{name}", uid) for name in ("accept", "dismiss", "edit")}


def _known(article: Article, rows: Iterable[Suggestion]) -> dict[str, tuple[str, int]]:
    """The names and colours of the sources that are proposed, by uid."""
    uids = {uid for row in rows for uid in row.source_ids[:1]}
    if not uids:
        return {}
    kept = Source.objects.within(article.workspace).kept().filter(uid__in=uids)
    told = kept.values_list("uid", "name", "side__color")
    return {str(uid): (name, color or 0) for uid, name, color in told}


def marks(rows: Iterable[Suggestion]) -> list[tuple[Mark, int, int]]:
    """What is hatched in the text."""
    return [
        (Mark(str(row.uid), SpanRole.CONTENT, 0, suggested=True), start, end)
        for row in rows
        for start, end in row.content
    ]


def at_once(cards: Iterable[Suggested]) -> list[dict[str, Any]]:
    """From how many per cent on, and how many that would be; nothing where there is none."""
    sure = [card.percent for card in cards if card.acceptable]
    counts = [(least, sum(one >= least for one in sure)) for least in LEASTS]
    found = []
    before = 0
    for least, count in counts:
        if count > before:
            found.append({"least": least, "count": count})
        before = count
    return found


def following(article: Article, suggestion: Suggestion) -> str:
    """The uid of the next one that waits, else of the first; empty where none is left."""
    rows = waiting(article, current_revision(article))
    later = (row for row in rows if (row.start, row.pk) > (suggestion.start, suggestion.pk))
    row = next(later, rows[0] if rows else None)
    return str(row.uid) if row else ""
