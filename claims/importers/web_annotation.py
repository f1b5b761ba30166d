"""W3C Web Annotation (JSON-LD), for texts that the desk has: there are none in such a file.

A text is told by its SHA-256 or the id of its revision (our own export), or by the address that
an article here has. Places are those of `TextPositionSelector`, checked against, or found by,
`TextQuoteSelector`. Annotations that our export wrote come back as the claims and links that they
were; those of others are words with labels, relations between annotations, and comments.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO, Any

from claims.importers.choices import AS_NAMED, Choices
from claims.importers.foreign import Assembly, Foreign, moment, strings
from claims.importers.json_items import LARGEST, Item, decoded, items
from claims.importers.marks import Library, Mark, Remark, Sheet, Tie, is_uid
from claims.importers.page import ReadError
from claims.importers.places import Ground, Place, Unit, by_quote, fit, whole
from claims.records import Match, SpanRole

LISTS = ("first", "items", "@graph")
POSITION, QUOTE = "TextPositionSelector", "TextQuoteSelector"
URN = "urn:uuid:"
OURS = ("cc:", "urn:counterclaim:ns:")
MOST_LOOSE = 500
"""So many quotes are looked for that are not there word for word; it takes time."""


def read(file: IO[bytes], name: str, library: Library, choices: Choices = AS_NAMED) -> Foreign:
    """The file as work. Raises ReadError for what is no such file."""
    with file:
        text = decoded(file.read(LARGEST + 1))
    found = list(items(text, *LISTS))
    reading = _Annotations(name, library, choices)
    for item in found:
        reading.index(item)
    for item in found:
        reading.tell(item)
    if not found:
        raise ReadError("There is no annotation in it.")
    return reading.made.done()


class _Annotations:
    """The annotations of one file; which ids are annotations is known before they are read."""

    def __init__(self, name: str, library: Library, choices: Choices) -> None:
        self.made = Assembly(name, library, datetime.now(UTC), "annotations", choices)
        self.name = name
        self.library = library
        self.ids: set[str] = set()
        self.sheets: dict[str, Sheet | str] = {}
        self.loose = 0

    def index(self, item: Item) -> None:
        """Notes its id."""
        if isinstance(item.value, dict) and isinstance(id := _id(item.value), str):
            self.ids.add(id)

    def tell(self, item: Item) -> None:
        """What one annotation says."""
        line, held = item
        if not isinstance(held, dict) or "Annotation" not in _words(held.get("type")):
            why = "It is no annotation, or a collection whose annotations are elsewhere."
            return self.made.wrong(self.name, line, "type", why)
        id = _id(held) or ""
        if not id:
            return self.made.wrong(self.name, line, "id", "An annotation needs an id.")
        one = _Annotation(self, line, id, held)
        one.tell()
        return None

    def sheet(self, source: Any, line: int) -> Sheet | str:
        """The text that a target is on; or why it can't be told."""
        key = _source_key(source)
        if key not in self.sheets:
            self.sheets[key] = self._sheet(source, line)
        return self.sheets[key]

    def _sheet(self, source: Any, line: int) -> Sheet | str:
        iri = _iri(source)
        told = _ours(source) if isinstance(source, dict) else {}
        digest, shown = told.get("sha256"), str(told.get("title") or iri)[:200]
        there = None
        if iri.startswith(URN):
            there = self.library.by_revision(iri.removeprefix(URN))
        if there is None and isinstance(digest, str):
            there = self.library.by_text(digest)
        if there is None and not told:
            found = self.library.by_address(iri.partition("#")[0])
            if len(found) > 1:
                return f"Several articles at the desk have the address {shown}."
            there = next(iter(found), None)
        if there is None:
            return f"The desk does not have the text “{shown}”: bring it in first."
        sheet = Sheet(self.name, line, Ground(there.text), there=there)
        if isinstance(digest, str) and digest != sheet.digest:
            return f"The text “{shown}” at the desk is another than the one annotated (SHA-256)."
        if there.deleted:
            return f"The article “{there.title}” was deleted at the desk: restore it first."
        known = {one.digest for one in self.sheets.values() if isinstance(one, Sheet)}
        sheet.scope = f"{there.article_id} " if sheet.digest in known else ""
        self.made.usable(there, self.name, line, "target")
        return sheet


class _Annotation:
    """One annotation, with what stands in it."""

    def __init__(self, file: _Annotations, line: int, id: str, held: dict[str, Any]) -> None:
        self.file = file
        self.made = file.made
        self.line = line
        self.id = id
        self.bodies = _list(held.get("body")) + _list(held.get("bodyValue"))
        self.targets = _list(held.get("target"))
        self.motivations = _words(held.get("motivation"))
        self.by = _names(held.get("creator"))
        self.at = moment(held.get("created"))

    def tell(self) -> None:
        """It is on other annotations, or on words of a text."""
        own = self._own("Link")
        ends = [iri for one in self.targets if (iri := _iri(one)) in self.file.ids]
        if own is not None:
            self._link(own)
        elif ends and len(ends) < len(self.targets):
            self.wrong("target", "It is on annotations and on texts at once.")
        elif ends:
            self._between(ends)
        elif not self.targets:
            self.wrong("target", "It is on nothing.")
        else:
            self._on_words()

    # -- words ------------------------------------------------------------------------------

    def _on_words(self) -> None:
        own = self._own("Claim")
        by_sheet: dict[str, tuple[Sheet, list[Place]]] = {}
        whole: list[Sheet] = []
        for number, target in enumerate(self.targets):
            field = f"target.{number}"
            source = target.get("source", target) if isinstance(target, dict) else target
            sheet = self.file.sheet(source, self.line)
            if isinstance(sheet, str):
                return self.wrong(f"{field}.source", sheet)
            selectors = _list(target.get("selector")) if isinstance(target, dict) else []
            if not selectors and own is None:
                whole.append(sheet)
                continue
            place, why = self._place(sheet, selectors)
            if place is None:
                return self.wrong(f"{field}.selector", why)
            role = _ours(target).get("role", "") if isinstance(target, dict) else ""
            if role and role not in _ROLES:
                return self.wrong(f"{field}.cc:role", f"“{str(role)[:80]}” is no role.")
            place = place._replace(role=str(role) if own is not None else "")
            by_sheet.setdefault(sheet.digest + sheet.scope, (sheet, []))[1].append(place)
        for sheet in whole:
            self._told(sheet, f"{self.id} {sheet.digest}", [])
        if own is not None and len(by_sheet) > 1:
            return self.wrong("target", "A claim stands in one text.")
        for number, (sheet, places) in enumerate(by_sheet.values()):
            self._mark(sheet, places, f"#{number}" if number else "", own)
        return None

    def _mark(
        self, sheet: Sheet, places: list[Place], more: str, own: dict[str, Any] | None
    ) -> None:
        id = self.id + more
        mark = Mark(id, id, self.line, sheet, places, [], self.by, self.at)
        if own is not None:
            told = {"claim_id": self.id.removeprefix(URN), "annotator": self.by, **own}
            mark.figures = told.pop("figures", [])
            if isinstance(mark.figures, list):
                mark.figures = [
                    _ours(one) if isinstance(one, dict) else one for one in mark.figures
                ]
            mark.own = told
        else:
            mark.labels = self._labels()
        if self.made.mark(mark):
            self._told(id, id, mark.labels)

    def _place(self, sheet: Sheet, selectors: list[Any]) -> tuple[Place | None, str]:
        """Where the words stand; or why that can't be told."""
        position = _selector(selectors, POSITION)
        quote = _selector(selectors, QUOTE)
        exact = quote.get("exact")
        start, end = whole(position.get("start")), whole(position.get("end"))
        given = start is not None and end is not None
        if not isinstance(exact, str):
            place = sheet.ground.place(start, end)
            if place:
                self.made.count("Places that only offsets tell, without the words: {n}.")
            why = f"{start} to {end} is no place in the text." if given else _NO_SELECTOR
            return place, why
        found = fit(sheet.ground, start, end, exact)
        if found:
            if found.unit is not Unit.CODE_POINTS:
                self.made.count(f"Places that fit their words only in {found.unit.value}: {{n}}.")
            return found.place, ""
        return self._by_quote(sheet, exact, quote, given=given)

    def _by_quote(
        self, sheet: Sheet, exact: str, quote: dict[str, Any], *, given: bool
    ) -> tuple[Place | None, str]:
        prefix, suffix = (strings([quote.get(name)]) for name in ("prefix", "suffix"))
        text = sheet.ground.text
        loose = self.file.loose < MOST_LOOSE
        places = by_quote(text, exact, "".join(prefix), "".join(suffix), loose=loose)
        if not places or places[0].match == Match.FUZZY:
            self.file.loose += 1
        if not places:
            return None, f"“{exact[:200]}” is not in the text."
        if len(places) > 1:
            return None, f"“{exact[:200]}” is in the text more than once."
        if given:
            self.made.count("Places that did not fit their words, found by these instead: {n}.")
        if places[0].match == Match.FUZZY:
            self.made.count("Places found by words that differ in white space or signs: {n}.")
        return places[0], ""

    def _labels(self) -> list[str]:
        """Tags, and what it is classified as."""
        found = []
        for body in self.bodies:
            purposes = _words(body.get("purpose")) if isinstance(body, dict) else []
            if {"tagging", "classifying", "identifying"} & {*purposes, *self._alone(purposes)}:
                found += strings([_value(body)])
        return found

    def _alone(self, purposes: list[str]) -> list[str]:
        """What a body without a purpose of its own is for."""
        return self.motivations if not purposes else []

    def _told(self, on: str | Sheet, id: str, labels: list[str]) -> None:
        """What is said in it beside labels that are told already, as comments."""
        for number, body in enumerate(self.bodies):
            if is_uid(self.id.removeprefix(URN)) and _is_ours(body):
                continue
            text = _value(body)
            if text in labels:
                continue
            if not text.strip():
                self.made.count("Bodies without a text or an address, left out: {n}.")
                continue
            purpose = "".join(f" ({one})" for one in _purposes(body, self.motivations)[:1])
            told = f"Note in the file{purpose}: {text}"
            self._remark(f"{id} {number}", told, on)

    def _remark(self, id: str, text: str, on: str | Sheet) -> None:
        one = Remark(id, self.line, self.file.name, text, on, self.by, self.at)
        self.made.remarks.append(one)

    # -- other annotations ------------------------------------------------------------------

    def _between(self, ends: list[str]) -> None:
        """A relation between annotations, or what is said of one."""
        ends += [iri for body in self.bodies if (iri := _iri(body)) in self.file.ids]
        if len(ends) == 1:
            return self._told(ends[0], self.id, [])
        names = strings(_value(body) for body in self.bodies if _iri(body) not in self.file.ids)
        start, end, *more = ends
        for name in names or self.motivations[:1] or [""]:
            tie = Tie(
                f"{self.id} {name}", self.line, self.file.name, name, start, end, tuple(more),
                by=self.by, at=self.at,
            )  # fmt: skip
            self.made.ties.append(tie)
        return None

    def _link(self, own: dict[str, Any]) -> None:
        start, end, name = (own.pop(key, None) for key in ("from", "to", "relation"))
        if not (isinstance(start, str) and isinstance(end, str) and isinstance(name, str)):
            return self.wrong("body", "It needs cc:from, cc:to and cc:relation.")
        told = {"link_id": self.id.removeprefix(URN), "annotator": self.by, **own}
        tie = Tie(self.id, self.line, self.file.name, name, start, end, own=told, at=self.at)
        self.made.ties.append(tie)
        return None

    def _own(self, kind: str) -> dict[str, Any] | None:
        """The columns that our export wrote, of an annotation that is a claim or a link of ours."""
        for body in self.bodies:
            if is_uid(self.id.removeprefix(URN)) and _is_ours(body, kind):
                return _ours(body)
        return None

    def wrong(self, field: str, why: str) -> None:
        """Names the annotation too: a line of a file may hold many."""
        self.made.wrong(self.file.name, self.line, field, f"{self.id[:200]}: {why}")


_KINDS = ("Claim", "Link")
_ROLES = [role.value for role in SpanRole]
_NO_SELECTOR = f"None of its selectors says where the words stand: {POSITION} or {QUOTE} is needed."


def _ours(held: dict[str, Any]) -> dict[str, Any]:
    """What stands under our prefix, without it."""
    return {
        name.removeprefix(prefix): value
        for name, value in held.items()
        for prefix in OURS
        if name.startswith(prefix)
    }


def _is_ours(body: Any, *kinds: str) -> bool:
    types = _words(body.get("type")) if isinstance(body, dict) else []
    return any(f"{prefix}{kind}" in types for prefix in OURS for kind in kinds or _KINDS)


def _id(held: dict[str, Any]) -> str | None:
    found = held.get("id", held.get("@id"))
    return found if isinstance(found, str) else None


def _iri(value: Any) -> str:
    """What a resource is called: it is its id, an object with one, or what has it as its source."""
    if isinstance(value, dict):
        value = _id(value) or value.get("source")
        value = _id(value) if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _source_key(source: Any) -> str:
    told = _ours(source).get("sha256") if isinstance(source, dict) else ""
    return f"{_iri(source)}\0{told}"


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _words(value: Any) -> list[str]:
    return strings(_list(value))


def _selector(selectors: Iterable[Any], kind: str) -> dict[str, Any]:
    for one in selectors:
        if isinstance(one, dict) and kind in _words(one.get("type")):
            return one
    return {}


def _value(body: Any) -> str:
    """The words of a body, or the address of what it is."""
    value = body.get("value") if isinstance(body, dict) else body
    return value if isinstance(value, str) else _iri(body)


def _purposes(body: Any, motivations: list[str]) -> list[str]:
    return (_words(body.get("purpose")) if isinstance(body, dict) else []) or motivations


def _names(creator: Any) -> str:
    """Who made it, as the file names them."""
    found = []
    for one in _list(creator):
        name = (one.get("name") or one.get("nickname")) if isinstance(one, dict) else None
        found += strings([name if isinstance(name, str) else _iri(one)])
    return ", ".join(found)
