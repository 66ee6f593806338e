import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from phaodai.foundation.row_security import (
    BY_REFERENCE,
    IN_AREA,
    OWN_ORGANISATION,
    narrow,
    protect,
    protect_history,
    through,
)

MINE = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
OF_SEEN_SESSION = through("vaccination_session", "session_id")
OF_MY_SESSION = f"exists (select 1 from vaccination_session mine where mine.id = session_id and ({IN_AREA} or {MINE}))"
# Behind the link on a slip: the person vaccinated adds what they felt, and sees what they sent.
OF_DOOR = through("vaccination_reactiondoor", "door_id")
# Policies of keepings went with their table, which 0009_fridges drops: an empty database never has it.
POLICIES = [
    # No name and no product stands in it, and it is all that a stranger sees of a dose.
    protect("vaccination_reactiondoor", see=(IN_AREA, MINE, BY_REFERENCE), write=(IN_AREA, MINE)),
    protect("vaccination_reactionclaim", see=(IN_AREA, MINE, OF_DOOR), write=(IN_AREA, MINE)),
    narrow("vaccination_reactionclaim", add=(IN_AREA, MINE, OF_DOOR)),
    protect_history("vaccination_reactionclaimevent", see=(IN_AREA, MINE)),
    protect("vaccination_sessionmember", see=(OF_SEEN_SESSION,), write=(OF_MY_SESSION,)),
    protect_history("vaccination_sessionmemberevent", see=(OF_SEEN_SESSION,)),
    # Nothing is removed: people leave a team at a moment, claims are answered.
    *(
        narrow(f"vaccination_{table}", remove=())
        for table in ("reactiondoor", "reactionclaim", "sessionmember")
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0006_protect_home_care'),
        ('people', '0006_household_locations'),
        ('vaccination', '0007_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Keeping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(db_comment='empty: it is there', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='KeepingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(db_comment='empty: it is there', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReactionClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('key', models.UUIDField(db_comment="made by the sender's page: sent twice, it is kept once", unique=True)),
                ('signs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), db_comment='codes of rules.claims', default=list, size=None)),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='In their words')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Telephone')),
                ('alarming', models.BooleanField(db_comment='a sign of the list that sends people to 115', default=False)),
                ('began_at', models.DateTimeField(verbose_name='Began')),
                ('received_at', models.DateTimeField(verbose_name='Reported')),
                ('told_at', models.DateTimeField(db_comment='when the fact was told to the playbook', null=True)),
                ('verdict', models.CharField(blank=True, choices=[('', 'Waiting'), ('confirmed', 'Confirmed'), ('ordinary', 'No reaction to the dose'), ('unreached', 'Nobody could be reached')], default='', max_length=9, verbose_name='Answer')),
                ('answered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReactionClaimEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('key', models.UUIDField(db_comment="made by the sender's page: sent twice, it is kept once")),
                ('signs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), db_comment='codes of rules.claims', default=list, size=None)),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='In their words')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Telephone')),
                ('alarming', models.BooleanField(db_comment='a sign of the list that sends people to 115', default=False)),
                ('began_at', models.DateTimeField(verbose_name='Began')),
                ('received_at', models.DateTimeField(verbose_name='Reported')),
                ('told_at', models.DateTimeField(db_comment='when the fact was told to the playbook', null=True)),
                ('verdict', models.CharField(blank=True, choices=[('', 'Waiting'), ('confirmed', 'Confirmed'), ('ordinary', 'No reaction to the dose'), ('unreached', 'Nobody could be reached')], default='', max_length=9, verbose_name='Answer')),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReactionDoor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('reference', models.CharField(db_comment='the secret of the link', max_length=10, unique=True)),
                ('given_on', models.DateField(db_comment='day of the dose; before it, the day of the session')),
                ('closes_on', models.DateField(db_comment='last day of self-monitoring')),
            ],
        ),
        migrations.CreateModel(
            name='SessionMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('duty', models.CharField(choices=[('receiving', 'Receives and writes down'), ('screening', 'Screens before the dose'), ('vaccinating', 'Vaccinates'), ('watching', 'Watches afterwards, treats shock')], max_length=11, verbose_name='Duty')),
                ('left_at', models.DateTimeField(db_comment='when they were taken off the team', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SessionMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('duty', models.CharField(choices=[('receiving', 'Receives and writes down'), ('screening', 'Screens before the dose'), ('vaccinating', 'Vaccinates'), ('watching', 'Watches afterwards, treats shock')], max_length=11, verbose_name='Duty')),
                ('left_at', models.DateTimeField(db_comment='when they were taken off the team', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invitation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invitation',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='invitation',
            name='told_at',
            field=models.DateTimeField(db_comment='when they were told that the session was called off', null=True),
        ),
        migrations.AddField(
            model_name='invitationevent',
            name='told_at',
            field=models.DateTimeField(db_comment='when they were told that the session was called off', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vaccination_invitationevent" ("answered_at", "commune_id", "created_at", "district_id", "dose_number", "entry_id", "findings", "id", "invited_at", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "province_id", "reason", "session_id", "slot", "state", "told_at", "updated_at", "version", "walk_in") VALUES (NEW."answered_at", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."dose_number", NEW."entry_id", NEW."findings", NEW."id", NEW."invited_at", NEW."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."province_id", NEW."reason", NEW."session_id", NEW."slot", NEW."state", NEW."told_at", NEW."updated_at", NEW."version", NEW."walk_in"); RETURN NULL;', hash='5d8ed00c7f293877496155944665b99f4e6090d9', operation='UPDATE', pgid='pgtrigger_update_update_5e811', table='vaccination_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_invitationevent" ("answered_at", "commune_id", "created_at", "district_id", "dose_number", "entry_id", "findings", "id", "invited_at", "officer_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "province_id", "reason", "session_id", "slot", "state", "told_at", "updated_at", "version", "walk_in") VALUES (OLD."answered_at", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."dose_number", OLD."entry_id", OLD."findings", OLD."id", OLD."invited_at", OLD."officer_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."province_id", OLD."reason", OLD."session_id", OLD."slot", OLD."state", OLD."told_at", OLD."updated_at", OLD."version", OLD."walk_in"); RETURN NULL;', hash='392ca330cee8e8f0fee55d40b8537ff6a850292b', operation='DELETE', pgid='pgtrigger_delete_delete_bf405', table='vaccination_invitation', when='AFTER')),
        ),
        migrations.AddField(
            model_name='keeping',
            name='lot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keepings', to='vaccination.vaccinelot'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='moved_to',
            field=models.ForeignKey(db_comment='where it went; empty: out of the cold', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keepings', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='put_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer'),
        ),
        migrations.AddField(
            model_name='keepingevent',
            name='lot',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.vaccinelot'),
        ),
        migrations.AddField(
            model_name='keepingevent',
            name='moved_to',
            field=models.ForeignKey(db_comment='where it went; empty: out of the cold', db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='keepingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='vaccination.keeping'),
        ),
        migrations.AddField(
            model_name='keepingevent',
            name='place',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.coldplace'),
        ),
        migrations.AddField(
            model_name='keepingevent',
            name='put_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.officer'),
        ),
        migrations.AddField(
            model_name='keepingevent',
            name='taken_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.officer'),
        ),
        migrations.AddField(
            model_name='reactionclaim',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer'),
        ),
        migrations.AddField(
            model_name='reactionclaim',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation'),
        ),
        migrations.AddField(
            model_name='reactionclaim',
            name='reaction',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='vaccination.adversereaction'),
        ),
        migrations.AddField(
            model_name='reactionclaimevent',
            name='answered_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.officer'),
        ),
        migrations.AddField(
            model_name='reactionclaimevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation'),
        ),
        migrations.AddField(
            model_name='reactionclaimevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='vaccination.reactionclaim'),
        ),
        migrations.AddField(
            model_name='reactionclaimevent',
            name='reaction',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.adversereaction'),
        ),
        migrations.AddField(
            model_name='reactiondoor',
            name='dose',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='door', to='vaccination.dose'),
        ),
        migrations.AddField(
            model_name='reactiondoor',
            name='invitation',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='door', to='vaccination.invitation'),
        ),
        migrations.AddField(
            model_name='reactiondoor',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation'),
        ),
        migrations.AddField(
            model_name='reactionclaimevent',
            name='door',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.reactiondoor'),
        ),
        migrations.AddField(
            model_name='reactionclaim',
            name='door',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='vaccination.reactiondoor'),
        ),
        migrations.AddField(
            model_name='sessionmember',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='vaccination.session'),
        ),
        migrations.AddField(
            model_name='sessionmember',
            name='worker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vaccination_sessions', to='care.worker', verbose_name='Person'),
        ),
        migrations.AddField(
            model_name='sessionmemberevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='vaccination.sessionmember'),
        ),
        migrations.AddField(
            model_name='sessionmemberevent',
            name='session',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vaccination.session'),
        ),
        migrations.AddField(
            model_name='sessionmemberevent',
            name='worker',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='care.worker', verbose_name='Person'),
        ),
        migrations.AddIndex(
            model_name='keeping',
            index=models.Index(fields=['lot', 'since'], name='keeping_of_lot'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('place', 'lot'), name='lot_kept_once_in_a_fridge', violation_error_message='This lot is in this fridge already.'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='keeping_ends_after_it_begins', violation_error_message='The lot left the fridge before it came in. Correct one of the two times.'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.CheckConstraint(condition=models.Q(('moved_to', None), models.Q(('moved_to', models.F('place')), _negated=True), _connector='OR'), name='moved_to_another_fridge'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keeping',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_keepingevent" ("commune_id", "created_at", "district_id", "id", "lot_id", "moved_to_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "province_id", "put_by_id", "since", "taken_by_id", "until", "updated_at", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."lot_id", NEW."moved_to_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place_id", NEW."province_id", NEW."put_by_id", NEW."since", NEW."taken_by_id", NEW."until", NEW."updated_at", NEW."version"); RETURN NULL;', hash='f467ba943e96fcb22fd5e819c4ace481ee56a5e6', operation='INSERT', pgid='pgtrigger_insert_insert_40326', table='vaccination_keeping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keeping',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vaccination_keepingevent" ("commune_id", "created_at", "district_id", "id", "lot_id", "moved_to_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "province_id", "put_by_id", "since", "taken_by_id", "until", "updated_at", "version") VALUES (NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."lot_id", NEW."moved_to_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place_id", NEW."province_id", NEW."put_by_id", NEW."since", NEW."taken_by_id", NEW."until", NEW."updated_at", NEW."version"); RETURN NULL;', hash='e9e2989c57160e693d66a6619badf0467ade59e1', operation='UPDATE', pgid='pgtrigger_update_update_171a3', table='vaccination_keeping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keeping',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_keepingevent" ("commune_id", "created_at", "district_id", "id", "lot_id", "moved_to_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "province_id", "put_by_id", "since", "taken_by_id", "until", "updated_at", "version") VALUES (OLD."commune_id", OLD."created_at", OLD."district_id", OLD."id", OLD."lot_id", OLD."moved_to_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place_id", OLD."province_id", OLD."put_by_id", OLD."since", OLD."taken_by_id", OLD."until", OLD."updated_at", OLD."version"); RETURN NULL;', hash='ad25615aab9900b28945cff89db5f75c2499d2b1', operation='DELETE', pgid='pgtrigger_delete_delete_1cc40', table='vaccination_keeping', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='keepingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5d09463a93789d1cfd398112b6e7f63d2c48ad04', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1de1e', table='vaccination_keepingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reactiondoor',
            constraint=models.CheckConstraint(condition=models.Q(('invitation__isnull', False), ('dose__isnull', False), _connector='OR'), name='reaction_door_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='reactiondoor',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('given_on'))), name='reaction_door_days_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reactionclaimevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a227572d8098cb93a72d24a39d86389891608422', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4615d', table='vaccination_reactionclaimevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='reactionclaim',
            index=models.Index(condition=models.Q(('answered_at', None)), fields=['province_id', '-received_at'], name='claim_waiting'),
        ),
        migrations.AddIndex(
            model_name='reactionclaim',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['received_at'], name='claim_untold'),
        ),
        migrations.AddConstraint(
            model_name='reactionclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('verdict', '')), models.Q(('answered_at__isnull', False), models.Q(('verdict', ''), _negated=True)), _connector='OR'), name='claim_answered_with_a_verdict', violation_error_message='Say what became of the report before it is closed.'),
        ),
        migrations.AddConstraint(
            model_name='reactionclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reaction__isnull', False), ('verdict', 'confirmed')), models.Q(models.Q(('verdict', 'confirmed'), _negated=True), ('reaction__isnull', True)), _connector='OR'), name='confirmed_claim_is_a_reaction'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reactionclaim',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_reactionclaimevent" ("alarming", "answered_at", "answered_by_id", "began_at", "commune_id", "created_at", "district_id", "door_id", "id", "key", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "reaction_id", "received_at", "signs", "told_at", "updated_at", "verdict", "version", "words") VALUES (NEW."alarming", NEW."answered_at", NEW."answered_by_id", NEW."began_at", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."door_id", NEW."id", NEW."key", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."province_id", NEW."reaction_id", NEW."received_at", NEW."signs", NEW."told_at", NEW."updated_at", NEW."verdict", NEW."version", NEW."words"); RETURN NULL;', hash='08bbc30f7c429ba5f10451eb3a06232b231ff2b7', operation='INSERT', pgid='pgtrigger_insert_insert_464b3', table='vaccination_reactionclaim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reactionclaim',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vaccination_reactionclaimevent" ("alarming", "answered_at", "answered_by_id", "began_at", "commune_id", "created_at", "district_id", "door_id", "id", "key", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "reaction_id", "received_at", "signs", "told_at", "updated_at", "verdict", "version", "words") VALUES (NEW."alarming", NEW."answered_at", NEW."answered_by_id", NEW."began_at", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."door_id", NEW."id", NEW."key", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."province_id", NEW."reaction_id", NEW."received_at", NEW."signs", NEW."told_at", NEW."updated_at", NEW."verdict", NEW."version", NEW."words"); RETURN NULL;', hash='d2b94b720ace9574ff4b7915699800cf5d43b07a', operation='UPDATE', pgid='pgtrigger_update_update_fed30', table='vaccination_reactionclaim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reactionclaim',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_reactionclaimevent" ("alarming", "answered_at", "answered_by_id", "began_at", "commune_id", "created_at", "district_id", "door_id", "id", "key", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "reaction_id", "received_at", "signs", "told_at", "updated_at", "verdict", "version", "words") VALUES (OLD."alarming", OLD."answered_at", OLD."answered_by_id", OLD."began_at", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."door_id", OLD."id", OLD."key", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."province_id", OLD."reaction_id", OLD."received_at", OLD."signs", OLD."told_at", OLD."updated_at", OLD."verdict", OLD."version", OLD."words"); RETURN NULL;', hash='2d85a79bb307a68ffc5e02ae9a7f52d891211d3f', operation='DELETE', pgid='pgtrigger_delete_delete_0c401', table='vaccination_reactionclaim', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='sessionmember',
            index=models.Index(fields=['worker'], name='member_of_sessions'),
        ),
        migrations.AddConstraint(
            model_name='sessionmember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('session', 'worker'), name='member_once_a_session', violation_error_message='This person is in the team already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_sessionmemberevent" ("created_at", "duty", "id", "left_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "updated_at", "version", "worker_id") VALUES (NEW."created_at", NEW."duty", NEW."id", NEW."left_at", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."session_id", NEW."updated_at", NEW."version", NEW."worker_id"); RETURN NULL;', hash='4801fb60573009ab458b3b0217332129fba1f81c', operation='INSERT', pgid='pgtrigger_insert_insert_67198', table='vaccination_sessionmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vaccination_sessionmemberevent" ("created_at", "duty", "id", "left_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "updated_at", "version", "worker_id") VALUES (NEW."created_at", NEW."duty", NEW."id", NEW."left_at", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."session_id", NEW."updated_at", NEW."version", NEW."worker_id"); RETURN NULL;', hash='a3c46c9d1f3ba7831cbc78775707bfee3da5944c', operation='UPDATE', pgid='pgtrigger_update_update_86538', table='vaccination_sessionmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vaccination_sessionmemberevent" ("created_at", "duty", "id", "left_at", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "updated_at", "version", "worker_id") VALUES (OLD."created_at", OLD."duty", OLD."id", OLD."left_at", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."session_id", OLD."updated_at", OLD."version", OLD."worker_id"); RETURN NULL;', hash='2993430cb6e95ab7177d2d71c0fe16f67c8c01c3', operation='DELETE', pgid='pgtrigger_delete_delete_56c9f', table='vaccination_sessionmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionmemberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98007456037c9bf6f63a749e05f7fc13374fcc73', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58201', table='vaccination_sessionmemberevent', when='BEFORE')),
        ),
        *POLICIES,
    ]
