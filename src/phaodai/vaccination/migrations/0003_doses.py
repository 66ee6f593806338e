import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0002_protect_plan"), ("people", "0006_household_locations")]
    operations = [
        migrations.CreateModel(
            name="AdverseReaction",
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
                (
                    "severity",
                    models.CharField(
                        choices=[("mild", "Mild"), ("moderate", "Moderate"), ("serious", "Serious")],
                        max_length=8,
                        verbose_name="Severity",
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("site", "During the watch on site"),
                            ("home", "At home, told by the person or family"),
                            ("facility", "At a facility"),
                        ],
                        max_length=8,
                        verbose_name="Where it was found",
                    ),
                ),
                ("symptoms", models.CharField(max_length=300, verbose_name="Symptoms")),
                ("began_at", models.DateTimeField(verbose_name="Began")),
                ("reported_at", models.DateTimeField(verbose_name="Reported")),
                ("treatment", models.CharField(blank=True, max_length=300, verbose_name="What was done")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Going on"),
                            ("recovered", "Recovered"),
                            ("disabled", "Recovered with lasting harm"),
                            ("died", "Died"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="Outcome",
                    ),
                ),
                ("investigate_by", models.DateTimeField(blank=True, null=True, verbose_name="Investigation due")),
                ("investigated_at", models.DateTimeField(blank=True, null=True, verbose_name="Investigated")),
                ("council_by", models.DateField(blank=True, null=True, verbose_name="Council due")),
                ("council_at", models.DateTimeField(blank=True, null=True, verbose_name="Council met")),
                ("conclusion", models.CharField(blank=True, max_length=300, verbose_name="Conclusion")),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                        verbose_name="By",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dose",
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
                (
                    "key",
                    models.UUIDField(
                        db_comment="made by whoever sent the dose: sent twice, it is kept once", unique=True
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True, db_comment="SHA-256 of what a phone sent; empty from a sheet", max_length=64
                    ),
                ),
                (
                    "joined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not matched"),
                            ("number", "By the ID card number"),
                            ("name", "By name, birth, sex and commune"),
                            ("chosen", "Chosen by an officer"),
                        ],
                        default="",
                        max_length=6,
                        verbose_name="Matched",
                    ),
                ),
                (
                    "full_name",
                    models.CharField(
                        db_comment="as written at the dose, as all of the identity",
                        max_length=120,
                        verbose_name="Full name",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("F", "Female"), ("M", "Male")], max_length=1, verbose_name="Sex"
                    ),
                ),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year of birth")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="Date of birth")),
                ("identity_number", models.CharField(blank=True, max_length=12, verbose_name="ID card number")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="Address")),
                ("search_key", models.CharField(editable=False, max_length=160)),
                (
                    "identity_key",
                    models.UUIDField(
                        db_comment="same identity as written, same key: number, else folded name and birth"
                    ),
                ),
                (
                    "fingerprint",
                    models.UUIDField(db_comment="same person as written, day, product, number and lot: the same dose"),
                ),
                (
                    "product",
                    models.CharField(
                        db_comment="product of the rulebook's vocabulary", max_length=20, verbose_name="Vaccine"
                    ),
                ),
                (
                    "lot_number",
                    models.CharField(blank=True, db_comment="as written", max_length=60, verbose_name="Lot number"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="Dose number")),
                ("given_at", models.DateTimeField(verbose_name="Given at")),
                ("given_on", models.DateField(db_comment="the day of given_at in Vietnam", verbose_name="Given on")),
                (
                    "age",
                    models.PositiveSmallIntegerField(
                        blank=True, db_comment="whole years at the dose", null=True, verbose_name="Age"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        db_comment="group of the rulebook's vocabulary",
                        max_length=30,
                        verbose_name="Priority group",
                    ),
                ),
                (
                    "facility",
                    models.CharField(
                        blank=True, db_comment="as written in a sheet", max_length=200, verbose_name="Vaccination site"
                    ),
                ),
                ("device", models.CharField(blank=True, max_length=36, verbose_name="Device")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("online", "In the session"),
                            ("offline", "In the session, without network"),
                            ("sheet", "From a sheet"),
                        ],
                        max_length=7,
                        verbose_name="Written down",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="Received")),
                (
                    "doubted",
                    models.BooleanField(
                        db_comment="an open doubt stands against it", default=False, verbose_name="Doubted"
                    ),
                ),
                ("struck_at", models.DateTimeField(blank=True, null=True, verbose_name="Struck out")),
                ("struck_reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doses",
                        to="vaccination.vaccinelot",
                        verbose_name="Lot",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                        verbose_name="By",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="Given by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doses",
                        to="people.person",
                        verbose_name="Person",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doses",
                        to="vaccination.session",
                        verbose_name="Session",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdverseReactionEvent",
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
                (
                    "severity",
                    models.CharField(
                        choices=[("mild", "Mild"), ("moderate", "Moderate"), ("serious", "Serious")],
                        max_length=8,
                        verbose_name="Severity",
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("site", "During the watch on site"),
                            ("home", "At home, told by the person or family"),
                            ("facility", "At a facility"),
                        ],
                        max_length=8,
                        verbose_name="Where it was found",
                    ),
                ),
                ("symptoms", models.CharField(max_length=300, verbose_name="Symptoms")),
                ("began_at", models.DateTimeField(verbose_name="Began")),
                ("reported_at", models.DateTimeField(verbose_name="Reported")),
                ("treatment", models.CharField(blank=True, max_length=300, verbose_name="What was done")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Going on"),
                            ("recovered", "Recovered"),
                            ("disabled", "Recovered with lasting harm"),
                            ("died", "Died"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="Outcome",
                    ),
                ),
                ("investigate_by", models.DateTimeField(blank=True, null=True, verbose_name="Investigation due")),
                ("investigated_at", models.DateTimeField(blank=True, null=True, verbose_name="Investigated")),
                ("council_by", models.DateField(blank=True, null=True, verbose_name="Council due")),
                ("council_at", models.DateTimeField(blank=True, null=True, verbose_name="Council met")),
                ("conclusion", models.CharField(blank=True, max_length=300, verbose_name="Conclusion")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="vaccination.adversereaction",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                        verbose_name="By",
                    ),
                ),
                (
                    "dose",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="vaccination.dose",
                        verbose_name="Dose",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="adversereaction",
            name="dose",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reactions",
                to="vaccination.dose",
                verbose_name="Dose",
            ),
        ),
        migrations.CreateModel(
            name="DoseDoubt",
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
                ("code", models.CharField(db_comment="code of rules.checking", max_length=20, verbose_name="Doubt")),
                ("words_vi", models.CharField(max_length=300)),
                ("words_en", models.CharField(max_length=300)),
                ("citation", models.CharField(blank=True, db_comment="document and row of the rule", max_length=120)),
                ("overridden", models.BooleanField(default=False, verbose_name="Given all the same")),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="of whoever gave it all the same", max_length=200, verbose_name="Reason"
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="Found")),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[("", "Waiting"), ("stands", "The dose stands"), ("struck", "Struck out: never given")],
                        default="",
                        max_length=6,
                        verbose_name="Answer",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_reason", models.CharField(blank=True, max_length=200, verbose_name="Reason of the answer")),
                (
                    "dose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubts",
                        to="vaccination.dose",
                        verbose_name="Dose",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                        verbose_name="By",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_comment="the dose it contradicts",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="vaccination.dose",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DoseDoubtEvent",
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
                ("code", models.CharField(db_comment="code of rules.checking", max_length=20, verbose_name="Doubt")),
                ("words_vi", models.CharField(max_length=300)),
                ("words_en", models.CharField(max_length=300)),
                ("citation", models.CharField(blank=True, db_comment="document and row of the rule", max_length=120)),
                ("overridden", models.BooleanField(default=False, verbose_name="Given all the same")),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="of whoever gave it all the same", max_length=200, verbose_name="Reason"
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="Found")),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[("", "Waiting"), ("stands", "The dose stands"), ("struck", "Struck out: never given")],
                        default="",
                        max_length=6,
                        verbose_name="Answer",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_reason", models.CharField(blank=True, max_length=200, verbose_name="Reason of the answer")),
                (
                    "dose",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="vaccination.dose",
                        verbose_name="Dose",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                        verbose_name="By",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_comment="the dose it contradicts",
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="vaccination.dose",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="vaccination.dosedoubt",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DoseEvent",
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
                ("key", models.UUIDField(db_comment="made by whoever sent the dose: sent twice, it is kept once")),
                (
                    "digest",
                    models.CharField(
                        blank=True, db_comment="SHA-256 of what a phone sent; empty from a sheet", max_length=64
                    ),
                ),
                (
                    "joined",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not matched"),
                            ("number", "By the ID card number"),
                            ("name", "By name, birth, sex and commune"),
                            ("chosen", "Chosen by an officer"),
                        ],
                        default="",
                        max_length=6,
                        verbose_name="Matched",
                    ),
                ),
                (
                    "full_name",
                    models.CharField(
                        db_comment="as written at the dose, as all of the identity",
                        max_length=120,
                        verbose_name="Full name",
                    ),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("F", "Female"), ("M", "Male")], max_length=1, verbose_name="Sex"
                    ),
                ),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year of birth")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="Date of birth")),
                ("identity_number", models.CharField(blank=True, max_length=12, verbose_name="ID card number")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="Address")),
                ("search_key", models.CharField(editable=False, max_length=160)),
                (
                    "identity_key",
                    models.UUIDField(
                        db_comment="same identity as written, same key: number, else folded name and birth"
                    ),
                ),
                (
                    "fingerprint",
                    models.UUIDField(db_comment="same person as written, day, product, number and lot: the same dose"),
                ),
                (
                    "product",
                    models.CharField(
                        db_comment="product of the rulebook's vocabulary", max_length=20, verbose_name="Vaccine"
                    ),
                ),
                (
                    "lot_number",
                    models.CharField(blank=True, db_comment="as written", max_length=60, verbose_name="Lot number"),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="Dose number")),
                ("given_at", models.DateTimeField(verbose_name="Given at")),
                ("given_on", models.DateField(db_comment="the day of given_at in Vietnam", verbose_name="Given on")),
                (
                    "age",
                    models.PositiveSmallIntegerField(
                        blank=True, db_comment="whole years at the dose", null=True, verbose_name="Age"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        db_comment="group of the rulebook's vocabulary",
                        max_length=30,
                        verbose_name="Priority group",
                    ),
                ),
                (
                    "facility",
                    models.CharField(
                        blank=True, db_comment="as written in a sheet", max_length=200, verbose_name="Vaccination site"
                    ),
                ),
                ("device", models.CharField(blank=True, max_length=36, verbose_name="Device")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("online", "In the session"),
                            ("offline", "In the session, without network"),
                            ("sheet", "From a sheet"),
                        ],
                        max_length=7,
                        verbose_name="Written down",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="Received")),
                (
                    "doubted",
                    models.BooleanField(
                        db_comment="an open doubt stands against it", default=False, verbose_name="Doubted"
                    ),
                ),
                ("struck_at", models.DateTimeField(blank=True, null=True, verbose_name="Struck out")),
                ("struck_reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="vaccination.vaccinelot",
                        verbose_name="Lot",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                        verbose_name="By",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="Given by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                        verbose_name="Person",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="vaccination.dose",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="vaccination.session",
                        verbose_name="Session",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DoseSheet",
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
                ("name", models.CharField(max_length=255, verbose_name="File name")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Being read"), ("finished", "Read")],
                        default="running",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="Rows")),
                ("reached", models.PositiveIntegerField(default=0, verbose_name="Rows read")),
                ("inserted", models.PositiveIntegerField(default=0, verbose_name="New")),
                ("had", models.PositiveIntegerField(default=0, verbose_name="In the books already")),
                ("parked", models.PositiveIntegerField(default=0, verbose_name="Set aside")),
                ("matched", models.PositiveIntegerField(default=0, verbose_name="Matched to a person")),
                ("doubted", models.PositiveIntegerField(default=0, verbose_name="Doubted")),
                ("taken_in_at", models.DateTimeField(verbose_name="Taken in")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="Finished")),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DoseSheetEvent",
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
                ("name", models.CharField(max_length=255, verbose_name="File name")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Being read"), ("finished", "Read")],
                        default="running",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="Rows")),
                ("reached", models.PositiveIntegerField(default=0, verbose_name="Rows read")),
                ("inserted", models.PositiveIntegerField(default=0, verbose_name="New")),
                ("had", models.PositiveIntegerField(default=0, verbose_name="In the books already")),
                ("parked", models.PositiveIntegerField(default=0, verbose_name="Set aside")),
                ("matched", models.PositiveIntegerField(default=0, verbose_name="Matched to a person")),
                ("doubted", models.PositiveIntegerField(default=0, verbose_name="Doubted")),
                ("taken_in_at", models.DateTimeField(verbose_name="Taken in")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="Finished")),
                (
                    "officer",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="vaccination.dosesheet",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IdentityQuestion",
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
                ("identity_key", models.UUIDField()),
                ("score", models.FloatField(db_comment="0 to 1; 0 where nobody is like it", default=0)),
                ("evidence", models.JSONField(db_comment="field to how far it agrees", default=dict)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Waiting"),
                            ("same", "The same person"),
                            ("new", "A new person"),
                            ("later", "Not now"),
                        ],
                        default="",
                        max_length=5,
                        verbose_name="Answer",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("answered_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(verbose_name="Asked")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                        verbose_name="Most like",
                    ),
                ),
                (
                    "dose",
                    models.ForeignKey(
                        db_comment="one of the doses, with the identity",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vaccination.dose",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="Decided",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdentityQuestionEvent",
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
                ("identity_key", models.UUIDField()),
                ("score", models.FloatField(db_comment="0 to 1; 0 where nobody is like it", default=0)),
                ("evidence", models.JSONField(db_comment="field to how far it agrees", default=dict)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Waiting"),
                            ("same", "The same person"),
                            ("new", "A new person"),
                            ("later", "Not now"),
                        ],
                        default="",
                        max_length=5,
                        verbose_name="Answer",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("answered_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(verbose_name="Asked")),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                        verbose_name="Most like",
                    ),
                ),
                (
                    "dose",
                    models.ForeignKey(
                        db_comment="one of the doses, with the identity",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="vaccination.dose",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                        verbose_name="Decided",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="vaccination.identityquestion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("due_at", models.DateTimeField(verbose_name="Watched until")),
                ("released_at", models.DateTimeField(null=True, verbose_name="Released")),
                (
                    "dose",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="observation", to="vaccination.dose"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="vaccination.session",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ParkedDose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_number", models.PositiveIntegerField(verbose_name="Row")),
                ("cells", models.JSONField()),
                ("code", models.CharField(db_comment="groups rows that one deed may mend", max_length=20)),
                ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parked_rows",
                        to="vaccination.dosesheet",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RefusedDose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("key", models.UUIDField(unique=True)),
                ("content", models.JSONField()),
                ("reason", models.CharField(max_length=300, verbose_name="Reason")),
                ("device", models.CharField(blank=True, max_length=36)),
                ("received_at", models.DateTimeField(verbose_name="Received")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                        verbose_name="By",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vaccination.session",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["province_id", "-given_at", "-id"], name="dose_province"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["district_id", "-given_at", "-id"], name="dose_district"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["commune_id", "-given_at", "-id"], name="dose_commune"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["organisation", "-given_at", "-id"], name="dose_organisation"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["person", "given_on"], name="dose_person"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["session", "-given_at"], name="dose_session"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["fingerprint"], name="dose_fingerprint"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(fields=["identity_key"], name="dose_identity"),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(
                condition=models.Q(("identity_number", ""), _negated=True),
                fields=["identity_number"],
                name="dose_number",
            ),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(
                condition=models.Q(("doubted", True)),
                fields=["province_id", "-given_at"],
                name="dose_doubted",
            ),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(
                condition=models.Q(("person", None)),
                fields=["province_id", "-given_at"],
                name="dose_nobodys",
            ),
        ),
        migrations.AddIndex(
            model_name="dose",
            index=models.Index(
                condition=models.Q(("struck_at__isnull", False)),
                fields=["province_id", "-given_at"],
                name="dose_struck",
            ),
        ),
        migrations.AddConstraint(
            model_name="dose",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__range", (1, 9))),
                name="dose_number_possible",
                violation_error_message="The number of a dose lies between 1 and 9.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dose",
            constraint=models.CheckConstraint(
                condition=models.Q(("birth_date", None), ("given_on__gte", models.F("birth_date")), _connector="OR"),
                name="dose_after_birth",
                violation_error_message="The dose lies before the birth. Correct one of the two days.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dose",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "vaccination_doseevent" ("address", "age", "birth_date", "birth_year", "commune_id", "created_at", "device", "digest", "district_id", "doubted", "facility", "fingerprint", "full_name", "given_at", "given_on", "group", "id", "identity_key", "identity_number", "joined", "key", "lot_id", "lot_number", "number", "officer_id", "organisation_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "product", "province_id", "received_at", "search_key", "session_id", "sex", "source", "struck_at", "struck_reason", "updated_at", "version") VALUES (NEW."address", NEW."age", NEW."birth_date", NEW."birth_year", NEW."commune_id", NEW."created_at", NEW."device", NEW."digest", NEW."district_id", NEW."doubted", NEW."facility", NEW."fingerprint", NEW."full_name", NEW."given_at", NEW."given_on", NEW."group", NEW."id", NEW."identity_key", NEW."identity_number", NEW."joined", NEW."key", NEW."lot_id", NEW."lot_number", NEW."number", NEW."officer_id", NEW."organisation_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."product", NEW."province_id", NEW."received_at", NEW."search_key", NEW."session_id", NEW."sex", NEW."source", NEW."struck_at", NEW."struck_reason", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="e8b7dd43092e50914f4524807ae2a68f22ff9ac1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fb20a",
                    table="vaccination_dose",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dose",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_doseevent" ("address", "age", "birth_date", "birth_year", "commune_id", "created_at", "device", "digest", "district_id", "doubted", "facility", "fingerprint", "full_name", "given_at", "given_on", "group", "id", "identity_key", "identity_number", "joined", "key", "lot_id", "lot_number", "number", "officer_id", "organisation_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "product", "province_id", "received_at", "search_key", "session_id", "sex", "source", "struck_at", "struck_reason", "updated_at", "version") VALUES (OLD."address", OLD."age", OLD."birth_date", OLD."birth_year", OLD."commune_id", OLD."created_at", OLD."device", OLD."digest", OLD."district_id", OLD."doubted", OLD."facility", OLD."fingerprint", OLD."full_name", OLD."given_at", OLD."given_on", OLD."group", OLD."id", OLD."identity_key", OLD."identity_number", OLD."joined", OLD."key", OLD."lot_id", OLD."lot_number", OLD."number", OLD."officer_id", OLD."organisation_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."product", OLD."province_id", OLD."received_at", OLD."search_key", OLD."session_id", OLD."sex", OLD."source", OLD."struck_at", OLD."struck_reason", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="2a267f5dac8a8918acf1d06455c7ca17b7b42376",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b413f",
                    table="vaccination_dose",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adversereactionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0b72aaa8c06dd775a12fb3eb44d093373babe295",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3f855",
                    table="vaccination_adversereactionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="adversereaction",
            index=models.Index(fields=["province_id", "-reported_at", "-id"], name="adverse_province"),
        ),
        migrations.AddIndex(
            model_name="adversereaction",
            index=models.Index(fields=["district_id", "-reported_at", "-id"], name="adverse_district"),
        ),
        migrations.AddIndex(
            model_name="adversereaction",
            index=models.Index(fields=["commune_id", "-reported_at", "-id"], name="adverse_commune"),
        ),
        migrations.AddIndex(
            model_name="adversereaction",
            index=models.Index(fields=["organisation", "-reported_at", "-id"], name="adverse_organisation"),
        ),
        migrations.AddConstraint(
            model_name="adversereaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("council_at", None), ("investigated_at__isnull", False), _connector="OR"),
                name="event_council_after_investigation",
                violation_error_message="The council meets on the report of the investigation. Write that first.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adversereaction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_adversereactionevent" ("began_at", "commune_id", "conclusion", "council_at", "council_by", "created_at", "district_id", "dose_id", "found", "id", "investigate_by", "investigated_at", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reported_at", "reported_by_id", "severity", "symptoms", "treatment", "updated_at", "version") VALUES (NEW."began_at", NEW."commune_id", NEW."conclusion", NEW."council_at", NEW."council_by", NEW."created_at", NEW."district_id", NEW."dose_id", NEW."found", NEW."id", NEW."investigate_by", NEW."investigated_at", NEW."organisation_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."reported_at", NEW."reported_by_id", NEW."severity", NEW."symptoms", NEW."treatment", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="c61ce63179a07708fd883fc190f707d63eeaf395",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_077e6",
                    table="vaccination_adversereaction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adversereaction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "vaccination_adversereactionevent" ("began_at", "commune_id", "conclusion", "council_at", "council_by", "created_at", "district_id", "dose_id", "found", "id", "investigate_by", "investigated_at", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reported_at", "reported_by_id", "severity", "symptoms", "treatment", "updated_at", "version") VALUES (NEW."began_at", NEW."commune_id", NEW."conclusion", NEW."council_at", NEW."council_by", NEW."created_at", NEW."district_id", NEW."dose_id", NEW."found", NEW."id", NEW."investigate_by", NEW."investigated_at", NEW."organisation_id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."reported_at", NEW."reported_by_id", NEW."severity", NEW."symptoms", NEW."treatment", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="5113c24ca9993faa304f8bf1b9589a38bad08372",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90f5f",
                    table="vaccination_adversereaction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adversereaction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_adversereactionevent" ("began_at", "commune_id", "conclusion", "council_at", "council_by", "created_at", "district_id", "dose_id", "found", "id", "investigate_by", "investigated_at", "organisation_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reported_at", "reported_by_id", "severity", "symptoms", "treatment", "updated_at", "version") VALUES (OLD."began_at", OLD."commune_id", OLD."conclusion", OLD."council_at", OLD."council_by", OLD."created_at", OLD."district_id", OLD."dose_id", OLD."found", OLD."id", OLD."investigate_by", OLD."investigated_at", OLD."organisation_id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."reported_at", OLD."reported_by_id", OLD."severity", OLD."symptoms", OLD."treatment", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="02741ab884d3ab78ff66656292b2925fd9d9f98a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b838a",
                    table="vaccination_adversereaction",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="dosedoubt",
            index=models.Index(
                condition=models.Q(("settled_at", None)),
                fields=["province_id", "-found_at", "-id"],
                name="doubt_province",
            ),
        ),
        migrations.AddIndex(
            model_name="dosedoubt",
            index=models.Index(
                condition=models.Q(("settled_at", None)),
                fields=["commune_id", "-found_at", "-id"],
                name="doubt_commune",
            ),
        ),
        migrations.AddIndex(
            model_name="dosedoubt",
            index=models.Index(fields=["organisation", "-found_at"], name="doubt_organisation"),
        ),
        migrations.AddConstraint(
            model_name="dosedoubt",
            constraint=models.UniqueConstraint(fields=("dose", "code"), name="dose_doubt_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosedoubt",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_dosedoubtevent" ("citation", "code", "commune_id", "created_at", "district_id", "dose_id", "found_at", "id", "officer_id", "organisation_id", "other_id", "overridden", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "settled", "settled_at", "settled_by_id", "settled_reason", "updated_at", "version", "words_en", "words_vi") VALUES (NEW."citation", NEW."code", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."dose_id", NEW."found_at", NEW."id", NEW."officer_id", NEW."organisation_id", NEW."other_id", NEW."overridden", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."reason", NEW."settled", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."updated_at", NEW."version", NEW."words_en", NEW."words_vi"); RETURN NULL;',
                    hash="cf007b0db7b74f841e926060988f4eb7f9985cb2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4b08e",
                    table="vaccination_dosedoubt",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosedoubt",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "vaccination_dosedoubtevent" ("citation", "code", "commune_id", "created_at", "district_id", "dose_id", "found_at", "id", "officer_id", "organisation_id", "other_id", "overridden", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "settled", "settled_at", "settled_by_id", "settled_reason", "updated_at", "version", "words_en", "words_vi") VALUES (NEW."citation", NEW."code", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."dose_id", NEW."found_at", NEW."id", NEW."officer_id", NEW."organisation_id", NEW."other_id", NEW."overridden", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."reason", NEW."settled", NEW."settled_at", NEW."settled_by_id", NEW."settled_reason", NEW."updated_at", NEW."version", NEW."words_en", NEW."words_vi"); RETURN NULL;',
                    hash="e4134b82cefbf53436a64b671d2b2fec534a7b17",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_462c9",
                    table="vaccination_dosedoubt",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosedoubt",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_dosedoubtevent" ("citation", "code", "commune_id", "created_at", "district_id", "dose_id", "found_at", "id", "officer_id", "organisation_id", "other_id", "overridden", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "settled", "settled_at", "settled_by_id", "settled_reason", "updated_at", "version", "words_en", "words_vi") VALUES (OLD."citation", OLD."code", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."dose_id", OLD."found_at", OLD."id", OLD."officer_id", OLD."organisation_id", OLD."other_id", OLD."overridden", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."reason", OLD."settled", OLD."settled_at", OLD."settled_by_id", OLD."settled_reason", OLD."updated_at", OLD."version", OLD."words_en", OLD."words_vi"); RETURN NULL;',
                    hash="8c561b6fbf9d083b27589d4aa1675fd51d17fe3f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3f349",
                    table="vaccination_dosedoubt",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosedoubtevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3af0357170166c72e15557376ba622d1675e0acd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4276b",
                    table="vaccination_dosedoubtevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="doseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="53f313272b60f4212f706c9d5e3bc2524315a461",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ce087",
                    table="vaccination_doseevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="dosesheet",
            index=models.Index(fields=["province_id", "-taken_in_at"], name="dose_sheet_province"),
        ),
        migrations.AddConstraint(
            model_name="dosesheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")),
                fields=("province_id", "sha256"),
                name="dose_sheet_running_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosesheet",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_dosesheetevent" ("commune_id", "created_at", "district_id", "doubted", "finished_at", "had", "id", "inserted", "matched", "name", "officer_id", "parked", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reached", "rows", "sha256", "state", "taken_in_at", "updated_at", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."doubted", NEW."finished_at", NEW."had", NEW."id", NEW."inserted", NEW."matched", NEW."name", NEW."officer_id", NEW."parked", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."reached", NEW."rows", NEW."sha256", NEW."state", NEW."taken_in_at", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="587e7f913a8e0427c8aa06288b0877fbf1b83d9a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_90735",
                    table="vaccination_dosesheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosesheet",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."district_id" IS DISTINCT FROM (NEW."district_id") OR OLD."doubted" IS DISTINCT FROM (NEW."doubted") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."had" IS DISTINCT FROM (NEW."had") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."inserted" IS DISTINCT FROM (NEW."inserted") OR OLD."matched" IS DISTINCT FROM (NEW."matched") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."officer_id" IS DISTINCT FROM (NEW."officer_id") OR OLD."parked" IS DISTINCT FROM (NEW."parked") OR OLD."province_id" IS DISTINCT FROM (NEW."province_id") OR OLD."reached" IS DISTINCT FROM (NEW."reached") OR OLD."rows" IS DISTINCT FROM (NEW."rows") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."taken_in_at" IS DISTINCT FROM (NEW."taken_in_at") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "vaccination_dosesheetevent" ("commune_id", "created_at", "district_id", "doubted", "finished_at", "had", "id", "inserted", "matched", "name", "officer_id", "parked", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reached", "rows", "sha256", "state", "taken_in_at", "updated_at", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."doubted", NEW."finished_at", NEW."had", NEW."id", NEW."inserted", NEW."matched", NEW."name", NEW."officer_id", NEW."parked", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."reached", NEW."rows", NEW."sha256", NEW."state", NEW."taken_in_at", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="3e062ff3710ff8b1a7829ae6febeca3e4fcf584c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3dcb5",
                    table="vaccination_dosesheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosesheet",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_dosesheetevent" ("commune_id", "created_at", "district_id", "doubted", "finished_at", "had", "id", "inserted", "matched", "name", "officer_id", "parked", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reached", "rows", "sha256", "state", "taken_in_at", "updated_at", "version") VALUES (OLD."commune_id", OLD."created_at", OLD."district_id", OLD."doubted", OLD."finished_at", OLD."had", OLD."id", OLD."inserted", OLD."matched", OLD."name", OLD."officer_id", OLD."parked", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."reached", OLD."rows", OLD."sha256", OLD."state", OLD."taken_in_at", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="f4995a1918d93f0aa9afbca4cfcae7d163da428f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_63065",
                    table="vaccination_dosesheet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dosesheetevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="7b5411bdc67215221da651f78d931f4e0088db35",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fdcfa",
                    table="vaccination_dosesheetevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="identityquestion",
            index=models.Index(
                condition=models.Q(("verdict", "")), fields=["province_id", "-score", "id"], name="identity_province"
            ),
        ),
        migrations.AddIndex(
            model_name="identityquestion",
            index=models.Index(
                condition=models.Q(("verdict", "")), fields=["commune_id", "-score", "id"], name="identity_commune"
            ),
        ),
        migrations.AddConstraint(
            model_name="identityquestion",
            constraint=models.UniqueConstraint(fields=("province_id", "identity_key"), name="identity_question_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "vaccination_identityquestionevent" ("answered_at", "answered_by_id", "asked_at", "candidate_id", "commune_id", "created_at", "district_id", "dose_id", "evidence", "id", "identity_key", "organisation_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "score", "updated_at", "verdict", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."candidate_id", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."dose_id", NEW."evidence", NEW."id", NEW."identity_key", NEW."organisation_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."reason", NEW."score", NEW."updated_at", NEW."verdict", NEW."version"); RETURN NULL;',
                    hash="142883ce71bf56ab445a838c563bd3707b3545cd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_22669",
                    table="vaccination_identityquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "vaccination_identityquestionevent" ("answered_at", "answered_by_id", "asked_at", "candidate_id", "commune_id", "created_at", "district_id", "dose_id", "evidence", "id", "identity_key", "organisation_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "reason", "score", "updated_at", "verdict", "version") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."candidate_id", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."dose_id", OLD."evidence", OLD."id", OLD."identity_key", OLD."organisation_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."reason", OLD."score", OLD."updated_at", OLD."verdict", OLD."version"); RETURN NULL;',
                    hash="4cc6a1bd8bc8880ca35557f250fcb462ff0059ea",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_40ed0",
                    table="vaccination_identityquestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="identityquestionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="421b9fc9d22e92393d5510bfaddc72d6cac2f898",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2138b",
                    table="vaccination_identityquestionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(
                condition=models.Q(("released_at", None)), fields=["session", "due_at"], name="observation_watched"
            ),
        ),
        migrations.AddConstraint(
            model_name="parkeddose",
            constraint=models.UniqueConstraint(fields=("sheet", "row_number"), name="parked_dose_once"),
        ),
        migrations.AddIndex(
            model_name="refuseddose",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["session"], name="refused_dose_waiting"
            ),
        ),
    ]
