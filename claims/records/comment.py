"""Rows of what members say to each other beside the work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple

from claims.records.columns import key, moment, named, ref, text


class Comment(NamedTuple):
    """A comment on one claim, question, incident or article."""

    comment_id: Annotated[str, key("The comment.")]
    claim_id: Annotated[str | None, ref("The claim that it is on.", "claims")]
    question_id: Annotated[str | None, ref("The question that it is on.", "questions")]
    incident_id: Annotated[str | None, ref("The incident that it is on.", "incidents")]
    article_id: Annotated[str | None, ref("The article that it is on.", "articles")]
    about: Annotated[str, text("What it is on: the question, the title, or who makes the claim.")]
    text: Annotated[str, named("What it says.")]
    mentions: Annotated[str, text("The members whom it names as @name, joined by ` | `.")]
    author: Annotated[str, text("The member who wrote it.")]
    created_at: Annotated[datetime, moment("When it was written.", required=True)]
    updated_at: Annotated[datetime, moment("When it was last changed.", required=True)]
    resolved_at: Annotated[datetime | None, moment("When it was resolved; blank: it is open.")]
    resolved_by: Annotated[str, text("The member who resolved it.")]
