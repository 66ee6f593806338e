from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through

# Whoever gave a dose sees it, wherever the person lives.
MINE = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
OF_SEEN_SHEET = through("vaccination_dosesheet", "sheet_id")
TRACKED = ("dose", "dosedoubt", "adversereaction", "identityquestion")
KEPT = (*TRACKED, "observation", "refuseddose")

# Somebody stands at the table with a card, and may live or have had the last dose in another commune: whoever holds the
# whole number of a card, and may see people at all, is told where its holder lives and which doses the holder had,
# inside the own province. The wider reach lasts for the one statement.
CARD = """
create function vaccination_holder_of_card(asked_number text, asked_name text, asked_year integer)
  returns table (id bigint, province_id integer, district_id integer, commune_id integer)
  language plpgsql
  as $$
  declare
    asked text := phaodai_reach();
  begin
    if asked is null or asked not in ('area', 'own', 'all') or length(asked_number) < 9 then
      return;
    end if;
    perform set_config('phaodai.reach', 'all', true);
    return query
      select p.id, p.province_id, p.district_id, p.commune_id
      from people_person p
      where p.identity_number = asked_number and p.identity_number <> '' and p.merged_into_id is null
        and (p.search_key = asked_name or p.birth_year = asked_year)
        and (asked = 'all' or p.province_id = phaodai_setting('phaodai.province'));
    perform set_config('phaodai.reach', asked, true);
  end
  $$;
create function vaccination_doses_of_card(asked_number text)
  returns table (id bigint, number smallint, product varchar, given_on date)
  language plpgsql
  as $$
  declare
    asked text := phaodai_reach();
  begin
    if asked is null or asked not in ('area', 'own', 'all') or length(asked_number) < 9 then
      return;
    end if;
    perform set_config('phaodai.reach', 'all', true);
    return query
      select d.id, d.number, d.product, d.given_on
      from vaccination_dose d
      where d.struck_at is null
        and (asked = 'all' or d.province_id = phaodai_setting('phaodai.province'))
        and (
          (d.identity_number = asked_number and d.identity_number <> '')
          or d.person_id in (
            select p.id from people_person p where p.identity_number = asked_number and p.identity_number <> ''
          )
        );
    perform set_config('phaodai.reach', asked, true);
  end
  $$;
"""
DROP_CARD = "drop function vaccination_doses_of_card(text); drop function vaccination_holder_of_card(text, text, integer);"


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0003_doses")]
    operations = [
        *(protect(f"vaccination_{table}", see=(IN_AREA, MINE)) for table in KEPT),
        *(protect_history(f"vaccination_{table}event", see=(IN_AREA, MINE)) for table in TRACKED),
        protect("vaccination_dosesheet", see=(IN_AREA,)),
        protect_history("vaccination_dosesheetevent", see=(IN_AREA,)),
        protect("vaccination_parkeddose", see=(OF_SEEN_SHEET,)),
        # Nothing is removed: a dose that was never given is struck out, doubts and questions are answered.
        *(narrow(f"vaccination_{table}", remove=()) for table in (*KEPT, "dosesheet", "parkeddose")),
        migrations.RunSQL(CARD, DROP_CARD),
    ]
