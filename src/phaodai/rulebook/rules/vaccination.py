"""When the next dose is due and whose turn it is."""

import numpy as np

from phaodai.rulebook.facts import is_missing
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.rules.calendar import Days, days_after, latest, months_after
from phaodai.rulebook.rules.rule import Rule
from phaodai.rulebook.tables import Answer
from phaodai.rulebook.words import Words

DAYS_OF_WEEK = 7
DAY_WITHOUT_DOSE = Words(
    "Có ngày tiêm mũi cuối nhưng số mũi là 0. Nêu số mũi đã tiêm, hoặc bỏ ngày tiêm.",
    "last_dose_on is given but doses is 0; give doses, or leave the day out",
)


def vaccine_interval(inquiry: Inquiry) -> Outcome:
    """Outcome: {earliest, latest}, the days between which dose `dose_number` is given; latest None where open."""
    interval = inquiry.ask("vaccine-interval")
    last_dose = inquiry.need("last_dose_on")
    deferred = months_after(inquiry["infected_on"], interval.numbers("months_after_infection"))
    return {
        "earliest": latest(_after(last_dose, interval, "least"), deferred),
        "latest": days_after(last_dose, interval.numbers("most_weeks") * DAYS_OF_WEEK),
    }


def _after(last_dose: Days, interval: Answer, limit: str) -> Days:
    """The last dose plus the limit, which the texts give in weeks, in days or in months."""
    return latest(
        days_after(last_dose, interval.numbers(f"{limit}_weeks") * DAYS_OF_WEEK),
        days_after(last_dose, interval.numbers(f"{limit}_days")),
        months_after(last_dose, interval.numbers(f"{limit}_months")),
    )


def refuse_day_without_dose(inquiry: Inquiry) -> None:
    """Whoever has a day of the last dose has had one: a number left out would count a vaccinated person as not."""
    inquiry.refuse((inquiry["doses"] == 0) & ~is_missing(inquiry["last_dose_on"]), DAY_WITHOUT_DOSE)


def vaccine_priority(inquiry: Inquiry) -> Outcome:
    """Outcome: {rank}, 1 first."""
    return {"rank": np.asarray(inquiry.ask("vaccine-priority").numbers())}


INTERVAL_FACTS = ("product", "last_dose_on", "dose_number", "immune_deficient", "infected_on")

VACCINE_INTERVAL = Rule("vaccine-interval", INTERVAL_FACTS, "vaccine-interval", vaccine_interval)
VACCINE_PRIORITY = Rule("vaccine-priority", ("group",), "vaccine-priority", vaccine_priority)
