"""The texts of a desk, for readers of files that have none, or that may have the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Q

from claims.actions.importing.there import chunks
from claims.importers.marks import Noted, Said, Standing, There
from claims.models import (
    Article,
    Claim,
    Comment,
    Link,
    Membership,
    Revision,
    Sight,
    Span,
    User,
    Workspace,
)
from claims.models.blind import works_blind
from claims.models.lens import through
from claims.records import ClaimStatus, SpanRole


class DeskLibrary:
    """What `claims.importers.marks.Library` asks for; each answer is one query.

    `user` is who imports: what they may not see is no claim that stands there already.
    """

    def __init__(self, workspace: Workspace, user: User | None = None) -> None:
        self.workspace = workspace
        self.user = user

    def by_text(self, digest: str, article_id: str = "") -> There | None:
        """Of several: that of the article asked for, then a newest text, then the oldest."""
        found = [self._there(row) for row in self._rows().filter(sha256=digest)]
        found.sort(
            key=lambda one: (one.deleted, one.article_id != article_id, not one.newest),
        )
        return found[0] if found else None

    def by_revision(self, uid: str) -> There | None:
        """A text by its public id."""
        try:
            row = self._rows().filter(uid=uid).first()
        except (ValueError, TypeError, ValidationError):
            return None
        return self._there(row) if row else None

    def by_address(self, url: str) -> list[There]:
        """The newest texts of the articles that were published, or are archived, there."""
        if not url.startswith(("http://", "https://")):
            return []
        at = Q(article__url=url) | Q(article__archive_url=url)
        found = [self._there(row) for row in self._rows().filter(at, article__deleted_at=None)]
        return [one for one in found if one.newest]

    def has_article(self, uid: str) -> bool:
        """Whether an article of this public id is there, deleted or not."""
        return Article.objects.within(self.workspace).filter(uid=uid).exists()

    def standing(self, claims: list[str], links: list[str]) -> Standing:
        """Which of these the desk has; one query for each 500."""
        incidents: dict[str, str] = {}
        for chunk in chunks(claims):
            rows = Claim.objects.within(self.workspace).filter(uid__in=chunk)
            for uid, incident, gone in rows.values_list("uid", "incident__uid", "deleted_at"):
                incidents[str(uid)] = str(incident) if incident and gone is None else ""
        return Standing(incidents, set(self._links(links)), set(self._pairs(list(incidents))))

    def said(self, revisions: list[str]) -> list[Said]:
        """The claims on these texts that are neither deleted nor withdrawn, the oldest first."""
        found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        with through(self._sight()):
            shown = Claim.objects.within(self.workspace).kept()
            shown = shown.exclude(status=ClaimStatus.WITHDRAWN.value)
            for chunk in chunks(revisions):
                spans = Span.objects.filter(
                    claim__in=shown, revision__uid__in=chunk, role=SpanRole.CONTENT.value
                )
                for *claim, start, end in spans.order_by("claim", "start").values_list(
                    "claim__uid", "claim__kind", "claim__source__uid", "claim__source__name",
                    "revision__uid", "start", "end",
                ):  # fmt: skip
                    found.setdefault(tuple(map(str, claim)), []).append((start, end))
        return [Said._make((*claim, tuple(places))) for claim, places in found.items()]

    def noted(self, claims: list[str]) -> set[Noted]:
        """What is noted on these claims, to the letter."""
        found: set[Noted] = set()
        for chunk in chunks(claims):
            rows = Comment.objects.within(self.workspace).kept().filter(claim__uid__in=chunk)
            found |= {(str(claim), text) for claim, text in rows.values_list("claim__uid", "text")}
        return found

    def _sight(self) -> Sight | None:
        seats = Membership.objects.filter(workspace=self.workspace, user=self.user)
        seat = seats.annotate(is_blind=works_blind()).first()
        return Sight(seat) if seat and seat.is_blind else None

    def _links(self, links: list[str]) -> Iterator[str]:
        for chunk in chunks(links):
            rows = Link.objects.within(self.workspace).filter(uid__in=chunk)
            yield from map(str, rows.values_list("uid", flat=True))

    def _pairs(self, claims: list[str]) -> Iterator[tuple[str, str, str]]:
        for chunk in chunks(claims):
            rows = Link.objects.within(self.workspace).kept().filter(from_claim__uid__in=chunk)
            for relation, start, end in rows.values_list(
                "relation", "from_claim__uid", "to_claim__uid"
            ):
                yield relation, str(start), str(end)

    def _rows(self) -> Any:
        rows = Revision.objects.within(self.workspace).select_related("article")
        return rows.annotate(last=Max("article__revisions__number")).order_by("id")

    @staticmethod
    def _there(row: Any) -> There:
        return There(
            article_id=str(row.article.uid),
            number=row.number,
            revision_id=str(row.uid),
            title=row.article.title,
            text=row.text,
            newest=row.number == row.last,
            deleted=row.article.deleted_at is not None,
        )
