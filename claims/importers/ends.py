"""Which relations of a file can be links: the rules between claims, and what they are about."""

from __future__ import annotations

from typing import Any

from claims.records import ClaimKind, Relation

NOT_GIVEN = "not given in the file"
"""The source of a claim of which the file does not say who makes it."""
OF_FACTS = (Relation.CONTRADICTS, Relation.DENIES, Relation.CORROBORATES)
LONGEST_CHAIN = 10_000

Group = tuple[str, str]
"""An incident of ours, or a text; both blank: a claim of ours that is about none."""


class Refused(Exception):
    """A relation that is no link; the message says why where its type is one of ours."""


class Ends:
    """The links so far, and the texts and incidents that they bring together."""

    def __init__(self) -> None:
        self._seen: set[tuple[Relation, frozenset[str] | tuple[str, str]]] = set()
        self._onward: dict[tuple[Relation, str], list[str]] = {}
        self._parents: dict[str, str] = {}
        self._incidents: set[str] = set()

    def add(
        self,
        relation: Relation,
        start: dict[str, Any],
        end: dict[str, Any],
        groups: list[Group],
        *,
        own: bool,
        ours: bool,
    ) -> None:
        """Notes a link. Raises Refused where it can't be one.

        `own`: it is a link of ours that comes back; `ours`: both claims are.
        """
        pair = start["claim_id"], end["claim_id"]
        if pair[0] == pair[1]:
            raise Refused("Both ends of it are one claim.")
        if relation in OF_FACTS and {start["kind"], end["kind"]} != {ClaimKind.FACTUAL.value}:
            raise Refused("A demand or an opinion is not evidence.")
        key = (relation, frozenset(pair) if relation.symmetric else pair)
        if key in self._seen:
            raise Refused("The two are linked in this way already.")
        onward = self._onward.get((relation, pair[0]), [])
        if relation is Relation.RESTATES and onward:
            raise Refused("A claim can repeat one other only.")
        one_way = relation in (Relation.RESTATES, Relation.SUPERSEDES)
        if one_way and not own and not _one_voice(relation, start, end, ours=ours):
            raise Refused("Whether both have the same source is not known.")
        if one_way and self._leads(relation, pair[1], pair[0]):
            raise Refused("It would lead back to itself.")
        if not own:
            self._bring_together(groups)
        self._seen.add(key)
        self._onward.setdefault((relation, pair[0]), []).append(pair[1])

    def root(self, group: Group) -> Group:
        """The incident that the claims of a group are about; else the text that names it."""
        found = group[0] or group[1]
        if group[0]:
            self._incidents.add(found)
        while found in self._parents:
            found = self._parents[found]
        return (found, "") if found in self._incidents else ("", found)

    def _bring_together(self, groups: list[Group]) -> None:
        if ("", "") in groups:
            raise Refused("One of them is about no incident yet.")
        roots = sorted({self.root(group) for group in groups}, key=lambda one: (not one[0], one))
        if len(roots) > 1:
            if all(incident for incident, _ in roots):
                raise Refused("They are about different incidents.")
            (first, digest), (_, other) = roots
            self._parents[other] = first or digest

    def _leads(self, relation: Relation, start: str, to: str) -> bool:
        seen, todo = {start}, [start]
        while todo and len(seen) < LONGEST_CHAIN:
            claim = todo.pop()
            if claim == to:
                return True
            fresh = [one for one in self._onward.get((relation, claim), ()) if one not in seen]
            seen.update(fresh)
            todo += fresh
        return bool(todo)


def _one_voice(
    relation: Relation, start: dict[str, Any], end: dict[str, Any], *, ours: bool
) -> bool:
    """Whether one source can be behind both: to repeat needs that, to replace its own words too."""
    same = bool(start["source_id"] == end["source_id"])
    if relation is Relation.SUPERSEDES:
        return same and start["source"] != NOT_GIVEN
    return same or not ours
