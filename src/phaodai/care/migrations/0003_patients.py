from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("care", "0002_protect_facilities")]
    operations = []
