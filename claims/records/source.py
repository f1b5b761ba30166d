"""Rows of sources, the actors who say things."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple

from claims.records.columns import day, key, moment, named, ref, text, word, yes_no
from claims.records.words import Reliability, SourceKind


class Source(NamedTuple):
    """An actor who says things. A publisher is a source too."""

    source_id: Annotated[str, key("The source.")]
    name: Annotated[str, named("Its name, or the words that stand for it (`a medic`).")]
    kind: Annotated[str, word(SourceKind, "What sort of actor it is.")]
    named: Annotated[
        bool,
        yes_no("`false` for an actor without a name, who belongs to one article only."),
    ]
    side: Annotated[str, text("The side it is on; blank is none or unknown.")]
    affiliation_id: Annotated[str | None, ref("The source that it belongs to.", "sources")]
    affiliation: Annotated[str, text("The name of the source that it belongs to.")]
    article_id: Annotated[
        str | None, ref("The one article of an unnamed source; else blank.", "articles")
    ]
    note: Annotated[str, text("A note on the source.")]


class Alias(NamedTuple):
    """Another name of a source. Two sources may share one (`MoD`)."""

    source_id: Annotated[str, key("The source.", "sources")]
    source: Annotated[str, named("Its name.")]
    alias: Annotated[str, named("Another name for it.")]


class Rating(NamedTuple):
    """How far a source has been reliable, from a day on, in somebody's judgement."""

    rating_id: Annotated[str, key("The rating.")]
    source_id: Annotated[str, key("The source.", "sources")]
    source: Annotated[str, named("Its name.")]
    reliability: Annotated[
        str, word(Reliability, "A (completely reliable) to E, or F: cannot be judged (Admiralty).")
    ]
    since: Annotated[date, day("From this day on, until a later rating.", required=True)]
    reason: Annotated[str, named("Why.")]
    rated_by: Annotated[str, text("The member who rated it.")]
    created_at: Annotated[datetime, moment("When it was rated.", required=True)]
