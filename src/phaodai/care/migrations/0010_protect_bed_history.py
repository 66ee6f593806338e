from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect

IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# Written by whoever may write the bed, and only by the triggers of beds and wards: nobody mends the past by hand.
BY_TRIGGER = (
    f"(pg_trigger_depth() > 0 and ({IN_AREA} or ((select phaodai_reach()) in ('area', 'own')"
    " and exists (select 1 from care_facility run where run.id = facility_id"
    f" and run.organisation_id = {OWN_ORGANISATION}))))"
)
# A bed of a closed ward is closed. What is said twice for one moment is said once; a clock that was set back changes
# what stands, and no past period.
KEEP = """
create function care_keep_beds(beds bigint[]) returns void language plpgsql as $$
declare one record;
begin
  for one in
    select bed.id, bed.facility_id, bed.ward_id, bed.kind, bed.province_id, bed.district_id, bed.commune_id,
           case when ward.state = 'closed' and bed.state <> 'unfit' then 'closed' else bed.state end as state,
           greatest(bed.state_since, ward.state_since) as since
    from care_bed bed join care_ward ward on ward.id = bed.ward_id
    where bed.id = any(beds)
  loop
    continue when exists (
      select 1 from care_bedperiod now where now.bed_id = one.id and now.until is null
        and (now.ward_id, now.kind, now.state) = (one.ward_id, one.kind, one.state));
    update care_bedperiod set until = one.since where bed_id = one.id and until is null and since < one.since;
    update care_bedperiod
      set ward_id = one.ward_id, kind = one.kind, state = one.state, officer_id = phaodai_setting('phaodai.officer')
      where bed_id = one.id and until is null;
    continue when found;
    insert into care_bedperiod
      (bed_id, facility_id, ward_id, kind, state, since, officer_id, province_id, district_id, commune_id)
      values (one.id, one.facility_id, one.ward_id, one.kind, one.state, one.since,
              phaodai_setting('phaodai.officer'), one.province_id, one.district_id, one.commune_id);
  end loop;
end $$;
"""
CHANGED_BEDS = "select id from changed"
BEDS_OF_CHANGED = "select id from care_bed where ward_id in (select id from changed)"
TRIGGERS = (
    ("care_bed", "insert", "care_keep_added", CHANGED_BEDS),
    ("care_bed", "update", "care_keep_changed", CHANGED_BEDS),
    ("care_ward", "update", "care_keep_of_ward", BEDS_OF_CHANGED),
)


def keep_on(table: str, deed: str, name: str, beds: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"create function {name}() returns trigger language plpgsql as"
        f" $$ begin perform care_keep_beds(array({beds})); return null; end $$;"
        f"create trigger {name} after {deed} on {table} referencing new table as changed"
        f" for each statement execute function {name}()",
        f"drop trigger {name} on {table}; drop function {name}()",
    )


# Beds that stood before: their changes are in the journal, each with its moment. When a ward closed is not.
FILL = """
do $$
declare asked text := coalesce(current_setting('phaodai.reach', true), '');
begin
  perform set_config('phaodai.reach', 'all', true);
  with told as (
    select distinct on (id, state_since) id, facility_id, ward_id, kind, state, state_since,
           (pgh_context ->> 'officer')::integer as officer, province_id, district_id, commune_id
    from care_bedevent where pgh_label <> 'delete' order by id, state_since, pgh_id desc
  )
  insert into care_bedperiod
    (bed_id, facility_id, ward_id, kind, state, since, until, officer_id, province_id, district_id, commune_id)
  select told.id, told.facility_id, told.ward_id, told.kind,
         case when ward.state = 'closed' and told.state <> 'unfit' then 'closed' else told.state end, told.state_since,
         lead(told.state_since) over (partition by told.id order by told.state_since),
         told.officer, told.province_id, told.district_id, told.commune_id
  from told join care_ward ward on ward.id = told.ward_id;
  perform set_config('phaodai.reach', asked, true);
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("care", "0009_bed_history")]
    operations = [
        protect("care_bedperiod", see=(IN_PROVINCE,), write=(BY_TRIGGER,)),
        narrow("care_bedperiod", remove=()),
        migrations.RunSQL(KEEP, "drop function care_keep_beds(bigint[])"),
        *(keep_on(*one) for one in TRIGGERS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
