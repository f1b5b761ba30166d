"""The addresses of the desk: the name of a route is the noun, then what is done with it."""

from __future__ import annotations

from django.urls import path

from claims.actions.topics import NOUNS
from claims.views import (
    account,
    annotate,
    article,
    assessment,
    change,
    claim,
    comment,
    export,
    filing,
    history,
    incident,
    link,
    member,
    question,
    review,
    side,
    source,
    workspace,
)

urlpatterns = [
    path("", account.home, name="home"),
    path("account/", account.account, name="account"),
    path("w/new/", account.new_workspace, name="workspace-new"),
    path("w/<slug:slug>/articles/", article.index, name="articles"),
    path("w/<slug:slug>/articles/new/", article.new, name="article-new"),
    path("w/<slug:slug>/articles/new/<uuid:uid>/", article.preview, name="article-preview"),
    path("w/<slug:slug>/articles/new/<uuid:uid>/drop/", article.drop, name="article-drop"),
    path("w/<slug:slug>/articles/<uuid:uid>/", annotate.show, name="article"),
    path("w/<slug:slug>/articles/<uuid:uid>/edit/", article.edit, name="article-edit"),
    path("w/<slug:slug>/articles/<uuid:uid>/delete/", article.delete, name="article-delete"),
    path("w/<slug:slug>/articles/<uuid:uid>/original/", article.original, name="article-original"),
    path("w/<slug:slug>/articles/<uuid:uid>/read/", annotate.read_paragraphs, name="article-read"),
    path("w/<slug:slug>/articles/<uuid:uid>/claims/new/", claim.new, name="claim-new"),
    path("w/<slug:slug>/claims/<uuid:uid>/", claim.show, name="claim"),
    path("w/<slug:slug>/claims/<uuid:uid>/edit/", claim.edit, name="claim-edit"),
    path("w/<slug:slug>/claims/<uuid:uid>/delete/", claim.delete, name="claim-delete"),
    path("w/<slug:slug>/claims/<uuid:uid>/spans/", claim.add_span, name="claim-span"),
    path("w/<slug:slug>/claims/<uuid:uid>/status/", claim.set_status, name="claim-status"),
    path("w/<slug:slug>/claims/<uuid:uid>/link/", link.new, name="link-new"),
    path("w/<slug:slug>/links/<uuid:uid>/edit/", link.edit, name="link-edit"),
    path("w/<slug:slug>/links/<uuid:uid>/delete/", link.delete, name="link-delete"),
    path("w/<slug:slug>/claims/<uuid:uid>/same/", link.same, name="claim-same"),
    path("w/<slug:slug>/claims/<uuid:uid>/file/", filing.new, name="filing-new"),
    path("w/<slug:slug>/filings/<uuid:uid>/edit/", filing.edit, name="filing-edit"),
    path("w/<slug:slug>/filings/<uuid:uid>/delete/", filing.delete, name="filing-delete"),
    path("w/<slug:slug>/incidents/", incident.index, name="incidents"),
    path("w/<slug:slug>/incidents/new/", incident.new, name="incident-new"),
    path("w/<slug:slug>/incidents/pick/", incident.pick, name="incident-pick"),
    path("w/<slug:slug>/incidents/<uuid:uid>/", incident.show, name="incident"),
    path("w/<slug:slug>/incidents/<uuid:uid>/brief/", incident.brief, name="incident-brief"),
    path("w/<slug:slug>/incidents/<uuid:uid>/edit/", incident.edit, name="incident-edit"),
    path("w/<slug:slug>/incidents/<uuid:uid>/delete/", incident.delete, name="incident-delete"),
    path("w/<slug:slug>/incidents/<uuid:uid>/questions/new/", question.new, name="question-new"),
    path("w/<slug:slug>/questions/<uuid:uid>/edit/", question.edit, name="question-edit"),
    path("w/<slug:slug>/questions/<uuid:uid>/delete/", question.delete, name="question-delete"),
    path(
        "w/<slug:slug>/questions/<uuid:uid>/answers/new/",
        question.new_position,
        name="position-new",
    ),
    path("w/<slug:slug>/answers/<uuid:uid>/edit/", question.edit_position, name="position-edit"),
    path(
        "w/<slug:slug>/answers/<uuid:uid>/delete/", question.delete_position, name="position-delete"
    ),
    path("w/<slug:slug>/questions/<uuid:uid>/file/", question.file_claims, name="question-file"),
    path(
        "w/<slug:slug>/questions/<uuid:uid>/verdict/",
        assessment.on_question,
        name="question-verdict",
    ),
    path(
        "w/<slug:slug>/incidents/<uuid:uid>/verdict/",
        assessment.on_incident,
        name="incident-verdict",
    ),
    path(
        "w/<slug:slug>/verdicts/<uuid:uid>/second/", assessment.ask_second, name="assessment-second"
    ),
    path(
        "w/<slug:slug>/verdicts/<uuid:uid>/withdraw/",
        assessment.withdraw,
        name="assessment-withdraw",
    ),
    path("w/<slug:slug>/claims/<uuid:uid>/comments/", comment.on_claim, name="claim-comment"),
    path(
        "w/<slug:slug>/questions/<uuid:uid>/comments/", comment.on_question, name="question-comment"
    ),
    path(
        "w/<slug:slug>/incidents/<uuid:uid>/comments/", comment.on_incident, name="incident-comment"
    ),
    path("w/<slug:slug>/articles/<uuid:uid>/comments/", comment.on_article, name="article-comment"),
    path("w/<slug:slug>/comments/<uuid:uid>/", comment.show, name="comment"),
    path("w/<slug:slug>/comments/<uuid:uid>/edit/", comment.edit, name="comment-edit"),
    path("w/<slug:slug>/comments/<uuid:uid>/delete/", comment.delete, name="comment-delete"),
    path("w/<slug:slug>/comments/<uuid:uid>/resolve/", comment.resolve, name="comment-resolve"),
    path("w/<slug:slug>/sources/", source.index, name="sources"),
    path("w/<slug:slug>/sources/new/", source.new, name="source-new"),
    path("w/<slug:slug>/sources/pick/", source.pick, name="source-pick"),
    path("w/<slug:slug>/sources/<uuid:uid>/", source.show, name="source"),
    path("w/<slug:slug>/sources/<uuid:uid>/edit/", source.edit, name="source-edit"),
    path("w/<slug:slug>/sources/<uuid:uid>/rate/", source.rate, name="source-rate"),
    path("w/<slug:slug>/sources/<uuid:uid>/delete/", source.delete, name="source-delete"),
    path("w/<slug:slug>/sides/", side.index, name="sides"),
    path("w/<slug:slug>/sides/new/", side.new, name="side-new"),
    path("w/<slug:slug>/sides/<uuid:uid>/edit/", side.edit, name="side-edit"),
    path("w/<slug:slug>/sides/<uuid:uid>/delete/", side.delete, name="side-delete"),
    path("w/<slug:slug>/review/", review.index, name="review"),
    path("w/<slug:slug>/review/approval/", review.approval, name="review-approval"),
    path("w/<slug:slug>/review/approval/decide/", review.decide, name="review-decide"),
    path("w/<slug:slug>/incidents/<uuid:uid>/assign/", review.assign, name="review-assign"),
    path("w/<slug:slug>/history/", history.index, name="history"),
    *(
        path(
            f"w/<slug:slug>/history/{noun}/<uuid:uid>/",
            history.of_object,
            {"noun": noun},
            name=f"{noun}-history",
        )
        for noun in NOUNS
    ),
    path("w/<slug:slug>/incidents/<uuid:uid>/as-of/", history.as_of, name="incident-as-of"),
    path("w/<slug:slug>/export/", export.index, name="export"),
    path("w/<slug:slug>/export/claims.csv", export.claims_csv, name="export-claims"),
    path("w/<slug:slug>/export/bundle.zip", export.bundle, name="export-bundle"),
    path("w/<slug:slug>/", workspace.show, name="workspace"),
    path("w/<slug:slug>/settings/", workspace.settings, name="settings"),
    path("w/<slug:slug>/members/", member.index, name="members"),
    path("w/<slug:slug>/members/<int:pk>/role/", member.set_role, name="member-role"),
    path("w/<slug:slug>/members/<int:pk>/remove/", member.remove, name="member-remove"),
    path("w/<slug:slug>/undo/", change.undo_latest, name="undo"),
    path("w/<slug:slug>/redo/", change.redo_latest, name="redo"),
    path("w/<slug:slug>/changes/<uuid:uid>/undo/", change.undo, name="change-undo"),
]
