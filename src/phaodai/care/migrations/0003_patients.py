import django.contrib.postgres.constraints
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import phaodai.care.models.rosters


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0002_protect_facilities"),
        ("command", "0009_annexes"),
        ("people", "0006_household_locations"),
        ("surveillance", "0012_protect_signals"),
    ]

    operations = [
        migrations.CreateModel(
            name="TransferLimitEvent",
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
                    "urgency",
                    models.CharField(
                        choices=[("a_emergency", "Emergency"), ("b_urgent", "Urgent"), ("c_routine", "Routine")],
                        max_length=12,
                        verbose_name="Urgency",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("assigned", "Ambulance assigned"),
                            ("on_the_way", "On the way"),
                            ("arrived", "Arrived"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="Minutes")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TransferStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("assigned", "Ambulance assigned"),
                            ("on_the_way", "On the way"),
                            ("arrived", "Arrived"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=300)),
                ("key", models.UUIDField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Ambulance",
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
                ("plate", models.CharField(max_length=20, verbose_name="Number plate")),
                (
                    "equipment",
                    models.CharField(
                        choices=[("plain", "Stretcher only"), ("oxygen", "With oxygen"), ("icu", "With ventilator")],
                        default="plain",
                        max_length=6,
                        verbose_name="Equipment",
                    ),
                ),
                ("crew", models.CharField(blank=True, max_length=160, verbose_name="Crew")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="Out of service since")),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ambulances",
                        to="people.organisation",
                        verbose_name="Run by",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AmbulanceEvent",
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
                ("plate", models.CharField(max_length=20, verbose_name="Number plate")),
                (
                    "equipment",
                    models.CharField(
                        choices=[("plain", "Stretcher only"), ("oxygen", "With oxygen"), ("icu", "With ventilator")],
                        default="plain",
                        max_length=6,
                        verbose_name="Equipment",
                    ),
                ),
                ("crew", models.CharField(blank=True, max_length=160, verbose_name="Crew")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="Out of service since")),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
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
                        to="care.ambulance",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="Assessed")),
                ("symptoms", models.JSONField(blank=True, db_comment="keys of the list of symptoms", default=list)),
                (
                    "spo2",
                    models.PositiveSmallIntegerField(
                        blank=True, db_comment="per cent, breathing air", null=True, verbose_name="SpO2"
                    ),
                ),
                (
                    "respiratory_rate",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Breaths a minute"),
                ),
                (
                    "lesion_share",
                    models.FloatField(
                        blank=True, db_comment="0 to 1", null=True, verbose_name="Share of the lungs with lesions"
                    ),
                ),
                ("critical", models.BooleanField(default=False, verbose_name="Shock or failing organs")),
                (
                    "support",
                    models.CharField(
                        choices=[
                            ("none", "No oxygen"),
                            ("oxygen", "Oxygen by mask or cannula"),
                            ("high_flow", "High-flow oxygen"),
                            ("mask", "Ventilation by mask"),
                            ("ventilator", "Ventilator"),
                            ("ecmo", "ECMO"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="Breathing support",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("asymptomatic", "No symptoms"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("critical", "Critical"),
                        ],
                        max_length=12,
                        verbose_name="Severity",
                    ),
                ),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Tier 1"), (2, "Tier 2"), (3, "Tier 3")],
                        null=True,
                        verbose_name="Treatment tier",
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        choices=[("plain", "Plain"), ("oxygen", "Oxygen"), ("icu", "Intensive care")],
                        max_length=6,
                        verbose_name="Bed needed",
                    ),
                ),
                (
                    "decision",
                    models.JSONField(
                        blank=True, db_comment="what the rule of severity and tier said, or did not", default=dict
                    ),
                ),
                (
                    "risk",
                    models.JSONField(
                        blank=True, db_comment="what the rule of risk groups said, or did not", default=dict
                    ),
                ),
                (
                    "chosen",
                    models.BooleanField(
                        db_comment="the severity was written by a doctor, not by a rule", default=False
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Reason")),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BedStay",
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
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "bed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="care.bed",
                        verbose_name="Bed",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bed_stays",
                        to="care.facility",
                        verbose_name="Facility",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeathReview",
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
                ("died_at", models.DateTimeField(verbose_name="Died at")),
                ("due_on", models.DateField(verbose_name="Review due")),
                ("direct_cause", models.CharField(blank=True, max_length=200, verbose_name="Direct cause")),
                ("underlying_cause", models.CharField(blank=True, max_length=200, verbose_name="Underlying cause")),
                ("contributing", models.CharField(blank=True, max_length=300, verbose_name="Other conditions")),
                ("timeline", models.TextField(blank=True, verbose_name="Timeline")),
                ("lessons", models.TextField(blank=True, verbose_name="What could have been done")),
                (
                    "avoidable",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "Could not have been avoided"),
                            ("perhaps", "Perhaps avoidable"),
                            ("yes", "Could have been avoided"),
                        ],
                        max_length=7,
                        verbose_name="Avoidable",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="Review done")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.facility",
                        verbose_name="Facility",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="command.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InsideInfection",
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
                ("admitted_on", models.DateField(verbose_name="Admitted")),
                ("began_on", models.DateField(verbose_name="First sign")),
                (
                    "began_by",
                    models.CharField(db_comment="onset or positive: which day counts as the first sign", max_length=8),
                ),
                ("days_inside", models.PositiveSmallIntegerField(verbose_name="Days after admission")),
                (
                    "grounds",
                    models.JSONField(
                        db_comment="window in days, its document, and which of the two signs held", default=dict
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("suspected", "Suspected"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                        default="suspected",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("raised_at", models.DateTimeField(verbose_name="Raised")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Reason")),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.officer",
                        verbose_name="Decided by",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.facility",
                        verbose_name="Facility",
                    ),
                ),
                (
                    "ward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="care.ward",
                        verbose_name="Ward",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Patient",
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
                ("case_code", models.CharField(blank=True, max_length=60, verbose_name="Case number")),
                ("full_name", models.CharField(blank=True, max_length=120, verbose_name="Full name")),
                ("initials", models.CharField(max_length=40, verbose_name="Initials")),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("F", "Female"), ("M", "Male")], max_length=1, verbose_name="Sex"
                    ),
                ),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year of birth")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone of a relative")),
                (
                    "reason",
                    models.CharField(
                        choices=[("disease", "The epidemic disease"), ("other", "Another reason")],
                        default="disease",
                        max_length=7,
                        verbose_name="Treated for",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a place"),
                            ("inside", "In a facility"),
                            ("discharged", "Discharged"),
                            ("died", "Died"),
                            ("away", "Transferred out"),
                            ("left", "Left without discharge"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asymptomatic", "No symptoms"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("critical", "Critical"),
                        ],
                        max_length=12,
                        verbose_name="Severity",
                    ),
                ),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Tier 1"), (2, "Tier 2"), (3, "Tier 3")],
                        null=True,
                        verbose_name="Treatment tier",
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        choices=[("plain", "Plain"), ("oxygen", "Oxygen"), ("icu", "Intensive care")],
                        default="plain",
                        max_length=6,
                        verbose_name="Bed needed",
                    ),
                ),
                (
                    "support",
                    models.CharField(
                        choices=[
                            ("none", "No oxygen"),
                            ("oxygen", "Oxygen by mask or cannula"),
                            ("high_flow", "High-flow oxygen"),
                            ("mask", "Ventilation by mask"),
                            ("ventilator", "Ventilator"),
                            ("ecmo", "ECMO"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="Breathing support",
                    ),
                ),
                ("comorbidity", models.BooleanField(blank=True, null=True, verbose_name="Underlying disease")),
                ("conditions", models.CharField(blank=True, max_length=200, verbose_name="Which underlying diseases")),
                ("pregnant", models.BooleanField(blank=True, null=True, verbose_name="Pregnant or just given birth")),
                ("fully_vaccinated", models.BooleanField(blank=True, null=True, verbose_name="Fully vaccinated")),
                (
                    "negative_at_admission",
                    models.BooleanField(blank=True, null=True, verbose_name="Negative on admission"),
                ),
                ("onset_on", models.DateField(blank=True, null=True, verbose_name="Onset")),
                ("symptoms_end_on", models.DateField(blank=True, null=True, verbose_name="Symptoms ended on")),
                ("positive_on", models.DateField(blank=True, null=True, verbose_name="First positive sample")),
                ("negative_on", models.DateField(blank=True, null=True, verbose_name="Last negative sample")),
                ("registered_at", models.DateTimeField(verbose_name="Registered")),
                ("admitted_at", models.DateTimeField(blank=True, null=True, verbose_name="Admitted")),
                ("assessed_at", models.DateTimeField(blank=True, null=True, verbose_name="Last assessed")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended")),
                (
                    "ending",
                    models.JSONField(
                        blank=True, db_comment="the rule's record and the reason of the end", default=dict
                    ),
                ),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patients",
                        to="surveillance.case",
                        verbose_name="Case",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patients",
                        to="care.facility",
                        verbose_name="Facility",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patients",
                        to="people.person",
                        verbose_name="Person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InsideInfectionEvent",
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
                ("admitted_on", models.DateField(verbose_name="Admitted")),
                ("began_on", models.DateField(verbose_name="First sign")),
                (
                    "began_by",
                    models.CharField(db_comment="onset or positive: which day counts as the first sign", max_length=8),
                ),
                ("days_inside", models.PositiveSmallIntegerField(verbose_name="Days after admission")),
                (
                    "grounds",
                    models.JSONField(
                        db_comment="window in days, its document, and which of the two signs held", default=dict
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("suspected", "Suspected"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                        default="suspected",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("raised_at", models.DateTimeField(verbose_name="Raised")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided at")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Reason")),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.officer",
                        verbose_name="Decided by",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.facility",
                        verbose_name="Facility",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="care.insideinfection",
                    ),
                ),
                (
                    "ward",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.ward",
                        verbose_name="Ward",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="insideinfection",
            name="patient",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="inside_infection", to="care.patient"
            ),
        ),
        migrations.CreateModel(
            name="DeathReviewEvent",
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
                ("died_at", models.DateTimeField(verbose_name="Died at")),
                ("due_on", models.DateField(verbose_name="Review due")),
                ("direct_cause", models.CharField(blank=True, max_length=200, verbose_name="Direct cause")),
                ("underlying_cause", models.CharField(blank=True, max_length=200, verbose_name="Underlying cause")),
                ("contributing", models.CharField(blank=True, max_length=300, verbose_name="Other conditions")),
                ("timeline", models.TextField(blank=True, verbose_name="Timeline")),
                ("lessons", models.TextField(blank=True, verbose_name="What could have been done")),
                (
                    "avoidable",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no", "Could not have been avoided"),
                            ("perhaps", "Perhaps avoidable"),
                            ("yes", "Could have been avoided"),
                        ],
                        max_length=7,
                        verbose_name="Avoidable",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="Review done")),
                (
                    "done_by",
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
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.facility",
                        verbose_name="Facility",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="care.deathreview",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="command.task",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="deathreview",
            name="patient",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="death_review", to="care.patient"
            ),
        ),
        migrations.CreateModel(
            name="BedStayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
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
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "bed",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.bed",
                        verbose_name="Bed",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.facility",
                        verbose_name="Facility",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="care.bedstay",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="bedstay",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="bed_stays", to="care.patient"
            ),
        ),
        migrations.CreateModel(
            name="AssessmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("at", models.DateTimeField(verbose_name="Assessed")),
                ("symptoms", models.JSONField(blank=True, db_comment="keys of the list of symptoms", default=list)),
                (
                    "spo2",
                    models.PositiveSmallIntegerField(
                        blank=True, db_comment="per cent, breathing air", null=True, verbose_name="SpO2"
                    ),
                ),
                (
                    "respiratory_rate",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Breaths a minute"),
                ),
                (
                    "lesion_share",
                    models.FloatField(
                        blank=True, db_comment="0 to 1", null=True, verbose_name="Share of the lungs with lesions"
                    ),
                ),
                ("critical", models.BooleanField(default=False, verbose_name="Shock or failing organs")),
                (
                    "support",
                    models.CharField(
                        choices=[
                            ("none", "No oxygen"),
                            ("oxygen", "Oxygen by mask or cannula"),
                            ("high_flow", "High-flow oxygen"),
                            ("mask", "Ventilation by mask"),
                            ("ventilator", "Ventilator"),
                            ("ecmo", "ECMO"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="Breathing support",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("asymptomatic", "No symptoms"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("critical", "Critical"),
                        ],
                        max_length=12,
                        verbose_name="Severity",
                    ),
                ),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Tier 1"), (2, "Tier 2"), (3, "Tier 3")],
                        null=True,
                        verbose_name="Treatment tier",
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        choices=[("plain", "Plain"), ("oxygen", "Oxygen"), ("icu", "Intensive care")],
                        max_length=6,
                        verbose_name="Bed needed",
                    ),
                ),
                (
                    "decision",
                    models.JSONField(
                        blank=True, db_comment="what the rule of severity and tier said, or did not", default=dict
                    ),
                ),
                (
                    "risk",
                    models.JSONField(
                        blank=True, db_comment="what the rule of risk groups said, or did not", default=dict
                    ),
                ),
                (
                    "chosen",
                    models.BooleanField(
                        db_comment="the severity was written by a doctor, not by a rule", default=False
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="Reason")),
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
                        to="care.assessment",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="care.patient"
            ),
        ),
        migrations.CreateModel(
            name="PatientEvent",
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
                ("case_code", models.CharField(blank=True, max_length=60, verbose_name="Case number")),
                ("full_name", models.CharField(blank=True, max_length=120, verbose_name="Full name")),
                ("initials", models.CharField(max_length=40, verbose_name="Initials")),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("F", "Female"), ("M", "Male")], max_length=1, verbose_name="Sex"
                    ),
                ),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Year of birth")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="Telephone of a relative")),
                (
                    "reason",
                    models.CharField(
                        choices=[("disease", "The epidemic disease"), ("other", "Another reason")],
                        default="disease",
                        max_length=7,
                        verbose_name="Treated for",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a place"),
                            ("inside", "In a facility"),
                            ("discharged", "Discharged"),
                            ("died", "Died"),
                            ("away", "Transferred out"),
                            ("left", "Left without discharge"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asymptomatic", "No symptoms"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("critical", "Critical"),
                        ],
                        max_length=12,
                        verbose_name="Severity",
                    ),
                ),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Tier 1"), (2, "Tier 2"), (3, "Tier 3")],
                        null=True,
                        verbose_name="Treatment tier",
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        choices=[("plain", "Plain"), ("oxygen", "Oxygen"), ("icu", "Intensive care")],
                        default="plain",
                        max_length=6,
                        verbose_name="Bed needed",
                    ),
                ),
                (
                    "support",
                    models.CharField(
                        choices=[
                            ("none", "No oxygen"),
                            ("oxygen", "Oxygen by mask or cannula"),
                            ("high_flow", "High-flow oxygen"),
                            ("mask", "Ventilation by mask"),
                            ("ventilator", "Ventilator"),
                            ("ecmo", "ECMO"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="Breathing support",
                    ),
                ),
                ("comorbidity", models.BooleanField(blank=True, null=True, verbose_name="Underlying disease")),
                ("conditions", models.CharField(blank=True, max_length=200, verbose_name="Which underlying diseases")),
                ("pregnant", models.BooleanField(blank=True, null=True, verbose_name="Pregnant or just given birth")),
                ("fully_vaccinated", models.BooleanField(blank=True, null=True, verbose_name="Fully vaccinated")),
                (
                    "negative_at_admission",
                    models.BooleanField(blank=True, null=True, verbose_name="Negative on admission"),
                ),
                ("onset_on", models.DateField(blank=True, null=True, verbose_name="Onset")),
                ("symptoms_end_on", models.DateField(blank=True, null=True, verbose_name="Symptoms ended on")),
                ("positive_on", models.DateField(blank=True, null=True, verbose_name="First positive sample")),
                ("negative_on", models.DateField(blank=True, null=True, verbose_name="Last negative sample")),
                ("registered_at", models.DateTimeField(verbose_name="Registered")),
                ("admitted_at", models.DateTimeField(blank=True, null=True, verbose_name="Admitted")),
                ("assessed_at", models.DateTimeField(blank=True, null=True, verbose_name="Last assessed")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Ended")),
                (
                    "ending",
                    models.JSONField(
                        blank=True, db_comment="the rule's record and the reason of the end", default=dict
                    ),
                ),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="surveillance.case",
                        verbose_name="Case",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.facility",
                        verbose_name="Facility",
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
                        to="care.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PatientLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("treatment", "Treatment"),
                            ("transfer", "Transfer"),
                            ("relatives", "Telling the relatives"),
                            ("papers", "Papers of the patient"),
                        ],
                        max_length=10,
                        verbose_name="Purpose",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="care.patient"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PatientStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("registered", "Registered"),
                            ("assessed", "Assessed"),
                            ("admitted", "Admitted to a facility"),
                            ("moved", "Moved to another bed"),
                            ("tested", "Sample noted"),
                            ("transfer", "Transfer"),
                            ("linked", "Linked to a case"),
                            ("discharged", "Discharged"),
                            ("died", "Died"),
                            ("away", "Transferred out"),
                            ("left", "Left without discharge"),
                            ("infected", "Perhaps infected in the facility"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=500)),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="care.patient"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transfer",
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
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asymptomatic", "No symptoms"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("critical", "Critical"),
                        ],
                        max_length=12,
                        verbose_name="Severity",
                    ),
                ),
                ("pick_up", models.CharField(blank=True, max_length=200, verbose_name="Where to fetch")),
                (
                    "need",
                    models.CharField(
                        choices=[("plain", "Plain"), ("oxygen", "Oxygen"), ("icu", "Intensive care")],
                        default="plain",
                        max_length=6,
                        verbose_name="Bed needed",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("a_emergency", "Emergency"), ("b_urgent", "Urgent"), ("c_routine", "Routine")],
                        default="b_urgent",
                        max_length=12,
                        verbose_name="Urgency",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("assigned", "Ambulance assigned"),
                            ("on_the_way", "On the way"),
                            ("arrived", "Arrived"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="Requested at")),
                ("since", models.DateTimeField(verbose_name="Since")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="Next step due")),
                (
                    "late_told_at",
                    models.DateTimeField(blank=True, db_comment="the present step was told to be late", null=True),
                ),
                ("crew", models.CharField(blank=True, max_length=160, verbose_name="Crew")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="Laid in a bed")),
                ("why_not", models.CharField(blank=True, max_length=300, verbose_name="Why refused or cancelled")),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
                (
                    "ambulance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="care.ambulance",
                        verbose_name="Ambulance",
                    ),
                ),
                (
                    "from_facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="care.facility",
                        verbose_name="From facility",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="care.patient",
                        verbose_name="Patient",
                    ),
                ),
                (
                    "to_facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken",
                        to="care.facility",
                        verbose_name="To facility",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TransferEvent",
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
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asymptomatic", "No symptoms"),
                            ("mild", "Mild"),
                            ("moderate", "Moderate"),
                            ("severe", "Severe"),
                            ("critical", "Critical"),
                        ],
                        max_length=12,
                        verbose_name="Severity",
                    ),
                ),
                ("pick_up", models.CharField(blank=True, max_length=200, verbose_name="Where to fetch")),
                (
                    "need",
                    models.CharField(
                        choices=[("plain", "Plain"), ("oxygen", "Oxygen"), ("icu", "Intensive care")],
                        default="plain",
                        max_length=6,
                        verbose_name="Bed needed",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[("a_emergency", "Emergency"), ("b_urgent", "Urgent"), ("c_routine", "Routine")],
                        default="b_urgent",
                        max_length=12,
                        verbose_name="Urgency",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("assigned", "Ambulance assigned"),
                            ("on_the_way", "On the way"),
                            ("arrived", "Arrived"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="Requested at")),
                ("since", models.DateTimeField(verbose_name="Since")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="Next step due")),
                (
                    "late_told_at",
                    models.DateTimeField(blank=True, db_comment="the present step was told to be late", null=True),
                ),
                ("crew", models.CharField(blank=True, max_length=160, verbose_name="Crew")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="Laid in a bed")),
                ("why_not", models.CharField(blank=True, max_length=300, verbose_name="Why refused or cancelled")),
                ("search_key", models.CharField(db_default="", default="", editable=False, max_length=300)),
                (
                    "ambulance",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.ambulance",
                        verbose_name="Ambulance",
                    ),
                ),
                (
                    "from_facility",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.facility",
                        verbose_name="From facility",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.patient",
                        verbose_name="Patient",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="care.transfer",
                    ),
                ),
                (
                    "to_facility",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="care.facility",
                        verbose_name="To facility",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TransferLimit",
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
                    "urgency",
                    models.CharField(
                        choices=[("a_emergency", "Emergency"), ("b_urgent", "Urgent"), ("c_routine", "Routine")],
                        max_length=12,
                        verbose_name="Urgency",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("assigned", "Ambulance assigned"),
                            ("on_the_way", "On the way"),
                            ("arrived", "Arrived"),
                            ("refused", "Refused"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="Minutes")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province_id", "urgency", "state"), name="transfer_limit_once"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 2880))),
                        name="transfer_limit_possible",
                        violation_error_message="A limit lies between 1 minute and 48 hours.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transferlimit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_transferlimitevent" ("commune_id", "created_at", "district_id", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "state", "updated_at", "urgency", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."state", NEW."updated_at", NEW."urgency", NEW."version"); RETURN NULL;',
                    hash="1484e2846f4badde1a53c5d9a1915919f004d837",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_81bd5",
                    table="care_transferlimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transferlimit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_transferlimitevent" ("commune_id", "created_at", "district_id", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "state", "updated_at", "urgency", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."state", NEW."updated_at", NEW."urgency", NEW."version"); RETURN NULL;',
                    hash="c149c50b68cb3564c15db386b7b717f26d115683",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_947d3",
                    table="care_transferlimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transferlimit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_transferlimitevent" ("commune_id", "created_at", "district_id", "id", "minutes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "state", "updated_at", "urgency", "version") VALUES (OLD."commune_id", OLD."created_at", OLD."district_id", OLD."id", OLD."minutes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."state", OLD."updated_at", OLD."urgency", OLD."version"); RETURN NULL;',
                    hash="6929510388b9b7989111565068f1621a56bc9389",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b0c84",
                    table="care_transferlimit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="transferlimitevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="care.transferlimit",
            ),
        ),
        migrations.AddField(
            model_name="transferstep",
            name="officer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
            ),
        ),
        migrations.AddField(
            model_name="transferstep",
            name="transfer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="care.transfer"
            ),
        ),
        migrations.AddIndex(
            model_name="ambulance",
            index=models.Index(fields=["province_id", "plate"], name="care_ambula_provinc_23896f_idx"),
        ),
        migrations.AddConstraint(
            model_name="ambulance",
            constraint=models.UniqueConstraint(
                fields=("plate",),
                name="ambulance_plate_once",
                violation_error_message="An ambulance with this number plate is written down already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ambulance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_ambulanceevent" ("closed_on", "commune_id", "created_at", "crew", "district_id", "equipment", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plate", "province_id", "search_key", "updated_at", "version") VALUES (NEW."closed_on", NEW."commune_id", NEW."created_at", NEW."crew", NEW."district_id", NEW."equipment", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."plate", NEW."province_id", NEW."search_key", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="31f34a83859f4c8286ec1a8cb7371ed3658b426e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_18171",
                    table="care_ambulance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ambulance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_ambulanceevent" ("closed_on", "commune_id", "created_at", "crew", "district_id", "equipment", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plate", "province_id", "search_key", "updated_at", "version") VALUES (NEW."closed_on", NEW."commune_id", NEW."created_at", NEW."crew", NEW."district_id", NEW."equipment", NEW."id", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."plate", NEW."province_id", NEW."search_key", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="ae35936ce14fc429a799e781a27c8669edf8b45e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_52067",
                    table="care_ambulance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ambulance",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_ambulanceevent" ("closed_on", "commune_id", "created_at", "crew", "district_id", "equipment", "id", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "plate", "province_id", "search_key", "updated_at", "version") VALUES (OLD."closed_on", OLD."commune_id", OLD."created_at", OLD."crew", OLD."district_id", OLD."equipment", OLD."id", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."plate", OLD."province_id", OLD."search_key", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="58c3381e75a159c70be5ebdb184d9c034d487eb3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1dc7e",
                    table="care_ambulance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ambulanceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="074a5da25d5097faab29df99654e993651dceb4e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_80dec",
                    table="care_ambulanceevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(
                fields=["facility", "state"], include=("severity", "tier", "support"), name="patient_at"
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["province_id", "-registered_at", "-id"], name="patient_of_province"),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["district_id", "-registered_at", "-id"], name="patient_of_district"),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["commune_id", "-registered_at", "-id"], name="patient_of_commune"),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["case"], name="patient_of_case"),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("person",),
                name="patient_treated_once",
                violation_error_message="This person is under treatment already. Open that record.",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["waiting", "inside"])),
                    models.Q(("ended_at__isnull", False), ("state__in", ["discharged", "died", "away", "left"])),
                    _connector="OR",
                ),
                name="patient_state_and_end_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "inside"), _negated=True),
                    models.Q(("admitted_at__isnull", False), ("facility__isnull", False)),
                    _connector="OR",
                ),
                name="patient_inside_is_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier__isnull", True), ("tier__in", [1, 2, 3]), _connector="OR"),
                name="patient_tier_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_patientevent" ("admitted_at", "assessed_at", "birth_year", "case_code", "case_id", "commune_id", "comorbidity", "conditions", "created_at", "district_id", "ended_at", "ending", "facility_id", "full_name", "fully_vaccinated", "id", "initials", "need", "negative_at_admission", "negative_on", "onset_on", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "positive_on", "pregnant", "province_id", "reason", "registered_at", "search_key", "severity", "sex", "state", "support", "symptoms_end_on", "tier", "updated_at", "version") VALUES (NEW."admitted_at", NEW."assessed_at", NEW."birth_year", NEW."case_code", NEW."case_id", NEW."commune_id", NEW."comorbidity", NEW."conditions", NEW."created_at", NEW."district_id", NEW."ended_at", NEW."ending", NEW."facility_id", NEW."full_name", NEW."fully_vaccinated", NEW."id", NEW."initials", NEW."need", NEW."negative_at_admission", NEW."negative_on", NEW."onset_on", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."positive_on", NEW."pregnant", NEW."province_id", NEW."reason", NEW."registered_at", NEW."search_key", NEW."severity", NEW."sex", NEW."state", NEW."support", NEW."symptoms_end_on", NEW."tier", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="f0e8c3364094ec819a98d0221698dbe26161a95a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_adb0c",
                    table="care_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_patientevent" ("admitted_at", "assessed_at", "birth_year", "case_code", "case_id", "commune_id", "comorbidity", "conditions", "created_at", "district_id", "ended_at", "ending", "facility_id", "full_name", "fully_vaccinated", "id", "initials", "need", "negative_at_admission", "negative_on", "onset_on", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "positive_on", "pregnant", "province_id", "reason", "registered_at", "search_key", "severity", "sex", "state", "support", "symptoms_end_on", "tier", "updated_at", "version") VALUES (NEW."admitted_at", NEW."assessed_at", NEW."birth_year", NEW."case_code", NEW."case_id", NEW."commune_id", NEW."comorbidity", NEW."conditions", NEW."created_at", NEW."district_id", NEW."ended_at", NEW."ending", NEW."facility_id", NEW."full_name", NEW."fully_vaccinated", NEW."id", NEW."initials", NEW."need", NEW."negative_at_admission", NEW."negative_on", NEW."onset_on", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."positive_on", NEW."pregnant", NEW."province_id", NEW."reason", NEW."registered_at", NEW."search_key", NEW."severity", NEW."sex", NEW."state", NEW."support", NEW."symptoms_end_on", NEW."tier", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="440b9e41ec36e6373dcf86d88fe411158776f20a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f5220",
                    table="care_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_patientevent" ("admitted_at", "assessed_at", "birth_year", "case_code", "case_id", "commune_id", "comorbidity", "conditions", "created_at", "district_id", "ended_at", "ending", "facility_id", "full_name", "fully_vaccinated", "id", "initials", "need", "negative_at_admission", "negative_on", "onset_on", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "positive_on", "pregnant", "province_id", "reason", "registered_at", "search_key", "severity", "sex", "state", "support", "symptoms_end_on", "tier", "updated_at", "version") VALUES (OLD."admitted_at", OLD."assessed_at", OLD."birth_year", OLD."case_code", OLD."case_id", OLD."commune_id", OLD."comorbidity", OLD."conditions", OLD."created_at", OLD."district_id", OLD."ended_at", OLD."ending", OLD."facility_id", OLD."full_name", OLD."fully_vaccinated", OLD."id", OLD."initials", OLD."need", OLD."negative_at_admission", OLD."negative_on", OLD."onset_on", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."positive_on", OLD."pregnant", OLD."province_id", OLD."reason", OLD."registered_at", OLD."search_key", OLD."severity", OLD."sex", OLD."state", OLD."support", OLD."symptoms_end_on", OLD."tier", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="dd28ecfdc9aeb4f766340e15fc0b11d48b48c808",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2d53d",
                    table="care_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="insideinfectionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b64206a78c05a142b1ed2e9fc8b3a46fde3bff08",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1f8b6",
                    table="care_insideinfectionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="insideinfection",
            index=models.Index(fields=["facility", "ward", "-began_on"], name="inside_of_ward"),
        ),
        migrations.AddConstraint(
            model_name="insideinfection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "suspected")),
                    models.Q(
                        models.Q(("state", "suspected"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inside_decision_has_reason",
                violation_error_message="Say why, in a few words.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="insideinfection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_insideinfectionevent" ("admitted_on", "began_by", "began_on", "commune_id", "created_at", "days_inside", "decided_at", "decided_by_id", "district_id", "facility_id", "grounds", "id", "initials", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reason", "search_key", "state", "updated_at", "version", "ward_id") VALUES (NEW."admitted_on", NEW."began_by", NEW."began_on", NEW."commune_id", NEW."created_at", NEW."days_inside", NEW."decided_at", NEW."decided_by_id", NEW."district_id", NEW."facility_id", NEW."grounds", NEW."id", NEW."initials", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."raised_at", NEW."reason", NEW."search_key", NEW."state", NEW."updated_at", NEW."version", NEW."ward_id"); RETURN NULL;',
                    hash="fc6f1cfada249697be41b67e54930d4bbf6bd98c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_08313",
                    table="care_insideinfection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="insideinfection",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_insideinfectionevent" ("admitted_on", "began_by", "began_on", "commune_id", "created_at", "days_inside", "decided_at", "decided_by_id", "district_id", "facility_id", "grounds", "id", "initials", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reason", "search_key", "state", "updated_at", "version", "ward_id") VALUES (NEW."admitted_on", NEW."began_by", NEW."began_on", NEW."commune_id", NEW."created_at", NEW."days_inside", NEW."decided_at", NEW."decided_by_id", NEW."district_id", NEW."facility_id", NEW."grounds", NEW."id", NEW."initials", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."raised_at", NEW."reason", NEW."search_key", NEW."state", NEW."updated_at", NEW."version", NEW."ward_id"); RETURN NULL;',
                    hash="bf58332c82c0aedce91e8604157745c9488650d3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f34e6",
                    table="care_insideinfection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="insideinfection",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_insideinfectionevent" ("admitted_on", "began_by", "began_on", "commune_id", "created_at", "days_inside", "decided_at", "decided_by_id", "district_id", "facility_id", "grounds", "id", "initials", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reason", "search_key", "state", "updated_at", "version", "ward_id") VALUES (OLD."admitted_on", OLD."began_by", OLD."began_on", OLD."commune_id", OLD."created_at", OLD."days_inside", OLD."decided_at", OLD."decided_by_id", OLD."district_id", OLD."facility_id", OLD."grounds", OLD."id", OLD."initials", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."raised_at", OLD."reason", OLD."search_key", OLD."state", OLD."updated_at", OLD."version", OLD."ward_id"); RETURN NULL;',
                    hash="3112b4cff0469d92848660cbad47601b0afbe9a0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dbe41",
                    table="care_insideinfection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deathreviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="daf19ebdc159bfbe0dfafc89ea8af8cdc829682b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c6e53",
                    table="care_deathreviewevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="deathreview",
            index=models.Index(condition=models.Q(("done_at", None)), fields=["due_on"], name="death_review_owed"),
        ),
        migrations.AddConstraint(
            model_name="deathreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True),
                    models.Q(
                        models.Q(("underlying_cause", ""), _negated=True),
                        models.Q(("lessons", ""), _negated=True),
                        models.Q(("avoidable", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="death_review_done_is_whole",
                violation_error_message="Write the underlying cause, what could have been done, and whether it was avoidable.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deathreview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_deathreviewevent" ("avoidable", "commune_id", "contributing", "created_at", "died_at", "direct_cause", "district_id", "done_at", "done_by_id", "due_on", "facility_id", "id", "lessons", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "task_id", "timeline", "underlying_cause", "updated_at", "version") VALUES (NEW."avoidable", NEW."commune_id", NEW."contributing", NEW."created_at", NEW."died_at", NEW."direct_cause", NEW."district_id", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."facility_id", NEW."id", NEW."lessons", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."task_id", NEW."timeline", NEW."underlying_cause", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="3f905e6498b67a91fa2bd0214ef0d0a009374001",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5c5f3",
                    table="care_deathreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deathreview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_deathreviewevent" ("avoidable", "commune_id", "contributing", "created_at", "died_at", "direct_cause", "district_id", "done_at", "done_by_id", "due_on", "facility_id", "id", "lessons", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "task_id", "timeline", "underlying_cause", "updated_at", "version") VALUES (NEW."avoidable", NEW."commune_id", NEW."contributing", NEW."created_at", NEW."died_at", NEW."direct_cause", NEW."district_id", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."facility_id", NEW."id", NEW."lessons", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."task_id", NEW."timeline", NEW."underlying_cause", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="96f4f25da379ac4ec30541014721abdf86a41c86",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f23a4",
                    table="care_deathreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deathreview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_deathreviewevent" ("avoidable", "commune_id", "contributing", "created_at", "died_at", "direct_cause", "district_id", "done_at", "done_by_id", "due_on", "facility_id", "id", "lessons", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "task_id", "timeline", "underlying_cause", "updated_at", "version") VALUES (OLD."avoidable", OLD."commune_id", OLD."contributing", OLD."created_at", OLD."died_at", OLD."direct_cause", OLD."district_id", OLD."done_at", OLD."done_by_id", OLD."due_on", OLD."facility_id", OLD."id", OLD."lessons", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."task_id", OLD."timeline", OLD."underlying_cause", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="38a3cbcb1499cdc699cbe9ff4c94ce996c68cd28",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3975e",
                    table="care_deathreview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstayevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="824bcb5e096b83c72935fb4541c5ea598c14e848",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7f2d7",
                    table="care_bedstayevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="bedstay",
            index=models.Index(condition=models.Q(("until", None)), fields=["facility", "bed"], name="bed_taken_now"),
        ),
        migrations.AddIndex(
            model_name="bedstay",
            index=models.Index(fields=["patient", "-since"], name="bed_stays_of_patient"),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("bed", "="),
                    (
                        phaodai.care.models.rosters.MomentRange(
                            models.F("since"), models.F("until"), models.Value("[)")
                        ),
                        "&&",
                    ),
                ],
                name="bed_holds_one_patient",
                violation_error_message="Another patient lies in this bed. Choose another bed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("patient", "="),
                    (
                        phaodai.care.models.rosters.MomentRange(
                            models.F("since"), models.F("until"), models.Value("[)")
                        ),
                        "&&",
                    ),
                ],
                name="patient_lies_in_one_bed",
                violation_error_message="This patient lies in another bed at that time. Move them instead.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bedstay",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="bed_stay_ends_after_it_began",
                violation_error_message="The patient left the bed before coming to it. Correct one of the two times.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_bedstayevent" ("bed_id", "commune_id", "district_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "since", "until") VALUES (NEW."bed_id", NEW."commune_id", NEW."district_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."since", NEW."until"); RETURN NULL;',
                    hash="bbf6a49cfb642a8a785b5f13da5cf552423b8d8c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ac747",
                    table="care_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_bedstayevent" ("bed_id", "commune_id", "district_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "since", "until") VALUES (NEW."bed_id", NEW."commune_id", NEW."district_id", NEW."facility_id", NEW."id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."since", NEW."until"); RETURN NULL;',
                    hash="8d1afab8b44691ab0bcb27190627c99201491422",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aa17d",
                    table="care_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bedstay",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_bedstayevent" ("bed_id", "commune_id", "district_id", "facility_id", "id", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "since", "until") VALUES (OLD."bed_id", OLD."commune_id", OLD."district_id", OLD."facility_id", OLD."id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."since", OLD."until"); RETURN NULL;',
                    hash="9eb6d1d55acd10d36bccb248b6501abbfd2ea0a3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_00574",
                    table="care_bedstay",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="06d107551ae0f2abc9e088b58690ebfc230ad21f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_bbfa1",
                    table="care_assessmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["patient", "-at", "-id"], name="assessment_latest"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("spo2__isnull", True), ("spo2__range", (30, 100)), _connector="OR"),
                name="assessment_spo2_possible",
                violation_error_message="SpO2 lies between 30 and 100 per cent. Look at the device again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("respiratory_rate__isnull", True), ("respiratory_rate__range", (4, 90)), _connector="OR"
                ),
                name="assessment_breaths_possible",
                violation_error_message="A breathing rate lies between 4 and 90 a minute. Count again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("chosen", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="assessment_choice_has_reason",
                violation_error_message="Say why this severity was chosen; the reason stays with the patient.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_assessmentevent" ("at", "chosen", "critical", "decision", "id", "lesion_share", "need", "officer_id", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "respiratory_rate", "risk", "severity", "spo2", "support", "symptoms", "tier") VALUES (NEW."at", NEW."chosen", NEW."critical", NEW."decision", NEW."id", NEW."lesion_share", NEW."need", NEW."officer_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."respiratory_rate", NEW."risk", NEW."severity", NEW."spo2", NEW."support", NEW."symptoms", NEW."tier"); RETURN NULL;',
                    hash="282651d95e6ea2292fdc07bde4e68ec1d639cf69",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6d004",
                    table="care_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_assessmentevent" ("at", "chosen", "critical", "decision", "id", "lesion_share", "need", "officer_id", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "respiratory_rate", "risk", "severity", "spo2", "support", "symptoms", "tier") VALUES (NEW."at", NEW."chosen", NEW."critical", NEW."decision", NEW."id", NEW."lesion_share", NEW."need", NEW."officer_id", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."respiratory_rate", NEW."risk", NEW."severity", NEW."spo2", NEW."support", NEW."symptoms", NEW."tier"); RETURN NULL;',
                    hash="ea48ac4856c2fed278bf31b64160cad174322276",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_448f5",
                    table="care_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_assessmentevent" ("at", "chosen", "critical", "decision", "id", "lesion_share", "need", "officer_id", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "respiratory_rate", "risk", "severity", "spo2", "support", "symptoms", "tier") VALUES (OLD."at", OLD."chosen", OLD."critical", OLD."decision", OLD."id", OLD."lesion_share", OLD."need", OLD."officer_id", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."respiratory_rate", OLD."risk", OLD."severity", OLD."spo2", OLD."support", OLD."symptoms", OLD."tier"); RETURN NULL;',
                    hash="1047a819ca043124c99c55dcf325c3f9a2d1a71f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7d49b",
                    table="care_assessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patientevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4b505e14013916d6c1752c905c1667de2a3515d4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a82c2",
                    table="care_patientevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="patientstep",
            index=models.Index(fields=["patient", "at"], name="care_patien_patient_3a1e54_idx"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["province_id", "state", "urgency", "since"], name="transfer_board"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["to_facility", "state"], name="transfer_to"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["patient", "-requested_at"], name="transfer_of_patient"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False), ("late_told_at", None)),
                fields=["due_at"],
                name="transfer_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("received_at", None), models.Q(("state__in", ["refused", "cancelled"]), _negated=True)
                ),
                fields=("patient",),
                name="transfer_one_at_a_time",
                violation_error_message="A transfer of this patient is under way already. Finish or cancel that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "on_the_way")),
                fields=("ambulance",),
                name="ambulance_drives_one_way_at_a_time",
                violation_error_message="This ambulance is on the way with another patient.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["assigned", "on_the_way"]), _negated=True),
                    ("ambulance__isnull", False),
                    _connector="OR",
                ),
                name="transfer_assigned_has_ambulance",
                violation_error_message="Choose an ambulance.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_at", None), ("state", "arrived"), _connector="OR"),
                name="transfer_received_has_arrived",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["refused", "cancelled"]), _negated=True),
                    models.Q(("why_not", ""), _negated=True),
                    _connector="OR",
                ),
                name="transfer_called_off_has_reason",
                violation_error_message="Say why, in a few words.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transfer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_transferevent" ("ambulance_id", "commune_id", "created_at", "crew", "district_id", "due_at", "from_facility_id", "id", "initials", "late_told_at", "need", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pick_up", "province_id", "reason", "received_at", "requested_at", "search_key", "severity", "since", "state", "to_facility_id", "updated_at", "urgency", "version", "why_not") VALUES (NEW."ambulance_id", NEW."commune_id", NEW."created_at", NEW."crew", NEW."district_id", NEW."due_at", NEW."from_facility_id", NEW."id", NEW."initials", NEW."late_told_at", NEW."need", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pick_up", NEW."province_id", NEW."reason", NEW."received_at", NEW."requested_at", NEW."search_key", NEW."severity", NEW."since", NEW."state", NEW."to_facility_id", NEW."updated_at", NEW."urgency", NEW."version", NEW."why_not"); RETURN NULL;',
                    hash="13c285fc29ea1cb613f57a906fd609c73c725c9e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b9836",
                    table="care_transfer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transfer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "care_transferevent" ("ambulance_id", "commune_id", "created_at", "crew", "district_id", "due_at", "from_facility_id", "id", "initials", "late_told_at", "need", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pick_up", "province_id", "reason", "received_at", "requested_at", "search_key", "severity", "since", "state", "to_facility_id", "updated_at", "urgency", "version", "why_not") VALUES (NEW."ambulance_id", NEW."commune_id", NEW."created_at", NEW."crew", NEW."district_id", NEW."due_at", NEW."from_facility_id", NEW."id", NEW."initials", NEW."late_told_at", NEW."need", NEW."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pick_up", NEW."province_id", NEW."reason", NEW."received_at", NEW."requested_at", NEW."search_key", NEW."severity", NEW."since", NEW."state", NEW."to_facility_id", NEW."updated_at", NEW."urgency", NEW."version", NEW."why_not"); RETURN NULL;',
                    hash="6907b8d4d19e17a8e431346336993fd690a4cfcb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2df3b",
                    table="care_transfer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transfer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "care_transferevent" ("ambulance_id", "commune_id", "created_at", "crew", "district_id", "due_at", "from_facility_id", "id", "initials", "late_told_at", "need", "patient_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pick_up", "province_id", "reason", "received_at", "requested_at", "search_key", "severity", "since", "state", "to_facility_id", "updated_at", "urgency", "version", "why_not") VALUES (OLD."ambulance_id", OLD."commune_id", OLD."created_at", OLD."crew", OLD."district_id", OLD."due_at", OLD."from_facility_id", OLD."id", OLD."initials", OLD."late_told_at", OLD."need", OLD."patient_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pick_up", OLD."province_id", OLD."reason", OLD."received_at", OLD."requested_at", OLD."search_key", OLD."severity", OLD."since", OLD."state", OLD."to_facility_id", OLD."updated_at", OLD."urgency", OLD."version", OLD."why_not"); RETURN NULL;',
                    hash="e8faeca08fe7ff443ddcb0d6f7ae018ee427d61f",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ea54d",
                    table="care_transfer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transferevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ddecdb93265c45134ba5491afbf7e223a52f09e0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a56d6",
                    table="care_transferevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transferlimitevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="84513188670e83f7dafa8eba6ed44c77e48aedc0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a7314",
                    table="care_transferlimitevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="transferstep",
            index=models.Index(fields=["transfer", "at"], name="care_transf_transfe_fb4cb9_idx"),
        ),
        migrations.AddConstraint(
            model_name="transferstep",
            constraint=models.UniqueConstraint(fields=("key",), name="transfer_step_key_once"),
        ),
    ]
