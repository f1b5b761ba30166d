"""The rows of acts that files tell, in plain words. A file may say anything: trust none of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.apps import apps

from claims.models import Assessment, PastRow, Workspace
from claims.snapshot.uids import pointers
from claims.views.desk import DeskRequest
from claims.views.history_things import called
from claims.views.history_words import HIDDEN, LABELS, NOTHING, Field, Told, unseen

VERDICTS = ("assessment", "assessmentclaim")
ELSEWHERE = "something that is not at this desk"
LONGEST = 300

Data = dict[str, Any]
Names = Mapping[tuple[str, str], str]


def told(request: DeskRequest, rows: Mapping[int, list[PastRow]]) -> dict[int, list[Told]]:
    """The rows of each act, without verdicts that who reads must not see yet."""
    read = {
        act: [(row, _read(row.before), _read(row.after)) for row in its]
        for act, its in rows.items()
    }
    every = [line for lines in read.values() for line in lines]
    hidden = _hidden(request, every)
    names = _names(request.workspace, every)
    found = {}
    for act, lines in read.items():
        seen = [line for line in lines if _verdict(*line) not in hidden]
        found[act] = [_told(*line, names) for line in seen]
        if secret := {_verdict(*line) for line in lines} & hidden:
            found[act].append(unseen(len(secret)))
    return found


def _told(row: PastRow, before: Data | None, after: Data | None, names: Names) -> Told:
    data = after or before or {}
    quote = str(data.get("quote", "")) if row.noun == "span" else ""
    return Told(_verb(before, after), _what(row, data), quote, _fields(row, before, after, names))


def _verb(before: Data | None, after: Data | None) -> str:
    if before is None:
        return "added"
    if after is None:
        return "taken out"
    if bool(before.get("deleted_at")) != bool(after.get("deleted_at")):
        return "deleted" if after.get("deleted_at") else "brought back"
    return "changed"


def _what(row: PastRow, data: Data) -> str:
    model = _model(row.noun)
    noun = str(model._meta.verbose_name) if model else row.noun
    name = next((data[key] for key in ("name", "title", "text") if data.get(key)), "")
    return f"{noun} “{str(name)[:LONGEST]}”" if name else noun


def _fields(row: PastRow, before: Data | None, after: Data | None, names: Names) -> list[Field]:
    """What changed; of a row that was made, what it says."""
    if after is None:
        return []
    found = []
    for name, value in after.items():
        was = (before or {}).get(name)
        if name.removesuffix("_id") in HIDDEN or (value == was if before else value in (None, "")):
            continue
        then = _said(row, name, was, names) if before else ""
        found.append(Field(_label(row.noun, name), then, _said(row, name, value, names)))
    return found


def _label(noun: str, name: str) -> str:
    plain = name.removesuffix("_id")
    model = _model(noun)
    fields: dict[str, Any] = {f.name: f for f in model._meta.concrete_fields} if model else {}
    known = LABELS.get((noun, plain))
    return known or (str(fields[plain].verbose_name) if plain in fields else plain)


def _said(row: PastRow, name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return NOTHING
    to = _to(row.noun).get(name)
    if to:
        return names.get((to, str(value)), ELSEWHERE)
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def _names(workspace: Workspace, lines: list[Any]) -> dict[tuple[str, str], str]:
    """What the rows that are pointed at are called here, by table and public id."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row, *both in lines:
        for name, to in _to(row.noun).items():
            for data in both:
                if uid := _uid((data or {}).get(name)):
                    wanted[to].add(uid)
    found: dict[tuple[str, str], str] = {}
    for table, uids in wanted.items():
        model: Any = _model(table)
        rows = model._default_manager.filter(workspace=workspace, uid__in=uids)
        if table == "claim":
            rows = rows.select_related("source")
        if table == "revision":
            rows = rows.defer("text").select_related("article")
        noun = model._meta.verbose_name
        own = table in ("claim", "incident", "source", "article", "question", "position", "side")
        own = own or table == "revision"
        found |= {(table, str(row.uid)): called(row) if own else f"a {noun}" for row in rows}
    return found


def _to(noun: str) -> Mapping[str, str]:
    """The columns of a row that point at rows with public ids."""
    return pointers(noun) if _model(noun) else {}


def _hidden(request: DeskRequest, lines: list[Any]) -> set[str]:
    uids = {uid for line in lines if (uid := _uid(_verdict(*line)))}
    if not uids or not request.may("assess"):
        return set()
    rows = Assessment.objects.within(request.workspace).filter(uid__in=uids)
    return {str(uid) for uid in rows.hidden_from(request.user).values_list("uid", flat=True)}


def _verdict(row: PastRow, before: Data | None, after: Data | None) -> str:
    """The public id of the verdict that a row is of, or is a claim of; blank for none."""
    if row.noun == VERDICTS[0]:
        return str(row.object_uid)
    data = after or before or {}
    return str(data.get("assessment_id")) if row.noun == VERDICTS[1] else ""


def _model(noun: str) -> Any:
    try:
        return apps.get_model("claims", noun)
    except LookupError:
        return None


def _uid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _read(stored: str | None) -> Data | None:
    return None if stored is None else json.loads(stored)
