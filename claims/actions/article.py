"""Articles: brought in, frozen, kept right, read."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from claims.actions import rules
from claims.actions.journal import Act, Actor
from claims.actions.source import NewSource, settle
from claims.anchoring.text import paragraphs, sha256
from claims.models import Article, ParagraphRead, Revision, Source, Upload
from claims.models.blind import blind_readers


def keep_upload(
    actor: Actor,
    name: str,
    media_type: str,
    content: bytes,
    url: str = "",
    article: Article | None = None,
) -> Upload:
    """Keeps what was brought in, byte for byte, until its preview is frozen or dropped.

    `url` is where this server fetched it. With `article` it is to be a new text of that one.
    """
    upload: Upload = Upload.objects.create(
        workspace=actor.workspace,
        uploaded_by=actor.user,
        name=name[:255],
        media_type=media_type,
        content=content,
        url=url,
        article=article,
    )
    return upload


def same_text(actor: Actor, text: str) -> list[Article]:
    """The articles of the desk that hold exactly this text."""
    found = Article.objects.within(actor.workspace).kept()
    return list(found.filter(revisions__sha256=sha256(text)).distinct().order_by("id"))


def freeze(
    actor: Actor,
    upload: Upload,
    text: str,
    encoding: str,
    values: dict[str, Any],
    publisher: Source | NewSource | None = None,
) -> Article:
    """Makes an article whose revision 1 is `text`, for good; the upload stays as its original.

    Raises ValidationError when a different article has this text and `republishes` is not set,
    or when the upload is gone (frozen already).
    """
    with Act(actor, "article.create", f"brought in “{values['title']}”") as act:
        if not Upload.objects.select_for_update().filter(pk=upload.pk).exists():
            raise ValidationError("This was brought in already.")
        if not values.get("republishes") and same_text(actor, text):
            raise ValidationError("An article with this text is here already.")
        article = act.add(Article(workspace=actor.workspace, **values))
        if publisher is not None:
            act.edit(article, publisher=settle(act, publisher, article))
        add_revision(act, article, text, encoding, upload)
        upload.delete()
    return article


def add_revision(
    act: Act, article: Article, text: str, encoding: str, upload: Upload, number: int = 1
) -> Revision:
    """The immutable text, with the upload stored under its own sha256."""
    content = bytes(upload.content)
    revision = Revision(
        workspace=article.workspace,
        article=article,
        number=number,
        text=text,
        sha256=sha256(text),
        captured_at=timezone.now(),
        captured_by=act.actor.user,
        original_name=upload.name,
        original_sha256=hashlib.sha256(content).hexdigest(),
        original_type=upload.media_type,
        encoding=encoding,
        fetched_from=upload.url,
    )
    store_original(revision, content)
    return act.add(revision)


def store_original(revision: Revision, content: bytes) -> None:
    """Keeps the file under its own hash: the same bytes once, and none is ever replaced."""
    path = revision.original.field.generate_filename(revision, revision.original_name)
    storage = revision.original.storage
    revision.original.name = (
        path if storage.exists(path) else storage.save(path, ContentFile(content))
    )


def drop_originals(actor: Actor, rows: Sequence[models.Model]) -> None:
    """Takes away the files of these revisions, unless another one has the same."""
    for row in rows:
        if isinstance(row, Revision):
            path = row.original.name or ""
            same = Revision.objects.within(actor.workspace).filter(original=path)
            if path and not same.exclude(pk__in=[other.pk for other in rows]).exists():
                row.original.storage.delete(path)


def edit(
    actor: Actor,
    article: Article,
    version: int,
    values: dict[str, Any],
    publisher: Source | NewSource | None = None,
) -> Article:
    """Sets an article's details; the text is not one of them. Raises Conflict when stale."""
    with Act(actor, "article.edit", f"edited the details of “{article}”") as act:
        article = act.lock(article, version)
        values = {**values, "publisher": settle(act, publisher, article)}
        copy = values.get("republishes")
        while copy is not None:
            if copy.pk == article.pk:
                raise ValidationError({"republishes": "An article can't republish itself."})
            copy = copy.republishes
        act.edit(article, **values)
    return article


def delete(actor: Actor, article: Article, version: int) -> None:
    """Deletes an article without claims (else ValidationError); its text stays for undo.

    Who reads it blind can't: that it is refused would say that somebody has recorded something.
    """
    if actor.user in blind_readers(article):
        raise ValidationError("You work blind on this article: submit your reading first.")
    with Act(actor, "article.delete", f"deleted “{article}”") as act:
        article = act.lock(article, version)
        act.remove(article)
        rules.check(article)


def mark_read(
    actor: Actor, revision: Revision, numbers: Collection[int], *, read: bool = True
) -> None:
    """Marks paragraphs (lines, from 1) as read, or as not. Unknown numbers: ValidationError."""
    there = {paragraph.number for paragraph in paragraphs(revision.text)}
    if unknown := set(numbers) - there:
        raise ValidationError(f"There is no paragraph {min(unknown)}.")
    which = ", ".join(map(str, sorted(numbers)))
    words = f"marked ¶{which} as {'read' if read else 'not read'}"
    with Act(actor, "article.read" if read else "article.unread", words) as act:
        marks = {row.number: row for row in revision.paragraphs_read.filter(number__in=numbers)}
        if not read:
            for mark in marks.values():
                act.remove(mark)
            return
        for number in sorted(set(numbers) - set(marks)):
            try:
                with transaction.atomic():
                    act.add(
                        ParagraphRead(
                            workspace=actor.workspace,
                            revision=revision,
                            number=number,
                            read_by=actor.user,
                        )
                    )
            except IntegrityError:
                # Somebody else marked it in this moment; it is read either way.
                continue
