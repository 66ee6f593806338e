import re

from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, narrow, protect, protect_history, through

# Where a zone lies, by which order, and who guards its gates is there to be known in the whole province.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# A health centre, which sees its own tasks alone, still proposes zones in its district.
IN_OWN_AREA = (
    f"({IN_PROVINCE}"
    " and ((select phaodai_setting('phaodai.district')) is null"
    " or district_id = (select phaodai_setting('phaodai.district')))"
    " and ((select phaodai_setting('phaodai.commune')) is null"
    " or commune_id = (select phaodai_setting('phaodai.commune'))))"
)
OF_ZONE = through("containment_zone", "zone_id")
OF_OWN_ZONE = f"exists (select 1 from containment_zone parent where parent.id = zone_id and {IN_OWN_AREA})"  # noqa: S608
OF_GATE = re.sub(r"\b(\w+_id) =", r"gate.\1 =", IN_AREA)
# A zone of several communes belongs to the district; whoever stands at one of its gates reads its permits.
AT_OWN_GATE = f"exists (select 1 from containment_gate gate where gate.zone_id = containment_permit.zone_id and {OF_GATE})"  # noqa: S608
OPEN, CLOSED = ("zone", "gate", "gateduty"), ("gatepassage", "permit", "need", "housecheck")


class Migration(migrations.Migration):
    dependencies = [("containment", "0004_zones"), ("people", "0006_household_locations")]
    operations = [
        *(protect(f"containment_{table}", see=(IN_PROVINCE,), write=(IN_OWN_AREA,)) for table in OPEN),
        *(protect_history(f"containment_{table}event", see=(IN_PROVINCE,)) for table in OPEN),
        protect("containment_zonepart", see=(OF_ZONE,), write=(OF_OWN_ZONE,)),
        protect("containment_zonestep", see=(OF_ZONE,), write=(OF_OWN_ZONE,)),
        protect_history("containment_zonestepevent", see=(OF_ZONE,)),
        # Who lives inside, who passes, who needs what: persons, seen in one's own area alone.
        protect("containment_zonehousehold", see=(IN_AREA,)),
        *(
            protect(
                f"containment_{table}",
                see=(IN_AREA, AT_OWN_GATE) if table == "permit" else (IN_AREA,),
                write=(IN_AREA,),
            )
            for table in CLOSED
        ),
        *(protect_history(f"containment_{table}event", see=(IN_AREA,)) for table in CLOSED),
        # Nothing is removed; steps, passages and checks are written once.
        *(
            narrow(f"containment_{table}", remove=())
            for table in (*OPEN, *CLOSED, "zonepart", "zonestep", "zonehousehold")
        ),
        *(narrow(f"containment_{table}", change=()) for table in ("zonestep", "gatepassage", "housecheck")),
    ]
