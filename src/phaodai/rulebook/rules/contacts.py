"""Who is a case, who is a contact of which degree, and how long contacts and arrivals are quarantined."""

import numpy as np

from phaodai.rulebook.facts import is_missing
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.rules.calendar import days_after, days_between, months_between
from phaodai.rulebook.rules.rule import Rule
from phaodai.rulebook.rules.vaccination import refuse_day_without_dose
from phaodai.rulebook.words import Words

NOT_RECOVERED_YET = Words(
    "Ngày khỏi bệnh sau ngày bắt đầu cách ly. Sửa một trong hai ngày.",
    "recovered_on lies after start_on; mend one of the two",
)


def contact_class(inquiry: Inquiry) -> Outcome:
    """Outcome: "F1", "F2" or "none"."""
    return inquiry.ask("contact-class").words()


def case_class(inquiry: Inquiry) -> Outcome:
    """Outcome: "confirmed", "suspected" or "none"."""
    return inquiry.ask("case-class").words()


def quarantine(inquiry: Inquiry) -> Outcome:
    """Outcome: {isolate_days, place, monitor_days, test_days, until, monitor_until}.

    Days are counted from the first day of quarantine, which is day 0: `until` is the day on which it ends.
    """
    start = inquiry["start_on"]
    _derive_immunity(inquiry)
    answer = inquiry.ask("quarantine")
    isolate, monitor = answer.numbers("isolate_days"), answer.numbers("monitor_days")
    until = days_after(start, np.where(isolate > 0, isolate, np.nan))
    return {
        "isolate_days": isolate,
        "place": answer.objects("place"),
        "monitor_days": monitor,
        "test_days": answer.objects("test_days"),
        "until": until,
        "monitor_until": days_after(until, monitor),
    }


def _derive_immunity(inquiry: Inquiry) -> None:
    """How long ago the last dose and the recovery were on the first day of quarantine."""
    start, last_dose, recovered = inquiry["start_on"], inquiry["last_dose_on"], inquiry["recovered_on"]
    refuse_day_without_dose(inquiry)
    inquiry.refuse(recovered > start, NOT_RECOVERED_YET)
    untold = (inquiry["doses"] > 0) & is_missing(last_dose)
    inquiry.derive("days_since_last_dose", days_between(last_dose, start))
    inquiry.derive("months_since_last_dose", np.where(untold, np.nan, months_between(last_dose, start)))
    inquiry.derive("months_since_recovery", months_between(recovered, start))
    inquiry.derive("recovered", (~is_missing(recovered)).astype(np.float64))


CASE_FACTS = (
    *("pcr_positive", "antigen_positive", "hours_between_antigen_tests", "contact_of_case", "epidemiological_factor"),
    *("clinically_suspected", "symptomatic", "symptom_count", "fever_and_cough", "severe_respiratory_infection"),
)
CONTACT_FACTS = ("of", "distance_m", "minutes", "masked", "enclosed", "physical", "care_without_ppe")
QUARANTINE_FACTS = ("who", "start_on", "doses", "last_dose_on", "recovered_on", "origin", "at_home", "short_stay")

CASE_CLASS = Rule("case-class", CASE_FACTS, "case-class", case_class)
CONTACT_CLASS = Rule("contact-class", CONTACT_FACTS, "contact-class", contact_class)
QUARANTINE = Rule("quarantine", QUARANTINE_FACTS, "quarantine", quarantine)
