from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0010_protect_testing")]
    operations = []
