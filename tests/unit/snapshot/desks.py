"""A desk with something in every column and every table, and one with nothing in common."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import zipfile
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction

from claims.actions import state
from claims.exporters import bundle as bundles
from claims.exporters import claims_csv
from claims.models import (
    Alias,
    Article,
    Assessment,
    AssessmentClaim,
    Claim,
    Incident,
    Mention,
    ParagraphRead,
    Position,
    Question,
    Side,
    Source,
    User,
    Workspace,
)
from claims.records import (
    ArticleType,
    Basis,
    ClaimStatus,
    Confidence,
    Extent,
    KnowsBy,
    Likelihood,
    Polarity,
    Relation,
    SourceKind,
    SpanRole,
    Speech,
    Stance,
    Verdict,
)
from claims.snapshot import Filters, Selection, bundle, claim_rows, reading
from tests import factories

FIRST = (
    "The command said 👨‍👩‍👧 on Thursday: “a car bomb\nwent off”, it said, and\u00a0not a strike.\n"
    "A medic told us that dozens were killed."
)
SECOND = "=SUM(A1) is what the page begins with.\nقال شهود إن الطائرات قصفت السوق."


class Desk(NamedTuple):
    workspace: Workspace
    analyst: User
    side: Side
    command: Source
    medic: Source
    wire: Source
    first: Article
    second: Article
    raid: Incident
    strike: Incident
    question: Question
    bomb: Position
    strike_answer: Position
    denial: Claim
    medic_says: Claim
    wire_says: Claim
    demand: Claim
    first_verdict: Assessment
    second_verdict: Assessment


def a_desk(slug: str = "anbar") -> Desk:  # noqa: PLR0915 - something in every table
    """Four claims on two articles; the command and the wire dispute what caused a blast."""
    desk = factories.a_workspace(slug=slug, name=f"The desk {slug}")
    analyst = factories.a_user(f"{slug}-analyst", first_name="Nour", last_name="Haddad")
    reviewer = factories.a_user(f"{slug}-reviewer")
    side = factories.a_side(desk, name="Government")
    state_ = factories.a_source(desk, name="Government of Iraq", kind=SourceKind.STATE_BODY.value)
    command = factories.a_source(
        desk,
        name="Joint Command",
        kind=SourceKind.STATE_BODY.value,
        side=side,
        affiliation=state_,
    )
    for name in ("zz", "JOC", "a", "É"):
        Alias.objects.create(workspace=desk, source=command, name=name)
    wire = factories.a_source(desk, name="-Wire", kind=SourceKind.MEDIA.value)
    first = factories.an_article(
        desk,
        FIRST,
        title="Blast at the market",
        type=ArticleType.STATEMENT.value,
        publisher=wire,
        byline="A. Writer",
        url="https://example.org/a?x=1",
        archive_url="https://example.org/archived",
        published_on=dt.date(2016, 12, 8),
        language="en",
        assignee=analyst,
    )
    second = factories.an_article(
        desk, SECOND, title="=Second", republishes=first, published_on=dt.date(2016, 12, 10)
    )
    medic = factories.a_source(desk, name="a medic", article=first)
    upload = first.revisions.get()
    content = b"<html>\0\xff" * 20_000
    upload.original.save("page.HTML", ContentFile(content), save=False)
    upload.original_sha256 = hashlib.sha256(content).hexdigest()
    upload.original_name = "page.HTML"
    upload.save()
    for number in (2, 1):
        ParagraphRead.objects.create(
            workspace=desk, revision=upload, number=number, read_by=analyst
        )
    raid = factories.an_incident(desk, code="IQ-20161207-01", title="Raid")
    strike = factories.an_incident(
        desk,
        code="IQ-20161207-02",
        title="Second strike",
        occurred_from=dt.datetime(2016, 12, 7, tzinfo=dt.UTC),
        place="al-Qa'im",
        latitude="34.370000",
        longitude="-41",
        parent=raid,
        assignee=reviewer,
    )
    question = factories.a_question(strike, text="What caused the blast?", is_key=True)
    bomb = factories.a_position(question, text="Car bomb")
    strike_answer = factories.a_position(question, text="Air strike", order=1)
    denial = factories.a_claim(
        first,
        "a car bomb\nwent off",
        source=command,
        via=wire,
        accused=medic,
        incident=strike,
        annotator=analyst,
        approver=reviewer,
        status=ClaimStatus.APPROVED.value,
        polarity=Polarity.DENIES.value,
        speech=Speech.MIXED.value,
        knows_by=KnowsBy.TOLD.value,
        said_from=dt.date(2016, 12, 8),
        said_to=dt.date(2016, 12, 9),
        said_as_stated="on Thursday",
        paraphrase="It was a car bomb.",
        translation="كانت سيارة مفخخة",
        note="+ a note",
    )
    factories.a_span(denial, "not a strike")
    factories.a_span(denial, "The command", SpanRole.SOURCE)
    factories.a_span(denial, "said", SpanRole.CUE)
    medic_says = factories.a_claim(
        first, "dozens were killed", source=medic, incident=strike, annotator=analyst
    )
    factories.a_figure(medic_says, order=1, as_stated="none", low=0, high=0)
    factories.a_figure(medic_says)
    wire_says = factories.a_claim(
        second, "الطائرات قصفت السوق", source=wire, incident=strike, annotator=analyst
    )
    demand = factories.a_claim(
        second,
        "=SUM(A1)",
        source=wire,
        annotator=analyst,
        kind="demand",
        status=ClaimStatus.DRAFT.value,
    )
    factories.a_filing(denial, bomb)
    factories.a_filing(
        denial, strike_answer, stance=Stance.REJECTS.value, extent=Extent.IN_PART.value
    )
    factories.a_filing(wire_says, strike_answer)
    factories.a_link(wire_says, Relation.CONTRADICTS, denial, basis=Basis.CAUSE.value, note="both")
    factories.a_link(medic_says, Relation.UNDERCUTS, denial)
    first_verdict = factories.an_assessment(
        question,
        factories.a_change(desk),
        reviewer=analyst,
        verdict=Verdict.LEANS.value,
        position=strike_answer,
        likelihood=Likelihood.LIKELY.value,
        confidence=Confidence.MODERATE.value,
        rationale="=because",
        wants_second=True,
        supersedes=factories.an_assessment(question, reviewer=analyst),
    )
    for claim in (wire_says, denial):
        AssessmentClaim.objects.create(workspace=desk, assessment=first_verdict, claim=claim)
    second_verdict = factories.an_assessment(
        question, reviewer=reviewer, second_of=first_verdict, agrees=False, blind=True
    )
    factories.an_assessment(
        raid, reviewer=reviewer, withdrawn_at=factories.NOON, withdrawn_by=analyst
    )
    comment = factories.a_comment(denial, "@both,\nis that so?", author=analyst)
    for user in (analyst, reviewer):
        Mention.objects.create(workspace=desk, comment=comment, user=user)
    factories.a_comment(question, resolved_at=factories.NOON, resolved_by=reviewer)
    factories.a_comment(strike)
    factories.a_comment(first)
    factories.a_rating(command, rated_by=analyst)
    with transaction.atomic():
        state.refresh([raid.pk, strike.pk])
        state.refresh_claims([demand.pk])
    for claim in (denial, medic_says, wire_says, demand):
        claim.refresh_from_db()
    return Desk(
        desk, analyst, side, command, medic, wire, first, second, raid, strike,
        question, bomb, strike_answer, denial, medic_says, wire_says, demand,
        first_verdict, second_verdict,
    )  # fmt: skip


def permalink(uid: str) -> str:
    return f"https://desk.example/{uid}"


def csv_bytes(workspace: Workspace, blind: User | None = None, **filters: Any) -> bytes:
    with reading() as reader:
        chosen = Selection(workspace, Filters(**filters), blind=blind)
        rows = claim_rows(reader, chosen, permalink)
        return b"".join(claims_csv.write(rows))


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """The cells as they stand in the file, by column."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def claims_of(workspace: Workspace, **filters: Any) -> list[str]:
    """The uids of the exported claims, in their order."""
    return [row["claim_id"] for row in csv_rows(csv_bytes(workspace, **filters))]


def zip_bytes(workspace: Workspace, blind: User | None = None, **filters: Any) -> bytes:
    with reading() as reader:
        chosen = Selection(workspace, Filters(**filters), blind=blind)
        return b"".join(bundles.write(bundle(reader, chosen)))


def unzipped(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(f"{name}.csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
