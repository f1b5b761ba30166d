"""What an import would do: what is new, what is there already, and what is wrong with the file.

Nothing is written, and what is known of the rows stands in a file (`seen.py`), not in memory.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from claims.actions.importing import past, placements
from claims.actions.importing.gone import (
    DELETED_HERE,
    ONLY_DELETED,
    Gone,
    deleted_here,
    leans,
    living_on,
)
from claims.actions.importing.same import differing, only_once, other_texts, rows_here
from claims.actions.importing.seen import Seen
from claims.actions.importing.there import MODELS, chunks, found_here
from claims.anchoring.text import sha256
from claims.importers.page import ReadError
from claims.importers.values import Problem
from claims.importers.work import Line, Work
from claims.models import Incident, Revision, Workspace
from claims.records import TABLES, ClaimKind, Match, SpanRole
from claims.records.columns import pointers_of
from claims.records.native import is_deleted
from claims.records.tables import BY_NAME, Table

MOST_PROBLEMS = 100
MOST_DIFFERENCES = 20
OTHER_TEXT = (
    "Its article is at the desk without just this text: give the article this text there first."
)
TEXTS = 64
"""Texts that are kept at hand while their quotes are checked."""
WORDLESS = "claims without words"


class Later(NamedTuple):
    """A pointer to a row that was not met yet; a `leaning` one needs a row that is not deleted."""

    file: str
    line: int
    column: str
    to: str
    uid: str
    leaning: bool


@dataclass
class Plan:
    """By table: how many rows are new, come in as deleted, or are there already.

    `differ` are those that are there, but not the same: what is here stays, and `differences`
    tell of the first. `problems` are the first `MOST_PROBLEMS` of `wrong`; with any of them
    nothing is imported.
    """

    new: Counter[str] = field(default_factory=Counter)
    differ: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    deleted: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0

    def differs(self, table: str, uid: str, name: str) -> None:
        """Notes a row that is not here as it is in the file."""
        self.differ[table] += 1
        if len(self.differences) < MOST_DIFFERENCES:
            self.differences.append(f"{table}, {uid}: its {name} is another one here, and stays.")

    def refuse(self, problem: Problem) -> None:
        """Notes what is wrong."""
        self.wrong += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    @property
    def makes(self) -> int:
        """How many rows would be made."""
        return sum(self.new.values()) + sum(self.deleted.values())


def plan(workspace: Workspace, work: Work, *, owner: bool = True) -> Plan:
    """What importing `work` into the desk would do. Raises ReadError for a file that is damaged.

    `owner`: whether it is one who imports it, so that its journal is taken over.
    """
    planning = Planning(workspace, work)
    with closing(planning.seen):
        planned = planning.run()
    past.look(workspace, work, planned, owner=owner)
    return planned


class Planning:
    """One look through a file: what is known of its rows so far."""

    def __init__(self, workspace: Workspace, work: Work) -> None:
        self.workspace = workspace
        self.work = work
        self.plan = Plan()
        self.seen = Seen()
        self.gone = Gone(workspace)
        self.revisions: dict[tuple[str, int], str] = {}
        # Of the claims that the rows at hand point at: kind and incident.
        self.claims: Mapping[str, str | None] = {}
        self.text = lru_cache(maxsize=TEXTS)(self._text)
        self.at_the_desk = lru_cache(maxsize=TEXTS)(self._at_the_desk)

    def run(self) -> Plan:
        """All tables, each checked by itself and against those that it points at."""
        later: list[Later] = []
        for table in (*TABLES, *placements.tables_of(self.work)):
            pointers = pointers_of(table.row)
            for batch in chunks(self._lines(table)):
                lines = self._once(table, batch)
                known = self._known(table, lines, pointers)
                self.claims = known.get("claims", {})
                for line in lines:
                    self.gone.note(table, line.record, pointers)
                    self._note(table, line, pointers, known, later)
                self._worded(table, lines)
                if table.name in MODELS:
                    self._compare(table, lines)
        self._pointers(later)
        self._deleted()
        self._codes()
        for claim in self.seen.ids(WORDLESS):
            name = self.work.name_of(BY_NAME["spans"])
            self.plan.refuse(Problem(name, 0, "role", f"Claim {claim} has no words."))
        return self.plan

    def _once(self, table: Table, batch: list[Line]) -> list[Line]:
        """Those before which no row has their key, or what else only one can have."""
        keyed = [_keys(table, line.record) for line in batch]
        taken = self.seen.of(table.name, [key for keys in keyed for _, key in keys])
        once, fresh = [], dict[Any, str | None]()
        for line, keys in zip(batch, keyed, strict=True):
            if twice := next((name for name, key in keys if key in taken or key in fresh), None):
                self._wrong(table, line, twice, "It is in the file twice.")
                continue
            note = _note_of(line.record) if table.name == "claims" else None
            fresh |= dict.fromkeys((key for _, key in keys), note)
            once.append(line)
        self.seen.add(table.name, fresh)
        return once

    def _known(
        self, table: Table, lines: list[Line], pointers: Mapping[str, str]
    ) -> dict[str, Mapping[str, str | None]]:
        """By table, what these point at and stood before them: its own may come after."""
        wanted: dict[str, set[str]] = {to: set() for to in pointers.values()}
        for of, to in pointers.items():
            wanted[to] |= {value for line in lines if (value := getattr(line.record, of))}
        return {to: self.seen.of(to, ids) for to, ids in wanted.items() if to != table.name}

    def _worded(self, table: Table, lines: list[Line]) -> None:
        """Notes which claims have no words yet; what is deleted may be without."""
        if table.name == "claims":
            living = [line.record[0] for line in lines if not is_deleted(line.record)]
            self.seen.add(WORDLESS, dict.fromkeys(living))
        elif table.name == "spans":
            content = [line.record for line in lines if line.record.role == SpanRole.CONTENT]
            self.seen.drop(WORDLESS, {record.claim_id for record in content})

    def _compare(self, table: Table, lines: list[Line]) -> None:
        """Counts what is new, what is there, and what is there but not the same."""
        there = rows_here(self.workspace, table, [line.record[0] for line in lines])
        self.plan.there[table.name] += len(there)
        self.plan.new[table.name] += len(lines) - len(there)
        for line in lines:
            row = there.get(line.record[0])
            if row is not None and (name := differing(table, line.record, row)):
                self.plan.differs(table.name, line.record[0], name)
        if table.name == "revisions":
            new = [line for line in lines if line.record[0] not in there]
            others = other_texts(self.workspace, [line.record for line in new])
            for line in new:
                if line.record.revision_id in others:
                    self._wrong(table, line, "number", OTHER_TEXT)

    def _lines(self, table: Table) -> Iterator[Line]:
        for line in self.work.rows(table):
            if isinstance(line, Problem):
                self.plan.refuse(line)
            else:
                yield line

    def _wrong(self, table: Table, line: Line, name: str, why: str) -> None:
        self.plan.refuse(Problem(self.work.name_of(table), line.number, name, why))

    def _note(
        self,
        table: Table,
        line: Line,
        pointers: Mapping[str, str],
        known: Mapping[str, Mapping[str, str | None]],
        later: list[Later],
    ) -> None:
        record = line.record
        name = self.work.name_of(table)
        for of, to in pointers.items():
            value = getattr(record, of)
            leaning = leans(table, record, of)
            if value and value not in known.get(to, ()):
                later.append(Later(name, line.number, of, to, value, leaning))
            elif value and leaning and self.gone.holds(to, value):
                self._wrong(table, line, of, ONLY_DELETED.format(value))
        check = getattr(self, f"_{table.name}", None)
        if check and (why := check(record)):
            self._wrong(table, line, *why)

    # -- what one row of a table must be ----------------------------------------------------

    def _revisions(self, record: Any) -> tuple[str, str] | None:
        self.revisions[record.article_id, record.number] = record.text_path
        try:
            text = self.text(record.text_path)
        except ReadError as error:
            return "text_path", str(error)
        if text is None:
            return "text_path", f"{record.text_path} is not in the file."
        if sha256(text) != record.text_sha256:
            return "text_sha256", "It is not that of the text."
        return self._original(record) if record.original_path else None

    def _original(self, record: Any) -> tuple[str, str] | None:
        try:
            original = self.work.content(record.original_path)
        except ReadError as error:
            return "original_path", str(error)
        if original is None:
            return "original_path", f"{record.original_path} is not in the file."
        if hashlib.sha256(original).hexdigest() != record.original_sha256:
            return "original_sha256", "It is not that of the uploaded file."
        return None

    def _spans(self, record: Any) -> tuple[str, str] | None:
        text = self._text_of(record.article_id, record.revision)
        if text is None:
            return "revision", "There is no such text of the article in the file or at the desk."
        if record.match == Match.ORPHANED:
            return None
        if not record.start < record.end <= len(text):
            return "end", f"It is outside the text, which has {len(text)} characters."
        if text[record.start : record.end] != record.quote:
            return "quote", f"The text says “{text[record.start : record.end]}” there."
        return None

    def _placements(self, record: Any) -> tuple[str, str] | None:
        return placements.wrong(record, self.revisions.get, self.text)

    def _links(self, record: Any) -> tuple[str, str] | None:
        if is_deleted(record):
            return None
        for of in ("from_claim_id", "to_claim_id"):
            known = self.claims.get(getattr(record, of))
            if known and known.split(" ")[1] != (record.incident_id or ""):
                return of, "Its claim is about another incident than the link."
        if record.from_claim_id == record.to_claim_id:
            return "to_claim_id", "A claim can't be linked to itself."
        return None

    def _filings(self, record: Any) -> tuple[str, str] | None:
        if is_deleted(record):
            return None
        known = self.claims.get(record.claim_id)
        if known and known.split(" ")[0] != ClaimKind.FACTUAL:
            return "claim_id", "Only a factual claim can be filed under an answer."
        return None

    def _text_of(self, article: str, number: int) -> str | None:
        """A text of an article, of the file or else of the desk."""
        path = self.revisions.get((article, number))
        return self.at_the_desk(article, number) if path is None else self.text(path) or ""

    def _at_the_desk(self, article: str, number: int) -> str | None:
        rows = Revision.objects.within(self.workspace)
        rows = rows.filter(article__uid=article, number=number)
        return rows.values_list("text", flat=True).first()

    def _text(self, path: str) -> str | None:
        content = self.work.content(path)
        try:
            return None if content is None else content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ReadError(f"{path} is not UTF-8.") from error

    # -- what all of them together must be --------------------------------------------------

    def _pointers(self, later: Iterable[Later]) -> None:
        """Whatever a row points at must be in the file, or at the desk."""
        met = {
            to: {key for chunk in chunks(ids) for key in self.seen.of(to, chunk)}
            for to, ids in _by_table(later).items()
        }
        left = [one for one in later if one.uid not in met[one.to]]
        for one in later:
            if one.uid in met[one.to] and one.leaning and self.gone.holds(one.to, one.uid):
                self._at(one, ONLY_DELETED.format(one.uid))
        asked = _by_table(left)
        here = {to: found_here(self.workspace, BY_NAME[to], ids) for to, ids in asked.items()}
        gone = {to: deleted_here(self.workspace, to, ids) for to, ids in asked.items()}
        for one in left:
            if one.uid not in here[one.to]:
                self._at(one, f"{one.uid} is neither in {one.to} nor at the desk.")
            elif one.leaning and one.uid in gone[one.to]:
                self._at(one, DELETED_HERE.format(one.uid))

    def _at(self, later: Later, why: str) -> None:
        self.plan.refuse(Problem(later.file, later.line, later.column, why))

    def _deleted(self) -> None:
        """What is only deleted, in the file or at the desk, is counted apart and bears nothing."""
        for table in TABLES if self.gone else ():
            gone = self.gone.deleted(table.name)
            if new := len(gone) - len(found_here(self.workspace, table, gone)):
                self.plan.deleted[table.name] = new
                self.plan.new[table.name] -= new
        gone_here = {
            name: deleted_here(self.workspace, name, self.seen.ids(name))
            for name in MODELS
            if self.plan.there[name]
        }
        for name in MODELS if any(gone_here.values()) else ():
            table = BY_NAME[name]
            here = set(found_here(self.workspace, table, self.seen.ids(name)))
            for line, of, why in living_on(table, self.work.rows(table), here, gone_here):
                self._wrong(table, line, of, why)

    def _codes(self) -> None:
        """A code is one incident's."""
        table = BY_NAME["incidents"]
        codes = {
            line.record.code: (line, line.record.incident_id)
            for line in self.work.rows(table)
            if isinstance(line, Line) and not is_deleted(line.record)
        }
        kept = Incident.objects.within(self.workspace).kept()
        for code, uid in kept.filter(code__in=list(codes)).values_list("code", "uid"):
            line, wanted = codes[code]
            if str(uid) != wanted:
                self._wrong(table, line, "code", f"Another incident here has the code {code}.")


def _keys(table: Table, record: Any) -> list[tuple[str, Any]]:
    """What no two rows of a table may have: the column to name, and a public id or a number."""
    own = tuple(getattr(record, name) for name in table.key)
    keyed = [(table.key[-1], own[0] if len(own) == 1 else hash(own))] if own else []
    return keyed + [(name, hash((name, values))) for name, values in only_once(table, record)]


def _note_of(claim: Any) -> str:
    """Kind and incident, which what points at a claim depends on."""
    return f"{claim.kind} {claim.incident_id or ''}"


def _by_table(later: Iterable[Later]) -> dict[str, set[str]]:
    """The public ids that are pointed at."""
    wanted: dict[str, set[str]] = {}
    for one in later:
        wanted.setdefault(one.to, set()).add(one.uid)
    return wanted
