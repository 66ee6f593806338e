from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through

# Where places are free is known in the whole province; who lies there is not.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
MINE = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
# Whoever runs a site sees it and those inside, whatever the reach of the post.
RUN_HERE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from containment_site run"
    f" where run.id = site_id and run.organisation_id = {OWN_ORGANISATION}))"
)
OF_MY_SITE = f"exists (select 1 from containment_site mine where mine.id = site_id and ({IN_AREA} or {MINE}))"
OF_SEEN_SITE = through("containment_site", "site_id")
OF_MY_STAY = through("containment_stay", "stay_id")
PARTS = ("staytest", "staystep", "staycheck")
TABLES = ("site", "building", "room", "cohort", "placement", "stay", "sitealert", "mealday", "stayrulechange", *PARTS)


class Migration(migrations.Migration):
    dependencies = [("containment", "0006_quarantine")]
    operations = [
        protect("containment_site", see=(IN_PROVINCE,), write=(IN_AREA, MINE)),
        protect_history("containment_siteevent", see=(IN_PROVINCE,)),
        protect("containment_room", see=(IN_PROVINCE,), write=(IN_AREA, RUN_HERE)),
        protect_history("containment_roomevent", see=(IN_PROVINCE,)),
        *(protect(f"containment_{table}", see=(OF_SEEN_SITE,), write=(OF_MY_SITE,)) for table in ("building", "cohort")),
        protect("containment_mealday", see=(OF_MY_SITE,)),
        *(protect(f"containment_{table}", see=(IN_AREA, RUN_HERE)) for table in ("stay", "placement", "sitealert")),
        *(protect_history(f"containment_{table}event", see=(IN_AREA, RUN_HERE)) for table in ("stay", "placement")),
        *(protect(f"containment_{table}", see=(OF_MY_STAY,)) for table in PARTS),
        *(protect_history(f"containment_{table}event", see=(OF_MY_STAY,)) for table in ("staytest", "staycheck")),
        protect("containment_stayrulechange", see=(IN_AREA,)),
        protect_history("containment_stayrulechangeevent", see=(IN_AREA,)),
        # Nothing is removed: stays end, rooms close, steps are written once.
        *(narrow(f"containment_{table}", remove=()) for table in TABLES),
        narrow("containment_staystep", change=()),
    ]
