"""That a person has decided on a suggestion, as a part of the act that does it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.actions.journal import Act
from claims.models import Claim, Suggestion
from claims.records import SuggestionState

DECIDED = "This suggestion is gone: somebody has decided on it, or the text was read anew."


def settle(
    act: Act, suggestion: Suggestion, state: SuggestionState, claim: Claim | None = None
) -> Suggestion:
    """Sets what was decided, by whom, and the claim that it became.

    Raises ValidationError where it waits no more. After the locks of incidents and sources.
    """
    rows: Any = Suggestion.objects.select_for_update().within(act.actor.workspace)
    current: Suggestion | None = rows.proposed().filter(pk=suggestion.pk).first()
    if current is None:
        raise ValidationError(DECIDED)
    act.edit(
        current,
        state=state.value,
        claim=claim,
        decided_by=act.actor.user,
        decided_at=timezone.now(),
    )
    return current
