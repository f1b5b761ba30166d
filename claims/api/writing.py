"""Changing and ending what is there, by the actions of the pages; never over a newer version."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions.errors import Conflict
from claims.api.frame import One, mark
from claims.api.problems import Problem
from claims.api.sent import Strict, read

# An ETag that has passed a compressing proxy comes back weak.
ETAG = re.compile(r'\s*(?:W/)?"([0-9a-f]{1,16})"\s*')


class OneToWrite(One, ABC):
    """`takes` is what may be changed; `rules` says who may change it and who may end it."""

    takes: ClassVar[type[Strict]]

    @abstractmethod
    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Changes what is sent, and nothing else."""

    @abstractmethod
    def end(self, row: Any, version: int) -> None:
        """Ends it; that can be undone."""

    def patch(self, request: Request, slug: str, uid: UUID) -> Response:
        row = self.one(uid)
        self.expect(row)
        sent = read(self.takes, request, self.desk.workspace, changing=True)
        consent = sent.pop("consent", False)
        try:
            self.change(row, getattr(row, "version", 0), sent, consent=consent)
        except Conflict as error:
            raise self.stale(self.one(uid)) from error
        return self.told(self.one(uid))

    def delete(self, request: Request, slug: str, uid: UUID) -> Response:
        row = self.one(uid)
        self.expect(row)
        try:
            self.end(row, getattr(row, "version", 0))
        except Conflict as error:
            raise self.stale(self.one(uid)) from error
        return Response(status=204)

    def expect(self, row: Any) -> None:
        """Raises a Problem (428, 412) where the version that was read is not said, or is stale."""
        sent = self.request.headers.get("If-Match")
        if not sent:
            said = "Send the object's ETag as If-Match, so that nobody's work is overwritten."
            raise Problem(428, "if-match", said)
        found = ETAG.fullmatch(sent)
        if found is None or found[1] != mark(row):
            raise self.stale(row)

    def stale(self, row: Any) -> Problem:
        """Tells the object as it is now."""
        current = self.get_serializer(row).data
        return Problem(412, "stale", "Somebody changed it meanwhile.", current=current)
