"""Rows of the reviewers' verdicts and of what they rest on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NamedTuple

from claims.records.columns import (
    key,
    moment,
    named,
    ref,
    text,
    word,
    word_or_blank,
    yes_no,
    yes_no_or_blank,
)
from claims.records.words import Confidence, Likelihood, Verdict


class Assessment(NamedTuple):
    """A reviewer's verdict on a question, or on an incident as a whole. Never edited."""

    assessment_id: Annotated[str, key("The verdict.")]
    incident_id: Annotated[str, key("The incident that it is on, or in.", "incidents")]
    incident_code: Annotated[str, text("The incident's code.")]
    question_id: Annotated[
        str | None, ref("The question; blank: on the incident as a whole.", "questions")
    ]
    question: Annotated[str, text("The question in words.")]
    verdict: Annotated[str, word(Verdict, "What is found about the answer.")]
    position_id: Annotated[
        str | None,
        ref("The answer; blank where unresolved, or where it has been deleted.", "positions"),
    ]
    answer: Annotated[str, text("The answer in words.")]
    likelihood: Annotated[
        str,
        word_or_blank(
            Likelihood,
            "How likely it is that the answer is so (ICD 203); of an incident, that it happened as"
            " its title and summary say. Blank is not said.",
        ),
    ]
    confidence: Annotated[
        str, word(Confidence, "How well founded the verdict is, apart from how likely.")
    ]
    rationale: Annotated[str, named("Why.")]
    reviewer: Annotated[str, text("The member who recorded it.")]
    supersedes_id: Annotated[
        str | None, ref("The verdict of the same reviewer that it replaces.", "assessments")
    ]
    wants_second: Annotated[bool, yes_no("`true` if a second reviewer is asked.")]
    second_of_id: Annotated[
        str | None, ref("The verdict to which it is the second opinion.", "assessments")
    ]
    agrees: Annotated[
        bool | None,
        yes_no_or_blank("Of a second opinion: whether verdict and answer are those of the first."),
    ]
    blind: Annotated[
        bool, yes_no("`true` if it is a second opinion whose reviewer had not seen the first.")
    ]
    evidence_changed: Annotated[
        bool, yes_no("`true` if claims, filings or links that it is about have changed since.")
    ]
    created_at: Annotated[datetime, moment("When it was recorded.", required=True)]
    withdrawn_at: Annotated[datetime | None, moment("When it was withdrawn; blank: it was not.")]
    withdrawn_by: Annotated[str, text("The member who withdrew it.")]


class AssessmentClaim(NamedTuple):
    """A claim that a verdict rests on."""

    assessment_id: Annotated[str, key("The verdict.", "assessments")]
    verdict: Annotated[str, word(Verdict, "What is found.")]
    answer: Annotated[str, text("The answer in words.")]
    claim_id: Annotated[str, key("The claim.", "claims")]
    source: Annotated[str, named("Who makes the claim.")]
    text: Annotated[str, text("What the claim says, in the words of the article.")]
