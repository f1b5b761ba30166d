"""Rows of claims, their spans and figures, and the links between them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NamedTuple

from claims.records.columns import (
    count,
    day,
    key,
    moment,
    named,
    number,
    ref,
    text,
    word,
    word_or_blank,
)
from claims.records.words import (
    Basis,
    Certainty,
    ClaimKind,
    ClaimStatus,
    Credibility,
    FigureStatus,
    KnowsBy,
    LowBasis,
    Match,
    Measure,
    Origin,
    Polarity,
    Relation,
    SpanRole,
    Speech,
)


class Claim(NamedTuple):
    """One attributed statement in one article."""

    claim_id: Annotated[str, key("The claim.")]
    article_id: Annotated[str, key("The article it is made in.", "articles")]
    article_title: Annotated[str, text("The article's title.")]
    incident_id: Annotated[str | None, ref("The incident it is about; blank is none.", "incidents")]
    incident_code: Annotated[str, text("The incident's code.")]
    source_id: Annotated[str, key("Who says it.", "sources")]
    source: Annotated[str, named("The name of who says it.")]
    via_id: Annotated[str | None, ref("Who relays it.", "sources")]
    via: Annotated[str, text("The name of who relays it.")]
    accused_id: Annotated[str | None, ref("Whom it blames.", "sources")]
    accused: Annotated[str, text("The name of whom it blames.")]
    text: Annotated[
        str,
        text(
            "What it says, in the words of the newest text of the article that it stands in;"
            " parts joined by ` […] `. spans.csv has them one by one."
        ),
    ]
    kind: Annotated[str, word(ClaimKind, "What sort of statement it is.")]
    polarity: Annotated[str, word(Polarity, "Whether it says that it is so or is not so.")]
    speech: Annotated[
        str, word(Speech, "Whose words they are: only `direct` are the speaker's own.")
    ]
    knows_by: Annotated[str, word(KnowsBy, "How the source knows, as far as the text says.")]
    certainty: Annotated[str, word(Certainty, "How sure the source says it is (FactBank).")]
    credibility: Annotated[
        str,
        word_or_blank(
            Credibility, "1 (confirmed) to 5, or 6: cannot be judged (Admiralty). Blank: not rated."
        ),
    ]
    said_from: Annotated[date | None, day("The first day on which it may have been said.")]
    said_to: Annotated[date | None, day("The last day on which it may have been said.")]
    said_as_stated: Annotated[str, text("When it was said, in the words of the article.")]
    paraphrase: Annotated[str, text("The analyst's words for it; never the source's.")]
    translation: Annotated[str, text("A translation; never the quote.")]
    translator: Annotated[str, text("Who translated it.")]
    note: Annotated[str, text("A note of the analyst.")]
    status: Annotated[str, word(ClaimStatus, "Where it stands in the work.")]
    origin: Annotated[str, word(Origin, "Where it came from.")]
    annotator: Annotated[str, text("The member who made it.")]
    approver: Annotated[str, text("The member who approved it.")]
    created_at: Annotated[datetime, moment("When it was made.", required=True)]
    updated_at: Annotated[datetime, moment("When it was last changed.", required=True)]


class Span(NamedTuple):
    """A piece of a text that belongs to a claim: who, the reporting words, or what."""

    claim_id: Annotated[str, key("The claim.", "claims")]
    article_id: Annotated[str, key("The article.", "articles")]
    revision: Annotated[
        int, count("Number of the article's text that the offsets count in.", 1, required=True)
    ]
    role: Annotated[str, word(SpanRole, "Which part of the attribution it is (PARC 3.0).")]
    start: Annotated[
        int,
        count("First character, counted from 0 in Unicode code points.", required=True),
    ]
    end: Annotated[
        int,
        count("One past the last character: text[start:end] is the quote.", 1, required=True),
    ]
    quote: Annotated[str, named("The words at these offsets.")]
    match: Annotated[
        str,
        word(
            Match,
            "How the span came to stand here; an `orphaned` one is no longer in the text.",
        ),
    ]
    score: Annotated[
        float,
        number("How alike quote and original quote are, 0 to 1.", 0, 1, required=True),
    ]


class Figure(NamedTuple):
    """A number in a claim. A figure in a denial is what is denied."""

    claim_id: Annotated[str, key("The claim.", "claims")]
    incident_id: Annotated[str | None, ref("The incident it is about; blank is none.", "incidents")]
    incident_code: Annotated[str, text("The incident's code.")]
    source: Annotated[str, named("Who makes the claim.")]
    polarity: Annotated[str, word(Polarity, "Whether the claim says that it is so or is not so.")]
    measure: Annotated[str, word(Measure, "What is counted. Present is not killed.")]
    status: Annotated[str, word(FigureStatus, "Who is counted, as far as the claim says.")]
    subgroup: Annotated[str, text("A part of them, such as women, children or staff.")]
    group_as_stated: Annotated[str, text("Who is counted, in the words of the article.")]
    part: Annotated[str, text("The part of the incident (`first strike`); blank: none is named.")]
    order: Annotated[int, count("Its place among the figures of the claim.", required=True)]
    low: Annotated[
        int | None, count("At least so many; blank is not stated, 0 is stated to be none.")
    ]
    high: Annotated[
        int | None, count("At most so many; blank is not stated, 0 is stated to be none.")
    ]
    as_stated: Annotated[str, text("The number in the words of the article, such as `dozens`.")]
    low_basis: Annotated[
        str,
        word(LowBasis, "Whether `low` is in the text or is our reading of `dozens`."),
    ]


class Link(NamedTuple):
    """A relation between two claims of one incident, read from the first to the second."""

    link_id: Annotated[str, key("The link.")]
    relation: Annotated[
        str,
        word(Relation, "How they relate; `contradicts` and `corroborates` have no direction."),
    ]
    basis: Annotated[str, word_or_blank(Basis, "Over what they contradict each other.")]
    note: Annotated[str, text("A note on the link.")]
    from_claim_id: Annotated[str, key("The first claim.", "claims")]
    from_source: Annotated[str, named("Who makes the first claim.")]
    from_text: Annotated[str, text("What the first claim says, in the words of its article.")]
    to_claim_id: Annotated[str, key("The second claim.", "claims")]
    to_source: Annotated[str, named("Who makes the second claim.")]
    to_text: Annotated[str, text("What the second claim says, in the words of its article.")]
    incident_id: Annotated[str, key("The incident of both.", "incidents")]
    incident_code: Annotated[str, text("The incident's code.")]
    annotator: Annotated[str, text("The member who made the link.")]
    created_at: Annotated[datetime, moment("When it was made.", required=True)]
