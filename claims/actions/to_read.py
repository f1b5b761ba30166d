"""Which articles the machine has yet to read: a row each, which the worker takes up."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from claims.actions import leases
from claims.models import Article, ToRead, Workspace
from claims.models.lens import every

LEASE = timedelta(seconds=120)
"""Longer than reading any one text takes."""
AT_ONCE = 500
MOST_ATTEMPTS = 3
"""Whatever has ended its worker so often is read no more, until somebody asks again."""


def queue(workspace: Workspace, articles: Iterable[int]) -> None:
    """Has the newest text of these articles read: a statement for every 500.

    A row that is there is begun anew, so that whoever reads an older text just now does not end it.
    """
    ToRead.objects.bulk_create(
        [ToRead(workspace=workspace, article_id=pk) for pk in sorted(set(articles))],
        batch_size=AT_ONCE,
        update_conflicts=True,
        update_fields=["attempts", "lease", "lease_until", "why_failed"],
        unique_fields=["article"],
    )


def queue_all(workspace: Workspace) -> int:
    """Has all articles of the desk read again; how many."""
    ids = list(Article.objects.within(workspace).kept().values_list("pk", flat=True))
    queue(workspace, ids)
    return len(ids)


def take(most: int) -> list[ToRead]:
    """At most so many articles of one desk, with a lease on each; none where none waits."""
    waiting = _rows().filter(leases.free(LEASE), why_failed="", workspace__suggests=True)
    first = waiting.order_by("id").values("pk", "workspace").first()
    if first is None:
        return []
    same = waiting.filter(workspace=first["workspace"], pk__gte=first["pk"]).order_by("id")
    return _leased(list(same.values_list("pk", flat=True)[:most]))


def take_one(article: Article) -> ToRead | None:
    """The lease on this article; none where somebody reads it already."""
    ids = _rows().filter(leases.free(LEASE), article=article).values_list("pk", flat=True)
    return next(iter(_leased(list(ids))), None)


def _leased(ids: list[int]) -> list[ToRead]:
    token = secrets.token_hex(16)
    _rows().filter(leases.free(LEASE), pk__in=ids).update(
        lease=token, lease_until=timezone.now() + LEASE, attempts=F("attempts") + 1
    )
    mine = _rows().filter(pk__in=ids, lease=token).order_by("id")
    return list(mine.select_related("article__workspace"))


def end(row: ToRead) -> bool:
    """It is read; False where it is not ours any more: a newer text came, or the lease lapsed."""
    return bool(_rows().filter(pk=row.pk, lease=row.lease).delete()[0])


def give_up(row: ToRead, why: str) -> None:
    """It can't be read, and is tried no more until somebody asks."""
    values = {"why_failed": why[:300], "lease": "", "lease_until": None}
    _rows().filter(pk=row.pk, lease=row.lease).update(**values)


def _rows() -> Any:
    return every(ToRead)
