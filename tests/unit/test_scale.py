"""Every table and every unique constraint can be split by desk, or is named: docs/scale.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import UniqueConstraint

pytestmark = pytest.mark.one_database
PAGE = (Path(__file__).resolve().parents[2] / "docs/scale.md").read_text()
# Whole on each machine.
OF_ALL_DESKS = {"user", "user_groups", "user_user_permissions", "workspace", "allowance", "receipt"}
# Parts of a row that has the column: they would get it from there.
PARTS = {"pastrow", "chronicle_acts", "staged", "assessmentchange"}
# What each hangs on is of one desk, and so is all that can collide with it.
BY_A_PARENT = {
    "alias_once": "source",
    "assessment_change_once": "assessment",
    "assessment_claim_once": "assessment",
    "assessment_replaced_once": "supersedes",
    "blindreading_once": "article",
    "filing_once": "claim",
    "link_once": "from_claim",
    "link_one_restates": "from_claim",
    "link_symmetric_once": "from_claim",
    "mention_once": "comment",
    "paragraph_read_once": "revision",
    "placement_once": "claim",
    "position_text": "question",
    "revision_number": "article",
    "span_once": "claim",
    "staged_once": "job",
    "topic_order": "change",
    "change.undo_of": "undo_of",
    "identity.source": "source",
    "toread.article": "article",
    "chronicle.change": "change",
    "chronicle_acts.chronicle": "chronicle",
}
# No person meets these: an id of a row, which its sequence makes unique, or a secret's hash.
UNMET = {
    "credit_once": "object_id",
    "searchdocument_of_object": "object_id",
    "invitation.secret_hash": "secret_hash",
    "token.digest": "digest",
}
MODELS: list[Any] = list(apps.get_app_config("claims").get_models(include_auto_created=True))


def split(model: Any) -> bool:
    return any(field.name == "workspace" for field in model._meta.fields)


def test_every_table_has_the_desk_or_is_named() -> None:
    without = {model._meta.model_name for model in MODELS if not split(model)}
    assert without == OF_ALL_DESKS | PARTS
    assert [name for name in PARTS if f"`{name}`" not in PAGE] == []


def unique(model: Any) -> dict[str, set[str]]:
    """What is unique in a table beside its id: by name, the columns."""
    noun = model._meta.model_name
    found = {
        f"{noun}.{field.name}": {field.name}
        for field in model._meta.fields
        if field.unique and field.name != "id"
    }
    for group in model._meta.unique_together:
        found[f"{noun}.{group[0]}"] = set(group)
    for one in model._meta.constraints:
        if isinstance(one, UniqueConstraint):
            named = {
                part.name
                for expression in one.expressions
                for part in getattr(expression, "flatten", lambda one=expression: [one])()
                if hasattr(part, "name")
            }
            found[one.name] = set(one.fields) | named
    return found


def test_every_unique_constraint_has_the_desk_or_hangs_on_what_has_it() -> None:
    without = {
        name: columns
        for model in MODELS
        if model._meta.model_name not in OF_ALL_DESKS
        for name, columns in unique(model).items()
        if "workspace" not in columns
    }
    named = BY_A_PARENT | UNMET
    assert set(without) == set(named)
    assert [name for name, columns in without.items() if named[name] not in columns] == []


def test_what_they_hang_on_is_a_row_of_a_desk() -> None:
    for model in MODELS:
        for name in unique(model):
            if name in BY_A_PARENT:
                parent = model._meta.get_field(BY_A_PARENT[name]).related_model
                assert split(parent), name
