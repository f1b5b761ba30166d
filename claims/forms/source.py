"""Forms of sources: their names, kinds, sides and to whom they belong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q

from claims.forms.filtering import ListFilter
from claims.forms.picked import PickingForm, name_field, uid_field
from claims.models import Alias, Side, Source, Workspace
from claims.models.folding import folded
from claims.records import SourceKind

MOST_ALIASES = 100
LONGEST_NAME = 200


class SourceForm(PickingForm):
    """A source; an unnamed one ("a medic") of an article can be given a name here."""

    name = forms.CharField(max_length=LONGEST_NAME, widget=forms.TextInput({"dir": "auto"}))
    kind = forms.ChoiceField(choices=SourceKind.choices(), initial=SourceKind.OTHER.value)
    side: Any = forms.ModelChoiceField(
        Side.objects.none(), to_field_name="uid", required=False, empty_label="none or not known"
    )
    affiliation = uid_field()
    affiliation_name = name_field(
        "Belongs to", max_length=LONGEST_NAME, help_text="Another source: its office, its group."
    )
    aliases = forms.CharField(
        label="Also called",
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text="One name a line. Two sources may share one: it is then a choice.",
    )
    note = forms.CharField(required=False, widget=forms.Textarea({"rows": 2, "dir": "auto"}))
    named = forms.BooleanField(
        label="It has a name: let every article use it",
        required=False,
        help_text="It is then no longer bound to its article. That can be undone, not edited back.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, workspace: Workspace, data: Any = None, *, source: Source | None = None, **kw: Any
    ) -> None:
        super().__init__(data, **kw)
        self.workspace = workspace
        self.source = source
        side: Any = self.fields["side"]
        side.queryset = Side.objects.within(workspace)
        if source is None or source.named:
            del self.fields["named"]
        if source is not None:
            self.fields["version"].required = True

    def clean_aliases(self) -> list[str]:
        """The names, one a line, without the empty lines."""
        names = [line.strip() for line in self.cleaned_data["aliases"].splitlines()]
        names = [name for name in names if name]
        if len(names) > MOST_ALIASES:
            raise ValidationError(f"That is {len(names)} names; at most {MOST_ALIASES} are kept.")
        for name in names:
            if len(name) > LONGEST_NAME:
                raise ValidationError(f"“{name[:30]}…” is longer than {LONGEST_NAME} characters.")
        return names

    def clean(self) -> dict[str, Any]:
        """Resolves to whom it belongs: a named source of the desk, or nobody."""
        data = self.cleaned_data
        sources = Source.objects.within(self.workspace).kept()
        others = sources.filter(named=True)
        if self.source is not None:
            others = others.exclude(pk=self.source.pk)
        row = self.picked("affiliation", others, lambda name: list(others.called(name)[:9]))
        if isinstance(row, str):
            self.add_error("affiliation_name", "No other source is called so. Add it first.")
        data["affiliation"] = row
        return data

    def values(self) -> dict[str, Any]:
        """The columns, as the actions take them; aliases are given apart."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("name", "kind", "side", "affiliation", "note")}
        if data.get("named"):
            values |= {"named": True, "article": None}
        return values


class SourceFilter(ListFilter):
    """Which sources a list shows."""

    q = forms.CharField(
        label="Name or alias",
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"type": "search"}),
    )
    side: Any = forms.ModelChoiceField(
        Side.objects.none(), to_field_name="uid", required=False, empty_label="any"
    )
    kind = forms.ChoiceField(required=False, choices=[("", "any"), *SourceKind.choices()])
    named = forms.ChoiceField(
        label="Named",
        required=False,
        choices=[("", "both"), ("yes", "named"), ("no", "unnamed")],
    )

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(data)
        side: Any = self.fields["side"]
        side.queryset = Side.objects.within(workspace)

    def narrow(self, sources: Any) -> Any:
        """`sources`, narrowed; none at all where a filter names what is not there."""
        if not self.is_valid():
            return sources.none()
        data = self.cleaned_data
        if text := folded(data["q"]):
            aliases = Alias.objects.filter(source=OuterRef("pk"), name_folded__contains=text)
            sources = sources.filter(Q(name_folded__contains=text) | Exists(aliases))
        if data["side"]:
            sources = sources.filter(side=data["side"])
        if data["kind"]:
            sources = sources.filter(kind=data["kind"])
        if data["named"]:
            sources = sources.filter(named=data["named"] == "yes")
        return sources
