import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('command', '0007_merging'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='document',
            name='confirmed_fields',
            field=models.JSONField(blank=True, db_comment='columns a person compared with the original', default=list),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='confirmed_fields',
            field=models.JSONField(blank=True, db_comment='columns a person compared with the original', default=list),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "command_documentevent" ("arrival_number", "arrival_year", "arrived_at", "commune_id", "confirmed_at", "confirmed_by_id", "confirmed_fields", "created_at", "distribution", "district_id", "file_code", "forwarded_to", "id", "issued_on", "issuer", "issuer_parent", "kind", "note", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "province_id", "read_milliseconds", "recipients", "search_key", "signer_name", "signer_title", "state", "subject", "symbol", "system", "updated_at", "urgency", "version") VALUES (NEW."arrival_number", NEW."arrival_year", NEW."arrived_at", NEW."commune_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."confirmed_fields", NEW."created_at", NEW."distribution", NEW."district_id", NEW."file_code", NEW."forwarded_to", NEW."id", NEW."issued_on", NEW."issuer", NEW."issuer_parent", NEW."kind", NEW."note", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."place", NEW."province_id", NEW."read_milliseconds", NEW."recipients", NEW."search_key", NEW."signer_name", NEW."signer_title", NEW."state", NEW."subject", NEW."symbol", NEW."system", NEW."updated_at", NEW."urgency", NEW."version"); RETURN NULL;', hash='11021e237e38cb69682b024ee4d92d357e1f9ab5', operation='INSERT', pgid='pgtrigger_insert_insert_12732', table='command_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."arrival_number" IS DISTINCT FROM (NEW."arrival_number") OR OLD."arrival_year" IS DISTINCT FROM (NEW."arrival_year") OR OLD."arrived_at" IS DISTINCT FROM (NEW."arrived_at") OR OLD."commune_id" IS DISTINCT FROM (NEW."commune_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."confirmed_fields" IS DISTINCT FROM (NEW."confirmed_fields") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."distribution" IS DISTINCT FROM (NEW."distribution") OR OLD."district_id" IS DISTINCT FROM (NEW."district_id") OR OLD."file_code" IS DISTINCT FROM (NEW."file_code") OR OLD."forwarded_to" IS DISTINCT FROM (NEW."forwarded_to") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."issuer_parent" IS DISTINCT FROM (NEW."issuer_parent") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."province_id" IS DISTINCT FROM (NEW."province_id") OR OLD."read_milliseconds" IS DISTINCT FROM (NEW."read_milliseconds") OR OLD."recipients" IS DISTINCT FROM (NEW."recipients") OR OLD."search_key" IS DISTINCT FROM (NEW."search_key") OR OLD."signer_name" IS DISTINCT FROM (NEW."signer_name") OR OLD."signer_title" IS DISTINCT FROM (NEW."signer_title") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."symbol" IS DISTINCT FROM (NEW."symbol") OR OLD."system" IS DISTINCT FROM (NEW."system") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."urgency" IS DISTINCT FROM (NEW."urgency") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "command_documentevent" ("arrival_number", "arrival_year", "arrived_at", "commune_id", "confirmed_at", "confirmed_by_id", "confirmed_fields", "created_at", "distribution", "district_id", "file_code", "forwarded_to", "id", "issued_on", "issuer", "issuer_parent", "kind", "note", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "province_id", "read_milliseconds", "recipients", "search_key", "signer_name", "signer_title", "state", "subject", "symbol", "system", "updated_at", "urgency", "version") VALUES (NEW."arrival_number", NEW."arrival_year", NEW."arrived_at", NEW."commune_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."confirmed_fields", NEW."created_at", NEW."distribution", NEW."district_id", NEW."file_code", NEW."forwarded_to", NEW."id", NEW."issued_on", NEW."issuer", NEW."issuer_parent", NEW."kind", NEW."note", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."place", NEW."province_id", NEW."read_milliseconds", NEW."recipients", NEW."search_key", NEW."signer_name", NEW."signer_title", NEW."state", NEW."subject", NEW."symbol", NEW."system", NEW."updated_at", NEW."urgency", NEW."version"); RETURN NULL;', hash='959f2634ca34dbd20922f13d710ee2b147863340', operation='UPDATE', pgid='pgtrigger_update_update_682d2', table='command_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "command_documentevent" ("arrival_number", "arrival_year", "arrived_at", "commune_id", "confirmed_at", "confirmed_by_id", "confirmed_fields", "created_at", "distribution", "district_id", "file_code", "forwarded_to", "id", "issued_on", "issuer", "issuer_parent", "kind", "note", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "province_id", "read_milliseconds", "recipients", "search_key", "signer_name", "signer_title", "state", "subject", "symbol", "system", "updated_at", "urgency", "version") VALUES (OLD."arrival_number", OLD."arrival_year", OLD."arrived_at", OLD."commune_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."confirmed_fields", OLD."created_at", OLD."distribution", OLD."district_id", OLD."file_code", OLD."forwarded_to", OLD."id", OLD."issued_on", OLD."issuer", OLD."issuer_parent", OLD."kind", OLD."note", OLD."number", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."place", OLD."province_id", OLD."read_milliseconds", OLD."recipients", OLD."search_key", OLD."signer_name", OLD."signer_title", OLD."state", OLD."subject", OLD."symbol", OLD."system", OLD."updated_at", OLD."urgency", OLD."version"); RETURN NULL;', hash='1f51194d2aefcb7f9dcb7bba19d81938efda10b5', operation='DELETE', pgid='pgtrigger_delete_delete_e38ec', table='command_document', when='AFTER')),
        ),
    ]
