"""Learning from the desk's approved claims: asked for, or due after so many new ones."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from claims.models import Claim, Training, User, Workspace
from claims.records import ClaimStatus, TrainingState

EVERY, SHARE = 200, 10
"""Approved claims since the last training after which the next one is due, and one part in so many.

A large desk learns little from 200 more, and approves them in an hour.
"""
RUNNING = (TrainingState.WAITING.value, TrainingState.AT_WORK.value)


def ask(workspace: Workspace, by: User | None) -> Training:
    """Has the worker learn from the desk. Raises ValidationError while it does already."""
    newest = Training.objects.within(workspace).aggregate(newest=Max("number"))["newest"] or 0
    try:
        with transaction.atomic():
            training: Training = Training.objects.create(
                workspace=workspace, number=newest + 1, asked_by=by
            )
    except IntegrityError as error:
        raise ValidationError("It is learning already.") from error
    return training


def ask_where_due() -> int:
    """Asks for a training at each desk that has approved so many claims since its last one."""
    asked = 0
    for workspace in Workspace.objects.filter(suggests=True):
        newest = Training.objects.within(workspace).order_by("-number").defer("model").first()
        if newest is not None and newest.state in RUNNING:
            continue
        before = newest.claims if newest else 0
        if approved(workspace) - before >= max(EVERY, before // SHARE):
            ask(workspace, None)
            asked += 1
    return asked


def approved(workspace: Workspace) -> int:
    """How many claims there are to learn from; counted by an index."""
    rows = Claim.objects.within(workspace).filter(status=ClaimStatus.APPROVED.value)
    return int(rows.kept().count())
