import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from phaodai.foundation.row_security import narrow, protect, through

OF_AID = through("supply_aidrequest", "request_id")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_search'),
        ('supply', '0005_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='AidDelay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expected_before', models.DateTimeField(verbose_name='Expected before')),
                ('expected_at', models.DateTimeField(verbose_name='Expected')),
                ('reason', models.CharField(max_length=300, verbose_name='Reason')),
                ('at', models.DateTimeField()),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.officer')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delays', to='supply.aidrequest')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('expected_at', models.F('expected_before')), _negated=True), name='aid_delay_changes_the_time', violation_error_message='This is the time that was given before. Write the new one.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='aid_delay_has_a_reason', violation_error_message='Say why it comes at another time.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aiddelay',
            trigger=pgtrigger.compiler.Trigger(name='aid_delay_stays_as_written', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8e41dd798505c9e0553b4a65b184789dd8fa36db', operation='UPDATE OR DELETE', pgid='pgtrigger_aid_delay_stays_as_written_99ea3', table='supply_aiddelay', when='BEFORE')),
        ),
        protect("supply_aiddelay", see=(OF_AID,)),
        narrow("supply_aiddelay", change=(), remove=()),
    ]
