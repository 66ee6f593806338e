"""Counts of signs into the program, and what early detection made of them: a festival a month ago, Tân Lộc today."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from demo.signs import FESTIVAL_DAY, Sign
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.surveillance.actions.alarms import close_alarm, detect_province
from phaodai.surveillance.models import Alarm, SignalCount
from phaodai.territory.models import Unit


def load_signs(signs: Sequence[Sign], units: Mapping[str, Unit], province: Unit, doctor: Actor, now: datetime) -> None:
    """Keep every count; judge them on the morning after the festival, close what rang then, and judge them as of `now`."""
    morning = datetime.combine(FESTIVAL_DAY + timedelta(days=1), time(6, 30), now.tzinfo)
    with clock.at(morning):
        with entering(SYSTEM, why="signs"):
            SignalCount.objects.bulk_create((_row(sign, units[sign.code]) for sign in signs), batch_size=2000)
            rang = detect_province(actor=SYSTEM, moment=morning, province=province)
        _close_festival(rang, doctor, morning + timedelta(hours=3))
    with clock.at(now), entering(SYSTEM, why="signs"):
        detect_province(actor=SYSTEM, moment=now, province=province)


def _row(sign: Sign, unit: Unit) -> SignalCount:
    return SignalCount(
        unit=unit, code=sign.code, day=sign.day, source=sign.source, count=sign.count, denominator=sign.asked or None,
        **{f"{tier}_id": value for tier, value in vars(unit.area).items()},
    )  # fmt: skip


def _close_festival(rang: Sequence[Alarm], doctor: Actor, moment: datetime) -> None:
    """The epidemiologist of the district closes what lies there."""
    with entering(doctor, why="signs"):
        for alarm in rang:
            if doctor.area.holds(alarm):
                reason, notes = Alarm.Reason.FESTIVAL, "Hội đền, trường cho nghỉ buổi chiều; trạm đã gọi cô giáo."
                close_alarm(actor=doctor, moment=moment, alarm_id=alarm.pk, reason=reason, notes=notes)
