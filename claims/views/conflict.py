"""Two versions side by side, for `_conflict.html`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest

from claims.models import Claim
from claims.models.base import Root
from claims.records.dates import day

LONGEST_NUMBER = 10


class Difference(NamedTuple):
    """One field: what stands there now, and what this form would set."""

    label: str
    theirs: str
    mine: str


def differences(form: forms.Form, theirs: Mapping[str, Any]) -> list[Difference]:
    """The fields of a valid `form` whose value differs from `theirs`, in the form's order."""
    rows = []
    for name, value in theirs.items():
        one, other = _shown(form, name, value), _shown(form, name, form.cleaned_data.get(name))
        if one != other:
            rows.append(Difference(str(form[name].label), one, other))
    return rows


def conflict(
    form: forms.Form, row: Root, theirs: Mapping[str, Any], claim: Claim
) -> dict[str, Any]:
    """The template's variables for a stale `form`, which from now on starts from `row`."""
    rows = differences(form, theirs)
    overwrite_next(form, row.version)
    return {"conflict": rows, "keep_url": claim.get_absolute_url()}


def version_in(request: HttpRequest, name: str = "version") -> int:
    """The version that a posted form started from; 0, which none has, where it does not say."""
    version = request.POST.get(name, "")
    return int(version) if version.isdecimal() and len(version) < LONGEST_NUMBER else 0


def overwrite_next(form: forms.Form, version: int | str, name: str = "version") -> None:
    """Makes saving the same form again a deliberate overwrite of `version`."""
    data: Any = form.data
    data = data.copy()
    data[name] = str(version)
    form.data = data


def _shown(form: forms.Form, name: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if value is None or value == "":
        return "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    labels: dict[Any, Any] = {}
    if isinstance(form.fields[name], forms.ChoiceField) and isinstance(value, (str, int)):
        labels = dict(form.fields[name].choices)  # type: ignore[attr-defined]
    return str(labels.get(value, value))
