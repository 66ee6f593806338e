from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0008_protect_screening")]
    operations = []
