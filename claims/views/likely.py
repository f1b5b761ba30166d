"""Which incidents a claim or an article is likely about, to be offered first."""

from __future__ import annotations

from typing import NamedTuple

from claims.anchoring.text import paragraph_at
from claims.models import Article, Incident, Revision
from claims.models.near import incidents_near
from claims.suggester.competing.events import Likely


class Offered(NamedTuple):
    """An incident, and what speaks for it."""

    row: Incident
    why: str


def likely_for(article: Article, revision: Revision, start: int, end: int) -> list[Offered]:
    """For a claim with the words from `start` to `end`: by them and by their paragraph."""
    place = paragraph_at(revision.text, start)
    return _rows(
        incidents_near(article, f"{revision.text[start:end]} {place.text if place else ''}")
    )


def likely_about(article: Article) -> list[Offered]:
    """For an article none of whose claims is about an incident yet."""
    if article.claims.kept().filter(incident__isnull=False).exists():
        return []
    return _rows(incidents_near(article))


def likely_rows(article: Article) -> list[Incident]:
    """The incidents alone, for a list to choose from."""
    return [one.row for one in _rows(incidents_near(article))]


def _rows(found: list[Likely]) -> list[Offered]:
    rows = Incident.objects.select_related("workspace").in_bulk([one.id for one in found])
    return [Offered(rows[one.id], one.why) for one in found if one.id in rows]
