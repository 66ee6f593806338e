from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, narrow, protect, protect_history

# An exposure site is named to all who trace in the province; only its own area writes it.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)


class Migration(migrations.Migration):
    dependencies = [("territory", "0003_places"), ("foundation", "0003_protect")]
    operations = [
        protect("territory_place", see=(IN_PROVINCE,), write=(IN_AREA,)),
        # A place closes; visits and cases keep naming it.
        narrow("territory_place", remove=()),
        protect_history("territory_placeevent", see=(IN_PROVINCE,)),
    ]
