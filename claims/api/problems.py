"""Errors as problem details (RFC 9457): a status, a sentence, and the fields at fault."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    ObjectDoesNotExist,
    RequestDataTooBig,
    ValidationError,
)
from django.forms import BaseForm
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from claims.actions.errors import Conflict, NeedsConsent, WrongAt
from claims.models import Tombstone
from claims.policy import NeedsSecondFactor
from claims.views.desk import Purged

MEDIA_TYPE = "application/problem+json"
MOST_TOLD = 9
OF_ALL = {"non_field_errors", NON_FIELD_ERRORS}
"""What a serializer and a form call the errors of no single field."""


class Problem(exceptions.APIException):
    """A problem of a kind of its own; `more` are further members of its body."""

    def __init__(self, code: int, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status_code = code
        self.kind = kind
        self.more = more


def of_form(form: BaseForm) -> exceptions.ValidationError:
    """What is wrong with a form's data; a name typed beside a uid is the same field."""
    return exceptions.ValidationError(
        {name.removesuffix("_name"): list(map(str, said)) for name, said in form.errors.items()}
    )


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer for what a view raised; None for a fault of ours, which is reported as one."""
    error = _as_answered(error)
    # Its module loads our parsers, which raise what is defined here.
    from rest_framework.views import exception_handler  # noqa: PLC0415

    answer = exception_handler(error, context)
    if answer is None:
        return None
    body = {"type": "about:blank", "title": answer.status_text, "status": answer.status_code}
    if isinstance(error, exceptions.ValidationError):
        errors = list(_flat(error.detail))
        body |= {"detail": _sentence(errors), "errors": errors}
    else:
        # Django's own errors come without their sentence; of a missing thing none is told.
        said = getattr(error, "detail", None) or str(error) or answer.status_text
        body["detail"] = str(said)
    if isinstance(error, Problem):
        body |= {"type": f"urn:counterclaim:{error.kind}", **error.more}
    answer.data = body
    answer.content_type = MEDIA_TYPE
    return answer


def _as_answered(error: Exception) -> Exception:
    """An error of ours as one that the framework has an answer for."""
    if isinstance(error, NeedsConsent):
        said = "Send `consent: true` if that is meant."
        return Problem(409, "needs-consent", said, sentences=error.losses)
    if isinstance(error, Purged):
        return _gone(error.stone)
    if isinstance(error, NeedsSecondFactor):
        return Problem(403, "second-factor", str(error))
    if isinstance(error, RequestDataTooBig):
        return Problem(413, "too-large", "That is more than can be sent at once.")
    if isinstance(error, Conflict):
        return Problem(409, "changed", "Something it touches was just changed: ask again.")
    if isinstance(error, ObjectDoesNotExist):
        return Http404("It is not there (any more).")
    if isinstance(error, WrongAt):
        places: Any = {place: _by_field(one) for place, one in error.errors.items()}
        return exceptions.ValidationError({"claims": places})
    if isinstance(error, ValidationError):
        return exceptions.ValidationError(_by_field(error))
    if isinstance(error, BadRequest):
        return exceptions.ValidationError({"after": [str(error)]})
    return error


def _gone(stone: Tombstone) -> Problem:
    """It was purged: by whom, when and why."""
    said = {"by": str(stone.by), "at": stone.at.isoformat(), "reason": stone.reason}
    return Problem(410, "purged", "It was purged, for good.", purged=said)


def plainly(status: int, detail: str) -> JsonResponse:
    """A problem where no view of the API was reached, or its own fault ended it."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def _by_field(error: ValidationError) -> Any:
    """An action's refusal, as a serializer would put it."""
    if not hasattr(error, "error_dict"):
        return {"": error.messages}
    return {
        name: [message for one in errors for message in one.messages]
        for name, errors in error.error_dict.items()
    }


def _flat(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """`{"spans": [{"end": ["..."]}]}` as `spans.0.end`: each message with its field."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flat(inner, _join(path, "" if name in OF_ALL else str(name)))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            deep = isinstance(inner, (dict, list))
            yield from _flat(inner, _join(path, str(place)) if deep else path)
    else:
        yield {"field": path, "message": str(detail)}


def _join(path: str, name: str) -> str:
    return ".".join(filter(None, [path, name]))


def _sentence(errors: list[dict[str, str]]) -> str:
    told = [f"{e['field']}: {e['message']}" if e["field"] else e["message"] for e in errors]
    more = len(told) - MOST_TOLD
    return " ".join([*told[:MOST_TOLD], *([f"And {more} more."] if more > 0 else [])])
