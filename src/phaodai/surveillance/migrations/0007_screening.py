from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0006_list_prefix")]
    operations = []
