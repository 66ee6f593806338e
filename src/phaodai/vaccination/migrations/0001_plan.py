from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("care", "0006_protect_home_care")]
    operations = []
