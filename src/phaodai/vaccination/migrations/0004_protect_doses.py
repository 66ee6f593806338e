from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0003_doses")]
    operations = []
