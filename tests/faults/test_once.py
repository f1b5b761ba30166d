"""What works once, tried by many at the same moment."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.faults.client import Browser
from tests.faults.site import Site, until

MANY = 6


def at_once(do: Callable[[int], Any]) -> list[Any]:
    """What `do` answers to each of the many, who begin together."""
    gate, answers = threading.Barrier(MANY), list[Any]()

    def one(number: int) -> None:
        gate.wait()
        answers.append(do(number))

    threads = [threading.Thread(target=one, args=[number]) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_key_makes_one_thing(site: Site) -> None:
    clients = [site.api() for _ in range(MANY)]

    def make(number: int) -> int:
        body = {"name": "The agency of the key"}
        return clients[number].send("POST", "sources/", body, Idempotency_Key="the-key").status

    assert set(at_once(make)) <= {201, 409}
    until(lambda: make(0) == 201, "The key stays in work.")
    names = [row["name"] for row in site.all("sources").values()]
    assert names.count("The agency of the key") == 1


def test_an_invitation_makes_one_account(site: Site) -> None:
    owner = site.browser("owner")
    owner.get("/w/desk/members/")
    page = owner.post("/w/desk/members/", {"name": "Ann", "role": "viewer"}).text
    found = re.search(r"http://[^/]+(/join/[^/\"<\s]+/)", page)
    assert found is not None, page
    guests = [Browser(site.port) for _ in range(MANY)]
    for guest in guests:
        assert guest.get(found[1]).status == 200
    password = "quite a long one 7"

    def join(number: int) -> int:
        name = f"Guest {number}"
        values = {"name": name, "password1": password, "password2": password}
        return guests[number].post("/join/", values).status

    answers = Counter(at_once(join))
    assert not [status for status in answers if status >= 500], site.said()
    (seats,) = site.sql("SELECT COUNT(*) FROM claims_membership")
    assert seats[0] == 5, answers
