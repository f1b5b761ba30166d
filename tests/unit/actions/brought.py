"""Files of work, looked through and brought in as the command does."""

from __future__ import annotations

import io
from contextlib import closing

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from claims.actions import imports
from claims.actions.import_formats import FORMATS
from claims.actions.import_work import Asked, Work
from claims.actions.importing import Plan, is_owner, plan
from claims.actions.journal import Actor
from claims.importers.choices import AS_NAMED, Choices
from claims.models import Change, Workspace
from claims.records import ImportState

NAME = "work"


def planned(
    desk: Workspace,
    key: str,
    content: bytes,
    *,
    owner: bool = True,
    choices: Choices = AS_NAMED,
) -> Plan:
    """What a file would do at a desk."""
    kind = FORMATS[key]
    assert isinstance(kind, Work)
    with closing(kind.open(io.BytesIO(content), NAME, Asked(desk, None, choices))) as work:
        return plan(desk, work, owner=owner)


def brought(
    actor: Actor, key: str, content: bytes, name: str = NAME, choices: Choices = AS_NAMED
) -> Plan:
    """What was planned of a file that then came in. ValidationError where it did not."""
    found = planned(actor.workspace, key, content, owner=is_owner(actor), choices=choices)
    kind = FORMATS[key]
    assert isinstance(kind, Work)
    job = imports.bring_in(actor, kind, ContentFile(content, name), found, choices)
    if job.state != ImportState.DONE:
        raise ValidationError(job.why_failed)
    return found


def act_of(actor: Actor) -> Change:
    """The newest act that brought in work."""
    acts = Change.objects.filter(workspace=actor.workspace, action="work.import")
    found: Change = acts.latest("id")
    return found
