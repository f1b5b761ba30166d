"""doccano's JSON lines: a text a line, with its entities and the relations between them.

Its offsets count code points, or characters as a reader sees them (a setting of the project); the
file does not say which, nor the words. So where the two differ, those are taken that cut fewer
words in two, and the dry run says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

from claims.anchoring.cut import cut
from claims.importers.choices import AS_NAMED, Choices
from claims.importers.foreign import Assembly, Foreign, strings
from claims.importers.json_items import LARGEST, decoded, value_of
from claims.importers.marks import Library, Mark, Remark, Sheet, Tie
from claims.importers.page import ReadError
from claims.importers.places import Ground, Place, Unit, whole

READ = ("id", "text", "data", "entities", "label", "labels", "relations", "Comments", "comments")
_TRIPLE = 3


def read(file: IO[bytes], name: str, library: Library, choices: Choices = AS_NAMED) -> Foreign:
    """The file as work. Raises ReadError for what is no such file."""
    with file:
        lines = decoded(file.read(LARGEST + 1)).split("\n")
    made = Assembly(name, library, datetime.now(UTC), choices=choices)
    found = list(_documents(lines, made))
    if not found and not made.problems:
        raise ReadError("There is no line with a text in it.")
    unit, note = _unit(found)
    for document in found:
        document.tell(made, unit)
    return made.done(*note)


def is_one(held: Any) -> bool:
    """Whether a line is one of doccano's: a text with a list of entities or labels."""
    if not isinstance(held, dict) or "title" in held:
        return False
    return any(isinstance(held.get(name), list) for name in ("entities", "label", "labels"))


def _documents(lines: Iterable[str], made: Assembly) -> Iterator[_Document]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            held = value_of(line)
        except ValueError as error:
            made.wrong(made.name, number, "", f"It is no JSON: {error}.")
            continue
        text = held.get("text", held.get("data")) if isinstance(held, dict) else None
        if not isinstance(text, str):
            made.wrong(made.name, number, "text", "The line is no object with a text.")
            continue
        original_name = f"{made.name.rpartition('.')[0][:200]}, line {number}.txt"
        raw = text.encode("utf-8", "surrogatepass")
        sheet = made.sheet(made.name, number, text, raw, original_name=original_name)
        if sheet:
            yield _Document(number, sheet, held)


class _Document:
    """A line: its entities as (field, id, start, end, label), as far as they are such."""

    def __init__(self, line: int, sheet: Sheet, held: dict[str, Any]) -> None:
        self.line = line
        self.sheet = sheet
        self.held = held
        self.wrong: list[tuple[str, str]] = []
        self.entities = list(self._entities())

    def tell(self, made: Assembly, unit: Unit) -> None:
        """What is marked in it, for offsets of this unit."""
        for field, why in self.wrong:
            made.wrong(made.name, self.line, field, why)
        for field, id, start, end, label in self.entities:
            place = self.sheet.ground.place(start, end, unit)
            if self._key(id) in made.marks and id == _unnumbered(start, end, label):
                made.count("Labels that are on the same words twice, made one: {n}.")
                continue
            if place is None:
                size = len(self.sheet.ground.raw)
                why = f"{start} to {end} is no place in the text, which has {size} characters."
                made.wrong(made.name, self.line, field, why)
                continue
            made.mark(Mark(self._key(id), id, self.line, self.sheet, [place], [label]))
        for number, one in enumerate(self._list("relations")):
            field = f"relations.{number}"
            if not isinstance(one, dict) or {"from_id", "to_id"} - one.keys():
                made.wrong(made.name, self.line, field, "It is no object with from_id and to_id.")
                continue
            one_end, other_end = (str(one[name]) for name in ("from_id", "to_id"))
            name = "".join(strings([one.get("type")]))
            id = str(one.get("id", f"{one_end} {name} {other_end}"))
            keys = self._key(one_end), self._key(other_end)
            tie = Tie(id, self.line, made.name, name, *keys)
            made.ties.append(tie)
        remarks = self._list("Comments") or self._list("comments")
        for number, text in enumerate(strings(remarks)):
            id = f"line {number}"
            made.remarks.append(Remark(id, self.line, made.name, text, self.sheet))
        for other in self.held.keys() - set(READ):
            made.count(f"Lines with “{other[:80]}”, which is left out: {{n}}.")

    def _key(self, id: str) -> str:
        return f"{self.line}\0{id}"

    def _list(self, name: str) -> list[Any]:
        found = self.held.get(name)
        return found if isinstance(found, list) else []

    def _entities(self) -> Iterator[tuple[str, str, int, int, str]]:
        for name in ("entities", "label", "labels"):
            if self.held.get(name) is not None and not isinstance(self.held[name], list):
                self.wrong.append((name, "It is no list."))
            for number, one in enumerate(self._list(name)):
                field = f"{name}.{number}"
                if isinstance(one, dict):
                    told = [one.get(key) for key in ("start_offset", "end_offset", "label")]
                elif isinstance(one, list) and len(one) == _TRIPLE:
                    told = one
                else:
                    self.wrong.append((field, "It is neither an entity nor [start, end, label]."))
                    continue
                start, end, label = whole(told[0]), whole(told[1]), told[2]
                if not isinstance(label, str) or start is None or end is None:
                    why = "It needs a label in words, and two offsets in whole numbers."
                    self.wrong.append((field, why))
                    continue
                id = one.get("id") if isinstance(one, dict) else None
                id = _unnumbered(start, end, label) if id is None else str(id)
                yield field, id, start, end, label


def _unnumbered(start: int, end: int, label: str) -> str:
    """What stands for the id of an entity that has none."""
    return f"{start}-{end} {label}"


def _on_words(ground: Ground, place: Place | None) -> bool:
    """Whether it is a piece of the text that cuts no word in two, with no blank at its ends."""
    if place is None or ground.words(place) != ground.words(place).strip():
        return False
    return not any(cut(ground.text, place.start, place.end))


def _unit(documents: Iterable[_Document]) -> tuple[Unit, list[str]]:
    """What the offsets count, as far as the words tell; with a sentence where it matters."""
    cuts = dict.fromkeys(Unit, 0)
    differ = 0
    for document in documents:
        ground = document.sheet.ground
        if ground.plain:
            continue
        for _, _, start, end, _ in document.entities:
            places = {unit: ground.place(start, end, unit) for unit in Unit}
            if len(set(places.values())) == 1:
                continue
            differ += 1
            for unit, place in places.items():
                cuts[unit] += not _on_words(ground, place)
    if not differ:
        return Unit.CODE_POINTS, []
    best = min(Unit, key=lambda unit: cuts[unit])
    return best, [
        (
            f"The offsets are taken for {best.value}: so {cuts[best]:,} of the {differ:,} spans for"
            f" which that matters begin or end within a word, against"
            f" {min(cuts[unit] for unit in Unit if unit is not best):,} otherwise."
            " Look at some of them."
        )
    ]
