"""Counts come by sheet and from the own books; a unit rings once an episode; a person says what it was."""

from datetime import date, datetime, timedelta

import pytest

from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import follow_facts
from phaodai.surveillance.actions import alarms, signal_counts
from phaodai.surveillance.models import Alarm, Case, Contact, FollowUpDay, Outbreak, ScreeningRecord, SignalCount
from phaodai.surveillance.models.alarm_context import performance
from tests.clients import sign_in
from tests.story_surveillance import area_of
from tests.world import World

pytestmark = pytest.mark.django_db

USUAL = (3, 4, 5, 4, 3, 5, 4)
COMMUNES = ("98001", "98101")


@pytest.fixture
def schools(world: World, moment: datetime) -> date:
    """Forty quiet days of absences in two communes, and yesterday fourteen in Tân Lộc; gives yesterday."""
    yesterday = moment.date() - timedelta(days=1)
    with entering(SYSTEM):
        Alarm.objects.all().delete()
        SignalCount.objects.all().delete()
        for code in COMMUNES:
            unit = world.units[code]
            days = [yesterday - timedelta(days=back) for back in range(40, 0, -1)]
            SignalCount.objects.bulk_create(
                SignalCount(
                    unit=unit, code=code, day=day, source="schools", count=USUAL[day.toordinal() % 7], **area_of(unit)
                )
                for day in days
            )  # fmt: skip
    tell(world, yesterday, moment, 14)
    return yesterday


def tell(world: World, day: date, moment: datetime, count: int, source: str = "schools") -> SignalCount:
    with world.as_("ngoc") as nurse:
        return signal_counts.record_signal(
            actor=nurse, moment=moment, code="98001", day=day, source=source, count=count
        )


def detect(moment: datetime) -> list[Alarm]:
    with entering(SYSTEM):
        return alarms.detect_everywhere(actor=SYSTEM, moment=moment)


def test_an_episode_rings_once_and_again_after_it_was_closed_and_went_on(
    world: World, schools: date, moment: datetime
) -> None:
    (raised,) = detect(moment)
    assert (raised.unit.code, raised.first_day, raised.last_day) == ("98001", schools, schools)
    tell(world, schools + timedelta(days=1), moment, 15)
    tell(world, schools, moment, 20, source="pharmacies")  # of which nothing usual is known yet
    assert detect(moment) == []
    raised.refresh_from_db()
    assert raised.last_day == schools + timedelta(days=1)
    with entering(SYSTEM):
        first, second = raised.exceedances.order_by("day")
        assert (first.count, second.count) == (14, 15)
        assert first.usual[0] <= 4 <= first.usual[1] < first.limit < 14
        events = raised.events.count()
    detect(moment)
    with entering(SYSTEM):
        assert raised.events.count() == events  # nothing is written where nothing is new

    with world.as_("dich") as doctor:
        alarms.close_alarm(actor=doctor, moment=moment, alarm_id=raised.pk, reason="nothing", notes="Đã gọi trường")
        with pytest.raises(Refusal, match=r"closed already|đã được đóng"):
            alarms.close_alarm(actor=doctor, moment=moment, alarm_id=raised.pk, reason="festival")
        assert performance(doctor, moment).false == 1
    for ahead, rings in ((3, 0), (4, 1)):
        later = moment + timedelta(days=ahead)
        tell(world, later.date(), later, 30)
        assert len(detect(later)) == rings, ahead


def test_a_real_cluster_is_proposed_as_an_outbreak_of_its_commune(
    world: World, schools: date, moment: datetime
) -> None:
    (raised,) = detect(moment)
    with world.as_("dich") as doctor:
        alarms.take_up_alarm(actor=doctor, moment=moment, alarm_id=raised.pk)
        with pytest.raises(Refusal, match=r"\w+"):
            alarms.close_alarm(actor=doctor, moment=moment, alarm_id=raised.pk, reason="")
        alarms.close_alarm(actor=doctor, moment=moment, alarm_id=raised.pk, reason="cluster", notes="Lớp 5A")
    with entering(SYSTEM):
        follow_facts(actor=SYSTEM, moment=moment)
        raised.refresh_from_db()
        assert raised.outbreak is not None
        assert raised.outbreak.state == Outbreak.State.PROPOSED
        assert raised.outbreak.commune_id == world.units["98001"].pk
        assert "Lớp 5A" in raised.outbreak.notes
        assert alarms.propose_for_alarm(actor=SYSTEM, moment=moment, subject_id=raised.pk) is None


def test_own_books_are_counted_by_day_and_commune_and_follow_a_correction(
    world: World, schools: date, moment: datetime
) -> None:
    province = world.units["98"]
    with entering(SYSTEM):
        case = Case.objects.get(code="Mốc ca 1")
        case.detected_by, case.reported_on = "symptoms", schools
        case.save()
        contact = Contact.objects.get(person__full_name="Giàng Thị Xuân")
        seen, _made = FollowUpDay.objects.update_or_create(
            contact=contact, day=schools, defaults={"state": "symptoms", "seen_at": moment}
        )
        assert signal_counts.count_own_books(actor=SYSTEM, moment=moment, province=province) >= 2
        assert signal_counts.count_own_books(actor=SYSTEM, moment=moment, province=province) == 0
        counted = SignalCount.objects.filter(counted=True)
        people = counted.exclude(source="screening").values_list("source", "code", "count", "denominator")
        assert set(people) == {("cases", "98001", 1, None), ("contacts", "98002", 1, 1)}
        doors = ScreeningRecord.objects.filter(province_id=province.pk, at__date__lte=schools)
        assert sum(row.count for row in counted.filter(source="screening")) == sum(one.symptomatic for one in doors)
        seen.delete()
        assert signal_counts.count_own_books(actor=SYSTEM, moment=moment, province=province) == 1
        assert SignalCount.objects.get(source="contacts").count == 0
        mine = SignalCount.objects.get(source="cases")
    with world.as_("ngoc") as nurse, pytest.raises(Refusal, match=r"\w+"):
        signal_counts.amend_signal(actor=nurse, moment=moment, pk=mine.pk, version=1, count=9)
    with world.as_("ngoc") as nurse, pytest.raises(Refusal, match=r"\w+"):
        signal_counts.record_signal(actor=nurse, moment=moment, code="98001", day=schools, source="cases", count=9)


def test_bad_counts_say_what_to_mend(world: World, schools: date, moment: datetime) -> None:
    about = {"code": "98001", "day": schools, "source": "pharmacies", "count": 3}
    wrong = (
        {"day": moment.date() + timedelta(days=1)},
        {"code": "00000"},
        {"source": "dreams"},
        {"count": 9, "denominator": 5},
        {"source": "schools"},
    )
    for change in wrong:
        with world.as_("ngoc") as nurse, pytest.raises(Refusal, match=r"\w+ \w+"):
            signal_counts.record_signal(actor=nurse, moment=moment, **(about | change))


def test_the_page_explains_an_alarm_with_its_table_and_what_else_is_known(
    world: World, schools: date, moment: datetime
) -> None:
    (raised,) = detect(moment)
    page = sign_in("ngoc").get(f"/giam-sat/tin-hieu/{raised.pk}").content.decode()
    assert "Học sinh nghỉ học: 14 người" in page
    assert "vượt ngưỡng C2" in page
    assert "không có báo cáo" in page or "chưa xét được" in page
    assert "1 xác định" in page
    listed = sign_in("viet").get("/giam-sat/tin-hieu").content.decode()
    assert "Xã Tân Lộc" in listed
    assert "small-signal" in listed
