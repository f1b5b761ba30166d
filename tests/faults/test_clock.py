"""A clock that steps back while the site runs, as one does that was set wrong."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.load import Load
from tests.faults.site import Site

STEP = 3 * 3600


class Clock:
    """The time of the processes of a site (`settings.step_clock`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set(0)

    def set(self, seconds: int) -> None:
        """So far from the true time."""
        new = self.path.with_suffix(".new")
        new.write_text(str(seconds))
        new.replace(self.path)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


@pytest.fixture
def site(new_site: Callable[..., Site], clock: Clock) -> Site:
    made = new_site(FAULT_CLOCK=str(clock.path))
    made.start()
    return made


def test_nothing_is_lost_and_lists_keep_their_order(
    site: Site, clock: Clock, chance: random.Random
) -> None:
    with Load(site, chance) as load:
        for step in (0, -60, -STEP, -2 * STEP):
            clock.set(step)
            time.sleep(chance.uniform(0.5, 1.2))
    load.check()
    # In the order in which they were made, whatever the clock has said.
    claims = list(site.all("claims"))
    for writer in load.writers:
        made = list(writer.made)
        assert [uid for uid in claims if uid in made] == made
