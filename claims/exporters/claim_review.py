"""schema.org `ClaimReview` as JSON-LD: the verdicts that count, each with the claims it is about.

The rating is the verdict in words: a number would say more than a reviewer did. How likely the
answer is and how well founded the verdict is are never told in one sentence.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from claims.exporters.bundle import Bundle
from claims.exporters.values import moment
from claims.exporters.web_annotation import NAMESPACE, urn
from claims.records import Article, Assessment, Claim, Confidence, Likelihood, Stance, Verdict
from claims.records.words import Extent

CANNOT = (
    "Anything but the verdicts that count and the claims that hold the answer.",
    "To a reviewer who is to give a second opinion, the first one.",
)
SO = "It happened as its title and summary say."

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(bundle: Bundle) -> Iterator[bytes]:
    """The document in pieces. Memory holds the verdicts, and the claims that they are about."""
    context = ["https://schema.org", {"cc": NAMESPACE}]
    head = _json({"@context": context, "cc:leavesOut": list(CANNOT), "@graph": []})
    yield head[:-2].encode("utf-8") + b"\n"
    between = ""
    for review in _reviews(bundle):
        yield (between + _json(review)).encode("utf-8")
        between = ",\n"
    yield b"\n]}\n"


def _reviews(bundle: Bundle) -> Iterator[dict[str, Any]]:
    verdicts = current(bundle.assessments)
    held = _held({one.position_id for one in verdicts if one.position_id}, bundle)
    wanted = {claim for claims in held.values() for claim in claims}
    claims = (
        {one.claim_id: one for one in bundle.claims if one.claim_id in wanted} if wanted else {}
    )
    printed = {one.article_id for one in claims.values()}
    articles = (
        {one.article_id: one for one in bundle.articles if one.article_id in printed}
        if printed
        else {}
    )
    titles = {one.incident_id: one.title for one in bundle.incidents} if verdicts else {}
    for verdict in verdicts:
        about = [
            (claims[id], articles[claims[id].article_id])
            for id in held.get(verdict.position_id or "", [])
            if id in claims and claims[id].article_id in articles
        ]
        yield _review(verdict, titles.get(verdict.incident_id, ""), about)


def current(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Those that count: neither withdrawn nor replaced."""
    standing = [one for one in assessments if one.withdrawn_at is None]
    replaced = {one.supersedes_id for one in standing}
    return [one for one in standing if one.assessment_id not in replaced]


def _held(positions: set[str], bundle: Bundle) -> dict[str, list[str]]:
    """By answer, the claims that hold it fully."""
    found: dict[str, list[str]] = defaultdict(list)
    if positions:
        for filing in bundle.filings:
            fully = filing.stance == Stance.HOLDS and filing.extent == Extent.FULLY
            if filing.position_id in positions and fully:
                found[filing.position_id].append(filing.claim_id)
    return found


def _review(
    verdict: Assessment, incident: str, about: list[tuple[Claim, Article]]
) -> dict[str, Any]:
    answer = verdict.answer or ("" if verdict.question else SO)
    subject = " ".join(part for part in (verdict.question or f"{incident}.", answer) if part)
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": Verdict(verdict.verdict).label}
    if verdict.likelihood:
        rating["ratingExplanation"] = Likelihood(verdict.likelihood).band
    found: dict[str, Any] = {
        "@type": "ClaimReview",
        "@id": urn(verdict.assessment_id),
        "datePublished": moment(verdict.created_at)[:10],
        "author": {"@type": "Person", "name": verdict.reviewer},
        "claimReviewed": subject,
        "reviewBody": verdict.rationale,
        "reviewRating": rating,
        "cc:confidence": Confidence(verdict.confidence).label,
        "cc:incident": verdict.incident_code,
        "cc:evidence_changed": bool(verdict.evidence_changed),
    }
    if verdict.second_of_id:
        found["cc:second_of"] = urn(verdict.second_of_id)
    if about:
        found["itemReviewed"] = [_claim(claim, article) for claim, article in about]
    return found


def _claim(claim: Claim, article: Article) -> dict[str, Any]:
    printed = {"@type": "CreativeWork", "headline": article.title}
    if article.url:
        printed["url"] = article.url
    if article.published_on:
        printed["datePublished"] = str(article.published_on)
    found: dict[str, Any] = {
        "@type": "Claim",
        "@id": urn(claim.claim_id),
        "text": claim.text,
        "author": {"@type": "Thing", "name": claim.source},
        "appearance": printed
        | (
            {"publisher": {"@type": "Organization", "name": article.publisher}}
            if article.publisher
            else {}
        ),
    }
    if claim.said_from:
        found["datePublished"] = str(claim.said_from)
    return found
