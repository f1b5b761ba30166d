"""Two incidents that are one: all that hangs on the one goes to the other, in one Change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Prefetch

from claims.actions import remarks, rules
from claims.actions.attached import describe
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Act, Actor
from claims.models import Filing, Incident, Position, Question

FILLED = (
    ("occurred_from", "occurred_to", "precision"),
    ("place",),
    ("latitude", "longitude", "location_precision"),
    ("summary",),
    ("assignee",),
)
"""Details that are taken over together where the first of them is empty."""


@dataclass
class Merging:
    """What a merge does to questions, answers and filings, and which details are taken over."""

    fills: dict[str, Any] = field(default_factory=dict)
    moved: list[Question] = field(default_factory=list)
    joined: dict[Question, Question] = field(default_factory=dict)
    answers: dict[Position, Question] = field(default_factory=dict)
    same: dict[Position, Position] = field(default_factory=dict)
    filings: dict[Filing, Position] = field(default_factory=dict)
    ends: list[Filing] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)


def merge(
    actor: Actor,
    kept: Incident,
    other: Incident,
    versions: tuple[int, int],
    *,
    consent: bool = False,
) -> Incident:
    """Claims, links, questions, parts and comments of `other` go to `kept`; `other` is deleted.

    Questions of the same words become one, and their answers too; all other rows stay what they
    are, under their uids. Verdicts on what goes into another are withdrawn, and stay readable
    there. Raises NeedsConsent when something would end or stop to count, Conflict when one of the
    two is no longer of its version.
    """
    if kept.pk == other.pk:
        raise ValidationError("An incident can't be merged with itself.")
    with Act(actor, "incident.merge", f"merged the incident {other} into {kept}") as act:
        parts = other.parts.kept().values_list("pk", flat=True)
        act.lock_incidents([kept.pk, other.pk, *parts])
        kept, other = act.lock(kept, versions[0]), act.lock(other, versions[1])
        merging = plan(kept, other)
        if merging.losses and not consent:
            raise NeedsConsent(merging.losses)
        above = _above(kept)
        for part in other.parts.kept().select_for_update():
            # What `kept` is itself a part of can't become a part of it.
            if part.pk != kept.pk:
                act.edit(part, parent=other.parent if part.pk in above else kept)
        act.edit(kept, **merging.fills)
        for rows in (other.claims, other.links):
            for row in rows.kept().select_for_update().order_by("id"):
                act.edit(row, incident=kept)
        _join_questions(act, kept, merging)
        remarks.bring_along(act, other, kept)
        act.remove(other)
        rules.check(other)
    return kept


def plan(kept: Incident, other: Incident) -> Merging:
    """What merging `other` into `kept` would do; nothing is written. Queries: always as many."""
    merging = Merging(fills=_fills(kept, other))
    if kept.parent_id == other.pk:
        merging.fills["parent"] = other.parent
    ours = _questions(kept)
    questions: dict[str, Question] = {}
    answers: dict[tuple[int, str], Position] = {}
    for question in ours:
        questions.setdefault(question.text, question)
        for position in question.positions.all():
            answers.setdefault((question.pk, position.text), position)
    theirs = _questions(other)
    for question in theirs:
        into = questions.setdefault(question.text, question)
        (merging.moved.append(question) if into is question else _join(merging, question, into))
        for position in question.positions.all():
            same = answers.setdefault((into.pk, position.text), position)
            if same is not position:
                merging.same[position] = same
            elif into is not question:
                merging.answers[position] = into
    _point_filings(merging)
    merging.losses += _uncounted((kept, ours), (other, theirs))
    merging.losses += remarks.ended_verdicts([*merging.joined, other])
    return merging


def _fills(kept: Incident, other: Incident) -> dict[str, Any]:
    return {
        name: getattr(other, name)
        for names in FILLED
        if getattr(kept, names[0]) in (None, "") and getattr(other, names[0]) not in (None, "")
        for name in names
    }


def _questions(incident: Incident) -> list[Question]:
    """The incident's questions with their answers (`positions.all()`), in order."""
    kept = Position.objects.kept().order_by("order", "id")
    return list(
        incident.questions.kept()
        .prefetch_related(Prefetch("positions", kept))
        .order_by("order", "id")
    )


def _join(merging: Merging, question: Question, into: Question) -> None:
    merging.joined[question] = into
    if (question.aspect, question.exclusive) != (into.aspect, into.exclusive):
        many = "only one answer" if into.exclusive else "several answers"
        merging.losses.append(
            f"“{into}” stays as it is asked here: it asks about {into.get_aspect_display()}, and "
            f"{many} can be so."
        )


def _point_filings(merging: Merging) -> None:
    """Filings under an answer that is there twice; of one claim's two, the one that stays."""
    for position, same in merging.same.items():
        if position.competes != same.competes:
            does = "rules the other answers out" if same.competes else "rules no other answer out"
            merging.losses.append(f"The answer “{same}” stays as it is here: it {does}.")
    filings = Filing.objects.kept().filter(position__in={*merging.same, *merging.same.values()})
    by_position: dict[int, list[Filing]] = defaultdict(list)
    for filing in filings.select_related("claim__source", "position__question").order_by("id"):
        by_position[filing.position_id].append(filing)
    taken = {
        (filing.claim_id, same.pk)
        for same in merging.same.values()
        for filing in by_position[same.pk]
    }
    for position, same in merging.same.items():
        for filing in by_position[position.pk]:
            if (filing.claim_id, same.pk) not in taken:
                taken.add((filing.claim_id, same.pk))
                merging.filings[filing] = same
                continue
            merging.ends.append(filing)
            merging.losses.append(
                f"This would end: {filing.claim.source} {describe(filing)}, as the claim is filed "
                "under that answer here already."
            )


def _uncounted(*both: tuple[Incident, list[Question]]) -> list[str]:
    """An incident's state is taken from its key questions: where one has such, the others' go."""
    if not any(question.is_key for _, questions in both for question in questions):
        return []
    return [
        f"{incident.code} has no key question: its questions would no longer count for the state."
        for incident, questions in both
        if questions and not any(question.is_key for question in questions)
    ]


def _join_questions(act: Act, kept: Incident, merging: Merging) -> None:
    last = kept.questions.kept().aggregate(last=Max("order"))["last"]
    for number, question in enumerate(merging.moved, 0 if last is None else last + 1):
        act.edit(question, incident=kept, order=number)
    for position, into in merging.answers.items():
        last = into.positions.kept().aggregate(last=Max("order"))["last"]
        act.edit(position, question=into, order=0 if last is None else last + 1)
    for filing, position in merging.filings.items():
        act.edit(filing, position=position)
    for question, into in merging.joined.items():
        remarks.bring_along(act, question, into, merging.same)
    for row in (*merging.ends, *merging.same):
        act.remove(row)
    for question, into in merging.joined.items():
        if question.is_key:
            act.edit(into, is_key=True)
        act.remove(question)


def _above(incident: Incident) -> set[int]:
    """What the incident is a part of, at any height."""
    above: set[int] = set()
    parent = incident.parent
    while parent is not None and parent.pk not in above:
        above.add(parent.pk)
        parent = parent.parent
    return above
