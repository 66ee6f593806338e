import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('containment', '0012_shift_workers'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='gate',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='gate',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='gate',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='gate',
            name='in_charge',
            field=models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='Person in charge'),
        ),
        migrations.AddField(
            model_name='gate',
            name='opens_at',
            field=models.TimeField(blank=True, null=True, verbose_name='Lets through from'),
        ),
        migrations.AddField(
            model_name='gate',
            name='shuts_at',
            field=models.TimeField(blank=True, null=True, verbose_name='Lets through until'),
        ),
        migrations.AddField(
            model_name='gateevent',
            name='in_charge',
            field=models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='Person in charge'),
        ),
        migrations.AddField(
            model_name='gateevent',
            name='opens_at',
            field=models.TimeField(blank=True, null=True, verbose_name='Lets through from'),
        ),
        migrations.AddField(
            model_name='gateevent',
            name='shuts_at',
            field=models.TimeField(blank=True, null=True, verbose_name='Lets through until'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_gateevent" ("closed_on", "commune_id", "created_at", "district_id", "id", "in_charge", "name", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "province_id", "shuts_at", "updated_at", "version", "zone_id") VALUES (NEW."closed_on", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."in_charge", NEW."name", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."phone", NEW."place", NEW."province_id", NEW."shuts_at", NEW."updated_at", NEW."version", NEW."zone_id"); RETURN NULL;', hash='5e439166f61af89bfb2c8bea26ae99ed1d69414b', operation='INSERT', pgid='pgtrigger_insert_insert_88860', table='containment_gate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "containment_gateevent" ("closed_on", "commune_id", "created_at", "district_id", "id", "in_charge", "name", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "province_id", "shuts_at", "updated_at", "version", "zone_id") VALUES (NEW."closed_on", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."id", NEW."in_charge", NEW."name", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."phone", NEW."place", NEW."province_id", NEW."shuts_at", NEW."updated_at", NEW."version", NEW."zone_id"); RETURN NULL;', hash='fac7abfd30cda6a3fa227e993bc8dda0813c2bb2', operation='UPDATE', pgid='pgtrigger_update_update_f0efc', table='containment_gate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "containment_gateevent" ("closed_on", "commune_id", "created_at", "district_id", "id", "in_charge", "name", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "place", "province_id", "shuts_at", "updated_at", "version", "zone_id") VALUES (OLD."closed_on", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."id", OLD."in_charge", OLD."name", OLD."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."phone", OLD."place", OLD."province_id", OLD."shuts_at", OLD."updated_at", OLD."version", OLD."zone_id"); RETURN NULL;', hash='8e032ccc4a254d6499452c43206c79c9d1d81bb5', operation='DELETE', pgid='pgtrigger_delete_delete_8870f', table='containment_gate', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='gate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opens_at', None), ('shuts_at', None)), models.Q(('opens_at__isnull', False), ('shuts_at__isnull', False), models.Q(('opens_at', models.F('shuts_at')), _negated=True)), _connector='OR'), name='gate_hours_both_or_none', violation_error_message='Give both hours of the gate, or none where it is open day and night.'),
        ),
    ]
