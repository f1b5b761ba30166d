"""Comments: written, edited and deleted by their author, resolved by anybody who writes here."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.actions import rules
from claims.actions.attached import called
from claims.actions.journal import Act, Actor
from claims.models import Article, Claim, Comment, Incident, Mention, Question, User

Subject = Claim | Question | Incident | Article

# A user name may hold these; the end of a sentence, and the @ of an address, are no part of it.
_NAME = re.compile(r"(?<![\w.+-])@([\w.@+-]+)")
NOT_YOURS = "Only who wrote a comment changes it."


def create(actor: Actor, subject: Subject, text: str) -> Comment:
    """A comment on a claim, a question, an incident or an article of the desk."""
    with Act(actor, "comment.create", f"commented on the {called(subject)}") as act:
        return make(act, subject, text)


def make(act: Act, subject: Subject, text: str) -> Comment:
    """A new comment within an act."""
    comment = Comment(
        workspace=act.actor.workspace,
        text=text.strip(),
        author=act.actor.user,
        **{subject._meta.model_name or "": subject},
    )
    rules.check(comment)
    act.add(comment)
    _set_mentions(act, comment)
    return comment


def edit(actor: Actor, comment: Comment, version: int, text: str) -> Comment:
    """Other words for one's own comment. Raises Conflict when stale."""
    with Act(actor, "comment.edit", f"edited a comment on the {called(comment.about)}") as act:
        comment = _own(act, comment, version)
        act.edit(comment, text=text.strip())
        _set_mentions(act, comment)
    return comment


def delete(actor: Actor, comment: Comment, version: int) -> None:
    """Deletes one's own comment. Raises Conflict when stale."""
    with Act(actor, "comment.delete", f"deleted a comment on the {called(comment.about)}") as act:
        act.remove(_own(act, comment, version))


def resolve(actor: Actor, comment: Comment, version: int, *, resolved: bool = True) -> Comment:
    """Marks a comment as resolved, or opens it again. Raises Conflict when stale."""
    word = "resolved" if resolved else "opened again"
    action = "comment.resolve" if resolved else "comment.reopen"
    with Act(actor, action, f"{word}: a comment on the {called(comment.about)}") as act:
        comment = act.lock(comment, version)
        values: dict[str, Any] = {"resolved_at": None, "resolved_by": None}
        if resolved:
            values = {"resolved_at": timezone.now(), "resolved_by": actor.user}
        if resolved != bool(comment.resolved_at):
            act.edit(comment, **values)
    return comment


def named_in(actor: Actor, text: str) -> tuple[list[User], list[str]]:
    """The members whom a text names as @name, and the names that nobody at the desk has."""
    names = {name.rstrip(".@+-").casefold() or name for name in _NAME.findall(text)}
    seats = User.objects.filter(memberships__workspace=actor.workspace).order_by("id")
    members = {user.username.casefold(): user for user in seats} if names else {}
    found = [members[name] for name in sorted(names & members.keys())]
    return found, sorted(names - members.keys())


def _own(act: Act, comment: Comment, version: int) -> Comment:
    if comment.author_id != act.actor.user.pk:
        raise ValidationError(NOT_YOURS)
    return act.lock(comment, version)


def _set_mentions(act: Act, comment: Comment) -> None:
    wanted = {user.pk: user for user in named_in(act.actor, comment.text)[0]}
    for mention in comment.mentions.all():
        if wanted.pop(mention.user_id, None) is None:
            act.remove(mention)
    for user in wanted.values():
        act.add(Mention(workspace=comment.workspace, comment=comment, user=user))
