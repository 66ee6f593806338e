from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0004_protect_doses")]
    operations = []
