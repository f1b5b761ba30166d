"""The tables, in the order in which they depend on one another."""

from __future__ import annotations

from claims.models.user import User
from claims.models.workspace import Membership, Workspace
from claims.models.source import Alias, Side, Source  # isort: skip
from claims.models.article import Article, ParagraphRead, Revision, Upload  # isort: skip
from claims.models.incident import Incident, Position, Question  # isort: skip
from claims.models.claim import Claim, Figure, Span  # isort: skip
from claims.models.placement import Placement  # isort: skip
from claims.models.blind import BlindReading  # isort: skip
from claims.models.link import Filing, Link  # isort: skip
from claims.models.seal import Seal  # isort: skip
from claims.models.change import Change, ChangeRow, ChangeTopic  # isort: skip
from claims.models.tombstone import Emptied, Tombstone  # isort: skip
from claims.models.identity import Identity  # isort: skip
from claims.models.past import Chronicle, PastChange, PastRow, PastTopic  # isort: skip
from claims.models.imports import Import, Staged  # isort: skip
from claims.models.rating import Rating  # isort: skip
from claims.models.assessment import Assessment, AssessmentChange, AssessmentClaim  # isort: skip
from claims.models.comment import Comment, Mention  # isort: skip
from claims.models.credit import Credit  # isort: skip
from claims.models.allowance import Allowance  # isort: skip
from claims.models.invitation import Invitation  # isort: skip
from claims.models.token import Token  # isort: skip
from claims.models.receipt import Receipt  # isort: skip
from claims.models.search import SavedSearch, SearchDocument  # isort: skip
from claims.models.proposal import Dismissal, TextPrint  # isort: skip
from claims.models.webhook import Delivery, Webhook  # isort: skip
from claims.models.suggestion import Suggestion, ToRead, Training  # isort: skip
from claims.models.sight import Sight  # isort: skip

__all__ = [
    "Alias",
    "Allowance",
    "Article",
    "Assessment",
    "AssessmentChange",
    "AssessmentClaim",
    "BlindReading",
    "Change",
    "ChangeRow",
    "ChangeTopic",
    "Chronicle",
    "Claim",
    "Comment",
    "Credit",
    "Delivery",
    "Dismissal",
    "Emptied",
    "Figure",
    "Filing",
    "Identity",
    "Import",
    "Incident",
    "Invitation",
    "Link",
    "Membership",
    "Mention",
    "ParagraphRead",
    "PastChange",
    "PastRow",
    "PastTopic",
    "Placement",
    "Position",
    "Question",
    "Rating",
    "Receipt",
    "Revision",
    "SavedSearch",
    "Seal",
    "SearchDocument",
    "Side",
    "Sight",
    "Source",
    "Span",
    "Staged",
    "Suggestion",
    "TextPrint",
    "ToRead",
    "Token",
    "Tombstone",
    "Training",
    "Upload",
    "User",
    "Webhook",
    "Workspace",
]
