from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, narrow, protect, protect_history

TABLES = ("round", "teamhousehold", "screeningrecord", "screeningfinding", "screeneddoor", "testrequest", "refusedvisit")


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0007_screening")]
    operations = [
        *(protect(f"surveillance_{table}", see=(IN_AREA,)) for table in TABLES),
        *(protect_history(f"surveillance_{table}event", see=(IN_AREA,)) for table in ("round", "testrequest")),
        # What was said at a door stays as it was said: who was wrong visits again.
        *(narrow(f"surveillance_{table}", change=(), remove=()) for table in ("screeningrecord", "screeningfinding")),
        *(narrow(f"surveillance_{table}", remove=()) for table in TABLES),
    ]
