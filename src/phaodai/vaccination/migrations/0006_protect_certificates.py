from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0005_certificates")]
    operations = []
