import django.contrib.postgres.indexes
from django.db import migrations

TRIGRAMS = ["gin_trgm_ops"]


class Migration(migrations.Migration):
    dependencies = [("supply", "0004_protect_aid")]
    operations = [
        migrations.AddIndex(
            model_name=model,
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name=f"{model}_words", opclasses=TRIGRAMS
            ),
        )
        for model in ("movement", "stocklevel")
    ]
