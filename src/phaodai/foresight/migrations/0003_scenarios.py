from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("foresight", "0002_protect")]
    operations = []
