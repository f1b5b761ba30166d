"""Rows of articles and of their immutable texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple

from claims.records.cells import ID_PATTERN, NUMBERS_PATTERN, SHA256_PATTERN
from claims.records.columns import count, day, key, mark, moment, ref, text, web, word
from claims.records.words import ArticleStatus, ArticleType


class Article(NamedTuple):
    """One published item: an article, a post, a video, a statement."""

    article_id: Annotated[str, key("The article.")]
    title: Annotated[str, text("Its title as published.")]
    type: Annotated[str, word(ArticleType, "What sort of item it is.")]
    publisher_id: Annotated[str | None, ref("Who published it; blank is unknown.", "sources")]
    publisher: Annotated[str, text("The publisher's name.")]
    byline: Annotated[str, text("The author line as printed.")]
    url: Annotated[str, web("Where it was published.")]
    archive_url: Annotated[str, web("Where a copy is archived.")]
    published_on: Annotated[date | None, day("The day of publication, as the item states it.")]
    language: Annotated[str, text("Language of the text (BCP 47, such as `en` or `ar`).")]
    assignee: Annotated[str, text("The member who works on it.")]
    status: Annotated[str, word(ArticleStatus, "How far the work on it is.")]
    republishes_id: Annotated[
        str | None, ref("The article that this one carries again.", "articles")
    ]
    paragraphs_read: Annotated[
        str,
        mark(
            "Paragraphs of the newest text that someone has read, joined by `|`."
            " A paragraph is a line, numbered from 1.",
            NUMBERS_PATTERN,
        ),
    ]
    created_at: Annotated[datetime, moment("When it was added.", required=True)]


class Revision(NamedTuple):
    """One text of an article. It never changes; a correction is a new revision."""

    revision_id: Annotated[str, key("The revision.")]
    article_id: Annotated[str, key("The article whose text it is.", "articles")]
    number: Annotated[int, count("1 for the first text of the article.", 1, required=True)]
    text_sha256: Annotated[
        str, mark("SHA-256 of the text as UTF-8, in hex.", SHA256_PATTERN, required=True)
    ]
    text_path: Annotated[
        str,
        mark(
            "The file of the text in this bundle (UTF-8, lines end with LF).",
            rf"texts/{ID_PATTERN}\.txt",
            required=True,
        ),
    ]
    original_path: Annotated[
        str,
        mark(
            "The file that was uploaded or pasted, byte for byte, in this bundle;"
            " blank where it is not kept any more.",
            rf"originals/{ID_PATTERN}(\.[0-9a-z]{{1,8}})?",
        ),
    ]
    original_name: Annotated[str, text("The name that file had.")]
    original_sha256: Annotated[
        str, mark("SHA-256 of that file, in hex.", SHA256_PATTERN, required=True)
    ]
    original_media_type: Annotated[str, text("Media type of that file.")]
    encoding: Annotated[str, text("The encoding that it was read with.")]
    captured_at: Annotated[datetime, moment("When the text was captured.", required=True)]
    captured_by: Annotated[str, text("The member who captured it.")]
