"""An alarm begins: in the transaction of the reading that shows it, also where a stranger's scope writes it."""

from datetime import datetime

from phaodai.care.models import HomeAlarm, HomeDoor, Reading
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor, Area

RAISED = "care:reading:alarm"


def raise_alarm(reading: Reading, door: HomeDoor, *, urgent: bool, actor: Actor, moment: datetime) -> HomeAlarm | None:
    """Open an alarm, or mark the open one as sounding again; returns it only when it is new.

    A stranger tells no facts: the clock of the next minute tells those (`watch_alarms`).
    """
    door.alarm_at, door.alarm_urgent = moment, urgent or (door.alarm_at is not None and door.alarm_urgent)
    door.save(update_fields=["alarm_at", "alarm_urgent"])
    if HomeAlarm.objects.waiting().filter(home_care_id=door.home_care_id).exists():
        return None
    stranger = actor.reach == "public"
    alarm = HomeAlarm.objects.create(
        home_care_id=door.home_care_id,
        reading=reading,
        urgent=urgent,
        raised_at=moment,
        reached_at=moment,
        told_at=None if stranger else moment,
        **Area.of(door).columns,
    )
    if not stranger:
        tell_raised(alarm, actor=actor, moment=moment)
    return alarm


def tell_raised(alarm: HomeAlarm, *, actor: Actor, moment: datetime) -> Fact:
    """Journal the alarm for whatever follows from it."""
    return Fact.tell(RAISED, subject=alarm, moment=moment, officer=actor.officer, urgent=alarm.urgent)
