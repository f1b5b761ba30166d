"""The figures of a claim, one row each; a row without a measure is left out."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.records import FigureStatus, LowBasis, Measure


class FigureForm(forms.Form):
    """One number in a claim. Blank is not stated; 0 is stated none."""

    measure = forms.ChoiceField(
        label="Counts", choices=[("", "no figure"), *Measure.choices()], required=False
    )
    status = forms.ChoiceField(
        label="Who", choices=FigureStatus.choices(), initial=FigureStatus.UNKNOWN.value
    )
    group_as_stated = forms.CharField(label="Group, as stated", max_length=200, required=False)
    subgroup = forms.CharField(label="Of them (women, …)", max_length=100, required=False)
    part = forms.CharField(label="Part (first strike)", max_length=200, required=False)
    as_stated = forms.CharField(label="Number, as stated", max_length=200, required=False)
    low = forms.IntegerField(label="From", min_value=0, max_value=10**9, required=False)
    high = forms.IntegerField(label="to", min_value=0, max_value=10**9, required=False)
    low_basis = forms.ChoiceField(
        label="“From” is", choices=LowBasis.choices(), initial=LowBasis.STATED.value
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", "The upper end can't be below the lower one.")
        says = low is not None or high is not None or data.get("as_stated")
        if data.get("measure") and not says:
            self.add_error("as_stated", "Give a number, or the words as stated.")
        if says and not data.get("measure"):
            self.add_error("measure", "Say what the number counts.")
        return data


FigureFormSet = forms.formset_factory(FigureForm, extra=1, max_num=40, validate_max=True)


FIGURE_COLUMNS = tuple(FigureForm.base_fields)


def figures(formset: Any) -> list[dict[str, Any]]:
    """The rows that say something, as columns of Figure."""
    return [dict(form.cleaned_data) for form in formset if form.cleaned_data.get("measure")]
