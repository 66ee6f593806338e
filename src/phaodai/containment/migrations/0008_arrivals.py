from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("containment", "0007_protect_quarantine")]
    operations = []
