"""Which incidents a claim or an article is likely about, to be offered first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.anchoring.text import paragraph_at
from claims.models import Article, Incident, Revision
from claims.models.near import incidents_near, incidents_near_each
from claims.suggester.competing.events import Likely


class Offered(NamedTuple):
    """An incident, and what speaks for it."""

    row: Incident
    why: str


def likely_for(article: Article, revision: Revision, start: int, end: int) -> list[Offered]:
    """For a claim with the words from `start` to `end`: by them and by their paragraph."""
    return _rows(incidents_near(article, _with_paragraph(revision, start, end)))


def likeliest(
    article: Article, revision: Revision, places: Sequence[tuple[int, int]]
) -> list[int | None]:
    """The id of the likeliest incident for the words at each of these places; None for none."""
    texts = [_with_paragraph(revision, start, end) for start, end in places]
    return [found[0].id if found else None for found in incidents_near_each(article, texts, 1)]


def _with_paragraph(revision: Revision, start: int, end: int) -> str:
    place = paragraph_at(revision.text, start)
    return f"{revision.text[start:end]} {place.text if place else ''}"


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
