from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supply", "0002_protect_stock")]
    operations = []
