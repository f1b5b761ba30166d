"""A claim as the pages of an incident print it: who, the words, and their place in the article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from claims.anchoring.text import Paragraph, paragraph_at, paragraphs
from claims.models import Article, Claim, Revision, Source, Span
from claims.records import ClaimKind, ClaimStatus, Polarity, SpanRole, Speech

SHORT = 100
SHORTER = 90


class Text(NamedTuple):
    """A revision, as far as a claim in it is printed."""

    number: int
    uid: UUID
    lines: list[Paragraph]


Lines = Mapping[int, Text]
"""The revisions that claims are printed from, by id."""


@dataclass(frozen=True)
class Said:
    """One claim in print. `words` are those of the article, or of its reporter.

    `only_in` is the number of the text that it is in, where a newer one no longer has its words.
    """

    claim: Any
    words: str
    paragraph: int
    address: str
    only_in: int = 0

    @property
    def who(self) -> str:
        return str(self.claim.source)

    @property
    def css(self) -> str:
        """The class of the colour of the source's side."""
        side = self.claim.source.side
        return f"s{side.color if side else 0}"

    @property
    def side(self) -> str:
        return str(self.claim.source.side or "")

    @property
    def direct(self) -> bool:
        """Whether quotation marks may be printed around the words."""
        return bool(self.claim.speech == Speech.DIRECT)

    @property
    def denies(self) -> bool:
        return bool(self.claim.polarity == Polarity.DENIES)

    @property
    def kind(self) -> str:
        """What it is when it is no fact: "a demand", "an opinion"."""
        words = {ClaimKind.DEMAND: "a demand", ClaimKind.EVALUATIVE: "an opinion"}
        return words.get(ClaimKind(self.claim.kind), "")

    @property
    def short(self) -> str:
        return cut(self.words, SHORT)

    @property
    def shorter(self) -> str:
        return cut(self.words, SHORTER)

    @property
    def outlet(self) -> str:
        publisher = self.claim.article.publisher
        return str(publisher) if publisher else "publisher unknown"

    @property
    def reported(self) -> bool:
        """Whether the words are another's than the speaker's."""
        return not self.direct and self.claim.article.publisher_id != self.claim.source_id

    @property
    def place(self) -> str:
        """Where it stands: "Example Wire ¶3", or "Example Wire ¶3, in revision 1 only"."""
        only = f", in revision {self.only_in} only" if self.only_in else ""
        return f"{self.outlet} ¶{self.paragraph}{only}"

    @property
    def language(self) -> str:
        return str(self.claim.article.language)

    @property
    def why_not_counted(self) -> str:
        """Why a claim that does not stand is in no cell."""
        status = ClaimStatus(self.claim.status)
        if status in (ClaimStatus.DRAFT, ClaimStatus.WITHDRAWN):
            return status.label
        return "replaced by a later claim of the same source"


def cut(words: str, most: int) -> str:
    """`words`, ended with "…" at the last space before `most` characters where they are longer."""
    if len(words) <= most:
        return words
    head, _, _ = words[:most].rpartition(" ")
    return f"{head or words[:most]}…"


def rows_of(incident_id: int) -> QuerySet[Any]:
    """The kept claims of an incident with all that is printed of them, in few queries."""
    return printed(Claim.objects.kept().filter(incident_id=incident_id)).order_by("id")


def printed(claims: QuerySet[Any]) -> QuerySet[Any]:
    """`claims` with what `said` and a comparison of their figures need."""
    contents = Span.objects.filter(role=SpanRole.CONTENT).order_by("start")
    # Not by joins: two hundred claims have twenty articles and forty sources, each made once.
    sources = Source.objects.select_related("side", "affiliation")
    return claims.prefetch_related(
        Prefetch("source", sources),
        Prefetch("article", Article.objects.select_related("publisher")),
        "accused",
        Prefetch("spans", contents, to_attr="contents"),
        "figures",
    )


def newest_lines(
    claims: Iterable[Any], only: Collection[int] | None = None
) -> tuple[dict[int, int], dict[int, Text]]:
    """The newest revision of each article, and the texts that `claims` are printed from.

    Those are the newest ones, and for a claim that is not in it the newest that it is in. One
    query. `only` are the revisions that may be taken: those that were there at some time.
    """
    claims = list(claims)
    newest: dict[int, int] = {}
    rows: dict[int, tuple[int, UUID, str]] = {}
    found = Revision.objects.filter(article__in={claim.article_id for claim in claims})
    if only is not None:
        found = found.filter(pk__in=only)
    wanted = {span.revision_id for claim in claims for span in claim.contents}
    columns = found.order_by("number").values_list("pk", "article_id", "number", "uid", "text")
    for pk, article, number, uid, text in columns:
        if newest.get(article) not in wanted:
            rows.pop(newest.get(article, 0), None)
        newest[article], rows[pk] = pk, (number, uid, text)
    printed_from = set(newest.values()) | {_standing(claim, newest, rows) for claim in claims}
    return newest, {
        pk: Text(number, uid, paragraphs(text))
        for pk, (number, uid, text) in rows.items()
        if pk in printed_from
    }


def _standing(claim: Any, newest: Mapping[int, int], rows: Mapping[int, Any]) -> int:
    """The newest revision that has words of the claim."""
    there = {span.revision_id for span in claim.contents} & rows.keys()
    last = newest.get(claim.article_id, 0)
    return last if last in there or not there else max(there, key=lambda pk: int(rows[pk][0]))


def said(claim: Any, slug: str, newest: Mapping[int, int], texts: Lines) -> Said:
    """`claim` in print, by its spans on the newest text of its article that has any."""
    revision = _standing(claim, newest, texts)
    contents = [span for span in claim.contents if span.revision_id == revision]
    place = paragraph_at(texts[revision].lines, contents[0].start) if contents else None
    number = place.number if place else 1
    article: Article = claim.article
    address, only_in = reverse("article", args=[slug, article.uid]), 0
    if contents and revision != newest.get(claim.article_id):
        only_in = texts[revision].number
        address = reverse("revision", args=[slug, texts[revision].uid])
    words = " […] ".join(span.quote for span in contents)
    return Said(claim, words, number, f"{address}#p{number}", only_in)
