"""Forms of incidents: made, edited, found in a list."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from claims.forms import assignee as assignees
from claims.forms.assignee import NOBODY
from claims.forms.filtering import ListFilter
from claims.forms.incident_pick import NAMES, few, holding, ranked
from claims.forms.picked import PickingForm, name_field, uid_field
from claims.models import Claim, Incident, Side, Source, User, Workspace
from claims.models.lens import settled
from claims.records import LocationPrecision, State, TimePrecision, Workflow

AT_MOST = 9
FEW = 2_000
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
MOMENTS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d", "%Y-%m", "%Y"]


class MomentField(forms.DateTimeField):
    """A time in UTC as typed: to the minute, or a day, month or year (its first minute).

    With `last` a day alone is its last minute, so that an end can be given as a day.
    """

    def __init__(self, *, last: bool = False, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(
            {"placeholder": "2016-12-07 09:00", "autocomplete": "off"}, format="%Y-%m-%d %H:%M"
        )
        super().__init__(required=False, input_formats=MOMENTS, widget=widget, **kwargs)
        self.last = last
        self.error_messages["invalid"] = "Write it as 2016-12-07 09:00, or the day alone."

    def to_python(self, value: Any) -> dt.datetime | None:
        if self.last and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
            value = f"{value.strip()} 23:59"
        return super().to_python(value)


class IncidentForm(PickingForm):
    """An incident's details. Without a code a new one gets the next of its day."""

    title = forms.CharField(max_length=300)
    code = forms.CharField(
        max_length=80, required=False, help_text="Empty: the next one of its day."
    )
    occurred_from = MomentField(label="From (UTC)")
    occurred_to = MomentField(label="To (UTC)", last=True)
    precision = forms.ChoiceField(
        label="The time is known",
        choices=TimePrecision.choices(),
        initial=TimePrecision.DAY.value,
        help_text="What is finer than this is not shown.",
    )
    place = forms.CharField(max_length=300, required=False)
    latitude = forms.DecimalField(
        required=False,
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees north, such as 34.37.",
    )
    longitude = forms.DecimalField(
        required=False,
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees east, such as 41.09.",
    )
    location_precision = forms.ChoiceField(
        label="The coordinates are",
        choices=LocationPrecision.choices(),
        initial=LocationPrecision.UNKNOWN.value,
    )
    summary = forms.CharField(required=False, widget=forms.Textarea({"rows": 4, "dir": "auto"}))
    parent = uid_field()
    parent_name = name_field("Part of", max_length=400, help_text="Another incident, by its code.")
    assignee: Any = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label=NOBODY, label="Who works on it"
    )
    workflow = forms.ChoiceField(label="The work is", choices=Workflow.choices())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    COLUMNS = (
        "title code occurred_from occurred_to precision place latitude longitude "
        "location_precision summary parent assignee workflow"
    ).split()

    def __init__(
        self, workspace: Workspace, data: Any = None, *, incident: Incident | None = None, **kw: Any
    ) -> None:
        super().__init__(data, **kw)
        self.workspace = workspace
        self.incident = incident
        may = Q(memberships__workspace=workspace)
        if incident is not None:
            # Whoever has left the desk stays its assignee until somebody changes that.
            may |= Q(pk=incident.assignee_id)
            self.fields["version"].required = True
            self.fields["code"].required = True
            self.fields["code"].help_text = ""
        assignee: Any = self.fields["assignee"]
        assignee.queryset = User.objects.filter(may).distinct().order_by("username")

    def clean(self) -> dict[str, Any]:
        """Resolves what it is part of, and looks at the times and the coordinates as pairs."""
        data = self.cleaned_data
        start, end = data.get("occurred_from"), data.get("occurred_to")
        if end and "occurred_from" not in self.errors and (start is None or end < start):
            self.add_error("occurred_to", "The end can't be before the start.")
        north, east = data.get("latitude"), data.get("longitude")
        wrong = {"latitude", "longitude"} & self.errors.keys()
        if (north is None) != (east is None) and not wrong:
            self.add_error("longitude", "Give both coordinates, or neither.")
        rows = Incident.objects.within(self.workspace).kept()
        if self.incident is not None:
            rows = rows.exclude(pk=self.incident.pk)
        row = self.picked("parent", rows, lambda typed: called(rows, typed))
        if isinstance(row, str):
            self.add_error("parent_name", "No other incident is called so.")
        data["parent"] = row
        return data

    def values(self) -> dict[str, Any]:
        """The columns, as the actions take them."""
        return {name: self.cleaned_data[name] for name in self.COLUMNS}


def initial_of(incident: Incident) -> dict[str, Any]:
    """The form's values for an incident that is there."""
    values = {name: getattr(incident, name) for name in IncidentForm.COLUMNS}
    for name in ("latitude", "longitude"):
        if values[name] is not None:
            values[name] = f"{values[name].normalize():f}"
    parent = incident.parent
    return values | {
        "parent": parent.uid if parent else None,
        "parent_name": str(parent) if parent else "",
        "version": incident.version,
    }


def called(rows: Any, typed: str) -> list[Incident]:
    """Those with this code, or whose code and title are this; else those that hold the words."""
    exact = list(rows.filter(Q(code=typed) | Q(code=typed.split(maxsplit=1)[0]))[:AT_MOST])
    return exact or list(holding(ranked(rows, typed), [typed], NAMES)[:AT_MOST])


class IncidentFilter(ListFilter):
    """Which incidents a list shows; all fields together narrow it down."""

    q = forms.CharField(
        label="Words",
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search", "placeholder": "code, title, summary"}),
    )
    state = forms.ChoiceField(required=False, choices=[("", "any"), *State.choices()])
    workflow = forms.ChoiceField(
        label="Work", required=False, choices=[("", "any"), *Workflow.choices()]
    )
    assignee = forms.ChoiceField(required=False)
    since = forms.DateField(label="Happened from", required=False, widget=DAY)
    until = forms.DateField(label="to", required=False, widget=DAY)
    place = forms.CharField(label="Place holds", required=False, max_length=200)
    source = forms.CharField(label="Source", required=False, max_length=200)
    side: Any = forms.ModelChoiceField(
        Side.objects.none(), to_field_name="uid", required=False, empty_label="any"
    )

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(data)
        self.workspace = workspace
        side: Any = self.fields["side"]
        side.queryset = Side.objects.within(workspace)
        assignee: Any = self.fields["assignee"]
        assignee.choices = assignees.choices(workspace)

    def narrow(self, incidents: Any) -> Any:
        """`incidents`, narrowed; none at all where a filter says what can't be."""
        if not self.is_valid():
            return incidents.none()
        data = self.cleaned_data
        for name in ("state", "workflow"):
            if data[name]:
                incidents = settled(incidents) if name == "state" else incidents
                incidents = incidents.filter(**{name: data[name]})
        incidents = assignees.narrow(incidents, data["assignee"])
        if data["place"]:
            incidents = incidents.filter(place__icontains=data["place"])
        if text := data["q"]:
            found = holding(incidents, [text], (*NAMES, "summary", "place"))
            ids = few(found)
            incidents = found if ids is None else incidents.filter(pk__in=ids)
        if data["source"] or data["side"]:
            incidents = _with_claims(incidents, self._claims(data["source"], data["side"]))
        return _between(incidents, data["since"], data["until"])

    def _claims(self, source: str, side: Side | None) -> Any:
        """The claims of such sources."""
        sources = Source.objects.within(self.workspace)
        if source:
            sources = sources.meant(source)
        if side:
            sources = sources.filter(side=side)
        # By number: a planner that has to guess how many they are reads all claims instead.
        found = list(sources.values_list("pk", flat=True))
        return Claim.objects.within(self.workspace).kept().filter(source__in=found)


def _with_claims(incidents: Any, claims: Any) -> Any:
    """Those that one of `claims` is about.

    Few claims name the incidents; of many, a claim is soon found in one incident after the other.
    """
    few = list(claims.exclude(incident=None).values_list("incident", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return incidents.filter(pk__in=set(few))
    return incidents.filter(Exists(claims.filter(incident=OuterRef("pk"))))


def _between(incidents: Any, since: dt.date | None, until: dt.date | None) -> Any:
    """Those that happened, at least in part, from the one day to the other, in UTC."""
    if until:
        after = dt.datetime.combine(until, dt.time(), dt.UTC) + dt.timedelta(days=1)
        incidents = incidents.filter(occurred_from__lt=after)
    if since:
        start = dt.datetime.combine(since, dt.time(), dt.UTC)
        incidents = incidents.annotate(over=Coalesce("occurred_to", "occurred_from")).filter(
            over__gte=start
        )
    return incidents
