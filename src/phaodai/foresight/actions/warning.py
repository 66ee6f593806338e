"""Early warning: a unit whose last count lies above the band that was forecast for it a week before is told of, once."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from phaodai.foresight.models import EarlyWarning, Estimate
from phaodai.foresight.rules.leaving import leaves_band
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor

AHEAD = timedelta(weeks=1)
QUIET = timedelta(weeks=1)
"""After a warning the unit is not told of again for a week: by then the forecasts have learned of the rise."""


@transaction.atomic
def raise_warnings(*, actor: Actor, moment: datetime, estimates: Sequence[Estimate]) -> list[EarlyWarning]:
    """Hold yesterday's counts against the forecasts of a week ago; all estimates are of one day."""
    if not estimates:
        return []
    last, units = estimates[0].last, [one.unit_id for one in estimates]
    before = Estimate.objects.made_on(estimates[0].on - AHEAD, units)
    quiet = set(EarlyWarning.objects.filter(unit__in=units).since(last, QUIET).values_list("unit_id", flat=True))
    fresh = [one for one in _left(estimates, before, moment) if one.unit_id not in quiet]
    for warning in fresh:
        warning.save()
        about = {"unit": warning.unit_id, "day": warning.day.isoformat()}
        Fact.tell("foresight:warning:raised", subject=warning, moment=moment, officer=actor.officer, **about)
    return fresh


def _left(estimates: Sequence[Estimate], before: dict[int, Estimate], moment: datetime) -> Iterator[EarlyWarning]:
    for now in estimates:
        past, count = before.get(now.unit_id), now.figures["counts"][-1]
        band = past.upper(now.last) if past else None
        if past and band and leaves_band(count, band[1]):
            yield EarlyWarning(
                unit_id=now.unit_id,
                day=now.last,
                cases=int(count),
                median=band[0],
                upper=band[1],
                forecast_on=past.on,
                raised_at=moment,
                province_id=now.province_id,
                district_id=now.district_id,
                commune_id=now.commune_id,
            )
