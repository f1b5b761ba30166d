"""A migration is applied while the version before still serves: it takes nothing away from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

pytestmark = pytest.mark.one_database
# Before these there was no version in use. A second step, which takes away what the version
# before it has stopped to use, says so: `second_step = True` on the class of the migration.
HELD_FROM = 22
AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def breaches(operations: Sequence[Operation]) -> Iterator[str]:
    made: set[str] = set()
    for operation in operations:
        one: Any = operation
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from breaches(one.database_operations)
        elif isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        elif isinstance(operation, AWAY):
            yield f"{operation.describe()}: the old version still uses it"
        elif isinstance(operation, migrations.AddField) and one.model_name_lower not in made:
            field: models.Field[Any, Any] = one.field
            many = isinstance(field, models.ManyToManyField)
            if not (many or field.null or field.has_db_default()):
                yield f"{operation.describe()}: the old version writes rows without it"
        elif isinstance(operation, migrations.AlterField):
            # What it was before is not told here: the safe way is said, or it is a second step.
            field = one.field
            if not (field.null or field.has_db_default() or field.primary_key):
                yield f"{operation.describe()}: is it empty in rows of the old version?"


def test_a_new_migration_leaves_the_version_before_it_working() -> None:
    loader = MigrationLoader(None)
    found = {
        name: list(breaches(migration.operations))
        for (app, name), migration in loader.disk_migrations.items()
        if app == "claims"
        and int(name[:4]) >= HELD_FROM
        and not getattr(migration, "second_step", False)
    }
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("operation", "refused"),
    [
        (migrations.RemoveField("claim", "note"), True),
        (migrations.RenameField("claim", "note", "remark"), True),
        (migrations.DeleteModel("claim"), True),
        (migrations.AddField("claim", "note", models.TextField(default="")), True),
        (migrations.AddField("claim", "note", models.TextField(db_default="")), False),
        (migrations.AddField("claim", "note", models.TextField(null=True)), False),
        (migrations.AlterField("claim", "note", models.TextField()), True),
        (migrations.AlterField("claim", "note", models.TextField(null=True)), False),
        (migrations.CreateModel("note", [("id", models.BigAutoField(primary_key=True))]), False),
    ],
)
def test_it_knows_what_the_version_before_can_not_bear(operation: Operation, refused: bool) -> None:
    assert bool(list(breaches([operation]))) == refused
