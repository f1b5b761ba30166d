"""How far sources have been reliable: a new rating takes over from its day on, none is edited."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from claims.actions import rules
from claims.actions.journal import Act, Actor
from claims.models import Rating, Source
from claims.records import Reliability

SWITCHED_OFF = "This desk does not rate its sources; an owner can switch that on."


def rate(
    actor: Actor, source: Source, reliability: Reliability, since: dt.date, reason: str
) -> Rating:
    """Rates a source from a day on, with the reason. ValidationError where the scale is off."""
    if not actor.workspace.uses_reliability:
        raise ValidationError(SWITCHED_OFF)
    summary = f"rated the source {source}: {reliability.value}"
    with Act(actor, "rating.create", summary) as act:
        rating = Rating(
            workspace=actor.workspace,
            source=source,
            reliability=reliability.value,
            since=since,
            reason=reason.strip(),
            rated_by=actor.user,
        )
        rules.check(rating)
        return act.add(rating)
