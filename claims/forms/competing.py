"""A proposed link as it is accepted, and a proposal as it is dismissed."""

from __future__ import annotations

from django import forms

from claims.records import Basis, Relation
from claims.searching.facets import Noun


class ProposedLinkForm(forms.Form):
    """`other` is the claim that was proposed; with `reverse` the link begins there."""

    other = forms.UUIDField()
    relation = forms.ChoiceField(choices=Relation.choices())
    basis = forms.ChoiceField(choices=[("", ""), *Basis.choices()], required=False)
    reverse = forms.BooleanField(required=False)


class DismissForm(forms.Form):
    """Two things of one noun."""

    noun = forms.ChoiceField(choices=Noun.choices())
    one = forms.UUIDField()
    other = forms.UUIDField()
