"""What is chosen of the labels of another tool: a part of a claim, or that their marks stay out."""

from __future__ import annotations

import io
from typing import Any

import pytest

from claims.importers import brat, doccano, label_studio
from claims.importers.choices import AS_NAMED, OUT, Choices, of_json
from claims.importers.foreign import MOST_LABELS, Foreign
from claims.importers.marks import Shelf
from claims.importers.work import Line
from claims.records.tables import BY_NAME
from tests.files import a_zip
from tests.unit.importers import foreign

pytestmark = pytest.mark.one_database

LINES = foreign.jsonl(*foreign.doccano_lines())


def read(content: bytes, reader: Any = doccano, /, **labels: str) -> Foreign:
    choices = Choices(labels, twice=False)
    found: Foreign = reader.read(io.BytesIO(content), "the file", Shelf(), choices)
    return found


def rows(work: Foreign, table: str) -> list[Any]:
    return [one.record for one in work.rows(BY_NAME[table]) if isinstance(one, Line)]


def spans(work: Foreign) -> set[tuple[str, str]]:
    return {(one.role, one.quote) for one in rows(work, "spans")}


def test_what_there_is_to_choose_is_offered_with_how_many_there_are() -> None:
    assert read(LINES).offers == ([("LOC", 2), ("PERSON", 1), ("ORG", 1)], 0)
    many = [[0, 5, f"L{number}"] for number in range(MOST_LABELS + 1)]
    told = read(foreign.jsonl({"text": "Paris and Lyon.", "label": many})).offers
    assert len(told.labels) == MOST_LABELS


def test_a_label_becomes_the_part_that_was_chosen() -> None:
    assert ("content", "A doctor") in spans(read(LINES))
    work = read(LINES, PERSON="source")
    assert ("source", "A doctor") in spans(work)
    assert ("content", "A doctor") not in spans(work)
    assert "A doctor" in {one.source for one in rows(work, "claims")}
    # Which label it was is no part of the claim, and stays in a comment.
    told = [one.text for one in rows(work, "comments")]
    assert "Label in the file of “A doctor”: PERSON" in told
    assert work.offers == read(LINES).offers


def test_a_choice_goes_before_the_name() -> None:
    assert ("source", "The mayor") in spans(read(LINES))
    assert ("content", "The mayor") in spans(read(LINES, who="content"))
    assert spans(read(LINES, who="cue")) >= {("cue", "The mayor")}


def test_what_is_left_out_takes_its_relations_and_notes_along() -> None:
    work = read(LINES, PERSON=OUT, LOC=OUT)
    assert {words for _, words in spans(work)}.isdisjoint({"A doctor", "Paris", "Lyon"})
    assert not work.problems
    assert "Spans that are left out for their label: 3." in work.notes
    assert "Relations to what is left out: 1." in work.notes
    assert work.notes[0] == (
        "Spans in the file: 4. As claims: 3; as who or reporting words of one: 1."
    )
    noted = read(foreign.as_json(foreign.tasks()), label_studio, Claim=OUT, Statement=OUT)
    assert "Notes and the like of what is left out: 1." in noted.notes
    # Of several labels, the others still hold.
    kept = read(foreign.as_json(foreign.tasks()), label_studio, Person=OUT)
    assert ("source", "The mayor") in spans(kept)
    assert ("content", "A doctor") not in spans(kept)


def test_so_it_is_with_brat() -> None:
    work = read(foreign.brat(), brat, Organization="source", Location=OUT)
    assert {words for _, words in spans(work)}.isdisjoint({"Springfield"})
    assert not work.problems
    assert dict(work.offers.labels)["Organization"] == 2
    lone = read(a_zip({"a.txt": "Paris.", "a.ann": "T1\tLOC 0 5\tParis\n"}), brat, LOC=OUT)
    assert not rows(lone, "claims")


def test_choices_are_kept_as_json() -> None:
    choices = Choices({"ORG": "source", "LOC": OUT}, twice=True)
    assert of_json(choices.as_json()) == choices
    assert of_json(None) is AS_NAMED
