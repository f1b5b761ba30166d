"""The files of a bundle: what was uploaded, and the texts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import Storage

from claims.exporters.archive import File
from claims.exporters.bundle import original_path, text_file
from claims.models import Revision
from claims.snapshot.reader import Reader
from claims.snapshot.selection import Selection

log = logging.getLogger(__name__)

TEXTS = 4
"""Texts that are fetched at once: each may be of 5 MB."""


def files(reader: Reader, chosen: Selection) -> Iterator[File]:
    """By path: the uploads, then the texts, both of the articles of the selection."""
    for uid, name, stored in reader.rows(
        _revisions(reader, chosen, "r.original_name, r.original"), chosen.params
    ):
        if path := path_of_original(uid, name, stored):
            yield File(path, _content(stored))
    for uid, text in reader.rows(_revisions(reader, chosen, "r.text"), chosen.params, TEXTS):
        yield text_file(uid, text)


def path_of_original(uid: str, name: str, stored: str) -> str:
    """Where the upload of a revision stands in the bundle; blank where there is no such file.

    `stored` is its name in the storage. A file that has been lost must not keep the rest of the
    work from being taken along; the log names it.
    """
    if not stored:
        return ""
    if not _storage().exists(stored):
        log.error("The original %s of revision %s is not in the storage.", stored, uid)
        return ""
    return original_path(uid, name)


def _content(stored: str) -> Iterator[bytes]:
    with _storage().open(stored) as file:
        yield from file.chunks()


def _storage() -> Storage:
    field: Any = Revision._meta.get_field("original")
    storage: Storage = field.storage
    return storage


def _revisions(reader: Reader, chosen: Selection, columns: str) -> str:
    return f"""
        {chosen.reached}
        SELECT {reader.uid("r.uid")}, {columns}
        FROM claims_revision r JOIN claims_article a ON a.id = r.article_id
        WHERE r.workspace_id = %(workspace)s AND {chosen.articles()}
        ORDER BY r.uid
    """  # noqa: S608
