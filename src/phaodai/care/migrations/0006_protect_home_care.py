from django.db import migrations

from phaodai.foundation.row_security import (
    BY_REFERENCE,
    IN_AREA,
    OWN_ORGANISATION,
    SIGNED_IN,
    narrow,
    protect,
    protect_history,
    through,
)

IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# The station that looks after somebody, and the health centre above it, whatever the reach of the post.
OURS = (
    "((select phaodai_reach()) in ('area', 'own')"
    f" and (organisation_id = {OWN_ORGANISATION} or centre_id = {OWN_ORGANISATION}))"
)
RUN_BY_US = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
OF_HOME = through("care_homecare", "home_care_id")
OF_ALARM = f"({SIGNED_IN} and {through('care_homealarm', 'alarm_id')})"
OF_STATION = through("care_mobilestation", "station_id")
OF_OUR_STATION = (
    f"exists (select 1 from care_mobilestation station where station.id = station_id and ({IN_AREA} or {RUN_BY_US}))"
)


def behind_door(table: str) -> str:
    """Rows of somebody whose door is seen: by the family that knows its reference, as by those who look after them."""
    return f"exists (select 1 from care_homedoor door where door.home_care_id = {table}.home_care_id)"


class Migration(migrations.Migration):
    dependencies = [("care", "0005_home_care")]
    operations = [
        protect("care_homecare", see=(IN_AREA, OURS)),
        protect_history("care_homecareevent", see=(IN_AREA, OURS)),
        # The family's door: no name, no case, no finding stands in it, and it is all that a stranger sees and moves.
        protect("care_homedoor", see=(IN_AREA, BY_REFERENCE, OF_HOME)),
        narrow("care_homedoor", add=(IN_AREA, OF_HOME)),
        *(
            protect(table, see=(IN_AREA, behind_door(table)), write=(IN_AREA, OF_HOME))
            for table in ("care_reading", "care_homealarm")
        ),
        *(narrow(table, add=(IN_AREA, behind_door(table))) for table in ("care_reading", "care_homealarm")),
        protect_history("care_homealarmevent", see=(IN_AREA, OF_HOME)),
        protect("care_alarmstep", see=(OF_ALARM,)),
        *(protect(f"care_{table}", see=(IN_AREA, OF_HOME)) for table in ("packhandout", "oxygenrequest")),
        *(protect_history(f"care_{table}event", see=(IN_AREA, OF_HOME)) for table in ("packhandout", "oxygenrequest")),
        protect("care_mobilestation", see=(IN_PROVINCE,), write=(IN_AREA, RUN_BY_US)),
        protect_history("care_mobilestationevent", see=(IN_PROVINCE,)),
        protect("care_mobilestationhamlet", see=(OF_STATION,), write=(OF_OUR_STATION,)),
        # Nothing is removed: care ends, alarms close, stations close. Readings and steps are written once.
        *(
            narrow(f"care_{table}", remove=())
            for table in (
                *("homecare", "homedoor", "reading", "homealarm", "alarmstep"),
                *("packhandout", "oxygenrequest", "mobilestation", "mobilestationhamlet"),
            )
        ),
        *(narrow(f"care_{table}", change=()) for table in ("reading", "alarmstep")),
    ]
