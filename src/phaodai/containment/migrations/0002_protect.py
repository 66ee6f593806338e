from django.db import migrations

from phaodai.foundation.row_security import narrow, protect, protect_history

# Levels and the figures behind them carry no person and are there to be known in the whole province.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# A health centre, which sees its own tasks alone, still sends the figures of its district.
IN_OWN_AREA = (
    f"({IN_PROVINCE}"
    " and ((select phaodai_setting('phaodai.district')) is null"
    " or district_id = (select phaodai_setting('phaodai.district')))"
    " and ((select phaodai_setting('phaodai.commune')) is null"
    " or commune_id = (select phaodai_setting('phaodai.commune'))))"
)
TABLES = ("weeklyindicator", "level", "leveldecision")


class Migration(migrations.Migration):
    dependencies = [("containment", "0001_initial"), ("command", "0003_keep")]
    operations = [
        *(protect(f"containment_{table}", see=(IN_PROVINCE,), write=(IN_OWN_AREA,)) for table in TABLES),
        *(protect_history(f"containment_{table}event", see=(IN_PROVINCE,)) for table in TABLES),
        # Nothing is removed: figures are mended, proposals lapse or are sent back.
        *(narrow(f"containment_{table}", remove=()) for table in TABLES),
    ]
