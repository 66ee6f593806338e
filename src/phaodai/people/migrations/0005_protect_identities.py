from django.db import migrations

from phaodai.foundation.row_security import narrow, protect, protect_history, through

BOTH = f"({through('people_person', 'one_id')} and {through('people_person', 'other_id')})"

# Who traces must know which commune a contact lives in, to hand the follow-up over, though not who it is: the area of a
# row id and nothing else, inside the asking officer's province. The wider reach lasts for the one statement.
WHEREABOUTS = """
create function people_whereabouts(ids bigint[])
  returns table (id bigint, province_id integer, district_id integer, commune_id integer, household_id bigint)
  language plpgsql
  as $$
  declare
    asked text := phaodai_reach();
  begin
    if asked is null or asked not in ('area', 'all') then
      return;
    end if;
    perform set_config('phaodai.reach', 'all', true);
    return query
      select p.id, p.province_id, p.district_id, p.commune_id, p.household_id
      from people_person p
      where p.id = any(ids) and (asked = 'all' or p.province_id = phaodai_setting('phaodai.province'));
    perform set_config('phaodai.reach', asked, true);
  end
  $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_identities")]
    operations = [
        protect("people_duplicate", see=(BOTH,)),
        narrow("people_duplicate", remove=()),
        protect_history("people_duplicateevent", see=(BOTH,)),
        migrations.RunSQL(WHEREABOUTS, "drop function people_whereabouts(bigint[])"),
    ]
