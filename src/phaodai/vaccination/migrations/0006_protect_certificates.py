from django.db import migrations

from phaodai.foundation.row_security import (
    IN_AREA,
    OWN_ORGANISATION,
    SIGNED_IN,
    let_strangers_read,
    narrow,
    protect,
    protect_history,
)

# Counts and denominators carry no person: a district compares its communes with those of others.
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
OWN = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0005_certificates")]
    operations = [
        protect("vaccination_denominator", see=(IN_PROVINCE,), write=(IN_OWN_AREA,)),
        protect_history("vaccination_denominatorevent", see=(IN_PROVINCE,)),
        # Counted by the installation from the doses; a change of doses, whoever makes it, only leaves a mark.
        protect("vaccination_coveragecount", see=(IN_PROVINCE,), write=()),
        protect("vaccination_coveragemark", see=(IN_PROVINCE,), write=(SIGNED_IN,)),
        protect("vaccination_certificate", see=(IN_AREA, OWN)),
        protect_history("vaccination_certificateevent", see=(IN_AREA, OWN)),
        protect("vaccination_certificateorder", see=(IN_AREA, OWN)),
        protect_history("vaccination_certificateorderevent", see=(IN_AREA, OWN)),
        # Digests without a person, there to be known by whoever verifies.
        protect("vaccination_revocation", see=(SIGNED_IN,)),
        let_strangers_read("vaccination_revocation", where="true"),
        narrow("vaccination_coveragemark", change=(), remove=()),
        narrow("vaccination_revocation", change=(), remove=()),
        *(narrow(f"vaccination_{table}", remove=()) for table in ("denominator", "certificate", "certificateorder")),
    ]
