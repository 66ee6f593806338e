from django.db import migrations

from phaodai.foundation.row_security import narrow, protect, protect_history, through

# Counts of signs and the alarms made of them carry no person: the whole province may know them, neighbours need them.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# A health centre, which sees its own tasks alone, still sends the counts of its district and closes its alarms.
IN_OWN_AREA = (
    f"({IN_PROVINCE}"
    " and ((select phaodai_setting('phaodai.district')) is null"
    " or district_id = (select phaodai_setting('phaodai.district')))"
    " and ((select phaodai_setting('phaodai.commune')) is null"
    " or commune_id = (select phaodai_setting('phaodai.commune'))))"
)
OF_AN_ALARM = through("surveillance_alarm", "alarm_id")


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0011_signals")]
    operations = [
        protect("surveillance_signalcount", see=(IN_PROVINCE,), write=(IN_OWN_AREA,)),
        protect_history("surveillance_signalcountevent", see=(IN_PROVINCE,)),
        protect("surveillance_alarm", see=(IN_PROVINCE,), write=(IN_OWN_AREA,)),
        protect_history("surveillance_alarmevent", see=(IN_PROVINCE,)),
        # Days above their limit are found by the clock alone.
        protect("surveillance_exceedance", see=(OF_AN_ALARM,), write=()),
        protect_history("surveillance_exceedanceevent", see=(OF_AN_ALARM,)),
        # Counts are mended and alarms closed, never removed; alarms are raised by the clock.
        narrow("surveillance_signalcount", remove=()),
        narrow("surveillance_alarm", add=(), remove=()),
    ]
