"""Making something by POST: once, however often it is sent with one `Idempotency-Key`."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions import receipt as receipts
from claims.api.frame import DeskView
from claims.api.problems import Problem
from claims.api.sent import Strict, read
from claims.models import Receipt
from claims.models.receipt import LONGEST_KEY

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
TOLD_AGAIN = ("ETag", "Location")


class ToMake(DeskView, ABC):
    """`takes` is what is sent; `make` calls the action and answers what was made."""

    takes: ClassVar[type[Strict]]

    @abstractmethod
    def make(self, sent: dict[str, Any]) -> Response:
        """Makes it."""

    def post(self, request: Request, slug: str) -> HttpResponseBase:
        key = request.headers.get(HEADER)
        if key is None:
            return self._made()
        if not KEY.fullmatch(key):
            said = f"{HEADER} is up to {LONGEST_KEY} letters, digits and signs, without spaces."
            raise ValidationError(said)
        return self._once(key)

    def _made(self) -> Response:
        return self.make(read(self.takes, self.request, self.desk.workspace))

    def _once(self, key: str) -> HttpResponseBase:
        request = self.request
        asked = f"{request.method} {request.get_full_path()}\n".encode() + request.body
        try:
            receipt = receipts.begin(self.desk.user, key, hashlib.sha256(asked).hexdigest())
        except receipts.OtherRequest as error:
            said = f"This {HEADER} was sent with another request: take a new one."
            raise Problem(422, "other-request", said) from error
        except receipts.InWork as error:
            raise self._in_work() from error
        if receipt.status is not None:
            return _again(receipt)
        try:
            with transaction.atomic():
                response = self._made()
                headers = {name: response[name] for name in TOLD_AGAIN if name in response}
                body = JSONRenderer().render(response.data).decode()
                receipts.answer(receipt, response.status_code, headers, body)
        except receipts.Overtaken as error:
            raise self._in_work() from error
        except BaseException:
            # What was refused did nothing: it can be put right and sent again with this key.
            receipts.forget(receipt)
            raise
        return response

    def _in_work(self) -> Problem:
        return Problem(409, "in-work", "The same request is being worked on: ask again.")


def _again(receipt: Receipt) -> HttpResponse:
    headers = {**receipt.headers, REPLAYED: "true"}
    return HttpResponse(receipt.body, "application/json", receipt.status, headers=headers)
