"""The site's settings, but for what these tests can't wait for: hashed files, slow passwords.

And with a clock that can be set while the site runs: Debian's libfaketime can't be used, Python's
own `time.sleep` fails under it.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from uuid_utils import compat

from annotator.settings import *  # noqa: F403
from annotator.settings import STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True


def step_clock(path: Path) -> None:
    """The wall clock of this process is as many seconds from the true one as the file says.

    Before models are loaded, which take some of these functions as they find them.
    """
    true, uuid7 = time.time, compat.uuid7

    def now() -> float:
        return true() + float(path.read_text())

    time.time = now
    timezone.now = lambda: dt.datetime.fromtimestamp(now(), dt.UTC)

    def uid(*, nanoseconds: int | None = None) -> UUID:
        return uuid7(nanoseconds=int(now() * 1e9))

    compat.uuid7 = uid


if clock := os.environ.get("FAULT_CLOCK"):
    step_clock(Path(clock))
