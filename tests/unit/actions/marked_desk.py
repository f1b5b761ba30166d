"""A desk at which everything that can hold words holds the mark."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from claims import custody
from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import rating, sealing
from claims.actions import source as sources
from claims.actions.claim import LinkInput
from claims.actions.journal import Actor
from claims.actions.link import FilingInput
from claims.actions.source import NewSource
from claims.actions.spans import SpanInput
from claims.actions.verifying import verify
from claims.models import (
    Change,
    Chronicle,
    Claim,
    Import,
    PastChange,
    PastRow,
    Receipt,
    SavedSearch,
    Workspace,
)
from claims.records import ImportState, Relation, Reliability, SpanRole
from claims.snapshot.formats import FORMATS
from claims.snapshot.reader import reading
from claims.snapshot.selection import Selection
from tests import factories
from tests.unit.snapshot import desks

MARK = "zaphodmark"


class Marked:
    """A desk at which everything that can hold words holds the mark."""

    def __init__(self, owner: Actor) -> None:
        desk = owner.workspace
        self.owner, self.desk = owner, desk
        self.source = sources.create(
            owner, {"name": f"Old {MARK}", "note": f"lives at {MARK}"}, [f"Abu {MARK}"]
        )
        self.source = sources.edit(
            owner, self.source, self.source.version, {"name": f"Karim {MARK}"}, [f"Abu {MARK}"]
        )
        self.rated = rating.rate(
            owner, self.source, Reliability.B, factories.NOON.date(), f"{MARK} was right"
        )
        text = f"Karim {MARK} said: 12 {MARK} died.\nA {MARK} medic denied it."
        upload = articles.keep_upload(
            owner, f"{MARK}.txt", "text/plain", text.encode(), f"https://example.org/{MARK}"
        )
        values = {"title": f"Blast at {MARK}", "byline": MARK, "url": f"https://x.org/{MARK}"}
        self.article = articles.freeze(owner, upload, text, "utf-8", values)
        articles.keep_upload(owner, "new.txt", "text/plain", MARK.encode(), article=self.article)
        self.incident = factories.an_incident(desk)
        self.position = factories.a_position(factories.a_question(self.incident))
        self.claim = self._claim_of(self.source, f"{MARK} died", f"Karim {MARK}")
        medic = NewSource(f"a {MARK} medic", named=False)
        self.other = self._claim_of(medic, "denied it", f"A {MARK} medic")
        links = [LinkInput(self.other.uid, Relation.CONTRADICTS)]
        self.claim = claims.edit(
            owner,
            self.claim,
            self.claim.version,
            {"paraphrase": f"that {MARK} was hit"},
            filings=[FilingInput(self.position)],
            competes_with=links,
            consent=True,
        )
        self.comment = comments.create(owner, self.claim, f"I know {MARK} myself.")
        self._kept_elsewhere()

    def _claim_of(self, source: Any, said: str, who: str) -> Claim:
        text = self.article.revisions.get().text
        spans = [
            SpanInput(role, text.index(quote), text.index(quote) + len(quote), quote)
            for role, quote in ((SpanRole.CONTENT, said), (SpanRole.SOURCE, who))
        ]
        figure = {"measure": "killed", "low": 12, "as_stated": f"12 {MARK}"}
        values = {"source": source, "incident": self.incident, "note": f"see {MARK}"}
        return claims.create(self.owner, self.article, values, spans, figures=[figure])

    def _kept_elsewhere(self) -> None:
        desk, user = self.desk, self.owner.user
        body = f'{{"event":"claim.created","data":{{"id":"{self.claim.uid}","source":"{MARK}"}}}}'
        named = f'{{"event":"x","data":{{"source":"Karim {MARK}"}}}}'
        webhook = factories.a_webhook(desk)
        for told in (body, named):
            factories.a_delivery(webhook, body=told.encode())
        now = timezone.now()
        for key, answer in (("a", f'{{"id":"{self.claim.uid}","q":"{MARK}"}}'), ("b", named)):
            Receipt.objects.create(
                user=user, key=key, asked="x", made_at=now, held_until=now, status=201, body=answer
            )
        SavedSearch.objects.create(
            workspace=desk, user=user, name=f"of Karim {MARK}", query=f"q=Karim+{MARK}"
        )
        Import.objects.create(
            workspace=desk,
            format="x",
            name="x",
            sha256="",
            size=1,
            state=ImportState.DONE.value,
            made_by=user,
            sample=[{"title": f"Blast at {MARK}", "who": [f"Karim {MARK}"]}],
        )
        factories.a_suggestion(self.article, f"12 {MARK} died", source_name=f"Karim {MARK}")
        factories.a_training(desk, model=f"{MARK}\n".encode(), better=True)
        self._past()

    def _past(self) -> None:
        change = Change.objects.within(self.desk).earliest("id")
        chronicle = Chronicle.objects.create(workspace=self.desk, name="x", change=change)
        act = PastChange.objects.create(
            workspace=self.desk,
            chronicle=chronicle,
            at=timezone.now(),
            action="claim.create",
            kind="claim",
            summary=f"added Karim {MARK}",
        )
        for noun, uid, data in (
            ("source", self.source.uid, {"name": f"Karim {MARK}"}),
            ("claim", self.claim.uid, {"paraphrase": MARK}),
            ("span", None, {"claim_id": str(self.claim.uid), "quote": MARK}),
            ("article", self.article.uid, {"title": f"Blast at {MARK}", "byline": MARK}),
            ("comment", self.comment.uid, {"text": f"I know {MARK} myself."}),
        ):
            PastRow.objects.create(past=act, noun=noun, object_uid=uid, after=json.dumps(data))


def breaches(desk: Workspace, head: custody.Head | None = None) -> list[str]:
    return [f"{name}: {one}" for name, one in verify(desk, head)]


def head_of(desk: Workspace) -> custody.Head:
    sealing.seal_all(desk)
    seal = sealing.head(desk)
    assert seal is not None
    return custody.read(sealing.head_to_keep(seal))


def written(actor: Actor, name: str) -> bytes:
    with reading() as reader:
        chosen = Selection(actor.workspace)
        return b"".join(FORMATS[name].write(reader, chosen, desks.permalink))
