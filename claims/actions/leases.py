"""The right to work on a row for a while: a worker that dies is missed once it has lapsed."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone


def free(length: timedelta) -> Q:
    """The rows that nobody alive works on, where leases are given for `length`.

    A lease that lasts longer than any that is given was given before the clock stepped back: a
    living worker renews it, so that of a dead one nobody waits for hours.
    """
    now = timezone.now()
    return Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * length)
