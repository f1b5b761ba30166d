"""Marks as claims with their spans and figures, and the sources that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from claims.importers.attribution import Joined
from claims.importers.checked import Checks, as_json
from claims.importers.ends import NOT_GIVEN
from claims.importers.marks import Mark, Said, There, readable, text_of, uid
from claims.records import (
    Certainty,
    Claim,
    ClaimKind,
    ClaimStatus,
    Figure,
    KnowsBy,
    Origin,
    Polarity,
    Source,
    SourceKind,
    Span,
    SpanRole,
    Speech,
)
from claims.records.standoff import ACTORS

LONGEST_NAME = 200
DEFAULTS = {
    "kind": ClaimKind.FACTUAL.value,
    "polarity": Polarity.ASSERTS.value,
    "speech": Speech.INDIRECT.value,
    "knows_by": KnowsBy.UNSTATED.value,
    "certainty": Certainty.UNSTATED.value,
    "status": ClaimStatus.DRAFT.value,
    "origin": Origin.IMPORT.value,
}
"""What a claim is of which the file says no more."""
OF_ACTORS = [f"{actor}_{what}" for actor in ACTORS for what in ("kind", "named")]

Add = Callable[[int, Any], None]
"""Makes a row of a line."""


class Claims:
    """By mark the claim that it becomes, as columns; made by `finish`, when all is known."""

    def __init__(
        self,
        marks: Mapping[str, Mark],
        joined: Joined,
        now: datetime,
        checks: Checks,
        add: Add,
    ) -> None:
        self.marks = marks
        self.joined = joined
        self.now = now
        self.checks = checks
        self.add = add
        self.counts: Counter[str] = Counter()
        self.held: dict[str, dict[str, Any]] = {}
        # Marks whose claims are the desk's: nothing is made of them.
        self.there: set[str] = set()
        self._parts: dict[str, list[Span | Figure]] = {}
        self.codes: dict[str, tuple[int, str]] = {}
        self._sources: dict[str, tuple[int, Source, bool]] = {}

    def run(self) -> None:
        """A claim for each mark that is not a part of another's."""
        parts: dict[str, list[Mark]] = {}
        for key, contents in self.joined.parts.items():
            for content in contents:
                parts.setdefault(content, []).append(self.marks[key])
        for key, mark in self.marks.items():
            if key not in self.joined.parts:
                self._claim(mark, parts.get(key, []))

    def of(self, key: str) -> list[dict[str, Any]]:
        """The claims that a mark is, or is a part of; none where something is wrong with it."""
        keys = self.joined.parts.get(key, [key])
        return [self.held[one] for one in keys if one in self.held]

    def stand_for(self, said: Mapping[str, Said]) -> None:
        """By mark the claim of the desk that it is taken for, instead of one of its own."""
        for key, one in said.items():
            self.there.add(key)
            told = {"claim_id": one.claim_id, "source_id": one.source_id, "kind": one.kind}
            self.held[key] |= told
            self.counts["claims"] -= 1
            self.counts["drafts"] -= 1

    def finish(self) -> None:
        """The rows."""
        made = {key: values for key, values in self.held.items() if key not in self.there}
        named = {values[f"{actor}_id"] for values in made.values() for actor in ACTORS}
        for id, (line, source, _) in self._sources.items():
            if id in named:
                self.add(line, source)
        for key, values in made.items():
            self.add(self.marks[key].line, Claim(**values))
            for part in self._parts[key]:
                self.add(self.marks[key].line, part)

    def _claim(self, mark: Mark, parts: list[Mark]) -> None:
        there = text_of(mark.sheet)
        own = self._own(mark, there) if mark.own is not None else self._draft(mark, parts, there)
        if own is None:
            return
        self.counts["claims"] += 1
        self.held[mark.key] = own
        rows = self._parts[mark.key] = []
        places = {
            (place.role or SpanRole.CONTENT.value, place.start, place.end): place
            for place in mark.places
        }
        for part in parts:
            role = str(part.part)
            places |= {(role, place.start, place.end): place for place in part.places}
        for (role, start, end), place in places.items():
            span = Span(
                own["claim_id"], there.article_id, there.number, role, start, end,
                there.text[start:end], place.match, place.score,
            )  # fmt: skip
            rows.append(span)
        if not isinstance(mark.figures, list):
            self.checks.wrong(mark, "figures", "It is no list.")
            return
        for at, figure in enumerate(mark.figures):
            if not isinstance(figure, dict):
                self.checks.wrong(mark, f"figures.{at}", "It is no object.")
                continue
            about = {name: own[name] for name in ("claim_id", "incident_id", "source", "polarity")}
            values = self.checks.checked(Figure, {"order": at} | figure | about, mark)
            if values is not None:
                rows.append(Figure(**values))

    def _draft(self, mark: Mark, parts: list[Mark], there: There) -> dict[str, Any]:
        self.counts["drafts"] += 1
        voices = sorted(
            (part for part in parts if part.part is SpanRole.SOURCE),
            key=lambda part: part.places,
        )
        name = _words(voices[0], there) if voices else NOT_GIVEN
        values: dict[str, Any] = dict.fromkeys(Claim._fields, "") | DEFAULTS
        values |= dict.fromkeys(("incident_id", "via_id", "accused_id", "said_from", "said_to"))
        moment = mark.at or self.now
        return values | {
            "claim_id": uid(mark.sheet.digest, "claim", mark.sheet.scope + mark.id),
            "article_id": there.article_id,
            "source_id": self._unnamed(name, mark, there),
            "source": name,
            "annotator": readable(mark.by),
            "created_at": moment,
            "updated_at": moment,
        }

    def _own(self, mark: Mark, there: There) -> dict[str, Any] | None:
        """A claim of ours that comes back, with all that the file says of it."""
        told = mark.own or {}
        moment = mark.at or self.now
        given = DEFAULTS | {"created_at": as_json(moment), "updated_at": as_json(moment)} | told
        if not any(place.role in ("", SpanRole.CONTENT) for place in mark.places):
            self.checks.wrong(mark, "target", "The claim has no words.")
            return None
        for actor in ACTORS:
            name, id = told.get(actor), told.get(f"{actor}_id")
            if isinstance(name, str) and name.strip() and not id:
                given[f"{actor}_id"] = self._unnamed(name[:LONGEST_NAME], mark, there)
        about = {"article_id": there.article_id, "article_title": "", "text": ""}
        values = self.checks.checked(Claim, given | about, mark, OF_ACTORS)
        if values is None:
            return None
        for actor in ACTORS:
            if told.get(f"{actor}_id"):
                self._actor(mark, there, actor, values, told)
        if values["incident_id"]:
            code = values["incident_code"] or f"FILE-{values['incident_id'][:8].upper()}"
            self.codes.setdefault(values["incident_id"], (mark.line, code))
        return values

    def _actor(
        self, mark: Mark, there: There, actor: str, values: dict[str, Any], told: dict[str, Any]
    ) -> None:
        """A source that the claim names by its id; what kind it is may stand elsewhere only."""
        named, kind = told.get(f"{actor}_named"), told.get(f"{actor}_kind")
        given = {
            "source_id": values[f"{actor}_id"],
            "name": values[actor] or NOT_GIVEN,
            "kind": SourceKind.OTHER.value if kind is None else kind,
            "named": True if named is None else named,
            "article_id": there.article_id if named is False else None,
        }
        found = self.checks.checked(Source, given, mark)
        known = self._sources.get(given["source_id"])
        if found and (known is None or (kind is not None and not known[2])):
            self._sources[given["source_id"]] = (mark.line, Source(**found), kind is not None)

    def _unnamed(self, name: str, mark: Mark, there: There) -> str:
        id = uid(mark.sheet.digest, "source", f"{there.article_id} {name}")
        source = Source(
            id, name, SourceKind.OTHER.value, False, "", None, "", there.article_id, ""
        )  # fmt: skip
        self._sources.setdefault(id, (mark.line, source, True))
        return id


def _words(mark: Mark, there: There) -> str:
    """The words of a mark as a name: on one line, and no longer than one can be."""
    words = " ".join(" ".join(there.text[p.start : p.end] for p in mark.places).split())
    words = words or NOT_GIVEN
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + "…"
