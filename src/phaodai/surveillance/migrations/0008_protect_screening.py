from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0007_screening")]
    operations = []
