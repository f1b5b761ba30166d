"""Proposals that a person has no use for: never made again, until that is undone."""

from __future__ import annotations

from claims.actions.attached import called
from claims.actions.journal import Act, Actor
from claims.models import Article, Claim, Dismissal, Incident, Source
from claims.searching.facets import Noun

Proposed = Claim | Source | Incident | Article


def dismiss(actor: Actor, one: Proposed, other: Proposed) -> Dismissal:
    """Keeps the two, which are of one table, from being proposed for each other.

    Dismissed already, it stays so, and nothing is changed.
    """
    noun = Noun(str(one._meta.model_name))
    first, second = sorted((one.uid, other.uid))
    said = f"dismissed a proposal: the {called(one)} and the {called(other)}"
    with Act(actor, "proposal.dismiss", said) as act:
        there = Dismissal.objects.select_for_update().filter(
            workspace=actor.workspace, noun=noun.value, one=first, other=second
        )
        if known := there.first():
            return known  # type: ignore[no-any-return]
        return act.add(
            Dismissal(
                workspace=actor.workspace,
                noun=noun.value,
                one=first,
                other=second,
                dismissed_by=actor.user,
            )
        )
