"""The texts of a desk, for readers of files that have none, or that may have the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Q

from claims.actions.importing.there import chunks
from claims.importers.marks import Standing, There
from claims.models import Article, Claim, Link, Revision, Workspace


class DeskLibrary:
    """What `claims.importers.marks.Library` asks for; each answer is one query."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

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
        return Standing(incidents, set(self._links(links)))

    def _links(self, links: list[str]) -> Iterator[str]:
        for chunk in chunks(links):
            rows = Link.objects.within(self.workspace).filter(uid__in=chunk)
            yield from map(str, rows.values_list("uid", flat=True))

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
