"""The work of a file, taken into a desk: first a plan that changes nothing, then all or nothing."""

from __future__ import annotations

from claims.actions.importing.apply import apply
from claims.actions.importing.plan import Plan, plan

__all__ = ["Plan", "apply", "plan"]
