"""The daily six numbers of a facility that keeps no bed book."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import facility_for
from phaodai.care.models import BedReport, Facility
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version

MANAGE = Permission.CARE_BED_MANAGE
NUMBERS = ("plain_beds", "plain_used", "oxygen_beds", "oxygen_used", "icu_beds", "icu_used")
LATEST = timedelta(days=30)
"""Older days are history: they are mended in the list, not reported."""


@transaction.atomic
def report_beds(
    *, actor: Actor, moment: datetime, facility_id: int, day: date | None = None, **numbers: int
) -> BedReport:
    """Write the numbers of a day (`NUMBERS`); sent again they replace those of that day. Tells `care:beds:reported`."""
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    _refuse(facility, numbers, day or local_day(moment), moment)
    report = BedReport.objects.select_for_update().filter(facility=facility, day=day or local_day(moment)).first()
    if report is None:
        report = BedReport(facility=facility, day=day or local_day(moment), **Area.of(facility).columns)
    else:
        report.version += 1
    for name in NUMBERS:
        setattr(report, name, numbers.get(name, 0))
    report.counted_at, report.officer_id = _counted_at(report.day, moment), actor.officer
    return _kept(report, actor, moment)


def _refuse(facility: Facility, numbers: dict[str, int], day: date, moment: datetime) -> None:
    if facility.keeps_bed_book:
        words = _("%(facility)s keeps a bed book: its figures are counted from its beds. Set the beds instead.")
        raise Refusal(words % {"facility": facility.name})
    if day > local_day(moment):
        raise Refusal(_("This day has not come yet."), field="day")
    if day < local_day(moment) - LATEST:
        raise Refusal(_("This day is more than 30 days ago. Look at the year."), field="day")
    for kind in ("plain", "oxygen", "icu"):
        beds, used = numbers.get(f"{kind}_beds", 0), numbers.get(f"{kind}_used", 0)
        if used > beds:
            about = {"used": used, "beds": beds}
            words = _("%(used)d are taken of %(beds)d beds. Count the extra beds as beds too.")
            raise Refusal(words % about, field=f"{kind}_used")


def _counted_at(day: date, moment: datetime) -> datetime:
    """Now; for a day that is past, the same hour of it."""
    return moment - (local_day(moment) - day)


def _kept(report: BedReport, actor: Actor, moment: datetime) -> BedReport:
    report.full_clean(exclude=["facility"])
    with worded():
        report.save()
    Fact.tell("care:beds:reported", subject=report.facility, moment=moment, officer=actor.officer)
    return report


@transaction.atomic
def amend_report(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> BedReport:
    """Mend numbers of a day in the list."""
    actor.require(MANAGE)
    report = BedReport.objects.visible_to(actor).filter(pk=pk).first()
    if report is None:
        raise NotHere(_("There is no such bed report that your post may see."))
    facility_for(actor, report.facility_id, open_only=False)
    report = BedReport.objects.select_for_update(of=("self",)).select_related("facility").get(pk=pk)
    for name, value in guard_version(report, version, changes).items():
        setattr(report, name, value)
    report.version, report.officer_id = report.version + 1, actor.officer
    return _kept(report, actor, moment)
