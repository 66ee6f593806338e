import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0004_protect_patients"),
        ("people", "0006_household_locations"),
        ("supply", "0001_stock"),
        ("surveillance", "0012_protect_signals"),
        ("territory", "0004_protect_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeCare",
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
                ("initials", models.CharField(max_length=40, verbose_name="Initials")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("at_home", "In treatment at home"),
                            ("recovered", "Recovered"),
                            ("facility", "Taken to a facility"),
                            ("died", "Died"),
                            ("stopped", "Ended otherwise"),
                        ],
                        default="at_home",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="Address")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone")),
                ("carer", models.CharField(blank=True, max_length=120, verbose_name="Who cares for them")),
                ("carer_phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone of the carer")),
                (
                    "home",
                    models.JSONField(
                        blank=True, db_comment="conditions of the home as checked, yes or no each", default=dict
                    ),
                ),
                (
                    "facts",
                    models.JSONField(
                        blank=True, db_comment="what the rule was asked: symptoms, spo2, doses …", default=dict
                    ),
                ),
                (
                    "decision",
                    models.JSONField(
                        blank=True, db_comment="what the rule said: outcome, version, document", default=dict
                    ),
                ),
                (
                    "allowed",
                    models.BooleanField(
                        blank=True, db_comment="the rule's answer; null: it concluded nothing", null=True
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                ("day_zero", models.DateField(db_comment="day 0 of isolation-release", verbose_name="Isolated since")),
                ("started_at", models.DateTimeField(verbose_name="Began")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended")),
                (
                    "release",
                    models.JSONField(blank=True, db_comment="what isolation-release said at the end", default=dict),
                ),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=240)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="home_cares",
                        to="surveillance.case",
                        verbose_name="Case",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="Health centre",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.household",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="Looked after by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="home_cares",
                        to="people.person",
                        verbose_name="Person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HomeAlarm",
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
                ("urgent", models.BooleanField(db_comment="call 115 at once; else a call back soon")),
                ("raised_at", models.DateTimeField(verbose_name="Raised")),
                (
                    "reached",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Station"), (1, "Health centre"), (2, "Doctor on call")], default=0
                    ),
                ),
                ("reached_at", models.DateTimeField(db_comment="when it reached that step")),
                (
                    "told_at",
                    models.DateTimeField(blank=True, db_comment="when the fact was told to the playbook", null=True),
                ),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="Answered")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stayed", "Stays at home, looked at"),
                            ("oxygen", "Stays at home with oxygen"),
                            ("taken", "Taken to a facility"),
                            ("mistaken", "Measured wrongly"),
                            ("died", "Died"),
                        ],
                        max_length=8,
                        verbose_name="Result",
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "home_care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alarms", to="care.homecare"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MobileStation",
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
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("phone", models.CharField(max_length=30, verbose_name="Telephone")),
                ("opens", models.TimeField(verbose_name="Opens")),
                ("closes", models.TimeField(verbose_name="Closes")),
                ("capacity", models.PositiveSmallIntegerField(verbose_name="People it can look after")),
                ("opened_on", models.DateField(verbose_name="Opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="Closed on")),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("search_key", models.CharField(editable=False, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="Run by",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.place",
                        verbose_name="Place",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supply.store",
                        verbose_name="Store",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.team",
                        verbose_name="Team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HomeCareEvent",
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
                ("initials", models.CharField(max_length=40, verbose_name="Initials")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("at_home", "In treatment at home"),
                            ("recovered", "Recovered"),
                            ("facility", "Taken to a facility"),
                            ("died", "Died"),
                            ("stopped", "Ended otherwise"),
                        ],
                        default="at_home",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="Address")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone")),
                ("carer", models.CharField(blank=True, max_length=120, verbose_name="Who cares for them")),
                ("carer_phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone of the carer")),
                (
                    "home",
                    models.JSONField(
                        blank=True, db_comment="conditions of the home as checked, yes or no each", default=dict
                    ),
                ),
                (
                    "facts",
                    models.JSONField(
                        blank=True, db_comment="what the rule was asked: symptoms, spo2, doses …", default=dict
                    ),
                ),
                (
                    "decision",
                    models.JSONField(
                        blank=True, db_comment="what the rule said: outcome, version, document", default=dict
                    ),
                ),
                (
                    "allowed",
                    models.BooleanField(
                        blank=True, db_comment="the rule's answer; null: it concluded nothing", null=True
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                ("day_zero", models.DateField(db_comment="day 0 of isolation-release", verbose_name="Isolated since")),
                ("started_at", models.DateTimeField(verbose_name="Began")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended")),
                (
                    "release",
                    models.JSONField(blank=True, db_comment="what isolation-release said at the end", default=dict),
                ),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=240)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="surveillance.case",
                        verbose_name="Case",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="Health centre",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.household",
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
                        verbose_name="Looked after by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="care.homecare",
                    ),
                ),
                (
                    "mobile_station",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.mobilestation",
                        verbose_name="Mobile station",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="homecare",
            name="mobile_station",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="home_cares",
                to="care.mobilestation",
                verbose_name="Mobile station",
            ),
        ),
        migrations.CreateModel(
            name="MobileStationEvent",
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
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("phone", models.CharField(max_length=30, verbose_name="Telephone")),
                ("opens", models.TimeField(verbose_name="Opens")),
                ("closes", models.TimeField(verbose_name="Closes")),
                ("capacity", models.PositiveSmallIntegerField(verbose_name="People it can look after")),
                ("opened_on", models.DateField(verbose_name="Opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="Closed on")),
                ("sort_key", models.CharField(db_collation="C", editable=False, max_length=200)),
                ("search_key", models.CharField(editable=False, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.organisation",
                        verbose_name="Run by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="care.mobilestation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territory.place",
                        verbose_name="Place",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supply.store",
                        verbose_name="Store",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.team",
                        verbose_name="Team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MobileStationHamlet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "hamlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.unit"
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grounds", to="care.mobilestation"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="mobilestation",
            name="hamlets",
            field=models.ManyToManyField(related_name="+", through="care.MobileStationHamlet", to="territory.unit"),
        ),
        migrations.CreateModel(
            name="OxygenRequest",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("delivered", "At the door"),
                            ("back", "Taken back"),
                            ("cancelled", "Not needed any more"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="Asked")),
                ("due_at", models.DateTimeField(verbose_name="Wanted by")),
                ("key", models.UUIDField(db_comment="of the movement out of the store", unique=True)),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="Cylinders")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="Delivered")),
                ("back_at", models.DateTimeField(blank=True, null=True, verbose_name="Taken back at")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="Note")),
                (
                    "alarm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oxygen",
                        to="care.homealarm",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supply.batch",
                    ),
                ),
                (
                    "home_care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="oxygen", to="care.homecare"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supply.item",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supply.store",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OxygenRequestEvent",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("delivered", "At the door"),
                            ("back", "Taken back"),
                            ("cancelled", "Not needed any more"),
                        ],
                        default="asked",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="Asked")),
                ("due_at", models.DateTimeField(verbose_name="Wanted by")),
                ("key", models.UUIDField(db_comment="of the movement out of the store")),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="Cylinders")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="Delivered")),
                ("back_at", models.DateTimeField(blank=True, null=True, verbose_name="Taken back at")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="Note")),
                (
                    "alarm",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.homealarm",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supply.batch",
                    ),
                ),
                (
                    "home_care",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.homecare",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supply.item",
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
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="care.oxygenrequest",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supply.store",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PackHandout",
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
                    "pack",
                    models.CharField(
                        choices=[("A", "Pack A"), ("B", "Pack B"), ("C", "Pack C")], max_length=1, verbose_name="Pack"
                    ),
                ),
                ("key", models.UUIDField(db_comment="of the handout and of its movement in the store", unique=True)),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="Handed out")),
                ("returned", models.PositiveSmallIntegerField(default=0, verbose_name="Given back")),
                ("handed_at", models.DateTimeField(verbose_name="Handed out at")),
                (
                    "answers",
                    models.JSONField(
                        blank=True, db_comment="yes-or-no questions of the pack and their answers", default=dict
                    ),
                ),
                (
                    "decision",
                    models.JSONField(blank=True, db_comment="provision of medicine-pack, as it was read", default=dict),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                ("consent_on", models.DateField(blank=True, null=True, verbose_name="Written consent of")),
                ("consent_by", models.CharField(blank=True, max_length=120, verbose_name="Consent signed by")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supply.batch",
                        verbose_name="Batch",
                    ),
                ),
                (
                    "home_care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="care.homecare"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supply.item",
                        verbose_name="Item",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "prescriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.worker",
                        verbose_name="Prescribed by",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="supply.store",
                        verbose_name="Store",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PackHandoutEvent",
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
                    "pack",
                    models.CharField(
                        choices=[("A", "Pack A"), ("B", "Pack B"), ("C", "Pack C")], max_length=1, verbose_name="Pack"
                    ),
                ),
                ("key", models.UUIDField(db_comment="of the handout and of its movement in the store")),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="Handed out")),
                ("returned", models.PositiveSmallIntegerField(default=0, verbose_name="Given back")),
                ("handed_at", models.DateTimeField(verbose_name="Handed out at")),
                (
                    "answers",
                    models.JSONField(
                        blank=True, db_comment="yes-or-no questions of the pack and their answers", default=dict
                    ),
                ),
                (
                    "decision",
                    models.JSONField(blank=True, db_comment="provision of medicine-pack, as it was read", default=dict),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                ("consent_on", models.DateField(blank=True, null=True, verbose_name="Written consent of")),
                ("consent_by", models.CharField(blank=True, max_length=120, verbose_name="Consent signed by")),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supply.batch",
                        verbose_name="Batch",
                    ),
                ),
                (
                    "home_care",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.homecare",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supply.item",
                        verbose_name="Item",
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
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="care.packhandout",
                    ),
                ),
                (
                    "prescriber",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.worker",
                        verbose_name="Prescribed by",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="supply.store",
                        verbose_name="Store",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reading",
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
                ("at", models.DateTimeField(verbose_name="Measured")),
                ("received_at", models.DateTimeField(verbose_name="Received")),
                (
                    "source",
                    models.CharField(
                        choices=[("family", "Family"), ("call", "Telephone call"), ("visit", "Visit")],
                        max_length=6,
                        verbose_name="From",
                    ),
                ),
                ("spo2", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="SpO2 (%)")),
                (
                    "temperature",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=3, null=True, verbose_name="Temperature"
                    ),
                ),
                (
                    "respiratory_rate",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Breaths a minute"),
                ),
                ("pulse", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Pulse")),
                (
                    "feeling",
                    models.CharField(
                        blank=True,
                        choices=[("better", "Better"), ("same", "The same"), ("worse", "Worse")],
                        default="",
                        max_length=6,
                        verbose_name="Feels",
                    ),
                ),
                ("signs", models.JSONField(blank=True, db_comment="warning signs that were ticked", default=list)),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="Note")),
                (
                    "alarm",
                    models.JSONField(
                        blank=True, db_comment="findings of the alarm rule, each with its source", default=list
                    ),
                ),
                (
                    "home_care",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="care.homecare"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HomeAlarmEvent",
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
                ("urgent", models.BooleanField(db_comment="call 115 at once; else a call back soon")),
                ("raised_at", models.DateTimeField(verbose_name="Raised")),
                (
                    "reached",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Station"), (1, "Health centre"), (2, "Doctor on call")], default=0
                    ),
                ),
                ("reached_at", models.DateTimeField(db_comment="when it reached that step")),
                (
                    "told_at",
                    models.DateTimeField(blank=True, db_comment="when the fact was told to the playbook", null=True),
                ),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="Answered")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="Closed")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stayed", "Stays at home, looked at"),
                            ("oxygen", "Stays at home with oxygen"),
                            ("taken", "Taken to a facility"),
                            ("mistaken", "Measured wrongly"),
                            ("died", "Died"),
                        ],
                        max_length=8,
                        verbose_name="Result",
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
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
                        to="care.homealarm",
                    ),
                ),
                (
                    "home_care",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.homecare",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.reading",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="homealarm",
            name="reading",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="care.reading"),
        ),
        migrations.CreateModel(
            name="AlarmStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("passed_on", "Passed on, unanswered"),
                            ("answered", "Answered"),
                            ("called", "Called the family"),
                            ("visited", "Went there"),
                            ("ambulance", "Called 115"),
                            ("oxygen", "Asked for oxygen"),
                            ("transfer", "Asked for a transfer"),
                            ("closed", "Closed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
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
                    "alarm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="care.homealarm"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["alarm", "at"], name="alarm_step_of_alarm")],
            },
        ),
        migrations.CreateModel(
            name="HomeDoor",
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
                ("reference", models.CharField(db_comment="the secret of the link", max_length=10, unique=True)),
                ("times_a_day", models.PositiveSmallIntegerField(default=2)),
                ("last_reading_at", models.DateTimeField(blank=True, null=True, verbose_name="Last reading")),
                ("due_at", models.DateTimeField(verbose_name="Next reading due")),
                (
                    "alarm_at",
                    models.DateTimeField(blank=True, db_comment="latest alarming reading of the open alarm", null=True),
                ),
                (
                    "alarm_urgent",
                    models.BooleanField(db_comment="whether the latest alarming reading was urgent", default=False),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "home_care",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="door", to="care.homecare"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["commune_id", "alarm_at", "due_at"],
                        name="home_door_of_commune",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["district_id", "alarm_at", "due_at"],
                        name="home_door_of_district",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["province_id"], name="home_door_of_province"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homecareevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fce496fc8e6e426c8e29523b245e712cc75087dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cf63e",
                    table="care_homecareevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="homecare",
            index=models.Index(fields=["province_id", "-started_at", "-id"], name="home_care_of_province"),
        ),
        migrations.AddIndex(
            model_name="homecare",
            index=models.Index(fields=["district_id", "-started_at", "-id"], name="home_care_of_district"),
        ),
        migrations.AddIndex(
            model_name="homecare",
            index=models.Index(fields=["commune_id", "-started_at", "-id"], name="home_care_of_commune"),
        ),
        migrations.AddIndex(
            model_name="homecare",
            index=models.Index(
                condition=models.Q(("state", "at_home")), fields=["organisation"], name="home_care_of_station"
            ),
        ),
        migrations.AddIndex(
            model_name="homecare",
            index=models.Index(condition=models.Q(("state", "at_home")), fields=["centre"], name="home_care_of_centre"),
        ),
        migrations.AddConstraint(
            model_name="homecare",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "at_home")),
                fields=("person",),
                name="home_care_once_at_a_time",
                violation_error_message="This person is in treatment at home already. Open that page.",
            ),
        ),
        migrations.AddConstraint(
            model_name="homecare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "at_home")),
                    models.Q(models.Q(("state", "at_home"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="home_care_state_and_end_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="homecare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                ),
                name="home_care_ends_after_it_began",
                violation_error_message="The care ends before it began. Correct one of the two times.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homecare",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_homecareevent" ("address", "allowed", "carer", "carer_phone", "case_id", "centre_id", "commune_id", "created_at", "day_zero", "decision", "district_id", "ended_at", "facts", "home", "household_id", "id", "initials", "mobile_station_id", "organisation_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "reason", "release", "search_key", "started_at", "state", "updated_at", "version") VALUES (NEW."address", NEW."allowed", NEW."carer", NEW."carer_phone", NEW."case_id", NEW."centre_id", NEW."commune_id", NEW."created_at", NEW."day_zero", NEW."decision", NEW."district_id", NEW."ended_at", NEW."facts", NEW."home", NEW."household_id", NEW."id", NEW."initials", NEW."mobile_station_id", NEW."organisation_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."province_id", NEW."reason", NEW."release", NEW."search_key", NEW."started_at", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="5553d0b3b331e5fd6e55a845a8e55a9d12937fe0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fe8f8",
                    table="care_homecare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homecare",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_homecareevent" ("address", "allowed", "carer", "carer_phone", "case_id", "centre_id", "commune_id", "created_at", "day_zero", "decision", "district_id", "ended_at", "facts", "home", "household_id", "id", "initials", "mobile_station_id", "organisation_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "reason", "release", "search_key", "started_at", "state", "updated_at", "version") VALUES (NEW."address", NEW."allowed", NEW."carer", NEW."carer_phone", NEW."case_id", NEW."centre_id", NEW."commune_id", NEW."created_at", NEW."day_zero", NEW."decision", NEW."district_id", NEW."ended_at", NEW."facts", NEW."home", NEW."household_id", NEW."id", NEW."initials", NEW."mobile_station_id", NEW."organisation_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."province_id", NEW."reason", NEW."release", NEW."search_key", NEW."started_at", NEW."state", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="c5738171b7908da8d34fc921d95930fb5858b4ed",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8fac8",
                    table="care_homecare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homecare",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_homecareevent" ("address", "allowed", "carer", "carer_phone", "case_id", "centre_id", "commune_id", "created_at", "day_zero", "decision", "district_id", "ended_at", "facts", "home", "household_id", "id", "initials", "mobile_station_id", "organisation_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "reason", "release", "search_key", "started_at", "state", "updated_at", "version") VALUES (OLD."address", OLD."allowed", OLD."carer", OLD."carer_phone", OLD."case_id", OLD."centre_id", OLD."commune_id", OLD."created_at", OLD."day_zero", OLD."decision", OLD."district_id", OLD."ended_at", OLD."facts", OLD."home", OLD."household_id", OLD."id", OLD."initials", OLD."mobile_station_id", OLD."organisation_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."province_id", OLD."reason", OLD."release", OLD."search_key", OLD."started_at", OLD."state", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="c45e118f4b18b275ffcbbf7ab939c301f0f1724f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4efc8",
                    table="care_homecare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobilestationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c5e7281b5566fff222c847a9b11d1eafd4ab34a1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_98c6a",
                    table="care_mobilestationevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilestationhamlet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("hamlet",),
                name="hamlet_of_one_mobile_station",
                violation_error_message="Another mobile station looks after this hamlet.",
            ),
        ),
        migrations.AddIndex(
            model_name="mobilestation",
            index=models.Index(fields=["province_id", "sort_key"], name="mobile_station_of_province"),
        ),
        migrations.AddConstraint(
            model_name="mobilestation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)),
                fields=("organisation", "name"),
                name="mobile_station_name_once",
                violation_error_message="The organisation has a mobile station of that name. Choose another name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilestation",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes__gt", models.F("opens"))),
                name="mobile_station_closes_after_it_opens",
                violation_error_message="The station closes before it opens. Correct one of the two hours.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobilestation",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__gt", 0)),
                name="mobile_station_can_look_after_somebody",
                violation_error_message="A mobile station looks after at least one person.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobilestation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_mobilestationevent" ("capacity", "closed_on", "closes", "commune_id", "created_at", "district_id", "id", "name", "opened_on", "opens", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place_id", "province_id", "search_key", "sort_key", "store_id", "team_id", "updated_at", "version") VALUES (NEW."capacity", NEW."closed_on", NEW."closes", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."name", NEW."opened_on", NEW."opens", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."place_id", NEW."province_id", NEW."search_key", NEW."sort_key", NEW."store_id", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="0e90e0eb01f59d5496548e9d33217a842d98a90d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dc6f6",
                    table="care_mobilestation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobilestation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_mobilestationevent" ("capacity", "closed_on", "closes", "commune_id", "created_at", "district_id", "id", "name", "opened_on", "opens", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place_id", "province_id", "search_key", "sort_key", "store_id", "team_id", "updated_at", "version") VALUES (NEW."capacity", NEW."closed_on", NEW."closes", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."name", NEW."opened_on", NEW."opens", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."place_id", NEW."province_id", NEW."search_key", NEW."sort_key", NEW."store_id", NEW."team_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="71487a142b75957e243cf2002f48d89479a5f15c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_64b18",
                    table="care_mobilestation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mobilestation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_mobilestationevent" ("capacity", "closed_on", "closes", "commune_id", "created_at", "district_id", "id", "name", "opened_on", "opens", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place_id", "province_id", "search_key", "sort_key", "store_id", "team_id", "updated_at", "version") VALUES (OLD."capacity", OLD."closed_on", OLD."closes", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."id", OLD."name", OLD."opened_on", OLD."opens", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."place_id", OLD."province_id", OLD."search_key", OLD."sort_key", OLD."store_id", OLD."team_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="f87ee74ab3e24e097f921826a438603092d6dfb2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_55df4",
                    table="care_mobilestation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="oxygenrequest",
            index=models.Index(condition=models.Q(("state", "asked")), fields=["due_at"], name="oxygen_on_its_way"),
        ),
        migrations.AddConstraint(
            model_name="oxygenrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "cancelled"]),
                    models.Q(("delivered_at__isnull", False), ("item__isnull", False), ("store__isnull", False)),
                    _connector="OR",
                ),
                name="oxygen_delivered_from_a_store",
            ),
        ),
        migrations.AddConstraint(
            model_name="oxygenrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("home_care",),
                name="oxygen_asked_once",
                violation_error_message="Oxygen was asked for already and is on its way.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oxygenrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_oxygenrequestevent" ("alarm_id", "asked_at", "back_at", "batch_id", "commune_id", "created_at", "delivered_at", "district_id", "due_at", "home_care_id", "id", "item_id", "key", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "quantity", "state", "store_id", "updated_at", "version", "words") VALUES (NEW."alarm_id", NEW."asked_at", NEW."back_at", NEW."batch_id", NEW."commune_id", NEW."created_at", NEW."delivered_at", NEW."district_id", NEW."due_at", NEW."home_care_id", NEW."id", NEW."item_id", NEW."key", NEW."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."quantity", NEW."state", NEW."store_id", NEW."updated_at", NEW."version", NEW."words"); RETURN NULL;',
                    hash="af370375da230e788093ad76e3dc4dd7185bdf33",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5c241",
                    table="care_oxygenrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oxygenrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_oxygenrequestevent" ("alarm_id", "asked_at", "back_at", "batch_id", "commune_id", "created_at", "delivered_at", "district_id", "due_at", "home_care_id", "id", "item_id", "key", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "quantity", "state", "store_id", "updated_at", "version", "words") VALUES (NEW."alarm_id", NEW."asked_at", NEW."back_at", NEW."batch_id", NEW."commune_id", NEW."created_at", NEW."delivered_at", NEW."district_id", NEW."due_at", NEW."home_care_id", NEW."id", NEW."item_id", NEW."key", NEW."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."quantity", NEW."state", NEW."store_id", NEW."updated_at", NEW."version", NEW."words"); RETURN NULL;',
                    hash="7d9c4baa3714a52fde59df20ce0a53551d56ab52",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3316c",
                    table="care_oxygenrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oxygenrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_oxygenrequestevent" ("alarm_id", "asked_at", "back_at", "batch_id", "commune_id", "created_at", "delivered_at", "district_id", "due_at", "home_care_id", "id", "item_id", "key", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "quantity", "state", "store_id", "updated_at", "version", "words") VALUES (OLD."alarm_id", OLD."asked_at", OLD."back_at", OLD."batch_id", OLD."commune_id", OLD."created_at", OLD."delivered_at", OLD."district_id", OLD."due_at", OLD."home_care_id", OLD."id", OLD."item_id", OLD."key", OLD."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."quantity", OLD."state", OLD."store_id", OLD."updated_at", OLD."version", OLD."words"); RETURN NULL;',
                    hash="4aade9413224fe21fd988440d686b955b62fb9d3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bc16a",
                    table="care_oxygenrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="oxygenrequestevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="87e9f3e524939a537d8a8cf88f126af06c76da59",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f9d64",
                    table="care_oxygenrequestevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="packhandout",
            index=models.Index(fields=["home_care", "-handed_at"], name="pack_of_home_care"),
        ),
        migrations.AddConstraint(
            model_name="packhandout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pack", "C"), _negated=True),
                    models.Q(("consent_on__isnull", False), models.Q(("consent_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="pack_c_with_consent",
                violation_error_message="Pack C needs the written consent: who signed it, on which day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="packhandout",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0), ("returned__lte", models.F("quantity"))),
                name="pack_returned_at_most_handed",
                violation_error_message="More is given back than was handed out. Count again.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packhandout",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_packhandoutevent" ("answers", "batch_id", "commune_id", "consent_by", "consent_on", "created_at", "decision", "district_id", "handed_at", "home_care_id", "id", "item_id", "key", "officer_id", "pack", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber_id", "province_id", "quantity", "reason", "returned", "store_id", "updated_at", "version") VALUES (NEW."answers", NEW."batch_id", NEW."commune_id", NEW."consent_by", NEW."consent_on", NEW."created_at", NEW."decision", NEW."district_id", NEW."handed_at", NEW."home_care_id", NEW."id", NEW."item_id", NEW."key", NEW."officer_id", NEW."pack", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prescriber_id", NEW."province_id", NEW."quantity", NEW."reason", NEW."returned", NEW."store_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="56c3783e16a4008d3f365566209c5429cf28e89d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6c9a7",
                    table="care_packhandout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packhandout",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_packhandoutevent" ("answers", "batch_id", "commune_id", "consent_by", "consent_on", "created_at", "decision", "district_id", "handed_at", "home_care_id", "id", "item_id", "key", "officer_id", "pack", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber_id", "province_id", "quantity", "reason", "returned", "store_id", "updated_at", "version") VALUES (NEW."answers", NEW."batch_id", NEW."commune_id", NEW."consent_by", NEW."consent_on", NEW."created_at", NEW."decision", NEW."district_id", NEW."handed_at", NEW."home_care_id", NEW."id", NEW."item_id", NEW."key", NEW."officer_id", NEW."pack", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prescriber_id", NEW."province_id", NEW."quantity", NEW."reason", NEW."returned", NEW."store_id", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="3338805fe6f52f2739fe1f6bb2c450181b6d9378",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6bd44",
                    table="care_packhandout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packhandout",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_packhandoutevent" ("answers", "batch_id", "commune_id", "consent_by", "consent_on", "created_at", "decision", "district_id", "handed_at", "home_care_id", "id", "item_id", "key", "officer_id", "pack", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescriber_id", "province_id", "quantity", "reason", "returned", "store_id", "updated_at", "version") VALUES (OLD."answers", OLD."batch_id", OLD."commune_id", OLD."consent_by", OLD."consent_on", OLD."created_at", OLD."decision", OLD."district_id", OLD."handed_at", OLD."home_care_id", OLD."id", OLD."item_id", OLD."key", OLD."officer_id", OLD."pack", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prescriber_id", OLD."province_id", OLD."quantity", OLD."reason", OLD."returned", OLD."store_id", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="82135ac4f1282937e770786620a62a0d4297a8e9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cf43a",
                    table="care_packhandout",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packhandoutevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d8eac6dead9c7ec5e4ce51cba73e40d6e7e0e479",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_94901",
                    table="care_packhandoutevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["home_care", "-at"], name="reading_of_home_care"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("spo2__isnull", True), ("spo2__range", (40, 100)), _connector="OR"),
                name="reading_spo2_possible",
                violation_error_message="SpO2 lies between 40 and 100 percent. Look at the device again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("temperature__isnull", True), ("temperature__range", (30, 45)), _connector="OR"),
                name="reading_temperature_possible",
                violation_error_message="A body temperature lies between 30 and 45 degrees.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homealarmevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="16099115e318f90a49599733fe75447f66312792",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1fb5d",
                    table="care_homealarmevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="homealarm",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["reached", "reached_at"], name="home_alarm_open"
            ),
        ),
        migrations.AddIndex(
            model_name="homealarm",
            index=models.Index(fields=["province_id", "-raised_at", "-id"], name="home_alarm_of_province"),
        ),
        migrations.AddIndex(
            model_name="homealarm",
            index=models.Index(fields=["commune_id", "-raised_at", "-id"], name="home_alarm_of_commune"),
        ),
        migrations.AddConstraint(
            model_name="homealarm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("home_care",), name="home_alarm_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="homealarm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("result", "")),
                    models.Q(("closed_at__isnull", False), models.Q(("result", ""), _negated=True)),
                    _connector="OR",
                ),
                name="home_alarm_closed_with_result",
                violation_error_message="Say what became of the alarm before it is closed.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homealarm",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_homealarmevent" ("acknowledged_at", "acknowledged_by_id", "closed_at", "commune_id", "created_at", "district_id", "home_care_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reached", "reached_at", "reading_id", "result", "told_at", "updated_at", "urgent", "version") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."closed_at", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."home_care_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."raised_at", NEW."reached", NEW."reached_at", NEW."reading_id", NEW."result", NEW."told_at", NEW."updated_at", NEW."urgent", NEW."version"); RETURN NULL;',
                    hash="1363f2f33e3ba13ba4f31c290e2d0b4cede3f9d7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_14ec0",
                    table="care_homealarm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homealarm",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_homealarmevent" ("acknowledged_at", "acknowledged_by_id", "closed_at", "commune_id", "created_at", "district_id", "home_care_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reached", "reached_at", "reading_id", "result", "told_at", "updated_at", "urgent", "version") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."closed_at", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."home_care_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."raised_at", NEW."reached", NEW."reached_at", NEW."reading_id", NEW."result", NEW."told_at", NEW."updated_at", NEW."urgent", NEW."version"); RETURN NULL;',
                    hash="605e2e49a92d3b952f3bf9cc4a22d109651c8442",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5fde4",
                    table="care_homealarm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homealarm",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_homealarmevent" ("acknowledged_at", "acknowledged_by_id", "closed_at", "commune_id", "created_at", "district_id", "home_care_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reached", "reached_at", "reading_id", "result", "told_at", "updated_at", "urgent", "version") VALUES (OLD."acknowledged_at", OLD."acknowledged_by_id", OLD."closed_at", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."home_care_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."raised_at", OLD."reached", OLD."reached_at", OLD."reading_id", OLD."result", OLD."told_at", OLD."updated_at", OLD."urgent", OLD."version"); RETURN NULL;',
                    hash="0324032bdd12ba3cb3bcaf5c426eb1cf2a70ecfe",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d964a",
                    table="care_homealarm",
                    when="AFTER",
                ),
            ),
        ),
    ]
