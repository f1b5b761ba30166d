"""A list of relations of which some hold between factual claims only."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.actions.rules import OF_FACTS
from claims.records import ClaimKind, Polarity, Relation

NO_EVIDENCE = (
    "A demand or an opinion is not evidence: it can respond to a claim, or call it unreliable, but "
    "contradicts, rejects and agrees with nothing."
)


def likely(kind: str, polarity: str = "") -> Relation:
    """The relation to begin with, of those that a claim of this kind can have."""
    if kind != ClaimKind.FACTUAL:
        return Relation.RESPONDS_TO
    return Relation.DENIES if polarity == Polarity.DENIES else Relation.CONTRADICTS


class RelationSelect(forms.Select):
    """Where one of the two claims is no factual one, what can't be made can't be chosen.

    Scripts are told which those are, for a form in which what a claim says can be changed.
    """

    factual = True

    def create_option(self, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(*args, **kwargs)
        if option["value"] in OF_FACTS:
            option["attrs"]["data-of-facts"] = True
            if not self.factual:
                option["attrs"]["disabled"] = True
        return option
