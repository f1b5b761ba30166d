"""brat standoff: texts with a file of annotations each, in one ZIP.

`NAME.txt` goes with `NAME.ann`, or with the `NAME.a1` and `NAME.a2` of the BioNLP tasks. Offsets
count code points; the words of several fragments are joined by a space, and so is a line break.
What our own export has put there (notes with ids) comes back as the claims that it was.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import IO, Any

from claims.importers.choices import AS_NAMED, Choices
from claims.importers.foreign import Assembly, Foreign
from claims.importers.marks import Library, Mark, Remark, Sheet, Tie, is_uid
from claims.importers.package import open_zip, unpack
from claims.importers.page import ReadError
from claims.importers.places import Place, Unit, fit
from claims.records import SpanRole
from claims.records.standoff import ATTRIBUTES, COLUMNS, ENTITIES, TITLE

MOST_MEMBERS = 20_000
LARGEST = 256 * 1024**2
LARGEST_FILE = 20 * 1024**2
ENDINGS = (".ann", ".a1", ".a2")
_ODD = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|\\|[\x00-\x1f\x7f]")
_LEFT_BY_PROGRAMS = re.compile(r"(?:^|/)(?:__MACOSX/|\._)")
_ENTRY = re.compile(rb"PK\x01\x02.{24}(..).{16}", re.DOTALL)
"""How an entry of the directory of a ZIP begins, up to its name; with the length of that."""
_PIECES = re.compile(r"\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*", re.ASCII)
_PIECE = re.compile(r"(\d+) (\d+)", re.ASCII)
_BLANK = re.compile(r"\n+")
_NOTE = "AnnotatorNotes"

Read = Callable[[str], bytes]


def read(file: IO[bytes], name: str, library: Library, choices: Choices = AS_NAMED) -> Foreign:
    """A ZIP as work. Raises ReadError for what is no ZIP, is too large, or has no annotations."""
    with file:
        archive = open_zip(file, "The ZIP", MOST_MEMBERS)  # type: ignore[arg-type]
        files = [one for one in archive.infolist() if not one.is_dir()]
        if sum(one.file_size for one in files) > LARGEST:
            raise ReadError(f"Unpacked, the ZIP would be larger than {LARGEST // 1024**2} MB.")
        members = {one.filename: one for one in files}
        if len(members) < len(files):
            raise ReadError("Two files of the ZIP have the same name.")
        held = _Collection(
            name, library, members, lambda one: _unpacked(archive, members[one]), choices
        )
        return held.read()


def named(content: bytes) -> Iterator[str]:
    """The files of annotations that the directory of a ZIP names, in what is given of it."""
    for found in _ENTRY.finditer(content):
        name = content[found.end() : found.end() + int.from_bytes(found.group(1), "little")]
        if name.lower().endswith(tuple(ending.encode() for ending in ENDINGS)):
            yield name.decode("utf-8", "replace")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    return unpack(archive, member, member.filename[:200], LARGEST_FILE)


class _Collection:
    """The files by name; `unpacked` gives what is in one."""

    def __init__(
        self,
        name: str,
        library: Library,
        names: Mapping[str, object],
        unpacked: Read,
        choices: Choices,
    ) -> None:
        self.made = Assembly(name, library, datetime.now(UTC), choices=choices)
        self.names = [one for one in names if not _LEFT_BY_PROGRAMS.search(one)]
        self.unpacked = unpacked

    def read(self) -> Foreign:
        by_stem: dict[str, list[str]] = {}
        for name in self.names:
            stem, dot, ending = name.rpartition(".")
            if dot + ending.lower() in ENDINGS:
                by_stem.setdefault(stem, []).append(name)
        if not by_stem:
            raise ReadError("There is no file of annotations (.ann) in it.")
        for stem, files in by_stem.items():
            self._document(stem, sorted(files))
        used = {f"{stem}.txt" for stem in by_stem} | {
            one for all_ in by_stem.values() for one in all_
        }
        left = sorted(set(self.names) - used)
        shown = ", ".join(
            "".join(c if c.isprintable() else "�" for c in one)[:80] for one in left[:5]
        )
        more = (
            [f"Files that are left out, since nothing is marked in them: {shown}"] if left else []
        )
        return self.made.done(*(f"{one}{', …' if len(left) > 5 else ''}." for one in more))  # noqa: PLR2004

    def _document(self, stem: str, files: list[str]) -> None:
        name = f"{stem}.txt"
        if _ODD.search(stem):
            shown = "".join(c if c.isprintable() else "�" for c in stem)[:200]
            return self.made.wrong(shown, 0, "", "The name is a path that leads out of the ZIP.")
        if name not in self.names:
            return self.made.wrong(files[0], 0, "", f"{name} is not there: its text is needed.")
        content = self._content(name)
        parts = [(one, self._content(one)) for one in files]
        if content is None or any(part is None for _, part in parts):
            return None
        lines = [
            _Line(one, number, line)
            for one, part in parts
            for number, line in enumerate((part or "").split("\n"), 1)
            if line.strip()
        ]
        base = PurePosixPath(stem).name
        sheet = self.made.sheet(
            name,
            1,
            content,
            content.encode(),
            original_name=f"{base}.txt",
            title=_title(lines),
            article_id=base if is_uid(base) else "",
        )
        if sheet:
            _Document(self.made, stem, sheet).tell(lines)
        return None

    def _content(self, name: str) -> str | None:
        content = self.unpacked(name)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.made.wrong(name, line, "", "It is not UTF-8.")
            return None


class _Line:
    """A line of annotations: its id, what it is, and the text after that."""

    def __init__(self, file: str, number: int, line: str) -> None:
        self.file = file
        self.number = number
        self.id, _, rest = line.rstrip("\r").partition("\t")
        self.what, _, self.text = rest.partition("\t")
        self.words = self.what.split()

    @property
    def letter(self) -> str:
        return self.id[:1]


def _title(lines: list[_Line]) -> str:
    """The title that our export hangs on a word of the text."""
    for line in lines:
        if line.letter == "#" and line.words[:1] == [TITLE]:
            found = _object(line.text).get("title")
            return found if isinstance(found, str) else ""
    return ""


class _Document:
    """The annotations of one text."""

    def __init__(self, made: Assembly, stem: str, sheet: Sheet) -> None:
        self.made = made
        self.stem = stem
        self.sheet = sheet
        self.ours: dict[str, dict[str, Any]] = {}
        self.of_links: dict[str, dict[str, Any]] = {}
        self.on: dict[str, str] = {}
        self.marks: dict[str, Mark] = {}

    def tell(self, lines: list[_Line]) -> None:
        """Words first, then what leads from one to another, then what is told of either."""
        for line in lines:
            if line.letter == "#" and line.words[:1] == [_NOTE]:
                self._of_ours(line)
        for line in lines:
            if line.letter == "T":
                self._entity(line)
            elif line.letter in "ER" and len(line.words) > (at := int(line.letter == "R")):
                # What is told of an event or a relation is told of its first word.
                self.on[line.id] = line.words[at].partition(":")[2]
        for line in lines:
            self._rest(line)
        for mark in self.marks.values():
            if mark.own is not None:
                mark.figures = mark.own.pop("figures", [])
            self.made.mark(mark)

    def _of_ours(self, line: _Line) -> None:
        held = _object(line.text)
        on = line.words[1] if len(line.words) > 1 else ""
        if is_uid(held.get("claim_id")):
            self.ours[on] = held
        elif is_uid(held.get("link_id")):
            self.of_links[on] = held

    def _entity(self, line: _Line) -> None:
        label, _, offsets = line.what.partition(" ")
        if not label or not _PIECES.fullmatch(offsets):
            return self._wrong(line, "It is no label with offsets, such as “Person 0 5”.")
        pieces = [(int(one), int(other)) for one, other in _PIECE.findall(offsets)]
        places, why = self._places(pieces, line.text)
        if why:
            return self._wrong(line, why)
        if line.id in self.marks:
            return self._wrong(line, "The id is there twice.")
        places = self._joined(places)
        own = self.ours.get(line.id) if label == ENTITIES[SpanRole.CONTENT] else None
        mark = Mark(self._key(line.id), line.id, line.number, self.sheet, places, [label], own=own)
        self.marks[line.id] = mark
        return None

    def _places(self, pieces: list[tuple[int, int]], words: str) -> tuple[list[Place], str]:
        ground = self.sheet.ground
        if len(pieces) == 1 and (found := fit(ground, *pieces[0], words)):
            if found.unit is not Unit.CODE_POINTS:
                self.made.count(f"Spans whose words fit only in {found.unit.value}: {{n}}.")
            return [found.place], ""
        for unit in Unit:
            places = [ground.place(*piece, unit) for piece in pieces]
            kept = [place for place in places if place]
            if len(kept) == len(pieces) and _flat(" ".join(map(ground.words, kept))) == _flat(
                words
            ):
                return kept, ""
        kept = [place for piece in pieces if (place := ground.place(*piece))]
        said = " ".join(map(ground.words, kept))[:200]
        return [], f"The text says “{said}” there, not “{words[:200]}”."

    def _joined(self, places: list[Place]) -> list[Place]:
        """Fragments with nothing but line breaks between them are one piece: brat splits these."""
        found: list[Place] = []
        for place in places:
            last = found[-1] if found else None
            between = self.sheet.ground.text[last.end : place.start] if last else ""
            if last and _BLANK.fullmatch(between):
                found[-1] = Place(last.start, place.end)
            else:
                found.append(place)
        return found

    def _rest(self, line: _Line) -> None:
        tell = {
            "R": self._relation,
            "*": self._equal,
            "E": self._event,
            "A": self._attribute,
            "M": self._attribute,
            "N": self._reference,
            "#": self._note,
        }
        if line.letter in tell:
            tell[line.letter](line)
        elif line.letter != "T":
            self._wrong(line, "What this line is can't be told.")

    def _relation(self, line: _Line) -> None:
        ends = [word.partition(":")[2] for word in line.words[1:]]
        if len(ends) != 2 or not all(ends):  # noqa: PLR2004
            return self._wrong(line, "It is no relation, such as “Type Arg1:T1 Arg2:T2”.")
        own = None
        if line.id in self.of_links:
            own = dict(self.of_links[line.id])
        self._tie(line, line.id, line.words[0], ends, own=own)
        return None

    def _equal(self, line: _Line) -> None:
        name, *ends = line.words or [""]
        if len(ends) < 2:  # noqa: PLR2004
            return self._wrong(line, "It names fewer than two words.")
        self._tie(line, " ".join(line.words), name, ends, both_ways=True)
        return None

    def _tie(self, line: _Line, id: str, name: str, ends: list[str], **more: Any) -> None:
        start, end, *others = (self._key(self._base(one)) for one in ends)
        tie = Tie(id, line.number, line.file, name, start, end, tuple(others), **more)
        self.made.ties.append(tie)

    def _event(self, line: _Line) -> None:
        kind, _, trigger = (line.words or [""])[0].partition(":")
        roles = []
        for word in line.words[1:]:
            role, _, on = word.partition(":")
            mark = self.marks.get(self._base(on))
            words = (
                " ".join(self.sheet.ground.words(place) for place in mark.places) if mark else on
            )
            roles.append(f"{role} “{words[:200]}”")
        self._remark(line, trigger, f"Event in the file: {', '.join([kind, *roles])}")

    def _attribute(self, line: _Line) -> None:
        name, on, *value = line.words or [""] if len(line.words) > 1 else ["", ""]
        own = self.marks.get(on)
        if own is not None and own.own is not None and name in ATTRIBUTES and value:
            own.own = {**own.own, dict(zip(ATTRIBUTES, COLUMNS, strict=True))[name]: value[0]}
            return
        told = f"Attribute in the file: {' '.join([name, *value])}"
        self._remark(line, on, told)

    def _reference(self, line: _Line) -> None:
        _, on, *to = line.words if len(line.words) > 1 else ["", ""]
        told = f"Reference in the file: {' '.join(to)}"
        self._remark(line, on, f"{told} ({line.text})" if line.text else told)

    def _note(self, line: _Line) -> None:
        kind, on = ([*line.words, "", ""])[:2]
        if on in self.of_links or (on in self.ours and kind == _NOTE) or kind == TITLE:
            return
        told = "Note in the file" if kind == _NOTE else f"Note in the file ({kind})"
        self._remark(line, on, f"{told}: {line.text}")

    def _remark(self, line: _Line, on: str, text: str) -> None:
        base = self._base(on)
        if base not in self.marks:
            return self._wrong(line, f"It is on {on or 'nothing'}, which is not in the file.")
        remark = Remark(line.id, line.number, line.file, text, self._key(base))
        self.made.remarks.append(remark)
        return None

    def _base(self, id: str) -> str:
        """The words that an event, a relation or an attribute of these is on."""
        for _ in range(10):
            if id not in self.on:
                break
            id = self.on[id]
        return id

    def _key(self, id: str) -> str:
        return f"{self.stem}\0{id}"

    def _wrong(self, line: _Line, why: str) -> None:
        self.made.wrong(line.file, line.number, line.id[:40], why)


def _flat(words: str) -> str:
    return words.replace("\r\n", " ").replace("\n", " ")


def _object(text: str) -> dict[str, Any]:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}
