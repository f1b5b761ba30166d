"""What the loader makes of the demo's files: the same rows, states and words, with a journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from claims import records
from claims.demo import accounts
from claims.demo.load import load
from claims.models import (
    Alias,
    Article,
    Assessment,
    AssessmentClaim,
    Change,
    ChangeRow,
    Claim,
    Comment,
    Figure,
    Filing,
    Incident,
    Link,
    Membership,
    Mention,
    ParagraphRead,
    Position,
    Question,
    Revision,
    Side,
    Source,
    Span,
    Upload,
    Workspace,
)
from tests.unit.actions.reference import assert_as_the_reference_says
from tests.unit.demo_files import (
    ARTICLES,
    CLAIMS,
    DEMO,
    DESK,
    FIGURES,
    FILINGS,
    INCIDENTS,
    LINKS,
    POSITIONS,
    QUESTIONS,
    SIDES,
    SOURCES,
    TEXTS,
    quotes,
    read,
)

# One process has them all, or each would load the demo.
pytestmark = [pytest.mark.database, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module", autouse=True)
def workspace(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Workspace]:
    """The demo, loaded once for all these tests, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        people, _ = accounts.make()
        yield load(people)
        transaction.set_rollback(True)
    # Where a browser test ran before, Playwright's event loop has ended by the time the database is
    # removed, and Django then no longer knows of a connection that was opened within it.
    connections.close_all()


def test_every_row_of_the_files_is_there() -> None:
    counts: dict[Any, int] = {
        Side: len(SIDES),
        Source: len(SOURCES),
        Alias: sum(len(source["aliases"]) for source in SOURCES.values()),
        Article: len(ARTICLES),
        Revision: len(ARTICLES),
        Incident: len(INCIDENTS),
        Question: len(QUESTIONS),
        Position: len(POSITIONS),
        Claim: len(CLAIMS),
        Figure: len(FIGURES),
        Filing: len(FILINGS),
        Link: len(LINKS),
        Upload: 0,
    }
    assert {model: model.objects.count() for model in counts} == counts
    assert Claim.objects.count() >= 30
    assert set(Link.objects.values_list("relation", flat=True)) == set(records.Relation)


def test_reviewers_differ_wait_and_are_told_what_changed(workspace: Workspace) -> None:
    review = read("review.toml")
    assert Assessment.objects.count() == len(review["verdicts"])
    assert AssessmentClaim.objects.count() == sum(len(v["rests_on"]) for v in review["verdicts"])
    (dissent,) = Assessment.objects.exclude(second_of=None)
    assert (dissent.agrees, dissent.blind) == (False, True)
    (changed,) = Assessment.objects.filter(evidence_changed=True)
    assert [change.action for change in changed.changes_since.all()] == ["claim.withdrawn"]
    (waiting,) = Assessment.objects.awaiting()
    assert waiting.reviewer.username == records.Role.OWNER
    raid = Incident.objects.get(code="IQ-20161207-01")
    assert (raid.verdicts, raid.awaits_second, raid.evidence_changed) == (4, True, True)
    assert Comment.objects.count() == len(review["comments"])
    assert Comment.objects.exclude(resolved_at=None).count() == 1
    named = Mention.objects.values_list("user__username", flat=True)
    assert set(named) == {records.Role.ANALYST, records.Role.REVIEWER}


def test_the_four_roles_sit_at_the_desk(workspace: Workspace) -> None:
    seats = Membership.objects.filter(workspace=workspace, user__is_demo=True)
    assert dict(seats.values_list("user__username", "role")) == {
        role: role for role in records.Role
    }
    assert set(seats.values_list("user__email", flat=True)) == {
        f"{role}@example.org" for role in records.Role
    }


def test_the_desk_has_its_conventions(workspace: Workspace) -> None:
    stored = Workspace.objects.get(pk=workspace.pk)
    wanted = DESK["workspace"]
    assert {field: getattr(stored, field) for field in wanted} == wanted


def test_texts_are_frozen_with_their_original_bytes() -> None:
    for key, entry in ARTICLES.items():
        revision = Revision.objects.get(article__url=entry["url"])
        assert revision.text == TEXTS[key]
        assert revision.encoding == "utf-8"
        with revision.original.open() as original:
            assert original.read() == (DEMO / entry["file"]).read_bytes()
        read = revision.paragraphs_read.values_list("number", flat=True)
        assert sorted(read) == entry["read"]


def test_articles_keep_what_is_known_of_them() -> None:
    for entry in ARTICLES.values():
        article = Article.objects.get(url=entry["url"])
        assert article.publisher is not None
        assert article.publisher.name == SOURCES[entry["publisher"]]["name"]
        for field in ("title", "type", "byline", "published_on", "language", "status"):
            assert getattr(article, field) == entry[field]
        copy_of = ARTICLES.get(entry.get("republishes", ""))
        assert (article.republishes and article.republishes.url) == (copy_of and copy_of["url"])


def test_sources_have_sides_affiliations_and_articles() -> None:
    def described(source: Source) -> tuple[Any, ...]:
        return (
            source.name,
            source.kind,
            source.named,
            source.side and source.side.name,
            source.affiliation and source.affiliation.name,
            source.article and source.article.url,
            *sorted(alias.name for alias in source.aliases.all()),
        )

    wanted = Counter(
        (
            entry.get("protected_as", entry["name"]),
            entry["kind"],
            entry.get("named", True),
            ("side" in entry and SIDES[entry["side"]]["name"]) or None,
            ("affiliation" in entry and SOURCES[entry["affiliation"]]["name"]) or None,
            ("article" in entry and ARTICLES[entry["article"]]["url"]) or None,
            *sorted(entry["aliases"]),
        )
        for entry in SOURCES.values()
    )
    assert Counter(described(source) for source in Source.objects.all()) == wanted


def test_claims_quote_their_article() -> None:
    roles = {"content": "content", "who": "source", "cue": "cue"}
    wanted = Counter(
        (ARTICLES[claim["article"]]["url"], roles[field], words)
        for claim in CLAIMS.values()
        for field in roles
        for words, _ in quotes(claim, field)
    )
    spans = Span.objects.select_related("revision__article")
    assert Counter((s.revision.article.url, s.role, s.quote) for s in spans) == wanted
    assert all(s.revision.text[s.start : s.end] == s.quote for s in spans)


def test_the_chosen_one_of_several_places_is_quoted() -> None:
    """“it”, the eighth time in the wire, is the command that speaks of a car bomb."""
    [claim] = Claim.objects.filter(article__url=ARTICLES["wire"]["url"], note="").filter(
        spans__quote="A blast in the town"
    )
    who = claim.spans.get(role=records.SpanRole.SOURCE)
    added = claim.spans.get(role=records.SpanRole.CUE)
    assert (who.quote, added.quote) == ("it", "added")
    assert 0 < added.start - who.end < 5


def test_states_equal_the_reference() -> None:
    for incident in Incident.objects.all():
        assert_as_the_reference_says(incident.pk)


def test_every_state_is_shown() -> None:
    """The same as `test_demo_states` says of the files, in the stored columns."""
    raid = Incident.objects.get(code=INCIDENTS["raid"]["code"])
    assert {
        key: Question.objects.get(text=question["text"], incident=raid).state
        for key, question in QUESTIONS.items()
        if question["incident"] == "raid"
    } == {
        "cause": "disputed",
        "civilians-killed": "corroborated",
        "how-many-civilians": "corroborated",
        "how-many-fighters": "corroborated",
        "in-the-buildings": "uncorroborated",
        "market": "disputed",
        "who": "disputed",
        "targeted": "disputed",
        "weapon": "unanswered",
    }
    assert raid.state == "disputed"
    assert Question.objects.get(text=QUESTIONS["cause"]["text"]).challenged
    assert {
        key: Incident.objects.get(code=entry["code"]).state for key, entry in INCIDENTS.items()
    } == {
        "raid": "disputed",
        "villages": "corroborated",
        "al-elam": "uncorroborated",
        "first-strike": "uncorroborated",
        "second-strike": "uncorroborated",
    }


def test_statuses_are_those_of_the_files() -> None:
    wanted = Counter(claim.get("status", "submitted") for claim in CLAIMS.values())
    assert Counter(Claim.objects.values_list("status", flat=True)) == wanted


def test_a_second_pair_of_eyes_approved() -> None:
    approved = Claim.objects.filter(status="approved")
    assert approved.exists()
    for claim in approved:
        assert claim.approver.username == "reviewer"
        assert claim.annotator != claim.approver
    annotators = Claim.objects.values_list("annotator__username", flat=True)
    assert set(annotators) == {"analyst", "reviewer", "owner"}


def test_the_journal_tells_all_of_it(workspace: Workspace) -> None:
    """Every row was made by an act: none is there without its line in the journal."""
    roots = [Source, Article, Incident, Question, Position, Claim, Link, Filing]
    parts = [Side, Alias, Revision, ParagraphRead, Span, Figure, Membership]
    for model in [*roots, *parts]:
        assert made(model) == set(model._default_manager.values_list("id", flat=True))
    assert not Change.objects.exclude(workspace=workspace).exists()
    assert Change.objects.earliest("id").action == "workspace.create"
    approvals = Change.objects.filter(action="claim.approved")
    assert set(approvals.values_list("user__username", flat=True)) == {"reviewer"}


def made(model: Any) -> set[int]:
    rows = ChangeRow.objects.filter(model=model._meta.model_name, before__isnull=True)
    return set(rows.values_list("object_id", flat=True))
