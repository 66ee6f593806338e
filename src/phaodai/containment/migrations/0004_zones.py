from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("containment", "0003_signed_paper")]
    operations = []
