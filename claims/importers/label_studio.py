"""Label Studio's JSON: tasks with their annotations, of labels, choices and relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

from claims.importers.choices import AS_NAMED, Choices
from claims.importers.foreign import Assembly, Foreign, moment, strings
from claims.importers.json_items import LARGEST, decoded, items
from claims.importers.marks import Library, Mark, Remark, Sheet, Tie
from claims.importers.page import ReadError
from claims.importers.places import Unit, fit, whole

BACK, BOTH = "left", "bi"
LABELS = "labels"
RELATION = "relation"


def read(file: IO[bytes], name: str, library: Library, choices: Choices = AS_NAMED) -> Foreign:
    """The file as work. Raises ReadError for what is no such file."""
    with file:
        text = decoded(file.read(LARGEST + 1))
    made = Assembly(name, library, datetime.now(UTC), choices=choices)
    found = False
    for number, (line, task) in enumerate(items(text), 1):
        found = True
        _Task(made, line, number, task).tell()
    if not found:
        raise ReadError("There is no task in it.")
    return made.done()


class _Task:
    """One task, at a line; everything wrong with it names its number."""

    def __init__(self, made: Assembly, line: int, number: int, held: Any) -> None:
        self.made = made
        self.line = line
        self.name = f"task {number}"
        self.held = held

    def tell(self) -> None:
        """Its text, and the annotations of everybody who has worked on it."""
        data = self.held.get("data") if isinstance(self.held, dict) else None
        annotations = self.held.get("annotations") if isinstance(self.held, dict) else None
        if not isinstance(data, dict) or not isinstance(annotations, list):
            why = "It is no task with “data” and “annotations” (export as JSON, not as JSON-MIN)."
            return self.wrong("", why)
        for left in ("predictions", "drafts"):
            for _ in _list(self.held.get(left)):
                self.made.count(f"Left out, since no person has saved them ({left}): {{n}}.")
        kept = []
        for number, one in enumerate(annotations):
            if not isinstance(one, dict) or not isinstance(one.get("result"), list):
                self.wrong(f"annotations.{number}", "It is no annotation with a “result”.")
            elif one.get("was_cancelled") is True:
                self.made.count("Annotations that were skipped by who made them, left out: {n}.")
            else:
                kept.append((number, one))
        text = _text(data, [one for _, annotation in kept for one in annotation["result"]])
        if text is None:
            return self.wrong("data", "Which of its values is the text can't be told.")
        original_name = f"{self.made.name.rpartition('.')[0][:200]}, {self.name}.txt"
        sheet = self.made.sheet(
            self.made.name,
            self.line,
            text,
            text.encode("utf-8", "surrogatepass"),
            original_name=original_name,
            field=f"{self.name}.data",
        )
        if sheet:
            for number, one in kept:
                _Annotation(self, sheet, number, one).tell()
        return None

    def wrong(self, field: str, why: str) -> None:
        self.made.wrong(self.made.name, self.line, f"{self.name}.{field}".rstrip("."), why)


class _Annotation:
    """What one person has marked in one text."""

    def __init__(self, task: _Task, sheet: Sheet, number: int, held: dict[str, Any]) -> None:
        self.task = task
        self.made = task.made
        self.sheet = sheet
        self.field = f"annotations.{number}.result"
        self.held = held
        self.id = str(held.get("id", number))
        self.by = _who(held.get("completed_by"))
        self.at = moment(held.get("created_at"))
        self.marks: dict[str, Mark] = {}

    def tell(self) -> None:
        """Regions first, since what is told of them may come before them."""
        results = self.held["result"]
        others = []
        for number, one in enumerate(results):
            field = f"{self.field}.{number}"
            if not isinstance(one, dict):
                self.task.wrong(field, "It is no object.")
            elif one.get("type") == LABELS:
                self._region(field, one)
            else:
                others.append((number, field, one))
        for mark in self.marks.values():
            self.made.mark(mark)
        for number, field, one in others:
            if one.get("type") == RELATION:
                self._relation(field, one)
            else:
                self._remark(number, field, one)

    def _region(self, field: str, one: dict[str, Any]) -> None:
        value = one.get("value")
        value = value if isinstance(value, dict) else {}
        start, end = whole(value.get("start")), whole(value.get("end"))
        if start is None or end is None:
            why = "Its start and end are no whole numbers: only plain text is read, no HyperText."
            return self.task.wrong(f"{field}.value", why)
        quote = value.get("text")
        ground = self.sheet.ground
        if isinstance(quote, str):
            found = fit(ground, start, end, quote)
            place = found and found.place
            if found and found.unit is not Unit.CODE_POINTS:
                self.made.count(f"Spans whose words fit only in {found.unit.value}: {{n}}.")
        else:
            place = ground.place(start, end)
            self.made.count("Spans without their words in the file, taken by offsets alone: {n}.")
        if place is None:
            stands = ground.place(start, end)
            said = f"“{ground.words(stands)[:200]}”" if stands else "nothing"
            return self.task.wrong(f"{field}.value", f"At {start} to {end} the text has {said}.")
        id = str(one.get("id", f"{start}-{end}"))
        labels = strings(_list(value.get(LABELS)))
        if id in self.marks and self.marks[id].places == [place]:
            self.marks[id].labels += [
                label for label in labels if label not in self.marks[id].labels
            ]
            self.made.count("Regions that are there twice with other labels, made one: {n}.")
        elif id in self.marks:
            self.task.wrong(field, f"{id[:200]} is there twice.")
        else:
            key, at = self._key(id), self.task.line
            of = f"{self.id}/{id}"
            self.marks[id] = Mark(key, of, at, self.sheet, [place], labels, self.by, self.at)
        return None

    def _relation(self, field: str, one: dict[str, Any]) -> None:
        start, end = one.get("from_id"), one.get("to_id")
        if not isinstance(start, str) or not isinstance(end, str):
            return self.task.wrong(field, "It is no relation with from_id and to_id.")
        direction = one.get("direction")
        if direction == BACK:
            start, end = end, start
        for name in strings(_list(one.get(LABELS))) or [""]:
            tie = Tie(
                f"{self.id}/{start} {name} {end}",
                self.task.line,
                self.made.name,
                name,
                self._key(start),
                self._key(end),
                both_ways=direction == BOTH,
                by=self.by,
                at=self.at,
            )
            self.made.ties.append(tie)
        return None

    def _remark(self, number: int, field: str, one: dict[str, Any]) -> None:
        """Choices, ratings, texts: of a region with the same id, else of the whole text."""
        kind, value = one.get("type"), one.get("value")
        held = value.get(kind) if isinstance(kind, str) and isinstance(value, dict) else None
        ways = [" > ".join(strings(one)) if isinstance(one, list) else one for one in _list(held)]
        told = strings(ways) or strings([held])
        told = told or [str(held)] if isinstance(held, int | float) else told
        if not told:
            return self.task.wrong(field, "What it is can't be told: its type is not known here.")
        id, name = str(one.get("id", number)), one.get("from_name")
        name = name if isinstance(name, str) else str(kind)
        self.made.remarks.append(
            Remark(
                f"{self.id}/{id} {name}",
                self.task.line,
                self.made.name,
                f"{name} in the file: {', '.join(told)}",
                self._key(id) if id in self.marks else self.sheet,
                self.by,
                self.at,
            )
        )
        return None

    def _key(self, id: str) -> str:
        return f"{self.task.name}\0{self.field}\0{id}"


def _text(data: dict[str, Any], results: Iterable[Any]) -> str | None:
    """The value of a task that is its text: what its regions fit, if there is a choice."""
    texts = {key: value for key, value in data.items() if isinstance(value, str)}
    if len(texts) > 1:
        fitting = [text for text in texts.values() if all(_fits(text, results))]
        if "text" in texts and texts["text"] in fitting:
            return texts["text"]
        return fitting[0] if len(fitting) == 1 else texts.get("text")
    return next(iter(texts.values()), None)


def _fits(text: str, results: Iterable[Any]) -> Iterator[bool]:
    for one in results:
        value = one.get("value") if isinstance(one, dict) else None
        quote = value.get("text") if isinstance(value, dict) else None
        if isinstance(quote, str):
            yield quote in text


def _who(person: Any) -> str:
    """Who made it, as the file names them: by e-mail address, name or number."""
    if isinstance(person, dict):
        name = " ".join(strings([person.get("first_name"), person.get("last_name")]))
        return next(iter(strings([name, person.get("email")])), "") or _who(person.get("id"))
    return "" if whole(person) is None else f"person {person} of the file"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
