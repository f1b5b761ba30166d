"""Published items, their immutable texts, and what has been read of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.importers.reading import PASTED
from claims.models.base import Root, Row, one_of
from claims.records import ArticleStatus, ArticleType


class Article(Root):
    """One published item. `publisher` is empty where it is unknown."""

    title = models.CharField(max_length=500)
    type = models.CharField(
        max_length=9, choices=ArticleType.choices(), default=ArticleType.ARTICLE.value
    )
    publisher = models.ForeignKey(
        "claims.Source", models.PROTECT, null=True, blank=True, related_name="published"
    )
    byline = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    archive_url = models.URLField(max_length=2000, blank=True)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField("language (BCP 47)", max_length=35, blank=True)
    assignee = models.ForeignKey(
        "claims.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_articles",
    )
    status = models.CharField(
        max_length=11, choices=ArticleStatus.choices(), default=ArticleStatus.NEW.value
    )
    republishes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="republished_by"
    )

    class Meta(Root.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-id"], name="article_newest"),
            models.Index(fields=["workspace", "status", "-id"], name="article_by_status"),
            models.Index(fields=["workspace", "publisher", "-id"], name="article_by_publisher"),
            models.Index(fields=["workspace", "assignee", "-id"], name="article_by_assignee"),
            models.Index(fields=["workspace", "language", "-id"], name="article_by_language"),
            models.Index(fields=["workspace", "published_on", "-id"], name="article_by_date"),
        ]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("type", ArticleType),
            one_of("status", ArticleStatus),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_title"),
            models.CheckConstraint(condition=~Q(republishes=F("id")), name="article_not_own_copy"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.workspace.slug, self.uid])


def original_path(revision: Revision, name: str) -> str:
    """Where an upload is kept: by its own sha256, so that a file is stored once."""
    sha256 = revision.original_sha256
    return f"{revision.workspace_id}/{sha256[:2]}/{sha256}"


class Revision(Row):
    """One immutable text of an article; offsets are code points into `text`."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    captured_at = models.DateTimeField()
    captured_by = models.ForeignKey("claims.User", models.PROTECT, related_name="+")
    # Blank where work was imported without the file.
    original = models.FileField(upload_to=original_path, max_length=200, blank=True)
    original_name = models.CharField(max_length=255)
    original_sha256 = models.CharField(max_length=64)
    original_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=40)
    # Where this server fetched the file itself; blank where a person brought it.
    fetched_from = models.URLField(max_length=2000, blank=True)

    class Meta(Row.Meta):
        ordering = ["number"]
        indexes: ClassVar = [models.Index(fields=["workspace", "sha256"], name="revision_sha256")]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["article", "number"], name="revision_number"),
            models.CheckConstraint(condition=~Q(text=""), name="revision_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, revision {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("revision", args=[self.workspace.slug, self.uid])


class ParagraphRead(Row):
    """A person has read this paragraph (a line, from 1) and is done with it."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="paragraphs_read")
    number = models.PositiveIntegerField()
    read_by = models.ForeignKey("claims.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta(Row.Meta):
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["revision", "number"], name="paragraph_read_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="paragraph_from_1"),
        ]


class Upload(Row):
    """What was brought in and awaits its preview; gone once it is frozen or dropped.

    `article`: it is to be a new text of this one, not an article of its own.
    """

    uploaded_by = models.ForeignKey("claims.User", models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=40, blank=True)
    content = models.BinaryField()
    url = models.URLField("fetched from", max_length=2000, blank=True)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="uploads"
    )

    @property
    def is_pasted(self) -> bool:
        """Whether it was pasted as a text: its name and its encoding are then ours."""
        return (self.name, self.media_type) == (PASTED["name"], PASTED["media_type"])

    @property
    def called(self) -> str:
        """The name of the file, as a person knows it."""
        return "Pasted text" if self.is_pasted else self.name

    def get_absolute_url(self) -> str:
        if self.article is None:
            return reverse("article-preview", args=[self.workspace.slug, self.uid])
        query = {"upload": str(self.uid)}
        return reverse("article-revise", args=[self.workspace.slug, self.article.uid], query=query)
