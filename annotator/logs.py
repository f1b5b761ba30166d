"""What is written down of each request and each fault, and what is not: `docs/health.md`.

No names, no query strings, no addresses of people, no text of articles. An error's own message can
quote any of these (a database names the value that it refuses), so of a fault the log has its kind
and where it was, and its message only at LOG_LEVEL=DEBUG.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
SAFE = re.compile(r"[A-Za-z0-9_-]{8,64}")
QUIET = ("/healthz", "/readyz", "/static/")

_current: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("counterclaim.requests")


def request_id() -> str:
    """The id of the request that this thread is at; blank outside of any."""
    return _current.get()


class Requests:
    """Gives each request an id, or takes a proxy's where it is of a safe shape, and logs a line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        id = given if SAFE.fullmatch(given) else uuid4().hex
        request.request_id = id  # type: ignore[attr-defined]  # for error pages
        token = _current.set(id)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            response[HEADER] = id
            if not request.path.startswith(QUIET):
                log.info("request", extra={"facts": _facts(request, response, began)})
            return response
        finally:
            _current.reset(token)


def _facts(
    request: HttpRequest, response: HttpResponseBase, began: float
) -> dict[str, str | int | None]:
    """The route, not the address: that has ids, and whatever somebody has typed."""
    return {
        "method": request.method if (request.method or "").isalpha() else "other",
        "route": request.resolver_match.route if request.resolver_match else "none",
        "status": response.status_code,
        "milliseconds": round((time.monotonic() - began) * 1000),
    }


Caught = tuple[type[BaseException], BaseException, TracebackType | None]


class Plain(logging.Formatter):
    """A line of text; a fault without its message, unless everything is logged."""

    def format(self, record: logging.LogRecord) -> str:
        record.request = request_id() or "-"
        line = super().format(record)
        facts = getattr(record, "facts", None)
        return f"{line} {' '.join(f'{k}={v}' for k, v in facts.items())}" if facts else line

    def formatException(self, ei: Caught | tuple[None, None, None]) -> str:  # noqa: N802 - logging's
        if logging.getLogger().isEnabledFor(logging.DEBUG):
            return super().formatException(ei)
        return "\n".join(where(ei[1]))


class Json(Plain):
    """A line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if id := request_id():
            told["request_id"] = id
        told |= getattr(record, "facts", {})
        if record.exc_info:
            told["fault"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def where(error: BaseException | None) -> list[str]:
    """The kind of an error and of those that led to it, each with the lines of code it came by."""
    lines: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        lines.append(type(error).__qualname__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        error = error.__cause__ or error.__context__
    return lines
