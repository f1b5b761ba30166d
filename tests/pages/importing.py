"""Files sent to the import page, and workers that die over them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims import tasks
from claims.models import Import
from claims.views import imports as views
from tests.pages.conftest import Person


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def send(person: Person, content: str | bytes, name: str = "table.csv") -> Import:
    data = content.encode() if isinstance(content, str) else content
    sent = {"file": SimpleUploadedFile(name, data)}
    answer: Any = person.client.post(at(person, "import-new"), sent)
    assert answer.status_code == 302, answer.content.decode()
    job: Import = Import.objects.latest("id")
    assert answer.url == job.get_absolute_url()
    return job


def accept(person: Person, job: Import, **data: str) -> Any:
    answer = person.client.post(at(person, "import-accept", job.uid), data)
    job.refresh_from_db()
    return answer


def page(person: Person, job: Import) -> str:
    html: str = person.client.get(job.get_absolute_url()).content.decode()
    return html


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on everything is left to a worker."""
    monkeypatch.setattr(views, "READ_AT_ONCE", 0)


class Killed(BaseException):
    """As kill -9: nothing of what follows is done."""


def lapse() -> None:
    Import.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def killed_at(monkeypatch: pytest.MonkeyPatch, holder: Any, name: str, after: int) -> None:
    """The worker dies when it does this once more than `after` times."""
    whole, calls = getattr(holder, name), []

    def killed(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) > after:
            raise Killed
        return whole(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(holder, name, killed)
        with pytest.raises(Killed):
            tasks.work_once()
