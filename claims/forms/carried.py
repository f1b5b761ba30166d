"""What a form took over from a claim before: no words of this one say it, so that it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from claims.models import Incident


class CarriedForm(forms.Form):
    """Tells what was taken over, `carried_…` beside it; what a person changed since is theirs."""

    incident_row: Incident | None

    @property
    def carried_incident(self) -> str:
        """The incident's uid, while it is the one of the claim before; else empty."""
        carried = self._sent("carried_incident")
        now = str(self.incident_row.uid) if self.incident_row else ""
        return carried if carried == now else ""

    @property
    def carried_said(self) -> str:
        """Whose day it is, and which, while it is that of the source's claim before."""
        carried = self._sent("carried_said")
        now = whose_day({name: self[name].value() for name in DAY})
        return carried if carried == now else ""

    def _sent(self, name: str) -> str:
        return str((self.data if self.is_bound else self.initial).get(name) or "")


DAY = ("source", "said_from", "said_to")


def whose_day(values: Mapping[str, Any]) -> str:
    """The source and its day, as they travel with the form."""
    return "/".join(str(values[name] or "") for name in DAY)
