from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supply", "0003_aid")]
    operations = []
