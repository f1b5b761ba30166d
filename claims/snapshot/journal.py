"""The journal: first what files have told of theirs, to the letter, then our own.

An act that brought in a file with a journal is not told, and neither are those that made way for
it, as long as the import stands: what they made is told by the file's journal. So an export that
is brought in goes out as it came. What was done about members and settings stays at the desk, as
these do. So do suggestions: of one that was accepted, the claim alone is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from claims.records.native import (
    CHANGE_ROWS,
    CHANGE_TOPICS,
    CHANGES,
    Change,
    ChangeRow,
    ChangeTopic,
)
from claims.snapshot.people import member
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection
from claims.snapshot.uids import Uids, pointers

BATCH = 500
VERDICT, RESTS_ON = "assessment", "assessmentclaim"

_PAST = """
    FROM claims_pastchange c
    JOIN claims_chronicle k ON k.id = c.chronicle_id AND k.deleted_at IS NULL
"""
_OWN = """
    FROM claims_change c
    LEFT JOIN claims_change f ON f.id = c.first_id
"""
_OF_WORKSPACE = "c.workspace_id = %(workspace)s"
_TOLD = f"""{_OF_WORKSPACE}
    AND COALESCE(f.action, c.action) NOT LIKE 'member.%%'
    AND COALESCE(f.action, c.action) NOT LIKE 'workspace.%%'
    AND COALESCE(f.action, c.action) <> 'suggestion.dismiss'
    AND NOT EXISTS (
        SELECT 1 FROM claims_chronicle k
        WHERE k.change_id = COALESCE(c.first_id, c.id) AND k.deleted_at IS NULL)
    AND NOT EXISTS (
        SELECT 1 FROM claims_chronicle_acts way
        JOIN claims_chronicle k ON k.id = way.chronicle_id AND k.deleted_at IS NULL
        WHERE way.change_id = c.id)
"""  # noqa: S608


def journal(reader: Reader, chosen: Selection) -> dict[str, Iterator[Any]]:
    """The rows of each table of `native.JOURNAL`, by its name."""
    return {
        CHANGES.name: chain(_past_changes(reader, chosen), _changes(reader, chosen)),
        CHANGE_TOPICS.name: chain(_past_topics(reader, chosen), _topics(reader, chosen)),
        CHANGE_ROWS.name: chain(_past_rows(reader, chosen), _rows(reader, chosen)),
    }


# -- what files tell --------------------------------------------------------------------------


def _past_changes(reader: Reader, chosen: Selection) -> Iterator[Change]:
    sql = f"""
        SELECT {reader.uid("c.uid")}, {reader.moment("c.at")}, c.by, c.action, c.kind, c.summary,
               {reader.uid("c.undo_of")}, c.is_undo
        {_PAST} WHERE {_OF_WORKSPACE} ORDER BY c.id
    """
    return map(Change._make, reader.rows(sql, chosen.params))


def _past_topics(reader: Reader, chosen: Selection) -> Iterator[ChangeTopic]:
    sql = f"""
        SELECT {reader.uid("c.uid")}, t.noun, {reader.uid("t.object_uid")}
        {_PAST} JOIN claims_pasttopic t ON t.past_id = c.id
        WHERE {_OF_WORKSPACE} ORDER BY c.id, t.id
    """
    return map(ChangeTopic._make, reader.rows(sql, chosen.params))


def _past_rows(reader: Reader, chosen: Selection) -> Iterator[ChangeRow]:
    sql = f"""
        SELECT {reader.uid("c.uid")}, t.noun, {reader.uid("t.object_uid")}, t.before, t.after
        {_PAST} JOIN claims_pastrow t ON t.past_id = c.id
        WHERE {_OF_WORKSPACE} ORDER BY c.id, t.id
    """
    hidden = _hidden(reader, chosen)
    for uid, noun, object_id, before, after in reader.rows(sql, chosen.params):
        row = ChangeRow(uid, noun, object_id, _read(before), _read(after))
        if not hidden or verdict_of(row) not in hidden:
            yield row


def verdict_of(row: ChangeRow) -> str | None:
    """The verdict that a row is of, or is a claim of."""
    if row.noun == VERDICT:
        return row.object_id
    data = row.after or row.before or {}
    return data.get("assessment_id") if row.noun == RESTS_ON else None


def _hidden(reader: Reader, chosen: Selection) -> set[str]:
    """The verdicts that who reads must not see yet: those that wait for their second opinion."""
    if not chosen.blind:
        return set()
    sql = f"""
        SELECT {reader.uid("a.uid")} FROM claims_assessment a
        WHERE a.workspace_id = %(workspace)s AND NOT ({chosen.shown()})
    """  # noqa: S608
    return {uid for (uid,) in reader.rows(sql, chosen.params)}


# -- our own ----------------------------------------------------------------------------------


def _changes(reader: Reader, chosen: Selection) -> Iterator[Change]:
    sql = f"""
        SELECT {reader.uid("c.uid")}, {reader.moment("c.at")}, {member("u")}, c.action, c.kind,
               c.summary, {reader.uid("o.uid")}, c.is_undo
        {_OWN}
        LEFT JOIN claims_user u ON u.id = c.user_id
        LEFT JOIN claims_change o ON o.id = c.undo_of_id
        WHERE {_TOLD} ORDER BY c.id
    """
    return map(Change._make, reader.rows(sql, chosen.params))


def _topics(reader: Reader, chosen: Selection) -> Iterator[ChangeTopic]:
    sql = f"""
        SELECT {reader.uid("c.uid")}, t.noun, t.object_id
        {_OWN} CROSS JOIN claims_changetopic t
        WHERE t.change_id = c.id AND {_TOLD} ORDER BY c.id, t."order"
    """
    uids = Uids(reader, chosen.params)
    lines = reader.rows(sql, chosen.params)
    while batch := list(islice(lines, BATCH)):
        uids.learn((noun, pk) for _, noun, pk in batch)
        for change, noun, pk in batch:
            if uid := uids.of(noun, pk):
                yield ChangeTopic(change, noun, uid)


def _rows(reader: Reader, chosen: Selection) -> Iterator[ChangeRow]:
    sql = f"""
        SELECT {reader.uid("c.uid")}, t.model, t.object_id, CAST(t.before AS text),
               CAST(t.after AS text)
        {_OWN} CROSS JOIN claims_changerow t
        WHERE t.change_id = c.id AND {_TOLD} AND t.model <> 'suggestion' ORDER BY c.id, t.id
    """
    hidden = _hidden(reader, chosen)
    uids = Uids(reader, chosen.params)
    lines = reader.rows(sql, chosen.params)
    while batch := list(islice(lines, BATCH)):
        read = [(*line[:3], _read(line[3]), _read(line[4])) for line in batch]
        uids.learn(_wanted(read))
        for change, model, _, before, after in read:
            told = ChangeRow(
                change,
                model,
                (after or before or {}).get("uid"),
                uids.plain(model, before),
                uids.plain(model, after),
            )
            if not hidden or verdict_of(told) not in hidden:
                yield told


def _wanted(lines: list[Any]) -> Iterator[tuple[str, int]]:
    for _, model, _, *both in lines:
        to = pointers(model)
        for data in both:
            for name, table in to.items() if data else ():
                if (value := data.get(name)) is not None:
                    yield table, value


def _read(stored: str | None) -> Any:
    return None if stored is None else json.loads(stored)
