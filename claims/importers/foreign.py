"""Foreign annotations as the work of a desk: what every such format shares.

A reader of a format tells an `Assembly` of texts, marks, ties and remarks; `done` gives the rows.
Nothing in them says more than the file: a mark is a draft of a claim, said by nobody who is known,
its label a comment; only what is labelled as who, reporting words and what, and tied together, is
an attribution, and only types that bear the names of our relations are links.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from claims.anchoring.text import TextError
from claims.anchoring.white import WHITE
from claims.importers import drafts
from claims.importers.choices import AS_NAMED, Choices, Offers
from claims.importers.decode import MAX_BYTES
from claims.importers.language import guess_language
from claims.importers.marks import (
    MOST_MARKS,
    Library,
    Mark,
    Remark,
    Sheet,
    There,
    Tie,
    is_uid,
    uid,
)
from claims.importers.meaning import role_of
from claims.importers.page import ReadError
from claims.importers.places import Ground
from claims.importers.title import first_sentence
from claims.importers.values import Problem
from claims.importers.work import Line
from claims.records import Article, ArticleStatus, ArticleType, Revision
from claims.records.tables import TABLES, Table

LONGEST_TITLE = 500
MOST_LABELS = 50
"""So many labels are offered to be chosen of; a scheme has fewer."""


class Foreign:
    """A file of another tool as `Work`.

    `notes` are what a person should know before, `offers` what they may choose.
    """

    def __init__(
        self,
        name: str,
        rows: dict[str, list[Line]],
        texts: dict[str, bytes],
        problems: list[Problem],
        notes: list[str],
        offers: Offers,
    ) -> None:
        self._name = name
        self._rows = rows
        self._texts = texts
        self.problems = problems
        self.notes = notes
        self.offers = offers

    def name_of(self, table: Table) -> str:
        return self._name

    def rows(self, table: Table) -> Iterator[Line | Problem]:
        if table is TABLES[0]:
            yield from self.problems
        yield from self._rows.get(table.name, ())

    def content(self, path: str) -> bytes | None:
        return self._texts.get(path)

    def close(self) -> None:
        """Nothing to do: the file was read at once."""


class Assembly:
    """What a file has told so far. `things` is what it calls what is marked."""

    def __init__(
        self,
        name: str,
        library: Library,
        now: datetime,
        things: str = "spans",
        choices: Choices = AS_NAMED,
    ) -> None:
        self.name = name
        self.choices = choices
        self.library = library
        self.now = now
        self.things = things
        self.problems: list[Problem] = []
        self.rows: dict[str, list[Line]] = {table.name: [] for table in TABLES}
        self.texts: dict[str, bytes] = {}
        self.marks: dict[str, Mark] = {}
        self.ties: list[Tie] = []
        self.remarks: list[Remark] = []
        self.counts: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self._left_out: set[str] = set()
        self._known: dict[tuple[str, str], There] = {}
        self._times: Counter[str] = Counter()

    def wrong(self, file: str, line: int, field: str, why: str) -> None:
        """Notes what is wrong; nothing of the file is imported then."""
        self.problems.append(Problem(file, line, field, why))

    def count(self, sentence: str) -> None:
        """Notes something that holds for one of many; `{n}` in it is how often."""
        self.counts[sentence] += 1

    def sheet(
        self,
        file: str,
        line: int,
        raw: str,
        original: bytes,
        *,
        original_name: str,
        field: str = "text",
        title: str = "",
        article_id: str = "",
    ) -> Sheet | None:
        """The text with its article, which is made unless the desk has it; None if it can't be."""
        try:
            ground = Ground(raw)
            why = "" if raw.strip(WHITE) else "There is no text."
            why = "The text is larger than 5 MB." if len(raw) > MAX_BYTES else why
        except TextError as error:
            why = str(error)
        if why:
            self.wrong(file, line, field, why)
            return None
        sheet = Sheet(file, line, ground, original, original_name, title, article_id)
        if not self._stands(sheet, field):
            return None
        times = self._times[sheet.digest]
        self._times[sheet.digest] += 1
        sheet.scope = f"{times}/" if times else ""
        return sheet

    def _stands(self, sheet: Sheet, field: str) -> bool:
        key = (sheet.digest, sheet.article_id)
        there = self._known.get(key) or self.library.by_text(*key)
        if there is None and sheet.article_id and self.library.has_article(sheet.article_id):
            why = "The desk has this article with another text: bring this one in there first."
            self.wrong(sheet.file, sheet.line, field, why)
            return False
        if there is None:
            there = self._made(sheet)
        elif key not in self._known and not self.usable(there, sheet.file, sheet.line, field):
            return False
        self._known[key] = sheet.there = there
        return True

    def usable(self, there: There, file: str, line: int, field: str) -> bool:
        """Whether marks can go to a text of the desk; counts what a person should know of it."""
        if there.deleted:
            why = f"Its article, “{there.title}”, was deleted at the desk: restore it first."
            self.wrong(file, line, field, why)
            return False
        self.count("Texts that the desk has, and that are used: {n}.")
        if not there.newest:
            self.count(
                "Texts of which the desk has a newer one: {n}. Their claims come in with the old"
                " one, and are not carried over."
            )
        return True

    def _made(self, sheet: Sheet) -> There:
        """An article with this text, for a desk that does not have it."""
        text = sheet.ground.text
        article = sheet.article_id or uid(sheet.digest, "article")
        revision = uid(sheet.digest, "revision", sheet.article_id)
        title = (sheet.title.strip() or first_sentence(text))[:LONGEST_TITLE]
        paths = [f"{folder}/{revision}.txt" for folder in ("texts", "originals")]
        self.texts |= dict(zip(paths, (text.encode(), sheet.original), strict=True))
        self.add(
            sheet.line,
            Article(
                article_id=article,
                title=title,
                type=ArticleType.ARTICLE.value,
                publisher_id=None,
                publisher="",
                byline="",
                url="",
                archive_url="",
                published_on=None,
                language=guess_language(text),
                assignee="",
                status=ArticleStatus.NEW.value,
                republishes_id=None,
                paragraphs_read="",
                created_at=self.now,
            ),
        )
        self.add(
            sheet.line,
            Revision(
                revision_id=revision,
                article_id=article,
                number=1,
                text_sha256=sheet.digest,
                text_path=paths[0],
                original_path=paths[1],
                original_name=sheet.original_name[:255],
                original_sha256=_sha256(sheet.original),
                original_media_type="text/plain; charset=utf-8",
                encoding="utf-8",
                captured_at=self.now,
                captured_by="",
            ),
        )
        self.count("Texts that are brought in, an article each: {n}.")
        return There(article, 1, revision, title, text)

    def add(self, line: int, record: Any) -> None:
        """A row that is made, unless the desk has it."""
        self.rows[_TABLE[type(record)]].append(Line(line, record))

    def mark(self, mark: Mark) -> bool:
        """Notes marked words; False where they can't or shan't be used, which is noted too."""
        if mark.own is None:
            self.unknown.update(label for label in mark.labels if not role_of(label))
        if mark.labels and not (kept := self.choices.kept(mark.labels)):
            self._left_out.add(mark.key)
            self.count(f"{self.things.capitalize()} that are left out for their label: {{n}}.")
            return False
        mark.labels = kept if mark.labels else []
        mark.part = self.choices.part_of(mark.labels)
        if mark.key in self.marks:
            self.wrong(mark.sheet.file, mark.line, "id", f"{mark.id} is there twice.")
            return False
        if len(self.marks) == MOST_MARKS:
            raise ReadError(f"It has more than {MOST_MARKS:,} {self.things}: export it in parts.")
        self.marks[mark.key] = mark
        return True

    def done(self, *more: str) -> Foreign:
        """All of it as rows; `more` are sentences of the reader's own."""
        known = [tie for tie in self.ties if self._meets(tie)]
        told, twice = drafts.make(
            self.marks,
            known,
            [remark for remark in self.remarks if self._is_of(remark)],
            self.library,
            self.now,
            self.problems,
            self.add,
            self.things,
            self.choices,
        )
        notes = [
            *told,
            *(sentence.format(n=f"{n:,}") for sentence, n in self.counts.items()),
            *more,
        ]
        offers = Offers(self.unknown.most_common(MOST_LABELS), twice)
        return Foreign(self.name, self.rows, self.texts, self.problems, notes, offers)

    def _is_of(self, remark: Remark) -> bool:
        """Whether what it is told of comes in."""
        gone = isinstance(remark.on, str) and remark.on in self._left_out
        if gone:
            self.count("Notes and the like of what is left out: {n}.")
        return not gone

    def _meets(self, tie: Tie) -> bool:
        ends = (tie.start, tie.end, *tie.more)
        if not self._left_out.isdisjoint(ends):
            self.count("Relations to what is left out: {n}.")
            return False
        for end in ends:
            if end not in self.marks:
                why = f"{_shown(end)} is not in the file, or can't be used."
                self.wrong(tie.file, tie.line, "", f"A relation leads to what is not there: {why}")
                return False
        return True


def _shown(key: str) -> str:
    return key if is_uid(key) else key.rpartition("\0")[2][:200]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


_TABLE = {table.row: table.name for table in TABLES}


def strings(values: Iterable[Any]) -> list[str]:
    """Those that are text, and not blank."""
    return [value for value in values if isinstance(value, str) and value.strip()]


def moment(value: Any) -> datetime | None:
    """A time as ISO 8601 writes it; one without a zone is taken for UTC. None for anything else."""
    try:
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
