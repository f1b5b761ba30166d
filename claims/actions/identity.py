"""Protected sources: a pseudonym everywhere, and the real name on one page, for owners.

The name goes out of the source's row before anything is journalled, so that no line can hold it,
and out of what was journalled before. Nothing of this can be undone: an undo would need the name in
the journal. A protection that was a mistake is lifted, which is an act of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.actions import state, wiping
from claims.actions.journal import Act, Actor
from claims.actions.redacting import Redaction
from claims.actions.rows import plain, to_json
from claims.actions.words_out import Words
from claims.models import (
    Alias,
    Article,
    Assessment,
    Change,
    ChangeRow,
    ChangeTopic,
    Claim,
    Comment,
    Identity,
    Incident,
    Position,
    Question,
    Revision,
    Source,
    Span,
    Suggestion,
    Tombstone,
    Workspace,
)
from claims.models.folding import folded
from claims.records import LocationPrecision, Removal

WITHHELD = "withheld"
READ, PROTECT = "source.identity", "source.protect"
ALREADY = "It is protected already."
PLACES = ("place", "latitude", "longitude", "location_precision")


def suggested(source: Source) -> str:
    """`Witness 3`: the first number that no source of the desk has, deleted ones included."""
    names = Source.objects.within(source.workspace).filter(name__startswith="Witness ")
    taken = {int(hit[1]) for name in names.values_list("name", flat=True) if (hit := _NUMBER(name))}
    return f"Witness {next(n for n in range(1, len(taken) + 2) if n not in taken)}"


_NUMBER = re.compile(r"Witness ([0-9]{1,9})").fullmatch


def protect(
    actor: Actor,
    source: Source,
    version: int,
    pseudonym: str,
    reason: str,
    incidents: Sequence[Incident] = (),
) -> Source:
    """The source is called `pseudonym` from now on, and ever was; the place of `incidents` blurs.

    Raises ValidationError where it is protected already, where the new name has the old one in it,
    or while an import is open; Conflict when stale.
    """
    pseudonym = pseudonym.strip()
    with Act(actor, PROTECT, f"protected the source {pseudonym}") as act:
        act.lock_incidents(
            [*state.incidents_of_sources([source.pk]), *(one.pk for one in incidents)]
        )
        source = act.lock(source, version)
        if source.protected:
            raise ValidationError(ALREADY)
        names = _names(source)
        if any(folded(name) in folded(pseudonym) for name in names):
            raise ValidationError(
                {"pseudonym": "The real name, or another of its names, is in it."}
            )
        redaction = Redaction(actor.workspace)
        identity = Identity(
            workspace=actor.workspace,
            source=source,
            name=source.name,
            aliases=[alias.name for alias in source.aliases.all()],
            note=source.note,
            places={
                str(one.uid): {p: to_json(getattr(one, p)) for p in PLACES} for one in incidents
            },
        )
        identity.save()
        _hide(act, redaction, source, names, pseudonym)
        for incident in incidents:
            _blur(act, redaction, incident)
        source.refresh_from_db()
        act.edit(source, protected=True)
        tombstone = Tombstone(
            workspace=actor.workspace,
            kind=Removal.WITHHELD.value,
            noun="source",
            object_id=source.pk,
            object_uid=source.uid,
            by=actor.user,
            at=timezone.now(),
            reason=reason,
        )
        redaction.cover(tombstone)
        act.add(tombstone)
        redaction.write(tombstone)
        transaction.on_commit(lambda: wiping.wipe([tombstone]))
    return source


def _names(source: Source) -> set[str]:
    """All that it is called, and ever was, as far as the journal tells."""
    names = {source.name, *source.aliases.values_list("name", flat=True)}
    for line in ChangeRow.objects.filter(_lines_of([source.pk])):
        for data in (line.before, line.after):
            if data and (line.model == "source" or data["source_id"] == source.pk):
                names.add(data["name"])
    return {name for name in names if name.strip()} - {WITHHELD}


def _lines_of(sources: Iterable[int]) -> Q:
    """The lines about these sources and their other names."""
    ids = list(sources)
    acts = ChangeTopic.objects.filter(noun="source", object_id__in=ids).values("change")
    aliases = Q(change__in=acts, model="alias")
    return Q(model="source", object_id__in=ids) | aliases & (
        Q(before__source_id__in=ids) | Q(after__source_id__in=ids)
    )


def _hide(act: Act, redaction: Redaction, source: Source, names: set[str], pseudonym: str) -> None:
    """Out of its row and its other names, out of the journal, and out of what else tells of it."""
    desk = act.actor.workspace
    # Those that were merged into it, or were deleted under its name, are it too.
    same = Source.objects.within(desk).exclude(deleted_at=None)
    plain_names = [folded(name)[:200] for name in names] if source.named else []
    twins = list(same.filter(named=True, name_folded__in=plain_names).values_list("pk", flat=True))
    ids = [source.pk, *twins]
    for alias in list(Alias.objects.filter(source__in=ids)):
        data = plain(alias) | {"name": WITHHELD}
        pk = alias.pk
        alias.delete()
        alias.pk = pk
        alias.name = WITHHELD
        act.record(alias, data, None)
    rows = Source.objects.filter(pk__in=ids)
    rows.update(
        name=pseudonym, name_folded=folded(pseudonym)[:200], note="", version=F("version") + 1
    )
    for twin in rows:
        act.searched.note(twin)

    def left(model: str, data: dict[str, Any]) -> dict[str, Any]:
        if model == "source":
            return data | {"name": pseudonym, "note": ""}
        return data | {"name": WITHHELD}

    redaction.lines(_lines_of(ids), left)
    words = Words(names, pseudonym)
    if source.named:
        redaction.all_acts(words)
        redaction.elsewhere(words)
    else:
        # "A medic" is what others are called too: only where it is this one.
        acts = ChangeTopic.objects.filter(workspace=desk, noun="source", object_id=source.pk)
        redaction.acts(acts.values_list("change_id", flat=True), words, cut=False)
        Suggestion.objects.filter(article=source.article, source_name__in=names).delete()


def _blur(act: Act, redaction: Redaction, incident: Incident) -> None:
    """The incident's place as its region, in its row and in the journal."""
    coarse = blurred({name: to_json(getattr(incident, name)) for name in PLACES})
    Incident.objects.filter(pk=incident.pk).update(**coarse, version=F("version") + 1)
    redaction.lines(
        Q(model="incident", object_id=incident.pk), lambda _, data: data | blurred(data)
    )
    act.searched.note(incident)
    act.topics["incident", incident.pk] += 1


def blurred(row: dict[str, Any]) -> dict[str, Any]:
    """Of a place only what stands last, at most two parts and never the first; whole degrees."""
    parts = [part.strip() for part in row["place"].split(",")]
    exact = row["latitude"] is not None
    return {
        "place": ", ".join(parts[1:][-2:]),
        "latitude": _degree(row["latitude"]),
        "longitude": _degree(row["longitude"]),
        "location_precision": (
            LocationPrecision.REGION.value if exact else LocationPrecision.UNKNOWN.value
        ),
    }


def _degree(value: str | None) -> str | None:
    return None if value is None else to_json(Decimal(value).quantize(Decimal(1)))


# -- the owner's page ------------------------------------------------------------------------------


def identity_of(source: Source) -> Identity:
    """Who it is; the caller has noted that somebody reads it. Raises Identity.DoesNotExist."""
    found: Identity = Identity.objects.within(source.workspace).get(source=source)
    return found


def incidents_of(source: Source) -> Any:
    """The incidents with a place that it speaks of."""
    said = source.claims.kept().values("incident")
    somewhere = ~Q(place="") | Q(latitude__isnull=False)
    rows = Incident.objects.within(source.workspace).kept()
    return rows.filter(somewhere, pk__in=said).order_by("code")


def places_of(workspace: Workspace, identity: Identity) -> list[tuple[Incident, dict[str, Any]]]:
    """The incidents that were blurred for its sake, with their exact places."""
    rows = Incident.objects.within(workspace).filter(uid__in=list(identity.places))
    return [(row, identity.places[str(row.uid)]) for row in rows.order_by("code")]


def still_named(workspace: Workspace, identity: Identity) -> dict[str, int]:
    """In how many texts of the desk one of its names stands; what protection can't change."""
    names = [name for name in identity.names if name.strip()]
    found = {}
    for label, rows, columns in (
        ("texts of articles", Revision.objects.within(workspace), ("text",)),
        ("details of articles", Article.objects.within(workspace), ("title", "byline")),
        ("quotes", Span.objects.within(workspace), ("quote",)),
        ("claims", Claim.objects.within(workspace), ("paraphrase", "translation", "note")),
        ("incidents", Incident.objects.within(workspace), ("title", "place", "summary")),
        ("questions", Question.objects.within(workspace), ("text",)),
        ("answers", Position.objects.within(workspace), ("text",)),
        ("verdicts", Assessment.objects.within(workspace), ("rationale",)),
        ("comments", Comment.objects.within(workspace), ("text",)),
        ("other sources", Source.objects.within(workspace), ("name", "note")),
    ):
        ways = Q(pk__in=[])
        for name in names:
            for column in columns:
                ways |= Q(**{f"{column}__icontains": name})
        if count := rows.filter(ways).count():
            found[label] = count
    return found


def note_reading(actor: Actor, source: Source) -> None:
    """Reading who it is, is an act: of its name the journal says nothing."""
    with Act(actor, READ, f"looked up who {source.name} is") as act:
        act.begin()
        act.topics["source", source.pk] += 1


def readings(source: Source) -> Any:
    """Who has looked, the newest first."""
    of = ChangeTopic.objects.filter(
        workspace=source.workspace, noun="source", object_id=source.pk, change__action=READ
    )
    return Change.objects.filter(pk__in=of.values("change")).select_related("user").order_by("-id")


def set_identity(actor: Actor, source: Source, name: str, aliases: list[str], note: str) -> None:
    """Other facts of who it is; that they were changed is journalled, not what they are."""
    with Act(actor, "source.identify", f"changed who {source.name} is") as act:
        act.begin()
        act.topics["source", source.pk] += 1
        source = act.lock(source)
        Identity.objects.within(actor.workspace).filter(source=source).update(
            name=name, aliases=aliases, note=note, updated_at=timezone.now()
        )


def lift(actor: Actor, source: Source, version: int) -> Source:
    """The source has its real name again, for everybody and in the journal from now on.

    What went out of the journal stays out, and places stay as coarse as they are.
    """
    identity = identity_of(source)
    with Act(actor, "source.lift", f"lifted the protection of {source.name}") as act:
        act.lock_incidents(state.incidents_of_sources([source.pk]))
        source = act.lock(source, version)
        if not source.protected:
            raise ValidationError("It is not protected.")
        act.edit(source, name=identity.name, note=identity.note, protected=False)
        for name in identity.aliases:
            act.add(Alias(workspace=source.workspace, source=source, name=name))
        identity.delete()
    return source
