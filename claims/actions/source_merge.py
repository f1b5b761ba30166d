"""Two sources that are one: what the one says, publishes and is called goes to the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from claims.actions import rules, state
from claims.actions.attached import describe
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Act, Actor
from claims.models import Alias, Article, Claim, Link, Source
from claims.records import Relation, SourceKind

FILLED = ("side", "affiliation", "note")
ONE_VOICE = (Relation.RESTATES.value, Relation.SUPERSEDES.value)


@dataclass
class Merging:
    """What a merge does to names, affiliations and links; `fills` are details taken over."""

    fills: dict[str, Any] = field(default_factory=dict)
    new_alias: str = ""
    aliases: list[Alias] = field(default_factory=list)
    affiliates: dict[Source, Source | None] = field(default_factory=dict)
    ends: list[Link] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """What the source that stays is called too from then on."""
        return [*filter(None, [self.new_alias]), *(alias.name for alias in self.aliases)]


def merge(
    actor: Actor,
    kept: Source,
    other: Source,
    versions: tuple[int, int],
    *,
    consent: bool = False,
) -> Source:
    """What `other` says, relays, is blamed for and publishes is `kept`'s; `other` is deleted.

    Its name and its aliases become aliases, and its ratings stand with those of `kept`. Raises
    NeedsConsent where that says more than was said before (an unnamed source, another side), or
    ends a link; ValidationError where it can't be; Conflict when one of the two is no longer of
    its version.
    """
    if wrong := refused(kept, other):
        raise ValidationError(wrong)
    with Act(actor, "source.merge", f"merged the source {other} into {kept}") as act:
        act.lock_incidents(_incidents(kept, other))
        kept, other = _locked(act, kept, other, versions)
        if wrong := refused(kept, other):
            raise ValidationError(wrong)
        merging = plan(kept, other)
        if merging.losses and not consent:
            raise NeedsConsent(merging.losses)
        for source, affiliation in merging.affiliates.items():
            act.edit(act.lock(source), affiliation=affiliation)
        act.edit(kept, **merging.fills)
        for link in merging.ends:
            act.remove(link)
        for claim in _naming(other).select_for_update().order_by("id"):
            act.edit(claim, **_voices(claim, kept, other))
        for article in _published(other).select_for_update().order_by("id"):
            act.edit(article, publisher=kept)
        for rating in other.ratings.kept().select_for_update().order_by("id"):
            act.edit(rating, source=kept)
        if merging.new_alias:
            act.add(Alias(workspace=kept.workspace, source=kept, name=merging.new_alias))
        for alias in merging.aliases:
            act.edit(alias, source=kept)
        act.remove(other)
        rules.check(other)
    return kept


def refused(kept: Source, other: Source) -> str:
    """Why the two can't be one; empty when they can."""
    if kept.pk == other.pk:
        return "A source can't be merged with itself."
    if kept.protected or other.protected:
        return "A protected source is not merged: names would go from one to the other."
    if other.named and not kept.named:
        return f"“{kept}” is unnamed: merge it into {other} instead, which has a name."
    if not kept.named and kept.article_id != other.article_id:
        return "Two unnamed sources of different articles can't be one: give one of them a name."
    return ""


def plan(kept: Source, other: Source) -> Merging:
    """What merging `other` into `kept` would do; nothing is written. Queries: always as many."""
    merging = Merging()
    _names(merging, kept, other)
    _affiliations(merging, kept, other)
    for name in FILLED:
        if not getattr(kept, name) and getattr(other, name) and name not in merging.fills:
            merging.fills[name] = getattr(other, name)
    if kept.kind == SourceKind.OTHER:
        # "Other" is what nobody has said more about.
        merging.fills["kind"] = other.kind
    if kept in _above(other, until=kept):
        merging.fills.pop("affiliation", None)
    merging.losses += _says_more(kept, other)
    merging.ends = _broken(kept, other)
    merging.losses += [f"This would end: {describe(link)}." for link in merging.ends]
    return merging


def _incidents(kept: Source, other: Source) -> set[int | None]:
    about = _naming(other).values_list("incident_id", flat=True)
    return {*about, *state.incidents_of_sources([kept.pk, other.pk])}


def _locked(
    act: Act, kept: Source, other: Source, versions: tuple[int, int]
) -> tuple[Source, Source]:
    """Both, locked in the order of their ids, so that two merges never wait for each other."""
    wanted = sorted(zip((kept, other), versions, strict=True), key=lambda pair: pair[0].pk)
    locked = {source.pk: act.lock(source, version) for source, version in wanted}
    return locked[kept.pk], locked[other.pk]


def _naming(source: Source) -> Any:
    """The claims that name the source in any way."""
    ways = Q(source=source) | Q(via=source) | Q(accused=source)
    return Claim.objects.kept().filter(ways)


def _published(source: Source) -> Any:
    return Article.objects.kept().filter(publisher=source)


def _voices(claim: Claim, kept: Source, other: Source) -> dict[str, Source | None]:
    """The claim's sources with `kept` for `other`; nobody relays what they say themselves."""
    values: dict[str, Source | None] = {
        name: kept
        for name in ("source", "via", "accused")
        if getattr(claim, f"{name}_id") == other.pk
    }
    if {claim.source_id, claim.via_id} <= {kept.pk, other.pk}:
        values["via"] = None
    return values


def _names(merging: Merging, kept: Source, other: Source) -> None:
    if kept.named and not other.named:
        # "a medic" is no name: as an alias it would stand for this one in every article.
        return
    taken = {kept.name_folded, *(alias.name_folded for alias in kept.aliases.all())}
    if other.name_folded not in taken:
        merging.new_alias = other.name
        taken.add(other.name_folded)
    merging.aliases = [alias for alias in other.aliases.all() if alias.name_folded not in taken]


def _affiliations(merging: Merging, kept: Source, other: Source) -> None:
    """Who belonged to `other` belongs to `kept`, unless `kept` belongs to them."""
    above = _above(kept, until=other)
    for source in other.affiliates.kept().order_by("id"):
        if source != kept and source not in above:
            merging.affiliates[source] = kept
            continue
        belongs = other.affiliation
        if source == kept:
            merging.fills["affiliation"] = belongs
        else:
            merging.affiliates[source] = belongs
            merging.losses.append(
                f"{source} would belong to itself, by way of {kept}: it belongs to "
                f"{belongs or 'nobody'} from then on."
            )


def _above(source: Source, *, until: Source) -> list[Source]:
    """To whom the source belongs, at any height, up to `until`."""
    above: list[Source] = []
    head = source.affiliation
    while head is not None and head not in above:
        above.append(head)
        head = None if head == until else head.affiliation
    return above


def _says_more(kept: Source, other: Source) -> list[str]:
    """What would be said from then on that nobody has said yet."""
    said = []
    if not other.named:
        said.append(f"“{other}” in “{other.article}” is unnamed: you say that it is {kept}.")
    if other.side and kept.side and other.side != kept.side:
        side = f"{other} is on the side {other.side}"
        said.append(f"{side}: what it says would count for {kept.side}.")
    belongs, now = other.affiliation, kept.affiliation
    if belongs and now and belongs not in (kept, now) and now != other:
        said.append(f"{other} belongs to {belongs}; {kept} belongs to {now}.")
    if ratings := other.ratings.kept().count():
        rated = "The rating" if ratings == 1 else f"The {ratings} ratings"
        said.append(f"{rated} of {other} would be of {kept} too; the latest of all counts.")
    own = Q(source__in=[kept, other], accused__in=[kept, other])
    relayed = Q(source__in=[kept, other], via__in=[kept, other])
    claims = Claim.objects.kept()
    if blames := claims.filter(own).exclude(source=kept, accused=kept).count():
        said.append(f"{kept} would blame itself in {_claims(blames)}.")
    if relays := claims.filter(relayed).exclude(source=kept, via=kept).count():
        said.append(f"{kept} would relay itself in {_claims(relays)}: no relay is noted there.")
    return said


def _claims(number: int) -> str:
    return "1 claim" if number == 1 else f"{number} claims"


def _broken(kept: Source, other: Source) -> list[Link]:
    """Links that hold between claims of one source only, and would join two voices."""
    ends = Q(from_claim__source=other) | Q(to_claim__source=other)
    links = Link.objects.kept().filter(ends, relation__in=ONE_VOICE)
    broken = []
    for link in links.select_related(
        "from_claim__source", "from_claim__article", "to_claim__source"
    ).order_by("id"):
        if link.from_claim.source == other and link.to_claim.source == other:
            continue
        article = link.from_claim.article
        if article.publisher_id == other.pk:
            article.publisher_id = kept.pk  # as it will be; nothing is saved
        claim = link.from_claim if link.from_claim.source == other else link.to_claim
        if rules.other_voices(link, claim, kept):
            broken.append(link)
    return broken
