from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0006_household_locations")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(fields=["search_key"], name="person_words", opclasses=["gin_trgm_ops"]),
        )
    ]
