import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveillance', '0010_protect_testing'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignalCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('code', models.CharField(max_length=12, verbose_name='Unit code')),
                ('day', models.DateField(verbose_name='Day')),
                ('source', models.CharField(choices=[('declarations', 'Health declarations with symptoms'), ('screening', 'Symptoms found door to door'), ('schools', 'Absent from school'), ('plants', 'Absent from work at plants'), ('pharmacies', 'Fever and cough medicine sold'), ('contacts', 'Followed contacts with symptoms'), ('cases', 'Cases who came with symptoms')], max_length=12, verbose_name='Source')),
                ('count', models.PositiveIntegerField(verbose_name='With the sign')),
                ('denominator', models.PositiveIntegerField(blank=True, null=True, verbose_name='Out of')),
                ('counted', models.BooleanField(db_comment='by the program from its own records', default=False, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='SignalCountEvent',
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
                ('code', models.CharField(max_length=12, verbose_name='Unit code')),
                ('day', models.DateField(verbose_name='Day')),
                ('source', models.CharField(choices=[('declarations', 'Health declarations with symptoms'), ('screening', 'Symptoms found door to door'), ('schools', 'Absent from school'), ('plants', 'Absent from work at plants'), ('pharmacies', 'Fever and cough medicine sold'), ('contacts', 'Followed contacts with symptoms'), ('cases', 'Cases who came with symptoms')], max_length=12, verbose_name='Source')),
                ('count', models.PositiveIntegerField(verbose_name='With the sign')),
                ('denominator', models.PositiveIntegerField(blank=True, null=True, verbose_name='Out of')),
                ('counted', models.BooleanField(db_comment='by the program from its own records', default=False, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, verbose_name='Version')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='Created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='Changed')),
                ('province_id', models.IntegerField(db_comment='territory unit of tier 1', verbose_name='Province')),
                ('district_id', models.IntegerField(blank=True, db_comment='territory unit of tier 2', null=True, verbose_name='District')),
                ('commune_id', models.IntegerField(blank=True, db_comment='territory unit of tier 3', null=True, verbose_name='Commune')),
                ('first_day', models.DateField(verbose_name='Since')),
                ('last_day', models.DateField(verbose_name='Last day above')),
                ('state', models.CharField(choices=[('open', 'Open'), ('looked_at', 'Being looked at'), ('closed', 'Closed')], default='open', max_length=9, verbose_name='State')),
                ('raised_at', models.DateTimeField(verbose_name='Raised')),
                ('looked_at', models.DateTimeField(blank=True, null=True, verbose_name='Taken up')),
                ('reason', models.CharField(blank=True, choices=[('cluster', 'A real cluster: propose an outbreak'), ('known', 'Cases that are followed already'), ('other', 'Another illness'), ('nothing', 'Looked into, nothing found'), ('festival', 'Festival, market day or holiday'), ('reporting', 'Error or change in reporting')], max_length=9, verbose_name='Reason')),
                ('notes', models.CharField(blank=True, max_length=500, verbose_name='Notes')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='Closed')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer', verbose_name='Closed by')),
                ('looked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer', verbose_name='Taken up by')),
                ('outbreak', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alarms', to='surveillance.outbreak', verbose_name='Outbreak')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alarms', to='territory.unit', verbose_name='Unit')),
            ],
        ),
        migrations.CreateModel(
            name='AlarmEvent',
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
                ('first_day', models.DateField(verbose_name='Since')),
                ('last_day', models.DateField(verbose_name='Last day above')),
                ('state', models.CharField(choices=[('open', 'Open'), ('looked_at', 'Being looked at'), ('closed', 'Closed')], default='open', max_length=9, verbose_name='State')),
                ('raised_at', models.DateTimeField(verbose_name='Raised')),
                ('looked_at', models.DateTimeField(blank=True, null=True, verbose_name='Taken up')),
                ('reason', models.CharField(blank=True, choices=[('cluster', 'A real cluster: propose an outbreak'), ('known', 'Cases that are followed already'), ('other', 'Another illness'), ('nothing', 'Looked into, nothing found'), ('festival', 'Festival, market day or holiday'), ('reporting', 'Error or change in reporting')], max_length=9, verbose_name='Reason')),
                ('notes', models.CharField(blank=True, max_length=500, verbose_name='Notes')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='Closed')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.officer', verbose_name='Closed by')),
                ('looked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.officer', verbose_name='Taken up by')),
                ('outbreak', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='surveillance.outbreak', verbose_name='Outbreak')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='surveillance.alarm')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Exceedance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('declarations', 'Health declarations with symptoms'), ('screening', 'Symptoms found door to door'), ('schools', 'Absent from school'), ('plants', 'Absent from work at plants'), ('pharmacies', 'Fever and cough medicine sold'), ('contacts', 'Followed contacts with symptoms'), ('cases', 'Cases who came with symptoms')], max_length=12, verbose_name='Source')),
                ('day', models.DateField(verbose_name='Day')),
                ('count', models.PositiveIntegerField(verbose_name='With the sign')),
                ('expected', models.FloatField(verbose_name='Expected')),
                ('limit', models.FloatField(verbose_name='Limit')),
                ('statistic', models.FloatField(db_comment='standard deviations above what was expected', verbose_name='Statistic')),
                ('method', models.CharField(max_length=12, verbose_name='Method')),
                ('alarm', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceedances', to='surveillance.alarm')),
            ],
        ),
        migrations.CreateModel(
            name='ExceedanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('source', models.CharField(choices=[('declarations', 'Health declarations with symptoms'), ('screening', 'Symptoms found door to door'), ('schools', 'Absent from school'), ('plants', 'Absent from work at plants'), ('pharmacies', 'Fever and cough medicine sold'), ('contacts', 'Followed contacts with symptoms'), ('cases', 'Cases who came with symptoms')], max_length=12, verbose_name='Source')),
                ('day', models.DateField(verbose_name='Day')),
                ('count', models.PositiveIntegerField(verbose_name='With the sign')),
                ('expected', models.FloatField(verbose_name='Expected')),
                ('limit', models.FloatField(verbose_name='Limit')),
                ('statistic', models.FloatField(db_comment='standard deviations above what was expected', verbose_name='Statistic')),
                ('method', models.CharField(max_length=12, verbose_name='Method')),
                ('alarm', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='surveillance.alarm')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='surveillance.exceedance')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='signalcount',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signal_counts', to='territory.unit', verbose_name='Unit'),
        ),
        migrations.AddField(
            model_name='signalcountevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='surveillance.signalcount'),
        ),
        migrations.AddField(
            model_name='signalcountevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Unit'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(fields=['province_id', 'state', '-raised_at'], name='surveillanc_provinc_6df275_idx'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(fields=['unit', '-last_day'], name='surveillanc_unit_id_aa068f_idx'),
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.UniqueConstraint(fields=('unit', 'first_day'), name='one_alarm_an_episode'),
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='alarm_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='alarm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='alarm_closed_with_a_reason', violation_error_message='Say what the alarm was.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "surveillance_alarmevent" ("closed_at", "closed_by_id", "commune_id", "created_at", "district_id", "first_day", "id", "last_day", "looked_at", "looked_by_id", "notes", "outbreak_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reason", "state", "unit_id", "updated_at", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."first_day", NEW."id", NEW."last_day", NEW."looked_at", NEW."looked_by_id", NEW."notes", NEW."outbreak_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."raised_at", NEW."reason", NEW."state", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='cfb36b035276d01e07b1e02a2828fe616904b6b4', operation='INSERT', pgid='pgtrigger_insert_insert_3b896', table='surveillance_alarm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "surveillance_alarmevent" ("closed_at", "closed_by_id", "commune_id", "created_at", "district_id", "first_day", "id", "last_day", "looked_at", "looked_by_id", "notes", "outbreak_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reason", "state", "unit_id", "updated_at", "version") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."commune_id", NEW."created_at", NEW."district_id", NEW."first_day", NEW."id", NEW."last_day", NEW."looked_at", NEW."looked_by_id", NEW."notes", NEW."outbreak_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."raised_at", NEW."reason", NEW."state", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='34a11bf09da6be830252f182899e8bb889e539cf', operation='UPDATE', pgid='pgtrigger_update_update_2b82b', table='surveillance_alarm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "surveillance_alarmevent" ("closed_at", "closed_by_id", "commune_id", "created_at", "district_id", "first_day", "id", "last_day", "looked_at", "looked_by_id", "notes", "outbreak_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "raised_at", "reason", "state", "unit_id", "updated_at", "version") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."commune_id", OLD."created_at", OLD."district_id", OLD."first_day", OLD."id", OLD."last_day", OLD."looked_at", OLD."looked_by_id", OLD."notes", OLD."outbreak_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."raised_at", OLD."reason", OLD."state", OLD."unit_id", OLD."updated_at", OLD."version"); RETURN NULL;', hash='eb5c780cf7a1ef18656a71d396dfb58c96d2a7c0', operation='DELETE', pgid='pgtrigger_delete_delete_95ee8', table='surveillance_alarm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarmevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b8dff19d5672efcaed889d07c71d93256b86f82', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a510', table='surveillance_alarmevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='exceedance',
            constraint=models.UniqueConstraint(fields=('alarm', 'source', 'day'), name='exceedance_once_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exceedance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "surveillance_exceedanceevent" ("alarm_id", "count", "day", "expected", "id", "limit", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "statistic") VALUES (NEW."alarm_id", NEW."count", NEW."day", NEW."expected", NEW."id", NEW."limit", NEW."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."source", NEW."statistic"); RETURN NULL;', hash='9da42491430940ae3c96228891c9ffbd00328a6a', operation='UPDATE', pgid='pgtrigger_update_update_27b34', table='surveillance_exceedance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exceedance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "surveillance_exceedanceevent" ("alarm_id", "count", "day", "expected", "id", "limit", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "statistic") VALUES (OLD."alarm_id", OLD."count", OLD."day", OLD."expected", OLD."id", OLD."limit", OLD."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."source", OLD."statistic"); RETURN NULL;', hash='3dd27dd27a49b2ad9ea70c90344ca46d4c0f5fdb', operation='DELETE', pgid='pgtrigger_delete_delete_c14d3', table='surveillance_exceedance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exceedanceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='525ff25fde2bb0afacb4ecc5fcb5c6b93567193e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_99083', table='surveillance_exceedanceevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='signalcount',
            index=models.Index(fields=['province_id', '-day'], name='surveillanc_provinc_6223f7_idx'),
        ),
        migrations.AddIndex(
            model_name='signalcount',
            index=models.Index(fields=['day', 'source'], name='surveillanc_day_1a3044_idx'),
        ),
        migrations.AddConstraint(
            model_name='signalcount',
            constraint=models.UniqueConstraint(fields=('unit', 'day', 'source'), name='signal_once_a_day', violation_error_message='This unit already has a count of that source for that day. Mend that row.'),
        ),
        migrations.AddConstraint(
            model_name='signalcount',
            constraint=models.CheckConstraint(condition=models.Q(('denominator__isnull', True), ('denominator__gte', models.F('count')), _connector='OR'), name='signal_count_within_its_denominator', violation_error_message='More people with the sign than were asked. Mend one of the two numbers.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signalcount',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "surveillance_signalcountevent" ("code", "commune_id", "count", "counted", "created_at", "day", "denominator", "district_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "source", "unit_id", "updated_at", "version") VALUES (NEW."code", NEW."commune_id", NEW."count", NEW."counted", NEW."created_at", NEW."day", NEW."denominator", NEW."district_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."province_id", NEW."source", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='02269fcc03a9896ea048de8cb4374602a15b79dc', operation='INSERT', pgid='pgtrigger_insert_insert_c7d4d', table='surveillance_signalcount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signalcount',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "surveillance_signalcountevent" ("code", "commune_id", "count", "counted", "created_at", "day", "denominator", "district_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "source", "unit_id", "updated_at", "version") VALUES (NEW."code", NEW."commune_id", NEW."count", NEW."counted", NEW."created_at", NEW."day", NEW."denominator", NEW."district_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."province_id", NEW."source", NEW."unit_id", NEW."updated_at", NEW."version"); RETURN NULL;', hash='cdfd15923da0a8ae021e569be35a4aee896dd6e8', operation='UPDATE', pgid='pgtrigger_update_update_73382', table='surveillance_signalcount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signalcount',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "surveillance_signalcountevent" ("code", "commune_id", "count", "counted", "created_at", "day", "denominator", "district_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "province_id", "source", "unit_id", "updated_at", "version") VALUES (OLD."code", OLD."commune_id", OLD."count", OLD."counted", OLD."created_at", OLD."day", OLD."denominator", OLD."district_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."province_id", OLD."source", OLD."unit_id", OLD."updated_at", OLD."version"); RETURN NULL;', hash='6c6a4a8ddee917c0d64c5253b6b2ac2c252510f1', operation='DELETE', pgid='pgtrigger_delete_delete_572ba', table='surveillance_signalcount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signalcountevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bae79792d2553aa7a06cb55f81cd9ac564c8196a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2006f', table='surveillance_signalcountevent', when='BEFORE')),
        ),
    ]
