"""A claim as a card beside the text: what its template shows, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from django.utils.safestring import SafeString

from claims.models import Article, Claim
from claims.records import ClaimKind, ClaimStatus, Polarity, Speech

SHORT = 120


class Tie(NamedTuple):
    """A link as the card of one of its ends shows it; `tone` is a class."""

    relation: str
    tone: str
    basis: str
    other: str
    other_url: str
    edit_url: str


class Answer(NamedTuple):
    """A filing as a card shows it."""

    question: str
    stance: str
    position: str
    in_part: bool
    edit_url: str


class About(NamedTuple):
    """The incident of a claim: its page, and its code as a link there; both empty for none."""

    url: str = ""
    link: SafeString = SafeString("")


class Elsewhere(NamedTuple):
    """The text that a claim is in, where the newest one does not have its words.

    `waits`: a person has yet to look whether it does.
    """

    number: int
    url: str
    waits: bool


@dataclass
class Card:
    """A claim as a card beside the text."""

    claim: Claim
    article: Article
    words: str
    start: int
    paragraph: int
    about: About
    act: Callable[[Claim], SafeString]
    ties: list[Tie] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    repeats: int = 0
    comments: int = 0
    comments_url: str = ""
    drift: list[str] = field(default_factory=list)
    elsewhere: Elsewhere | None = None

    template: ClassVar[str] = "claim/_card.html"

    @property
    def order(self) -> tuple[int, int, int]:
        """Its place among the cards."""
        return self.start, 0, self.claim.pk

    @property
    def uid(self) -> str:
        """As text, which a template would make of it each time."""
        return str(self.claim.uid)

    @property
    def short(self) -> str:
        """The words, for the name of the card."""
        return self.words if len(self.words) <= SHORT else f"{self.words[: SHORT - 1]}…"

    @property
    def actions(self) -> SafeString:
        """Links and buttons for those who may write."""
        return self.act(self.claim)

    @property
    def color(self) -> int:
        """The colour of the source's side; 0 where it has none."""
        side = self.claim.source.side
        return side.color if side else 0

    @property
    def sort(self) -> str:
        """Its kind, and what it says of it, in words: `fact: says it is not so`, `demand`."""
        kind, polarity = ClaimKind(self.claim.kind), Polarity(self.claim.polarity)
        if kind is ClaimKind.FACTUAL or polarity is Polarity.DENIES:
            return f"{kind.label}: {polarity.label}"
        return kind.label

    @property
    def standing(self) -> str:
        """Why it does not count, where it does not."""
        if self.claim.status in {ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN}:
            return str(self.claim.get_status_display())
        return "" if self.claim.stands else "replaced"

    @property
    def direct(self) -> bool:
        """Whether quotation marks may be printed around the words."""
        return bool(self.claim.speech == Speech.DIRECT)

    @property
    def reported_by(self) -> str:
        """Whose wording it is, when it is not the speaker's own."""
        publisher = self.article.publisher
        if self.direct or (publisher and publisher.pk == self.claim.source_id):
            return ""
        return publisher.name if publisher else "an unknown publisher"
