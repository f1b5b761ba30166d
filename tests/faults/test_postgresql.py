"""PostgreSQL goes away under load, as at an update or a crash, and comes back."""

from __future__ import annotations

import random
import time

from tests.faults.client import Browser
from tests.faults.cluster import Cluster
from tests.faults.conftest import SECONDS
from tests.faults.load import Load
from tests.faults.site import Site


def test_it_is_stopped_and_started_under_load(
    on_postgresql: None, cluster: Cluster, site: Site, chance: random.Random
) -> None:
    over = time.monotonic() + SECONDS
    with Load(site, chance) as load:
        while time.monotonic() < over:
            time.sleep(chance.uniform(0.3, 1))
            cluster.stop(chance.choice(["immediate", "fast"]))
            time.sleep(chance.uniform(0.2, 1))
            cluster.start()
        site.wait()
        time.sleep(0.5)
    assert load.told[503], load.told
    load.check(excuses=(503,))


def test_meanwhile_a_person_is_told_what_to_do(
    on_postgresql: None, cluster: Cluster, site: Site
) -> None:
    browser, api = site.browser("one"), site.api()
    assert browser.get("/w/desk/").status == 200
    cluster.stop()
    page, problem = Browser(site.port), api.send("GET", "claims/")
    page.cookies = browser.cookies
    shown = page.ask("GET", "/w/desk/")
    cluster.start()
    assert (shown.status, shown.headers["retry-after"]) == (503, "5")
    assert "wait a minute, then load it again" in shown.text
    assert (problem.status, problem.headers["retry-after"]) == (503, "5")
    assert "Try again" in problem.data["detail"]
    # The same connections work on.
    assert page.ask("GET", "/w/desk/").status == 200
    assert api.send("GET", "claims/").status == 200
