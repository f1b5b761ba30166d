"""A desk in whose every field somebody has typed what `corpus` holds, past all forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from claims.actions import search, state
from claims.models import (
    Alias,
    Change,
    Chronicle,
    Import,
    PastChange,
    PastRow,
    PastTopic,
    Revision,
    Span,
    User,
    Workspace,
)
from claims.records import SpanRole
from tests import factories
from tests.pages.conftest import World
from tests.security import corpus

# What the program writes, and nobody types.
OURS = frozenset(
    """
    User.password User.username Workspace.slug Workspace.incident_code Article.language
    Revision.sha256 Revision.original_sha256 Revision.encoding Upload.encoding
    Seal.previous Seal.sha256 Change.action ChangeRow.model ChangeTopic.noun
    PastChange.action PastTopic.noun PastRow.noun PastRow.before PastRow.after
    Import.format Import.sha256 Import.lease Staged.model Credit.noun Credit.field
    Invitation.secret_hash Token.digest Token.token_key Receipt.asked Receipt.body
    SearchDocument.kind SearchDocument.head SearchDocument.body
    Webhook.secret Webhook.old_secret Delivery.event Delivery.lease
    """.split()
)
# Forms let nothing else through here; a row that came by another way is as bad as it can be.
ADDRESSES = frozenset(
    "Article.url Article.archive_url Revision.fetched_from Upload.url Webhook.url".split()
)
UNIQUE = frozenset("Side.name Alias.name Alias.name_folded Incident.code".split())


def typed() -> Iterator[tuple[type[models.Model], Any, str]]:
    """Every text field of the site that holds what people write, with its name."""
    for model in apps.get_app_config("claims").get_models():
        for field in model._meta.concrete_fields:
            name = f"{model.__name__}.{field.name}"
            if isinstance(field, (models.CharField, models.TextField)) and not field.choices:
                yield model, field, name


def spoil(world: World, turn: int) -> None:
    """Writes the corpus into every text field of every row, each time another part of it.

    With each turn a field gets what comes next; what fits into it, as much as fits.
    """
    numbers = count(turn * 1000)
    for model, field, name in typed():
        if name in OURS:
            continue
        fits = list(packed(corpus.ADDRESSES if name in ADDRESSES else corpus.TEXTS, field))
        # Not by the model's own queries: those of a journal refuse to be changed.
        rows: models.QuerySet[Any] = models.QuerySet(model)
        for row in rows.order_by("pk").values_list("pk", flat=True):
            number = next(numbers)
            text = fits[(turn + number) % len(fits)]
            if name in UNIQUE:
                text = f"{number}{text}"[: field.max_length]
            rows.filter(pk=row).update(**{field.name: text})
    User.objects.filter(username="owner").update(keys={"new": "<script>zxz()"})
    say(world)
    tell(world)
    search.rebuild()
    with transaction.atomic():
        state.refresh([world.incident.pk])


def packed(texts: tuple[str, ...], field: Any) -> Iterator[str]:
    """The texts, as many at once as a field takes; all of them where it takes any number."""
    most = field.max_length or 800
    held = ""
    for text in texts:
        if held and len(held) + 1 + len(text) > most:
            yield held
            held = ""
        held = f"{held} {text}"[:most] if held else text[:most]
    yield held


def say(world: World) -> None:
    """A text of a paragraph for each string; claims quote pieces of it that cut through tags."""
    text = "\n".join(line.strip() for line in "\n".join(corpus.TEXTS).splitlines() if line.strip())
    Revision.objects.update(text=text)
    ends = cycle((9, 31, 63))
    for span in Span.objects.order_by("pk"):
        start, end = 2, 2 + next(ends)
        Span.objects.filter(pk=span.pk).update(start=start, end=end, quote=text[start:end])


def tell(world: World) -> None:
    """What stands in columns of JSON."""
    Import.objects.update(
        sample=[{"where": one, "title": one, "says": one, "state": one} for one in corpus.SVG],
        problems=[{"where": one, "field": one, "why": one} for one in corpus.ENDINGS],
        notes=list(corpus.ATTRIBUTES),
    )
    Authenticator.objects.update(data={"name": corpus.ENDINGS[0]})
    Workspace.objects.filter(pk=world.desk.pk).update(
        question_templates=[{"text": corpus.ENDINGS[3], "answers": list(corpus.ENDINGS)}]
    )


def furnish(world: World, user: User) -> None:
    """What the world of the walks lacks: figures, names, ratings, a journal, one of a file."""
    desk, claim = world.desk, world.claim
    for role in (SpanRole.SOURCE, SpanRole.CUE):
        factories.a_span(claim, "A strike hit", role)
    type(claim).objects.filter(pk=claim.pk).update(
        via=world.other_claim.source, accused=world.other_claim.source
    )
    factories.a_figure(claim, part="first", subgroup="women", group_as_stated="militants")
    factories.a_filing(world.other_claim, world.position, stance="rejects")
    factories.a_rating(world.source, rated_by=user)
    Alias.objects.create(workspace=desk, source=world.source, name="other", name_folded="other")
    for subject in (world.incident, world.question, world.article):
        factories.a_comment(subject, author=user)
    factories.a_source(desk, article=world.article)
    factories.a_figure(world.other_claim, measure="injured", high=30)
    chronicle = Chronicle.objects.create(
        workspace=desk, name="file", change=Change.objects.latest("id")
    )
    past = PastChange.objects.create(
        workspace=desk, chronicle=chronicle, at=dt.datetime(2016, 12, 8, tzinfo=dt.UTC),
        by="x", action="claim.edit", kind="claim", summary="x",
    )  # fmt: skip
    PastTopic.objects.create(past=past, workspace=desk, noun="claim", object_uid=claim.uid)
    PastRow.objects.create(past=past, noun="claim", object_uid=claim.uid)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "key"})
