"""Rows, made directly: past the actions and their journal, with as little as each test needs.

Every factory takes the rows that it belongs to and makes those that it is not given, and takes
any field of its model by name. What it makes is valid: spans quote their text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import count
from typing import Any

from django.utils import timezone

from claims.models import (
    Article,
    Assessment,
    AssessmentChange,
    Change,
    Claim,
    Comment,
    Delivery,
    Figure,
    Filing,
    Incident,
    Invitation,
    Link,
    Membership,
    Placement,
    Position,
    Question,
    Rating,
    Revision,
    Side,
    Source,
    Span,
    Suggestion,
    Training,
    User,
    Webhook,
    Workspace,
)
from claims.records import (
    Confidence,
    Match,
    Measure,
    Placing,
    Relation,
    Reliability,
    Role,
    SourceKind,
    SpanRole,
    Verdict,
)

NOON = dt.datetime(2016, 12, 8, 12, tzinfo=dt.UTC)
TEXT = "A strike hit the market, officials said.\n\nDozens were killed, a medic told us."

_numbers = count(1)


def a_user(username: str = "", **fields: Any) -> User:
    """A user without a usable password; set one with `set_password` where a test signs in."""
    user = User(username=username or f"user-{next(_numbers)}", **fields)
    user.set_unusable_password()
    user.save()
    return user


def a_workspace(**fields: Any) -> Workspace:
    number = next(_numbers)
    values = {"slug": f"desk-{number}", "name": f"Desk {number}"} | fields
    workspace: Workspace = Workspace.objects.create(**values)
    return workspace


def a_membership(
    workspace: Workspace, user: User | None = None, role: Role = Role.ANALYST
) -> Membership:
    return Membership.objects.create(workspace=workspace, user=user or a_user(), role=role.value)


def a_side(workspace: Workspace, **fields: Any) -> Side:
    side: Side = Side.objects.create(
        workspace=workspace, **{"name": f"Side {next(_numbers)}"} | fields
    )
    return side


def a_source(workspace: Workspace, **fields: Any) -> Source:
    """A named source; give `article` and it is an unnamed one of that article."""
    values = {
        "name": f"Source {next(_numbers)}",
        "kind": SourceKind.OTHER.value,
        "named": fields.get("article") is None,
    }
    source: Source = Source.objects.create(workspace=workspace, **values | fields)
    return source


def an_article(workspace: Workspace, text: str = TEXT, **fields: Any) -> Article:
    """An article with its first revision, whose text is `text`."""
    article: Article = Article.objects.create(
        workspace=workspace, **{"title": f"Article {next(_numbers)}"} | fields
    )
    a_revision(article, text)
    return article


def a_revision(article: Article, text: str = TEXT, **fields: Any) -> Revision:
    """A text of an article; there is no original file behind it."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    values = {
        "text": text,
        "sha256": sha256,
        "captured_at": NOON,
        "original_name": "article.txt",
        "original_sha256": sha256,
        "original_type": "text/plain",
        "encoding": "utf-8",
    }
    if "captured_by" not in fields:
        fields["captured_by"] = a_user()
    revision: Revision = Revision.objects.create(
        workspace_id=article.workspace_id, article=article, **values | fields
    )
    return revision


def an_incident(workspace: Workspace, **fields: Any) -> Incident:
    number = next(_numbers)
    incident: Incident = Incident.objects.create(
        workspace=workspace,
        **{"code": f"20161207-{number:02}", "title": f"Strike {number}"} | fields,
    )
    return incident


def a_question(incident: Incident, **fields: Any) -> Question:
    question: Question = Question.objects.create(
        workspace_id=incident.workspace_id,
        incident=incident,
        **{"text": f"What happened ({next(_numbers)})?"} | fields,
    )
    return question


def a_position(question: Question, **fields: Any) -> Position:
    position: Position = Position.objects.create(
        workspace_id=question.workspace_id,
        question=question,
        **{"text": f"Answer {next(_numbers)}"} | fields,
    )
    return position


def a_claim(article: Article, quote: str = "", **fields: Any) -> Claim:
    """A factual, submitted claim on an article with a revision, by a new source if none is given.

    `quote`, or else the first line, is its content span.
    """
    if "source" not in fields and "source_id" not in fields:
        fields["source"] = a_source(article.workspace)
    if "annotator" not in fields and "annotator_id" not in fields:
        fields["annotator"] = a_user()
    claim: Claim = Claim.objects.create(
        workspace_id=article.workspace_id, article=article, **fields
    )
    a_span(claim, quote or article.revisions.latest("number").text.partition("\n")[0])
    return claim


def a_span(claim: Claim, quote: str, role: SpanRole = SpanRole.CONTENT, **fields: Any) -> Span:
    """A span on the first place of `quote` in the newest text; ValueError when it is not there."""
    revision = claim.article.revisions.latest("number")
    start = revision.text.index(quote)
    values = {"role": role.value, "start": start, "end": start + len(quote), "quote": quote}
    span: Span = Span.objects.create(
        workspace_id=claim.workspace_id, claim=claim, revision=revision, **values | fields
    )
    return span


def a_placement(claim: Claim, revision: Revision, **fields: Any) -> Placement:
    """The first span of the claim, which waits on `revision` where it stood."""
    span = claim.spans.order_by("start")[0]
    place = {"was_start": span.start, "was_end": span.end, "start": span.start, "end": span.end}
    made = {"match": Match.EXACT.value, "state": Placing.WAITING.value, "quote": span.quote}
    return Placement.objects.create(
        workspace=claim.workspace,
        claim=claim,
        revision=revision,
        before=span.revision,
        role=span.role,
        **(place | made | fields),
    )


def a_suggestion(article: Article, quote: str, **fields: Any) -> Suggestion:
    """The rules propose `quote` of the newest text as a claim of somebody without a name."""
    revision = article.revisions.latest("number")
    start = revision.text.index(quote)
    values = {
        "engine": "rules",
        "engine_version": "1",
        "score": 0.9,
        "reasons": ["“said” after “officials”"],
        "start": start,
        "content": [[start, start + len(quote)]],
        "words": quote,
        "fingerprint": f"{next(_numbers):064}",
        "kind": "factual",
        "polarity": "asserts",
        "speech": "indirect",
        "source_name": "officials",
        "unnamed": True,
    }
    suggestion: Suggestion = Suggestion.objects.create(
        workspace_id=article.workspace_id, article=article, revision=revision, **values | fields
    )
    return suggestion


def a_training(workspace: Workspace, **fields: Any) -> Training:
    """One that is done, with a model that is kept."""
    values = {"number": next(_numbers), "state": "done", "model": b"model", "better": True}
    training: Training = Training.objects.create(workspace=workspace, **values | fields)
    return training


def a_figure(claim: Claim, **fields: Any) -> Figure:
    values = {"measure": Measure.KILLED.value, "low": 24, "as_stated": "dozens"}
    figure: Figure = Figure.objects.create(
        workspace_id=claim.workspace_id, claim=claim, **values | fields
    )
    return figure


def a_link(from_claim: Claim, relation: Relation, to_claim: Claim, **fields: Any) -> Link:
    """A link within the incident of `from_claim`."""
    values = {"incident_id": from_claim.incident_id, "annotator_id": from_claim.annotator_id}
    link: Link = Link.objects.create(
        workspace_id=from_claim.workspace_id,
        from_claim=from_claim,
        to_claim=to_claim,
        relation=relation.value,
        **values | fields,
    )
    return link


def a_filing(claim: Claim, position: Position, **fields: Any) -> Filing:
    """The claim holds the position fully, unless told otherwise."""
    filing: Filing = Filing.objects.create(
        workspace_id=claim.workspace_id,
        claim=claim,
        position=position,
        **{"annotator_id": claim.annotator_id} | fields,
    )
    return filing


def an_assessment(subject: Question | Incident, *changed_by: Change, **fields: Any) -> Assessment:
    """An unresolved verdict on a question or an incident; `changed_by` came after it."""
    values = {
        "verdict": Verdict.UNRESOLVED.value,
        "confidence": Confidence.LOW.value,
        "rationale": "Not enough is known.",
        subject._meta.model_name or "": subject,
    }
    if "reviewer" not in fields:
        fields["reviewer"] = a_user()
    assessment: Assessment = Assessment.objects.create(
        workspace_id=subject.workspace_id, **values | fields
    )
    for change in changed_by:
        AssessmentChange.objects.create(assessment=assessment, change=change)
    return assessment


def a_change(workspace: Workspace, **fields: Any) -> Change:
    values = {"user": a_user(), "action": "claim.edit", "summary": "edited a claim"}
    change: Change = Change.objects.create(workspace=workspace, **values | fields)
    return change


def a_comment(
    subject: Claim | Question | Incident | Article, text: str = "Look at this.", **fields: Any
) -> Comment:
    values = {"text": text, subject._meta.model_name or "": subject}
    if "author" not in fields:
        fields["author"] = a_user()
    comment: Comment = Comment.objects.create(workspace_id=subject.workspace_id, **values | fields)
    return comment


def a_rating(source: Source, **fields: Any) -> Rating:
    values = {
        "reliability": Reliability.B.value,
        "since": NOON.date(),
        "reason": "Right in most cases so far.",
    }
    if "rated_by" not in fields:
        fields["rated_by"] = a_user()
    rating: Rating = Rating.objects.create(
        workspace_id=source.workspace_id, source=source, **values | fields
    )
    return rating


def an_invitation(workspace: Workspace, **fields: Any) -> Invitation:
    """An open one, as an analyst, of an owner; nobody knows its secret."""
    if "made_by" not in fields:
        fields["made_by"] = a_membership(workspace, role=Role.OWNER).user
    over = timezone.now() + dt.timedelta(days=7)
    values = {"name": "Ben", "role": "analyst", "expires_at": over}
    values["secret_hash"] = f"{next(_numbers):064}"
    invitation: Invitation = Invitation.objects.create(workspace=workspace, **values | fields)
    return invitation


def a_webhook(workspace: Workspace, **fields: Any) -> Webhook:
    """One that is told of everything, at an address that nobody asks."""
    values = {"name": f"Webhook {next(_numbers)}", "url": "https://hooks.example.org/in"}
    if "made_by" not in fields:
        fields["made_by"] = a_user()
    webhook: Webhook = Webhook.objects.create(workspace=workspace, **values | fields)
    return webhook


def a_delivery(webhook: Webhook, **fields: Any) -> Delivery:
    """One that waits."""
    values = {"event": "webhook.test", "body": b'{"event":"webhook.test","data":{}}'}
    delivery: Delivery = Delivery.objects.create(
        workspace_id=webhook.workspace_id, webhook=webhook, **values | fields
    )
    return delivery
