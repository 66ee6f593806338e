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

# Whatever changes a dose, an officer, a sheet or a merger, leaves word of the communes and days to be counted again.
MARK = """
create function vaccination_mark_coverage() returns trigger language plpgsql as $$
begin
  insert into vaccination_coveragemark (province_id, district_id, commune_id, "on")
    select distinct province_id, district_id, commune_id, given_on from changed;
  return null;
end $$;
"""
TRIGGERS = (("insert", "insert", "new"), ("delete", "delete", "old"), ("before", "update", "old"), ("after", "update", "new"))


def marks_on(name: str, deed: str, rows: str) -> migrations.RunSQL:
    trigger = f"coverage_{name}"
    return migrations.RunSQL(
        f"create trigger {trigger} after {deed} on vaccination_dose referencing {rows} table as changed"
        " for each statement execute function vaccination_mark_coverage()",
        f"drop trigger {trigger} on vaccination_dose",
    )


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
        migrations.RunSQL(
            "create index coverage_place on vaccination_dose (commune_id, given_on) where struck_at is null",
            "drop index coverage_place",
        ),
        migrations.RunSQL(MARK, "drop function vaccination_mark_coverage()"),
        *(marks_on(*one) for one in TRIGGERS),
    ]
