import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through


OWN = f"organisation_id = {OWN_ORGANISATION}"
OF_PAPER = through("command_outgoingpaper", "outgoingpaper_id")
OF_OWN_PAPER = through("command_outgoingpaper", f"outgoingpaper_id and parent.{OWN}")
OF_DELIVERED = through("command_outgoingpaper", "paper_id")
OF_OWN_DELIVERED = through("command_outgoingpaper", f"paper_id and parent.{OWN}")


class Migration(migrations.Migration):

    dependencies = [
        ('command', '0005_weekly'),
        ('people', '0003_keep'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('kind', models.CharField(choices=[('CV', 'Official letter'), ('CT', 'Directive'), ('CĐ', 'Urgent dispatch'), ('TB', 'Notice'), ('KH', 'Plan'), ('QĐ', 'Decision'), ('BC', 'Report')], default='CV', max_length=4, verbose_name='Kind')),
                ('system', models.CharField(choices=[('state', 'State'), ('party', 'Party')], default='state', max_length=8, verbose_name='System')),
                ('urgency', models.CharField(blank=True, choices=[('HỎA TỐC', 'Flash'), ('THƯỢNG KHẨN', 'Immediate'), ('KHẨN', 'Urgent')], max_length=20, verbose_name='Urgency')),
                ('subject', models.CharField(max_length=600, verbose_name='Subject')),
                ('body', models.TextField(blank=True, verbose_name='Text')),
                ('recipients', models.JSONField(blank=True, default=list, verbose_name='Addressees')),
                ('distribution', models.JSONField(blank=True, default=list, verbose_name='Distribution')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed')], default='draft', max_length=8, verbose_name='State')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='Number')),
                ('symbol', models.CharField(blank=True, max_length=60, verbose_name='Symbol')),
                ('authority', models.CharField(blank=True, choices=[('TM', 'On behalf of the collective (TM., T/M)'), ('KT', 'For the head (KT., K/T)'), ('TL', 'By order (TL., T/L)')], max_length=4, verbose_name='Signs')),
                ('signer_title', models.CharField(blank=True, max_length=120, verbose_name="Signer's title")),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='Signed')),
                ('archive', models.CharField(default='VT', max_length=120, verbose_name='Copy kept by')),
                ('copies', models.PositiveSmallIntegerField(default=1, verbose_name='Copies')),
                ('forwarded_on', models.DateField(blank=True, null=True, verbose_name='Forwarded on')),
                ('received_by', models.CharField(blank=True, max_length=120, verbose_name='Received and signed for')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Note')),
                ('search_key', models.TextField(default='', editable=False)),
                ('addressed', models.ManyToManyField(blank=True, related_name='+', to='people.organisation', verbose_name='Sent inside to')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='people.organisation', verbose_name='Unit')),
                ('signer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer', verbose_name='Signer')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='delivery', to='command.document')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='command.outgoingpaper')),
            ],
        ),
        migrations.CreateModel(
            name='OutgoingPaperEvent',
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
                ('kind', models.CharField(choices=[('CV', 'Official letter'), ('CT', 'Directive'), ('CĐ', 'Urgent dispatch'), ('TB', 'Notice'), ('KH', 'Plan'), ('QĐ', 'Decision'), ('BC', 'Report')], default='CV', max_length=4, verbose_name='Kind')),
                ('system', models.CharField(choices=[('state', 'State'), ('party', 'Party')], default='state', max_length=8, verbose_name='System')),
                ('urgency', models.CharField(blank=True, choices=[('HỎA TỐC', 'Flash'), ('THƯỢNG KHẨN', 'Immediate'), ('KHẨN', 'Urgent')], max_length=20, verbose_name='Urgency')),
                ('subject', models.CharField(max_length=600, verbose_name='Subject')),
                ('body', models.TextField(blank=True, verbose_name='Text')),
                ('recipients', models.JSONField(blank=True, default=list, verbose_name='Addressees')),
                ('distribution', models.JSONField(blank=True, default=list, verbose_name='Distribution')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed')], default='draft', max_length=8, verbose_name='State')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='Number')),
                ('symbol', models.CharField(blank=True, max_length=60, verbose_name='Symbol')),
                ('authority', models.CharField(blank=True, choices=[('TM', 'On behalf of the collective (TM., T/M)'), ('KT', 'For the head (KT., K/T)'), ('TL', 'By order (TL., T/L)')], max_length=4, verbose_name='Signs')),
                ('signer_title', models.CharField(blank=True, max_length=120, verbose_name="Signer's title")),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='Signed')),
                ('archive', models.CharField(default='VT', max_length=120, verbose_name='Copy kept by')),
                ('copies', models.PositiveSmallIntegerField(default=1, verbose_name='Copies')),
                ('forwarded_on', models.DateField(blank=True, null=True, verbose_name='Forwarded on')),
                ('received_by', models.CharField(blank=True, max_length=120, verbose_name='Received and signed for')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Note')),
                ('search_key', models.TextField(default='', editable=False)),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation', verbose_name='Unit')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='command.outgoingpaper')),
                ('signer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.officer', verbose_name='Signer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='outgoingpaper',
            index=models.Index(fields=['organisation', '-signed_at'], name='command_out_organis_3b7ffb_idx'),
        ),
        migrations.AddConstraint(
            model_name='outgoingpaper',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('number__isnull', False), ('signed_at__isnull', False), ('signer__isnull', False)), _connector='OR'), name='paper_signed_by_name', violation_error_message='A signed paper carries its number, its signer and the moment.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outgoingpaper',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "command_outgoingpaperevent" ("archive", "authority", "body", "commune_id", "copies", "created_at", "distribution", "district_id", "forwarded_on", "id", "kind", "note", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "received_by", "recipients", "search_key", "signed_at", "signer_id", "signer_title", "state", "subject", "symbol", "system", "updated_at", "urgency", "version") VALUES (NEW."archive", NEW."authority", NEW."body", NEW."commune_id", NEW."copies", NEW."created_at", NEW."distribution", NEW."district_id", NEW."forwarded_on", NEW."id", NEW."kind", NEW."note", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."received_by", NEW."recipients", NEW."search_key", NEW."signed_at", NEW."signer_id", NEW."signer_title", NEW."state", NEW."subject", NEW."symbol", NEW."system", NEW."updated_at", NEW."urgency", NEW."version"); RETURN NULL;', hash='74e84c863af565cd06754e5588ecc96878bfdc86', operation='INSERT', pgid='pgtrigger_insert_insert_246b9', table='command_outgoingpaper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outgoingpaper',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "command_outgoingpaperevent" ("archive", "authority", "body", "commune_id", "copies", "created_at", "distribution", "district_id", "forwarded_on", "id", "kind", "note", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "received_by", "recipients", "search_key", "signed_at", "signer_id", "signer_title", "state", "subject", "symbol", "system", "updated_at", "urgency", "version") VALUES (NEW."archive", NEW."authority", NEW."body", NEW."commune_id", NEW."copies", NEW."created_at", NEW."distribution", NEW."district_id", NEW."forwarded_on", NEW."id", NEW."kind", NEW."note", NEW."number", NEW."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."received_by", NEW."recipients", NEW."search_key", NEW."signed_at", NEW."signer_id", NEW."signer_title", NEW."state", NEW."subject", NEW."symbol", NEW."system", NEW."updated_at", NEW."urgency", NEW."version"); RETURN NULL;', hash='ba4a93215964eda39ecdba016b8b10354410801e', operation='UPDATE', pgid='pgtrigger_update_update_90842', table='command_outgoingpaper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outgoingpaper',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "command_outgoingpaperevent" ("archive", "authority", "body", "commune_id", "copies", "created_at", "distribution", "district_id", "forwarded_on", "id", "kind", "note", "number", "organisation_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "received_by", "recipients", "search_key", "signed_at", "signer_id", "signer_title", "state", "subject", "symbol", "system", "updated_at", "urgency", "version") VALUES (OLD."archive", OLD."authority", OLD."body", OLD."commune_id", OLD."copies", OLD."created_at", OLD."distribution", OLD."district_id", OLD."forwarded_on", OLD."id", OLD."kind", OLD."note", OLD."number", OLD."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."received_by", OLD."recipients", OLD."search_key", OLD."signed_at", OLD."signer_id", OLD."signer_title", OLD."state", OLD."subject", OLD."symbol", OLD."system", OLD."updated_at", OLD."urgency", OLD."version"); RETURN NULL;', hash='d11e0a2d372b58c24a0dda3684d689ddab8a9b2c', operation='DELETE', pgid='pgtrigger_delete_delete_9a075', table='command_outgoingpaper', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('paper', 'organisation'), name='delivered_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outgoingpaperevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24480f2db432c5a042657e0e91d8c5b0e65e704a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_492cf', table='command_outgoingpaperevent', when='BEFORE')),
        ),
        protect("command_outgoingpaper", see=(IN_AREA, OWN), write=(OWN,)),
        narrow("command_outgoingpaper", remove=()),
        protect_history("command_outgoingpaperevent", see=(IN_AREA, OWN)),
        protect("command_outgoingpaper_addressed", see=(OF_PAPER,), write=(OF_OWN_PAPER,)),
        # Both sides of a delivery see it: who sent, and in whose book it came.
        protect("command_delivery", see=(OF_DELIVERED, OWN), write=(OF_OWN_DELIVERED,)),
        narrow("command_delivery", change=(), remove=()),
    ]
