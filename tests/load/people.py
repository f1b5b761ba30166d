"""Who works at the desk, for locust: analysts, reviewers, exporters; each signs in once.

Every write that the site has acknowledged goes as a line into the file `LOAD_TOLD`, and
`tests.load.run` looks for each in the database afterwards.
"""

from __future__ import annotations

import json
import os
import random
from itertools import count
from pathlib import Path
from typing import Any

import gevent
from locust import HttpUser, between, task
from locust.exception import StopUser

from tests.load.forms import Fields, Form

WORLD = json.loads(Path(os.environ["LOAD_WORLD"]).read_text())
TOLD = Path(os.environ["LOAD_TOLD"]).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115
DESK = f"/w/{WORLD['desk']}"
SAVE = "save a claim"
"""The name under which the saves of an annotation are counted."""
_addresses = count(1)


class Person(HttpUser):  # type: ignore[misc]
    """Somebody who signs in as a browser does, from an address of their own."""

    abstract = True
    role = ""
    numbers: Any

    def on_start(self) -> None:
        number = next(self.numbers)
        if number > WORLD["people"][self.role]:
            raise StopUser
        self.me = f"{self.role}-{number}"
        # As nginx tells it; sign-ins are counted by address, and people do not share one.
        at = next(_addresses)
        self.client.headers["X-Forwarded-For"] = f"10.1.{at // 250}.{at % 250 + 1}"
        page = self.client.get("/accounts/login/", name="sign-in page").text
        fields = Form(page, action="/accounts/login/").fields or Form(page, action="").fields
        sent = fields | {"login": [self.me], "password": [WORLD["password"]]}
        with self.client.post(
            "/accounts/login/", sent, name="sign in", catch_response=True
        ) as answer:
            if DESK not in answer.url:
                answer.failure(f"{self.me} was not let in: {answer.url}")
                raise StopUser

    def htmx(self, method: str, path: str, name: str, data: Fields | None = None) -> Any:
        """Asks as the page's script does."""
        headers = {"HX-Request": "true", "X-CSRFToken": self.client.cookies.get("csrftoken", "")}
        return self.client.request(method, path, name=name, data=data, headers=headers)

    def tell(self, kind: str, **what: str) -> None:
        """The site has said that this is saved."""
        TOLD.write(json.dumps({"kind": kind, "by": self.me, **what}) + "\n")


class Analyst(Person):
    """Reads an article and makes a claim about every half minute; puts some right, undoes some."""

    role = "analyst"
    numbers = count(1)
    weight = WORLD["people"]["analyst"]
    fixed_count = weight
    wait_time = between(8, 16)

    def on_start(self) -> None:
        super().on_start()
        self.place: dict[str, Any] = {}
        self.left = 0

    @task
    def annotate(self) -> None:
        """Open the form, think, save; then perhaps something with what was saved."""
        if not self.left:
            self.place, self.left = random.choice(WORLD["places"]), 5
            self.client.get(f"{DESK}/articles/{self.place['article']}/", name="annotate page")
        self.left -= 1
        words = random.choice(self.place["words"])
        new = f"{DESK}/articles/{self.place['article']}/claims/new/"
        asked = "&".join(f"{name}={value}" for name, value in words.items())
        page = self.htmx("GET", f"{new}?{asked}", "open the form").text
        self._think(12, 22)
        uid = self._save(page, new)
        if uid and random.random() < 0.25:
            self._think(3, 8)
            self._put_right(uid)
        elif uid and random.random() < 0.1:
            self._think(2, 5)
            self._undo(uid)

    def _think(self, least: float, most: float) -> None:
        gevent.sleep(random.uniform(least, most))

    def _save(self, page: str, new: str) -> str:
        form = Form(page, id="claim-form")
        if not form.found:
            return ""
        incident = self.place["incident"]
        shown = self.htmx(
            "GET", f"{new}?fragment=answers&incident={incident}", "choose the incident"
        ).text
        answers = Form(f'<form id="f">{shown}</form>', id="f")
        positions = [one for one in answers.choices.get("position", []) if one]
        sent = form.fields | {
            "source": [""],
            "source_name": [random.choice(WORLD["sources"])],
            "incident": [incident],
            "incident_name": [self.place["incident_name"]],
            "position": [random.choice(positions)] if positions else [""],
            "says": ["asserts"],
        }
        answer = self.htmx("POST", new, SAVE, sent)
        return self._saved(answer, "claim")

    def _saved(self, answer: Any, kind: str, **what: str) -> str:
        if answer.status_code != 200:
            return ""
        events = json.loads(answer.headers.get("HX-Trigger", "{}"))
        uid: str = events.get("focusClaim", "")
        if uid:
            self.tell(kind, uid=uid, **what)
        return uid

    def _put_right(self, uid: str) -> None:
        edit = f"{DESK}/claims/{uid}/edit/"
        form = Form(self.htmx("GET", edit, "open the form again").text, id="claim-form")
        words = f"In other words, {random.getrandbits(64):x}"
        answer = self.htmx("POST", edit, "save it again", form.fields | {"paraphrase": [words]})
        self._saved(answer, "edit", paraphrase=words)

    def _undo(self, uid: str) -> None:
        token = self.client.cookies.get("csrftoken", "")
        sent = {"csrfmiddlewaretoken": token, "next": f"{DESK}/"}
        answer = self.client.post(f"{DESK}/undo/", sent, name="undo", allow_redirects=False)
        if answer.status_code == 302:
            self.tell("undo", uid=uid)


class Reviewer(Person):
    """Goes from the queue to an incident, decides now and then, approves what waits."""

    role = "reviewer"
    numbers = count(1)
    weight = WORLD["people"]["reviewer"]
    fixed_count = weight
    wait_time = between(10, 25)

    @task(4)
    def look(self) -> None:
        self.client.get(f"{DESK}/review/", name="review")
        self.client.get(f"{DESK}/incidents/{self._incident()['uid']}/", name="incident")

    @task(2)
    def approve(self) -> None:
        page = self.client.get(f"{DESK}/review/approval/", name="waiting for approval").text
        claim = random.choice(WORLD["waiting"])
        if not page:
            return
        sent = {"status": ["approved"], "version": ["1"]}
        answer = self.htmx("POST", f"{DESK}/claims/{claim}/status/", "approve", sent)
        if answer.status_code == 200 and "HX-Trigger" in answer.headers:
            self.tell("approved", uid=claim)

    @task(1)
    def decide(self) -> None:
        where = f"{DESK}/questions/{self._incident()['question']}/verdict/"
        form = Form(self.client.get(where, name="verdict form").text, action=where)
        why = f"So it seems, {random.getrandbits(64):x}"
        sent = form.fields | {"verdict": ["unresolved"], "confidence": ["low"], "rationale": [why]}
        sent |= {"likelihood": [""], "position": [""]}
        answer = self.client.post(where, sent, name="record a verdict", allow_redirects=False)
        if answer.status_code == 302:
            self.tell("verdict", rationale=why)

    def _incident(self) -> dict[str, str]:
        found: dict[str, str] = random.choice(WORLD["incidents"])
        return found


class Exporter(Person):
    """Takes the whole desk along, again and again."""

    role = "exporter"
    numbers = count(1)
    weight = WORLD["people"]["exporter"]
    fixed_count = weight
    wait_time = between(20, 40)

    @task
    def export(self) -> None:
        name = random.choice(("claims-csv", "jsonl"))
        with self.client.get(
            f"{DESK}/export/{name}/", name=f"export {name}", stream=True, catch_response=True
        ) as answer:
            size = sum(len(piece) for piece in answer.iter_content(65_536))
            if size < WORLD["claims"] * 50:
                answer.failure(f"only {size} bytes came")
