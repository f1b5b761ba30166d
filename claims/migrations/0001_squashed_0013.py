"""All tables as they were after the thirteenth migration, made at once.

A fresh database is there in half the time. One that has run those is taken to have run this.
"""

from importlib import import_module

import claims.models.article
import claims.models.base
import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

search = import_module("claims.migrations.0006_search")


class Migration(migrations.Migration):
    replaces = [
        ("claims", "0001_initial"),
        ("claims", "0002_assessments_comments_ratings"),
        ("claims", "0003_incident_by_place"),
        ("claims", "0004_history"),
        ("claims", "0005_history_of_earlier_changes"),
        ("claims", "0006_search"),
        ("claims", "0007_claims_of_a_source_by_incident"),
        ("claims", "0008_verdicts_by_what_they_follow"),
        ("claims", "0009_disputes_beside_the_key_question"),
        ("claims", "0010_what_a_factual_claim_is_called"),
        ("claims", "0011_claims_waiting_by_annotator"),
        ("claims", "0012_claims_by_annotator_and_day_said"),
        ("claims", "0013_credits"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        default=False,
                        help_text="A demo sign-in, whose password is kept beside the database.",
                    ),
                ),
                ("keys", models.JSONField(blank=True, default=dict)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Workspace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        default=claims.models.base.new_uid, editable=False, unique=True
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "uses_reliability",
                    models.BooleanField(default=False, verbose_name="use source reliability"),
                ),
                (
                    "uses_credibility",
                    models.BooleanField(default=False, verbose_name="use claim credibility"),
                ),
                (
                    "uses_certainty",
                    models.BooleanField(default=False, verbose_name="use certainty"),
                ),
                (
                    "dozens_from",
                    models.PositiveSmallIntegerField(
                        choices=[(24, "24"), (12, "12")],
                        default=24,
                        verbose_name="“dozens” starts at",
                    ),
                ),
                (
                    "incident_code",
                    models.CharField(
                        default="YYYYMMDD-NN",
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "YYYYMMDD.*NN", "The pattern needs YYYYMMDD and, after it, NN."
                            )
                        ],
                        verbose_name="incident codes look like",
                    ),
                ),
                ("question_templates", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("dozens_from__in", [12, 24])),
                        name="workspace_dozens_from",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Side",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("name", models.CharField(max_length=100)),
                (
                    "color",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1"),
                            (2, "2"),
                            (3, "3"),
                            (4, "4"),
                            (5, "5"),
                            (6, "6"),
                            (7, "7"),
                            (8, "8"),
                        ],
                        default=1,
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
                "ordering": ["name", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="side_uid"),
                    models.UniqueConstraint(fields=("workspace", "name"), name="side_name"),
                    models.CheckConstraint(
                        condition=models.Q(("color__range", (1, 8))), name="side_color_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("action", models.CharField(max_length=40)),
                ("summary", models.CharField(max_length=300)),
                ("is_undo", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claim", "claims"),
                            ("link", "links"),
                            ("filing", "filings under answers"),
                            ("incident", "incidents, questions, answers"),
                            ("article", "articles"),
                            ("source", "sources and sides"),
                            ("verdict", "verdicts"),
                            ("comment", "comments"),
                            ("desk", "members and settings"),
                            ("other", "anything else"),
                        ],
                        default="other",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("undone", models.BooleanField(default=False, editable=False)),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chain",
                        to="claims.change",
                    ),
                ),
                (
                    "undo_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="claims.change",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
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
                    models.Index(fields=["workspace", "-id"], name="change_newest"),
                    models.Index(fields=["workspace", "user", "-id"], name="change_by_user"),
                    models.Index(fields=["workspace", "-at", "-id"], name="change_in_time"),
                    models.Index(
                        fields=["workspace", "user", "-at", "-id"], name="change_by_person"
                    ),
                    models.Index(fields=["workspace", "kind", "-at", "-id"], name="change_by_kind"),
                    models.Index(
                        fields=["workspace", "action", "-at", "-id"], name="change_by_action"
                    ),
                    models.Index(
                        condition=models.Q(("undone", True)),
                        fields=["workspace", "-at", "-id"],
                        name="change_undone",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="change_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "claim",
                                    "link",
                                    "filing",
                                    "incident",
                                    "article",
                                    "source",
                                    "verdict",
                                    "comment",
                                    "desk",
                                    "other",
                                ],
                            )
                        ),
                        name="change_kind_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
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
                ("code", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=300)),
                (
                    "occurred_from",
                    models.DateTimeField(blank=True, null=True, verbose_name="from (UTC)"),
                ),
                (
                    "occurred_to",
                    models.DateTimeField(blank=True, null=True, verbose_name="to (UTC)"),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("minute", "to the minute"),
                            ("hour", "to the hour"),
                            ("day", "that day"),
                            ("month", "that month"),
                            ("year", "that year"),
                            ("unknown", "not known"),
                        ],
                        default="day",
                        max_length=7,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300)),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True),
                ),
                (
                    "location_precision",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("neighbourhood", "neighbourhood"),
                            ("town", "town"),
                            ("district", "district"),
                            ("region", "region"),
                            ("country", "country"),
                            ("unknown", "not known"),
                        ],
                        default="unknown",
                        max_length=13,
                    ),
                ),
                ("summary", models.TextField(blank=True)),
                (
                    "workflow",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("in_review", "in review"),
                            ("closed", "closed"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("disputed", "disputed"),
                            ("uncorroborated", "one source"),
                            ("corroborated", "several agree"),
                            ("unanswered", "unanswered"),
                        ],
                        default="unanswered",
                        editable=False,
                        max_length=14,
                    ),
                ),
                ("challenged", models.BooleanField(default=False, editable=False)),
                ("live_claims", models.PositiveIntegerField(default=0, editable=False)),
                ("originators", models.PositiveIntegerField(default=0, editable=False)),
                ("sides", models.PositiveIntegerField(default=0, editable=False)),
                ("competing_pairs", models.PositiveIntegerField(default=0, editable=False)),
                ("conflicting_originators", models.PositiveIntegerField(default=0, editable=False)),
                ("heat", models.BigIntegerField(default=0, editable=False)),
                ("awaits_second", models.BooleanField(default=False, editable=False)),
                ("evidence_changed", models.BooleanField(default=False, editable=False)),
                ("verdicts", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_incidents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="claims.incident",
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
                    models.Index(fields=["workspace", "-heat", "-id"], name="incident_contested"),
                    models.Index(
                        fields=["workspace", "state", "-heat", "-id"], name="incident_by_state"
                    ),
                    models.Index(
                        fields=["workspace", "workflow", "-heat", "-id"], name="incident_by_work"
                    ),
                    models.Index(
                        fields=["workspace", "assignee", "-heat", "-id"], name="incident_by_who"
                    ),
                    models.Index(
                        fields=["workspace", "occurred_from", "id"], name="incident_by_date"
                    ),
                    models.Index(
                        condition=models.Q(("evidence_changed", True)),
                        fields=["workspace", "-heat", "-id"],
                        name="incident_evidence_changed",
                    ),
                    models.Index(
                        condition=models.Q(("awaits_second", True)),
                        fields=["workspace", "-heat", "-id"],
                        name="incident_awaits_second",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["workspace", "latitude", "longitude"],
                        name="incident_by_place",
                    ),
                    models.Index(
                        condition=models.Q(("challenged", True)),
                        fields=["workspace", "-heat", "-id"],
                        name="incident_challenged",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="incident_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("precision__in", ["minute", "hour", "day", "month", "year", "unknown"])
                        ),
                        name="incident_precision_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "location_precision__in",
                                [
                                    "exact",
                                    "neighbourhood",
                                    "town",
                                    "district",
                                    "region",
                                    "country",
                                    "unknown",
                                ],
                            )
                        ),
                        name="incident_location_precision_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("workflow__in", ["open", "in_review", "closed"])),
                        name="incident_workflow_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["disputed", "uncorroborated", "corroborated", "unanswered"],
                            )
                        ),
                        name="incident_state_word",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("workspace", "code"),
                        name="incident_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="incident_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occurred_to", None),
                            ("occurred_to__gte", models.F("occurred_from")),
                            _connector="OR",
                        ),
                        name="incident_time_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(
                                ("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))
                            ),
                            _connector="OR",
                        ),
                        name="incident_coordinates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="incident_not_own_part",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                ("text", models.CharField(max_length=300)),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("occurrence", "whether it happened"),
                            ("place", "where"),
                            ("time", "when"),
                            ("perpetrator", "who did it"),
                            ("intent", "intent"),
                            ("victims", "who the victims were"),
                            ("cause", "cause"),
                            ("casualties", "casualties"),
                            ("evidence", "evidence"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=11,
                    ),
                ),
                ("is_key", models.BooleanField(default=False, verbose_name="key question")),
                (
                    "exclusive",
                    models.BooleanField(default=True, verbose_name="only one answer can be so"),
                ),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("disputed", "disputed"),
                            ("uncorroborated", "one source"),
                            ("corroborated", "several agree"),
                            ("unanswered", "unanswered"),
                        ],
                        default="unanswered",
                        editable=False,
                        max_length=14,
                    ),
                ),
                ("challenged", models.BooleanField(default=False, editable=False)),
                ("competing_pairs", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="claims.incident",
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
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="question_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "aspect__in",
                                [
                                    "occurrence",
                                    "place",
                                    "time",
                                    "perpetrator",
                                    "intent",
                                    "victims",
                                    "cause",
                                    "casualties",
                                    "evidence",
                                    "other",
                                ],
                            )
                        ),
                        name="question_aspect_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["disputed", "uncorroborated", "corroborated", "unanswered"],
                            )
                        ),
                        name="question_state_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="question_has_text"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
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
                ("text", models.CharField(max_length=300)),
                (
                    "competes",
                    models.BooleanField(default=True, verbose_name="rules the other answers out"),
                ),
                ("order", models.PositiveIntegerField(default=0)),
                ("held_by", models.PositiveIntegerField(default=0, editable=False)),
                ("held_sides", models.PositiveIntegerField(default=0, editable=False)),
                ("held_by_accused", models.BooleanField(default=False, editable=False)),
                ("in_part_by", models.PositiveIntegerField(default=0, editable=False)),
                ("rejected_by", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="claims.question",
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
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="position_uid"),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("question", "text"),
                        name="position_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="position_has_text"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("name", models.CharField(max_length=255)),
                ("media_type", models.CharField(max_length=100)),
                ("encoding", models.CharField(blank=True, max_length=40)),
                ("content", models.BinaryField()),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
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
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="upload_uid")
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("name", models.CharField(max_length=100)),
                ("query", models.CharField(max_length=2000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
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
                "ordering": ["name", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="savedsearch_uid"),
                    models.UniqueConstraint(
                        fields=("workspace", "user", "name"), name="savedsearch_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="claims.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "user"), name="membership_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["viewer", "analyst", "reviewer", "owner"])
                        ),
                        name="membership_role_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noun", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("field", models.CharField(max_length=20)),
                ("name", models.TextField()),
                (
                    "stand_in",
                    models.ForeignKey(
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("noun", "object_id", "field"), name="credit_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeTopic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("noun", models.CharField(max_length=8)),
                ("object_id", models.BigIntegerField()),
                ("order", models.PositiveIntegerField()),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="claims.change",
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
                "ordering": ["order"],
                "indexes": [
                    models.Index(
                        fields=["workspace", "noun", "object_id", "-change"], name="topic_history"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("change", "order"), name="topic_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                (
                    "change",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="claims.change",
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
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        fields=["workspace", "model", "object_id", "id"], name="change_of_object"
                    ),
                    models.Index(
                        fields=["change", "model", "object_id", "id"], name="rows_of_change"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                ("name", models.CharField(max_length=200)),
                ("name_folded", models.CharField(editable=False, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("organisation", "organisation"),
                            ("state_body", "state body"),
                            ("armed_group", "armed group"),
                            ("media", "media"),
                            ("witness", "witness"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                ("named", models.BooleanField(default=True)),
                ("note", models.TextField(blank=True)),
                (
                    "affiliation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliates",
                        to="claims.source",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="claims.side",
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
                    models.Index(fields=["workspace", "name_folded", "id"], name="source_by_name"),
                    models.Index(
                        fields=["workspace", "side", "name_folded", "id"], name="source_by_side"
                    ),
                    models.Index(
                        fields=["workspace", "kind", "name_folded", "id"], name="source_by_kind"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="source_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "person",
                                    "organisation",
                                    "state_body",
                                    "armed_group",
                                    "media",
                                    "witness",
                                    "other",
                                ],
                            )
                        ),
                        name="source_kind_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="source_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("affiliation", models.F("id")), _negated=True),
                        name="source_not_own_affiliation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
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
                ("title", models.CharField(max_length=500)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("article", "article"),
                            ("post", "post"),
                            ("video", "video"),
                            ("statement", "statement"),
                            ("other", "other"),
                        ],
                        default="article",
                        max_length=9,
                    ),
                ),
                ("byline", models.CharField(blank=True, max_length=300)),
                ("url", models.URLField(blank=True, max_length=2000)),
                ("archive_url", models.URLField(blank=True, max_length=2000)),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "language",
                    models.CharField(blank=True, max_length=35, verbose_name="language (BCP 47)"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("in_progress", "in progress"),
                            ("annotated", "annotated"),
                            ("reviewed", "reviewed"),
                        ],
                        default="new",
                        max_length=11,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_articles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "republishes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="republished_by",
                        to="claims.article",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published",
                        to="claims.source",
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
                    models.Index(fields=["workspace", "-id"], name="article_newest"),
                    models.Index(fields=["workspace", "status", "-id"], name="article_by_status"),
                    models.Index(
                        fields=["workspace", "publisher", "-id"], name="article_by_publisher"
                    ),
                    models.Index(
                        fields=["workspace", "assignee", "-id"], name="article_by_assignee"
                    ),
                    models.Index(
                        fields=["workspace", "language", "-id"], name="article_by_language"
                    ),
                    models.Index(
                        fields=["workspace", "published_on", "-id"], name="article_by_date"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="article_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("type__in", ["article", "post", "video", "statement", "other"])
                        ),
                        name="article_type_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["new", "in_progress", "annotated", "reviewed"])
                        ),
                        name="article_status_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="article_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("republishes", models.F("id")), _negated=True),
                        name="article_not_own_copy",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("factual", "factual claim"),
                            ("evaluative", "opinion"),
                            ("demand", "demand"),
                        ],
                        default="factual",
                        max_length=10,
                    ),
                ),
                (
                    "polarity",
                    models.CharField(
                        choices=[("asserts", "says it is so"), ("denies", "says it is not so")],
                        default="asserts",
                        max_length=7,
                    ),
                ),
                (
                    "speech",
                    models.CharField(
                        choices=[
                            ("direct", "their own words"),
                            ("indirect", "reported"),
                            ("mixed", "partly their own words"),
                        ],
                        default="indirect",
                        max_length=8,
                    ),
                ),
                (
                    "knows_by",
                    models.CharField(
                        choices=[
                            ("first_hand", "saw or did it"),
                            ("told", "was told"),
                            ("unstated", "not stated"),
                        ],
                        default="unstated",
                        max_length=10,
                        verbose_name="how they know",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("certain", "certain"),
                            ("probable", "probable"),
                            ("possible", "possible"),
                            ("unstated", "not stated"),
                        ],
                        default="unstated",
                        max_length=8,
                    ),
                ),
                ("said_from", models.DateField(blank=True, null=True, verbose_name="said on")),
                ("said_to", models.DateField(blank=True, null=True, verbose_name="or up to")),
                (
                    "said_as_stated",
                    models.CharField(blank=True, max_length=200, verbose_name="said, as stated"),
                ),
                ("paraphrase", models.TextField(blank=True)),
                ("translation", models.TextField(blank=True)),
                ("translator", models.CharField(blank=True, max_length=200)),
                ("note", models.TextField(blank=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("person", "a person"),
                            ("suggestion", "an accepted suggestion"),
                            ("import", "an import"),
                        ],
                        default="person",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("approved", "approved"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="submitted",
                        max_length=9,
                    ),
                ),
                ("stands", models.BooleanField(default=False, editable=False)),
                ("live", models.BooleanField(default=False, editable=False)),
                ("disputed", models.BooleanField(default=False, editable=False)),
                ("competing_claims", models.PositiveIntegerField(default=0, editable=False)),
                ("competing_originators", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1, confirmed by other sources"),
                            ("2", "2, probably true"),
                            ("3", "3, possibly true"),
                            ("4", "4, doubtful"),
                            ("5", "5, improbable"),
                            ("6", "6, truth cannot be judged"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approved_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="claims.article",
                    ),
                ),
                (
                    "originator_article",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="claims.article",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cards",
                        to="claims.claim",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="claims.incident",
                    ),
                ),
                (
                    "accused",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accusing_claims",
                        to="claims.source",
                    ),
                ),
                (
                    "originator",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="claims.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="claims.source",
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relayed_claims",
                        to="claims.source",
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
                    models.Index(fields=["workspace", "id"], name="claim_in_order"),
                    models.Index(fields=["workspace", "status", "id"], name="claim_by_status"),
                    models.Index(fields=["workspace", "disputed", "id"], name="claim_by_disputed"),
                    models.Index(fields=["article", "id"], name="claim_by_article"),
                    models.Index(fields=["incident", "id"], name="claim_by_incident"),
                    models.Index(fields=["source", "id"], name="claim_by_source"),
                    models.Index(
                        fields=["source", "incident", "id"], name="claim_by_source_incident"
                    ),
                    models.Index(
                        fields=["workspace", "status", "annotator", "id"],
                        name="claim_by_status_annotator",
                    ),
                    models.Index(
                        fields=["workspace", "annotator", "id"], name="claim_by_annotator"
                    ),
                    models.Index(fields=["workspace", "said_from", "id"], name="claim_by_day_said"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="claim_uid"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["factual", "evaluative", "demand"])),
                        name="claim_kind_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("polarity__in", ["asserts", "denies"])),
                        name="claim_polarity_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("speech__in", ["direct", "indirect", "mixed"])),
                        name="claim_speech_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("knows_by__in", ["first_hand", "told", "unstated"])),
                        name="claim_knows_by_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["certain", "probable", "possible", "unstated"])
                        ),
                        name="claim_certainty_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["person", "suggestion", "import"])),
                        name="claim_origin_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "submitted", "approved", "withdrawn"])
                        ),
                        name="claim_status_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said_to", None),
                            ("said_to__gte", models.F("said_from")),
                            _connector="OR",
                        ),
                        name="claim_said_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                        name="claim_credibility_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("number", models.PositiveIntegerField(default=1)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("captured_at", models.DateTimeField()),
                (
                    "original",
                    models.FileField(
                        blank=True, max_length=200, upload_to=claims.models.article.original_path
                    ),
                ),
                ("original_name", models.CharField(max_length=255)),
                ("original_sha256", models.CharField(max_length=64)),
                ("original_type", models.CharField(max_length=100)),
                ("encoding", models.CharField(max_length=40)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="claims.article",
                    ),
                ),
                (
                    "captured_by",
                    models.ForeignKey(
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
                "ordering": ["number"],
                "abstract": False,
                "indexes": [models.Index(fields=["workspace", "sha256"], name="revision_sha256")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="revision_uid"),
                    models.UniqueConstraint(fields=("article", "number"), name="revision_number"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="revision_has_text"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Span",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("source", "who"),
                            ("cue", "reporting words"),
                            ("content", "what"),
                        ],
                        max_length=7,
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("quote", models.TextField()),
                (
                    "match",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("moved", "moved"),
                            ("fuzzy", "similar words"),
                            ("orphaned", "no longer in the text"),
                        ],
                        default="exact",
                        max_length=8,
                    ),
                ),
                ("score", models.FloatField(default=1.0)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spans",
                        to="claims.claim",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spans",
                        to="claims.revision",
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
                "ordering": ["start", "end", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["revision", "start", "end"], name="span_in_text"),
                    models.Index(fields=["claim", "role", "start"], name="span_of_claim"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="span_uid"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["source", "cue", "content"])),
                        name="span_role_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("match__in", ["exact", "moved", "fuzzy", "orphaned"])),
                        name="span_match_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="span_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quote", ""), _negated=True), name="span_has_quote"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (0, 1))), name="span_score_range"
                    ),
                    models.UniqueConstraint(
                        fields=("claim", "revision", "role", "start", "end"), name="span_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "noun",
                    models.CharField(
                        choices=[
                            ("claim", "claims"),
                            ("article", "articles"),
                            ("source", "sources"),
                            ("incident", "incidents"),
                        ],
                        max_length=8,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("part", models.PositiveIntegerField(default=0)),
                ("line", models.PositiveIntegerField(default=1)),
                ("kind", models.CharField(blank=True, max_length=10)),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("disputed", "disputed"),
                            ("undisputed", "claim in no dispute"),
                            ("draft", "draft claim"),
                            ("withdrawn", "withdrawn claim"),
                            ("corroborated", "incident: several agree"),
                            ("uncorroborated", "incident: one source"),
                            ("unanswered", "incident: unanswered"),
                            ("new", "article: new"),
                            ("in_progress", "article: in progress"),
                            ("annotated", "article: annotated"),
                            ("reviewed", "article: reviewed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("day", models.PositiveIntegerField(null=True)),
                ("head", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                (
                    "annotator",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.incident",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.side",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.source",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("noun", "object_id", "part"), name="searchdocument_of_object"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noun__in", ["claim", "article", "source", "incident"])
                        ),
                        name="searchdocument_noun_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "disputed",
                                    "undisputed",
                                    "draft",
                                    "withdrawn",
                                    "corroborated",
                                    "uncorroborated",
                                    "unanswered",
                                    "new",
                                    "in_progress",
                                    "annotated",
                                    "reviewed",
                                    "",
                                ],
                            )
                        ),
                        name="searchdocument_state_word",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
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
                (
                    "reliability",
                    models.CharField(
                        choices=[
                            ("A", "A, completely reliable"),
                            ("B", "B, usually reliable"),
                            ("C", "C, fairly reliable"),
                            ("D", "D, not usually reliable"),
                            ("E", "E, unreliable"),
                            ("F", "F, reliability cannot be judged"),
                        ],
                        max_length=1,
                    ),
                ),
                ("since", models.DateField()),
                ("reason", models.TextField()),
                (
                    "rated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="claims.source",
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
                "ordering": ["since", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["source", "-since", "-id"], name="rating_of_source")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="rating_uid"),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["A", "B", "C", "D", "E", "F"])),
                        name="rating_reliability_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="rating_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParagraphRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("number", models.PositiveIntegerField()),
                ("read_at", models.DateTimeField(auto_now_add=True)),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paragraphs_read",
                        to="claims.revision",
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
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="paragraphread_uid"),
                    models.UniqueConstraint(
                        fields=("revision", "number"), name="paragraph_read_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="paragraph_from_1"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
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
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("contradicts", "contradicts"),
                            ("corroborates", "agrees with"),
                            ("denies", "explicitly rejects"),
                            ("undercuts", "questions the reliability of"),
                            ("restates", "repeats"),
                            ("supersedes", "replaces"),
                            ("responds_to", "responds to"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("number", "number"),
                            ("negation", "negation"),
                            ("actor", "actor"),
                            ("cause", "cause"),
                            ("place", "place"),
                            ("time", "time"),
                            ("victim", "victim"),
                            ("other", "other"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_from",
                        to="claims.claim",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="claims.incident",
                    ),
                ),
                (
                    "to_claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_to",
                        to="claims.claim",
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
                "indexes": [models.Index(fields=["incident", "id"], name="link_by_incident")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="link_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                [
                                    "contradicts",
                                    "corroborates",
                                    "denies",
                                    "undercuts",
                                    "restates",
                                    "supersedes",
                                    "responds_to",
                                ],
                            )
                        ),
                        name="link_relation_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    "number",
                                    "negation",
                                    "actor",
                                    "cause",
                                    "place",
                                    "time",
                                    "victim",
                                    "other",
                                    "",
                                ],
                            )
                        ),
                        name="link_basis_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_claim", models.F("to_claim")), _negated=True),
                        name="link_not_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis", ""), ("relation", "contradicts"), _connector="OR"
                        ),
                        name="link_basis_of_contradicts",
                    ),
                    models.UniqueConstraint(
                        models.F("from_claim"),
                        models.F("to_claim"),
                        models.F("relation"),
                        condition=models.Q(
                            ("deleted_at", None),
                            models.Q(
                                ("relation__in", ["contradicts", "corroborates"]), _negated=True
                            ),
                        ),
                        name="link_once",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("from_claim", "to_claim"),
                        django.db.models.functions.comparison.Greatest("from_claim", "to_claim"),
                        models.F("relation"),
                        condition=models.Q(
                            ("deleted_at", None), ("relation__in", ["contradicts", "corroborates"])
                        ),
                        name="link_symmetric_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None), ("relation", "restates")),
                        fields=("from_claim",),
                        name="link_one_restates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Filing",
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
                (
                    "stance",
                    models.CharField(
                        choices=[("holds", "holds"), ("rejects", "rejects")],
                        default="holds",
                        max_length=7,
                    ),
                ),
                (
                    "extent",
                    models.CharField(
                        choices=[("fully", "fully"), ("in_part", "in part")],
                        default="fully",
                        max_length=7,
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="claims.claim",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="claims.position",
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
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="filing_uid"),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["holds", "rejects"])),
                        name="filing_stance_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("extent__in", ["fully", "in_part"])),
                        name="filing_extent_word",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("claim", "position"),
                        name="filing_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("killed", "killed"),
                            ("injured", "injured"),
                            ("killed_or_injured", "killed or injured"),
                            ("detained", "detained"),
                            ("missing", "missing"),
                            ("displaced", "displaced"),
                            ("other", "other"),
                        ],
                        max_length=17,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("civilian", "civilians"),
                            ("combatant", "combatants"),
                            ("unknown", "not stated who"),
                        ],
                        default="unknown",
                        max_length=9,
                    ),
                ),
                ("subgroup", models.CharField(blank=True, max_length=100)),
                ("group_as_stated", models.CharField(blank=True, max_length=200)),
                ("part", models.CharField(blank=True, max_length=200)),
                ("low", models.PositiveIntegerField(blank=True, null=True)),
                ("high", models.PositiveIntegerField(blank=True, null=True)),
                ("as_stated", models.CharField(blank=True, max_length=200)),
                (
                    "low_basis",
                    models.CharField(
                        choices=[("stated", "stated"), ("convention", "by our convention")],
                        default="stated",
                        max_length=10,
                    ),
                ),
                ("order", models.PositiveIntegerField(default=0)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="claims.claim",
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
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="figure_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "measure__in",
                                [
                                    "present",
                                    "killed",
                                    "injured",
                                    "killed_or_injured",
                                    "detained",
                                    "missing",
                                    "displaced",
                                    "other",
                                ],
                            )
                        ),
                        name="figure_measure_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["civilian", "combatant", "unknown"])),
                        name="figure_status_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("low_basis__in", ["stated", "convention"])),
                        name="figure_low_basis_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low", None),
                            ("high", None),
                            ("high__gte", models.F("low")),
                            _connector="OR",
                        ),
                        name="figure_range_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low__isnull", False),
                            ("high__isnull", False),
                            models.Q(("as_stated", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="figure_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                ("name", models.CharField(max_length=200)),
                ("name_folded", models.CharField(editable=False, max_length=200)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="claims.source",
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
                "ordering": ["name", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "name_folded"], name="alias_by_name")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="alias_uid"),
                    models.UniqueConstraint(fields=("source", "name_folded"), name="alias_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.change",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("unresolved", "unresolved"),
                            ("leans", "leans to"),
                            ("established", "established"),
                            ("discounted", "discounted"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "likelihood",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("almost_no_chance", "almost no chance"),
                            ("very_unlikely", "very unlikely"),
                            ("unlikely", "unlikely"),
                            ("roughly_even_chance", "roughly even chance"),
                            ("likely", "likely"),
                            ("very_likely", "very likely"),
                            ("almost_certain", "almost certain"),
                        ],
                        max_length=19,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "low"), ("moderate", "moderate"), ("high", "high")],
                        max_length=8,
                    ),
                ),
                ("rationale", models.TextField()),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "wants_second",
                    models.BooleanField(default=False, verbose_name="a second reviewer is asked"),
                ),
                ("agrees", models.BooleanField(blank=True, null=True)),
                ("blind", models.BooleanField(default=False)),
                ("evidence_changed", models.BooleanField(default=False, editable=False)),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_of",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seconds",
                        to="claims.assessment",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="claims.assessment",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changes_since",
                    models.ManyToManyField(
                        related_name="+", through="claims.AssessmentChange", to="claims.change"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="claims.incident",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="claims.position",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="claims.question",
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
                "ordering": ["id"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["workspace", "verdict", "id"], name="assessment_by_verdict"
                    ),
                    models.Index(
                        fields=["workspace", "reviewer", "-id"], name="assessment_by_reviewer"
                    ),
                    models.Index(
                        condition=models.Q(("incident__isnull", False)),
                        fields=["incident"],
                        name="assessment_on_incident",
                    ),
                    models.Index(
                        condition=models.Q(("second_of__isnull", False)),
                        fields=["second_of"],
                        name="assessment_second_of",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="assessment_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ["unresolved", "leans", "established", "discounted"])
                        ),
                        name="assessment_verdict_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "likelihood__in",
                                [
                                    "almost_no_chance",
                                    "very_unlikely",
                                    "unlikely",
                                    "roughly_even_chance",
                                    "likely",
                                    "very_likely",
                                    "almost_certain",
                                    "",
                                ],
                            )
                        ),
                        name="assessment_likelihood_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["low", "moderate", "high"])),
                        name="assessment_confidence_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("incident__isnull", False), ("question", None)),
                            models.Q(("incident", None), ("question__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("likelihood", ""), ("position", None), ("verdict", "unresolved")
                            ),
                            models.Q(
                                ("position__isnull", False),
                                ("question__isnull", False),
                                models.Q(("verdict", "unresolved"), _negated=True),
                            ),
                            models.Q(
                                ("position", None),
                                ("question", None),
                                models.Q(("verdict", "unresolved"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rationale", ""), _negated=True),
                        name="assessment_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agrees", None), ("second_of", None)),
                            models.Q(("agrees__isnull", False), ("second_of__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_second_agrees_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="assessment_withdrawn_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None), ("supersedes__isnull", False)),
                        fields=("supersedes",),
                        name="assessment_replaced_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rests_on",
                        to="claims.assessment",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.claim",
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
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "uid"), name="assessmentclaim_uid"
                    ),
                    models.UniqueConstraint(
                        fields=("assessment", "claim"), name="assessment_claim_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
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
                ("text", models.TextField(max_length=5000)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.claim",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.incident",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.question",
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
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="comment_uid"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("article", None),
                                ("claim__isnull", False),
                                ("incident", None),
                                ("question", None),
                            ),
                            models.Q(
                                ("article", None),
                                ("claim", None),
                                ("incident", None),
                                ("question__isnull", False),
                            ),
                            models.Q(
                                ("article", None),
                                ("claim", None),
                                ("incident__isnull", False),
                                ("question", None),
                            ),
                            models.Q(
                                ("article__isnull", False),
                                ("claim", None),
                                ("incident", None),
                                ("question", None),
                            ),
                            _connector="OR",
                        ),
                        name="comment_on_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_has_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at", None), ("resolved_by", None)),
                            models.Q(
                                ("resolved_at__isnull", False), ("resolved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="comment_resolved_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=claims.models.base.new_uid, editable=False)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="claims.comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
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
                "ordering": ["id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "user", "-id"], name="mention_of_user")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "uid"), name="mention_uid"),
                    models.UniqueConstraint(fields=("comment", "user"), name="mention_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="Source",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="unnamed_sources",
                to="claims.article",
            ),
        ),
        migrations.AddField(
            model_name="AssessmentChange",
            name="assessment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="since",
                to="claims.assessment",
            ),
        ),
        migrations.AddField(
            model_name="Assessment",
            name="claims",
            field=models.ManyToManyField(
                related_name="assessments", through="claims.AssessmentClaim", to="claims.claim"
            ),
        ),
        migrations.AddField(
            model_name="Comment",
            name="mentioned",
            field=models.ManyToManyField(
                related_name="+", through="claims.Mention", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentchange",
            constraint=models.UniqueConstraint(
                fields=("assessment", "change"), name="assessment_change_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article", None), ("named", True)),
                    models.Q(("article__isnull", False), ("named", False)),
                    _connector="OR",
                ),
                name="source_unnamed_has_article",
            ),
        ),
        migrations.RunPython(search.make_index, search.drop_index),
    ]
