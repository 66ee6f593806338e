"""Cases under care: when isolation ends, who may stay at home, how severe a case is and on which tier it is treated."""

import numpy as np

from phaodai.rulebook.facts import is_missing
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.rules.calendar import Days, days_after, days_between, latest
from phaodai.rulebook.rules.rule import Rule
from phaodai.rulebook.rules.vaccination import refuse_day_without_dose
from phaodai.rulebook.tables import Answer
from phaodai.rulebook.words import Words

WHERE = Words("Nêu setting=home hoặc setting=hospital.", "Give setting=home or setting=hospital.")
NEVER = np.datetime64("NaT", "D")


def isolation_release(inquiry: Inquiry) -> Outcome:
    """Outcome: {released, on}; `on` is the day of release, None while nothing yet given ends the isolation."""
    since, symptoms_end = inquiry.need("since_on"), inquiry["symptoms_end_on"]
    inquiry.refuse(~np.isin(inquiry["setting"], ("home", "hospital")), WHERE)
    untold = is_missing(symptoms_end)
    stated = inquiry.rely("symptomatic", untold & (inquiry["setting"] == "hospital"))
    inquiry.derive("had_symptoms", np.where(untold, stated, 1.0))
    inquiry.derive("last_symptom_day", days_between(since, symptoms_end))
    criteria = inquiry.ask("isolation-release")
    earliest = latest(
        days_after(since, criteria.numbers("days", 0.0)),
        days_after(symptoms_end, criteria.numbers("symptom_free_days")),
    )
    on = np.fmin(_by_test(inquiry, criteria, earliest), _by_time(inquiry, criteria))
    return {"released": on <= inquiry.on, "on": on}


def _by_test(inquiry: Inquiry, criteria: Answer, earliest: Days) -> Days:
    """Release on a negative sample that is neither too early nor, on the day of leaving, too old."""
    sample = inquiry["negative_test_on"]
    on = latest(earliest, days_after(sample, criteria.numbers("days_after_sample", 0.0)))
    late_enough = days_between(inquiry["since_on"], sample) >= criteria.numbers("sample_from_day", -np.inf)
    fresh = days_between(sample, on) <= criteria.numbers("sample_valid_days", np.inf)
    return np.where(~is_missing(sample) & late_enough & fresh, on, NEVER)


def _by_time(inquiry: Inquiry, criteria: Answer) -> Days:
    """Release after the longer stay that some rules allow without a negative sample."""
    longer, shorter = criteria.numbers("longest_unvaccinated"), criteria.numbers("longest_vaccinated")
    matters = (longer > shorter) & is_missing(inquiry["negative_test_on"])
    longest = np.where(inquiry.rely("fully_vaccinated", matters) == 1, shorter, longer)
    ends = days_after(inquiry["since_on"], longest)
    symptom_free = days_after(inquiry["symptoms_end_on"], criteria.numbers("symptom_free_days"))
    return np.where(is_missing(ends), NEVER, latest(ends, symptom_free))


def home_care(inquiry: Inquiry) -> Outcome:
    """Outcome: whether the case may be cared for at home."""
    refuse_day_without_dose(inquiry)
    inquiry.derive("days_since_last_dose", days_between(inquiry["last_dose_on"], np.full(inquiry.length, inquiry.on)))
    return inquiry.ask("home-care").holds()


def treatment_tier(inquiry: Inquiry) -> Outcome:
    """Outcome: {severity, tier}; tier 1 no or mild symptoms, 2 moderate, 3 severe and critical."""
    inquiry.derive("no_symptoms", (inquiry["symptoms"] == "none").astype(np.float64))
    severity = inquiry.ask("severity", principal=True)
    inquiry.derive("severity", severity.words())
    tier = inquiry.ask("treatment-tier", severity.settled)
    return {"severity": severity.objects(), "tier": tier.numbers()}


def risk_group(inquiry: Inquiry) -> Outcome:
    """Outcome: {group, place}, the risk of a case becoming severe and where it is cared for."""
    answer = inquiry.ask("risk-group")
    return {"group": answer.objects("group"), "place": answer.objects("place")}


RELEASE_FACTS = ("setting", "since_on", "negative_test_on", "fully_vaccinated", "symptomatic", "symptoms_end_on")
HOME_FACTS = (
    "symptoms",
    "respiratory_rate",
    "spo2",
    "age",
    "comorbidity",
    "comorbidity_stable",
    "doses",
    "last_dose_on",
    "carer",
)
SEVERITY_FACTS = ("symptoms", "spo2", "respiratory_rate", "lesion_share", "comorbidity", "critical")

ISOLATION_RELEASE = Rule("isolation-release", RELEASE_FACTS, "isolation-release", isolation_release)
HOME_CARE = Rule("home-care", HOME_FACTS, "home-care", home_care)
TREATMENT_TIER = Rule("treatment-tier", SEVERITY_FACTS, "severity", treatment_tier)
RISK_GROUP = Rule("risk-group", ("age", "fully_vaccinated", "comorbidity", "pregnant"), "risk-group", risk_group)
