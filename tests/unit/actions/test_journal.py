"""Every act is one Change that names who and when, with the rows as they were and are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from claims.actions import article as articles
from claims.actions import assessment as verdicts
from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import (
    imports,
    incident_merge,
    invitation,
    member,
    move,
    source,
    source_merge,
    split,
    suggestion,
    undo,
)
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import rating as ratings
from claims.actions import review as reviewing
from claims.actions import webhook as webhooks
from claims.actions.errors import Conflict
from claims.actions.import_formats import FORMATS
from claims.actions.incident import NewIncident
from claims.actions.journal import Act, Actor
from claims.actions.link import FilingInput
from claims.actions.review import Seen
from claims.actions.spans import SpanInput
from claims.models import (
    Article,
    Assessment,
    Change,
    Claim,
    Comment,
    Filing,
    Incident,
    Link,
    Membership,
    Position,
    Question,
    Revision,
    Side,
    Source,
    Suggestion,
    Webhook,
)
from claims.records import (
    ClaimKind,
    ClaimStatus,
    Confidence,
    Extent,
    Relation,
    Reliability,
    Role,
    SpanRole,
    Stance,
    Verdict,
)
from tests import factories

pytestmark = pytest.mark.django_db

SAID = SpanInput(SpanRole.CONTENT, 0, 8)
LATER = SpanInput(SpanRole.CONTENT, 13, 19)
ELSEWHERE = SpanInput(SpanRole.CONTENT, 42, 48)


@dataclass
class Scene:
    """A desk with one thing of each sort, and who acts at it."""

    actor: Actor
    article: Article
    revision: Revision
    incident: Incident
    question: Question
    position: Position
    claim: Claim
    other: Claim
    link: Link
    filing: Filing
    source: Source
    side: Side
    seat: Membership


@pytest.fixture
def scene() -> Scene:
    desk = factories.a_workspace()
    actor = Actor(desk, factories.a_membership(desk, factories.a_user("one"), Role.OWNER).user)
    article = factories.an_article(desk)
    incident = factories.an_incident(desk)
    question = factories.a_question(incident)
    position = factories.a_position(question)
    claim, other = (factories.a_claim(article, incident=incident) for _ in range(2))
    return Scene(
        actor,
        article,
        article.revisions.get(),
        incident,
        question,
        position,
        claim,
        other,
        factories.a_link(claim, Relation.CONTRADICTS, other),
        factories.a_filing(claim, position),
        factories.a_source(desk),
        factories.a_side(desk),
        factories.a_membership(desk),
    )


def bring_in(s: Scene) -> None:
    upload = articles.keep_upload(s.actor, "a.txt", "text/plain", b"Other words.")
    articles.freeze(s.actor, upload, "Other words.", "utf-8", {"title": "A"})


def bring_in_several(s: Scene) -> None:
    Membership.objects.get_or_create(
        workspace=s.actor.workspace, user=s.actor.user, defaults={"role": Role.ANALYST.value}
    )
    table = ContentFile(b"title,text,publisher\nA,Some words.,A new one\nB,Others.,\n", "a.csv")
    job = imports.receive(s.actor, FORMATS["articles-table"], table)
    imports.run_now(job)
    job.refresh_from_db()
    imports.accept(s.actor, job, leave_wrong_out=False)
    imports.run_now(job)


def empty_article(s: Scene) -> Article:
    return factories.an_article(s.actor.workspace, "An empty one.")


def empty_question(s: Scene) -> Question:
    return factories.a_question(s.incident)


def unread(s: Scene) -> None:
    s.revision.paragraphs_read.create(workspace=s.actor.workspace, number=1, read_by=s.actor.user)
    articles.mark_read(s.actor, s.revision, [1], read=False)


def unlinked(s: Scene) -> Claim:
    return factories.a_claim(s.article, incident=s.incident)


def own_verdict(s: Scene, **fields: Any) -> Assessment:
    return factories.an_assessment(s.question, reviewer=s.actor.user, **fields)


def own_comment(s: Scene, **fields: Any) -> Comment:
    return factories.a_comment(s.article, author=s.actor.user, **fields)


def remarked(s: Scene) -> Incident:
    """Another incident; of the first there are a comment and a verdict."""
    factories.a_comment(s.incident)
    factories.an_assessment(s.incident)
    return factories.an_incident(s.actor.workspace)


def rated(s: Scene) -> None:
    s.actor.workspace.uses_reliability = True
    ratings.rate(s.actor, s.source, Reliability.C, factories.NOON.date(), "So it was.")


def a_webhook(s: Scene) -> Webhook:
    return factories.a_webhook(s.actor.workspace)


# action -> what does it, and the models of the rows in its Change.
def joined(scene: Scene) -> None:
    """Takes the seat of a person who has none any more."""
    invited = factories.an_invitation(scene.actor.workspace)
    Membership.objects.filter(user=scene.actor.user).delete()
    invitation.join(invited, scene.actor.user)


def a_suggestion(scene: Scene) -> Suggestion:
    return factories.a_suggestion(scene.article, scene.revision.text.split("\n")[0])


ACTS: dict[str, tuple[Callable[[Scene], object], set[str]]] = {
    "article.create": (bring_in, {"article", "revision"}),
    "article.import": (bring_in_several, {"article", "revision", "source"}),
    "article.edit": (
        lambda s: articles.edit(s.actor, s.article, 1, {"title": "Other"}),
        {"article"},
    ),
    "article.delete": (lambda s: articles.delete(s.actor, empty_article(s), 1), {"article"}),
    "article.read": (
        lambda s: articles.mark_read(s.actor, s.revision, [1, 3]),
        {"paragraphread"},
    ),
    "article.unread": (unread, {"paragraphread"}),
    "claim.create": (
        lambda s: claims.create(
            s.actor,
            s.article,
            {"source": source.NewSource("a medic", named=False), "incident": s.incident},
            [SAID],
            figures=[{"measure": "killed", "low": 3}],
            filings=[FilingInput(s.position)],
            competes_with=[claims.LinkInput(s.claim.uid, Relation.CONTRADICTS)],
        ),
        {"claim", "source", "span", "figure", "filing", "link", "article"},
    ),
    "claim.edit": (
        lambda s: claims.edit(s.actor, s.claim, 1, {"note": "n"}, spans=[LATER]),
        {"claim", "span"},
    ),
    "claim.span": (lambda s: claims.add_span(s.actor, s.claim, 1, ELSEWHERE), {"span"}),
    "claim.delete": (
        lambda s: claims.delete(s.actor, s.claim, 1),
        {"claim", "link", "filing"},
    ),
    "claim.approved": (
        lambda s: claims.set_status(s.actor, s.claim, 1, ClaimStatus.APPROVED),
        {"claim"},
    ),
    "claim.sent_back": (
        lambda s: reviewing.send_back(s.actor, [Seen(s.claim, 1)], "@one, who was told?"),
        {"claim", "comment", "mention"},
    ),
    "claim.move": (
        lambda s: move.move(s.actor, [(s.claim.uid, 1)], None, consent=True),
        {"claim", "link", "filing"},
    ),
    "claim.restate": (
        lambda s: claims.restate(
            s.actor, factories.a_claim(s.article, source=s.claim.source), 1, s.claim.uid
        ),
        {"claim", "link", "filing"},
    ),
    "link.create": (
        lambda s: links.create(s.actor, unlinked(s).uid, s.claim.uid, Relation.CONTRADICTS),
        {"link"},
    ),
    "link.edit": (
        lambda s: links.edit(
            s.actor, s.link, 1, relation=Relation.CONTRADICTS, basis="cause", note="n"
        ),
        {"link"},
    ),
    "link.delete": (lambda s: links.delete(s.actor, s.link, 1), {"link"}),
    "filing.create": (
        lambda s: links.file(s.actor, s.other.uid, FilingInput(s.position)),
        {"filing"},
    ),
    "filing.edit": (
        lambda s: links.edit_filing(
            s.actor, s.filing, 1, stance=Stance.REJECTS, extent=Extent.IN_PART
        ),
        {"filing"},
    ),
    "filing.delete": (lambda s: links.delete_filing(s.actor, s.filing, 1), {"filing"}),
    "incident.create": (lambda s: incidents.create(s.actor, {"title": "New"}), {"incident"}),
    "incident.edit": (
        lambda s: incidents.edit(s.actor, s.incident, 1, {"title": "Other"}),
        {"incident"},
    ),
    "incident.assign": (
        lambda s: reviewing.assign(s.actor, s.incident, 1, to_me=True),
        {"incident"},
    ),
    "incident.merge": (
        lambda s: incident_merge.merge(s.actor, remarked(s), s.incident, (1, 1), consent=True),
        {"incident", "claim", "link", "question", "comment", "assessment"},
    ),
    "incident.split": (
        lambda s: split.split(s.actor, s.incident, 1, [(unlinked(s).uid, 1)], {"title": "New"}),
        {"incident", "claim"},
    ),
    "incident.delete": (
        lambda s: incidents.delete(s.actor, factories.an_incident(s.actor.workspace), 1),
        {"incident"},
    ),
    "question.create": (
        lambda s: incidents.add_question(s.actor, s.incident, {"text": "Why?"}, ["So"]),
        {"question", "position"},
    ),
    "question.edit": (
        lambda s: incidents.edit_question(s.actor, s.question, 1, {"is_key": True}),
        {"question"},
    ),
    "question.delete": (
        lambda s: incidents.delete_question(s.actor, empty_question(s), 1),
        {"question"},
    ),
    "position.create": (
        lambda s: incidents.add_position(s.actor, s.question, {"text": "So"}),
        {"position"},
    ),
    "position.edit": (
        lambda s: incidents.edit_position(s.actor, s.position, 1, {"competes": False}),
        {"position"},
    ),
    "position.delete": (
        lambda s: incidents.delete_position(s.actor, factories.a_position(s.question), 1),
        {"position"},
    ),
    "source.create": (
        lambda s: source.create(s.actor, {"name": "New"}, ["N"]),
        {"source", "alias"},
    ),
    "source.edit": (
        lambda s: source.edit(s.actor, s.source, 1, {"side": s.side}),
        {"source"},
    ),
    "source.merge": (
        lambda s: source_merge.merge(s.actor, s.source, s.claim.source, (1, 1), consent=True),
        {"source", "claim", "alias"},
    ),
    "source.delete": (lambda s: source.delete(s.actor, s.source, 1), {"source"}),
    "assessment.create": (
        lambda s: verdicts.record(
            s.actor,
            s.question,
            verdicts.Finding(
                Verdict.LEANS, Confidence.LOW, "So.", s.position, claims=(s.claim.uid,)
            ),
        ),
        {"assessment", "assessmentclaim"},
    ),
    "assessment.ask": (lambda s: verdicts.ask(s.actor, own_verdict(s)), {"assessment"}),
    "assessment.unask": (
        lambda s: verdicts.ask(s.actor, own_verdict(s, wants_second=True), wanted=False),
        {"assessment"},
    ),
    "assessment.withdraw": (lambda s: verdicts.withdraw(s.actor, own_verdict(s)), {"assessment"}),
    "comment.create": (
        lambda s: comments.create(s.actor, s.claim, "@one, is that so?"),
        {"comment", "mention"},
    ),
    "comment.edit": (
        lambda s: comments.edit(s.actor, own_comment(s), 1, "Never mind."),
        {"comment"},
    ),
    "comment.delete": (lambda s: comments.delete(s.actor, own_comment(s), 1), {"comment"}),
    "comment.resolve": (lambda s: comments.resolve(s.actor, own_comment(s), 1), {"comment"}),
    "comment.reopen": (
        lambda s: comments.resolve(
            s.actor,
            own_comment(s, resolved_at=factories.NOON, resolved_by=s.actor.user),
            1,
            resolved=False,
        ),
        {"comment"},
    ),
    "rating.create": (rated, {"rating"}),
    "side.save": (
        lambda s: source.save_side(s.actor, s.side, {"name": "Other", "color": 2}),
        {"side"},
    ),
    "side.delete": (lambda s: source.delete_side(s.actor, s.side), {"side"}),
    "workspace.create": (
        lambda s: member.create_workspace(s.actor.user, {"slug": "new-desk", "name": "New"}),
        {"workspace", "membership"},
    ),
    "workspace.edit": (
        lambda s: member.edit_workspace(s.actor, {"name": "Other"}),
        {"workspace"},
    ),
    "member.add": (lambda s: member.add(s.actor, "new", Role.VIEWER), {"membership"}),
    "member.invite": (
        lambda s: invitation.create(s.actor, "ben@example.org", Role.ANALYST),
        {"invitation"},
    ),
    "member.uninvite": (
        lambda s: invitation.revoke(s.actor, factories.an_invitation(s.actor.workspace)),
        {"invitation"},
    ),
    "member.join": (joined, {"membership"}),
    "member.role": (lambda s: member.set_role(s.actor, s.seat, Role.OWNER), {"membership"}),
    "member.remove": (lambda s: member.remove(s.actor, s.seat), {"membership"}),
    "suggestion.accept": (
        lambda s: suggestion.accept(s.actor, s.article, [a_suggestion(s)], s.incident),
        {"suggestion", "claim", "span", "source", "article"},
    ),
    "suggestion.dismiss": (
        lambda s: suggestion.dismiss(s.actor, a_suggestion(s)),
        {"suggestion"},
    ),
    "webhook.create": (
        lambda s: webhooks.create(s.actor, {"name": "Slack", "url": "https://x.example/"}),
        {"webhook"},
    ),
    "webhook.edit": (
        lambda s: webhooks.edit(s.actor, a_webhook(s), 1, {"url": "https://y.example/"}),
        {"webhook"},
    ),
    "webhook.delete": (lambda s: webhooks.delete(s.actor, a_webhook(s), 1), {"webhook"}),
}


@pytest.mark.parametrize("action", ACTS)
def test_an_act_writes_one_change_that_says_who_what_and_when(scene: Scene, action: str) -> None:
    act, models = ACTS[action]
    before = timezone.now()
    act(scene)
    change = Change.objects.get()
    assert change.action == action
    assert change.user == scene.actor.user
    assert before <= change.at <= timezone.now()
    assert change.summary
    assert {row.model for row in change.rows.all()} == models
    for row in change.rows.all():
        assert row.before != row.after
        assert row.workspace_id == change.workspace_id


@pytest.mark.parametrize("action", sorted(set(ACTS) - {"workspace.create"}))
def test_every_act_can_be_undone_and_done_again(scene: Scene, action: str) -> None:
    ACTS[action][0](scene)
    change = Change.objects.get()
    undone = undo.undo(scene.actor, change)
    redone = undo.undo(scene.actor, undone)
    undo.undo(scene.actor, redone)
    assert Change.objects.count() == 4


def test_rows_are_kept_as_they_were_and_as_they_are(scene: Scene) -> None:
    incidents.edit(scene.actor, scene.incident, 1, {"title": "Other", "place": "al-Qaim"})
    row = Change.objects.get().rows.get()
    assert row.before is not None
    assert row.after is not None
    changed = {name for name in row.before if row.before[name] != row.after[name]}
    assert changed == {"title", "place"}
    assert row.after["place"] == "al-Qaim"


def test_what_is_made_has_no_before_and_what_is_gone_no_after(scene: Scene) -> None:
    claims.edit(scene.actor, scene.claim, 1, {}, spans=[LATER])
    rows = Change.objects.get().rows.all()
    assert {(row.before is None, row.after is None) for row in rows} == {
        (True, False),
        (False, True),
    }


def test_an_edit_that_changes_nothing_leaves_no_change(scene: Scene) -> None:
    incidents.edit(scene.actor, scene.incident, 1, {"title": scene.incident.title})
    scene.incident.refresh_from_db()
    assert scene.incident.version == 1
    assert not Change.objects.exists()


def test_a_refused_act_leaves_nothing(scene: Scene) -> None:
    with pytest.raises(ValidationError):
        claims.create(
            scene.actor,
            scene.article,
            {"source": source.NewSource("a witness"), "incident": NewIncident("A new incident")},
            [SpanInput(SpanRole.CONTENT, 0, 10_000)],
        )
    assert not Change.objects.exists()
    assert not Source.objects.filter(name="a witness").exists()
    assert Incident.objects.count() == 1


def test_a_stale_act_is_refused_and_shows_what_is_there(scene: Scene) -> None:
    incidents.edit(scene.actor, scene.incident, 1, {"title": "First"})
    with pytest.raises(Conflict) as caught:
        incidents.edit(scene.actor, scene.incident, 1, {"title": "Second"})
    assert isinstance(caught.value.current, Incident)
    assert caught.value.current.title == "First"
    assert Change.objects.count() == 1


def test_an_error_while_states_are_refreshed_leaves_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(ids: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("claims.actions.state.refresh", fails)
    with (
        pytest.raises(RuntimeError),
        Act(scene.actor, "incident.edit", "edited") as act,
    ):
        act.edit(act.lock(scene.incident), title="Other")
    scene.incident.refresh_from_db()
    assert scene.incident.title != "Other"
    assert not Change.objects.exists()


def test_times_of_any_zone_are_the_same_time(scene: Scene) -> None:
    zone = dt.timezone(dt.timedelta(hours=3))
    noon = dt.datetime(2016, 12, 7, 12, tzinfo=zone)
    incidents.edit(scene.actor, scene.incident, 1, {"occurred_from": noon})
    undo.undo(scene.actor, Change.objects.get())
    scene.incident.refresh_from_db()
    assert scene.incident.occurred_from is None


def test_an_opinion_can_be_written_down(scene: Scene) -> None:
    claims.create(
        scene.actor,
        scene.article,
        {"source": scene.source, "kind": ClaimKind.EVALUATIVE.value},
        [SAID],
    )
    assert Claim.objects.filter(kind=ClaimKind.EVALUATIVE.value).exists()


def test_the_publisher_of_a_new_article_is_kept(scene: Scene) -> None:
    upload = articles.keep_upload(scene.actor, "a.txt", "text/plain", b"Other words.")
    paper = source.NewSource("The paper")
    made = articles.freeze(scene.actor, upload, "Other words.", "utf-8", {"title": "A"}, paper)
    made.refresh_from_db()
    assert made.publisher is not None
    assert made.publisher.name == "The paper"


def test_a_renamed_unnamed_source_moves_the_claims_without_an_incident(scene: Scene) -> None:
    medic = factories.a_source(scene.actor.workspace, name="a medic", article=scene.article)
    claim = claims.create(scene.actor, scene.article, {"source": medic}, [SAID])
    claim.refresh_from_db()
    assert claim.originator_article == scene.article
    source.edit(scene.actor, medic, 1, {"named": True, "article": None})
    claim.refresh_from_db()
    assert claim.originator_article is None
