"""Suggestions: accepted as claims, one or many at once, or dismissed. Each is undone as one act."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from claims.actions.carried import day_said
from claims.actions.claim_bulk import Draft, make_all
from claims.actions.errors import WrongAt
from claims.actions.journal import Act, Actor
from claims.actions.source import NewSource
from claims.actions.spans import SpanInput, current_revision
from claims.actions.suggested import settle
from claims.models import Article, Claim, Incident, Revision, Source, Suggestion
from claims.records import Origin, Polarity, SpanRole, SuggestionState

NOBODY = "Who says it can't be told from the words: edit it first."
SEVERAL = "Several sources fit “{name}”: edit it first, and choose one."
UNCLEAR = "Whether they say so or not is not clear from the words: edit it first."
OLD_TEXT = "The article has a newer text by now."
PIECES = (
    (SpanRole.CONTENT, "content"),
    (SpanRole.SOURCE, "source_words"),
    (SpanRole.CUE, "cue"),
)


def accept(
    actor: Actor,
    article: Article,
    suggestions: Sequence[Suggestion],
    incident: Incident | None,
    *,
    apart: Collection[int] = (),
) -> list[Claim]:
    """Makes claims of these suggestions of one article, as one Change.

    They are as the claim form would have opened, and `incident` is what they are about, except
    those whose ids are `apart`: a person says later what these are about. Raises
    ValidationError where one waits no more, or can't be accepted unseen (`why_not`): then none is.
    """
    revision = current_revision(article)
    with Act(actor, "suggestion.accept", "accepted a suggestion") as act:
        drafts = [
            _draft(article, revision, one, None if one.pk in apart else incident)
            for one in suggestions
        ]
        try:
            claims = make_all(act, drafts)
        except WrongAt as wrong:
            raise next(iter(wrong.errors.values())) from wrong
        for suggestion, claim in zip(suggestions, claims, strict=True):
            settle(act, suggestion, SuggestionState.ACCEPTED, claim)
        if len(suggestions) == 1:
            act.sum_up(f"accepted a suggestion: {claims[0].source} {told(suggestions[0])}")
        else:
            act.sum_up(f"accepted {len(suggestions):,} suggestions of “{article}”")
    return claims


def dismiss(actor: Actor, suggestion: Suggestion) -> None:
    """It is proposed no more, in whatever text and by whatever engine.

    Raises ValidationError where somebody has decided on it before.
    """
    who = suggestion.source_name or "somebody"
    words = f"dismissed a suggestion: {who} {told(suggestion)}"
    with Act(actor, "suggestion.dismiss", words) as act:
        settle(act, suggestion, SuggestionState.DISMISSED)


def told(suggestion: Suggestion) -> str:
    """What its source would say, in a line."""
    return f"{suggestion.says}: {suggestion.words}"


def why_not(suggestion: Suggestion, speaker: Source | NewSource | None) -> str:
    """Why a person has to look at it first, as a sentence; empty: it can be accepted as it is."""
    if suggestion.is_unclear:
        return UNCLEAR
    if speaker is None:
        name = suggestion.source_name
        return SEVERAL.format(name=name) if name else NOBODY
    return ""


def speaker_of(suggestion: Suggestion, article: Article) -> Source | NewSource | None:
    """Who says it: the one source that fits, or a new one; None where that is to be chosen.

    What has come to the desk since it was proposed is found by its name.
    """
    kept = Source.objects.filter(workspace=suggestion.workspace_id, deleted_at=None)
    fits: list[Source] = list(kept.filter(uid__in=suggestion.source_ids)[:2])
    if not fits and suggestion.source_name:
        fits = list(kept.called(suggestion.source_name, article)[:2])
        if suggestion.unnamed:
            # "Officials" of elsewhere are others, as long as nobody says that they are the same.
            fits = [one for one in fits if not one.named]
    if len(fits) == 1:
        return fits[0]
    if fits or not suggestion.source_name:
        return None
    return NewSource(suggestion.source_name, named=not suggestion.unnamed)


def spans_of(suggestion: Suggestion, text: str) -> list[SpanInput]:
    """Its words as spans of the text that it was read from."""
    return [
        SpanInput(role, start, end, text[start:end])
        for role, name in PIECES
        for start, end in getattr(suggestion, name)
    ]


def _draft(
    article: Article, revision: Revision, suggestion: Suggestion, incident: Incident | None
) -> Draft:
    if suggestion.revision_id != revision.pk:
        raise ValidationError(OLD_TEXT)
    speaker = speaker_of(suggestion, article)
    if why := why_not(suggestion, speaker):
        raise ValidationError(why)
    known = speaker.uid if isinstance(speaker, Source) else None
    day = day_said(article, suggestion.said_as_stated, known)
    values: dict[str, Any] = {
        "source": speaker,
        "incident": incident,
        "kind": suggestion.kind,
        "polarity": suggestion.polarity or Polarity.ASSERTS.value,
        "speech": suggestion.speech,
        "said_as_stated": suggestion.said_as_stated,
        "said_from": day.said_from,
        "said_to": day.said_to,
        "origin": Origin.SUGGESTION.value,
    }
    return Draft(article, values, spans_of(suggestion, revision.text), suggestion.figures)
