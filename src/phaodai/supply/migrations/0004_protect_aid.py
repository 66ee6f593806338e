from django.db import migrations

from phaodai.foundation.row_security import (
    IN_AREA,
    OWN_ORGANISATION,
    SIGNED_IN,
    let_strangers_read,
    narrow,
    protect,
    protect_history,
    through,
)

IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
# A health centre, which sees its own tasks alone, counts what its district has and answers drills.
IN_OWN_AREA = (
    f"({IN_PROVINCE}"
    " and ((select phaodai_setting('phaodai.district')) is null"
    " or district_id = (select phaodai_setting('phaodai.district')))"
    " and ((select phaodai_setting('phaodai.commune')) is null"
    " or commune_id = (select phaodai_setting('phaodai.commune'))))"
)
MINE_TO_KEEP = f"keeper_id = {OWN_ORGANISATION}"
OF_OWN_STATEMENT = f"exists (select 1 from supply_fundstatement parent where parent.id = statement_id and {IN_AREA})"  # noqa: S608
OF_PLAN = through("supply_readinessplan", "plan_id")
OF_OWN_PLAN = f"exists (select 1 from supply_readinessplan parent where parent.id = plan_id and {IN_OWN_AREA})"  # noqa: S608
OF_CALL = through("supply_drillcall", "call_id")
OF_AID = through("supply_aidrequest", "request_id")

MONEY = ("fund", "donation", "fundentry")
ASKED = ("needmapping", "readinessplan", "readinessdrill")
OWN = ("readinessfigure", "drillcall", "aidrequest", "aidteam")


class Migration(migrations.Migration):
    dependencies = [("supply", "0003_aid")]
    operations = [
        # Who gave, and what the fund has: for those who answer for the fund's area.
        *(protect(f"supply_{table}", see=(IN_AREA,)) for table in (*MONEY, "fundholding")),
        *(protect_history(f"supply_{table}event", see=(IN_AREA,)) for table in MONEY),
        # The keeper of a store sees what is brought to it, and nothing of who gave it.
        protect("supply_goodshandover", see=(IN_AREA, MINE_TO_KEEP)),
        protect_history("supply_goodshandoverevent", see=(IN_AREA, MINE_TO_KEEP)),
        # What was published is everybody's.
        protect("supply_fundstatement", see=(SIGNED_IN,), write=(IN_AREA,)),
        protect_history("supply_fundstatementevent", see=(SIGNED_IN,)),
        let_strangers_read("supply_fundstatement", where="true"),
        protect("supply_statementgiver", see=(SIGNED_IN,), write=(OF_OWN_STATEMENT,)),
        let_strangers_read("supply_statementgiver", where="hidden_at is null"),
        # What a scenario asks and which drill is on is there to be known in the whole province.
        *(protect(f"supply_{table}", see=(IN_PROVINCE,), write=(IN_OWN_AREA,)) for table in ASKED),
        *(protect_history(f"supply_{table}event", see=(IN_PROVINCE,)) for table in ASKED),
        protect("supply_readinessline", see=(OF_PLAN,), write=(OF_OWN_PLAN,)),
        *(protect(f"supply_{table}", see=(IN_OWN_AREA,)) for table in OWN),
        *(protect_history(f"supply_{table}event", see=(IN_OWN_AREA,)) for table in OWN),
        protect("supply_drillcount", see=(OF_CALL,)),
        *(protect(f"supply_{table}", see=(OF_AID,)) for table in ("aidline", "aidstep")),
        protect_history("supply_aidstepevent", see=(OF_AID,)),
        # Nothing is removed; ledgers, statements, counts and steps are written once.
        *(
            narrow(f"supply_{table}", remove=())
            for table in (
                *MONEY,
                "fundholding",
                "goodshandover",
                "statementgiver",
                *ASKED,
                *OWN,
            )
        ),
        narrow("supply_aidline", remove=()),
        *(
            narrow(f"supply_{table}", change=(), remove=())
            for table in ("fundentry", "fundstatement", "readinessline", "drillcount", "aidstep")
        ),
    ]
