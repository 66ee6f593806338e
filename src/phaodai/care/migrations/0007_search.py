import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# The words by which a bed is found stand in its own column: a condition on an expression reaches no index.
FILL = """
do $$
declare asked text := coalesce(current_setting('phaodai.reach', true), '');
begin
    perform set_config('phaodai.reach', 'all', true);
    update care_bed bed set search_key = facility.search_key || ' ' || lower(bed.label)
    from care_facility facility where facility.id = bed.facility_id;
    perform set_config('phaodai.reach', asked, true);
end $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('care', '0006_protect_home_care'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='bed',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='bed',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='bed',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='bed',
            name='search_key',
            field=models.CharField(db_comment='what the facility is found by, and the number', db_default='', default='', editable=False, max_length=330),
        ),
        migrations.AddField(
            model_name='bedevent',
            name='search_key',
            field=models.CharField(db_comment='what the facility is found by, and the number', db_default='', default='', editable=False, max_length=330),
        ),
        migrations.AddIndex(
            model_name='bedstay',
            index=models.Index(fields=['facility', 'until'], name='bed_stays_until'),
        ),
        migrations.AddIndex(
            model_name='homecare',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='home_care_words', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='patient_words', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='worker',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='worker_words', opclasses=['gin_trgm_ops']),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "care_bedevent" ("commune_id", "district_id", "facility_id", "id", "kind", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "search_key", "sort_key", "state", "state_since", "ward_id") VALUES (NEW."commune_id", NEW."district_id", NEW."facility_id", NEW."id", NEW."kind", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."search_key", NEW."sort_key", NEW."state", NEW."state_since", NEW."ward_id"); RETURN NULL;', hash='108dddbc6413cb4247472d652ef7da180c2aa20c', operation='INSERT', pgid='pgtrigger_insert_insert_2e0ee', table='care_bed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "care_bedevent" ("commune_id", "district_id", "facility_id", "id", "kind", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "search_key", "sort_key", "state", "state_since", "ward_id") VALUES (NEW."commune_id", NEW."district_id", NEW."facility_id", NEW."id", NEW."kind", NEW."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."search_key", NEW."sort_key", NEW."state", NEW."state_since", NEW."ward_id"); RETURN NULL;', hash='ddd467d4aa1a15162b44a9e9b6f24b7318c05a82', operation='UPDATE', pgid='pgtrigger_update_update_87899', table='care_bed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bed',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "care_bedevent" ("commune_id", "district_id", "facility_id", "id", "kind", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "search_key", "sort_key", "state", "state_since", "ward_id") VALUES (OLD."commune_id", OLD."district_id", OLD."facility_id", OLD."id", OLD."kind", OLD."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."search_key", OLD."sort_key", OLD."state", OLD."state_since", OLD."ward_id"); RETURN NULL;', hash='2dbab07633b6e3c8a409f66ad37f91c3284883c6', operation='DELETE', pgid='pgtrigger_delete_delete_a230a', table='care_bed', when='AFTER')),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
