"""Articles from a ZIP of files or from a table: planned against the desk, and staged."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from claims.actions.article import drop_originals, store_original
from claims.actions.import_shapes import NEW, THERE, WRONG, Item, Planned, Staging, some
from claims.actions.journal import Actor
from claims.anchoring.text import sha256
from claims.importers import archive, article_table
from claims.importers.many import Found, Many, Note, Problem
from claims.models import Article, Import, Revision, Source, Staged
from claims.models.folding import folded
from claims.records import SourceKind
from claims.records.cells import ID_PATTERN

AT_ONCE = 100
"""Articles that are compared with the desk by one query each for text, address and publisher."""

_COLUMNS = "title byline url archive_url published_on language type".split()


class Articles(ABC):
    """What both formats share."""

    rule = "article.write"
    action = "article.import"
    things = "articles"

    @abstractmethod
    def read(self, file: BinaryIO, name: str) -> Iterator[Found]:
        """What the file holds, in its order."""

    def plan(self, actor: Actor, job: Import) -> Iterator[Planned]:
        """New, unless the same text, or the same address, is at the desk or earlier in the file."""
        desk = _Desk(actor)
        opened: Any = job.file.open("rb")
        with opened as file:
            for found in some(self.read(file, job.name), AT_ONCE, _weight):
                desk.look_up([one for one in found if isinstance(one, Many)])
                for one in found:
                    if isinstance(one, Note):
                        yield Planned(note=one.text)
                    elif isinstance(one, Problem):
                        item = Item(one.number, one.where, WRONG, field=one.field, why=one.why)
                        yield Planned(item)
                    else:
                        yield Planned(desk.judged(one))

    def stage(self, actor: Actor, job: Import, items: Sequence[Item]) -> list[Staging]:
        now = timezone.now()
        sources = _publishers(job, items)
        articles, revisions = [], []
        for item in items:
            one: Many = item.payload.article
            values = {name: getattr(one, name) for name in _COLUMNS}
            publisher: Any = sources[folded(one.publisher)].row if one.publisher else None
            article = Article(
                workspace=actor.workspace, publisher=publisher, deleted_at=job.made_at, **values
            )
            articles.append(article)
            revisions.append(_revision(actor, article, one, now))
        Article.objects.bulk_create(articles)
        for article, revision in zip(articles, revisions, strict=True):
            revision.article = article
        Revision.objects.bulk_create(revisions)
        made = [source for source in sources.values() if source.number]
        for item, article, revision in zip(items, articles, revisions, strict=True):
            made += [Staging(item.number, article), Staging(item.number, revision)]
        return made

    def weigh(self, item: Item) -> int:
        return _weight(item.payload.article)

    def drop(self, actor: Actor, rows: Sequence[models.Model]) -> None:
        """Originals go, unless another revision has the same file."""
        drop_originals(actor, rows)

    def doubles(self, actor: Actor, job: Import) -> QuerySet[Staged]:
        """Texts that came to the desk otherwise; a publisher stays, others may have it."""
        parts = job.staged.filter(model__in=["article", "revision"])
        same = Revision.objects.within(actor.workspace).filter(
            article__deleted_at=None, sha256=OuterRef("sha256")
        )
        staged = Revision.objects.filter(pk__in=parts.filter(model="revision").values("object_id"))
        double = list(staged.filter(Exists(same)).values_list("pk", flat=True))
        numbers = parts.filter(model="revision", object_id__in=double).values_list("number")
        return parts.filter(number__in=[number for (number,) in numbers])

    def summary(self, job: Import, count: int) -> str:
        return f"brought in {count:,} article{'' if count == 1 else 's'} from “{job.name}”"


class ArticleZip(Articles):
    """A ZIP of texts, web pages, PDFs, Word files and messages."""

    key = "articles-zip"
    label = "Articles: a ZIP of files"

    def accepts(self, name: str, head: bytes) -> bool:
        return name.lower().endswith(".zip") and head.startswith(b"PK")

    def read(self, file: BinaryIO, name: str) -> Iterator[Found]:
        return archive.read_all(file)


class ArticleTable(Articles):
    """A table with a column for each detail."""

    key = "articles-table"
    label = "Articles: a table (CSV or JSONL)"

    def accepts(self, name: str, head: bytes) -> bool:
        endings = (".csv", ".tsv", ".jsonl", ".ndjson")
        return name.lower().endswith(endings) and not head.startswith(b"PK")

    def read(self, file: BinaryIO, name: str) -> Iterator[Found]:
        return article_table.read_all(file, name)


class Judged(NamedTuple):
    """An article of the file, with its publisher where that is a source of the desk."""

    article: Many
    publisher: Source | None = None


class _Desk:
    """What is at the desk, and earlier in the file, as far as an article may match it."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.texts: dict[str, Article] = {}
        self.addresses: dict[str, Article] = {}
        self.seen: dict[str, str] = {}
        self.publishers: dict[str, list[Source]] = {}

    def look_up(self, articles: Sequence[Many]) -> None:
        hashes = [sha256(one.text) for one in articles]
        rows = _same_texts(self.actor, hashes).select_related("article")
        self.texts = {row.sha256: row.article for row in rows.defer("text")}
        kept = Article.objects.within(self.actor.workspace).kept()
        urls = [one.url for one in articles if one.url]
        self.addresses = {row.url: row for row in kept.filter(url__in=urls)} if urls else {}
        for one in articles:
            name = folded(one.publisher)
            if name and name not in self.publishers:
                self.publishers[name] = publishers(self.actor, one.publisher)

    def judged(self, one: Many) -> Item:
        item = Item(
            one.number, one.where, NEW, one.title, why=" ".join(one.notes), payload=Judged(one)
        )
        text = sha256(one.text)
        if (article := self.texts.get(text)) is not None:
            return item._replace(what=THERE, why="the same text", match=str(article.uid))
        if (article := self.addresses.get(one.url)) is not None:
            why = "the same web address with another text, which is not brought in"
            return item._replace(what=THERE, why=why, match=str(article.uid))
        if (before := self.seen.get(text) or self.seen.get(one.url)) is not None:
            return item._replace(what=THERE, why=f"twice in the file: {before} is the same")
        if wrong := self._publisher(one.publisher) or _refused(one):
            return item._replace(what=WRONG, field=wrong[0], why=wrong[1])
        self.seen[text] = one.where
        if one.url:
            self.seen[one.url] = one.where
        fits = self.publishers.get(folded(one.publisher), ())
        return item._replace(payload=Judged(one, fits[0] if fits else None))

    def _publisher(self, name: str) -> tuple[str, str] | None:
        fits = self.publishers.get(folded(name), ())
        if len(fits) > 1:
            why = f"“{name}” fits several sources of the desk: write the id of one."
            return "publisher", why
        return (
            ("publisher", "No source of the desk has this id.") if not fits and _id(name) else None
        )


def _weight(one: Found) -> int:
    return len(one.original) if isinstance(one, Many) else 0


def publishers(actor: Actor, name: str) -> list[Source]:
    """The sources that a name, an alias or an id fits."""
    sources = Source.objects.within(actor.workspace).kept().filter(named=True)
    uid = _id(name)
    return list(sources.filter(uid=uid)) if uid else list(sources.called(name)[:2])


def _id(name: str) -> UUID | None:
    return UUID(name) if re.fullmatch(ID_PATTERN, name) else None


def _refused(one: Many) -> tuple[str, str] | None:
    """What the table's columns would refuse: the field, and why."""
    article = Article(**{name: getattr(one, name) for name in _COLUMNS})
    try:
        article.clean_fields(exclude=["workspace", "publisher", "assignee", "republishes"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        return field, messages[0]
    return None


def _same_texts(actor: Actor, hashes: Iterable[str]) -> Any:
    rows = Revision.objects.within(actor.workspace).filter(sha256__in=list(hashes))
    return rows.filter(article__deleted_at=None)


def _publishers(job: Import, items: Sequence[Item]) -> dict[str, Staging]:
    """The publishers by folded name; one that is made here has the number of its item, others 0."""
    found: dict[str, Staging] = {}
    staged = job.staged.filter(model="source").values("object_id")
    for item in items:
        name, row = item.payload.article.publisher, item.payload.publisher
        key = folded(name)
        if not name or key in found:
            continue
        row = row or Source.objects.filter(pk__in=staged, name_folded=key[:200]).first()
        found[key] = Staging(0, row) if row else Staging(item.number, _new_source(job, name))
    return found


def _new_source(job: Import, name: str) -> Source:
    source = Source(
        workspace=job.workspace,
        name=name,
        kind=SourceKind.MEDIA.value,
        named=True,
        deleted_at=job.made_at,
    )
    source.save()
    return source


def _revision(actor: Actor, article: Article, one: Many, now: Any) -> Revision:
    revision = Revision(
        workspace=actor.workspace,
        article=article,
        text=one.text,
        sha256=sha256(one.text),
        captured_at=now,
        captured_by=actor.user,
        original_name=one.original_name,
        original_sha256=hashlib.sha256(one.original).hexdigest(),
        original_type=one.media_type,
        encoding=one.encoding,
    )
    store_original(revision, one.original)
    return revision
