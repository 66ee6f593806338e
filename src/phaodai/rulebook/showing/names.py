"""Names on screen that the packs do not carry: of rules, of diseases, of units of measure, of how surely a thing is known."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.components import Tag, Text
from phaodai.rulebook.provisions import Provision

RULES: dict[str, Text] = {
    "risk-level": _("Risk level of a unit"),
    "measures": _("Measures for an activity"),
    "area-controlled": _("Area under control"),
    "case-class": _("Kind of case"),
    "contact-class": _("Kind of contact"),
    "quarantine": _("Quarantine"),
    "isolation-release": _("End of a case's isolation"),
    "home-care": _("Care at home"),
    "treatment-tier": _("Tier of treatment"),
    "risk-group": _("Risk group of a case"),
    "vaccine-interval": _("Interval between doses"),
    "vaccine-priority": _("Order of vaccination"),
    "support-amount": _("Amount of support"),
    "quarantine-meals": _("Meals in quarantine"),
    "enterprise-index": _("Risk index of an enterprise"),
    "school-opening": _("Opening of a school"),
    "outbreak-over": _("End of an epidemic"),
    "epidemic-declared": _("Declaration of an epidemic"),
}
DISEASES: dict[str, Text] = {"covid-19": _("COVID-19"), "dengue": _("Dengue")}
UNITS: dict[str, Text] = {
    "days": _("days"),
    "weeks": _("weeks"),
    "years": _("years"),
    "hours": _("hours"),
    "levels": _("levels"),
    "rank": _("rank"),
    "m": pgettext_lazy("unit", "m"),
    "đồng": _("đồng"),
    "đồng a day": _("đồng a day"),
    "share of beds": _("share of beds, 0 to 1"),
    "share of capacity": _("share of capacity, 0 to 1"),
    "new cases per 100,000 people per week": _("cases per 100,000 people a week"),
}
CONFIDENCES: dict[str, Text] = {
    "A": _("read in the text"),
    "B": _("read in secondary text"),
    "E": _("derived from data"),
    "C": _("from memory"),
    "D": _("uncertain"),
}
STATUSES: dict[str, Text] = {
    "concluded": _("Concluded"),
    "unverified": _("No outcome: a value awaits verification"),
    "unprovided": _("No outcome: no provision that was entered speaks of this case"),
    "incomplete": _("Facts are missing"),
    "refused": _("The facts contradict each other"),
}


def rule_name(name: str) -> Text:
    """A rule's name on screen."""
    return RULES.get(name, name)


def disease_name(name: str) -> Text:
    """A disease's name on screen."""
    return DISEASES.get(name, name)


def confidence_tag(provision: Provision) -> Tag:
    """How surely a value is known; plum where nobody has verified it."""
    if provision.verified_by:
        return Tag(_("verified by %(name)s") % {"name": provision.verified_by}, icon="check")
    if provision.state == "announced":
        return Tag(_("announced, no figure read"), "late")
    if not provision.verified:
        return Tag(CONFIDENCES[provision.confidence], "late")
    if provision.doubtful:
        return Tag(_("in part unverified"), "late")
    return Tag(CONFIDENCES[provision.confidence], icon="check")
