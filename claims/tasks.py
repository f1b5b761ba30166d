"""What a worker does beside the pages: one piece of work at a time.

The rows themselves are the queue. To add work: a function that does one piece, or finds none, in
`WORK`. django-tasks' database backend never takes up again what a killed worker had begun.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings

from claims.actions import (
    import_lease,
    imports,
    learning,
    sealing,
    suggesting,
    training,
    webhook_send,
    wiping,
)

LOOK = 600.0
"""Seconds between two looks for something to learn: the first one when a worker has begun."""
_looked = -LOOK
LEARN = [sys.executable, str(settings.BASE_DIR / "manage.py"), "learn", "--with-parent"]
LAST = 19  # of all that wants the processor
_learner: subprocess.Popen[bytes] | None = None
Stop = Callable[[], bool]


def import_next(stop: Stop) -> bool:
    """Goes on with the oldest import that waits, or whose worker has died."""
    pk = import_lease.next_free()
    lease = import_lease.take(pk, stop) if pk is not None else None
    if lease is None:
        return False
    imports.run(lease)
    return True


def deliver_next(stop: Stop) -> bool:
    """Sends one delivery to one webhook, which takes ten seconds at the most."""
    delivery = None if stop() else webhook_send.take()
    if delivery is None:
        return False
    webhook_send.send(delivery)
    return True


def prune_deliveries(stop: Stop) -> bool:
    """Deletes some of the deliveries that are kept no longer."""
    return not stop() and webhook_send.prune()


def seal_next(stop: Stop) -> bool:
    """Seals acts of one desk, once the first of them has waited for a minute."""
    desk = None if stop() else sealing.due()
    return desk is not None and sealing.seal(desk) is not None


def wipe_next(stop: Stop) -> bool:
    """Does what a purge has left to do: files, and what the database holds of deleted rows."""
    tombstones = [] if stop() else wiping.due()
    return bool(tombstones) and wiping.wipe(tombstones)


def sweep(stop: Stop) -> bool:
    """Deletes what is left of uploads whose server was killed."""
    return not stop() and wiping.sweep()


def read_next(stop: Stop) -> bool:
    """Reads some new articles for claims to suggest, a second's work."""
    return not stop() and suggesting.read_some(stop)


def ask_for_learning(stop: Stop) -> bool:
    """Looks from time to time at which desks there is something new to learn."""
    global _looked  # noqa: PLW0603 - one worker is one process
    if stop() or time.monotonic() - _looked < LOOK:
        return False
    _looked = time.monotonic()
    return training.ask_where_due() > 0


def learn_next(stop: Stop) -> bool:
    """Has a process learn from one desk's claims, while all other work goes on; one at a time.

    Nobody waits for it: all else on the machine comes before it.
    """
    global _learner  # noqa: PLW0603 - one worker is one process
    if stop() or is_learning() or not learning.waits():
        return False
    _learner = subprocess.Popen(LEARN)  # noqa: S603
    with suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, _learner.pid, LAST)
    return True


def is_learning() -> bool:
    """Whether a process of this worker learns."""
    return _learner is not None and _learner.poll() is None


def stop_learning() -> None:
    """Tells that process to end, which it does at its next step; another one begins anew."""
    if _learner is not None:
        _learner.terminate()


WORK: list[Callable[[Stop], bool]] = [
    import_next,
    deliver_next,
    prune_deliveries,
    seal_next,
    wipe_next,
    sweep,
    read_next,
    ask_for_learning,
    learn_next,
]


def work_once(stop: Stop = import_lease.never) -> bool:
    """One piece of each sort of work; False where there was none."""
    did = [do(stop) for do in WORK]  # each has its turn
    return any(did)
