"""Patients in words: why a severity, what a discharge still lacks, how far a place is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from phaodai.care.models import Assessment, Patient, Transfer
from phaodai.care.rules.outcomes import Leaving
from phaodai.care.rules.placement import Offer
from phaodai.foundation.components import Reason, State
from phaodai.foundation.formats import ago, number, time_left
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.registers.showing import language
from phaodai.rulebook import DEFAULT_DISEASE
from phaodai.rulebook.showing.addresses import value_url

MISSING = {
    "symptoms_end_on": lambda: _("the day on which the symptoms ended"),
    "negative_test_on": lambda: _("the day of the last negative sample"),
    "fully_vaccinated": lambda: _("whether the patient is fully vaccinated"),
    "symptomatic": lambda: _("whether there were symptoms"),
}


def severity_mark(patient: Patient) -> State:
    """The severity as a mark: severe and critical in the colour of what needs a person."""
    words = patient.get_severity_display() if patient.severity else _("not assessed yet")
    return State(
        words, "late" if patient.is_severe or not patient.severity else "", "warning" if patient.is_severe else "care"
    )


def tier_words(tier: int | None) -> str:
    """Tier 2, or that none is known."""
    return _("Tier %(tier)d") % {"tier": tier} if tier else _("no tier yet")


def reason_of(row: Assessment) -> Reason:
    """Why the severity is as it is: the rule and its clause, or the doctor and why."""
    record: Mapping[str, Any] = row.decision
    outcome = f"{row.get_severity_display()} · {tier_words(row.tier)}"
    law = (record.get("why") or {}).get(language(), "")
    if not row.chosen:
        return Reason(_("Severity and tier"), outcome, law, record.get("clause") or "", record.get("document") or "")
    awaiting = [one["document"] for one in record.get("awaiting_verification", ())]
    said = _("Written by the doctor: %(why)s") % {"why": row.reason}
    unverified = _("not verified: %(values)s") % {"values": ", ".join(dict.fromkeys(awaiting))} if awaiting else ""
    return Reason(_("Severity and tier"), outcome, said, law, unverified=unverified)


def awaited_doors(row: Assessment) -> list[tuple[str, str]]:
    """Where each value that the rule waits for is looked up and signed: address and document."""
    awaiting = row.decision.get("awaiting_verification", ())
    return [(value_url(one["value"], DEFAULT_DISEASE), one["document"]) for one in awaiting]


def risk_reason(row: Assessment) -> Reason | None:
    """The risk group by the rule, where one was in force."""
    outcome = row.risk.get("outcome")
    if not outcome:
        return None
    groups = {
        "green": pgettext("risk group", "Low"),
        "yellow": pgettext("risk group", "Medium"),
        "orange": pgettext("risk group", "High"),
        "red": pgettext("risk group", "Very high"),
    }
    why = row.risk["why"][language()]
    return Reason(_("Risk of becoming severe"), groups[outcome["group"]], why, "", row.risk.get("document") or "")


def leaving_words(found: Leaving) -> str:
    """Whether somebody may leave today, in a sentence, with what is missing and when."""
    why = str((found.record.get("why") or {}).get(language(), ""))
    if found.missing:
        wanted = ", ".join(MISSING[one]() if one in MISSING else one for one in found.missing)
        return _("The rule still needs: %(facts)s.") % {"facts": wanted}
    if found.may:
        return _("May leave today. %(why)s") % {"why": why}
    if found.may is False and found.on is not None:
        return _("May leave from %(day)s. %(why)s") % {"day": day_words(found.on, language()), "why": why}
    if found.may is False:
        return _("May not leave yet. %(why)s") % {"why": why}
    return _("No verified rule says when this patient may leave. A doctor decides and says why. %(why)s") % {"why": why}


def offer_words(offer: Offer, now: datetime) -> str:
    """3 free beds, 12,4 km, counted 2 hours ago"""
    free = ngettext("%(count)d free bed", "%(count)d free beds", offer.free) % {"count": offer.free}
    if offer.distance_km is not None:
        far = _("%(km)s km") % {"km": number(offer.distance_km, 1, language())}
    else:
        far = [_("same commune"), _("same district"), _("same province"), _("elsewhere")][offer.steps]
    counted = offer.candidate.counted_at
    age = _("counted %(ago)s") % {"ago": ago(counted, now, language())} if counted else _("never counted")
    return f"{free} · {far} · {age}"


def clock_of(way: Transfer, now: datetime) -> State:
    """How long the present step has left, or by how much it is late."""
    if not way.is_live or way.due_at is None:
        return State(ago(way.since, now, language()), "", "check")
    return State(time_left(way.due_at, now, language()), "late" if way.due_at < now else "", "clock")
