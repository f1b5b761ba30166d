"""The site, served to a real browser from a thread of the test process."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connections
from django.test.testcases import LiveServerThread


class InFlight:
    """A WSGI application that knows how many of its answers are still under way."""

    def __init__(self) -> None:
        self.app: Any = None
        self.count = 0
        self.changed = threading.Condition()

    def wrap(self, app: Any) -> InFlight:
        """Stand before `app`, where Django would put a handler of static files.

        WhiteNoise serves those, as in production.
        """
        self.app = app
        return self

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self.changed:
            self.count += 1
        try:
            answer = self.app(environ, start_response)
        except BaseException:
            self.done()
            raise
        return Answer(answer, self)

    def done(self) -> None:
        """Count one answer as finished.

        The browser keeps its connection open, and the thread that serves it would keep its own to
        the database, which then could not be removed.
        """
        connections.close_all()
        with self.changed:
            self.count -= 1
            self.changed.notify_all()

    def wait(self, seconds: float = 10) -> bool:
        """True once nothing is under way any more; False when that takes too long."""
        with self.changed:
            return self.changed.wait_for(lambda: self.count == 0, seconds)


class Answer:
    """One answer; finished when the server closes it, as WSGI says it must."""

    def __init__(self, body: Any, in_flight: InFlight) -> None:
        self.body = body
        self.in_flight = in_flight

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.body)

    def close(self) -> None:
        """Close the answer itself, then count it as finished."""
        try:
            if hasattr(self.body, "close"):
                self.body.close()
        finally:
            self.in_flight.done()


class Site:
    """A running server: `url`, and `in_flight` requests."""

    def __init__(self) -> None:
        self.in_flight = InFlight()
        handler: Any = self.in_flight.wrap  # called as a class of handlers would be
        self.thread = LiveServerThread("localhost", handler, connections_override={})
        self.thread.daemon = True
        self.thread.start()
        self.thread.is_ready.wait()
        if self.thread.error:
            raise self.thread.error
        self.url = f"http://localhost:{self.thread.port}"

    def stop(self) -> None:
        """Stop serving and wait until the thread has ended."""
        self.thread.terminate()
