from django.db import migrations

from phaodai.foundation.row_security import protect

TABLES = ("unit", "unitoutline", "neighbour", "succession", "territorylist")


class Migration(migrations.Migration):
    # The territory is public; only the installation loads it.
    dependencies = [("territory", "0001_initial"), ("foundation", "0003_protect")]
    operations = [protect(f"territory_{table}", see=("true",), write=()) for table in TABLES]
