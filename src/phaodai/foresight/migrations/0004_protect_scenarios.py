from importlib import import_module

from django.db import migrations

from phaodai.foundation.row_security import narrow, protect, protect_history, through

_before = import_module("phaodai.foresight.migrations.0002_protect")
IN_PROVINCE, IN_OWN_AREA = _before.IN_PROVINCE, _before.IN_OWN_AREA
# Scenarios carry no person: the whole province may read them. Episodes are begun by the clock; officers only answer them.
KEPT = ("scenarioplan", "scenariorun", "triggerthreshold", "triggerepisode")


class Migration(migrations.Migration):
    dependencies = [("foresight", "0003_scenarios")]
    operations = [
        *(protect(f"foresight_{table}", see=(IN_PROVINCE,), write=(IN_OWN_AREA,)) for table in KEPT),
        *(protect_history(f"foresight_{table}event", see=(IN_PROVINCE,)) for table in KEPT),
        *(narrow(f"foresight_{table}", remove=()) for table in KEPT),
        narrow("foresight_triggerepisode", add=()),
        protect("foresight_scenarioseed", see=(through("foresight_scenariorun", "run_id"),), write=()),
    ]
