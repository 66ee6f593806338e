from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_household_locations")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(fields=["search_key"], name="person_words", opclasses=["gin_trgm_ops"]),
        ),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["commune_id", "birth_date"], name="person_born")
        ),
        migrations.AddIndex(
            model_name="person", index=models.Index(fields=["search_key", "birth_year"], name="person_named")
        ),
    ]
