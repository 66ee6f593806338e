from django.db import migrations

from phaodai.foundation.row_security import expect_many


class Migration(migrations.Migration):
    dependencies = [("supply", "0007_aid_times")]
    operations = [expect_many("supply_movement")]
