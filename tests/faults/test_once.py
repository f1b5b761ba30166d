"""What works once, tried by many at the same moment."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.codes import code
from tests.faults.client import Browser
from tests.faults.seeded import PASSWORD
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


DOOR = "/accounts/2fa/authenticate/"
CONFIRM, SET_UP = "/accounts/reauthenticate/", "/accounts/2fa/totp/activate/"


def let_in(site: Site, given: Callable[[], str]) -> int:
    """How many get in who give the same code at the same moment, each past the password."""
    site.sql("DELETE FROM claims_cache")  # what was counted of the time before
    browsers = [site.browser("owner") for _ in range(MANY)]
    same = given()

    def give(number: int) -> bool:
        browsers[number].post(DOOR, {"code": same})
        return browsers[number].ask("GET", "/account/").status == 200

    return at_once(give).count(True)


def test_a_code_lets_one_in(site: Site) -> None:
    owner = site.browser("owner")
    owner.get(CONFIRM)
    owner.post(CONFIRM, {"password": PASSWORD, "next": SET_UP})
    secret = re.findall(r'id="secret"[^>]* value="(\w+)"', owner.get(SET_UP).text)[0]
    owner.post(SET_UP, {"code": code(secret)})
    recovery = re.findall(r"<code>(\d{8})</code>", owner.get("/accounts/2fa/recovery-codes/").text)
    assert len(recovery) == 10
    assert [let_in(site, lambda: recovery[0]) for _ in range(2)] == [1, 0]
    # Between two half minutes the code is another one.
    assert until(lambda: let_in(site, lambda: code(secret)), "No code fits.") == 1


def test_a_side_is_deleted_while_sources_are_put_on_it(site: Site) -> None:
    apis = [site.api() for _ in range(MANY)]
    for turn in range(5):
        made = apis[0].send("POST", "sides/", {"name": f"Side {turn}", "color": 1})
        side, seen = made.data["id"], {"If_Match": made.version}

        def act(number: int, side: str = side, seen: dict[str, str] = seen) -> int:
            if number == 0:
                return apis[0].send("DELETE", f"sides/{side}/", **seen).status
            body = {"name": f"Source of {side} {number}", "side": side}
            return apis[number].send("POST", "sources/", body).status

        answers = at_once(act)
        assert set(answers) <= {201, 204, 400, 409, 412}, (answers, site.said())
    sides = site.all("sides")
    assert {row["side"] for row in site.all("sources").values()} <= {None, *sides}
