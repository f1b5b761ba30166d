"""The work of a file, taken into a desk: first a plan that changes nothing, then all or nothing."""

from __future__ import annotations

from claims.actions.importing.plan import Plan, plan
from claims.actions.importing.publish import loosen, rehearse, steps
from claims.actions.importing.stage import Stage

__all__ = ["Plan", "Stage", "loosen", "plan", "rehearse", "steps"]
