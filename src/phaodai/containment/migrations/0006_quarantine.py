from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("containment", "0005_protect_zones")]
    operations = []
