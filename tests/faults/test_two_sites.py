"""Two web processes on different ports with one PostgreSQL are one site."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.client import Browser
from tests.faults.conftest import SECONDS
from tests.faults.load import Load
from tests.faults.site import Site


def test_one_is_killed_and_nobody_notices(
    on_postgresql: None, new_site: Callable[..., Site], chance: random.Random, tmp_path: Path
) -> None:
    first = new_site(BACKGROUND_WORKER="off", WEB_CONCURRENCY="2")
    second = new_site(WEB_CONCURRENCY="2")
    first.start()
    second.start()
    signed_in, other = first.browser("one"), Browser(second.port)
    other.cookies = signed_in.cookies
    assert other.get("/w/desk/").status == 200
    with Load(second, chance, first.port, second.port) as load:
        time.sleep(chance.uniform(0.5, SECONDS / 2))
        first.kill()
        assert other.get("/w/desk/").status == 200
        time.sleep(SECONDS / 2)
    load.check()
