"""Every permission, as one table: the least role, and the sentence that says why.

A person who is not a member of a workspace is told that nothing is there (404); a member
without the right is told so (403). Each role includes the ones before it.
"""

from __future__ import annotations

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from claims.models import Membership, User, Workspace
from claims.records import Role

SECOND_FACTORS = Authenticator.objects.filter(
    type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
)
RANK = {role: rank for rank, role in enumerate(Role)}


class Rule(NamedTuple):
    """The least role that may do it, and the policy in a sentence."""

    least: Role
    says: str


RULES = {
    "read": Rule(Role.VIEWER, "Every member reads all of the desk's work."),
    "export": Rule(Role.VIEWER, "Who may read it may take it along."),
    "article.write": Rule(Role.ANALYST, "Analysts bring articles in and keep their details right."),
    "claim.write": Rule(Role.ANALYST, "Analysts make, edit, link, file and delete claims."),
    "blind.set": Rule(
        Role.REVIEWER, "Reviewers say who reads an article blind, and end or reopen that."
    ),
    "claim.approve": Rule(Role.REVIEWER, "A second pair of eyes approves a claim."),
    "suggestions.learn": Rule(
        Role.REVIEWER,
        "Reviewers say when the machine learns from what is approved, and reads all again.",
    ),
    "incident.write": Rule(Role.ANALYST, "Analysts keep incidents, questions and answers."),
    "assess": Rule(Role.REVIEWER, "Reviewers decide; nobody seconds their own verdict."),
    "comment.write": Rule(
        Role.ANALYST, "Analysts comment, and resolve comments; each edits only their own."
    ),
    "source.rate": Rule(
        Role.ANALYST, "Analysts rate sources with a date and a reason, where the desk uses it."
    ),
    "incident.merge": Rule(Role.REVIEWER, "Reviewers merge and split incidents."),
    "source.merge": Rule(Role.REVIEWER, "Reviewers say that two sources are one."),
    "source.write": Rule(Role.ANALYST, "Analysts keep sources, their names and their sides."),
    "search.keep": Rule(Role.VIEWER, "Everybody keeps searches of their own, seen by nobody else."),
    "undo.own": Rule(Role.ANALYST, "Everybody who may write undoes what they did."),
    "undo.any": Rule(Role.REVIEWER, "Reviewers undo what anybody did."),
    "members": Rule(Role.OWNER, "Owners say who sits at the desk, and as what."),
    "settings": Rule(Role.OWNER, "Owners name the desk and set its conventions."),
    "custody": Rule(
        Role.OWNER, "Owners keep the head of the journal's chain elsewhere, to check it by."
    ),
    "source.protect": Rule(
        Role.OWNER, "Owners say whose real name is kept from everybody else, and read it."
    ),
    "purge": Rule(
        Role.OWNER, "Owners purge what puts somebody at risk: for good, with a reason that stays."
    ),
    "webhooks": Rule(
        Role.OWNER, "Owners say which addresses elsewhere are told what happens at the desk."
    ),
}


class NeedsSecondFactor(PermissionDenied):
    """The desk asks for a second factor, and the person has none."""


def check_factor(user: User, workspace: Workspace) -> None:
    """Raises NeedsSecondFactor where the desk asks for what the person hasn't set up."""
    if workspace.requires_second_factor and not has_second_factor(user):
        raise NeedsSecondFactor(
            f"{workspace} asks for a second factor: set one up under “Account and keys”."
        )


def has_second_factor(user: User) -> bool:
    """Whether the person has a passkey or an app for codes; sign-in then asks for it."""
    return bool(SECOND_FACTORS.filter(user=user).exists())


def allows(role: Role, what: str) -> bool:
    """Whether `role` may do `what`, a key of `RULES`."""
    return RANK[role] >= RANK[RULES[what].least]


def role_of(user: User, workspace: Workspace) -> Role | None:
    """The role of `user` at this desk; none for an outsider."""
    found = Membership.objects.filter(workspace=workspace, user=user).values_list("role", flat=True)
    role = found.first()
    return Role(role) if role else None
