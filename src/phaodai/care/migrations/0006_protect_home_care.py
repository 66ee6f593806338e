from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("care", "0005_home_care")]
    operations = []
