"""Alarms of early detection: raised by the clock, once an episode; taken up and closed with a reason by a person."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.jobs import defer_once
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import columns_of_area
from phaodai.surveillance.actions.signal_counts import count_own_books
from phaodai.surveillance.models import Alarm, Exceedance, Outbreak, SignalSource
from phaodai.surveillance.models.signal_series import series_of
from phaodai.surveillance.rules.early_detection import DETECTOR, EPISODE, JUDGED, Above, belongs
from phaodai.territory.models import Tier, Unit

DETECTING = "surveillance.detect"
"""The job that judges the counts, by the clock and when somebody asks."""
Found = tuple[SignalSource, Above]


def detect_later() -> None:
    """Leave the judging to the worker; asked twice, it is done once."""
    defer_once(DETECTING, timestamp=0)


def detect_everywhere(*, actor: Actor, moment: datetime) -> list[Alarm]:
    """Count the own books of every province and judge all counts; returns the alarms that were raised."""
    provinces = Unit.objects.as_of(moment.astimezone(VIETNAM).date()).filter(tier=Tier.PROVINCE)
    raised = []
    for province in provinces.order_by("sort_key", "code"):
        raised += detect_province(actor=actor, moment=moment, province=province)
    return raised


@transaction.atomic
def detect_province(*, actor: Actor, moment: datetime, province: Unit) -> list[Alarm]:
    """Judge the counts of one province up to today, and raise an alarm for each unit that is above, once an episode."""
    actor.require(Permission.SURVEILLANCE_SIGNAL_CLOSE)
    count_own_books(actor=actor, moment=moment, province=province)
    today = moment.astimezone(VIETNAM).date()
    by_unit: dict[int, list[Found]] = defaultdict(list)
    for source in SignalSource:
        series = series_of(province.pk, source, today)
        for above in series.above(today - JUDGED) if series else ():
            by_unit[above.unit].append((source, above))
    episodes, units = _recent_alarms(by_unit, today), Unit.objects.in_bulk(by_unit)
    raised = [
        alarm for unit_id, found in by_unit.items() for alarm in _keep(units[unit_id], found, episodes[unit_id], moment)
    ]
    for alarm in raised:
        Fact.tell("surveillance:alarm:raised", subject=alarm, moment=moment, officer=actor.officer)
    return raised


def _recent_alarms(units: Iterable[int], today: date) -> dict[int, list[Alarm]]:
    """The alarms of some units that a day of the judged ones may belong to, oldest first."""
    episodes: dict[int, list[Alarm]] = defaultdict(list)
    recent = Alarm.objects.filter(unit__in=list(units), last_day__gte=today - EPISODE - JUDGED - timedelta(days=2))
    for alarm in recent.order_by("first_day").prefetch_related("exceedances"):
        episodes[alarm.unit_id].append(alarm)
    return episodes


def _keep(unit: Unit, found: list[Found], episodes: list[Alarm], moment: datetime) -> list[Alarm]:
    """Add days above to the episodes that they belong to, raising alarms for those that belong to none."""
    raised = []
    for source, above in sorted(found, key=lambda one: (one[1].day, one[0])):
        alarm = next((one for one in episodes if _holds(one, above.day)), None)
        if alarm is None:
            about = {"first_day": above.day, "last_day": above.day, "raised_at": moment}
            alarm = Alarm(unit=unit, **about, **columns_of_area(unit))
            alarm.save()
            episodes.append(alarm)
            raised.append(alarm)
        _add(alarm, source, above, moment)
    return raised


def _holds(alarm: Alarm, day: date) -> bool:
    """Whether a day above is of an alarm's episode; one before its first day came with a late sheet."""
    closed_on = alarm.closed_at.astimezone(VIETNAM).date() if alarm.closed_at else None
    return day <= alarm.last_day or belongs(day, alarm.last_day, closed_on)


def _add(alarm: Alarm, source: SignalSource, above: Above, moment: datetime) -> None:
    """Keep a day above as it was when it was found; only another count changes it."""
    known = next((one for one in alarm.exceedances.all() if (one.source, one.day) == (source, above.day)), None)
    if known is None or known.count != above.count:
        row = known or Exceedance(alarm=alarm, source=source, day=above.day)
        row.count, row.expected, row.limit = above.count, above.expected, above.limit
        row.statistic, row.method = above.statistic, DETECTOR.method.value
        row.save()
    first, last = min(alarm.first_day, above.day), max(alarm.last_day, above.day)
    if (first, last) != (alarm.first_day, alarm.last_day):
        alarm.first_day, alarm.last_day, alarm.updated_at, alarm.version = first, last, moment, alarm.version + 1
        alarm.save()


def _waiting(actor: Actor, pk: int) -> Alarm:
    found = Alarm.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    actor.require_area(found)  # before the lock, which the database gives to those alone who may change the row
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if alarm.state == Alarm.State.CLOSED:
        words = _("The alarm of %(unit)s was closed already: %(reason)s.")
        raise Refusal(words % {"unit": alarm.unit.name, "reason": alarm.get_reason_display()})
    return alarm


@transaction.atomic
def take_up_alarm(*, actor: Actor, moment: datetime, alarm_id: int) -> Alarm:
    """Say that one is looking into an alarm, so that nobody else goes the same way."""
    actor.require(Permission.SURVEILLANCE_SIGNAL_CLOSE)
    alarm = _waiting(actor, alarm_id)
    alarm.state, alarm.looked_at, alarm.looked_by_id = Alarm.State.LOOKED_AT, moment, actor.officer
    alarm.version += 1
    alarm.save()
    Fact.tell("surveillance:alarm:taken-up", subject=alarm, moment=moment, officer=actor.officer)
    return alarm


@transaction.atomic
def close_alarm(*, actor: Actor, moment: datetime, alarm_id: int, reason: str, notes: str = "") -> Alarm:
    """Say what an alarm was. A real cluster is told as a fact of its own: from it an outbreak is proposed."""
    actor.require(Permission.SURVEILLANCE_SIGNAL_CLOSE)
    if reason not in Alarm.Reason.values:
        raise Refusal(_("Say what the alarm was."), field="reason")
    alarm = _waiting(actor, alarm_id)
    alarm.state, alarm.reason, alarm.notes = Alarm.State.CLOSED, reason, notes.strip()
    alarm.closed_at, alarm.closed_by_id = moment, actor.officer
    alarm.version += 1
    alarm.full_clean()
    alarm.save()
    kind = "confirmed" if reason == Alarm.Reason.CLUSTER else "closed"
    Fact.tell(f"surveillance:alarm:{kind}", subject=alarm, moment=moment, officer=actor.officer, reason=reason)
    return alarm


@transaction.atomic
def propose_for_alarm(*, actor: Actor, moment: datetime, subject_id: int) -> Outbreak | None:
    """What follows from an alarm that was a real cluster: an outbreak proposed for its unit, to be opened by a person."""
    actor.require(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    alarm = Alarm.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=subject_id).first()
    if alarm is None or alarm.outbreak_id:
        return None
    name = _("Cluster in %(unit)s") % {"unit": alarm.unit.name}
    told = _("Proposed from the alarm of early detection of %(day)s.") % {"day": day_words(alarm.first_day)}
    outbreak = Outbreak(
        name=name, notes=f"{told}\n{alarm.notes}".strip(), sort_key=sort_key(name), search_key=fold(name),
        **columns_of_area(alarm.unit),
    )  # fmt: skip
    outbreak.full_clean()
    outbreak.save()
    alarm.outbreak, alarm.version = outbreak, alarm.version + 1
    alarm.save()
    Fact.tell("surveillance:outbreak:proposed", subject=outbreak, moment=moment, officer=actor.officer)
    return outbreak
