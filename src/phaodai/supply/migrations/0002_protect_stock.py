from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through

SIGNED_IN_PROVINCE = "(select phaodai_reach()) in ('area', 'own')"
# What lies where is known in the whole province; what was done with it, in the area and by who keeps the store.
IN_PROVINCE = f"({SIGNED_IN_PROVINCE} and province_id = (select phaodai_setting('phaodai.province')))"
MINE = f"({SIGNED_IN_PROVINCE} and organisation_id = {OWN_ORGANISATION})"
SENT_TO_ME = f"({SIGNED_IN_PROVINCE} and to_organisation_id = {OWN_ORGANISATION})"
ASKED_OF_ME = f"({SIGNED_IN_PROVINCE} and asked_of_organisation_id = {OWN_ORGANISATION})"


def of_my_store(column: str) -> str:
    """The condition of a row of a store that the officer answers for."""
    return f"exists (select 1 from supply_store mine where mine.id = {column} and ({IN_AREA} or {MINE}))"


OF_SEEN_ORDER = through("supply_order", "order_id")
OF_SEEN_EQUIPMENT = through("supply_equipment", "equipment_id")
RECORDS = ("item", "store", "order", "equipment")
TABLES = (*RECORDS, "batch", "holding", "stocklevel", "movement", "movementline", "equipmentstep", "redeployment")


class Migration(migrations.Migration):
    dependencies = [("supply", "0001_stock")]
    operations = [
        *(protect(f"supply_{table}", see=(IN_PROVINCE,)) for table in ("item", "batch")),
        protect_history("supply_itemevent", see=(IN_PROVINCE,)),
        protect("supply_store", see=(IN_PROVINCE,), write=(IN_AREA, MINE)),
        protect_history("supply_storeevent", see=(IN_PROVINCE,)),
        *(
            protect(f"supply_{table}", see=(IN_PROVINCE,), write=(of_my_store("store_id"),))
            for table in ("holding", "stocklevel")
        ),
        protect_history("supply_holdingevent", see=(IN_PROVINCE,)),
        protect("supply_movement", see=(IN_AREA, MINE, SENT_TO_ME), write=(IN_AREA, MINE)),
        # Whoever takes a transfer in closes it; a trigger keeps every other column as it was written.
        narrow("supply_movement", change=(IN_AREA, MINE, SENT_TO_ME)),
        protect("supply_movementline", see=(IN_AREA, MINE, SENT_TO_ME), write=(IN_AREA, MINE)),
        protect("supply_order", see=(IN_AREA, MINE, ASKED_OF_ME)),
        protect_history("supply_orderevent", see=(IN_AREA, MINE, ASKED_OF_ME)),
        protect("supply_orderline", see=(OF_SEEN_ORDER,)),
        protect_history("supply_orderlineevent", see=(OF_SEEN_ORDER,)),
        protect("supply_equipment", see=(IN_PROVINCE,), write=(IN_AREA, MINE, SENT_TO_ME)),
        protect_history("supply_equipmentevent", see=(IN_PROVINCE,)),
        protect("supply_equipmentstep", see=(OF_SEEN_EQUIPMENT,)),
        protect("supply_redeployment", see=(IN_PROVINCE,), write=(IN_AREA, MINE)),
        # Nothing is removed: stores close, movements are turned round, orders are dropped.
        *(narrow(f"supply_{table}", remove=()) for table in (*TABLES, "orderline")),
        narrow("supply_movementline", change=()),
        narrow("supply_equipmentstep", change=()),
    ]
