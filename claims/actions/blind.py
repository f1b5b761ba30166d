"""Who codes an article blind, and the end of it: by the reader, who submits, or by a reviewer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.actions.journal import Act, Actor
from claims.actions.member import lock_seats
from claims.models import Article, BlindReading, Membership, User
from claims.models.blind import blind_readers, newest_article


def set_readers(actor: Actor, article: Article, readers: Collection[User]) -> None:
    """From here on these work blind on the article, and nobody else does.

    For who did and does no more it has ended: they see all that is recorded there.
    """
    with Act(actor, "blind.set", f"said who reads “{article}” blind") as act:
        locked = act.lock(article)
        wanted = {reader.pk: reader for reader in readers}
        now = {reader.pk: reader for reader in blind_readers(locked)}
        for pk in wanted.keys() - now.keys():
            _set(act, locked, wanted[pk], blind=True)
        for pk in now.keys() - wanted.keys():
            _set(act, locked, now[pk], blind=False)
        names = ", ".join(sorted(str(reader) for reader in wanted.values())) or "nobody"
        act.sum_up(f"said who reads “{article}” blind: {names}")


def submit(actor: Actor, article: Article) -> None:
    """Ends the actor's own blind reading. Raises ValidationError when they have none."""
    with Act(actor, "blind.submit", f"submitted their reading of “{article}”") as act:
        locked = act.lock(article)
        if actor.user.pk not in {reader.pk for reader in blind_readers(locked)}:
            raise ValidationError("You do not work blind on this article.")
        _set(act, locked, actor.user, blind=False)


def _set(act: Act, article: Article, reader: User, *, blind: bool) -> None:
    """The article is locked, so that nobody makes a second row for the reader."""
    ended_at = None if blind else timezone.now()
    own = BlindReading.objects.kept().filter(article=article, reader=reader)
    if (row := own.select_for_update().first()) is None:
        row = BlindReading(workspace=article.workspace, article=article, reader=reader)
        row.ended_at = ended_at
        act.add(row)
    else:
        act.edit(row, ended_at=ended_at)


def set_default(actor: Actor, member: Membership, *, blind: bool) -> None:
    """Whether a member works blind on every article that comes in from here on."""
    words = "works blind on new articles" if blind else "no longer works blind on new articles"
    with Act(actor, "member.blind", f"said that {member.user} {words}") as act:
        for seat in lock_seats(actor):
            if seat.pk == member.pk and (seat.blind_after is not None) != blind:
                after: Any = newest_article(actor.workspace) if blind else None
                act.edit(seat, blind_after=after)


def own_claims(actor: Actor, article: Article) -> int:
    """How many claims the actor has made there, for the question whether that is all."""
    own = article.claims.kept().filter(annotator=actor.user)
    return int(own.count())
