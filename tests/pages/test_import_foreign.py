"""Files of other annotation tools, by the import page and by the command."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims.actions import import_choices, imports
from claims.importers.choices import Choices
from claims.models import Article, Claim, Import
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words
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


LINES = foreign.jsonl(*foreign.doccano_lines())


def fields(person: Person, job: Import) -> dict[str, str]:
    """By label the name of its field."""
    page = parsed(person.client.get(job.get_absolute_url()))
    rows = [row for row in select(page, "tr") if select(row, "select")]
    return {words(select(row, "label")[0]): select(row, "select")[0].get("name") for row in rows}


def test_what_labels_mean_is_chosen_and_comes_in_as_it_was_shown(analyst: Person) -> None:
    job = send(analyst, LINES, "admin.jsonl")
    names = fields(analyst, job)
    assert list(names) == ["LOC", "PERSON", "ORG"]
    chosen = {names["LOC"]: "out", names["PERSON"]: "source"}
    where = {
        name: reverse(f"import-{name}", args=[analyst.desk.slug, job.uid])
        for name in ("choose", "accept")
    }
    assert analyst.client.post(where["choose"], chosen).status_code == 302
    imports.run_now(job)
    page = parsed(analyst.client.get(job.get_absolute_url()))
    assert "Spans that are left out for their label: 2." in words(page)
    (kept,) = select(page, f"select[name={names['PERSON']}] option[selected]")
    assert kept.get("value") == "source"
    would = Import.objects.get(pk=job.pk).counts["new"]
    # Whoever chooses something else and brings it in at once is shown first what that does.
    answer = analyst.client.post(where["accept"], chosen | {names["ORG"]: "out"}, follow=True)
    assert "It was read again with what you chose" in words(parsed(answer))
    assert not Article.objects.exists()
    assert analyst.client.post(where["accept"], chosen, follow=True).status_code == 200
    assert Import.objects.get(pk=job.pk).state == "ready"
    analyst.client.post(where["accept"], chosen)
    job.refresh_from_db()
    assert (job.state, job.counts["new"]) == ("done", would)
    said = Claim.objects.within(analyst.desk).get(source__name="A doctor")
    assert said.spans.filter(role="source").get().quote == "A doctor"
    assert Claim.objects.within(analyst.desk).count() == 3
    late = analyst.client.post(where["choose"], {}, follow=True)
    assert late.status_code == 200


def test_what_is_no_choice_and_what_comes_too_late_changes_nothing(analyst: Person) -> None:
    job = send(analyst, LINES, "admin.jsonl")
    (name, *_) = fields(analyst, job).values()
    where = reverse("import-choose", args=[analyst.desk.slug, job.uid])
    analyst.client.post(where, {name: "nonsense"})
    job.refresh_from_db()
    assert (job.choices, job.state) == (None, "ready")
    imports.cancel(job)
    with pytest.raises(ValidationError):
        import_choices.choose(analyst.actor, job, Choices({"LOC": "out"}, twice=False))


def test_claims_that_stand_there_are_told_and_made_again_only_if_asked(analyst: Person) -> None:
    line = {"id": 1, "text": "Paris and Lyon.", "label": [[0, 5, "LOC"]]}
    one, other = foreign.jsonl(line), foreign.jsonl(line | {"label": [[0, 5, "CITY"]]})
    job = send(analyst, one, "one.jsonl")
    analyst.client.post(reverse("import-accept", args=[analyst.desk.slug, job.uid]))
    imports.run_now(job)
    again = send(analyst, other, "other.jsonl")
    page = parsed(analyst.client.get(again.get_absolute_url()))
    told = "A claim with the same words of the same source stands here already: 1."
    assert told in words(page)
    assert again.counts["new"] == 1, "the other label, as a comment on the claim that is here"
    (box,) = select(page, "input[name=twice]")
    assert box.get("checked") is None
    asked = {"twice": "on"}
    analyst.client.post(reverse("import-choose", args=[analyst.desk.slug, again.uid]), asked)
    page = parsed(analyst.client.get(again.get_absolute_url()))
    assert "They are made once more, as was chosen." in words(page)
    assert select(page, "input[name=twice][checked]")
    analyst.client.post(reverse("import-accept", args=[analyst.desk.slug, again.uid]), asked)
    assert Claim.objects.within(analyst.desk).count() == 2


def test_the_command_takes_labels_too(owner: Person, tmp_path: Path) -> None:
    file = tmp_path / "admin.jsonl"
    file.write_bytes(LINES)
    told = io.StringIO()
    arguments = ["import", owner.desk.slug, str(file), "--format", "doccano"]
    call_command(*arguments, "--label", "PERSON=source", "--dry-run", stdout=told)
    assert "Label “PERSON”, 1 times: source." in told.getvalue()
    assert "Label “LOC”, 2 times: a claim of its own" in told.getvalue()
    call_command(*arguments, "--label", "PERSON=source", "--label", "LOC=out", stdout=told)
    assert Claim.objects.within(owner.desk).count() == 3
    call_command(*arguments, "--label", "PERSON=source", "--label", "LOC=out", stdout=told)
    assert Claim.objects.within(owner.desk).count() == 3
    for wrong in ("PERSON", "PERSON=voice", "=source"):
        with pytest.raises(CommandError, match="NAME=ROLE"):
            call_command(*arguments, "--label", wrong, stdout=told)
    with pytest.raises(CommandError, match="of other tools"):
        call_command("import", owner.desk.slug, str(file), "--format", "csv", "--twice")
