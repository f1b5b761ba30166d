"""The real name of a protected source is in one table, and nowhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from claims.actions import identity, undo
from claims.actions import source as sources
from claims.actions.journal import Actor
from claims.actions.source_merge import merge
from claims.models import Change, Identity, Incident, Source, Tombstone
from claims.records import Role
from claims.snapshot.formats import FORMATS
from tests import factories
from tests.unit.actions.brought import brought
from tests.unit.actions.everything import settle
from tests.unit.actions.marked import rows_with
from tests.unit.actions.marked_desk import MARK, breaches, head_of, written

pytestmark = pytest.mark.django_db
WHY = "She was threatened."
TEXT = "A farmer said the mill burned. Others ran."


class Witness:
    """A source whose name is in its own row, its other names and its history, and in no text."""

    def __init__(self) -> None:
        desk = factories.a_workspace()
        self.owner = Actor(desk, factories.a_membership(desk, role=Role.OWNER).user)
        twin = sources.create(self.owner, {"name": f"Lina {MARK}-Haddad", "note": f"{MARK} twin"})
        self.source = sources.create(
            self.owner, {"name": f"Old {MARK}", "note": f"in {MARK}"}, [f"Abu {MARK}"]
        )
        self.source = sources.edit(
            self.owner, self.source, self.source.version, {"name": f"Lina {MARK}"}
        )
        self.source = merge(self.owner, self.source, twin, (self.source.version, twin.version))
        self.incident = factories.an_incident(
            desk,
            place="12 Mill Lane, Zubair, Basra, Iraq",
            latitude=Decimal("30.384210"),
            longitude=Decimal("47.705510"),
        )
        factories.a_claim(
            factories.an_article(desk, TEXT), source=self.source, incident=self.incident
        )
        settle()

    def protect(self) -> Source:
        self.source.refresh_from_db()
        return identity.protect(
            self.owner, self.source, self.source.version, "Witness 1", WHY, [self.incident]
        )


def test_the_name_is_in_no_other_table_and_the_chain_holds() -> None:
    witness = Witness()
    was = breaches(witness.owner.workspace)
    before = head_of(witness.owner.workspace)
    assert identity.suggested(witness.source) == "Witness 1"
    source = witness.protect()
    assert (source.name, source.protected) == ("Witness 1", True)
    assert {line.split()[0] for line in rows_with(MARK)} == {"identity"}
    kept = Identity.objects.get()
    assert (kept.name, kept.note) == (f"Lina {MARK}", f"in {MARK}")
    assert set(kept.aliases) == {f"Abu {MARK}", f"Old {MARK}", f"Lina {MARK}-Haddad"}
    assert set(breaches(witness.owner.workspace, before)) == set(was)
    assert identity.suggested(source) == "Witness 2"
    assert Tombstone.objects.get().sha256 == ""


def test_its_place_is_blurred_and_the_exact_one_is_kept_for_owners() -> None:
    witness = Witness()
    witness.protect()
    incident = Incident.objects.get(pk=witness.incident.pk)
    assert (incident.place, incident.location_precision) == ("Basra, Iraq", "region")
    assert (incident.latitude, incident.longitude) == (Decimal(30), Decimal(48))
    assert list(rows_with("mill lane", "30.38421")) == list(rows_with("mill lane"))
    assert {line.split()[0] for line in rows_with("mill lane")} == {"identity"}


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_tells_it(name: str) -> None:
    witness = Witness()
    witness.protect()
    assert MARK.encode() not in written(witness.owner, name).lower()


def test_a_desk_with_a_protected_source_comes_in_and_goes_out_the_same() -> None:
    witness = Witness()
    witness.protect()
    content = written(witness.owner, "jsonl")
    desk = factories.a_workspace()
    other = Actor(desk, factories.a_membership(desk, role=Role.OWNER).user)
    brought(other, "work-jsonl", content)
    assert written(other, "jsonl") == content
    assert not Identity.objects.within(desk).exists()


def test_what_can_not_be_done_with_it_says_why() -> None:
    witness = Witness()
    source = witness.protect()
    other = sources.create(witness.owner, {"name": "Somebody"})
    with pytest.raises(ValidationError, match="is not merged"):
        merge(witness.owner, source, other, (source.version, other.version))
    with pytest.raises(ValidationError, match="protected already"):
        witness.protect()
    with pytest.raises(ValidationError, match="can't be undone"):
        undo.undo(witness.owner, Change.objects.get(action=identity.PROTECT))
    with pytest.raises(ValidationError, match=f"was withheld on .*{WHY}"):
        undo.undo(witness.owner, Change.objects.filter(action="source.edit").latest("id"))
    named = sources.create(witness.owner, {"name": "Omar"})
    with pytest.raises(ValidationError, match="is in it"):
        identity.protect(witness.owner, named, named.version, "Omar the witness", WHY)


def test_it_can_be_lifted() -> None:
    witness = Witness()
    source = witness.protect()
    source = identity.lift(witness.owner, source, source.version)
    assert (source.name, source.protected) == (f"Lina {MARK}", False)
    assert source.aliases.count() == len(["Abu", "Old", "Haddad"])
    assert not Identity.objects.exists()
    head = head_of(witness.owner.workspace)
    assert not [one for one in breaches(witness.owner.workspace, head) if "source" in one]


def test_an_unnamed_one_leaves_its_namesakes_alone() -> None:
    desk = factories.a_workspace()
    owner = Actor(desk, factories.a_membership(desk, role=Role.OWNER).user)
    medic = factories.a_source(desk, name="a medic", article=factories.an_article(desk))
    sources.create(owner, {"name": "a medic of the army"})
    identity.protect(owner, medic, medic.version, "Witness 1", WHY)
    assert Change.objects.filter(summary__contains="a medic of the army").exists()
