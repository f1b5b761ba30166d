"""Many people, few things: each edit is done or told of the conflict, and the history adds up."""

from __future__ import annotations

import json
import os
import random
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.faults.client import Answer, Api
from tests.faults.site import Site

WORKERS = 8
EDITS = int(os.environ.get("FAULT_EDITS") or 1_000)
ADDS = ("claims", "links", "positions", "filings")
TOLD = {200, 201, 204, 400, 404, 409, 412}
"""What an edit may be answered with: done, or why it was not."""
NAMES = {"claims": "claim", "links": "link", "positions": "position", "filings": "filing"}


@dataclass
class Person:
    """Looks at a row, then changes it; or deletes it, undoes that, links and files anew."""

    api: Api
    chance: random.Random
    uids: dict[str, list[str]]
    world: Any
    told: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def work(self, edits: int) -> None:
        for number in range(edits):
            act = self.chance.choices(
                [self.change, self.delete, self.link, self.file, self.move], [12, 1, 1, 1, 1]
            )[0]
            try:
                act(f"{id(self)}-{number}")
            except BaseException as error:  # noqa: BLE001 - told in the main thread
                self.wrong.append(repr(error))
                return

    def change(self, words: str) -> None:
        path = self.chance.choice(list(NAMES))
        uid = self.chance.choice(self.uids[path])
        seen = self.api.send("GET", f"{path}/{uid}/")
        if seen.status != 200:
            return self.note(path, seen)
        bodies: dict[str, dict[str, Any]] = {
            "claims": {"note": words, "figures": [{"measure": "killed", "as_stated": words}]},
            "links": {"note": words},
            "positions": {"text": words, "competes": self.chance.random() < 0.7},
            "filings": {"stance": self.chance.choice(["holds", "rejects"])},
        }
        body = bodies[path]
        same = path == "filings" and seen.data["stance"] == body["stance"]
        answer = self.api.send("PATCH", f"{path}/{uid}/", body, If_Match=seen.headers["etag"])
        self.note(path, answer)
        if answer.status == 200 and not same:
            self.done[uid] += 1
        return None

    def move(self, words: str) -> None:
        """To the other incident, with all that ends by it."""
        uid = self.chance.choice(self.uids["claims"])
        seen = self.api.send("GET", f"claims/{uid}/")
        if seen.status != 200:
            return self.note("claims", seen)
        body = {"incident": self.chance.choice(self.world["incidents"]), "consent": True}
        answer = self.api.send("PATCH", f"claims/{uid}/", body, If_Match=seen.headers["etag"])
        self.note("move", answer)
        if answer.status == 200 and seen.data["incident"] != body["incident"]:
            self.done[uid] += 1
        return None

    def delete(self, words: str) -> None:
        path = self.chance.choice(["links", "filings", "positions"])
        uid = self.chance.choice(self.uids[path])
        seen = self.api.send("GET", f"{path}/{uid}/")
        if seen.status == 200:
            answer = self.api.send("DELETE", f"{path}/{uid}/", If_Match=seen.headers["etag"])
            self.note("delete", answer)

    def link(self, words: str) -> None:
        one, other = self.chance.sample(self.uids["claims"], 2)
        relation = self.chance.choice(["undercuts", "contradicts", "responds_to"])
        body = {"from_claim": one, "to_claim": other, "relation": relation}
        self.make("links", body)

    def file(self, words: str) -> None:
        body = {
            "claim": self.chance.choice(self.uids["claims"]),
            "position": self.chance.choice(self.uids["positions"]),
            "stance": "holds",
            "extent": self.chance.choice(["fully", "in_part"]),
        }
        self.make("filings", body)

    def make(self, path: str, body: Any) -> None:
        answer = self.api.send("POST", f"{path}/", body)
        self.note(path, answer)
        if answer.status == 201:
            self.uids[path].append(answer.data["id"])

    def note(self, what: str, answer: Answer) -> None:
        self.told[f"{what} {answer.status}"] += 1
        if answer.status not in TOLD:
            self.wrong.append(f"{what}: {answer.status} {answer.text[:300]}")


def test_each_edit_succeeds_or_is_told_and_the_history_adds_up(
    site: Site, chance: random.Random
) -> None:
    uids = {path: list(site.world[path]) for path in ("claims", "links", "positions")}
    uids["filings"] = list(site.all("filings"))
    before = _versions(site)
    people = [
        Person(site.api(n), random.Random(chance.random()), uids, site.world)
        for n in range(WORKERS)
    ]
    threads = [threading.Thread(target=one.work, args=[EDITS // WORKERS]) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wrong = [said for one in people for said in one.wrong]
    told = sum((one.told for one in people), Counter())
    assert not wrong, f"{wrong[:5]} {told} {site.said()}"
    assert told["claims 200"], told
    assert told["claims 412"] + told["positions 412"], f"Nobody ever met: {told}"
    done = sum((one.done for one in people), Counter())
    for uid, version in _versions(site).items():
        # At the least: what is moved takes its links along, or ends them.
        assert version - before.get(uid, 1) >= done[uid]
    _lines_follow_one_another(site)
    site.verify()


def _versions(site: Site) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in NAMES:
        found |= {uid: row["version"] for uid, row in site.all(path).items()}
    return found


def _lines_follow_one_another(site: Site) -> None:
    """Each line of the journal begins where the one before it on the same row has ended.

    And the versions of a row are as many as its lines.
    """
    lines: dict[tuple[str, int], list[Any]] = defaultdict(list)
    rows = site.sql(
        "SELECT model, object_id, before, after FROM claims_changerow ORDER BY change_id, id"
    )
    for model, pk, *both in rows:
        before, after = (json.loads(one) if isinstance(one, str) else one for one in both)
        known = lines[model, pk]
        if known:
            assert known[-1] == before, f"{model} {pk}: {known[-1]} is followed by {before}"
        else:
            assert before is None, f"{model} {pk} begins with {before}"
        known.append(after)
    for model in ("link", "position", "filing"):
        for pk, version in site.sql(f"SELECT id, version FROM claims_{model}"):  # noqa: S608
            assert version == len(lines[model, pk]), f"{model} {pk}"
