"""A plain client: what a script, or a browser without JavaScript, sends."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

FAILED = (OSError, HTTPException)
"""Nobody answered, or only half: whether it was done is not known."""
SECONDS = 30
IDLE = 3.0
"""Seconds for which a connection is kept; the server waits for two more."""
PATIENT = "X-CSRFToken"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def version(self) -> str:
        """The version of the row that was answered."""
        return self.headers["etag"]

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """One connection, kept open as long as it holds; opened anew for the next request."""

    def __init__(self, *ports: int) -> None:
        self.ports = list(ports)
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self._open: HTTPConnection | None = None
        self._used = 0.0

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One try, at the first port. Raises what is in `FAILED`."""
        connection = self._kept() or HTTPConnection("127.0.0.1", self.ports[0], timeout=SECONDS)
        sent = self.headers | (headers or {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
        except BaseException:
            connection.close()
            raise
        self._open, self._used = connection, time.monotonic()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, content)

    def _kept(self) -> HTTPConnection | None:
        """The open connection, unless the server may just be closing it."""
        kept, self._open = self._open, None
        if kept and time.monotonic() - self._used > IDLE:
            kept.close()
            return None
        return kept

    def __del__(self) -> None:
        if self._open:
            self._open.close()

    def turn_to_the_next(self) -> None:
        """The other port comes first from now on."""
        if self._open:
            self._open.close()
        self._open = None
        self.ports.append(self.ports.pop(0))


class Api(Client):
    """Of one desk, by token."""

    def __init__(self, token: str, *ports: int) -> None:
        super().__init__(*ports)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def send(self, method: str, path: str, data: Any = None, **headers: str) -> Answer:
        body = None if data is None else json.dumps(data).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(method, f"/api/v1/w/desk/{path}", body, named)


class Browser(Client):
    """Pages and their forms."""

    def get(self, path: str) -> Answer:
        """Follows where it is sent on."""
        answer = self.ask("GET", path)
        while answer.status in (301, 302):
            answer = self.ask("GET", _path(answer.headers["location"]))
        if found := _TOKEN.search(answer.text):
            self.headers[PATIENT] = found[1]
        return answer

    def post(self, path: str, values: dict[str, str], **headers: str) -> Answer:
        """The answer itself, wherever it leads."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(values).encode(), kind | headers)

    def upload(self, path: str, name: str, content: bytes) -> Answer:
        """Sends a file."""
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head += "Content-Type: application/octet-stream\r\n\r\n"
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.ask(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
        )

    def sign_in(self, name: str, password: str) -> None:
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"login": name, "password": password})
        assert answer.status == 302, answer.text
        self.get("/")


def _path(location: str) -> str:
    parts = urlsplit(location)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
