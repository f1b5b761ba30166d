"""What files tell of their own history: read only, apart from ours, and each marked as theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from claims.actions.topics import NOUNS
from claims.models import PastChange, PastRow, PastTopic
from claims.views import past_words
from claims.views.addresses import addresses
from claims.views.desk import DeskRequest, desk, one
from claims.views.history_feed import MOST_ROWS
from claims.views.history_things import MOST, Thing, Things, found, thing
from claims.views.history_words import Told
from claims.views.paging import page

SHOWN = 20
"""So many acts of files stand on the page of one thing, and on a page that tells every row."""


class PastEntry(NamedTuple):
    """One act. `undone` is the act of the file that took it back, where one did."""

    change: PastChange
    things: Things
    undone: PastChange | None
    lines: list[Told]
    more: int


class Feed(NamedTuple):
    """One page of acts, and the address of the rest where another page has it."""

    rows: list[PastEntry]
    next_token: str


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """All acts that files have told, in the order in which they came; or those on one thing."""
    noun, uid = request.GET.get("noun", ""), request.GET.get("of", "")
    after = request.GET.get("after", "")
    if noun or uid:
        row = _thing(request, noun, uid)
        context = {
            "thing": thing(row, addresses(request.workspace)),
            "page": of_thing(request, noun, row.uid, after),
        }
    else:
        acts = PastChange.objects.within(request.workspace).told()
        part = page(acts.select_related("chronicle__change__user"), ("-id",), after)
        context = {"page": Feed(_entries(request, part.rows), part.next_token)}
    return render(request, "history/past.html", context)


def of_thing(request: DeskRequest, noun: str, uid: UUID, after: str = "") -> Feed:
    """The acts of files on one thing, the last told first, each with its rows."""
    topics = PastTopic.objects.filter(
        workspace=request.workspace,
        noun=noun,
        object_uid=uid,
        past__chronicle__deleted_at=None,
    ).select_related("past__chronicle__change__user")
    part = page(topics, ("-past_id", "-id"), after, SHOWN)
    acts = [topic.past for topic in part.rows]
    return Feed(_entries(request, acts, (noun, uid)), part.next_token)


def _thing(request: DeskRequest, noun: str, uid: str) -> Any:
    if noun not in NOUNS:
        raise Http404("There is no history of that.")
    try:
        return one(request, found(request.workspace, noun), UUID(uid), deleted=True)
    except ValueError as error:
        raise Http404("There is no such thing.") from error


def _entries(
    request: DeskRequest, acts: Sequence[PastChange], of: tuple[str, UUID] | None = None
) -> list[PastEntry]:
    """The acts in words; the number of queries does not depend on how many there are."""
    rows, more = _rows(acts) if of else ({}, {})
    lines = past_words.told(request, rows)
    about = _things(request, acts, of)
    undone = {
        act.undo_of: act
        for act in PastChange.objects.within(request.workspace)
        .told()
        .filter(undo_of__in=[act.uid for act in acts])
    }
    return [
        PastEntry(
            act,
            about.get(act.pk, Things([], more=False)),
            undone.get(act.uid),
            lines.get(act.pk, []),
            more.get(act.pk, 0),
        )
        for act in acts
    ]


def _things(
    request: DeskRequest, acts: Sequence[PastChange], besides: tuple[str, UUID] | None
) -> dict[int, Things]:
    """The first things of each act that are at the desk, as links."""
    topics = _first(PastTopic, acts, MOST + 1)
    named = list(PastTopic.objects.filter(pk__in=[pk for pk, _, _ in topics]).order_by("id"))
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for topic in named:
        wanted[topic.noun].add(topic.object_uid)
    address = addresses(request.workspace)
    known: dict[tuple[str, UUID], Thing] = {
        (noun, row.uid): thing(row, address)
        for noun, uids in wanted.items()
        for row in found(request.workspace, noun).filter(uid__in=uids)
    }
    about: dict[int, list[Thing]] = defaultdict(list)
    for topic in named:
        key = (topic.noun, topic.object_uid)
        if key in known and key != besides and len(about[topic.past_id]) < MOST:
            about[topic.past_id].append(known[key])
    totals = {act: total for _, act, total in topics}
    return {act: Things(about[act], total > MOST) for act, total in totals.items()}


def _rows(acts: Sequence[PastChange]) -> tuple[dict[int, list[PastRow]], dict[int, int]]:
    """The first rows of each act, and how many more there are."""
    first = _first(PastRow, acts, MOST_ROWS)
    rows: dict[int, list[PastRow]] = defaultdict(list)
    for row in PastRow.objects.filter(pk__in=[pk for pk, _, _ in first]).order_by("id"):
        rows[row.past_id].append(row)
    totals = {act: total for _, act, total in first}
    return rows, {act: total - len(rows[act]) for act, total in totals.items()}


def _first(model: Any, acts: Iterable[PastChange], most: int) -> list[tuple[int, int, int]]:
    """Of what belongs to each act, the first: its id, the act, how many there are of that act."""
    each = F("past")
    numbered = model.objects.filter(past__in=[act.pk for act in acts]).annotate(
        number=Window(RowNumber(), partition_by=each, order_by="id"),
        total=Window(Count("id"), partition_by=each),
    )
    first = numbered.filter(number__lte=most).order_by()
    return list(first.values_list("id", "past_id", "total"))
