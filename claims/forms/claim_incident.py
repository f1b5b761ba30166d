"""What a claim is about: an incident picked by code or title, or a new one made in place."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from claims.actions.incident import NewIncident
from claims.forms.claim_sources import SourcesForm
from claims.forms.incident_pick import matching
from claims.forms.picked import ANOTHER, uid_field
from claims.models import Incident, Question

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class AboutForm(SourcesForm):
    """A part of a title never makes an incident by itself: it is asked which one is meant."""

    incident = uid_field()
    incident_likely = uid_field()
    incident_name = forms.CharField(label="Incident", max_length=300, required=False)
    happened_on = forms.DateField(label="When it happened", required=False, widget=DAY)
    happened_at = forms.CharField(label="Where", required=False, max_length=300)

    incident_row: Incident | None
    makes_incident: bool

    def find_incident(self) -> None:
        """Sets `incident_row`, the one that is meant, and `makes_incident`, a new one is."""
        values = self.data if self.is_bound else self.initial
        typed = str(values.get("incident_name") or "").strip()
        choice = values.get("incident_choice") or values.get("incident")
        self.makes_incident = bool(typed) and choice == ANOTHER
        self.incident_row = None if self.makes_incident else self._meant(typed, str(choice or ""))

    def _meant(self, typed: str, choice: str) -> Incident | None:
        ticked: Incident | None = self.find(Incident, "incident_likely")
        if not typed and ticked:
            return ticked
        row: Incident | None = self.find(Incident, "incident")
        if not typed or (row and typed in (str(row), row.code, row.title)):
            # Without JavaScript a title can be typed over while the old pick is still sent.
            return row if typed or not self.is_bound else None
        kept = Incident.objects.within(self.workspace).kept()
        found: Incident | None = kept.filter(code=typed.split(" ", 1)[0]).first()
        if found and typed in (str(found), found.code):
            return found
        return next((fit for fit in matching(kept, typed) if str(fit.uid) == choice), None)

    def clean_incident(self) -> Any:
        """Whether what was picked is there."""
        sent = self.cleaned_data["incident"]
        if sent and sent != ANOTHER and self.find(Incident, "incident") is None:
            self.add_error("incident_name", "That incident is not there.")
        return sent

    def clean_about(self) -> None:
        """Asks which incident is meant where the name does not say."""
        if "incident" in self.errors:
            self.add_error("incident_name", "That can't be read. Pick it again.")
        typed = (self.cleaned_data.get("incident_name") or "").strip()
        if not typed or self.incident_row or self.makes_incident or "incident_name" in self.errors:
            return
        fits = matching(Incident.objects.within(self.workspace).kept(), typed)
        self.options["incident"] = fits
        which = "choose one of these, or make a new one" if fits else "make it, or name another"
        self.add_error("incident_name", f"No incident is called just “{typed}”: {which}.")

    def about(self) -> Incident | NewIncident | None:
        """What the action takes."""
        data = self.cleaned_data
        if not self.makes_incident:
            return self.incident_row
        day = data.get("happened_on")
        start = dt.datetime.combine(day, dt.time(), dt.UTC) if day else None
        return NewIncident(data["incident_name"].strip(), start, data.get("happened_at", ""))

    def questions_of(self) -> list[Question]:
        """The incident's questions, key ones first."""
        if self.incident_row is None:
            return []
        kept = self.incident_row.questions.kept().prefetch_related("positions")
        return list(kept.order_by("-is_key", "order", "id"))
