import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0004_protect_patients'),
        ('containment', '0011_protect_gatherings'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='checkpointduty',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='checkpointduty',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='checkpointduty',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='checkpointduty',
            name='shift',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checkpoint_duty', to='care.shift', verbose_name='Shift'),
        ),
        migrations.AddField(
            model_name='checkpointdutyevent',
            name='shift',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='care.shift', verbose_name='Shift'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpointduty',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_checkpointdutyevent" ("checkpoint_id", "commune_id", "district_id", "ends_at", "force", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "shift_id", "starts_at") VALUES (NEW."checkpoint_id", NEW."commune_id", NEW."district_id", NEW."ends_at", NEW."force", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."province_id", NEW."shift_id", NEW."starts_at"); RETURN NULL;', hash='d3d72e823992950d8eef5df5ac24b802c6854e78', operation='INSERT', pgid='pgtrigger_insert_insert_99005', table='containment_checkpointduty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpointduty',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_checkpointdutyevent" ("checkpoint_id", "commune_id", "district_id", "ends_at", "force", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "shift_id", "starts_at") VALUES (NEW."checkpoint_id", NEW."commune_id", NEW."district_id", NEW."ends_at", NEW."force", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."province_id", NEW."shift_id", NEW."starts_at"); RETURN NULL;', hash='d1f23da8f74533ddcdd84f26eedc0184a1c66ad0', operation='UPDATE', pgid='pgtrigger_update_update_a8794', table='containment_checkpointduty', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpointduty',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_checkpointdutyevent" ("checkpoint_id", "commune_id", "district_id", "ends_at", "force", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "province_id", "shift_id", "starts_at") VALUES (OLD."checkpoint_id", OLD."commune_id", OLD."district_id", OLD."ends_at", OLD."force", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."province_id", OLD."shift_id", OLD."starts_at"); RETURN NULL;', hash='21eff8415fdadbfe5124bb85fac3f1abd3080133', operation='DELETE', pgid='pgtrigger_delete_delete_dd507', table='containment_checkpointduty', when='AFTER')),
        ),
    ]
