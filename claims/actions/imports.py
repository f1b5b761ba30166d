"""Imports: received, read (a dry run), then brought in as a whole or not at all.

What is to be made is staged in small transactions, as rows that are marked as deleted, which nobody
sees; one transaction then shows them all and writes the journal. So the desk is not held up, and a
worker that dies leaves nothing half made: the next one goes on after what is staged.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models, transaction
from django.utils import timezone
from typing_extensions import TypeIs

from claims import policy
from claims.actions import import_publish, search, to_read
from claims.actions.bulk import seldom_collected
from claims.actions.import_formats import FORMATS
from claims.actions.import_lease import Cancelled, Lease, Lost, Stopped, take
from claims.actions.import_shapes import NEW, THERE, WRONG, Format, Item, Staging, Whole, some
from claims.actions.importing import Plan
from claims.actions.importing.there import COUNTED
from claims.actions.journal import Act, Actor
from claims.actions.search import ARTICLES_OF_A_CHUNK, CHUNK
from claims.actions.webhook_events import Events
from claims.importers.choices import AS_NAMED, Choices
from claims.importers.page import ReadError
from claims.models import ChangeRow, Import, Revision, Workspace
from claims.records import ImportState
from claims.searching.facets import Noun

MOST_ATTEMPTS = 3
MOST_SHOWN = 200
STAGED_AT_ONCE = 50
TOLD_AT_ONCE = 4_000
DROPPED_AT_ONCE = 1_000

T = TypeVar("T")

log = logging.getLogger(__name__)


def receive(actor: Actor, kind: Format | Whole, file: File[bytes]) -> Import:
    """Keeps the file, to be read."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    job = Import(
        workspace=actor.workspace,
        made_by=actor.user,
        format=kind.key,
        name=(file.name or "file")[:255],
        sha256=digest.hexdigest(),
        size=file.size,
    )
    job.file.save(job.name, file, save=False)
    job.save()
    return job


def accept(actor: Actor, job: Import, *, leave_wrong_out: bool) -> None:
    """Says that what was read is to be brought in. ValidationError where it can't be."""
    counts = job.counts
    if counts.get(WRONG) and is_whole(FORMATS[job.format]):
        raise ValidationError(
            "Something in the file is wrong, and it comes in whole or not at all."
        )
    if counts.get(WRONG) and not leave_wrong_out:
        raise ValidationError("Something in the file is wrong: say that it is to be left out.")
    _alone(job, ImportState.WAITING, ImportState.WRITING)
    waiting = Import.objects.filter(pk=job.pk, state=ImportState.READY.value)
    values: dict[str, Any] = {"leave_wrong_out": leave_wrong_out, "made_by": actor.user}
    if not waiting.update(
        state=ImportState.WAITING.value, progress=0, attempts=0, cancel_asked=False, **values
    ):
        raise ValidationError("It is being brought in already, or was cancelled.")


def _alone(job: Import, *states: ImportState) -> None:
    """ValidationError while other work comes in here: what both hold would be made twice."""
    whole = [key for key, kind in FORMATS.items() if is_whole(kind)]
    if job.format not in whole:
        return
    others = Import.objects.filter(
        workspace=job.workspace_id, format__in=whole, state__in=[state.value for state in states]
    )
    if (other := others.exclude(pk=job.pk).first()) is not None:
        raise ValidationError(f"“{other.name}” is coming in here just now: wait until it is in.")


def bring_in(
    actor: Actor, kind: Whole, file: File[bytes], planned: Plan, choices: Choices = AS_NAMED
) -> Import:
    """Brings a file in here and now, which was looked through. ValidationError as that found."""
    if planned.wrong:
        raise ValidationError([str(problem) for problem in planned.problems])
    job = receive(actor, kind, file)
    counts = {NEW: planned.makes, THERE: planned.there.total(), WRONG: 0}
    state, held = ImportState.WAITING.value, choices.as_json()
    Import.objects.filter(pk=job.pk).update(state=state, counts=counts, choices=held)
    run_now(job)
    job.refresh_from_db()
    return job


def cancel(job: Import) -> None:
    """Cancels at once what nobody works on, else as soon as its worker hears of it."""
    Import.objects.filter(pk=job.pk).update(cancel_asked=True)
    ready = Import.objects.filter(pk=job.pk, state=ImportState.READY.value)
    if ready.update(state=ImportState.CANCELLED.value, ended_at=timezone.now()):
        _forget_file(job)
    elif lease := take(job.pk):
        run(lease)


def run_now(job: Import) -> None:
    """Does what is next with an import here and now, unless a worker was faster."""
    if lease := take(job.pk):
        run(lease)


def run(lease: Lease) -> None:
    """Does what is next: the dry run, or bringing it in. Whatever happens, it says how it ended."""
    job = lease.job
    actor = Actor(job.workspace, job.made_by)
    kind = FORMATS[job.format]
    try:
        lease.keep()
        _may_go_on(actor, job, kind)
        with seldom_collected():
            if job.state == ImportState.READING:
                _dry_run(lease, actor, kind)
            else:
                _bring_in(lease, actor, kind)
    except Lost:
        log.warning("Import %s was taken over by another worker.", job.uid)
    except Stopped:
        lease.end(attempts=max(0, job.attempts - 1))
    except Cancelled:
        _give_up(lease, actor, kind, ImportState.CANCELLED, "")
    except ReadError as error:
        _give_up(lease, actor, kind, ImportState.FAILED, str(error))
    except ValidationError as error:
        _give_up(lease, actor, kind, ImportState.FAILED, " ".join(error.messages))
    except Exception:
        log.exception("Import %s failed.", job.uid)
        why = "An error in this program, which its log names."
        _give_up(lease, actor, kind, ImportState.FAILED, why)


def is_whole(kind: Format | Whole) -> TypeIs[Whole]:
    """Whether the things of this format hang together."""
    return hasattr(kind, "rehearse")


def _may_go_on(actor: Actor, job: Import, kind: Format | Whole) -> None:
    if job.attempts > MOST_ATTEMPTS:
        raise ReadError("Whatever reads this file dies of it: it was tried three times.")
    role = policy.role_of(actor.user, actor.workspace)
    if role is None or not policy.allows(role, kind.rule):
        raise ReadError(f"{actor.user} may no longer bring this in here.")


def _dry_run(lease: Lease, actor: Actor, kind: Format | Whole) -> None:
    counts = {NEW: 0, THERE: 0, WRONG: 0}
    sample: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    notes: list[str] = []
    offers: dict[str, Any] | None = None
    wrong: set[int] = set()
    for step in kind.plan(actor, lease.job):
        offers = step.offers or offers
        notes += [step.note] if step.note else []
        if (item := step.item) is None:
            continue
        lease.beat(item.number)
        if item.number not in wrong:  # one that is wrong in two fields is one
            counts[item.what] += step.things
        if item.what == WRONG:
            wrong.add(item.number)
        shown = problems if item.what == WRONG else sample
        if len(shown) < MOST_SHOWN:
            shown.append(item.shown())
    lease.end(
        state=ImportState.READY.value,
        counts=counts,
        sample=sample,
        problems=problems,
        notes=notes,
        offers=offers,
        progress=sum(counts.values()),
    )


def _bring_in(lease: Lease, actor: Actor, kind: Format | Whole) -> None:
    job = lease.job
    if job.change_id is None:
        with transaction.atomic():
            Workspace.objects.select_for_update().get(pk=job.workspace_id)
            _alone(job, ImportState.WRITING)
            lease.keep(state=ImportState.WRITING.value)
    if is_whole(kind):
        with kind.opened(job) as work:
            if job.change_id is None:
                _make(lease, actor, kind, work)
            _show(lease, actor, kind, work)
    elif job.change_id is None:
        _stage(lease, actor, kind)
        _publish(lease, actor, kind)
    _index(lease)
    job.staged.all().delete()
    with transaction.atomic():
        ended = lease.end(state=ImportState.DONE.value, ended_at=timezone.now())
        if ended and is_whole(kind):
            _tell_webhooks(job)
    if ended:
        _forget_file(job)


def _make(lease: Lease, actor: Actor, kind: Whole, work: Any) -> None:
    """Makes everything where nobody sees it; what a worker left that died is made anew."""
    job = lease.job
    job.progress = 0
    _drop_in_steps(lease, actor, kind)
    with closing(kind.make(actor, job, work, partial(import_publish.note_again, job))) as made:

        def some_rows() -> bool:
            rows = next(made, None)
            import_publish.note(job, (Staging(0, row) for row in rows or ()))
            job.progress += sum(type(row) in COUNTED for row in rows or ())
            return rows is not None

        while _step(lease, some_rows):
            pass


def _show(lease: Lease, actor: Actor, kind: Whole, work: Any) -> None:
    """Shows it step by step; the journal follows. From here on it can't be cancelled."""
    job = lease.job
    if job.change_id is None:
        with Act(actor, kind.action, f"imported “{job.name}”") as act:
            lease.keep()
            kind.rehearse(job)
            if job.staged.exists() or job.counts.get(NEW):
                job.change = act.begin()
                Import.objects.filter(pk=job.pk).update(change=job.change)
    if (change := job.change) is None:
        return
    lease.may_cancel = False
    with closing(kind.show(job, change)) as shown:
        while _step(lease, lambda: next(shown, None)) is not None:
            pass
    told = ChangeRow.objects.filter(change=change).count()

    def tell() -> int:
        return import_publish.tell(change, job, told, TOLD_AT_ONCE)

    while moved := _step(lease, tell):
        told += moved
    with closing(kind.finish(actor, job, work, change)) as made:

        def finish() -> int | None:
            rows = next(made, None)
            import_publish.note(job, (Staging(0, row) for row in rows or ()))
            return None if rows is None else tell()

        while (finished := _step(lease, finish)) is not None:
            told += finished


def _step(lease: Lease, do: Callable[[], T]) -> T:
    """Does something in a transaction of its own, and lets others write after it."""
    with transaction.atomic():
        lease.keep(progress=lease.job.progress)
        done = do()
    lease.rest()
    return done


def _stage(lease: Lease, actor: Actor, kind: Format) -> None:
    """Makes the rows of all new items, going on after those that are made already."""
    job = lease.job
    last = job.staged.aggregate(last=models.Max("number"))["last"] or 0
    for steps in some(_new_items(lease, actor, kind, last), STAGED_AT_ONCE, kind.weigh):
        job.progress = steps[-1].number

        def stage(steps: list[Item] = steps) -> None:
            import_publish.note(job, kind.stage(actor, job, steps))

        _step(lease, stage)


def _new_items(lease: Lease, actor: Actor, kind: Format, last: int) -> Any:
    for step in kind.plan(actor, lease.job):
        item: Item | None = step.item
        if item is None:
            continue
        lease.beat(item.number)
        if item.what == WRONG and not lease.job.leave_wrong_out:
            raise ReadError(f"{item.where}: {item.why} That was not so when it was read first.")
        if item.what == NEW and item.number > last:
            yield item


def _publish(lease: Lease, actor: Actor, kind: Format) -> None:
    """Shows what is staged, all at once, as one act."""
    job = lease.job
    with Act(actor, kind.action, f"brought in “{job.name}”") as act:
        lease.keep()
        _drop(job, actor, kind, kind.doubles(actor, job))
        count = job.staged.values("number").distinct().count()
        if count:
            import_publish.show(act, job)
        act.sum_up(kind.summary(job, count))
        change = act.change if act.written else None
        counts = {**job.counts, NEW: count}
        Import.objects.filter(pk=job.pk).update(change=change, counts=counts)
        job.change = change


def _index(lease: Lease) -> None:
    """What is searched and what is to be read, in small steps: the desk does not wait for it."""
    job = lease.job
    for noun, table in search.TABLES.items():
        lines = ChangeRow.objects.filter(change=job.change_id, model=table.lower())
        ids = list(lines.order_by("id").values_list("object_id", flat=True))
        for chunk in some(ids, ARTICLES_OF_A_CHUNK if noun is Noun.ARTICLE else CHUNK):
            _step(lease, partial(search.add, noun, chunk))
    texts = ChangeRow.objects.filter(change=job.change_id, model="revision").order_by("id")
    revisions = list(texts.values_list("object_id", flat=True))
    for chunk in some(revisions, CHUNK):
        of = Revision.objects.filter(pk__in=chunk).values_list("article", flat=True)
        _step(lease, partial(to_read.queue, job.workspace, of))


def _tell_webhooks(job: Import) -> None:
    """One event for all that has come in."""
    events = Events(job.workspace)
    for noun in ("claim", "link"):
        events.note_many(noun, ChangeRow.objects.filter(change=job.change_id, model=noun))
    events.write()


def _give_up(
    lease: Lease, actor: Actor, kind: Format | Whole, state: ImportState, why: str
) -> None:
    """Takes away what was staged; the import says why."""
    job = lease.job
    lease.may_cancel = False
    if job.change_id is None:
        why += " Nothing was brought in." if state is ImportState.FAILED else ""
        if is_whole(kind):
            _drop_in_steps(lease, actor, kind)
    else:
        why += " What it has brought in already can be undone in the history."
    with transaction.atomic():
        if not lease.end(state=state.value, why_failed=why[:500], ended_at=timezone.now()):
            return
        if job.change_id is None:
            _drop(job, actor, kind, job.staged.all())
    _forget_file(job)


def _drop_in_steps(lease: Lease, actor: Actor, kind: Whole) -> None:
    """The same of very many rows, the last made first, a thousand a transaction."""
    job = lease.job
    if job.staged.exists():
        _step(lease, partial(kind.loosen, job))
    while last := list(job.staged.order_by("-id")[:DROPPED_AT_ONCE]):
        _step(lease, partial(_drop, job, actor, kind, job.staged.filter(id__gte=last[-1].pk)))


def _drop(job: Import, actor: Actor, kind: Format | Whole, staged: Any) -> None:
    """Deletes staged rows for good, the last made first; nobody has ever seen them."""
    for name in reversed(import_publish.models_of(staged)):
        ids = list(staged.filter(model=name).values_list("object_id", flat=True))
        for chunk in some(ids, 500):
            rows = apps.get_model("claims", name)._default_manager.filter(pk__in=chunk)
            kind.drop(actor, list(rows))
            rows.delete()
    staged.delete()


def _forget_file(job: Import) -> None:
    """The file is not needed any more: what came of it is kept with what it made."""
    if job.file:
        job.file.delete(save=False)
        Import.objects.filter(pk=job.pk).update(file="")


__all__ = ["accept", "cancel", "receive", "run", "run_now"]
