from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('command', '0004_names'),
    ]

    operations = [
        migrations.AlterField(
            model_name='report',
            name='kind',
            field=models.CharField(choices=[('daily', 'Daily report'), ('weekly', 'Weekly report')], default='daily', max_length=10, verbose_name='Kind'),
        ),
        migrations.AlterField(
            model_name='reportevent',
            name='kind',
            field=models.CharField(choices=[('daily', 'Daily report'), ('weekly', 'Weekly report')], default='daily', max_length=10, verbose_name='Kind'),
        ),
    ]
