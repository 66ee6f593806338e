from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0011_signals")]
    operations = []
