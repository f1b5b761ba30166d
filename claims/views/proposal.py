"""What the claim form opens with: the rules' reading of the sentence, and what sticks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from claims.actions.carried import day_said, language_of
from claims.actions.known_sources import known_sources
from claims.actions.spans import SpanInput
from claims.actions.suggestion import spans_of, speaker_of
from claims.forms.carried import whose_day
from claims.forms.relations import likely
from claims.forms.spans import write_spans
from claims.models import Article, Incident, Revision, Source, Suggestion, Workspace
from claims.records import ClaimKind, Polarity, SpanRole
from claims.suggester.figures import COLUMNS, figures
from claims.suggester.propose import propose


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
    found = propose(text, start, end, known_sources(workspace, article), article.language or None)
    spans = [
        SpanInput(SpanRole.CONTENT, start, end),
        *(SpanInput(SpanRole.SOURCE, *piece) for piece in found.source),
        *(SpanInput(SpanRole.CUE, *piece) for piece in found.cue),
    ]
    initial = _says(found.kind, found.polarity) | {
        "spans": write_spans(spans),
        "speech": found.speech.value,
        "said_as_stated": found.said_words,
    }
    initial |= _who(workspace, article, found.source_id, found.source_name, found.own_voice)
    initial["unnamed"] = found.unnamed
    initial |= when(article, found.said_words, initial.get("source"))
    initial |= where(workspace, sticky)
    rows = figures(text[start:end], workspace.dozens_from, language_of(article))
    return initial, [{name: getattr(row, name) for name in COLUMNS} for row in rows]


def of_suggestion(
    suggestion: Suggestion, article: Article, revision: Revision, sticky: dict[str, str]
) -> dict[str, Any]:
    """The form's first values for what a machine proposes."""
    workspace = article.workspace
    polarity = Polarity(suggestion.polarity) if suggestion.polarity else None
    initial = _says(ClaimKind(suggestion.kind), polarity) | {
        "spans": write_spans(spans_of(suggestion, revision.text)),
        "speech": suggestion.speech,
        "said_as_stated": suggestion.said_as_stated,
        "source_name": suggestion.source_name,
        "unnamed": suggestion.unnamed,
    }
    speaker = speaker_of(suggestion, article)
    if isinstance(speaker, Source):
        initial |= {"source": speaker.uid, "source_name": speaker.name}
        initial["unnamed"] = not speaker.named
    initial |= when(article, suggestion.said_as_stated, initial.get("source"))
    return initial | where(workspace, sticky)


def _says(kind: ClaimKind, polarity: Polarity | None) -> dict[str, Any]:
    """Whether they say so, and how that bears on what it competes with."""
    plain = polarity or Polarity.ASSERTS
    return {
        "says": plain.value if kind is ClaimKind.FACTUAL else kind.value,
        "relation": likely(kind, plain).value,
        "doubt": "" if polarity else "Whether they say so or not is not clear from the words.",
    }


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


def when(article: Article, words: str, source: UUID | None) -> dict[str, Any]:
    """The day the words mean; without any, the day of the source's last claim here."""
    found = day_said(article, words, source)
    told: dict[str, Any] = {"said_from": found.said_from, "said_to": found.said_to}
    if found.carried:
        return told | {"carried_said": whose_day({"source": source, **told})}
    return told | {"said_rule": found.rule} if words else {}


def where(workspace: Workspace, sticky: dict[str, str]) -> dict[str, Any]:
    """The incident that sticks from claim to claim."""
    incident = sticking(workspace, sticky)
    if incident is None:
        return {}
    uid = incident.uid
    return {"incident": uid, "incident_name": str(incident), "carried_incident": str(uid)}


def sticking(workspace: Workspace, sticky: dict[str, str]) -> Incident | None:
    """The incident that the session holds, if it is still there."""
    if not sticky.get("incident"):
        return None
    rows = Incident.objects.within(workspace).kept()
    found: Incident | None = rows.filter(uid=sticky["incident"]).first()
    return found
