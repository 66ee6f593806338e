import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through

OWN = f"organisation_id = {OWN_ORGANISATION}"
OF_NAME = through("command_namematch", "namematch_id")
OF_OWN_NAME = through("command_namematch", f"namematch_id and parent.{OWN}")


class Migration(migrations.Migration):
    dependencies = [
        ("command", "0003_keep"),
        ("people", "0003_keep"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(db_default=1, default=1, verbose_name="Version")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="Changed")),
                ("province_id", models.IntegerField(db_comment="territory unit of tier 1", verbose_name="Province")),
                (
                    "district_id",
                    models.IntegerField(
                        blank=True, db_comment="territory unit of tier 2", null=True, verbose_name="District"
                    ),
                ),
                (
                    "commune_id",
                    models.IntegerField(
                        blank=True, db_comment="territory unit of tier 3", null=True, verbose_name="Commune"
                    ),
                ),
                ("printed", models.CharField(max_length=300, verbose_name="As printed")),
                (
                    "folded",
                    models.CharField(
                        db_comment="lower case, no accents, abbreviations as the matcher has them", max_length=300
                    ),
                ),
                ("remembered_at", models.DateTimeField(verbose_name="When")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="Forgotten")),
                ("search_key", models.TextField(default="", editable=False)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="command.document",
                        verbose_name="First met in",
                    ),
                ),
                (
                    "forgotten_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                        verbose_name="Forgotten by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="Register of",
                    ),
                ),
                (
                    "organisations",
                    models.ManyToManyField(related_name="+", to="people.organisation", verbose_name="Stands for"),
                ),
                (
                    "remembered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                        verbose_name="Who",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameMatchEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(db_default=1, default=1, verbose_name="Version")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="Changed")),
                ("province_id", models.IntegerField(db_comment="territory unit of tier 1", verbose_name="Province")),
                (
                    "district_id",
                    models.IntegerField(
                        blank=True, db_comment="territory unit of tier 2", null=True, verbose_name="District"
                    ),
                ),
                (
                    "commune_id",
                    models.IntegerField(
                        blank=True, db_comment="territory unit of tier 3", null=True, verbose_name="Commune"
                    ),
                ),
                ("printed", models.CharField(max_length=300, verbose_name="As printed")),
                (
                    "folded",
                    models.CharField(
                        db_comment="lower case, no accents, abbreviations as the matcher has them", max_length=300
                    ),
                ),
                ("remembered_at", models.DateTimeField(verbose_name="When")),
                ("forgotten_at", models.DateTimeField(blank=True, null=True, verbose_name="Forgotten")),
                ("search_key", models.TextField(default="", editable=False)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="command.document",
                        verbose_name="First met in",
                    ),
                ),
                (
                    "forgotten_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                        verbose_name="Forgotten by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="Register of",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="command.namematch",
                    ),
                ),
                (
                    "remembered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                        verbose_name="Who",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="namematch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("forgotten_at", None)),
                fields=("organisation", "folded"),
                name="name_remembered_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namematch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "command_namematchevent" ("commune_id", "created_at", "district_id", "document_id", "folded", "forgotten_at", "forgotten_by_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed", "province_id", "remembered_at", "remembered_by_id", "search_key", "updated_at", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."document_id", NEW."folded", NEW."forgotten_at", NEW."forgotten_by_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."printed", NEW."province_id", NEW."remembered_at", NEW."remembered_by_id", NEW."search_key", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="d16c29bdde2b88ddae473d6aea189d82420525b6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b5a9a",
                    table="command_namematch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namematch",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "command_namematchevent" ("commune_id", "created_at", "district_id", "document_id", "folded", "forgotten_at", "forgotten_by_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed", "province_id", "remembered_at", "remembered_by_id", "search_key", "updated_at", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."document_id", NEW."folded", NEW."forgotten_at", NEW."forgotten_by_id", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."printed", NEW."province_id", NEW."remembered_at", NEW."remembered_by_id", NEW."search_key", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="f641dc59ab23a0e678dd529b75804e7e9bf75fd0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c2eaa",
                    table="command_namematch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namematch",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "command_namematchevent" ("commune_id", "created_at", "district_id", "document_id", "folded", "forgotten_at", "forgotten_by_id", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed", "province_id", "remembered_at", "remembered_by_id", "search_key", "updated_at", "version") VALUES (OLD."commune_id", OLD."created_at", OLD."district_id", OLD."document_id", OLD."folded", OLD."forgotten_at", OLD."forgotten_by_id", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."printed", OLD."province_id", OLD."remembered_at", OLD."remembered_by_id", OLD."search_key", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="6e288e021813bdbdc884d43b119fef67f5c00a6b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_306fb",
                    table="command_namematch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namematchevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b29f2df615859faea02df313a2211fbf3cf47b59",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c1f7b",
                    table="command_namematchevent",
                    when="BEFORE",
                ),
            ),
        ),
        # Each book remembers for itself; the area above may read what it remembers. Nothing is removed, only forgotten.
        protect("command_namematch", see=(IN_AREA, OWN), write=(OWN,)),
        narrow("command_namematch", remove=()),
        protect_history("command_namematchevent", see=(IN_AREA, OWN)),
        protect("command_namematch_organisations", see=(OF_NAME,), write=(OF_OWN_NAME,)),
        narrow("command_namematch_organisations", change=(), remove=()),
    ]
