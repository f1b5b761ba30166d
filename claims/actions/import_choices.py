"""What is chosen of a file once it was read: it is read again so, and comes in as that showed."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from claims.actions.journal import Actor
from claims.importers.choices import Choices, of_json
from claims.models import Import
from claims.records import ImportState


def choose(actor: Actor, job: Import, choices: Choices) -> bool:
    """Has the file read again, if anything else was chosen before: whether it has.

    ValidationError where that is too late.
    """
    if choices == of_json(job.choices):
        return False
    ready = Import.objects.filter(pk=job.pk, state=ImportState.READY.value)
    if not ready.update(
        state=ImportState.READING.value,
        progress=0,
        attempts=0,
        choices=choices.as_json(),
        made_by=actor.user,
    ):
        raise ValidationError("It is being brought in already, or was cancelled.")
    return True
