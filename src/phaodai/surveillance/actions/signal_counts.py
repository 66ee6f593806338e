"""Syndromic counts: sent day by day or as a sheet, mended, and counted from the program's own records."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.constraints import check_row
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.surveillance.actions.areas import columns_of_area
from phaodai.surveillance.models import SignalCount
from phaodai.surveillance.models.own_signals import Counted, counted_in_own_books
from phaodai.surveillance.models.signal_counts import OWN_BOOKS
from phaodai.surveillance.rules.early_detection import HISTORY
from phaodai.territory.models import Unit

FIGURES = ("count", "denominator")
"""What may be mended; unit, day and source name the row and stay."""


@transaction.atomic
def record_signal(
    *,
    actor: Actor,
    moment: datetime,
    code: str,
    day: date,
    source: str,
    count: int,
    denominator: int | None = None,
) -> SignalCount:
    """Keep how many people of a unit showed a sign on a day, by one source."""
    actor.require(Permission.SURVEILLANCE_SIGNAL_WRITE)
    if day > moment.astimezone(VIETNAM).date():
        words = _("%(day)s has not come yet. Write the day that was counted.")
        raise Refusal(words % {"day": f"{day:%d/%m/%Y}"}, field="day")
    if source in OWN_BOOKS:
        raise Refusal(_("The program counts this source from its own records. Choose another."), field="source")
    unit = Unit.objects.of_code(code, day)
    row = SignalCount(
        unit=unit, code=unit.code, day=day, source=source, count=count, denominator=denominator, **columns_of_area(unit)
    )
    actor.require_area(row)
    check_row(row)
    row.save()
    Fact.tell("surveillance:signal:recorded", subject=row, moment=moment, officer=actor.officer)
    return row


@transaction.atomic
def amend_signal(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> SignalCount:
    """Mend a count that was written wrongly; what the program counted itself is mended where it was written down."""
    actor.require(Permission.SURVEILLANCE_SIGNAL_WRITE)
    found = SignalCount.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    actor.require_area(found)
    row = SignalCount.objects.select_for_update().get(pk=pk)
    if row.counted:
        raise Refusal(_("The program counted this from its own records. Correct the records; the count follows."))
    for name, value in guard_version(row, version, changes).items():
        if name not in FIGURES:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(row, name, value)
    row.version += 1
    check_row(row)
    row.save()
    Fact.tell("surveillance:signal:amended", subject=row, moment=moment, officer=actor.officer, fields=sorted(changes))
    return row


@transaction.atomic
def count_own_books(*, actor: Actor, moment: datetime, province: Unit) -> int:
    """Bring the counts of a province that come from its own records up to yesterday; returns how many rows were written.

    A count that a unit sent itself stays: it may know of more than was written down here.
    """
    actor.require(Permission.SURVEILLANCE_SIGNAL_WRITE)
    last = moment.astimezone(VIETNAM).date() - timedelta(days=1)
    first = last - HISTORY
    rows = SignalCount.objects.filter(province_id=province.pk).between(first, last)
    known = {(row.source, row.unit_id, row.day): row for row in rows.filter(counted=True)}
    sent = set(rows.filter(counted=False).values_list("source", "unit_id", "day"))
    found = {one[:3]: one for one in counted_in_own_books(province.pk, first, last) if one[:3] not in sent}
    units = Unit.objects.in_bulk({unit for _source, unit, _day in found})
    fresh = [_row(one, units[one[1]]) for key, one in found.items() if key not in known]
    changed = [row for key, row in known.items() if _mended(row, found.get(key))]
    for row in changed:
        row.updated_at = moment
    SignalCount.objects.bulk_create(fresh, batch_size=1000)
    SignalCount.objects.bulk_update(changed, ["count", "denominator", "version", "updated_at"], batch_size=500)
    return len(fresh) + len(changed)


def _row(one: Counted, unit: Unit) -> SignalCount:
    source, _unit, day, ill, asked = one
    about = {"unit": unit, "code": unit.code, "day": day, "source": source}
    return SignalCount(**about, count=ill, denominator=asked, counted=True, **columns_of_area(unit))


def _mended(row: SignalCount, one: Counted | None) -> bool:
    """Bring a row to what the books say now, nobody where they say nothing; whether it had to be changed."""
    ill, asked = one[3:] if one else (0, row.denominator)
    if (row.count, row.denominator) == (ill, asked):
        return False
    row.count, row.denominator, row.version = ill, asked, row.version + 1
    return True
