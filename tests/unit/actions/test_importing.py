"""Work that went out comes in again: the same bytes, and nothing twice."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from claims.actions import claim as claims
from claims.actions import undo, undo_made
from claims.actions.errors import NeedsConsent
from claims.actions.importing import stage
from claims.actions.journal import Actor
from claims.models import (
    Claim,
    Credit,
    Import,
    Incident,
    SearchDocument,
    Source,
    Span,
    User,
    Workspace,
)
from claims.models.base import new_uid
from claims.records import Role
from claims.snapshot import FORMATS, Selection, reading
from tests import factories
from tests.unit.actions import reference
from tests.unit.actions.brought import act_of, brought, planned
from tests.unit.snapshot import desks

pytestmark = pytest.mark.django_db
KEYS = {"csv": "work-bundle", "jsonl": "work-jsonl"}


def written(desk: Workspace, name: str) -> bytes:
    with reading() as reader:
        return b"".join(FORMATS[name].write(reader, Selection(desk), desks.permalink))


@pytest.fixture
def desk() -> desks.Desk:
    return desks.a_desk()


@pytest.mark.parametrize("name", KEYS)
def test_what_went_out_comes_in_and_goes_out_the_same(
    desk: desks.Desk, other: Actor, name: str
) -> None:
    content = written(desk.workspace, name)
    done = brought(other, KEYS[name], content)
    assert done.new["claims"] == 4
    assert written(other.workspace, name) == content
    again = brought(other, KEYS[name], content)
    assert again.makes == 0
    assert again.there["claims"] == 4
    assert written(other.workspace, name) == content


def test_what_is_known_may_be_looked_up_again_at_each_step(
    desk: desks.Desk, other: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "MOST_KNOWN", 0)
    content = written(desk.workspace, "jsonl")
    brought(other, "work-jsonl", content)
    assert written(other.workspace, "jsonl") == content


def test_states_are_computed_anew(desk: desks.Desk, other: Actor) -> None:
    brought(other, KEYS["csv"], written(desk.workspace, "csv"))
    for incident in desk.raid, desk.strike:
        twin = type(incident).objects.get(workspace=other.workspace, uid=incident.uid)
        reference.assert_as_the_reference_says(twin.pk)


def test_people_stay_names(desk: desks.Desk, other: Actor) -> None:
    people = User.objects.count()
    brought(other, KEYS["csv"], written(desk.workspace, "csv"))
    assert User.objects.count() == people
    denial = Claim.objects.get(workspace=other.workspace, uid=desk.denial.uid)
    assert denial.annotator == other.user
    assert denial.approver == other.user
    names = Credit.objects.filter(noun="claim", object_id=denial.pk)
    assert set(names.values_list("field", "name")) == {
        ("annotator", "Nour Haddad"),
        ("approver", "anbar-reviewer"),
    }


def test_an_import_is_undone_and_redone(desk: desks.Desk, other: Actor) -> None:
    empty = written(other.workspace, "csv")
    content = written(desk.workspace, "jsonl")
    brought(other, KEYS["jsonl"], content)
    change = act_of(other)
    back = undo.undo(other, change)
    assert written(other.workspace, "csv") == empty
    undo.undo(other, back)
    held = desks.unzipped(written(other.workspace, "csv"))
    went = desks.unzipped(written(desk.workspace, "csv"))
    for name in ("claims", "links", "spans", "assessments"):
        rows = [desks.table(one, name) for one in (held, went)]
        for row in rows[0] + rows[1]:
            row.pop("updated_at", "")
        assert rows[0] == rows[1]


@pytest.mark.parametrize("few", [1, 10**6], ids=["at once", "one by one"])
def test_a_large_act_is_taken_back_at_once_to_the_same(
    desk: desks.Desk, other: Actor, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(undo_made, "FEW", few)
    monkeypatch.setattr(undo_made, "BATCH", 7)
    went = {name: written(other.workspace, name) for name in ("csv", "claims-csv")}
    brought(other, "work-jsonl", written(desk.workspace, "jsonl"))
    change = act_of(other)
    undone = undo.undo(other, change)
    assert {name: written(other.workspace, name) for name in went} == went
    assert not SearchDocument.objects.filter(workspace=other.workspace).exists()
    assert not Span.objects.filter(workspace=other.workspace).exists()
    # Each row once, before as it was made.
    made = dict(change.rows.values_list("model", "object_id"))
    taken = list(undone.rows.order_by("id"))
    assert made.keys() - {"revision", "assessmentclaim"} == {line.model for line in taken}
    for line in taken:
        assert line.before == change.rows.get(model=line.model, object_id=line.object_id).after
    undo.undo(other, undone)
    for incident in Incident.objects.within(other.workspace).kept():
        reference.assert_as_the_reference_says(incident.pk)
    assert Claim.objects.within(other.workspace).kept().count() == 4


def test_a_large_act_that_others_built_on_asks(
    desk: desks.Desk, other: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_made, "FEW", 1)
    brought(other, "work-jsonl", written(desk.workspace, "jsonl"))
    claim = Claim.objects.get(workspace=other.workspace, uid=desk.denial.uid)
    claims.edit(other, claim, claim.version, {"note": "since"})
    assert not undo_made.stands_alone(act_of(other))
    with pytest.raises(NeedsConsent, match="changed since"):
        undo.undo(other, act_of(other))
    assert Claim.objects.within(other.workspace).kept().count() == 4


def test_what_still_comes_in_is_not_undone(desk: desks.Desk, other: Actor) -> None:
    brought(other, "work-jsonl", written(desk.workspace, "jsonl"))
    Import.objects.update(state="writing")
    with pytest.raises(ValidationError, match="still being brought in"):
        undo.undo(other, act_of(other))


@pytest.mark.one_database
def test_what_is_here_and_not_the_same_is_told_and_stays(desk: desks.Desk) -> None:
    content = written(desk.workspace, "jsonl")
    actor = Actor(desk.workspace, desk.analyst)
    assert not planned(desk.workspace, "work-jsonl", content).differ
    desk.denial.refresh_from_db()
    claims.edit(actor, desk.denial, desk.denial.version, {"paraphrase": "another"})
    figure = {"measure": "killed", "low": 3}
    demand = Claim.objects.get(pk=desk.demand.pk)
    claims.edit(actor, demand, demand.version, {}, figures=[figure])
    claims.delete(actor, desk.medic_says, Claim.objects.get(pk=desk.medic_says.pk).version)
    found = planned(desk.workspace, "work-jsonl", content)
    assert (found.wrong, found.new["claims"], found.differ["claims"]) == (0, 0, 3)
    told = "\n".join(found.differences)
    assert f"{desk.denial.uid}: its paraphrase is another one here, and stays" in told
    assert f"{desk.demand.uid}: its words or numbers" in told
    assert f"{desk.medic_says.uid}: its deletion" in told


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("table", "changed", "told"),
    [
        ("revisions", {"number": 7}, "number: Its article is at the desk without just this text"),
        ("filings", {}, "position_id: It is in the file twice."),
        ("links", {}, "to_claim_id: It is in the file twice."),
        ("positions", {}, "answer: It is in the file twice."),
    ],
)
def test_what_would_be_refused_when_it_is_shown_is_found_before(
    desk: desks.Desk, table: str, changed: dict[str, object], told: str
) -> None:
    *lines, end = map(json.loads, written(desk.workspace, "jsonl").splitlines())
    row = next(line for line in lines if line.get("table") == table)
    twin = {**row, next(key for key in row if key.endswith("_id")): str(new_uid()), **changed}
    content = b"".join(
        json.dumps(line).encode() + b"\n"
        for line in [*lines, twin, end | {"lines": end["lines"] + 1}]
    )
    found = planned(desk.workspace, "work-jsonl", content)
    assert told in "\n".join(map(str, found.problems))


def test_only_an_owner_takes_over_approvals_and_verdicts(desk: desks.Desk, other: Actor) -> None:
    analyst = factories.a_user("other-analyst")
    factories.a_membership(other.workspace, analyst, Role.ANALYST)
    brought(Actor(other.workspace, analyst), KEYS["csv"], written(desk.workspace, "csv"))
    denial = Claim.objects.get(workspace=other.workspace, uid=desk.denial.uid)
    assert denial.status == "submitted"
    held = desks.unzipped(written(other.workspace, "csv"))
    assert desks.table(held, "assessments") == []


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The bundle with what `change` makes of each of its files."""
    out = io.BytesIO()
    with desks.unzipped(content) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            made.writestr(name, change(name, held.read(name)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("claims", "demand", "wish", "claims.csv, line 6, kind: “wish” is not one of"),
        ("claims", ",kind,", ",kinds,", "There is no column kind"),
        ("claims", "2016-12-08", "08.12.2016", "is not a date as YYYY-MM-DD"),
        ("spans", "a car bomb", "a car bang", "quote: The text says “a car bomb"),
        ("spans", "content,", "contents,", "is not one of"),
        ("links", "contradicts", "", "relation: It can't be blank."),
        ("questions", ",true,true,", ",yes,true,", "neither true nor false"),
        ("figures", ",24,", ",a few,", "is not a whole number"),
        ("revisions", "text_sha256", "text_sha", "There is no column text_sha256"),
        ("incidents", "+00:00", "", ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_comes_in(
    desk: desks.Desk, other: Actor, table: str, old: str, new: str, told: str
) -> None:
    def change(name: str, content: bytes) -> bytes:
        text = content.decode("latin-1") if name.startswith("orig") else content.decode()
        return text.replace(old, new).encode() if name == f"{table}.csv" else content

    content = rewritten(written(desk.workspace, "csv"), change)
    if not told:
        assert planned(other.workspace, KEYS["csv"], content).wrong == 0
        return
    found = planned(other.workspace, KEYS["csv"], content)
    assert told in "\n".join(map(str, found.problems))
    with pytest.raises(ValidationError):
        brought(other, KEYS["csv"], content)
    assert not Source.objects.filter(workspace=other.workspace).exists()
