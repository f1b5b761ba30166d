"""Ties as links between claims where their type is one of our relations, else as comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from claims.importers.checked import as_json
from claims.importers.claims_of_marks import Claims
from claims.importers.ends import Ends, Group, Refused
from claims.importers.marks import Library, Mark, Tie, is_uid, readable, text_of, uid
from claims.importers.meaning import relation_of
from claims.importers.remarks import Remarks
from claims.records import (
    Incident,
    Link,
    LocationPrecision,
    Relation,
    State,
    TimePrecision,
    Workflow,
)

LONGEST_TITLE = 300


class Links:
    """The ties of a file. Incidents are made for what they link, unless the desk has one."""

    def __init__(
        self, claims: Claims, ties: Sequence[Tie], library: Library, remarks: Remarks
    ) -> None:
        self.claims = claims
        self.marks = claims.marks
        self.joined = claims.joined
        self.ties = ties
        self.remarks = remarks
        self.add = claims.add
        self.counts: Counter[str] = Counter()
        self.standing = library.standing(
            [values["claim_id"] for values in claims.held.values()],
            [self._link_id(tie) for tie in ties],
        )
        self._ends = Ends()
        self._held: list[tuple[Tie, dict[str, Any]]] = []
        self._incidents: dict[str, tuple[int, str, str]] = {
            uid: (line, code, code) for uid, (line, code) in claims.codes.items()
        }

    def run(self) -> None:
        """Each tie that is not the attribution of a claim."""
        for at, tie in enumerate(self.ties):
            self._tie(tie, told=at in self.joined.ties)

    def finish(self) -> None:
        """The rows; says of linked claims which incident they are about."""
        titles = {mark.sheet.digest: mark for mark in reversed(list(self.marks.values()))}
        held = self.claims.held
        for tie, values in self._held:
            groups = [self._ends.root(self._group(key)) for key in (tie.start, tie.end)]
            if tie.own is None and groups[0] != groups[1]:
                continue  # at the desk already, and its claims were moved apart
            if tie.own is None:
                incident = self._incident(groups[0], titles)
                for row in (values, held[tie.start], held[tie.end]):
                    row["incident_id"] = incident
            self.add(tie.line, Link(**values))
        for id, (line, code, title) in self._incidents.items():
            self.add(line, _incident(id, code, title, self.claims.now))

    def _incident(self, group: Group, titles: Mapping[str, Mark]) -> str:
        """The incident of linked claims: the desk's, or one that has the title of their text."""
        incident, digest = group
        if incident or not digest:
            return incident
        first = titles[digest]
        made = uid(digest, "incident")
        title = text_of(first.sheet).title[:LONGEST_TITLE]
        self._incidents.setdefault(made, (first.line, f"FILE-{digest[:8].upper()}", title))
        return made

    def _tie(self, tie: Tie, *, told: bool) -> None:
        start, end = self.claims.of(tie.start), self.claims.of(tie.end)
        if not start or not end or told:
            return
        try:
            values = self._link(tie, start[0], end[0])
        except Refused as error:
            self.counts["kept"] += 1
            marks = (self.marks[key] for key in (tie.end, *tie.more))
            others = ", ".join(f"“{self.remarks.quote(mark)}”" for mark in marks)
            way = "↔" if tie.both_ways else "→"
            text = f"Relation in the file: {tie.name or 'without a type'} {way} {others}"
            why = f"\n{error}" if str(error) else ""
            self.remarks.comment(tie.start, f"relation {tie.id}", text + why, tie)
            return
        if values is not None:
            self.counts["links"] += 1
            self._held.append((tie, values))

    def _link(self, tie: Tie, start: dict[str, Any], end: dict[str, Any]) -> dict[str, Any] | None:
        """The link that a tie is. Raises Refused where it is none, or can't be."""
        if tie.start in self.joined.parts or tie.end in self.joined.parts:
            raise Refused
        found = relation_of(tie.name)
        if found is None or tie.more:
            raise Refused
        relation, backwards = found
        if tie.both_ways and not relation.symmetric:
            raise Refused("It leads both ways, which this relation can't.")
        if backwards:
            start, end = end, start
        if self._stands(relation, start["claim_id"], end["claim_id"], tie):
            self.counts["there"] += 1
            return None
        groups = [self._group(key) for key in (tie.start, tie.end)]
        ours = all(self.marks[key].own is not None for key in (tie.start, tie.end))
        sheet = self.marks[tie.start].sheet
        if self._link_id(tie) not in self.standing.links:
            if tie.own is not None and not self._still(tie):
                raise Refused("At the desk its claims are about another incident by now.")
            self._ends.add(relation, start, end, groups, own=tie.own is not None, ours=ours)
        given = {
            "link_id": self._link_id(tie),
            "annotator": readable(tie.by),
            "created_at": as_json(tie.at or self.claims.now),
            "incident_id": start["incident_id"] or uid(sheet.digest, "incident"),
            **(tie.own or {}),
            "relation": relation.value,
            "from_claim_id": start["claim_id"],
            "from_source": start["source"],
            "to_claim_id": end["claim_id"],
            "to_source": end["source"],
        }
        return self.claims.checks.checked(Link, given, tie)

    def _stands(self, relation: Relation, start: str, end: str, tie: Tie) -> bool:
        """Whether the desk has it as another link. Raises Refused where it may not go with those.

        What a claim of the desk repeats or replaces leads on to claims that are not in the file.
        """
        if self._link_id(tie) in self.standing.links or tie.own is not None:
            return False
        ways = [(start, end), (end, start)][: 1 + relation.symmetric]
        if any((relation.value, *way) in self.standing.pairs for way in ways):
            return True
        one_way = relation in (Relation.RESTATES, Relation.SUPERSEDES)
        if one_way and not self.claims.there.isdisjoint((tie.start, tie.end)):
            raise Refused("Whether it goes with the links that are here is for a person to say.")
        return False

    def _link_id(self, tie: Tie) -> str:
        own = (tie.own or {}).get("link_id")
        sheet = self.marks[tie.start].sheet
        return str(own) if is_uid(own) else uid(sheet.digest, "link", sheet.scope + tie.id)

    def _group(self, key: str) -> Group:
        """The incident that a claim is about, by the desk if it has the claim; else its text."""
        mark, values = self.marks[key], self.claims.held[key]
        if values["claim_id"] in self.standing.incidents:
            return self.standing.incidents[values["claim_id"]], ""
        if mark.own is None:
            return "", mark.sheet.digest
        return values["incident_id"] or "", ""

    def _still(self, tie: Tie) -> bool:
        """Whether the claims that a link of ours joins are about its incident at the desk too."""
        ids = [self.claims.held[key]["claim_id"] for key in (tie.start, tie.end)]
        there = {self.standing.incidents[id] for id in ids if id in self.standing.incidents}
        return there <= {(tie.own or {}).get("incident_id")}


def _incident(id: str, code: str, title: str, now: datetime) -> Incident:
    return Incident(
        incident_id=id,
        code=code,
        title=title or code or "An incident of an imported file",
        occurred_from=None,
        occurred_to=None,
        occurred_precision=TimePrecision.UNKNOWN.value,
        place="",
        latitude=None,
        longitude=None,
        location_precision=LocationPrecision.UNKNOWN.value,
        summary="",
        parent_id=None,
        parent_code="",
        assignee="",
        workflow=Workflow.OPEN.value,
        state=State.UNANSWERED.value,
        created_at=now,
    )
