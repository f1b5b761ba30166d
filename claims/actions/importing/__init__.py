"""The work of a file, taken into a desk: first a plan that changes nothing, then all or nothing."""

from __future__ import annotations

from claims.actions.importing.past import is_owner
from claims.actions.importing.past import steps as history
from claims.actions.importing.plan import Plan, plan
from claims.actions.importing.publish import loosen, rehearse, steps
from claims.actions.importing.stage import Stage

__all__ = ["Plan", "Stage", "history", "is_owner", "loosen", "plan", "rehearse", "steps"]
