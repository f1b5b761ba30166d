"""What the claim form opens with: the rules' reading of the sentence, and what sticks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q

from claims.actions.spans import SpanInput
from claims.forms.carried import whose_day
from claims.forms.relations import likely
from claims.forms.spans import write_spans
from claims.models import Alias, Article, Incident, Revision, Source, Workspace
from claims.records import ClaimKind, Polarity, SpanRole
from claims.suggester.figures import figures
from claims.suggester.propose import KnownSource, propose
from claims.suggester.said import resolve

# More names than this are not compared with the words before a claim.
MOST_NAMES = 5_000


def known_sources(workspace: Workspace, article: Article) -> list[KnownSource]:
    """The desk's sources by all their names; of the unnamed, the article's own."""
    names: dict[int, list[str]] = {}
    uids: dict[int, UUID] = {}
    rows = (
        Source.objects.within(workspace)
        .kept()
        .filter(Q(named=True) | Q(article=article))
        .order_by("-id")
        .values_list("id", "uid", "name")[:MOST_NAMES]
    )
    for pk, uid, name in rows:
        uids[pk] = uid
        names[pk] = [name]
    aliases = Alias.objects.within(workspace).values_list("source_id", "name")
    for pk, name in aliases.order_by("-id")[:MOST_NAMES]:
        if pk in names:
            names[pk].append(name)
    return [KnownSource(str(uids[pk]), tuple(all_names)) for pk, all_names in names.items()]


def proposal(
    workspace: Workspace,
    article: Article,
    revision: Revision,
    start: int,
    end: int,
    sticky: dict[str, str],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The form's and the figures' first values for the content `[start, end)`."""
    text = revision.text
    language = (article.language or "en").split("-")[0]
    found = propose(text, start, end, known_sources(workspace, article), article.language or None)
    spans = [
        SpanInput(SpanRole.CONTENT, start, end),
        *(SpanInput(SpanRole.SOURCE, *piece) for piece in found.source),
        *(SpanInput(SpanRole.CUE, *piece) for piece in found.cue),
    ]
    factual = found.kind is ClaimKind.FACTUAL
    polarity = found.polarity or Polarity.ASSERTS
    initial: dict[str, Any] = {
        "spans": write_spans(spans),
        "says": polarity.value if factual else found.kind.value,
        "relation": likely(found.kind, polarity).value,
        "speech": found.speech.value,
        "said_as_stated": found.said_words,
        "doubt": ""
        if found.polarity
        else "Whether they say so or not is not clear from the words.",
    }
    initial |= _who(workspace, article, found.source_id, found.source_name, found.own_voice)
    initial["unnamed"] = found.unnamed
    initial |= _when(article, found.said_words, language, initial.get("source"))
    initial |= _where(workspace, sticky)
    rows = figures(text[start:end], workspace.dozens_from, language)
    columns = "measure status subgroup group_as_stated low high low_basis as_stated".split()
    return initial, [{name: getattr(row, name) for name in columns} for row in rows]


def _who(
    workspace: Workspace, article: Article, uid: str | None, name: str, own_voice: bool
) -> dict[str, Any]:
    if uid:
        source = Source.objects.within(workspace).get(uid=uid)
        return {"source": source.uid, "source_name": source.name}
    if own_voice and article.publisher:
        name = article.publisher.name
        heard = f"No reporting words were found: taken as what {name} says itself. Is it?"
        return {"source": article.publisher.uid, "source_name": name, "own_voice": heard}
    return {"source_name": name}


def _when(article: Article, words: str, language: str, source: UUID | None) -> dict[str, Any]:
    """The day the words mean; without any, the day of the source's last claim here."""
    if words:
        said = resolve(words, article.published_on, language=language)
        to = said.said_to if said.said_to != said.said_from else None
        return {"said_from": said.said_from, "said_to": to, "said_rule": said.rule or said.needs}
    dated = article.claims.kept().filter(source__uid=source).exclude(said_from=None)
    last = dated.order_by("-id").first() if source else None
    if last is None:
        return {}
    day = {"source": source, "said_from": last.said_from, "said_to": last.said_to}
    return day | {"carried_said": whose_day(day)}


def _where(workspace: Workspace, sticky: dict[str, str]) -> dict[str, Any]:
    if not sticky.get("incident"):
        return {}
    incident = Incident.objects.within(workspace).kept().filter(uid=sticky["incident"]).first()
    if incident is None:
        return {}
    uid = incident.uid
    return {"incident": uid, "incident_name": str(incident), "carried_incident": str(uid)}
