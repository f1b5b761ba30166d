"""The bundle: one ZIP of the tables, the texts and the uploaded files, without loss.

Nothing in it depends on the workspace's name, the host or the hour: entries carry a fixed
time, so that the same work gives the same bytes. It is written as it is read: memory holds
one batch of rows, one piece of a file, and some 430 bytes for each entry of the ZIP.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from claims.exporters import datapackage, dictionary
from claims.exporters import rows as csv_rows
from claims.exporters.archive import File, zipped
from claims.records.article import Article, Revision
from claims.records.assessment import Assessment, AssessmentClaim
from claims.records.cells import ID_PATTERN
from claims.records.claim import Claim, Figure, Link, Span
from claims.records.columns import columns_of
from claims.records.comment import Comment
from claims.records.incident import Filing, Incident, Position, Question
from claims.records.source import Alias, Rating, Source
from claims.records.tables import TABLES

TEXTS, ORIGINALS = "texts/", "originals/"
_FILE_PATH = re.compile(rf"({TEXTS}|{ORIGINALS}){ID_PATTERN}(\.[0-9a-z]{{1,8}})?")


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """What a bundle holds. The field of a table is its name in `records.TABLES`.

    Each iterable is gone through once, in the order of `TABLES`, then `files`; one is not
    touched before the one ahead of it is used up, so that one cursor at a time will do.
    Rows come sorted as their table's `order` says, files by path.
    """

    sources: Iterable[Source]
    aliases: Iterable[Alias]
    ratings: Iterable[Rating]
    articles: Iterable[Article]
    revisions: Iterable[Revision]
    incidents: Iterable[Incident]
    questions: Iterable[Question]
    positions: Iterable[Position]
    claims: Iterable[Claim]
    spans: Iterable[Span]
    figures: Iterable[Figure]
    links: Iterable[Link]
    filings: Iterable[Filing]
    assessments: Iterable[Assessment]
    assessment_claims: Iterable[AssessmentClaim]
    comments: Iterable[Comment]
    files: Iterable[File]


def text_path(revision_id: str) -> str:
    """Where the text of a revision stands in the bundle."""
    return f"{TEXTS}{revision_id}.txt"


def original_path(revision_id: str, name: str) -> str:
    """Where an uploaded file stands. Of its name only a plain ending is kept."""
    ending = PurePosixPath(name).suffix.lower()
    plain = re.fullmatch(r"\.[0-9a-z]{1,8}", ending)
    return f"{ORIGINALS}{revision_id}{ending if plain else ''}"


def text_file(revision_id: str, text: str) -> File:
    """The text of a revision as the exact bytes that its sha256 was taken of."""
    return File(text_path(revision_id), [text.encode("utf-8")])


def write(bundle: Bundle) -> Iterator[bytes]:
    """The ZIP in pieces; the first comes before any row is asked for.

    Raises ValueError for a cell that cannot be written, an unsafe path or one that comes twice.
    """
    return zipped(_entries(bundle))


def _entries(bundle: Bundle) -> Iterator[File]:
    yield File("README.txt", [dictionary.readme().encode("utf-8")])
    yield File("datapackage.json", [datapackage.encoded()])
    for table in TABLES:
        rows = getattr(bundle, table.name)
        yield File(f"{table.name}.csv", csv_rows.write(columns_of(table.row), rows))
    for file in bundle.files:
        if not _FILE_PATH.fullmatch(file.path):
            raise ValueError(f"{file.path!r} is not a path that a bundle can hold.")
        yield file
