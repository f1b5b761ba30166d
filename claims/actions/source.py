"""Sources: made in place while annotating, or kept on their own pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.actions import rules, state
from claims.actions.errors import Conflict
from claims.actions.journal import Act, Actor
from claims.actions.rows import plain
from claims.models import Alias, Article, Side, Source
from claims.models.folding import folded
from claims.records import SourceKind


class NewSource(NamedTuple):
    """A source to be made in place; unnamed ones ("a medic") stay with their article."""

    name: str
    named: bool = True
    kind: SourceKind = SourceKind.OTHER


def settle(act: Act, source: Source | NewSource | None, article: Article) -> Source | None:
    """The row for a source that is picked or to be made. An unnamed one is made once an article."""
    if not isinstance(source, NewSource):
        return source
    name = source.name.strip()
    if not name:
        raise ValidationError({"source": "Say who says it."})
    if not source.named:
        same = Source.objects.within(act.actor.workspace).kept()
        found: Source | None = same.filter(
            named=False, article=article, name_folded=folded(name)[:200]
        ).first()
        if found:
            return found
    return act.add(
        Source(
            workspace=act.actor.workspace,
            name=name,
            kind=source.kind,
            named=source.named,
            article=None if source.named else article,
        )
    )


def create(actor: Actor, values: dict[str, Any], aliases: Sequence[str] = ()) -> Source:
    """A named source with its aliases."""
    with Act(actor, "source.create", f"added the source {values['name']}") as act:
        _hold_side(values.get("side"))
        source = act.add(Source(workspace=actor.workspace, **values))
        _set_aliases(act, source, aliases)
    return source


def edit(
    actor: Actor,
    source: Source,
    version: int,
    values: dict[str, Any],
    aliases: Sequence[str] | None = None,
) -> Source:
    """Sets details and, when given, the whole list of aliases. Raises Conflict when stale.

    A name that is given up stays as an alias: articles go on using it.
    """
    with Act(actor, "source.edit", f"edited the source {source.name}") as act:
        act.lock_incidents(state.incidents_of_sources([source.pk]))
        source = act.lock(source, version)
        _hold_side(values.get("side"))
        _no_circle(source, values.get("affiliation"))
        old = source.name
        changed = act.edit(source, **values)
        if source.named and folded(old) != folded(source.name):
            known = source.aliases.values_list("name", flat=True)
            aliases = [*(known if aliases is None else aliases), old]
        if aliases is not None and _set_aliases(act, source, aliases) and not changed:
            act.bump(source)
            source.save()
    return source


def _hold_side(side: Side | None) -> None:
    """Nobody deletes it until the act ends. Raises ValidationError where somebody has.

    A side is deleted for good, and PostgreSQL says only at the end that a row names what is gone.
    """
    if side and Side.objects.select_for_update(no_key=True).filter(pk=side.pk).first() is None:
        raise ValidationError({"side": "Somebody has just deleted this side."})


def delete(actor: Actor, source: Source, version: int) -> None:
    """Deletes a source that nothing names any more (else ValidationError)."""
    with Act(actor, "source.delete", f"deleted the source {source.name}") as act:
        source = act.lock(source, version)
        act.remove(source)
        rules.check(source)


def side_seal(side: Side) -> str:
    """A short print of a side as it is, in the place of a version."""
    return hashlib.sha256(json.dumps(plain(side)).encode()).hexdigest()[:16]


def _locked_side(side: Side, seal: str | None) -> Side:
    """Raises Conflict when it is gone, or no longer as `seal` says."""
    current: Side | None = Side.objects.select_for_update().filter(pk=side.pk).first()
    if current is None or (seal is not None and seal != side_seal(current)):
        raise Conflict(current or side)
    return current


def save_side(actor: Actor, side: Side, values: dict[str, Any], *, seal: str | None = None) -> Side:
    """Makes or edits a side. Raises ValidationError when another has its name.

    Raises Conflict when it is gone, or no longer as the `seal` says that the caller started from.
    """
    word = "edited" if side.pk else "added"
    with Act(actor, "side.save", f"{word} the side {values['name']}") as act:
        twins = Side.objects.within(actor.workspace).filter(name=values["name"])
        if twins.exclude(pk=side.pk).exists():
            raise ValidationError({"name": "Another side has this name."})
        if side.pk:
            side = _locked_side(side, seal)
        try:
            with transaction.atomic():
                if side.pk:
                    act.edit(side, **values)
                else:
                    side = act.add(Side(workspace=actor.workspace, **values))
        except IntegrityError as error:
            raise ValidationError({"name": "Another side has just taken this name."}) from error
    return side


def delete_side(actor: Actor, side: Side, *, seal: str | None = None) -> None:
    """Deletes a side that no source is on (else ValidationError). Conflict as for `save_side`."""
    with Act(actor, "side.delete", f"deleted the side {side.name}") as act:
        side = _locked_side(side, seal)
        if side.sources.exists():
            raise ValidationError(f"Sources are on the side “{side}”: move them first.")
        act.remove(side)


def _set_aliases(act: Act, source: Source, names: Sequence[str]) -> bool:
    wanted = {folded(name): name.strip() for name in names if name.strip()}
    changed = False
    for alias in source.aliases.all():
        if wanted.pop(alias.name_folded, None) is None:
            act.remove(alias)
            changed = True
    for name in wanted.values():
        act.add(Alias(workspace=source.workspace, source=source, name=name))
        changed = True
    return changed


def _no_circle(source: Source, affiliation: Source | None) -> None:
    seen = {source.pk}
    while affiliation is not None:
        if affiliation.pk in seen:
            raise ValidationError(
                {"affiliation": f"{source} would belong to itself, by way of others."}
            )
        seen.add(affiliation.pk)
        affiliation = affiliation.affiliation
