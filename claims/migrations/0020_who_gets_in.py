from __future__ import annotations

from typing import Any

import claims.models.base
import django.utils.timezone
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def end_tokens(apps: Any, schema_editor: Any) -> None:
    """Those of before opened all desks of their person: nobody had asked for that."""
    apps.get_model("knox", "AuthToken").objects.all().delete()


def untie_tokens(apps: Any, schema_editor: Any) -> None:
    """The table that stays empty points at no accounts: else none could be emptied on PostgreSQL."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, "knox_authtoken")
    for name, one in there.items():
        if one["foreign_key"]:
            quoted = connection.ops.quote_name(name)
            schema_editor.execute(f"ALTER TABLE knox_authtoken DROP CONSTRAINT {quoted}")


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0019_fewer_indexes"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [
        migrations.RunPython(untie_tokens, migrations.RunPython.noop),
        migrations.RunPython(end_tokens, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.CharField(max_length=128, primary_key=True, serialize=False)),
                ("token_key", models.CharField(db_index=True, max_length=25)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expiry", models.DateTimeField(blank=True, null=True)),
                ("read_only", models.BooleanField(default=False)),
                ("used_on", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="auth_token_set",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.workspace",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=150)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "viewer"),
                            ("analyst", "analyst"),
                            ("reviewer", "reviewer"),
                            ("owner", "owner"),
                        ],
                        max_length=8,
                    ),
                ),
                ("secret_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("expires_at", models.DateTimeField(editable=False)),
                ("used_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("used_at", None)),
                        fields=["workspace", "expires_at"],
                        name="invitation_unused",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="invitation_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["viewer", "analyst", "reviewer", "owner"])
                        ),
                        name="invitation_role_word",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="workspace",
            name="requires_second_factor",
            field=models.BooleanField(
                db_default=False,
                default=False,
                verbose_name="members need a second factor",
            ),
        ),
    ]
