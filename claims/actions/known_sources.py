"""The desk's sources, as the machine looks for their names in a text."""

from __future__ import annotations

from django.db.models import Q

from claims.models import Alias, Article, Source, Workspace
from claims.suggester.known import KnownSource

MOST_NAMES = 5_000
"""More names than this are not compared with the words before a claim."""


def known_sources(workspace: Workspace, article: Article | None) -> list[KnownSource]:
    """The desk's sources by all their names, the newest first; of the unnamed, the article's own.

    Two queries. Of a protected source there is its pseudonym alone.
    """
    found: dict[int, KnownSource] = {}
    own = Q(named=True) | Q(article=article) if article else Q(named=True)
    rows = Source.objects.within(workspace).kept().filter(own).order_by("-id")
    for pk, uid, name in rows.values_list("id", "uid", "name")[:MOST_NAMES]:
        found[pk] = KnownSource(str(uid), (name,))
    aliases = Alias.objects.within(workspace).values_list("source_id", "name")
    for pk, name in aliases.order_by("-id")[:MOST_NAMES]:
        if pk in found:
            uid, names = found[pk]
            found[pk] = KnownSource(uid, (*names, name))
    return list(found.values())
