"""Scenarios in the directives' words: measures, where and when they hold, and what the rules say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from phaodai.foresight.rules.scenario_files import Order
from phaodai.foresight.rules.scenario_law import Ruling, Standing
from phaodai.foundation.components import State
from phaodai.foundation.formats import number, short_day
from phaodai.foundation.registers.showing import language

KINDS = {
    "outbreak": gettext_lazy("Infected at the beginning"),
    "arrivals": gettext_lazy("Arrivals from epidemic areas"),
    "five_measures": "5K",
    "distancing": gettext_lazy("Distancing by directive or level"),
    "closing": pgettext_lazy("scenario", "Closed"),
    "lockdown": gettext_lazy("Lockdown"),
    "stay_in_place": gettext_lazy("Everybody stays where they are"),
    "checkpoint": gettext_lazy("Checkpoints"),
    "three_on_the_spot": gettext_lazy("Three on the spot"),
    "testing": gettext_lazy("Testing"),
    "tracing": gettext_lazy("Tracing"),
    "quarantine": gettext_lazy("Quarantine of contacts"),
    "isolation": gettext_lazy("Isolation of cases"),
    "treatment": gettext_lazy("Beds, intensive care, oxygen"),
    "vaccination": gettext_lazy("Vaccination"),
}
LEVELS = {
    "level-1": gettext_lazy("Resolution 128, level 1"),
    "level-2": gettext_lazy("Resolution 128, level 2"),
    "level-3": gettext_lazy("Resolution 128, level 3"),
    "level-4": gettext_lazy("Resolution 128, level 4"),
    "15": gettext_lazy("Directive 15"),
    "16": gettext_lazy("Directive 16"),
    "19": gettext_lazy("Directive 19"),
}
CLOSED = {
    "schools": gettext_lazy("schools"),
    "gatherings": gettext_lazy("gatherings"),
    "parks": gettext_lazy("industrial parks"),
    "workplaces": gettext_lazy("workplaces"),
    "markets": gettext_lazy("markets"),
}
TESTED = {
    "symptomatic": gettext_lazy("people with symptoms"),
    "random": gettext_lazy("people picked at random"),
    "targeted": gettext_lazy("chosen groups"),
}
GROUPS = {
    "everyone": gettext_lazy("everyone"),
    "schools": gettext_lazy("pupils and teachers"),
    "teachers": gettext_lazy("teachers"),
    "workers": gettext_lazy("workers"),
    "parks": gettext_lazy("workers of industrial parks"),
    "health": gettext_lazy("health workers"),
    "elderly": gettext_lazy("people of 65 and over"),
    "adults": gettext_lazy("adults"),
}
SERIES = {
    "infections": pgettext_lazy("scenario", "Infected"),
    "cases": pgettext_lazy("scenario", "Cases found"),
    "deaths": pgettext_lazy("scenario", "Deaths"),
    "beds_tier_1": gettext_lazy("Beds, tier 1"),
    "beds_tier_2": gettext_lazy("Beds, tier 2"),
    "beds_tier_3": gettext_lazy("Intensive care beds, tier 3"),
    "waiting_for_bed": gettext_lazy("Patients waiting for a bed"),
    "oxygen": gettext_lazy("Patients on oxygen"),
    "isolation_home": gettext_lazy("Cases isolated at home"),
    "quarantine_site": gettext_lazy("Quarantine places"),
    "quarantine_home": gettext_lazy("People in quarantine at home"),
    "tests": pgettext_lazy("scenario", "Tests"),
    "kits": gettext_lazy("Test kits"),
    "protective_sets": gettext_lazy("Protective sets"),
    "doses": gettext_lazy("Vaccine doses"),
    "staff": gettext_lazy("Health staff"),
    "workdays_lost": gettext_lazy("Workdays lost"),
    "workdays_lost_parks": gettext_lazy("Workdays lost in industrial parks"),
    "school_days_lost": gettext_lazy("School days lost"),
}
DETAILS = {
    "infected": gettext_lazy("people infected"),
    "people_a_day": gettext_lazy("arrivals a day"),
    "tests_a_day": gettext_lazy("tests a day at most"),
    "cases_a_day": gettext_lazy("cases traced a day at most"),
    "delay": gettext_lazy("days until contacts are found"),
    "turnaround": gettext_lazy("days until the result"),
    "every": gettext_lazy("days from round to round"),
    "pool": gettext_lazy("samples to a test"),
    "days": pgettext_lazy("quarantine", "days"),
    "places": gettext_lazy("places"),
    "tier_1": gettext_lazy("beds of tier 1"),
    "tier_2": gettext_lazy("beds of tier 2"),
    "tier_3": gettext_lazy("beds of tier 3"),
    "doses_a_day": gettext_lazy("doses a day"),
    "interval": gettext_lazy("days between the doses"),
}
SHARES = {
    "compliance": gettext_lazy("keep it"),
    "adherence": gettext_lazy("follow it"),
    "share": pgettext_lazy("scenario", "of them"),
    "passing": gettext_lazy("of contacts across communes left"),
    "found": gettext_lazy("of infected arrivals found"),
    "second": gettext_lazy("of F2 kept at home"),
    "at_site": gettext_lazy("at a quarantine site"),
    "uptake": gettext_lazy("want the vaccine"),
    "already": gettext_lazy("of them vaccinated already"),
}
MOST_NAMED = 3


@dataclass(frozen=True)
class Measure:
    """An order in words: what, where, when, how much."""

    place: int
    kind: str
    title: str
    where: str
    when: str
    details: str


def measures_of(orders: Sequence[Order], names: Mapping[str, str], start: date) -> list[Measure]:
    """Orders in words; `names` are those of the communes by code."""
    return [
        Measure(place, str(order["kind"]), title_of(order), _where(order, names), _when(order, start), _details(order))
        for place, order in enumerate(orders)
    ]


def title_of(order: Order) -> str:
    """What is ordered: Chỉ thị 16; Đóng cửa: trường học, khu công nghiệp."""
    if order["kind"] == "distancing":
        return str(LEVELS[order["level"]])
    title = str(KINDS[order["kind"]])
    parts = [str(CLOSED[what]) for what in order.get("what", ())]
    if order["kind"] == "testing":
        who = order.get("who", "symptomatic")
        groups = [str(GROUPS[one]) for one in order.get("groups", ())]
        parts = groups if who == "targeted" and groups else [str(TESTED[who])]
    return f"{title}: {', '.join(parts)}" if parts else title


def _where(order: Order, names: Mapping[str, str]) -> str:
    area = order.get("area") or ()
    if not area:
        return _("whole area")
    shown = [names.get(code, code) for code in list(area)[:MOST_NAMED]]
    more = len(area) - len(shown)
    return ", ".join(shown) + (ngettext(" and %d more", " and %d more", more) % more if more else "")


def _when(order: Order, start: date) -> str:
    first, last = order.get("from", 0), order.get("until")
    begins = short_day(start + timedelta(days=first), language())
    if last is None:
        return _("from %(day)s") % {"day": begins} if first else _("the whole time")
    return _("%(first)s to %(last)s") % {"first": begins, "last": short_day(start + timedelta(days=last), language())}


def _details(order: Order) -> str:
    counted = [f"{number(order[key], 0, language())} {words}" for key, words in DETAILS.items() if key in order]
    shares = [f"{number(100 * order[key], 0, language())}% {words}" for key, words in SHARES.items() if key in order]
    return "; ".join([*counted, *shares])


def standing_mark(standing: Standing) -> State:
    """How a path stands to the rules of the day."""
    words = {
        "allowed": State(_("today's rules allow it"), "", "check"),
        "against": State(_("beyond today's rules"), "late", "warning"),
        "unverified": State(_("not verified"), "", "info"),
        "unjudged": State(_("no rule asked"), "", "info"),
    }
    return words[standing]


def ruling_words(ruling: Ruling, orders: Sequence[Order]) -> str:
    """Why an order stands as it does, in a sentence."""
    measure = title_of(orders[ruling.order]) if ruling.order >= 0 else ""
    about = {"measure": measure, "level": ruling.level or "", "document": ruling.document}
    words = {
        "level": _("%(measure)s: the level in force is %(level)s or higher everywhere in its area."),
        "above-level": _(
            "%(measure)s: some commune of its area is at level %(level)s. The level must be decided first."
        ),
        "below-level": _("Some commune is at level %(level)s, and the measures of that level are left out."),
        "directive": _("%(measure)s: the rulebook applies no such directive today; measures follow levels.")
        if ruling.standing == "against"
        else _("%(measure)s: the directive is applied today."),
        "closing": _("%(measure)s: level %(level)s limits or stops this (%(document)s)."),
        "open": _("%(measure)s: level %(level)s leaves this open (%(document)s)."),
        "unverified": _("%(measure)s: the rule for this has not been verified; a legal officer can do so."),
        "no-level": _("%(measure)s: no level is decided for some commune of its area."),
        "unasked": _("%(measure)s: the rulebook holds no limit for it; it is decided case by case."),
    }
    return words[ruling.why] % about


def names_in(beginning: Mapping[str, Any]) -> dict[str, str]:
    """The communes of a plan by code."""
    return {one["code"]: one.get("name") or one["code"] for one in beginning["communes"]}
