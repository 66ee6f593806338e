from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through

# Whose turn it is, when and where sessions are, and what lies where is known in the whole province; who comes is not.
IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
MINE = f"((select phaodai_reach()) in ('area', 'own') and organisation_id = {OWN_ORGANISATION})"
# Whoever runs a session sees those invited to it, and those alone, wherever they live.
RUN_HERE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from vaccination_session run"
    f" where run.id = session_id and run.organisation_id = {OWN_ORGANISATION}))"
)
INVITED_HERE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from vaccination_invitation asked"
    " join vaccination_session run on run.id = asked.session_id"
    f" where asked.entry_id = vaccination_listentry.id and run.organisation_id = {OWN_ORGANISATION}))"
)
KEPT_HERE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from vaccination_coldplace kept"
    f" where kept.id = place_id and kept.organisation_id = {OWN_ORGANISATION}))"
)
FROM_MY_STORE = (
    "((select phaodai_reach()) in ('area', 'own') and exists (select 1 from supply_store kept"
    f" where kept.id = source_id and kept.organisation_id = {OWN_ORGANISATION}))"
)
OF_MY_SESSION = f"exists (select 1 from vaccination_session mine where mine.id = session_id and ({IN_AREA} or {MINE}))"
OF_SEEN_SESSION = through("vaccination_session", "session_id")
OF_SEEN_ENTRY = through("vaccination_listentry", "entry_id")
KEPT = (
    "groupturn", "prioritylist", "listentry", "listsource", "vaccinelot", "lothold", "allotment", "coldplace",
    "coldchainlog", "coldreading", "excursion", "session", "sessionlot", "invitation",
)  # fmt: skip


# A lot that is held leaves no store, whichever page, sheet or phone asks: the ledger itself refuses.
REFUSE_HELD = """
create function vaccination_refuse_held_lots() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from written line join vaccination_vaccinelot lot on lot.batch_id = line.batch_id
    join vaccination_lothold hold on hold.lot_id = lot.id and hold.released_at is null
      and (hold.store_id is null or hold.store_id = line.store_id)
    where line.taken_from = 'store' and line.put_into in ('used', 'on_way')
  ) then
    raise exception 'a held lot stays in its store'
      using errcode = 'check_violation', constraint = 'held_lot_stays', table = 'supply_movementline';
  end if;
  return null;
end $$;
create trigger refuse_held_lots after insert on supply_movementline
  referencing new table as written for each statement execute function vaccination_refuse_held_lots();
"""
LET_GO = """
drop trigger refuse_held_lots on supply_movementline;
drop function vaccination_refuse_held_lots();
"""


class Migration(migrations.Migration):
    dependencies = [("vaccination", "0001_plan")]
    operations = [
        protect("vaccination_groupturn", see=(IN_PROVINCE,), write=(IN_AREA,)),
        protect_history("vaccination_groupturnevent", see=(IN_PROVINCE,)),
        protect("vaccination_prioritylist", see=(IN_AREA, MINE)),
        protect_history("vaccination_prioritylistevent", see=(IN_AREA, MINE)),
        protect("vaccination_listentry", see=(IN_AREA, MINE, INVITED_HERE)),
        protect_history("vaccination_listentryevent", see=(IN_AREA, MINE)),
        protect("vaccination_listsource", see=(OF_SEEN_ENTRY,)),
        *(protect(f"vaccination_{table}", see=(IN_PROVINCE,)) for table in ("vaccinelot", "lothold")),
        *(protect_history(f"vaccination_{table}event", see=(IN_PROVINCE,)) for table in ("vaccinelot", "lothold")),
        protect("vaccination_allotment", see=(IN_PROVINCE,), write=(IN_AREA, FROM_MY_STORE)),
        protect_history("vaccination_allotmentevent", see=(IN_PROVINCE,)),
        protect("vaccination_coldplace", see=(IN_AREA, MINE)),
        protect_history("vaccination_coldplaceevent", see=(IN_AREA, MINE)),
        *(
            protect(f"vaccination_{table}", see=(IN_AREA, KEPT_HERE))
            for table in ("coldchainlog", "coldreading", "excursion")
        ),
        protect_history("vaccination_excursionevent", see=(IN_AREA, KEPT_HERE)),
        protect("vaccination_session", see=(IN_PROVINCE,), write=(IN_AREA, MINE)),
        protect_history("vaccination_sessionevent", see=(IN_PROVINCE,)),
        protect("vaccination_sessionlot", see=(OF_SEEN_SESSION,), write=(OF_MY_SESSION,)),
        protect_history("vaccination_sessionlotevent", see=(OF_SEEN_SESSION,)),
        protect("vaccination_invitation", see=(IN_AREA, RUN_HERE)),
        protect_history("vaccination_invitationevent", see=(IN_AREA, RUN_HERE)),
        # Nothing is removed: groups and sessions close, people leave the lists with a reason, invitations are withdrawn.
        *(narrow(f"vaccination_{table}", remove=()) for table in KEPT),
        *(narrow(f"vaccination_{table}", change=()) for table in ("coldchainlog", "coldreading")),
        migrations.RunSQL(REFUSE_HELD, LET_GO),
    ]
