"""What stands of all that was done: acts, less those that are undone and not done again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

from django.apps import apps
from django.db.models import Q
from django.db.models.functions import Coalesce

from claims.models import Change, ChangeRow

# Of a row: its model and id.
Key = tuple[str, int]
# That a row is there at all, as if it were a column: that of the soft-deleted.
THERE = "deleted_at"
# A part -> what it is a part of, and the column that says of which.
PARTS = {
    "span": ("claim", "claim_id"),
    "figure": ("claim", "claim_id"),
    "placement": ("claim", "claim_id"),
    "alias": ("source", "source_id"),
    "mention": ("comment", "comment_id"),
}


def times(change: Change) -> Iterator[Change]:
    """The times that it was done, the last one first: of an undo, that it was undone."""
    time: Change | None = change
    while time is not None:
        yield time
        time = time.undo_of and time.undo_of.undo_of


def stands_for(change: Change) -> Change | None:
    """The change right after which the desk stands, where `change` is that one or did it again.

    All that came after it has been taken back by now, in the reverse order: undone like that one,
    `change` leads to just what was before it. None when anything else stands since.
    """
    since = Change.objects.filter(workspace=change.workspace_id, id__gte=change.act.pk)
    chains: dict[int, int] = {}  # a change -> the newest one of its chain of undo and redo
    back: list[tuple[int, bool]] = []  # what took something back that was not met yet
    newest_first = since.order_by("-id").values_list("id", "undo_of", "is_undo")
    for pk, undo_of, is_undo in newest_first.iterator(chunk_size=100):
        chain = chains.pop(pk, pk)
        if undo_of is not None:
            chains[undo_of] = chain
        if not back and (chain, is_undo) == (change.pk, change.is_undo):
            return Change.objects.get(pk=pk)
        if back and back[-1] == (chain, not is_undo):
            back.pop()
        elif undo_of is None:
            return None  # it stands: nothing older can take it back
        else:
            back.append((chain, is_undo))
    return None


class Lines(NamedTuple):
    """What an undo puts back, one line a row; unsaved.

    `left` are all the lines that say how a row was left. `built_on` are the columns that other acts
    bear on, done or taken back since.
    """

    lines: list[ChangeRow]
    left: list[ChangeRow]
    built_on: dict[Key, set[str]]


def lines_of(change: Change) -> Lines:
    """What undoing `change` puts back.

    Where all that came since has been taken back, just what it changed. Else an act that was done
    again is put back, column by column, as it was done last; what others have built on since then,
    and what was not done again, as it was done before, if of that nothing is built on.
    """
    if exactly := stands_for(change):
        lines = net(exactly)
        return Lines(lines, lines, {})
    found: dict[Key, ChangeRow] = {}
    free: dict[Key, set[str]] = defaultdict(set)
    asked: dict[Key, set[str]] = {}
    left: list[ChangeRow] = []
    for time in times(change):
        lines = net(time)
        left += deepcopy(lines)
        built_on = _built_on(lines)
        for line in lines:
            key, names = _key(line), columns(line)
            taken = names - built_on.get(key, set()) - free[key]
            free[key] |= taken
            if time == change:
                asked[key] = names - taken
                found[key] = line
            elif taken:
                found[key] = _joined(found.get(key), line, taken)
    built_on = {key: names - free[key] for key, names in asked.items()}
    return Lines(list(found.values()), left, built_on)


def _joined(there: ChangeRow | None, line: ChangeRow, names: set[str]) -> ChangeRow:
    """The line `there` with these columns as `line` has them; without one, just these."""
    if line.before is None or line.after is None:
        return line
    if there is None:
        same = {name: value for name, value in line.after.items() if name not in names}
        line.before |= same
        return line
    if there.before is not None and there.after is not None:
        there.before |= {name: line.before[name] for name in names}
        there.after |= {name: line.after[name] for name in names}
    return there


def net(change: Change) -> list[ChangeRow]:
    """One line a row of a change, the newest first; unsaved.

    An undo may have put a row back and taken it away again; what counts is where it began and
    where it ended.
    """
    return net_of(change.rows.order_by("-id"))


def net_of(lines: Iterable[ChangeRow]) -> list[ChangeRow]:
    """One line a row, from lines that run from the newest to the oldest; unsaved."""
    net: dict[Key, ChangeRow] = {}
    for line in lines:
        last = net.setdefault(_key(line), line)
        last.before = line.before
    return [line for line in net.values() if line.before != line.after]


def _built_on(lines: Sequence[ChangeRow]) -> dict[Key, set[str]]:
    """The columns of the rows of `lines` that other acts bear on, done or taken back since.

    What stands of the others on the rest is what stood when the lines were written. A change of
    the parts of a claim or source bears on that it is there.
    """
    since: dict[Key, int] = {_key(line): line.change_id for line in lines}
    if not since:
        return {}
    keys = [*since, *_parts([_key(line) for line in lines if THERE in columns(line)])]
    of_rows = Q()
    for model in {model for model, _ in keys}:
        of_rows |= Q(model=model, object_id__in=[pk for name, pk in keys if name == model])
    written = ChangeRow.objects.filter(of_rows, workspace=lines[0].workspace_id)
    chains = _chains(written.order_by().values_list("change_id", flat=True).distinct())
    oldest = min(since.values())
    moved = {pk: chain for chain in chains if max(chain) > oldest for pk in chain}
    found: dict[Key, set[str]] = defaultdict(set)
    for line in written.filter(change_id__in=moved):
        chain = moved[line.change_id]
        for key, names in ((_key(line), columns(line)), (_owner(line), {THERE})):
            # Between an act and the next there is an undo: an even number changes nothing.
            then = since.get(key)
            if then and then not in chain and sum(pk > then for pk in chain) % 2:
                found[key] |= names
    return dict(found)


def _parts(owners: Iterable[Key]) -> Iterator[Key]:
    """The parts that these rows have by now."""
    for model, pk in owners:
        for part, (owner, column) in PARTS.items():
            if owner == model:
                rows = apps.get_model("claims", part)._meta.default_manager
                yield from (
                    (part, its) for its in rows.filter(**{column: pk}).values_list("pk", flat=True)
                )


def _key(line: ChangeRow) -> Key:
    return line.model, line.object_id


def _owner(line: ChangeRow) -> Key:
    """What the row is a part of."""
    owner, column = PARTS.get(line.model, ("", ""))
    data = line.before or line.after or {}
    return owner, data.get(column, 0)


def columns(line: ChangeRow) -> set[str]:
    """What the line says was changed: that the row is there, or columns of it."""
    before, after = line.before, line.after
    if before is None or after is None:
        return {THERE}
    return {name for name in before if before[name] != after.get(name)}


def _chains(changes: Iterable[int]) -> list[set[int]]:
    """The chains of undo and redo of these changes, each whole."""
    own = Coalesce("first_id", "id")
    wanted = Change.objects.filter(pk__in=set(changes)).values_list(own)
    chains: dict[int, set[int]] = defaultdict(set)
    of_chains = Change.objects.annotate(begun_by=own).filter(
        Q(pk__in=wanted) | Q(first_id__in=wanted)
    )
    for pk, chain in of_chains.values_list("id", "begun_by"):
        chains[chain].add(pk)
    return list(chains.values())
