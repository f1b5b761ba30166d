"""Changing and ending what is there, by the actions of the pages; never over a newer version."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar, cast
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions.errors import Conflict
from claims.api.frame import One
from claims.api.problems import Problem
from claims.api.sent import Strict, read

# An ETag that has passed a compressing proxy comes back weak.
ETAG = re.compile(r'\s*(?:W/)?"([0-9]{1,9})"\s*')


class OneToWrite(One, ABC):
    """Parts of the work on claims, which an analyst may change and end."""

    rules = {"GET": "read", "PATCH": "claim.write", "DELETE": "claim.write"}
    sends: ClassVar[type[Strict]]

    @abstractmethod
    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Calls the action. Raises Conflict when `version` is stale."""

    @abstractmethod
    def end(self, row: Any, version: int) -> None:
        """Calls the action that ends it. Raises Conflict when `version` is stale."""

    def patch(self, request: Request, slug: str, uid: UUID) -> Response:
        row = self.one(uid)
        version = self.expected(row)
        sent = read(self.sends, request, self.desk.workspace, changing=True)
        consent = sent.pop("consent", False)
        try:
            self.change(row, version, sent, consent=consent)
        except Conflict as error:
            raise self.stale(self.one(uid)) from error
        return self.told(self.one(uid))

    def delete(self, request: Request, slug: str, uid: UUID) -> Response:
        row = self.one(uid)
        version = self.expected(row)
        try:
            self.end(row, version)
        except Conflict as error:
            raise self.stale(self.one(uid)) from error
        return Response(status=204)

    def expected(self, row: Any) -> int:
        """The version that was read before; a Problem (428, 412) where it is not said or stale."""
        sent = self.request.headers.get("If-Match")
        if not sent:
            said = "Send the object's ETag as If-Match, so that nobody's work is overwritten."
            raise Problem(428, "if-match", said)
        found = ETAG.fullmatch(sent)
        if found is None or int(found[1]) != row.version:
            raise self.stale(row)
        return cast("int", row.version)

    def stale(self, row: Any) -> Problem:
        """Tells the object as it is now."""
        current = self.get_serializer(row).data
        return Problem(412, "stale", "Somebody changed it meanwhile.", current=current)
