"""Purges: what would put somebody at risk goes for good, and a tombstone stays.

Of a claim, an article, a comment and a source there stays a row that says nothing, since others
point at it; their parts go. The journal keeps its lines without what they said (`redacting.py`).
None of it can be undone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from claims import custody
from claims.actions import purge_rows, wiping
from claims.actions.errors import Conflict
from claims.actions.journal import Act, Actor
from claims.actions.purge_rows import Going
from claims.actions.redacting import GONE, Redaction
from claims.actions.rows import plain
from claims.actions.words_out import CUT, INSTEAD, Words, husk
from claims.models import (
    Article,
    ChangeTopic,
    Claim,
    Comment,
    Credit,
    Identity,
    Source,
    Suggestion,
    Tombstone,
    Upload,
)
from claims.models.base import Root
from claims.models.folding import folded
from claims.records import Removal

NOUNS = ("claim", "article", "source", "comment")
"""What can be purged by itself."""
TOLD_OF = {
    "claim": "claim span figure placement link filing comment mention",
    "article": "article revision paragraphread placement claim span figure link filing comment "
    "mention source alias rating",
    "source": "source alias rating",
    "comment": "comment mention",
}
"""The rows that the journal of a file may tell of each."""


def purge(actor: Actor, row: Root, version: int, reason: str, *, claims: bool = False) -> Tombstone:
    """Takes all that `row` says out of every table and out of the journal.

    `claims`: what a source has said goes too. Raises ValidationError where it was purged already
    or while an import is open, Conflict when stale.
    """
    noun = str(row._meta.model_name)
    with Act(actor, f"{noun}.purge", f"purged a {noun}") as act:
        act.lock_incidents(_incidents(purge_rows.of(row, claims=claims)))
        _current(row, version)
        if Tombstone.objects.filter(_about(row), kind=Removal.PURGED.value).exists():
            raise ValidationError(f"This {noun} was purged already.")
        going = purge_rows.of(row, claims=claims)
        identity = Identity.objects.filter(source__in=_ids(going, Source))
        names = [*purge_rows.names_of(going), *(name for one in identity for name in one.names)]
        texts = list(purge_rows.texts_of(going))
        hashes = _hashes(going)
        redaction = Redaction(actor.workspace)
        _out_of_the_journal(redaction, going, names, texts)
        redaction.of_things(
            {str(root.uid) for root in going.roots},
            frozenset(TOLD_OF["article" if noun == "source" and claims else noun].split()),
        )
        # Short words are said of much else.
        long = (text for text in texts if len(text) >= CUT)
        redaction.elsewhere(Words((*names, *long), GONE))
        identity.delete()
        act.incidents |= _incidents(going)
        act.claims |= set(_ids(going, Claim))
        for part in going.parts:
            _drop(act, part)
        # What names a source goes before it.
        for root in sorted(going.roots, key=lambda root: isinstance(root, Source)):
            _empty(act, root)
        _let_go(act, going)
        now = timezone.now()
        first, *others = [
            Tombstone(
                workspace=actor.workspace,
                kind=Removal.PURGED.value,
                noun=root._meta.model_name,
                object_id=root.pk,
                object_uid=root.uid,
                sha256=hashes[place],
                by=actor.user,
                at=now,
                reason=reason,
            )
            for place, root in sorted(enumerate(going.roots), key=lambda one: one[1] != row)
            if root._meta.model_name in NOUNS
        ]
        first.files = sorted(going.files)
        redaction.cover(first)
        for tombstone in (first, *others):
            act.add(tombstone)
        redaction.write(first)
        transaction.on_commit(lambda: wiping.wipe([first, *others]))
    return first


def tombstone_of(row: Root) -> Tombstone | None:
    """What stands where it was, if it was purged."""
    found: Tombstone | None = Tombstone.objects.filter(
        _about(row), kind=Removal.PURGED.value
    ).first()
    return found


def _about(row: Root) -> Q:
    return Q(workspace=row.workspace_id, object_uid=row.uid)


def _current(row: Root, version: int) -> None:
    """Locks the row, deleted or not. Raises Conflict when it has another version."""
    current: Any = type(row).objects.select_for_update().get(pk=row.pk)
    if current.version != version:
        raise Conflict(current)


def _ids(going: Going, model: type[Root]) -> list[int]:
    return [row.pk for row in going.roots if isinstance(row, model)]


def _incidents(going: Going) -> set[Any]:
    return {row.incident_id for row in going.roots if isinstance(row, Claim)} - {None}


def _hashes(going: Going) -> dict[int, str]:
    """Over each root and its parts as they were, texts included, by the root's place."""
    parts: defaultdict[tuple[str, int], list[models.Model]] = defaultdict(list)
    for part in going.parts:
        for noun in ("claim", "source", "article"):
            if pk := getattr(part, f"{noun}_id", None):
                parts[noun, pk].append(part)
    found = {}
    for place, root in enumerate(going.roots):
        rows = [root, *parts[str(root._meta.model_name), root.pk]]
        told = [_told(row) for row in rows]
        found[place] = hashlib.sha256(custody.canonical(told)).hexdigest()
    return found


def _told(row: models.Model) -> list[Any]:
    if isinstance(row, Suggestion):
        return ["suggestion", row.pk, row.words]
    if isinstance(row, Upload):
        return ["upload", row.pk, hashlib.sha256(row.content).hexdigest()]
    return [row._meta.model_name, row.pk, plain(row), getattr(row, "text", "")]


def _out_of_the_journal(
    redaction: Redaction, going: Going, names: list[str], texts: list[str]
) -> None:
    for lines in going.lines:
        redaction.lines(lines, lambda name, data: husk(apps.get_model("claims", name), data))
    topics = Q(pk__in=[])
    for root in going.roots:
        if root._meta.model_name in ("claim", "article", "source"):
            topics |= Q(noun=root._meta.model_name, object_id=root.pk)
        elif isinstance(root, Comment):
            topics |= _of_comment(root)
    acts = ChangeTopic.objects.filter(topics, workspace=redaction.desk)
    pks = set(acts.values_list("change_id", flat=True))
    redaction.acts(sorted(pks), Words((*names, *texts), GONE), cut=True)
    redaction.all_acts(Words(names, GONE))


def _of_comment(comment: Comment) -> Q:
    found = Q(pk__in=[])
    for noun in ("claim", "question", "incident", "article"):
        if pk := getattr(comment, f"{noun}_id"):
            found |= Q(noun=noun, object_id=pk)
    return found


def _drop(act: Act, part: models.Model) -> None:
    """Deletes a part; the journal says that it went, and nothing of what it said."""
    if isinstance(part, (Upload, Suggestion)):
        part.delete()
        return
    before = husk(type(part), plain(part))
    pk = part.pk
    part.delete()
    part.pk = pk
    act.record(part, before, None)


def _empty(act: Act, root: Root) -> None:
    """The row says nothing any more, and is deleted if nothing has to point at it."""
    model: Any = type(root)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    left = {name: fields[name].to_python(value) for name, value in husk(model, plain(root)).items()}
    if isinstance(root, Source):
        left["name_folded"] = folded(INSTEAD["source", "name"])
    Credit.objects.filter(noun=root._meta.model_name, object_id=root.pk).delete()
    stays = root.deleted_at is not None or (isinstance(root, Source) and _is_named(root))
    # In one statement: a link that is kept and blank could be the same as another.
    gone = root.deleted_at if stays else timezone.now()
    left |= {"deleted_at": gone, "updated_at": timezone.now()}
    model.objects.filter(pk=root.pk).update(**left, version=F("version") + 1)
    root.refresh_from_db()
    if not stays:
        act.record(root, plain(root) | {"deleted_at": None}, plain(root))
    act.searched.note(root)
    topic = (str(root._meta.model_name), root.pk)
    if topic[0] in ("claim", "article", "source"):
        act.topics[topic] += 1


def _is_named(source: Source) -> bool:
    """Whether something that is kept names the source."""
    ways = Q(source=source) | Q(via=source) | Q(accused=source)
    return (
        Claim.objects.kept().filter(ways).exists()
        or Article.objects.kept().filter(publisher=source).exists()
        or source.affiliates.kept().exists()
    )


def _let_go(act: Act, going: Going) -> None:
    """What was kept beside the row: an article that republishes one that is purged."""
    for other in Article.objects.filter(republishes__in=_ids(going, Article)):
        act.edit(act.lock(other) if other.deleted_at is None else other, republishes=None)
