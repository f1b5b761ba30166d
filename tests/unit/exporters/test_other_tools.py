"""What the formats for other tools do with the odd row; whole files are read in `test_formats`."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from claims.exporters import brat, claim_review, qdpx, web_annotation
from claims.exporters.document import Annotated, Document
from claims.records import Article, Assessment, Claim, Filing, Link, Span
from tests.unit.exporters import annotation_model, made

CLAIM = made.filled(Claim, claim_id=made.uid(40), source="Wire", text="x")
SPAN = made.filled(Span, claim_id=made.uid(40), role="content", start=0, end=3, quote="The")
ARTICLE = made.filled(Article, article_id=made.uid(10), title="Blast")
DOCUMENT = Document(ARTICLE, made.uid(20), "0" * 64, made.TEXT, [Annotated(CLAIM, [SPAN], [])])


def a_link(to: int) -> Link:
    ends = {"from_claim_id": made.uid(40), "to_claim_id": made.uid(to)}
    return made.filled(Link, link_id=made.uid(100 + to), **ends)


def test_a_link_to_words_that_are_gone_is_left_out() -> None:
    ends = made.uid(40), made.uid(41)
    within = brat.Within("contradicts", *ends, made.uid(50), "", "", made.uid(60))
    lines = brat.Standoff(DOCUMENT, [within], {}).lines()
    assert not [line for line in lines if line[0] == "R"]
    project = b"".join(qdpx.write([], lambda: [DOCUMENT], [a_link(41)]))
    assert b"<Link " not in zipfile.ZipFile(io.BytesIO(project)).read("project.qde")


def test_many_annotations_are_one_list() -> None:
    links = [a_link(number) for number in range(500)]
    page = json.loads(b"".join(web_annotation.write([], [DOCUMENT], links)))
    assert len(page["first"]["items"]) == 501


def broken(change: Callable[[Any], object]) -> list[str]:
    page = json.loads(b"".join(web_annotation.write([], [DOCUMENT], [a_link(41)])))
    change(page)
    return annotation_model.faults(page)


def test_annotations_are_as_the_recommendation_has_them() -> None:
    """And what would not be is found."""
    assert broken(lambda _: None) == []
    found = [
        broken(lambda page: page.update({"@context": "https://example.org/"})),
        broken(lambda page: page["first"]["items"][0].pop("target")),
        broken(lambda page: page["first"]["items"][0].update(created="2016-12-08T12:00:00+01:00")),
        broken(lambda page: page["first"]["items"][0]["body"].pop("value")),
        broken(lambda page: page["first"]["items"][0]["target"][0].pop("source")),
        broken(lambda page: page["first"]["items"][0]["target"][0]["selector"][0].pop("end")),
        broken(lambda page: page["first"]["items"][0]["target"][0]["selector"][1].pop("exact")),
        broken(lambda page: page["first"]["items"][1].update(motivation="guessing")),
        broken(lambda page: page["first"]["items"][1]["target"].append("not an IRI")),
    ]
    assert [faults for (faults,) in found] == [
        "@context",
        "items.0.target",
        "items.0.created",
        "items.0.body.value",
        "items.0.target.source",
        "items.0.target.selector.place",
        "items.0.target.selector.words",
        "items.1.motivation",
        "items.1.target.iri",
    ]


def test_what_is_not_known_of_a_claim_is_not_told() -> None:
    """And what is known is: where and when it was printed, and when it was said."""
    filing = made.filled(Filing, claim_id=made.uid(40), position_id=made.uid(70), stance="holds")
    verdict = made.filled(Assessment, position_id=made.uid(70), verdict="leans", withdrawn_at=None)
    known = ARTICLE._replace(url="https://example.org/a", published_on=made.NOON.date())
    for article, claim in ((ARTICLE, CLAIM), (known, CLAIM._replace(said_from=made.NOON.date()))):
        found = claim._replace(article_id=article.article_id)
        bundle = made.world(
            assessments=[verdict], filings=[filing], claims=[found], articles=[article]
        )
        (review,) = json.loads(b"".join(claim_review.write(bundle)))["@graph"]
        (told,) = review["itemReviewed"]
        assert ("url" in told["appearance"]) == bool(article.url)
        assert ("datePublished" in told["appearance"]) == bool(article.published_on)
        assert ("datePublished" in told) == bool(found.said_from)
