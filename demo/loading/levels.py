"""Weekly figures into the program, and what followed: levels each day, signed and announced on Mondays, three left open."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from demo.epidemic_weeks import Week
from phaodai.containment.actions.deciding import announce_level, decide_together
from phaodai.containment.actions.levels import compute_levels
from phaodai.containment.models import LevelDecision, WeeklyIndicator
from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.territory.models import Unit

FIRST = date(2021, 10, 12)
"""The first day of the four levels (decision 4800)."""
NIGHT, MORNING = time(5, 50), time(8, 0)
LEFT_OPEN = timedelta(days=7)
"""What was proposed in the last week waits for whoever opens the demonstration."""


def load_levels(weeks: list[Week], units: Mapping[str, Unit], province: Unit, decider: Actor, now: datetime) -> None:
    """Keep the figures, then compute every day up to `now` as the nightly job did."""
    with entering(SYSTEM):
        WeeklyIndicator.objects.bulk_create(_indicator(week, units[week.code]) for week in weeks)
    day = FIRST
    while day <= now.date():
        _compute(province, datetime.combine(day, NIGHT, tzinfo=clock.VIETNAM))
        if day.weekday() == 0 and day < now.date() - LEFT_OPEN:
            _decide(decider, datetime.combine(day, MORNING, tzinfo=clock.VIETNAM))
        day += timedelta(days=1)
    with entering(SYSTEM):
        # The nine days told hold all tasks of the demonstration; those that followed earlier levels are over.
        Fact.objects.waiting().filter(kind="containment:level:announced").update(followed_at=now)


def _indicator(week: Week, unit: Unit) -> WeeklyIndicator:
    return WeeklyIndicator(
        unit=unit, code=week.code, week_ending=week.ending, community_cases=week.cases, population=week.population,
        population_on=date(2021, 4, 1), adults=week.adults, adults_one_dose=week.adults_one_dose,
        elderly_from=week.elderly_from, elderly=week.elderly, elderly_full=week.elderly_full,
        treatment_plan=week.treatment_plan, **{f"{tier}_id": value for tier, value in vars(unit.area).items()},
    )  # fmt: skip


def _compute(province: Unit, moment: datetime) -> None:
    with clock.at(moment), entering(SYSTEM, why="levels"):
        compute_levels(actor=SYSTEM, moment=moment, unit=province, on=moment.date())


def _decide(decider: Actor, moment: datetime) -> None:
    with clock.at(moment), entering(decider, why="levels"):
        waiting = list(LevelDecision.objects.waiting().values_list("pk", flat=True))
        if waiting:
            decide_together(actor=decider, moment=moment, decision_ids=waiting)
            for pk in waiting:
                announce_level(actor=decider, moment=moment, decision_id=pk)
