"""When the beds of each tier are full if the forecast comes true, shown on the page of beds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from phaodai.care.models import Facility, TreatmentTier
from phaodai.care.models.facilities_counts import FLOW_DAYS, FacilityNow, Flow, facilities_now
from phaodai.care.pages.facilities_filling import DAYS_AHEAD, Outlook, outlook_of
from phaodai.care.pages.facilities_words import filling_words
from phaodai.care.rules.facilities import joined
from phaodai.care.rules.facilities_filling import fills_on
from phaodai.foresight.models import Estimate
from phaodai.foundation.components import Content, Fact, Facts, Note
from phaodai.foundation.formats import number, percent
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

LOW, MIDDLE, HIGH = 0, 2, 4
"""Places of the 2.5, 50 and 97.5% in a day of the stored forecast."""


def beds_by_forecast(actor: Actor, moment: datetime) -> tuple[str, Content] | None:
    """Title and facts by tier; nothing for whoever reads no forecast, or where none was made or nobody was admitted."""
    if actor.area.province is None or not actor.may(Permission.FORESIGHT_FORECAST_READ):
        return None
    estimate = Estimate.objects.visible_to(actor).filter(unit_id=actor.area.province).newest(moment.date()).first()
    if estimate is None or not estimate.figures["forecast"]:
        return None
    parts = facilities_now(Facility.objects.visible_to(actor).open().select_related("place"), moment)
    outlook = outlook_of(parts, moment)
    cases = sum(one or 0 for one in estimate.figures["counts"][-FLOW_DAYS:])
    admitted = sum(outlook.flows.values(), Flow()).admissions
    if not cases or not admitted:
        return None
    title = _("When beds are full, by the forecast")
    if admitted > cases:
        words = _(
            "%(admitted)s were admitted in 7 days and %(cases)s cases counted: the forecast does not fit the beds."
        )
        about = {"admitted": number(admitted, 0, language()), "cases": number(cases, 0, language())}
        return title, Note(words % about, icon="info")
    facts = [_tier(tier, parts, outlook, estimate, cases, moment) for tier in TreatmentTier]
    share = percent(admitted / cases, 0, language())
    note = _(
        "Cases of the stored forecast with its 95%% interval; %(share)s of them are admitted, as in the last 7 days."
    )
    basis = Fact(_("Reckoned from"), note % {"share": share}, wide=True)
    return title, Facts([*facts, basis])


def _tier(
    tier: TreatmentTier,
    parts: Sequence[FacilityNow],
    outlook: Outlook,
    estimate: Estimate,
    cases: int,
    moment: datetime,
) -> Fact:
    here = [one for one in parts if one.facility.tier == tier]
    counted = joined(one.counted for one in here).all
    share = _admitted(here, outlook.flows) / cases
    if not share or not counted.beds:
        return Fact(tier.label, filling_words(None).mark)
    days = estimate.figures["forecast"][:DAYS_AHEAD]
    filling = fills_on(
        today=moment.date(),
        occupied=counted.used,
        capacity=outlook.capacity(here, moment)[: len(days) + 1],
        arrivals_by_day=[(day[LOW] * share, day[MIDDLE] * share, day[HIGH] * share) for day in days],
        mean_stay=outlook.mean_stay,
    )
    about = {"used": number(counted.used, 0, language()), "beds": number(counted.beds, 0, language())}
    return Fact(tier.label, filling_words(filling).mark, note=_("%(used)s of %(beds)s beds taken now") % about)


def _admitted(parts: Sequence[FacilityNow], flows: Mapping[int, Flow]) -> int:
    return sum((flows.get(one.facility.pk, Flow()) for one in parts), Flow()).admissions
