"""Uploads are kept in a store without local paths, as a bucket is, and everything works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.test import override_settings
from django.urls import reverse

from claims.actions import imports
from claims.actions.keeping import backup
from claims.actions.verifying.originals import originals
from claims.models import Article, Revision
from claims.snapshot import FORMATS, Selection, reading
from tests.pages.conftest import Person
from tests.pages.importing import accept, send
from tests.unit.snapshot import desks

TABLE = "title,text,publisher\nA strike,A strike hit the market.,Radio Valley\n"


class Bucket(Storage):
    """Nothing in it has a path, as in a bucket of S3."""

    kept: ClassVar[dict[str, bytes]] = {}

    def _open(self, name: str, mode: str) -> File[bytes]:
        if name not in self.kept:
            raise FileNotFoundError(name)
        return ContentFile(self.kept[name], name)

    def _save(self, name: str, content: File[bytes]) -> str:
        self.kept[name] = b"".join(content.chunks())
        return name

    def exists(self, name: str) -> bool:
        return name in self.kept

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


@pytest.fixture(autouse=True)
def bucket() -> Iterator[None]:
    store = {"BACKEND": f"{Bucket.__module__}.{Bucket.__qualname__}"}
    with override_settings(STORAGES={**settings.STORAGES, "default": store}):
        yield
    Bucket.kept.clear()


def test_articles_and_work_come_in_and_go_out_without_a_path(owner: Person, tmp_path: Path) -> None:
    job = send(owner, TABLE)
    imports.run_now(job)
    accept(owner, job)
    imports.run_now(job)
    article = Article.objects.within(owner.desk).get(title="A strike")
    stored = article.revisions.get().original.name
    assert default_storage.exists(stored)
    assert not (Path(settings.MEDIA_ROOT) / stored).exists()

    answer: Any = owner.client.get(reverse("article-original", args=[owner.desk.slug, article.uid]))
    assert b"A strike hit the market." in b"".join(answer.streaming_content)

    with reading() as reader:
        bundle = b"".join(FORMATS["csv"].write(reader, Selection(owner.desk), desks.permalink))
    assert b"originals/" in bundle

    assert not [found for found in originals(owner.desk) if found != 1]
    assert backup(tmp_path / "backup") == []
    default_storage.delete(stored)
    assert [found for found in originals(owner.desk) if found != 1]
    assert backup(tmp_path / "again") == [stored]


def test_a_file_of_work_is_read_from_there_and_dropped(owner: Person) -> None:
    with reading() as reader:
        desk = desks.a_desk().workspace
        bundle = b"".join(FORMATS["csv"].write(reader, Selection(desk), desks.permalink))
    job = send(owner, bundle, "work.zip")
    imports.run_now(job)
    job.refresh_from_db()
    assert (job.state, job.counts["wrong"]) == ("ready", 0)
    name = str(job.file.name)
    accept(owner, job)
    imports.run_now(job)
    job.refresh_from_db()
    assert job.state == "done"
    assert not default_storage.exists(name)
    assert Revision.objects.within(owner.desk).exclude(original="").exists()
