from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0002_protect_plan")]
    operations = []
