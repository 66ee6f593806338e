from django.db import migrations

from phaodai.foundation.row_security import narrow, protect, protect_history

# Counts and what is estimated of them carry no person: the whole province may know them, neighbours need them.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# A health centre, which sees its own tasks alone, still sends the counts of its district.
IN_OWN_AREA = (
    f"({IN_PROVINCE}"
    " and ((select phaodai_setting('phaodai.district')) is null"
    " or district_id = (select phaodai_setting('phaodai.district')))"
    " and ((select phaodai_setting('phaodai.commune')) is null"
    " or commune_id = (select phaodai_setting('phaodai.commune'))))"
)
# Estimates and warnings are made by the clock; no officer writes them.
WRITERS = {"dailycount": (IN_OWN_AREA,), "estimate": (), "earlywarning": ()}


class Migration(migrations.Migration):
    dependencies = [("foresight", "0001_initial")]
    operations = [
        *(protect(f"foresight_{table}", see=(IN_PROVINCE,), write=write) for table, write in WRITERS.items()),
        *(protect_history(f"foresight_{table}event", see=(IN_PROVINCE,)) for table in WRITERS),
        # Counts are mended, never removed.
        narrow("foresight_dailycount", remove=()),
    ]
