"""A page of changes: who, when, what, about which things, whether undone, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from claims.actions import undo as undoing
from claims.actions.topics import Topic
from claims.models import Assessment, Change, ChangeRow
from claims.views.desk import DeskRequest
from claims.views.history_names import Names
from claims.views.history_things import Things, things
from claims.views.history_words import Told, told, unseen

MOST_ROWS = 40
"""So many rows of one change are told; an import has thousands."""


# Without its first act there is no desk.
NOT_TO_BE_UNDONE = frozenset({"workspace.create", *undoing.FOR_GOOD})


class Mark(NamedTuple):
    """What came of an act: undone or done again, by whom and when."""

    word: str
    change: Change


class Button(NamedTuple):
    """Undo or redo: the change that is sent to `change-undo`."""

    word: str
    change: Change


class Entry(NamedTuple):
    """One change. `origin` is the act that it undoes or does again, `mark` what came of it."""

    change: Change
    who: str
    words: str
    things: Things
    origin: Change | None
    mark: Mark | None
    button: Button | None
    lines: list[Told]
    more: int


def entries(
    request: DeskRequest, changes: Sequence[Change], of: Topic | None = None
) -> list[Entry]:
    """The changes in words; the number of queries does not depend on how many there are.

    In the history `of` one thing, each change tells its rows.
    """
    chains = _chains(changes)
    about = things(request.workspace, [change.pk for change in changes], of)
    lines, more = _rows(changes) if of else ({}, {})
    hidden = _hidden(request, lines)
    names = Names(request.workspace, [line for rows in lines.values() for line in rows])
    found = []
    for change in changes:
        chain = chains[change.first_id or change.pk]
        place = next(n for n, one in enumerate(chain) if one.pk == change.pk)
        later = chain[place + 1 :]
        fate = (chain[-1] if place == 0 else later[0]) if later else None
        found.append(
            Entry(
                change,
                str(change.user) if change.user else "somebody",
                change.summary,
                about.get(change.pk, Things([], more=False)),
                chain[0] if place else None,
                Mark("undone" if fate.is_undo else "done again", fate) if fate else None,
                # At both ends of a chain: where it began, and where it stands.
                _button(request, chain[-1]) if place == 0 or not later else None,
                _told(lines.get(change.pk, []), hidden, names),
                more.get(change.pk, 0),
            )
        )
    return found


def _chains(changes: Sequence[Change]) -> dict[int, list[Change]]:
    """By the first act of each: it, its undo, its redo and so on, in one query.

    Each knows the one before it and the first, so that what an undo needs costs no query.
    """
    firsts = {change.first_id or change.pk for change in changes}
    rows = Change.objects.filter(Q(pk__in=firsts) | Q(first__in=firsts))
    chains: dict[int, list[Change]] = defaultdict(list)
    for change in rows.select_related("user").order_by("id"):
        chain = chains[change.first_id or change.pk]
        change.undo_of = chain[-1] if chain else None
        change.first = chain[0] if chain else None
        chain.append(change)
    return chains


def _hidden(request: DeskRequest, lines: Mapping[int, Sequence[ChangeRow]]) -> set[int]:
    """The verdicts of these lines that a second reviewer must not see before deciding."""
    ids = {_verdict(line) for rows in lines.values() for line in rows} - {0}
    if not ids or not request.may("assess"):
        return set()
    rows = Assessment.objects.within(request.workspace).filter(pk__in=ids)
    return set(rows.hidden_from(request.user).values_list("pk", flat=True))


def _verdict(line: ChangeRow) -> int:
    """The verdict that a line is of, or of a claim of which; 0 for none."""
    if line.model == "assessment":
        return line.object_id
    if line.model == "assessmentclaim":
        data: Any = line.after or line.before
        return int(data["assessment_id"])
    return 0


def _told(lines: Sequence[ChangeRow], hidden: set[int], names: Names) -> list[Told]:
    seen = [told(line, names) for line in lines if _verdict(line) not in hidden]
    secret = {_verdict(line) for line in lines} & hidden
    return [*seen, unseen(len(secret))] if secret else seen


def _button(request: DeskRequest, newest: Change) -> Button | None:
    """Undo or redo, for who may: of one's own acts, of anybody's, of what needs more."""
    if newest.action in NOT_TO_BE_UNDONE:
        return None
    if not all(request.may(right) for right in undoing.needs(request.actor, newest)):
        return None
    return Button("Redo" if newest.is_undo else "Undo", newest)


def _rows(changes: Sequence[Change]) -> tuple[dict[int, list[ChangeRow]], dict[int, int]]:
    """The first rows of each change, and how many more there are."""
    each = F("change")
    numbered = ChangeRow.objects.filter(change__in=[change.pk for change in changes]).annotate(
        number=Window(RowNumber(), partition_by=each, order_by="id"),
        total=Window(Count("id"), partition_by=each),
    )
    # Only numbers at first: the rows themselves are long.
    first = numbered.filter(number__lte=MOST_ROWS).order_by().values_list("id", "change", "total")
    totals = {change: total for _, change, total in first}
    ids = [id for id, _, _ in first]
    lines: dict[int, list[ChangeRow]] = defaultdict(list)
    for line in ChangeRow.objects.filter(pk__in=ids).order_by("id"):
        lines[line.change_id].append(line)
    return lines, {change: total - len(lines[change]) for change, total in totals.items()}
