"""Risk level of a unit: the colours of 2021, then the four levels of Resolution 128 by the criteria in force."""

import numpy as np
from numpy.typing import NDArray

from phaodai.rulebook.facts import Column, Mask
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.rules.rule import Rule

HIGHEST = 4.0
COMMUNE_FACTORS = (
    *("unknown_source_cases", "known_source_cases", "uncontrolled_place", "clustered", "community_contacts"),
    *("adjacent_red", "adjacent_orange", "exposed_to_arrivals"),
)
ROLL_UP_FACTORS = (
    *("red_subunit_share", "orange_subunit_share", "yellow_subunit_share", "red_subunits", "scattered"),
    *("spread_share", "protected_site_exposed"),
)
INDICATORS = (
    *("cases_per_100k_week", "dose1_adult_share", "full_elderly_share", "treatment_plan", "previous_level"),
    *("transmission_level", "response_capacity", "full_population_share", "full_high_risk_share"),
)


def weekly_rate(cases: NDArray[np.float64], population: NDArray[np.float64], weeks: float) -> NDArray[np.float64]:
    """New cases per 100,000 people per week, averaged over the weeks counted; shapes (n,), NaN where nobody lives.

    The number of weeks is the pack's value `risk-level.time-base`.
    """
    people = np.where(population > 0, population, np.nan)
    # One division, so that a rate that is a whole number comes out whole and no limit is missed by a rounding.
    return np.asarray(cases * 100_000 / (weeks * people))


def risk_level(inquiry: Inquiry) -> Outcome:
    """Outcome: 1 (green) to 4 (red)."""
    regime = inquiry.ask("risk-level.regime", principal=True)
    methods = regime.words()
    level = np.full(inquiry.length, np.nan)
    for method, assess in METHODS.items():
        where = regime.settled & (methods == method)
        if where.any():
            level = np.where(where, assess(inquiry, where), level)
    return level


def colours(inquiry: Inquiry, where: Mask) -> Column:
    """Decision 2686: red is tested before orange, orange before yellow; any one factor suffices."""
    return inquiry.ask("risk-level.colours", where).numbers()


def by_coverage(inquiry: Inquiry, where: Mask) -> Column:
    """Decision 4800: transmission against first-dose coverage, then raised where the elderly are not protected."""
    transmission = inquiry.ask("risk-level.transmission", where)
    coverage = inquiry.ask("risk-level.coverage", where)
    inquiry.derive("transmission", transmission.numbers())
    inquiry.derive("coverage", coverage.words())
    base = inquiry.ask("risk-level.matrix", where & transmission.settled & coverage.settled)
    inquiry.derive("base_level", base.numbers())
    raised = inquiry.ask("risk-level.raise", base.settled)
    level = np.minimum(base.numbers() + raised.numbers(), HIGHEST)
    return _not_lowered(inquiry, level, base.settled & raised.settled)


def _not_lowered(inquiry: Inquiry, level: Column, where: Mask) -> Column:
    """Without the treatment plan of criterion 3 a level may rise but not fall."""
    inquiry.derive("proposed_level", level)
    falls = where & (level < inquiry["previous_level"])
    kept = inquiry.ask("risk-level.lowering", falls)
    return np.where(kept.found & ~kept.holds(), inquiry["previous_level"], level)


def by_capacity(inquiry: Inquiry, where: Mask) -> Column:
    """Decision 218: transmission against the capacity to respond, raised where vaccination falls short."""
    transmission = inquiry.ask("risk-level.transmission", where)
    inquiry.derive("transmission", transmission.numbers())
    base = inquiry.ask("risk-level.matrix", where & transmission.settled)
    inquiry.derive("base_level", base.numbers())
    raised = inquiry.ask("risk-level.raise", base.settled)
    return np.asarray(np.minimum(base.numbers() + raised.numbers(), HIGHEST))


METHODS = {"colours": colours, "coverage": by_coverage, "capacity": by_capacity}

RISK_LEVEL_FACTS = ("tier", *INDICATORS, *COMMUNE_FACTORS, *ROLL_UP_FACTORS)

RISK_LEVEL = Rule("risk-level", RISK_LEVEL_FACTS, "risk-level.regime", risk_level)
