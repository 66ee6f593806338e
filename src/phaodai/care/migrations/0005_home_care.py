from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("care", "0004_protect_patients")]
    operations = []
