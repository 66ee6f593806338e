from django.db import migrations

# Who lives under one roof, across the communes of a province: row ids and nothing else, for the tracing index. The wider reach
# lasts for the one statement, inside the asking officer's province, as in people_whereabouts. A record that was found to be of
# the same person as another lives nowhere: the record that was kept does.
_ASKED = """
  declare
    asked text := phaodai_reach();
    own integer := case when asked = 'all' then province else phaodai_setting('phaodai.province') end;
  begin
    if asked is null or asked not in ('area', 'all') then
      return;
    end if;
    perform set_config('phaodai.reach', 'all', true);
"""
_BACK = "perform set_config('phaodai.reach', asked, true);"
_ROWS = "returns table (person_id bigint, household_id bigint) language plpgsql"

ROOFS = f"""
create function surveillance_roofs(province integer) {_ROWS}
  as $$ {_ASKED}
    return query select p.id, p.household_id from people_person p
      where p.province_id = own and p.household_id is not null and p.merged_into_id is null;
    {_BACK}
  end
  $$;
"""

# Grows with every person that is added (newest) or changed (changes).
MARK = f"""
create function surveillance_roofs_mark(province integer) returns table (newest bigint, changes bigint)
  language plpgsql
  as $$ {_ASKED}
    return query select coalesce((select max(p.id) from people_person p), 0),
      coalesce((select max(e.pgh_id) from people_personevent e), 0)::bigint;
    {_BACK}
  end
  $$;
"""

# Where those live now who were added or changed since a mark; without a household: nowhere.
CHANGED = f"""
create function surveillance_roofs_changed(province integer, newest bigint, changes bigint) {_ROWS}
  as $$ {_ASKED}
    return query select p.id, case when p.merged_into_id is null then p.household_id end from people_person p
      where p.province_id = own and (
        p.id > newest or p.id in (select e.pgh_obj_id from people_personevent e where e.pgh_id > changes)
      );
    {_BACK}
  end
  $$;
"""

UNDER = f"""
create function surveillance_under_roofs(province integer, households bigint[]) {_ROWS}
  as $$ {_ASKED}
    return query select p.id, p.household_id from people_person p
      where p.province_id = own and p.merged_into_id is null and p.household_id = any(households);
    {_BACK}
  end
  $$;
"""

# The records of persons that were merged: each with the record that was kept.
ALIASES = f"""
create function surveillance_aliases(province integer)
  returns table (record_id bigint, person_id bigint)
  language plpgsql
  as $$ {_ASKED}
    return query select p.id, p.merged_into_id from people_person p
      where p.province_id = own and p.merged_into_id is not null;
    {_BACK}
  end
  $$;
"""


class Migration(migrations.Migration):
    dependencies = [("surveillance", "0003_case_numbers"), ("people", "0005_protect_identities")]
    operations = [
        migrations.RunSQL(ROOFS, "drop function surveillance_roofs(integer)"),
        migrations.RunSQL(MARK, "drop function surveillance_roofs_mark(integer)"),
        migrations.RunSQL(CHANGED, "drop function surveillance_roofs_changed(integer, bigint, bigint)"),
        migrations.RunSQL(UNDER, "drop function surveillance_under_roofs(integer, bigint[])"),
        migrations.RunSQL(ALIASES, "drop function surveillance_aliases(integer)"),
    ]
