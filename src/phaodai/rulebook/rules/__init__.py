"""The rules, by name. Each is a pure function over dated tables; which disease they speak of is the pack's business."""

from phaodai.rulebook.rules import care, contacts, levels, openings, support, vaccination
from phaodai.rulebook.rules.rule import Rule

RULES = {
    rule.name: rule
    for rule in (
        levels.RISK_LEVEL,
        contacts.CASE_CLASS,
        contacts.CONTACT_CLASS,
        contacts.QUARANTINE,
        care.ISOLATION_RELEASE,
        care.HOME_CARE,
        care.TREATMENT_TIER,
        care.RISK_GROUP,
        vaccination.VACCINE_INTERVAL,
        vaccination.VACCINE_PRIORITY,
        support.SUPPORT_AMOUNT,
        support.QUARANTINE_MEALS,
        openings.ENTERPRISE_INDEX,
        openings.SCHOOL_OPENING,
        openings.MEASURES,
        openings.OUTBREAK_OVER,
        openings.EPIDEMIC_DECLARED,
        openings.AREA_CONTROLLED,
    )
}

__all__ = ["RULES", "Rule"]
