"""What is searched for: words, and the facets that narrow it down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from claims.forms.filtering import DaysFilter
from claims.models import Claim, Incident, Side, Source, User, Workspace
from claims.records import ClaimKind
from claims.searching.facets import Filter, Noun, Standing
from claims.searching.query import Query, parse

LONGEST = 300
DAY = {"type": "date"}


class SearchForm(DaysFilter):
    """The search of a desk, as its address holds it. Facets are chosen by links."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST,
        strip=False,  # a space at the end makes the last word a whole one
        widget=forms.TextInput(
            {
                "type": "search",
                "id": "search",
                "autocomplete": "off",
                "dir": "auto",
                "placeholder": "Search claims, sources, incidents",
            }
        ),
    )
    since = forms.DateField(
        label="Dated from", required=False, widget=forms.DateInput(DAY, "%Y-%m-%d")
    )
    until = forms.DateField(label="to", required=False, widget=forms.DateInput(DAY, "%Y-%m-%d"))
    noun = forms.ChoiceField(required=False, choices=Noun.choices(), widget=forms.HiddenInput)
    kind = forms.ChoiceField(required=False, choices=ClaimKind.choices(), widget=forms.HiddenInput)
    state = forms.ChoiceField(required=False, choices=Standing.choices(), widget=forms.HiddenInput)
    source: Any = forms.ModelChoiceField(
        Source.objects.none(), to_field_name="uid", required=False, widget=forms.HiddenInput
    )
    side: Any = forms.ModelChoiceField(
        Side.objects.none(), to_field_name="uid", required=False, widget=forms.HiddenInput
    )
    incident: Any = forms.ModelChoiceField(
        Incident.objects.none(), to_field_name="uid", required=False, widget=forms.HiddenInput
    )
    annotator: Any = forms.ModelChoiceField(
        User.objects.none(), to_field_name="username", required=False, widget=forms.HiddenInput
    )

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(data)
        self.workspace = workspace
        made = Claim.objects.within(workspace).filter(annotator=OuterRef("pk"))
        choices: dict[str, Any] = {
            "source": Source.objects.within(workspace).kept(),
            "side": Side.objects.within(workspace),
            "incident": Incident.objects.within(workspace).kept(),
            "annotator": User.objects.filter(Exists(made)),
        }
        for name, queryset in choices.items():
            field: Any = self.fields[name]
            field.queryset = queryset

    def query(self) -> Query:
        """The words, of a form that is valid."""
        return parse(self.cleaned_data["q"])

    def filter(self) -> Filter:
        """The facets, of a form that is valid."""
        values: dict[str, Any] = {n: v for n, v in self.cleaned_data.items() if n != "q"}
        rows: dict[str, Any] = {
            name: value.pk if value else None
            for name in ("source", "side", "incident", "annotator")
            for value in [values.pop(name)]
        }
        return Filter(self.workspace.pk, **values, **rows)


class SavedSearchForm(forms.Form):
    """A name for a search; `query` is the query string of its address."""

    name = forms.CharField(label="Keep this search as", max_length=100)
    query = forms.CharField(max_length=2000, widget=forms.HiddenInput)
