"""Who works on an import: one at a time, and none for longer than they are alive."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from claims.actions import leases
from claims.models import Import
from claims.records import ImportState

LEASE = timedelta(seconds=60)
GAP = 0.1  # seconds: the longest pause of SQLite's own busy handler
AT_WORK = 1.2  # seconds for which others may have to wait
EVERY = 2.0  # seconds between two signs of life
BUSY = [ImportState.READING.value, ImportState.WAITING.value, ImportState.WRITING.value]


class Lost(Exception):
    """The lease lapsed, and somebody else has taken the import."""


class Cancelled(Exception):
    """Somebody wants it cancelled."""


class Stopped(Exception):
    """The worker has to end; another one goes on later."""


def never() -> bool:
    """Nothing tells it to stop."""
    return False


class Lease:
    """The right to work on an import; `beat` keeps it, and says when to end."""

    def __init__(self, job: Import, token: str, stop: Callable[[], bool] = never) -> None:
        self.job = job
        self.token = token
        self.stop = stop
        self.may_cancel = True
        self._rested = time.monotonic()
        self._last = time.monotonic()

    def beat(self, progress: int) -> None:
        """A sign of life, at most one in `EVERY` seconds. Raises Lost, Cancelled or Stopped."""
        if self.stop():
            raise Stopped
        if time.monotonic() - self._last >= EVERY:
            self.keep(progress=progress)

    def keep(self, **values: Any) -> None:
        """Writes `values` and keeps the lease, if it still is ours (else Lost)."""
        self._last = time.monotonic()
        if not self._mine().update(lease_until=_until(), **values):
            raise Lost
        asked = Import.objects.filter(pk=self.job.pk, cancel_asked=True)
        if self.may_cancel and asked.exists():
            raise Cancelled

    def rest(self) -> None:
        """Lets others write, after a transaction: on SQLite they look again each tenth second."""
        if connection.vendor == "sqlite" and time.monotonic() - self._rested >= AT_WORK:
            time.sleep(GAP)
            self._rested = time.monotonic()

    def end(self, **values: Any) -> bool:
        """Writes `values` and gives the lease up; False when it was not ours any more."""
        return bool(self._mine().update(lease="", lease_until=None, **values))

    def _mine(self) -> Any:
        return Import.objects.filter(pk=self.job.pk, lease=self.token)


def take(pk: int, stop: Callable[[], bool] = never) -> Lease | None:
    """The lease of an import that is to be worked on, where nobody alive has it."""
    token = secrets.token_hex(16)
    free = Import.objects.filter(pk=pk, state__in=BUSY).filter(leases.free(LEASE))
    if not free.update(lease=token, lease_until=_until(), attempts=F("attempts") + 1):
        return None
    return Lease(Import.objects.select_related("workspace", "made_by").get(pk=pk), token, stop)


def next_free() -> int | None:
    """The oldest import that waits for a worker, or whose worker has died."""
    found = Import.objects.filter(state__in=BUSY).filter(leases.free(LEASE)).order_by("id")
    pk: int | None = found.values_list("pk", flat=True).first()
    return pk


def _until() -> Any:
    return timezone.now() + LEASE
