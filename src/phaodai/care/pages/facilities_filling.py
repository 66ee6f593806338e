"""When the beds of a facility or a tier are full, if as many come each day as in the last week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from phaodai.care.models import UpgradePlan
from phaodai.care.models.facilities_counts import FacilityNow, Flow, flows_of, reported_flows
from phaodai.care.rules.facilities import joined
from phaodai.care.rules.facilities_filling import Ahead, Filling, fills_on
from phaodai.care.rules.upgrades import Planned, capacity_by_day
from phaodai.foundation.charts import Chart, Spec
from phaodai.foundation.formats import number, short_day
from phaodai.foundation.registers.showing import language

DAYS_AHEAD = 28
WORKING_STAY = 14.0
"""Mean days in a facility until ten stays of its own have ended. A working figure, not a rule."""
ENOUGH_STAYS = 10
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True)
class Outlook:
    """What is known of the weeks ahead: who comes a day, how long they stay, which beds are planned."""

    flows: Mapping[int, Flow]
    plans: Mapping[int, Sequence[UpgradePlan]]
    mean_stay: float
    stays_counted: int

    def filling(self, parts: Sequence[FacilityNow], now: datetime) -> Filling | None:
        """Of facilities taken together; None where nobody came in the last week or no bed is known."""
        counted = joined(one.counted for one in parts).all
        flow = sum((self.flows.get(one.facility.pk, Flow()) for one in parts), Flow())
        if not flow.admissions or not counted.beds:
            return None
        return fills_on(
            today=now.date(),
            occupied=counted.used,
            capacity=self.capacity(parts, now),
            arrivals_by_day=[flow.a_day] * DAYS_AHEAD,
            mean_stay=self.mean_stay,
        )

    def capacity(self, parts: Sequence[FacilityNow], now: datetime) -> list[int]:
        """Beds of today and of each day ahead, the reserve left out, planned beds counted from their day."""
        counted = joined(one.counted for one in parts).all
        plans = [
            Planned(plan.ready_on, plan.kind, plan.beds, plan.from_kind)
            for one in parts
            for plan in self.plans.get(one.facility.pk, ())
        ]
        return capacity_by_day(counted.beds - counted.held, plans, now.date(), DAYS_AHEAD)


def outlook_of(parts: Iterable[FacilityNow], now: datetime) -> Outlook:
    """The outlook of facilities in three queries."""
    listed = list(parts)
    books = flows_of([one.facility.pk for one in listed if one.facility.keeps_bed_book], now)
    together = sum(books.values(), Flow())
    mean = together.days / together.ended if together.ended >= ENOUGH_STAYS else WORKING_STAY
    reports = reported_flows([one.facility.pk for one in listed if not one.facility.keeps_bed_book], now, mean)
    plans: dict[int, list[UpgradePlan]] = {}
    ahead = UpgradePlan.objects.ahead().filter(facility__in=[one.facility.pk for one in listed])
    for plan in ahead.order_by("ready_on", "pk"):
        plans.setdefault(plan.facility_id, []).append(plan)
    return Outlook(books | reports, plans, max(mean, 1.0), together.ended)


def assumption_words(outlook: Outlook) -> str:
    """On what the days rest, for the line below them."""
    mean = number(outlook.mean_stay, 1, language())
    if outlook.stays_counted >= ENOUGH_STAYS:
        about = {"mean": mean, "count": number(outlook.stays_counted, 0, language())}
        return (
            _(
                "If as many come each day as in the last 7 days, and stay %(mean)s days as the last %(count)s discharged "
                "did. With a 95%% interval."
            )
            % about
        )
    return _(
        "If as many come each day as in the last 7 days, and stay %(mean)s days (a working figure until ten of ours are "
        "discharged). With a 95%% interval."
    ) % {"mean": mean}


def filling_chart(filling: Filling, title: str, subtitle: str) -> Chart:
    """Patients ahead with their interval against the beds of each day; the table holds the same."""
    values = [
        {"on": one.on.isoformat(), "low": one.low, "middle": one.middle, "high": one.high, "beds": one.capacity}
        for one in filling.days
    ]
    rows = [
        [
            short_day(one.on, language()),
            *(number(figure, 0, language()) for figure in (one.middle, one.low, one.high, one.capacity)),
        ]
        for one in filling.days
    ]
    columns = [_("Day"), _("Patients"), _("At least (95%)"), _("At most (95%)"), _("Beds outside the reserve")]
    return Chart(title, subtitle, title, _spec(values), columns, rows, key="filling")


def _figures(one: Ahead) -> tuple[float, ...]:
    return (one.middle, one.low, one.high, one.capacity)


def _spec(values: list[dict[str, object]]) -> Spec:
    axis = {"format": "%d/%m", "labelOverlap": True, "tickCount": 7, "title": None}
    x = {"field": "on", "type": "temporal", "axis": axis}

    def y(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "axis": {"tickCount": 4, "format": ",d", "title": None}}

    def line(field: str, **mark: object) -> Spec:
        return {"mark": {"type": "line", **mark}, "encoding": {"x": x, "y": y(field)}}

    band = {
        "mark": {"type": "area", "opacity": 0.2, "color": "var(--data)"},
        "encoding": {"x": x, "y": y("low"), "y2": {"field": "high"}},
    }
    middle = line("middle", strokeWidth=1.8, color="var(--data)")
    beds = line("beds", interpolate="step-after", strokeDash=[5, 3], color="var(--ink)")
    return {"$schema": SCHEMA, "height": 160, "data": {"values": values}, "layer": [band, middle, beds]}
