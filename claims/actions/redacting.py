"""Takes words out of the journal, and out of what else the program has written down of the work.

The journal is sealed: a line, or an act, out of which words go leaves the hash that it had, and the
chain stands on that. A tombstone covers each (`Redaction.cover`), with the hash of how it is left;
`verify` finds one that is covered by none, or that is another than was left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q

from claims import custody
from claims.actions.import_lease import BUSY
from claims.actions.sealing import as_they_stand, hashes_of
from claims.actions.words_out import Words, husk
from claims.models import (
    Change,
    ChangeRow,
    Delivery,
    Emptied,
    Import,
    Membership,
    PastChange,
    PastRow,
    Receipt,
    SavedSearch,
    Suggestion,
    Tombstone,
    Training,
    Workspace,
)
from claims.models.lens import every
from claims.records import ImportState, TrainingState

AT_ONCE = 500
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
GONE = "[purged]"
WORDLESS = "did something of which the words are purged"
OPEN_IMPORTS = (
    "A file is being brought in, or waits to be: it may hold what has to go. "
    "Finish or cancel that import first."
)

Data = dict[str, Any] | None
Left = Callable[[str, dict[str, Any]], dict[str, Any]]
"""What is left of a row of this model."""


class Redaction:
    """What goes out of a desk's journal with one tombstone."""

    def __init__(self, desk: Workspace) -> None:
        """Raises ValidationError while an import is open: its file and its rows can't be told."""
        open_ones = [*BUSY, ImportState.READY.value]
        if Import.objects.within(desk).filter(state__in=open_ones).exists():
            raise ValidationError(OPEN_IMPORTS)
        self.desk = desk
        self.emptied: list[Emptied] = []

    # -- the journal -----------------------------------------------------------------------------

    def lines(self, which: Q, left: Left) -> None:
        """Of these lines stays what `left` says."""
        rows = ChangeRow.objects.filter(which, workspace=self.desk).order_by("id")
        for line in list(rows.iterator(AT_ONCE)):
            before, after = self._left(line, line.before, left), self._left(line, line.after, left)
            if (before, after) == (line.before, line.after):
                continue
            was = line.left_sha256 or _hash(line, line.before, line.after)
            ChangeRow.objects.filter(pk=line.pk).empty(before, after, was)
            self._note(was, _hash(line, before, after), line=line)

    @staticmethod
    def _left(line: ChangeRow, data: Data, left: Left) -> Data:
        return None if data is None else left(line.model, data)

    def acts(self, acts: Iterable[int], words: Words, *, cut: bool) -> None:
        """What these acts are called, without the words; as a whole where it quotes a part."""
        found = {}
        pks = list(acts)
        for start in range(0, len(pks), AT_ONCE):
            for act in Change.objects.filter(pk__in=pks[start : start + AT_ONCE]).order_by("id"):
                if cut and words.began_in(act.summary):
                    found[act] = WORDLESS
                elif (summary := words.out_of(act.summary)) != act.summary:
                    found[act] = summary
        was = hashes_of(found)
        for act, summary in found.items():
            act.summary = summary[:300]
            Change.objects.filter(pk=act.pk).empty(act.summary, was[act.pk])
        now = as_they_stand(found)
        for act in found:
            self._note(was[act.pk], now[act.pk], change=act)

    def all_acts(self, words: Words) -> None:
        """The same of every act of the desk that says them."""
        rows = Change.objects.within(self.desk).order_by("id").values_list("id", "summary")
        found = [pk for pk, said in rows.iterator(AT_ONCE) if words.out_of(said) != said]
        self.acts(found, words, cut=False)

    def _note(self, was: str, now: str, **of: Any) -> None:
        self.emptied.append(Emptied(workspace=self.desk, was=was, now=now, **of))

    def cover(self, tombstone: Tombstone) -> None:
        """Counts what went on the tombstone, which is not saved yet."""
        tombstone.emptied = len(self.emptied)
        tombstone.emptied_sha256 = digest(self.emptied) if self.emptied else ""

    def write(self, tombstone: Tombstone) -> None:
        """Writes it down, once the tombstone is there."""
        for one in self.emptied:
            one.tombstone = tombstone
        Emptied.objects.bulk_create(self.emptied, batch_size=AT_ONCE)

    # -- what else the program has written down ----------------------------------------------------

    def elsewhere(self, words: Words) -> None:
        """Plans of imports, journals of files, webhooks, answers to programs, kept searches."""
        for job in Import.objects.within(self.desk).iterator():
            columns = (
                "name", "sample", "problems", "notes", "choices", "offers", "why_failed",
            )  # fmt: skip
            _set(job, {name: words.out_of_json(getattr(job, name)) for name in columns})
        for past in PastChange.objects.within(self.desk).iterator(AT_ONCE):
            _set(past, {"summary": words.out_of(past.summary), "by": words.out_of_json(past.by)})
        for row in PastRow.objects.filter(past__workspace=self.desk).iterator(AT_ONCE):
            _set(row, {"before": _text(row.before, words), "after": _text(row.after, words)})
        for sent in Delivery.objects.within(self.desk).iterator(AT_ONCE):
            body = bytes(sent.body).decode()
            if words.are_in(_readable(body)):
                sent.body = (_text(body, words) or "").encode()
                sent.save(update_fields=["body"])
        for receipt in self._receipts():
            _set(receipt, {"body": _text(receipt.body, words)})
        self._suggestions(words)
        for kept in SavedSearch.objects.within(self.desk).iterator():
            query = [(name, words.out_of_json(value)) for name, value in parse_qsl(kept.query)]
            told = urlencode(query) if words.are_in(str(parse_qsl(kept.query))) else kept.query
            _set(kept, {"name": words.out_of_json(kept.name)[:100], "query": told[:2000]})

    def _suggestions(self, words: Words) -> None:
        """What the machine has proposed with these words; and all that it has learned from."""
        told = every(Suggestion).filter(workspace=self.desk).order_by("id")
        saying = [
            one.pk
            for one in told.iterator(AT_ONCE)
            if words.are_in("\n".join((one.words, one.source_name, *one.reasons)))
        ]
        for start in range(0, len(saying), AT_ONCE):
            told.filter(pk__in=saying[start : start + AT_ONCE]).delete()
        dropped = {"state": TrainingState.DROPPED.value, "better": False, "model": None}
        every(Training).filter(workspace=self.desk).update(**dropped)

    def of_things(self, uids: set[str], nouns: frozenset[str]) -> None:
        """What files told of these things, what webhooks were told, and what programs were."""
        past = PastRow.objects.filter(past__workspace=self.desk, noun__in=nouns)
        for row in past.iterator(AT_ONCE):
            if uids & {str(row.object_uid), *_UID.findall(f"{row.before} {row.after}")}:
                model = apps.get_model("claims", row.noun)
                _set(row, {"before": _husk(model, row.before), "after": _husk(model, row.after)})
        for sent in Delivery.objects.within(self.desk).iterator(AT_ONCE):
            told = json.loads(bytes(sent.body))
            if told.get("data", {}).get("id") in uids:
                told["data"] = {"id": told["data"]["id"], "purged": True}
                sent.body = json.dumps(told, separators=(",", ":")).encode()
                sent.save(update_fields=["body"])
        # A program that asks again with its key is told so, and nothing is done twice.
        told_so = json.dumps({"title": "Purged", "status": 410})
        for receipt in self._receipts():
            if uids & set(_UID.findall(receipt.body)):
                _set(receipt, {"status": 410, "headers": {}, "body": told_so})

    def _receipts(self) -> Any:
        """Whose they are is told, but not of which desk: those of all members."""
        people = Membership.objects.filter(workspace=self.desk).values("user")
        return Receipt.objects.filter(user__in=people).exclude(body="").iterator(AT_ONCE)


def digest(emptied: Iterable[Emptied]) -> str:
    """Over what went, in the order in which it was written down."""
    return custody.emptied_hash((str(one), one.was, one.now) for one in emptied)


def _hash(line: ChangeRow, before: Data, after: Data) -> str:
    return custody.line_hash(line.pk, line.model, line.object_id, before, after)


def _set(row: Any, values: dict[str, Any]) -> None:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _readable(text: str) -> str:
    """JSON with its characters as they are."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def _text(text: str | None, words: Words) -> str | None:
    """JSON as text, or any text, without the words; to the letter where it has none of them."""
    if text is None or not words.are_in(_readable(text)):
        return text
    try:
        told = words.out_of_json(json.loads(text))
    except ValueError:
        return words.out_of(text)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _husk(model: Any, text: str | None) -> str | None:
    if text is None:
        return None
    return json.dumps(husk(model, json.loads(text)), ensure_ascii=False, separators=(",", ":"))
