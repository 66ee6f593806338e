"""How arrivals look: the answer in large words with its reason, dates, marks and codes."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.containment.models import Arrival
from phaodai.foundation.components import Component, Reason, State
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import span
from phaodai.foundation.registers.showing import language
from phaodai.rulebook import DEFAULT_DISEASE
from phaodai.rulebook.showing.addresses import value_url

LATE_STEPS = frozenset({Arrival.Step.TO_DECIDE})


def outcome_words(outcome: str) -> str:
    """What the person is told, as a sentence."""
    return {
        Arrival.Outcome.CENTRALISED: pgettext("arrival answer", "Quarantine at a site"),
        Arrival.Outcome.HOME: pgettext("arrival answer", "Quarantine at home"),
        Arrival.Outcome.LODGING: pgettext("arrival answer", "Quarantine at the lodging"),
        Arrival.Outcome.MONITOR: pgettext("arrival answer", "Go home, watch your health"),
        Arrival.Outcome.FREE: pgettext("arrival answer", "Go on, keep to 5K"),
        Arrival.Outcome.UNDECIDED: pgettext("arrival answer", "Wait: a health officer decides"),
    }[Arrival.Outcome(outcome)]


def why_words(record: dict[str, Any] | Any) -> str:
    """The reason in the language of the page."""
    return str((record.get("why") or {}).get(language(), ""))


def until_words(arrival: Arrival) -> list[str]:
    """The days of quarantine, tests and monitoring, each in a line; the free day is named as the last day before it."""
    lines = []
    if arrival.quarantine_until:
        lines.append(_("Quarantine to the end of %(day)s.") % {"day": _last(arrival.quarantine_until)})
    if arrival.test_on:
        days = ", ".join(day_words(one, language()) for one in arrival.test_on)
        lines.append(_("Tests on %(days)s.") % {"days": days})
    if arrival.monitor_until:
        lines.append(_("Health watched to the end of %(day)s.") % {"day": _last(arrival.monitor_until)})
    return lines


def _last(free: date) -> str:
    return day_words(free - timedelta(days=1), language())


def clock_words(arrival: Arrival) -> str:
    """What is said when the telephone's clock was wrong; empty when it was not."""
    if not arrival.clock_off or arrival.phone_said is None:
        return ""
    about = {
        "wrong": moment_words(arrival.phone_said, language()),
        "right": moment_words(arrival.at, language()),
        "off": span(timedelta(seconds=abs(arrival.clock_off))),
    }
    if arrival.clock_off > 0:
        return _("The telephone's clock is %(off)s ahead: it said %(wrong)s, kept is %(right)s. Set the clock.") % about
    return _("The telephone's clock is %(off)s behind: it said %(wrong)s, kept is %(right)s. Set the clock.") % about


def step_mark(arrival: Arrival) -> Component:
    """Whose work it is, as a mark."""
    if arrival.urgent and arrival.step != Arrival.Step.DONE:
        return State(pgettext("arrival", "health worker now"), "late", "warning")
    kind = "late" if arrival.step in LATE_STEPS else "act" if arrival.step in Arrival.WAITING else ""
    return State(arrival.get_step_display(), kind, "check" if arrival.step == Arrival.Step.DONE else "clock")  # type: ignore[arg-type]


def reason_of(arrival: Arrival) -> Reason:
    """Why this follows, for a door on any page."""
    record = arrival.record
    awaiting = [one["document"] for one in record.get("awaiting_verification", ())]
    rule = str(record.get("version") or "").partition("/")[0] or str(record.get("rule", ""))
    url = value_url(record["version"], DEFAULT_DISEASE) if record.get("version") else ""
    return Reason(
        arrival.masked,
        outcome_words(arrival.outcome),
        f"{why_words(record)} {chosen_words(arrival)}".strip(),
        record.get("clause") or "",
        record.get("document") or rule,
        url,
        _("not verified: %(values)s") % {"values": ", ".join(dict.fromkeys(awaiting))} if awaiting else "",
        "",
    )


def chosen_words(arrival: Arrival) -> str:
    """What an officer decided in the rule's place, and why; empty where the rule decided."""
    chosen = arrival.record.get("chosen")
    if not chosen:
        return ""
    who = arrival.decided_by.full_name if arrival.decided_by else ""
    return _("Decided by %(who)s: %(because)s") % {"who": who, "because": chosen["because"]}
