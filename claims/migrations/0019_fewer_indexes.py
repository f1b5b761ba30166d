"""Pointers lose the index of their own where a wider one begins with the same column.

Each is dropped by its name: to alter the column, SQLite would copy the whole table.
"""

import django.db.models.deletion
from django.db import migrations, models


class WithoutIndex(migrations.AlterField):
    """Drops the index on this column alone."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        with schema_editor.connection.cursor() as cursor:
            there = schema_editor.connection.introspection.get_constraints(
                cursor, model._meta.db_table
            )
        for name, one in there.items():
            if one["index"] and not one["unique"] and one["columns"] == [column]:
                schema_editor.execute(schema_editor._delete_index_sql(model, name))  # noqa: SLF001

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))  # noqa: SLF001


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0018_past_journals"),
    ]

    operations = [
        WithoutIndex(
            model_name="changerow",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.workspace",
            ),
        ),
        WithoutIndex(
            model_name="changetopic",
            name="change",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="topics",
                to="claims.change",
            ),
        ),
        WithoutIndex(
            model_name="changetopic",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.workspace",
            ),
        ),
        WithoutIndex(
            model_name="claim",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="claims.article",
            ),
        ),
        WithoutIndex(
            model_name="claim",
            name="incident",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="claims.incident",
            ),
        ),
        WithoutIndex(
            model_name="claim",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="claims.source",
            ),
        ),
        WithoutIndex(
            model_name="claim",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.workspace",
            ),
        ),
        WithoutIndex(
            model_name="span",
            name="claim",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="spans",
                to="claims.claim",
            ),
        ),
        WithoutIndex(
            model_name="span",
            name="revision",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spans",
                to="claims.revision",
            ),
        ),
        WithoutIndex(
            model_name="span",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="claims.workspace",
            ),
        ),
    ]
