"""Sites and stays: who is admitted where and how long, what a positive sample does, who may go, what is refused in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from phaodai.containment.actions.releases import release, take_to_treatment
from phaodai.containment.actions.sites import add_rooms, close_alert, close_site, count_meals, open_site, set_room
from phaodai.containment.actions.stays import Newcomer, admit
from phaodai.containment.actions.stays_home import look_in, raise_alarm, stay_at_home
from phaodai.containment.actions.stays_rooms import lying, move, transfer
from phaodai.containment.actions.stays_rules import decide_rule_change, turns_inside
from phaodai.containment.actions.stays_tests import record_result, take_laboratory_results, take_sample
from phaodai.containment.models import Cohort, Placement, Room, Site, SiteAlert, Stay, StayTest
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Person
from phaodai.surveillance.models import LabTest
from tests.story_surveillance import area_of
from tests.world import World

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2021-11-24T08:00+07:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def people(world: World, count: int, commune: str = "98001") -> list[Person]:
    """Residents of a commune who are in no story."""
    area = world.units[commune].area.columns
    rows = [
        Person(
            full_name=f"Lò Văn {number}", birth_year=1980, sort_key=f"{number}", search_key=f"lo van {number}", **area
        )
        for number in range(count)
    ]
    with entering(SYSTEM):
        return Person.objects.bulk_create(rows)


@pytest.fixture
def site(world: World) -> Iterator[Any]:
    """The story's site in Tân Lộc (room A1 holds one who came on 22/11, A2 is empty; four places each)."""
    with entering(SYSTEM):
        return Site.objects.get(name="Mốc khu cách ly Tân Lộc")


def newcomers(world: World, count: int) -> list[Newcomer]:
    return [Newcomer(one.pk) for one in people(world, count)]


def test_a_bus_is_admitted_into_rooms_of_its_own(world: World, site: Any) -> None:
    group = newcomers(world, 3)
    with world.as_("ngoc") as ngoc:
        stays = admit(actor=ngoc, moment=MORNING, site_id=site.pk, newcomers=group, kind="contact")
        rooms = {place.room.name for place in map(lying, stays) if place}
        assert rooms == {"A2"}, "room A1 holds the cohort of 22/11"
        assert stays[0].release_on == date(2021, 12, 8)
        assert stays[0].law["document"] == "5599/BYT-MT"
        days = StayTest.objects.filter(stay=stays[0]).order_by("due_on").values_list("day_number", "due_on")
        assert list(days) == [(1, date(2021, 11, 24)), (7, date(2021, 11, 30)), (14, date(2021, 12, 7))]
        with pytest.raises(Refusal, match="is in quarantine already: Mốc khu cách ly Tân Lộc"):
            admit(actor=ngoc, moment=MORNING, site_id=site.pk, newcomers=group[:1], kind="contact")
        with pytest.raises(Refusal, match="2 places are needed; cohort 24/11 finds 1 here"):
            admit(actor=ngoc, moment=MORNING, site_id=site.pk, newcomers=newcomers(world, 2), kind="contact")
        first = Room.objects.get(site=site, name="A1")
        with pytest.raises(Refusal, match="Cohort 22/11 lies in this room"):
            move(actor=ngoc, moment=MORNING, stay_id=stays[0].pk, room_id=first.pk)


def test_the_database_itself_refuses(world: World, site: Any) -> None:
    """Raw rows: two cohorts in a room (staff as well), a place too many, one place twice, one person twice."""
    with world.as_("ngoc") as ngoc:
        inside = admit(actor=ngoc, moment=MORNING, site_id=site.pk, newcomers=newcomers(world, 1), kind="contact")[0]
        place = lying(inside)
        assert place is not None
        staff = Cohort.objects.create(site=site, kind="staff", day=date(2021, 11, 24))
        room_full = {"cohort": place.cohort, "place": place.places + 1}
        for constraint, other in (
            ("one_cohort_in_a_room", {"cohort": staff, "place": 2}),
            ("place_within_the_room", room_full),
            ("placement_knows_places", {**room_full, "places": 9}),
            ("one_person_on_a_place", {"cohort": place.cohort, "place": 1}),
        ):
            again = Stay.objects.get(pk=inside.pk)
            again.pk, again.person_id = None, people(world, 1)[0].pk
            again.save()
            values = {
                "places": place.places,
                "site": site,
                "room": place.room,
                "since": MORNING,
                **area_of(site),
            } | other
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                Placement.objects.create(stay=again, **values)
        again.pk, again.person_id = None, inside.person_id
        with pytest.raises(IntegrityError, match="stay_once_at_a_time"), transaction.atomic():
            again.save()


def test_nobody_leaves_before_the_last_negative_test(world: World, site: Any) -> None:
    with world.as_("ngoc") as ngoc:
        stay = admit(actor=ngoc, moment=MORNING, site_id=site.pk, newcomers=newcomers(world, 1), kind="contact")[0]

        def refused(moment: datetime, words: str) -> None:
            with pytest.raises(Refusal, match=words):
                release(actor=ngoc, moment=moment, stay_id=stay.pk)

        refused(MORNING + 5 * DAY, "is free from 08/12/2021")
        end = MORNING + 14 * DAY
        refused(end, "the last sample, due on 07/12/2021, was not taken")
        for number in (0, 6):
            record_result(actor=ngoc, moment=MORNING + number * DAY, stay_id=stay.pk, result="negative")
        take_sample(actor=ngoc, moment=MORNING + 13 * DAY, stay_id=stay.pk)
        refused(end, "result of the last sample .* is not known yet")
        with pytest.raises(Refusal, match="has not come yet"):
            record_result(actor=ngoc, moment=end, stay_id=stay.pk, result="negative", taken_at=end + DAY)
        record_result(actor=ngoc, moment=end, stay_id=stay.pk, result="negative", taken_at=MORNING + 13 * DAY)
        with pytest.raises(Refusal, match="has a result: Negative"):
            record_result(actor=ngoc, moment=end, stay_id=stay.pk, result="positive", taken_at=MORNING + 13 * DAY)
        released = release(actor=ngoc, moment=end, stay_id=stay.pk)
        assert (released.state, lying(stay)) == ("released", None)
        assert Room.objects.get(site=site, name="A2").state == "cleaning"
        assert StayTest.objects.filter(stay=stay, result="negative", dropped=False).count() == 3


def test_a_positive_sample_resets_the_room_and_alerts_the_site(world: World, site: Any) -> None:
    """Room-mates begin again by the rule of that day; their room takes nobody else, and the others go on."""
    group = newcomers(world, 6)
    with world.as_("ngoc") as ngoc:
        add_rooms_as_the_district(world, site)
        stays = admit(actor=ngoc, moment=MORNING, site_id=site.pk, newcomers=group, kind="contact")
        rooms = {one.pk: place.room_id for one in stays if (place := lying(one))}
        ill = stays[0]
        mates = {one.pk for one in stays[1:] if rooms[one.pk] == rooms[ill.pk]}
        assert 0 < len(mates) < 5, "the group fills more than one room"
        late = MORNING + 20 * DAY
        record_result(actor=ngoc, moment=late, stay_id=ill.pk, result="positive")
        alert = SiteAlert.objects.get(stay=ill)
        assert set(alert.roommates) == mates
        for one in Stay.objects.filter(pk__in=[one.pk for one in stays]).exclude(pk=ill.pk):
            assert (one.day_zero == late.date()) is (one.pk in mates)
            assert (one.release_on == date(2021, 12, 28)) is (one.pk in mates)
        other = next(one for one in stays if rooms[one.pk] != rooms[ill.pk])
        with pytest.raises(Refusal, match="do not share a room"):
            move(actor=ngoc, moment=late, stay_id=other.pk, room_id=rooms[ill.pk])
        take_to_treatment(actor=ngoc, moment=late + DAY, stay_id=ill.pk, where="Bệnh viện dã chiến số 1")
        with pytest.raises(Refusal, match="Say what followed"):
            close_alert(actor=ngoc, moment=late + DAY, alert_id=alert.pk, what_followed=" ")
        close_alert(actor=ngoc, moment=late + DAY, alert_id=alert.pk, what_followed="Đã khử khuẩn phòng")
        told = set(Fact.objects.filter(moment__gte=late).values_list("kind", flat=True))
        assert {"containment:stay:positive", "containment:stay:reset", "containment:site:alert"} <= told


def manager(world: World, username: str = "ngoc") -> Actor:
    """The officer with the right to manage sites, as an epidemiologist of the district has it."""
    actor = world.actor(username)
    return replace(actor, permissions=actor.permissions | {Permission.CONTAINMENT_SITE_MANAGE})


def add_rooms_as_the_district(world: World, site: Any) -> None:
    add_rooms(actor=manager(world), moment=MORNING, site_id=site.pk, building="Nhà B", names=["B1", "B2"], places=3)


def test_a_new_rule_reaches_those_inside_by_a_choice(world: World, site: Any) -> None:
    """Letter 10696 of 16/12/2021 frees the vaccinated after seven days; the decider says what it does to whom."""
    came = datetime.fromisoformat("2021-12-12T08:00+07:00")
    doses = {"doses": 2, "last_dose_on": "2021-10-01"}
    new = datetime.fromisoformat("2021-12-16T08:00+07:00")
    chief = manager(world)
    with world.as_("ngoc") as ngoc:
        one, other = people(world, 2)
        group = [Newcomer(one.pk, facts=doses), Newcomer(other.pk)]
        first, second = admit(actor=ngoc, moment=came, site_id=site.pk, newcomers=group, kind="contact")
        assert first.release_on == second.release_on == date(2021, 12, 26)
        turns = {turn.standing.stay: turn for turn in turns_inside(ngoc, new.date())}
        assert turns[first.pk].release_on == date(2021, 12, 19)
        with pytest.raises(Refusal, match="Name the document"):
            decide_rule_change(actor=chief, moment=new, choice="shorter", basis="", reason="Theo Bộ Y tế")
        done = decide_rule_change(
            actor=chief, moment=new, choice="shorter", basis="10696/BYT-MT", reason="Theo Bộ Y tế"
        )
        first.refresh_from_db(), second.refresh_from_db()
        assert (first.release_on, first.decision["document"]) == (date(2021, 12, 19), "10696/BYT-MT")
        assert second.release_on == date(2021, 12, 26)
        kept = {row["stay"]: row for row in done.rows}
        assert (kept[first.pk]["before"], kept[first.pk]["taken"]) == ("2021-12-26", True)
        due = StayTest.objects.filter(stay=first, dropped=False).values_list("due_on", flat=True)
        assert sorted(due) == [date(2021, 12, 12), date(2021, 12, 18)]


def test_home_is_for_those_whom_the_rule_lets_stay(world: World) -> None:
    ill, contact = people(world, 2)
    well = {
        "symptoms": "none",
        "spo2": 97,
        "respiratory_rate": 18,
        "carer": True,
        "doses": 2,
        "last_dose_on": "2021-09-01",
    }
    with world.as_("ngoc") as ngoc:

        def begin(person: Person, kind: str, **more: Any) -> Stay:
            values = {"address": "Thôn Thượng", "own_room": True} | more
            return stay_at_home(actor=ngoc, moment=MORNING, newcomer=Newcomer(person.pk), kind=kind, **values)

        with pytest.raises(Refusal, match="room of their own"):
            begin(contact, "contact", own_room=False)
        with pytest.raises(Refusal, match="The rule does not allow home here"):
            begin(ill, "case", conditions=well | {"spo2": 93})
        at_home = begin(ill, "case", conditions=well)
        assert (at_home.home["allowed"], at_home.home["decision"]["document"]) == (True, "4038/QĐ-BYT")
        assert begin(contact, "contact").release_on == date(2021, 12, 8)
        with pytest.raises(Refusal, match="body temperature"):
            look_in(actor=ngoc, moment=MORNING, stay_id=at_home.pk, state="well", temperature=Decimal(51))
        look_in(actor=ngoc, moment=MORNING, stay_id=at_home.pk, state="symptoms", temperature=Decimal("38.5"))
        with pytest.raises(Refusal, match="Tick at least one"):
            raise_alarm(actor=ngoc, moment=MORNING, stay_id=at_home.pk, signs=[])
        raise_alarm(actor=ngoc, moment=MORNING, stay_id=at_home.pk, signs=["breathlessness"])
        assert Fact.objects.filter(kind="containment:stay:alarm", subject_id=at_home.pk).exists()
        with pytest.raises(Refusal, match="No verified document says when a case leaves"):
            release(actor=ngoc, moment=MORNING + 12 * DAY, stay_id=at_home.pk)
        late = datetime.fromisoformat("2021-12-29T08:00+07:00")
        with pytest.raises(Refusal, match="may not leave yet"):
            release(actor=ngoc, moment=late, stay_id=at_home.pk)
        record_result(actor=ngoc, moment=late, stay_id=at_home.pk, result="negative")
        assert release(actor=ngoc, moment=late, stay_id=at_home.pk).decision["release"]["document"] == "11011/BYT-KCB"


def test_the_grid_of_contacts_shows_a_home_stay(world: World) -> None:
    """The stay and its contact go on together: one grid, not two."""
    with entering(SYSTEM):
        xuan = Person.objects.get(full_name="Giàng Thị Xuân")
        Stay.objects.filter(person=xuan).update(state="released", ended_at=MORNING)
        contact = xuan.contacts.get(state="followed")
    with world.as_("phuc") as phuc:
        held = Newcomer(xuan.pk, contact=contact.pk)
        stay = stay_at_home(actor=phuc, moment=MORNING, newcomer=held, kind="contact", address="Thôn Hạ", own_room=True)
        look_in(actor=phuc, moment=MORNING, stay_id=stay.pk, state="well", temperature=Decimal("36.6"))
        contact.refresh_from_db()
        assert (contact.follow_from, contact.follow_until) == (date(2021, 11, 24), date(2021, 12, 7))
        assert contact.days.get(day=MORNING.date()).temperature == Decimal("36.6")
        assert not stay.checks.exists()


def test_a_site_opens_is_transferred_to_and_closes(world: World, site: Any) -> None:
    chief = manager(world)
    with world.as_("ngoc") as ngoc:
        second = open_site(actor=chief, moment=MORNING, commune=world.units["98001"], name="Trường Tiểu học Tân Lộc")
        with pytest.raises(NotAllowed, match="outside your area"):
            open_site(actor=chief, moment=MORNING, commune=world.units["98101"], name="Ngoài địa bàn")
        room = add_rooms(actor=chief, moment=MORNING, site_id=second.pk, building="A", names=["1"], places=1)[0]
        stays = admit(actor=ngoc, moment=MORNING, site_id=site.pk, newcomers=newcomers(world, 2), kind="arrival",
                      days=14, reason="Chưa có hướng dẫn cho người về từ vùng dịch")  # fmt: skip
        transfer(actor=chief, moment=MORNING, stay_id=stays[0].pk, site_id=second.pk)
        with pytest.raises(Refusal, match="1 places are needed"):
            transfer(actor=chief, moment=MORNING, stay_id=stays[1].pk, site_id=second.pk)
        with pytest.raises(Refusal, match="at this site already"):
            transfer(actor=chief, moment=MORNING, stay_id=stays[0].pk, site_id=second.pk)
        with pytest.raises(Refusal, match="People lie in room 1"):
            set_room(actor=ngoc, moment=MORNING, room_id=room.pk, state="closed")
        with pytest.raises(Refusal, match="1 people are inside"):
            close_site(actor=chief, moment=MORNING, site_id=second.pk)
        assert count_meals(actor=ngoc, moment=MORNING, site_id=second.pk, day=MORNING.date(), served=1).served == 1
        with entering(SYSTEM):
            LabTest.objects.create(person_id=stays[0].person_id, sampled_at=MORNING + 13 * DAY, result="negative",
                                   result_at=MORNING + 14 * DAY, **area_of(site))  # fmt: skip
        assert take_laboratory_results(actor=ngoc, moment=MORNING + 14 * DAY, stay_ids=[stays[0].pk]) == 1
        release(actor=ngoc, moment=MORNING + 14 * DAY, stay_id=stays[0].pk)
        assert close_site(actor=chief, moment=MORNING + 14 * DAY, site_id=second.pk).closed_on == date(2021, 12, 8)
