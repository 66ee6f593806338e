import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0007_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='BedPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('kind', models.CharField(choices=[('plain', 'Plain'), ('oxygen', 'Oxygen'), ('icu', 'Intensive care')], max_length=6)),
                ('state', models.CharField(choices=[('usable', 'Ready'), ('cleaning', 'Being cleaned'), ('reserve', 'Held in reserve'), ('unfit', 'Unfit for use'), ('closed', 'Closed')], max_length=8)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('officer_id', models.IntegerField(null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ward',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ward',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ward',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='ward',
            name='state_since',
            field=models.DateTimeField(db_comment='when it was last opened or closed; empty: open from the first', editable=False, null=True),
        ),
        migrations.AddField(
            model_name='wardevent',
            name='state_since',
            field=models.DateTimeField(db_comment='when it was last opened or closed; empty: open from the first', editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='bed',
            name='state',
            field=models.CharField(choices=[('usable', 'Ready'), ('cleaning', 'Being cleaned'), ('reserve', 'Held in reserve'), ('unfit', 'Unfit for use'), ('closed', 'Closed')], default='usable', max_length=8, verbose_name='State'),
        ),
        migrations.AlterField(
            model_name='bedevent',
            name='state',
            field=models.CharField(choices=[('usable', 'Ready'), ('cleaning', 'Being cleaned'), ('reserve', 'Held in reserve'), ('unfit', 'Unfit for use'), ('closed', 'Closed')], default='usable', max_length=8, verbose_name='State'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ward',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "care_wardevent" ("cohort", "commune_id", "district_id", "facility_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "state", "state_since") VALUES (NEW."cohort", NEW."commune_id", NEW."district_id", NEW."facility_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."state", NEW."state_since"); RETURN NULL;', hash='9cc5aa92c9aa5ba704c72e5d2c0e27f59ff36866', operation='INSERT', pgid='pgtrigger_insert_insert_9d639', table='care_ward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ward',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "care_wardevent" ("cohort", "commune_id", "district_id", "facility_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "state", "state_since") VALUES (NEW."cohort", NEW."commune_id", NEW."district_id", NEW."facility_id", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."state", NEW."state_since"); RETURN NULL;', hash='a8cc8761db40bfe9517d2a8ee476dd04a0acb45a', operation='UPDATE', pgid='pgtrigger_update_update_e5c95', table='care_ward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ward',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "care_wardevent" ("cohort", "commune_id", "district_id", "facility_id", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "state", "state_since") VALUES (OLD."cohort", OLD."commune_id", OLD."district_id", OLD."facility_id", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."state", OLD."state_since"); RETURN NULL;', hash='587f9c823f48de53ee323d57925e23b81902affb', operation='DELETE', pgid='pgtrigger_delete_delete_142a2', table='care_ward', when='AFTER')),
        ),
        migrations.AddField(
            model_name='bedperiod',
            name='bed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='care.bed', verbose_name='Bed'),
        ),
        migrations.AddField(
            model_name='bedperiod',
            name='facility',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='care.facility'),
        ),
        migrations.AddField(
            model_name='bedperiod',
            name='ward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='care.ward'),
        ),
        migrations.AddIndex(
            model_name='bedperiod',
            index=models.Index(fields=['facility', 'until'], name='bed_periods_until'),
        ),
        migrations.AddIndex(
            model_name='bedperiod',
            index=models.Index(fields=['bed', 'since'], name='bed_periods_of_bed'),
        ),
        migrations.AddConstraint(
            model_name='bedperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('bed',), name='bed_is_one_thing_now'),
        ),
        migrations.AddConstraint(
            model_name='bedperiod',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='bed_period_ends_after_it_began'),
        ),
    ]
