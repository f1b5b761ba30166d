from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def end_tokens(apps: Any, schema_editor: Any) -> None:
    """Those of before opened all desks of their person: nobody had asked for that."""
    apps.get_model("knox", "AuthToken").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0018_past_journals"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [
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
    ]
