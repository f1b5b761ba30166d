"""People who write at the same time, and remember what was acknowledged."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from tests.faults.client import FAILED, Answer, Api
from tests.faults.site import Site

WRITERS = 6
PAUSE = 0.1
"""The longest that one of them thinks between two acts, in seconds."""
COLUMNS = {"claims": "note", "links": "note", "positions": "text"}
"""Into which column of which rows they write."""
OUTAGE = 30.0
"""Seconds after which a writer no longer believes that the site comes back."""


@dataclass
class Kept:
    """A row of one writer: the words that are known to be there, and the version."""

    path: str
    column: str
    words: str = ""
    version: str = '"1"'


@dataclass
class Writer:
    """One person with rows of their own, who goes on however often nobody answers."""

    name: str
    api: Api
    rows: list[Kept]
    world: Any
    chance: random.Random
    pause: float
    made: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)
    told: Counter[int | str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.numbers = count(1)

    def work(self, go_on: Callable[[], bool]) -> None:
        while go_on():
            time.sleep(self.chance.uniform(0, self.pause))
            if self.chance.random() < 0.3:
                self.make()
            else:
                self.change(self.chance.choice(self.rows))

    def make(self) -> None:
        """A new claim; where it is not acknowledged, it is sent again in the end."""
        words = f"{self.name}-{next(self.numbers)}"
        line = self.world["text"].split("\n")[3]
        start = self.world["text"].index(line)
        body = {
            "article": self.world["article"],
            "incident": self.chance.choice(self.world["incidents"]),
            "source": f"Source of {self.name}",
            "note": words,
            "spans": [
                {"role": "source", "start": start, "end": start + 9},
                {"role": "content", "start": start, "end": start + len(line)},
            ],
            "figures": [{"measure": "killed", "low": 4, "as_stated": words}],
        }
        self.bodies[words] = body
        answer = self.once("POST", "claims/", body, Idempotency_Key=words)
        if answer is not None and answer.status < 500:
            self.note(words, answer)

    def note(self, words: str, answer: Answer) -> None:
        """The claim is there."""
        assert answer.status == 201, answer.text
        self.made[answer.data["id"]] = words
        del self.bodies[words]

    def send_again(self) -> None:
        """What was not acknowledged, with its key: done once, whether it was done or not."""
        for words, body in list(self.bodies.items()):
            self.note(words, self.surely("POST", "claims/", body, Idempotency_Key=words))

    def change(self, row: Kept) -> None:
        """Other words for a row; where that is not acknowledged, it is asked whether they came."""
        words = f"{self.name}-{next(self.numbers)}"
        body: dict[str, Any] = {row.column: words}
        if row.path.startswith("claims/"):
            body["figures"] = [{"measure": "killed", "low": 4, "as_stated": words}]
        answer = self.once("PATCH", row.path, body, If_Match=row.version)
        if answer is not None and answer.status < 500:
            assert answer.status == 200, answer.text
            row.words, row.version = words, answer.version
            return
        there = self.surely("GET", row.path)
        assert there.data[row.column] in (row.words, words), "What was acknowledged is lost."
        row.words, row.version = there.data[row.column], there.version

    def once(self, method: str, path: str, data: Any = None, **headers: str) -> Answer | None:
        """The answer, or none where nobody answered."""
        try:
            answer = self.api.send(method, path, data, **headers)
        except FAILED as error:
            self.told[type(error).__name__] += 1
            return None
        self.told[answer.status] += 1
        return answer

    def surely(self, method: str, path: str, data: Any = None, **headers: str) -> Answer:
        """The answer, as soon as there is one that is no excuse."""
        until = time.monotonic() + OUTAGE
        while True:
            answer = self.once(method, path, data, **headers)
            if answer is not None and answer.status < 500:
                return answer
            assert time.monotonic() < until, f"Nobody answers: {answer}"
            time.sleep(0.05)
            if answer is None and len(self.api.ports) > 1:
                self.api.turn_to_the_next()


class Load:
    """`with Load(site, chance):` writers write; afterwards `check` looks up all of it."""

    def __init__(
        self, site: Site, chance: random.Random, *ports: int, pause: float = PAUSE
    ) -> None:
        self.site = site
        self.failures: list[BaseException] = []
        self._over = threading.Event()
        world = site.world
        self.writers = []
        for number in range(WRITERS):
            rows = [
                Kept(f"{path}/{uid}/", column, words)
                for path, column in COLUMNS.items()
                for uid, words in list(world[path].items())[number::WRITERS]
            ]
            api = Api(world["tokens"][number % 4], *(ports or (site.port,)))
            draw = random.Random(chance.random())
            self.writers.append(Writer(f"w{number}", api, rows, world, draw, pause))
        self.threads = [threading.Thread(target=self._work, args=[one]) for one in self.writers]

    def _work(self, writer: Writer) -> None:
        try:
            writer.work(lambda: not self._over.is_set())
        except BaseException as error:  # noqa: BLE001 - told in the main thread
            self.failures.append(error)

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self.threads:
            thread.join()

    @property
    def told(self) -> Counter[int | str]:
        """How many answers there were of each kind."""
        return sum((one.told for one in self.writers), Counter())

    def check(self, *, excuses: tuple[int, ...] = ()) -> None:
        """All that was acknowledged is there, whole; nothing was answered with a fault.

        `excuses` are the statuses from 500 on that are right here.
        """
        if self.failures:
            raise self.failures[0]
        # Two minutes later, an attempt that was killed holds its key no longer.
        self.site.sql("UPDATE claims_receipt SET held_until = made_at")
        for writer in self.writers:
            writer.send_again()
        told = self.told
        assert told[200], "Nothing was written."
        wrong = {s for s in told if isinstance(s, int) and s >= 500 and s not in excuses}
        assert not wrong, f"{told} {self.site.said()}"
        there = {
            f"{path}/{uid}/": row for path in COLUMNS for uid, row in self.site.all(path).items()
        }
        for writer in self.writers:
            for row in writer.rows:
                found = there[row.path]
                assert (found[row.column], f'"{found["version"]}"') == (row.words, row.version)
                if row.path.startswith("claims/") and row.version != '"1"':
                    assert [one["as_stated"] for one in found["figures"]] == [row.words]
            for uid, words in writer.made.items():
                claim = there.pop(f"claims/{uid}/")
                assert claim["note"] == words
                assert [one["as_stated"] for one in claim["figures"]] == [words]
                assert len(claim["spans"]) == 2
        known = {row.path for writer in self.writers for row in writer.rows}
        assert there.keys() == known, "Something is there twice, or half."
        self.site.verify()
