"""Undo: the rows of a Change put back as they were, as a Change of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from claims.actions import member, redo_made, standing, state, undo_made
from claims.actions.errors import NeedsConsent
from claims.actions.journal import CARRIES_WORDS, Act, Actor
from claims.actions.obstacles import in_older_text, made_by
from claims.actions.restore import Restoration, is_gone
from claims.models import (
    Assessment,
    Change,
    ChangeRow,
    Emptied,
    Figure,
    Filing,
    Import,
    Position,
    Question,
    Span,
)
from claims.records import ImportState, SpanRole
from claims.records.dates import day

# What the act itself needed, its undo needs too: nobody gives themselves a seat back.
NEEDS = {
    "member": "members",
    "workspace": "settings",
    "webhook": "webhooks",
    "claim.approved": "claim.approve",
    "claim.sent_back": "claim.approve",
    "incident.merge": "incident.merge",
    "incident.split": "incident.merge",
    "source.merge": "source.merge",
    "assessment": "assess",
    "blind": "blind.set",
}
OLDER_TEXT = (
    "The article has a newer text, to which these words were carried over: change them there, or "
    "undo the new text first."
)
# One's way in: pressing `u` once too often shall not end at the door.
NOT_BY_KEY = ("workspace.create", "member.join", "blind.submit")
# What was purged or withheld is in no journal to be put back from.
FOR_GOOD = (
    "source.protect",
    "source.identity",
    "source.identify",
    "source.lift",
    "source.purge",
    "claim.purge",
    "article.purge",
    "comment.purge",
)
PARTS_OF_CLAIM = ("span", "figure")


def latest(actor: Actor) -> Change | None:
    """What `u` would undo: the person's newest change that is not undone and no undo itself."""
    mine = Change.objects.filter(workspace=actor.workspace, user=actor.user, is_undo=False)
    open_ones = mine.filter(undone_by=None).exclude(action__in=[*NOT_BY_KEY, *FOR_GOOD])
    found: Change | None = open_ones.order_by("-id").first()
    return found


def latest_undone(actor: Actor) -> Change | None:
    """What redo would redo: the person's newest undo, unless they did something new since."""
    mine = Change.objects.filter(workspace=actor.workspace, user=actor.user)
    found: Change | None = mine.filter(is_undo=True, undone_by=None).order_by("-id").first()
    if found and mine.filter(undo_of=None, id__gt=found.pk).exists():
        return None
    return found


def needs(actor: Actor, change: Change) -> set[str]:
    """The keys of `policy.RULES` that a person must hold to undo `change`."""
    first = change.act
    rights = {"undo.own" if change.user_id == actor.user.pk else "undo.any"}
    noun = first.action.partition(".")[0]
    return rights | {NEEDS[name] for name in (noun, first.action) if name in NEEDS}


def undo(actor: Actor, change: Change, *, consent: bool | str = False) -> Change:
    """Puts everything that `change` did back, as a new Change; undoing that one is a redo.

    Only the columns that it changed are put back, so that later work on others stays. Raises
    NeedsConsent when the same things changed since, when more would go than the change had made,
    or when a part can no longer come back (with `consent` the rest is put back and that part is
    left as it is; where it is the `seal` of an earlier NeedsConsent, only while just that would be
    lost); ValidationError when it was undone already or nothing of it can be.
    """
    first = change.act
    action, word = ("redo", "redid") if change.is_undo else ("undo", "undid")
    with Act(actor, action, f"{word}: {first.summary}", undo_of=change) as act:
        # The act's first lock: two presses of `u` are one undo.
        change = Change.objects.select_for_update().get(pk=change.pk)
        _can_be(change)
        if undo_made.is_large(change) and _at_once(act, change, consent):
            return act.change
        if redo_made.is_large(change) and _again_at_once(act, change, consent):
            return act.change
        noun = first.action.partition(".")[0]
        touched = [line for time in standing.times(change) for line in time.rows.all()]
        seats = any(line.model == "membership" for line in touched)
        if seats:
            member.lock_seats(actor)
        act.lock_incidents(_incidents(touched))
        lines, left, built_on = standing.lines_of(change)
        made = [line.object_id for line in lines if line.model == noun and made_by(line)]
        if made and _are_gone(noun, made):
            raise ValidationError("It was deleted since: nothing of it is left to undo.")
        if first.action != CARRIES_WORDS and in_older_text(lines):
            raise ValidationError(OLDER_TEXT)
        restoration = Restoration(act, noun, left, built_on)
        later = _later_parts(lines)
        restoration.expect(later)
        for line in later:
            restoration.put_back(line, since=True)
        for line in lines:
            restoration.put_back(line)
        restoration.settle()
        if not restoration.moved:
            raise ValidationError(restoration.losses or "Nothing of that can be put back.")
        _agreed(restoration.losses, consent)
        if not restoration.losses:
            act.cancels = change
        if seats:
            member.an_owner_stays(actor)
    return act.change


def _can_be(change: Change) -> None:
    """Raises ValidationError where it was undone already, is not done yet, or can't ever be."""
    if change.act.action in FOR_GOOD:
        raise ValidationError("This can't be undone: nothing keeps what there was.")
    if gone := _emptied(change):
        raise ValidationError(gone)
    if Change.objects.filter(undo_of=change).exists():
        raise ValidationError("That was undone already.")
    coming = Import.objects.filter(change=change, state=ImportState.WRITING.value)
    if change.action.endswith(".import") and coming.exists():
        raise ValidationError("It is still being brought in: undo it when that is done.")


def _emptied(change: Change) -> str:
    """Why words of what it did are missing from the journal, if some are."""
    chain = Q(change=change) | Q(change=change.undo_of_id) | Q(change=change.first_id)
    lines = ChangeRow.objects.filter(chain, left_sha256__isnull=False)
    gone = Emptied.objects.filter(line__in=lines).select_related("tombstone__by").last()
    if gone is None:
        return ""
    one = gone.tombstone
    return (
        f"Part of what it did was {one.get_kind_display()} on {day(one.at.date())} by {one.by}, "
        f"because: {one.reason} So it can't be undone."
    )


def _at_once(act: Act, change: Change, consent: bool | str) -> bool:
    """Takes a large act back, of which all stands as it was left; False where some does not."""
    act.lock_incidents(undo_made.incidents(change))
    if not undo_made.stands_alone(change):
        return False
    edits = standing.net_of(change.rows.filter(before__isnull=False).order_by("-id"))
    undo_made.take_back(act, change)
    _put_back(act, change, edits, consent)
    return True


def _again_at_once(act: Act, change: Change, consent: bool | str) -> bool:
    """Does a large act again that `change` has taken back; False where something is in the way."""
    act.lock_incidents(undo_made.incidents(change.act))
    if not redo_made.stands_alone(change):
        return False
    act.begin()
    try:
        with transaction.atomic():
            left = redo_made.give_back(act, change)
    except (IntegrityError, redo_made.InTheWay):
        return False
    _put_back(act, change, standing.net_of(left), consent)
    return True


def _put_back(act: Act, change: Change, lines: list[ChangeRow], consent: bool | str) -> None:
    """The few rows of a large act that are put back one by one."""
    restoration = Restoration(act, "", lines, {})
    for line in lines:
        restoration.put_back(line)
    restoration.settle()
    _agreed(restoration.losses, consent)
    if not restoration.losses:
        act.cancels = change


def _agreed(losses: list[str], consent: bool | str) -> None:
    """Raises NeedsConsent where something would be lost that one has not agreed to lose."""
    asked = NeedsConsent(losses)
    if losses and consent is not True and consent != asked.seal:
        raise asked


def _are_gone(noun: str, ids: list[int]) -> bool:
    """Whether one of these rows is not there any more, or deleted."""
    there: Any = apps.get_model("claims", noun)._meta.default_manager.filter(pk__in=ids)
    left = [row for row in there if not is_gone(row)]
    return len(left) < len(set(ids))


def _incidents(lines: Iterable[ChangeRow]) -> set[int]:
    """The incidents that the lines bear on, to be locked before anything else."""
    named: dict[str, set[int]] = {}
    incidents: set[Any] = set()
    for line in lines:
        named.setdefault(line.model, set()).add(line.object_id)
        for data in (line.before, line.after):
            if data and data.get("incident_id"):
                incidents.add(data["incident_id"])
    incidents |= named.get("incident", set())
    for model, path in (
        (Question, "incident_id"),
        (Position, "question__incident_id"),
        (Filing, "position__question__incident_id"),
        (Assessment, "question__incident_id"),
    ):
        ids = named.get(model._meta.model_name or "")
        if ids:
            incidents |= set(model.objects.filter(id__in=ids).values_list(path, flat=True))
    incidents.discard(None)  # a verdict on an incident as a whole is of no question
    if sources := named.get("source"):
        incidents |= set(state.incidents_of_sources(sources))
    return incidents


def _later_parts(lines: list[ChangeRow]) -> list[ChangeRow]:
    """Later changes of the spans and figures that these lines can't be put back beside.

    A claim's words are one whole: where a later edit took away what this one had made, or would
    leave the claim without words, that edit is taken back too. Newest first.
    """
    made = {line.object_id for line in lines if line.model == "claim" and made_by(line)}
    parts = [line for line in lines if line.model in PARTS_OF_CLAIM]
    of_claim: dict[int, list[ChangeRow]] = {}
    for line in parts:
        if (claim := _claim_id(line)) not in made:
            of_claim.setdefault(claim, []).append(line)
    clashing = [claim for claim, its in of_claim.items() if _clashes(claim, its)]
    if not clashing:
        return []
    later = ChangeRow.objects.filter(
        workspace=parts[0].workspace_id,
        model__in=PARTS_OF_CLAIM,
        change_id__gt=max(line.change_id for line in lines),
    ).filter(Q(before__claim_id__in=clashing) | Q(after__claim_id__in=clashing))
    return standing.net_of(later.order_by("-id"))


def _claim_id(line: ChangeRow) -> int:
    data = line.before or line.after or {}
    return int(data["claim_id"])


def _clashes(claim_id: int, lines: list[ChangeRow]) -> bool:
    spans = dict(Span.objects.filter(claim_id=claim_id).values_list("id", "role"))
    figures = set(Figure.objects.filter(claim_id=claim_id).values_list("id", flat=True))
    words = {pk for pk, role in spans.items() if role == SpanRole.CONTENT.value}
    for line in lines:
        there = spans if line.model == "span" else figures
        if line.before is None and line.object_id not in there:
            return True
        if line.before is None:
            words.discard(line.object_id)
        elif line.before.get("role") == SpanRole.CONTENT.value:
            words.add(line.object_id)
    return not words
