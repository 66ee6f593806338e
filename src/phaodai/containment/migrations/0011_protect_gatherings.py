from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("containment", "0010_gatherings")]
    operations = []
