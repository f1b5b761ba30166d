"""Files of other annotation tools, by the import page and by the command."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims.actions import imports
from claims.models import Claim, Import
from tests.pages.conftest import Person
from tests.unit.importers import foreign


def send(person: Person, content: bytes, name: str) -> Import:
    """The dry run of a file."""
    address = reverse("import-new", args=[person.desk.slug])
    answer = person.client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    job: Import = Import.objects.latest("id")
    imports.run_now(job)
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(
    ("content", "file", "key", "claims"),
    [
        (foreign.brat(), "news.zip", "brat", 10),
        (foreign.jsonl(*foreign.doccano_lines()), "admin.jsonl", "doccano", 6),
        (foreign.jsonl({"id": 1, "text": "x " * 40_000}), "long.jsonl", "doccano", 0),
        (foreign.as_json(foreign.tasks()), "project-1.json", "label-studio", 4),
        (foreign.as_json(foreign.annotated("a", "x")), "a.json", "web-annotation", 0),
    ],
)
def test_annotations_of_other_tools_are_known_and_counted(
    owner: Person, content: bytes, file: str, key: str, claims: int
) -> None:
    job = send(owner, content, file)
    assert (job.format, job.state) == (key, "ready")
    html = owner.client.get(job.get_absolute_url()).content.decode()
    assert " in the file: " in html
    if key == "web-annotation":
        assert "bring it in first" in html
        return
    owner.client.post(reverse("import-accept", args=[owner.desk.slug, job.uid]))
    imports.run_now(job)
    job.refresh_from_db()
    assert (job.state, job.why_failed) == ("done", "")
    assert Claim.objects.filter(article__workspace=owner.desk, origin="import").count() == claims
    assert send(owner, content, file).counts["new"] == 0


def test_a_pair_of_brat_is_read_by_the_command(owner: Person, tmp_path: Path) -> None:
    (tmp_path / "says.txt").write_text(foreign.SAYS)
    (tmp_path / "says.ann").write_text(foreign.SAYS_ANN)
    told = io.StringIO()
    arguments = [owner.desk.slug, str(tmp_path / "says.ann"), "--format", "brat"]
    call_command("import", *arguments, "--dry-run", stdout=told)
    assert (
        "Spans in the file: 6. As claims: 2; as who or reporting words of one: 4."
        in told.getvalue()
    )
    assert "claims: 2 would be made" in told.getvalue()
    call_command("import", *arguments, stdout=told)
    assert Claim.objects.within(owner.desk).filter(origin="import").count() == 2
    (tmp_path / "says.ann").write_text("T1\tX 0 3\tno\n")
    with pytest.raises(CommandError, match="The text says"):
        call_command("import", *arguments, stdout=told)
