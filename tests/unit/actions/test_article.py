"""Articles by their actions: frozen once, kept byte for byte, read."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import article as articles
from claims.actions.errors import Conflict
from claims.actions.journal import Actor
from claims.actions.source import NewSource
from claims.models import Article, Change, ParagraphRead, Revision, Upload
from tests import factories

pytestmark = pytest.mark.django_db
BYTES = "Caf\u00e9.\r\nTwo.".encode("cp1252")
TEXT = "Caf\u00e9.\nTwo."


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


def frozen(actor: Actor, **values: Any) -> Article:
    upload = articles.keep_upload(actor, "a" * 300 + ".txt", "text/plain", BYTES)
    assert len(upload.name) == 255
    return articles.freeze(actor, upload, TEXT, "cp1252", {"title": "A", **values})


def test_the_upload_is_kept_byte_for_byte(actor: Actor) -> None:
    revision = frozen(actor).revisions.get()
    with revision.original.open() as file:
        assert file.read() == BYTES
    assert revision.original_sha256 == hashlib.sha256(BYTES).hexdigest()
    assert (revision.text, revision.sha256) == (TEXT, hashlib.sha256(TEXT.encode()).hexdigest())
    assert (revision.number, revision.captured_by, revision.encoding) == (1, actor.user, "cp1252")
    assert not Upload.objects.exists()


def test_the_same_bytes_are_stored_once(actor: Actor) -> None:
    first = frozen(actor)
    second = frozen(actor, republishes=first)
    names = {article.revisions.get().original.name for article in (first, second)}
    assert len(names) == 1
    assert articles.same_text(actor, TEXT) == [first, second]


def test_the_same_text_is_not_brought_in_twice(actor: Actor) -> None:
    frozen(actor)
    with pytest.raises(ValidationError, match="here already"):
        frozen(actor)
    assert Article.objects.count() == Change.objects.count() == 1
    assert articles.same_text(Actor(factories.a_workspace(), actor.user), TEXT) == []


def test_an_upload_is_frozen_once(actor: Actor) -> None:
    upload = articles.keep_upload(actor, "a.txt", "text/plain", BYTES)
    articles.freeze(actor, upload, TEXT, "cp1252", {"title": "A"})
    again = Upload(pk=10**6, content=BYTES)
    with pytest.raises(ValidationError, match="brought in already"):
        articles.freeze(actor, again, "Other.", "cp1252", {"title": "B"})
    assert Article.objects.count() == 1


def test_details_are_edited_and_the_text_is_not_one(actor: Actor) -> None:
    article = frozen(actor)
    article = articles.edit(actor, article, 1, {"title": "B"}, NewSource("Wire"))
    assert (article.title, str(article.publisher)) == ("B", "Wire")
    with pytest.raises(Conflict):
        articles.edit(actor, article, 1, {"title": "C"})
    assert articles.edit(actor, article, 2, {}).publisher is None


def test_no_article_republishes_itself(actor: Actor) -> None:
    first = frozen(actor)
    second = frozen(actor, republishes=first)
    for copied in (first, second):
        with pytest.raises(ValidationError, match="republish itself"):
            articles.edit(actor, first, 1, {"republishes": copied})


def test_an_article_with_claims_stays(actor: Actor) -> None:
    article = frozen(actor)
    claim = factories.a_claim(article)
    with pytest.raises(ValidationError, match="still has claims"):
        articles.delete(actor, article, 1)
    claim.deleted_at = factories.NOON
    claim.save()
    articles.delete(actor, article, 1)
    assert Revision.objects.exists()


def test_paragraphs_are_marked_once(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = frozen(actor).revisions.get()
    before = Change.objects.count()
    articles.mark_read(actor, revision, {1, 2})
    articles.mark_read(actor, revision, {1})
    articles.mark_read(actor, revision, {2}, read=False)
    articles.mark_read(actor, revision, {2}, read=False)
    assert [mark.number for mark in revision.paragraphs_read.all()] == [1]
    assert Change.objects.count() == before + 2
    for number in (0, 3):
        with pytest.raises(ValidationError, match=f"no paragraph {number}"):
            articles.mark_read(actor, revision, {1, number})

    def marked_meanwhile(**values: Any) -> ParagraphRead:
        return ParagraphRead(**values | {"number": 1})

    monkeypatch.setattr(articles, "ParagraphRead", marked_meanwhile)
    articles.mark_read(actor, revision, {2})
    assert revision.paragraphs_read.count() == 1
    assert Change.objects.count() == before + 2
