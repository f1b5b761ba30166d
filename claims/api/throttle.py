"""How often one may ask: `API_RATE`, for all processes of the site together.

A process takes a share of the rate from the database and counts that down by itself, so that one
request in thirty is a write, not every one.
"""

from __future__ import annotations

import math
import time
from threading import Lock
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.actions import allowance

SHARES = 20
SECONDS = {"sec": 1, "min": 60, "hour": 3600, "day": 86400}


class Share(NamedTuple):
    """What this process may still answer a person, in the span of time that `began`."""

    began: int
    left: int
    over: bool = False


class Throttle(BaseThrottle):
    """Counts by person, in spans of time that begin for everybody at once."""

    clock = staticmethod(time.time)
    shares: ClassVar[dict[int, Share]] = {}
    lock = Lock()

    def allow_request(self, request: Request, view: Any) -> bool:
        user: Any = request.user
        if not user.is_authenticated:
            return True
        rate, _, unit = settings.API_RATE.partition("/")
        most, span, now = int(rate), SECONDS[unit], self.clock()
        began = int(now // span) * span
        self.seconds = math.ceil(began + span - now)
        if (known := self._of_ours(user.pk, began)) is not None:
            return known
        share = max(1, most // SHARES)
        left = allowance.take(user, began, share, most)
        with self.lock:
            there = self.shares.get(user.pk)
            ours = there.left if there and there.began == began else 0
            self.shares[user.pk] = Share(began, ours + max(0, left - 1), left < share)
        return left > 0

    def _of_ours(self, pk: int, began: int) -> bool | None:
        """Whether the share says yes or, once there is no more to take, no; None: it is used up."""
        with self.lock:
            share = self.shares.get(pk)
            if share is None or share.began != began:
                return None
            if share.left:
                self.shares[pk] = share._replace(left=share.left - 1)
                return True
            return False if share.over else None

    def wait(self) -> float:
        return self.seconds
