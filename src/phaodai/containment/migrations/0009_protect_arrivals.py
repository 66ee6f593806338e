from django.db import migrations

from phaodai.foundation.row_security import (
    BY_REFERENCE,
    IN_AREA,
    OWN_ORGANISATION,
    let_strangers_read,
    narrow,
    protect,
    protect_history,
    through,
)

# Checkpoints, buses and published levels carry no person and are there to be known in the whole province.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
OWN = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
OF_CHECKPOINT = through("containment_checkpoint", "checkpoint_id")
OF_MY_CHECKPOINT = (
    "exists (select 1 from containment_checkpoint manned where manned.id = checkpoint_id"
    f" and manned.organisation_id = {OWN_ORGANISATION})"
)
# Whoever stands at the gate where a bus is expected sees who declared to come with it, wherever they are bound.
ON_AN_EXPECTED_BUS = (
    "((select phaodai_reach()) in ('area', 'own') and plate <> '' and exists (select 1 from containment_arrivalgroup bus"
    " join containment_checkpoint manned on manned.id = bus.checkpoint_id"
    " where bus.plate = {row}.plate and bus.travelling_on = {row}.travelling_on"
    f" and manned.organisation_id = {OWN_ORGANISATION}))"
)


class Migration(migrations.Migration):
    dependencies = [("containment", "0008_arrivals"), ("rulebook", "0002_protect")]
    operations = [
        protect("containment_checkpoint", see=(IN_PROVINCE,), write=(IN_AREA, OWN)),
        protect_history("containment_checkpointevent", see=(IN_PROVINCE,)),
        protect("containment_checkpointduty", see=(OF_CHECKPOINT,), write=(IN_AREA, OF_MY_CHECKPOINT)),
        protect_history("containment_checkpointdutyevent", see=(OF_CHECKPOINT,)),
        protect("containment_arrivalgroup", see=(IN_PROVINCE,)),
        protect_history("containment_arrivalgroupevent", see=(IN_PROVINCE,)),
        protect("containment_originlevel", see=(IN_PROVINCE,)),
        protect_history("containment_originlevelevent", see=(IN_PROVINCE,)),
        protect(
            "containment_declaration",
            see=(IN_AREA, BY_REFERENCE, ON_AN_EXPECTED_BUS.replace("{row}", "containment_declaration")),
            write=(IN_AREA,),
        ),
        protect_history("containment_declarationevent", see=(IN_AREA,)),
        protect("containment_arrival", see=(IN_AREA, OWN)),
        protect_history("containment_arrivalevent", see=(IN_AREA, OWN)),
        protect("containment_monitoring", see=(IN_AREA,)),
        protect_history("containment_monitoringevent", see=(IN_AREA,)),
        # What somebody declared is theirs: it is added under the reference of the public door, and nobody changes it.
        narrow("containment_declaration", add=(IN_AREA, BY_REFERENCE), change=(), remove=()),
        *(
            narrow(f"containment_{table}", remove=())
            for table in ("checkpoint", "checkpointduty", "arrivalgroup", "originlevel", "arrival", "monitoring")
        ),
        # What was announced to the people, and the law as the province reads it, may be read by whoever fills in a form.
        let_strangers_read("containment_leveldecision", where="state = 'decided' and announced_at is not null"),
        let_strangers_read("rulebook_verification", where="true"),
        let_strangers_read("containment_originlevel", where="true"),
    ]
