"""A scenario that the doctor of the epidemic put together this morning and nobody has run yet, and the levels that are met."""

from datetime import datetime

from phaodai.foresight.actions.scenarios import plan_scenario
from phaodai.foresight.actions.triggers import watch_province
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.territory.models import Unit

NAME = "Cấp 3 toàn tỉnh trong ba tuần, truy vết gấp đôi"
TIGHTER = (
    {"kind": "distancing", "level": "level-3", "from": 2, "until": 22},
    {"kind": "closing", "what": ["gatherings"], "from": 2, "until": 22},
    {"kind": "testing", "who": "symptomatic", "share": 0.5, "from": 2},
)


def load_scenarios(province: Unit, decider: Actor, now: datetime) -> None:
    """Plan it from what is known on the last morning; a run takes longer than the making of the province may."""
    with clock.at(now):
        with entering(decider, why="scenario"):
            plan = plan_scenario(
                actor=decider, moment=now, unit_id=province.pk, name=NAME, days=60, variant="delta", reproduction=6.5
            )
            plan.orders = [*plan.orders, *TIGHTER]
            plan.save(update_fields=["orders"])
        with entering(SYSTEM, why="triggers"):
            watch_province(actor=SYSTEM, moment=now, province=province)
