from django.db import migrations

from phaodai.foundation.row_security import (
    EVERYWHERE,
    IN_AREA,
    OWN_ORGANISATION,
    narrow,
    protect,
    protect_history,
    through,
)

_PROVINCE = "(select phaodai_setting('phaodai.province'))"
_DISTRICT = "(select phaodai_setting('phaodai.district'))"
_COMMUNE = "(select phaodai_setting('phaodai.commune'))"
IN_PROVINCE = f"((select phaodai_reach()) in ('area', 'own') and province_id = {_PROVINCE})"
# A campaign of the whole district, or province, is carried out by each of its communes.
AROUND_MINE = (
    f"((select phaodai_reach()) in ('area', 'own') and province_id = {_PROVINCE}"
    f" and (district_id is null or {_DISTRICT} is null or district_id = {_DISTRICT})"
    f" and (commune_id is null or {_COMMUNE} is null or commune_id = {_COMMUNE}))"
)
# A laboratory works on what was sent to it: tubes, barcodes and results, wherever the people live. No name is among them.
AT_MY_LABORATORY = (
    "exists (select 1 from surveillance_laboratory mine where mine.id = laboratory_id"
    f" and mine.organisation_id = {OWN_ORGANISATION})"
)
OF_A_TUBE_I_SEE = "exists (select 1 from surveillance_sample tube where tube.pool_id = {0})"
OWN_LABORATORY_ALONE = (
    "((select phaodai_reach()) = 'own' and (exists (select 1 from surveillance_sample tube where tube.test_id = {table}.id)"
    " or exists (select 1 from surveillance_poolmember member where member.test_id = {table}.id)))"
)
OF_MY_PERSON = through("people_person", "person_id")


def _answerable() -> migrations.RunSQL:
    """A laboratory writes the result into the tests behind its tubes, whoever they are of; it adds and removes none."""
    mine = OWN_LABORATORY_ALONE.format(table="surveillance_labtest")
    before = f"{EVERYWHERE} or {IN_AREA} or {OF_MY_PERSON}"
    alter = "alter policy surveillance_labtest_{0} on surveillance_labtest {1}"
    forward = [
        alter.format("see", f"using ({before} or {mine})"),
        alter.format("change", f"using ({before} or {mine}) with check ({before} or {mine})"),
    ]
    backward = [
        alter.format("see", f"using ({before})"),
        alter.format("change", f"using ({before}) with check ({before})"),
    ]
    return migrations.RunSQL(";".join(forward), ";".join(backward))


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0009_testing")]
    operations = [
        protect("surveillance_laboratory", see=(IN_PROVINCE,), write=(IN_AREA,)),
        protect_history("surveillance_laboratoryevent", see=(IN_PROVINCE,)),
        protect("surveillance_campaign", see=(AROUND_MINE,), write=(IN_AREA,)),
        protect_history("surveillance_campaignevent", see=(AROUND_MINE,)),
        protect("surveillance_labelbatch", see=(IN_PROVINCE,), write=(IN_AREA,)),
        protect("surveillance_sample", see=(IN_AREA, AT_MY_LABORATORY)),
        protect_history("surveillance_sampleevent", see=(IN_AREA, AT_MY_LABORATORY)),
        protect("surveillance_pool", see=(IN_AREA, OF_A_TUBE_I_SEE.format("surveillance_pool.id"))),
        protect_history("surveillance_poolevent", see=(IN_AREA, OF_A_TUBE_I_SEE.format("pgh_obj_id"))),
        protect("surveillance_poolmember", see=(through("surveillance_pool", "pool_id"),)),
        protect_history("surveillance_poolmemberevent", see=(through("surveillance_pool", "pool_id"),)),
        *(
            narrow(f"surveillance_{table}", remove=())
            for table in ("laboratory", "campaign", "labelbatch", "sample", "pool", "poolmember")
        ),
        _answerable(),
    ]
