"""Money: support payments by policy, and who pays the meals of isolated people."""

import numpy as np

from phaodai.rulebook.facts import Column, Columns
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.rules.calendar import Day, Days, Numbers, days_between
from phaodai.rulebook.rules.rule import Rule
from phaodai.rulebook.tables import Answer

DAYS_OF_MONTH = 30.0


def support_amount(inquiry: Inquiry) -> Outcome:
    """Outcome: {amount} in đồng, for one person (or one household business, one employer's loan) and one payment."""
    months, days = inquiry["months"], inquiry["days"]
    inquiry.derive("days_stopped", np.where(np.isnan(days), months * DAYS_OF_MONTH, days))
    inquiry.derive("length_given", (~np.isnan(inquiry["days_stopped"])).astype(np.float64))
    policy = inquiry.ask("support-amount")
    return {"amount": _base(inquiry, policy) + _per_person(inquiry, policy)}


def _base(inquiry: Inquiry, policy: Answer) -> Numbers:
    """The fixed sum, and the sums by day and by month up to their caps."""
    by_day = _capped(inquiry["days"], policy, "per_day", "most_days")
    by_month = _capped(inquiry["months"], policy, "per_month", "most_months")
    wages = (
        _capped(inquiry["months"], policy, "wage_months", "most_months") * inquiry["staff"] * inquiry["minimum_wage"]
    )
    return (
        policy.numbers("base", 0.0) + by_day + by_month + np.where(policy.numbers("wage_months", 0.0) > 0, wages, 0.0)
    )


def _capped(time: Column, policy: Answer, rate: str, cap: str) -> Numbers:
    rates = policy.numbers(rate, 0.0)
    return np.where(rates > 0, rates * np.minimum(time, policy.numbers(cap, np.inf)), 0.0)


def _per_person(inquiry: Inquiry, policy: Answer) -> Numbers:
    """What is added for a pregnancy and for each child."""
    for_pregnancy, for_child = policy.numbers("pregnancy", 0.0), policy.numbers("per_child", 0.0)
    children = np.maximum(inquiry.rely("children", for_child > 0), policy.numbers("least_children", 0.0))
    return np.asarray(inquiry.rely("pregnant", for_pregnancy > 0) * for_pregnancy + children * for_child)


def quarantine_meals(inquiry: Inquiry) -> Outcome:
    """Outcome: {payer, per_day} in đồng for day number `days` of an isolation begun on `start_on`."""
    elapsed = np.maximum(days_between(inquiry["start_on"], np.full(inquiry.length, inquiry.on)) + 1, 1)
    inquiry.derive("day_number", np.where(np.isnan(inquiry["days"]), elapsed, inquiry["days"]))
    answer = inquiry.ask("quarantine-meals")
    return {"payer": answer.objects("payer"), "per_day": answer.numbers("per_day")}


def meal_day(facts: Columns, asked: Day) -> Days:
    """The day asked about while it falls inside the isolation, otherwise the day on which the isolation began."""
    start = facts["start_on"]
    elapsed = days_between(start, np.full(len(start), asked)) + 1
    inside = (elapsed >= 1) & (np.isnan(facts["days"]) | (elapsed <= facts["days"]))
    return np.where(inside, asked, start)


SUPPORT_FACTS = ("policy", "months", "pregnant", "children", "days", "degree", "event_on", "staff", "minimum_wage")

SUPPORT_AMOUNT = Rule("support-amount", SUPPORT_FACTS, "support-amount", support_amount)
QUARANTINE_MEALS = Rule(
    "quarantine-meals", ("start_on", "days", "setting"), "quarantine-meals", quarantine_meals, meal_day
)
