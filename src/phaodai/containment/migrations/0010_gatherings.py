from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("containment", "0009_protect_arrivals")]
    operations = []
