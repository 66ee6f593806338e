"""Answering alarms: acknowledged, acted upon, closed with a result; and the clock that passes on what nobody answers."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from phaodai.care.actions.alarms_raising import tell_raised
from phaodai.care.actions.home import end
from phaodai.care.actions.home_finding import home_for, require_follow
from phaodai.care.models import AlarmStep, HomeAlarm, HomeCare, HomeDoor, Shift, Skill
from phaodai.care.rules.alarms import step_due
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation

DOCTORS = [Skill.DOCTOR.value, Skill.ICU_DOCTOR.value]
DEEDS = (
    *(AlarmStep.What.ANSWERED, AlarmStep.What.CALLED, AlarmStep.What.VISITED),
    *(AlarmStep.What.AMBULANCE, AlarmStep.What.TRANSFER),
)
ENDINGS = {
    HomeAlarm.Result.TAKEN: HomeCare.State.FACILITY,
    HomeAlarm.Result.DIED: HomeCare.State.DIED,
}


def alarm_for(actor: Actor, alarm_id: int) -> HomeAlarm:
    """An open alarm of somebody whom the officer looks after, locked."""
    require_follow(actor)
    rows = HomeAlarm.objects.visible_to(actor).select_for_update(of=("self",)).select_related("home_care__door")
    alarm = rows.filter(pk=alarm_id).first()
    if alarm is None:
        raise NotHere(_("There is no such alarm, or your post may not see it."))
    if alarm.closed_at is not None:
        raise Refusal(_("This alarm is closed: %(result)s.") % {"result": alarm.get_result_display()})
    return alarm


@transaction.atomic
def answer_alarm(
    *, actor: Actor, moment: datetime, alarm_id: int, what: str = AlarmStep.What.ANSWERED, words: str = ""
) -> HomeAlarm:
    """Say that somebody sees to it, and what they do: called, went there, called 115, asked for a transfer.

    Whatever is done answers the alarm; the clock passes it on no further. Tells `care:alarm:<what>`.
    """
    alarm = alarm_for(actor, alarm_id)
    if what not in DEEDS:
        raise Refusal(_("Choose what you do about the alarm."), field="what")
    note_step(alarm, what, actor=actor, moment=moment, words=words)
    return alarm


def note_step(alarm: HomeAlarm, what: str, *, actor: Actor, moment: datetime, words: str = "") -> AlarmStep:
    """Write one step of an alarm; it counts as answered from now on."""
    alarm.acknowledged_at, alarm.acknowledged_by_id = moment, actor.officer
    alarm.version += 1
    alarm.save()
    step = AlarmStep.objects.create(
        alarm=alarm, what=what, at=moment, officer_id=actor.officer, words=words.strip()[:300]
    )
    Fact.tell(f"care:alarm:{what}", subject=alarm, moment=moment, officer=actor.officer)
    return step


@transaction.atomic
def close_alarm(*, actor: Actor, moment: datetime, alarm_id: int, result: str, words: str) -> HomeAlarm:
    """Close an alarm with its result. Taken to a facility, or died, also ends the care at home."""
    alarm = alarm_for(actor, alarm_id)
    if result not in HomeAlarm.Result.values:
        raise Refusal(_("Say what became of the alarm before it is closed."), field="result")
    if not words.strip():
        raise Refusal(_("Say in a few words what you found or did."), field="words")
    alarm.closed_at, alarm.result = moment, result
    note_step(alarm, AlarmStep.What.CLOSED, actor=actor, moment=moment, words=words)
    HomeDoor.objects.filter(home_care=alarm.home_care_id).update(alarm_at=None, alarm_urgent=False)
    if ending := ENDINGS.get(HomeAlarm.Result(result)):
        care = home_for(actor, alarm.home_care_id)
        care.release = {"reason": words.strip()[:300], "alarm": alarm.pk}
        end(care, ending, actor=actor, moment=moment)
    return alarm


@transaction.atomic
def watch_alarms(*, actor: Actor, moment: datetime) -> list[HomeAlarm]:
    """Each minute: tell the alarms that families raised, and pass on to the next step what nobody answered in time.

    Returns those passed on. Tells `care:reading:alarm` once an alarm and `care:alarm:passed_on` at each step.
    """
    actor.require(Permission.CARE_HOME_FOLLOW)
    _tell_untold(actor, moment)
    unanswered = Q(acknowledged_at=None) | Q(acknowledged_at__lt=F("home_care__door__alarm_at"))
    rows = HomeAlarm.objects.waiting().filter(unanswered).select_related("home_care__door")
    waiting = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk"))
    return [_pass_on(one, actor, moment) for one in waiting if _is_due(one, moment)]


def _tell_untold(actor: Actor, moment: datetime) -> None:
    untold = list(HomeAlarm.objects.filter(told_at=None).select_for_update(skip_locked=True).order_by("pk"))
    for alarm in untold:
        tell_raised(alarm, actor=actor, moment=moment)
    HomeAlarm.objects.filter(pk__in=[one.pk for one in untold]).update(told_at=moment)


def _is_due(alarm: HomeAlarm, moment: datetime) -> bool:
    """An alarm that sounded again after it was answered begins to wait again."""
    door = alarm.home_care.door
    since = max(alarm.reached_at, door.alarm_at or alarm.reached_at)
    return step_due(urgent=door.alarm_urgent, reached=alarm.reached, reached_at=since, moment=moment)


def _pass_on(alarm: HomeAlarm, actor: Actor, moment: datetime) -> HomeAlarm:
    centre = alarm.home_care.centre
    alarm.reached, alarm.reached_at = alarm.reached + 1, moment
    alarm.version += 1
    alarm.save()
    words = _words_of_doctors(centre, moment) if alarm.reached == HomeAlarm.Reached.DOCTOR else ""
    AlarmStep.objects.create(
        alarm=alarm, what=AlarmStep.What.PASSED_ON, at=moment, organisation=centre, words=words[:300]
    )
    Fact.tell("care:alarm:passed_on", subject=alarm, moment=moment, officer=actor.officer, reached=alarm.reached)
    return alarm


def doctors_on_call(centre: Organisation | None, moment: datetime) -> Iterable[Shift]:
    """Shifts of doctors of a health centre that run now."""
    if centre is None:
        return ()
    now = {"starts_at__lte": moment, "ends_at__gt": moment}
    shifts = Shift.objects.standing().filter(organisation=centre, worker__skills__overlap=DOCTORS, **now)
    return shifts.select_related("worker").order_by("starts_at", "pk")


def _words_of_doctors(centre: Organisation | None, moment: datetime) -> str:
    names = [f"{one.worker.name} {one.worker.phone}".strip() for one in doctors_on_call(centre, moment)]
    return ", ".join(names)
