"""`/healthz` and `/readyz`: for a proxy and for whoever watches; `docs/health.md`.

Before everything else, so that they need no sign-in, no session and none of the site's host names.
They tell nothing of what the site holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from tempfile import TemporaryFile

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from claims.actions import heartbeat

OK = "ok"


class Health:
    """Answers two addresses, and passes everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.up_to_date = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answers = {"/healthz": self.lives, "/readyz": self.ready}
        answer = answers.get(request.path)
        if answer is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = answer()
        response["Cache-Control"] = "no-store"
        return response

    def lives(self) -> HttpResponse:
        """The process answers; the database is not asked."""
        return HttpResponse(f"{OK}\n", content_type="text/plain")

    def ready(self) -> HttpResponse:
        """It can do its work; a worker that is not seen is told, but pages go without."""
        told: dict[str, str | int | None] = {"data_folder": _writable()}
        try:
            told["migrations"] = self._migrations()
            told["worker_seen_seconds_ago"] = heartbeat.seen()
            told["database"] = OK
        except DatabaseError:
            told["database"] = "does not answer, or has no tables"
        ready = {told.get(name) for name in ("database", "migrations", "data_folder")} == {OK}
        return JsonResponse({"ready": ready, **told}, status=200 if ready else 503)

    def _migrations(self) -> str:
        """Once all are applied, that stays so while this process lives."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not self.up_to_date:
            executor = MigrationExecutor(connection)
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if waiting:
                return f"{len(waiting)} to be applied"
            self.up_to_date = True
        return OK


def _writable() -> str:
    try:
        with TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"1")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return "can't be written to"
    return OK
