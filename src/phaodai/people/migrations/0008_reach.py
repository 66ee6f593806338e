from django.db import migrations

from phaodai.foundation.row_security import expect_many


class Migration(migrations.Migration):
    dependencies = [("people", "0007_search")]
    operations = [expect_many("people_person")]
