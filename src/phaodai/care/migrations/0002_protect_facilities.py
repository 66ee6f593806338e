from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through

# Where beds, oxygen and teams are is known in the whole province; who works where only in the area and the own body.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
MINE = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
# Whoever runs a facility writes its wards, beds, oxygen and plans, whatever the reach of the post.
RUN_HERE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from care_facility run"
    f" where run.id = facility_id and run.organisation_id = {OWN_ORGANISATION}))"
)
TEAM_OF_MINE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from care_team lent"
    f" where lent.id = team_id and lent.organisation_id = {OWN_ORGANISATION}))"
)
TO_MINE = f"((select phaodai_reach()) in ('area', 'own') and to_organisation_id = {OWN_ORGANISATION})"
# Who needs people somewhere is known to all; it is written where the place lies, or by who runs a facility there.
RUN_THERE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from care_facility run"
    f" where run.place_id = care_staffneed.place_id and run.organisation_id = {OWN_ORGANISATION}))"
)
OF_SEEN_FACILITY = through("care_facility", "facility_id")
OF_SEEN_TEAM = through("care_team", "team_id")
OF_MY_TEAM = f"exists (select 1 from care_team mine where mine.id = team_id and ({IN_AREA} or {MINE}))"
OF_FACILITY = ("ward", "bed", "bedreport", "oxygensource", "upgradeplan")
TABLES = (
    "facility", "facilitystep", *OF_FACILITY, "worker", "team", "teammember", "teamloan", "staffneed", "shift",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("care", "0001_facilities")]
    operations = [
        protect("care_facility", see=(IN_PROVINCE,), write=(IN_AREA, MINE)),
        protect_history("care_facilityevent", see=(IN_PROVINCE,)),
        protect("care_facilitystep", see=(OF_SEEN_FACILITY,)),
        *(protect(f"care_{table}", see=(IN_PROVINCE,), write=(IN_AREA, RUN_HERE)) for table in OF_FACILITY),
        *(protect_history(f"care_{table}event", see=(IN_PROVINCE,)) for table in OF_FACILITY),
        protect("care_worker", see=(IN_AREA, MINE)),
        protect_history("care_workerevent", see=(IN_AREA, MINE)),
        protect("care_team", see=(IN_PROVINCE,), write=(IN_AREA, MINE)),
        protect_history("care_teamevent", see=(IN_PROVINCE,)),
        protect("care_teammember", see=(OF_SEEN_TEAM,), write=(OF_MY_TEAM,)),
        protect_history("care_teammemberevent", see=(OF_SEEN_TEAM,)),
        protect("care_teamloan", see=(IN_PROVINCE,), write=(IN_AREA, TEAM_OF_MINE, TO_MINE)),
        protect_history("care_teamloanevent", see=(IN_PROVINCE,)),
        protect("care_staffneed", see=(IN_PROVINCE,), write=(IN_AREA, RUN_THERE)),
        protect_history("care_staffneedevent", see=(IN_PROVINCE,)),
        protect("care_shift", see=(IN_AREA, MINE)),
        protect_history("care_shiftevent", see=(IN_AREA, MINE)),
        # Nothing is removed: beds close, people leave, shifts are called off, steps are written once.
        *(narrow(f"care_{table}", remove=()) for table in TABLES),
        narrow("care_facilitystep", change=()),
    ]
