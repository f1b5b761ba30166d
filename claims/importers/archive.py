"""A ZIP of files, an article each."""

from __future__ import annotations

import mimetypes
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from claims.importers.language import written
from claims.importers.many import ARTICLE, Found, Many, Note, Problem
from claims.importers.package import open_zip, unpack
from claims.importers.page import ReadError
from claims.importers.reading import MAX_FILE, kind, read
from claims.importers.title import first_sentence

MAX_MEMBERS = 20_000
MAX_UNPACKED = 2 * 1024 * 1024 * 1024
_LONGEST_URL = 2_000
_THE_ZIP = "The ZIP"
_ODD = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\\|[\x00-\x1f\x7f]")
_LEFT_BY_PROGRAMS = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)")
_ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst")
_NOTHING_LEFT_OUT = Note(
    "Texts are brought in whole: nothing is left out, also where a line looks like a caption."
)


def read_all(file: BinaryIO) -> Iterator[Found]:
    """The articles in the order of the archive. ReadError when it can't be opened at all.

    Names are never used as paths: nothing is unpacked to a folder. Odd ones (absolute, with `..`,
    backslashes or control characters, or twice) are problems, as are archives in the archive.
    """
    archive = open_zip(file, _THE_ZIP, MAX_MEMBERS)
    members = [member for member in archive.infolist() if not member.is_dir()]
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise ReadError("Unpacked, the ZIP would be larger than 2 GB: it is not opened.")
    ours = [m for m in members if not _LEFT_BY_PROGRAMS.search(m.filename)]
    if not ours:
        raise ReadError("The ZIP holds no files.")
    yield _NOTHING_LEFT_OUT
    if left := len(members) - len(ours):
        yield Note(f"Passed over, left there by other programs: {left} file(s).")
    seen: set[str] = set()
    for number, member in enumerate(ours, 1):
        name = member.filename
        if why := _odd(name, seen):
            shown = "".join(c if c.isprintable() else "�" for c in name)[:200]
            yield Problem(number, shown, "", why)
            continue
        seen.add(name)
        try:
            yield _article(archive, member, number)
        except ReadError as error:
            yield Problem(number, name, "", str(error))


def _odd(name: str, seen: set[str]) -> str:
    if _ODD.search(name):
        return "The name is a path that leads out of the ZIP, or has characters that no name needs."
    if name in seen:
        return "Another file of the ZIP has this very name."
    if name.lower().endswith(_ARCHIVES):
        return "It is an archive in an archive: unpack it first."
    return ""


def _article(archive: zipfile.ZipFile, member: zipfile.ZipInfo, number: int) -> Many:
    name = member.filename
    data = unpack(archive, member, "The file", MAX_FILE)
    page = read(name, data)
    if kind(name, data) == "text" and not page.sure:
        raise ReadError(
            f"Its encoding could only be guessed ({page.encoding}). Bring it in by itself, where"
            " you see what was read, or save it as UTF-8."
        )
    return Many(
        number=number,
        where=name,
        title=(page.title or first_sentence(page.text))[:500],
        text=page.text,
        publisher=page.publisher[:200],
        url=page.url if len(page.url) <= _LONGEST_URL else "",
        archive_url="",
        byline=page.byline[:300],
        published_on=page.published_on,
        language=(written(page.language) or "")[:35],
        type=ARTICLE,
        original=data,
        original_name=name.rpartition("/")[2][:255],
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        encoding=page.encoding,
        notes=page.notes,
    )
