"""Lockdown zones from the drawing to the day they are lifted: who is inside, by which order, and what is refused in words."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from phaodai.command.models import OutgoingPaper
from phaodai.containment.actions import gates, zones, zones_care
from phaodai.containment.actions.zones_figures import figures_of
from phaodai.containment.actions.zones_ground import Ground
from phaodai.containment.actions.zones_reckoning import reckon_all_zones
from phaodai.containment.models import GatePassage, HouseCheck, Need, Zone, ZoneHousehold, ZonePart, ZoneStep
from phaodai.containment.rules.tightness import Cause, Verdict
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Household, Person
from phaodai.territory.models import UnitOutline
from tests.clients import sign_in
from tests.phaodai.containment.test_zones_rules import BOW, SQUARE, _drawn, drawings
from tests.story_surveillance import area_of
from tests.world import World

pytestmark = pytest.mark.django_db
GROUND = {
    "type": "Polygon",
    "coordinates": [[[106.0, 21.0], [106.2, 21.0], [106.2, 21.2], [106.0, 21.2], [106.0, 21.0]]],
}
WEST = ((106.05, 21.05), (106.055, 21.05), (106.055, 21.06), (106.05, 21.06))


@dataclass(frozen=True)
class Lane:
    """Six houses of Tân Lộc in a row from west to east, two people in each; the first four inside the square."""

    world: World
    homes: list[Household]

    def act(self, who: str, deed: Any, moment: datetime, **given: Any) -> Any:
        with self.world.as_(who) as actor:
            return deed(actor=actor, moment=moment, **given)

    def inside(self, zone: Zone, day: date) -> set[int]:
        with entering(SYSTEM):
            return set(ZoneHousehold.objects.on(day).filter(zone=zone).values_list("household_id", flat=True))

    def ids(self, *places: int) -> set[int]:
        return {self.homes[place].pk for place in places}


@pytest.fixture
def lane(world: World) -> Lane:
    """The outline of the commune and its lane."""
    hamlet, homes = world.units["98001.1"], []
    with entering(SYSTEM):
        UnitOutline.objects.create(unit=world.units["98001"], geometry=GROUND, source="test")
        for place in range(6):
            east = 106.0512 + place * 0.0025
            home = Household.objects.create(
                hamlet=hamlet, address=f"Số {place + 1}, ngõ 5", longitude=east, latitude=21.055, **area_of(hamlet)
            )
            for number in range(2):
                Person.objects.create(
                    full_name=f"Người {place}{number}", household=home, sort_key="x", search_key="x", **area_of(hamlet)
                )
            homes.append(home)
    return Lane(world, homes)


def _proposed(lane: Lane, moment: datetime, ground: Ground, **more: Any) -> Zone:
    found: Zone = lane.act("ngoc", zones.propose_zone, moment, name="Ngõ 5", ground=ground, **more)
    return found


def _open(lane: Lane, moment: datetime, ground: Ground) -> Zone:
    zone = _proposed(lane, moment, ground)
    lane.act("loc", zones.decide_zone, moment, zone_id=zone.pk)
    opened: Zone = lane.act("loc", zones.open_zone, moment, zone_id=zone.pk)
    return opened


def test_a_zone_from_the_drawing_to_the_end(lane: Lane, moment: datetime) -> None:
    """Each step with its order; who was inside on each day stays known."""
    drawn, day = Ground(outline=_drawn(*SQUARE)), moment.date()
    zone = _proposed(lane, moment, drawn, reason="Ba ca trong một ngõ")
    assert (zone.state, zone.households, zone.people) == ("proposed", 4, 8)
    assert (zone.commune_id, zone.by_hamlet) == (lane.world.units["98001"].pk, [[lane.homes[0].hamlet_id, 4, 8]])
    assert lane.inside(zone, day) == set()
    lane.act("loc", zones.decide_zone, moment, zone_id=zone.pk, reason="Ba ca")
    lane.act("loc", zones.open_zone, moment, zone_id=zone.pk)
    assert lane.inside(zone, day) == lane.ids(0, 1, 2, 3)
    third = moment + timedelta(days=2)
    west = Ground(outline=_drawn(*WEST))
    lane.act("loc", zones.shrink_zone, third, zone_id=zone.pk, ground=west, reason="Hai nhà âm tính")
    assert lane.inside(zone, day + timedelta(days=1)) == lane.ids(0, 1, 2, 3)
    assert lane.inside(zone, day + timedelta(days=2)) == lane.ids(0, 1)
    list_ = "\n".join([str(lane.homes[0].pk), lane.homes[1].address, "SO 6, NGO 5"])
    grown = Ground(households=list_, commune=zone.commune_id)
    lane.act("loc", zones.grow_zone, third + timedelta(days=1), zone_id=zone.pk, ground=grown, reason="Ca mới ở số 6")
    assert lane.inside(zone, day + timedelta(days=3)) == lane.ids(0, 1, 5)
    end = moment + timedelta(days=14)
    done = lane.act("loc", zones.lift_zone, end, zone_id=zone.pk)
    assert (done.state, done.lifted_on, done.people) == ("lifted", day + timedelta(days=14), 0)
    assert lane.inside(zone, day + timedelta(days=14)) == set()
    with entering(SYSTEM):
        steps = list(ZoneStep.objects.filter(zone=zone).order_by("at", "pk"))
        told = set(Fact.objects.filter(subject_id=zone.pk).values_list("kind", flat=True))
    assert [(one.kind, one.people) for one in steps] == [
        ("propose", 0), ("decide", 0), ("open", 8), ("shrink", 4), ("grow", 6), ("lift", 0),
    ]  # fmt: skip
    ordered = [one for one in steps if one.kind not in ("propose", "open")]
    assert all(one.order_number and one.paper_id for one in ordered)
    assert steps[1].basis["document"] == "07/2020/QĐ-TTg"
    assert steps[1].planned_until == day + timedelta(days=14)
    assert {
        f"containment:zone:{what}" for what in ("proposed", "decided", "opened", "shrunk", "grown", "lifted")
    } <= told
    with lane.world.as_("loc"):
        papers = [OutgoingPaper.objects.get(pk=one.paper_id) for one in ordered]
    assert [paper.state for paper in papers] == ["signed"] * 4
    assert "Điều 1. Thiết lập vùng phong tỏa Ngõ 5, xã Tân Lộc" in papers[0].body
    assert "gồm 4 hộ, 8 người" in papers[0].body


def test_streets_hamlets_and_merged_people_are_counted(lane: Lane, moment: datetime) -> None:
    commune = lane.world.units["98001"].pk
    with entering(SYSTEM):
        one, other = Person.objects.filter(household=lane.homes[0]).order_by("pk")
        other.merged_into = one
        other.save()
    street = _proposed(lane, moment, Ground(streets="ngo 5\n", commune=commune))
    assert (street.households, street.people) == (6, 11)
    hamlet = _proposed(lane, moment, Ground(hamlets=[lane.world.units["98001.1"].pk], streets="ngõ 5"))
    assert (hamlet.households, hamlet.people) == (7, 12)
    with entering(SYSTEM):
        Person.objects.create(
            full_name="Bé mới", household=lane.homes[1], sort_key="x", search_key="x", **area_of(lane.homes[1])
        )
        assert reckon_all_zones(actor=SYSTEM, moment=moment) >= 2
        hamlet.refresh_from_db()
    assert hamlet.people == 13


@pytest.mark.parametrize(
    ("ground", "field", "words"),
    [
        (Ground(), "outline", "khoanh trên bản đồ"),
        (Ground(outline=_drawn(*BOW)), "outline", "cắt nhau"),
        (Ground(outline=_drawn((10.0, 10.0), (10.1, 10.0), (10.1, 10.1))), "outline", "ngoài Xã Tân Lộc"),
        (Ground(outline=_drawn(*SQUARE[:2])), "outline", "ba điểm"),
        (Ground(hamlets=[0]), "hamlets", "không còn tồn tại"),
        (Ground(households="Số 99"), "households", "Số 99"),
        (Ground(streets="x" * 200), "streets", "160"),
    ],
)
def test_bad_ground_is_refused_with_a_sentence(
    lane: Lane, moment: datetime, ground: Ground, field: str, words: str
) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        _proposed(lane, moment, ground)
    assert refused.value.field == field
    with entering(SYSTEM):
        assert not Zone.objects.filter(name="Ngõ 5").exists()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawings)
def test_no_drawing_raises_anything_but_a_refusal(lane: Lane, moment: datetime, text: str) -> None:
    with suppress(Refusal), transaction.atomic():
        zone = _proposed(lane, moment, Ground(outline=text))
        assert zone.area_km2


def test_a_refused_drawing_comes_back_with_the_form(lane: Lane) -> None:
    station = sign_in("ngoc")
    sent = {"name": "Ngõ 5", "outline": _drawn(*BOW), "reason": "Ba ca"}
    answer = station.post(reverse("containment-zone-new"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "tự cắt nhau" in page
    assert json.dumps(json.loads(sent["outline"])).replace('"', "&quot;") in page
    assert "Ba ca" in page
    answer = station.post(reverse("containment-zone-new"), sent | {"outline": _drawn(*SQUARE)}, follow=True)
    assert "4 hộ, 8 người" in answer.content.decode()


def test_orders_ways_and_reasons_are_asked_for(lane: Lane, moment: datetime) -> None:
    zone = _open(lane, moment, Ground(outline=_drawn(*WEST)))
    wider, narrower = Ground(outline=_drawn(*SQUARE)), Ground(outline=_drawn(*WEST[:3]))
    for deed, ground, words in (
        (zones.shrink_zone, wider, "2 hộ bị đưa thêm"),
        (zones.grow_zone, narrower, "hộ được ra"),
    ):
        with pytest.raises(Refusal, match=words), transaction.atomic():
            lane.act("loc", deed, moment, zone_id=zone.pk, ground=ground, reason="Thử")
    assert lane.inside(zone, moment.date()) == lane.ids(0, 1)
    with pytest.raises(Refusal, match="08/12/2021"):
        lane.act("loc", zones.lift_zone, moment + timedelta(days=3), zone_id=zone.pk)
    with pytest.raises(Refusal, match="lý do"):
        lane.act("loc", zones.tighten_zone, moment, zone_id=zone.pk, reason=" ")
    late = zones.Order("9/QĐ-UBND", moment.date() + timedelta(days=1))
    with pytest.raises(Refusal, match="chưa đến"):
        lane.act("loc", zones.tighten_zone, moment, zone_id=zone.pk, reason="Ca mới", order=late)
    with pytest.raises(Refusal, match="trạng thái"):
        lane.act("loc", zones.open_zone, moment, zone_id=zone.pk)
    with pytest.raises((NotAllowed, NotHere)):
        lane.act("khoa", zones.lift_zone, moment, zone_id=zone.pk, reason="Nhầm")
    named = lane.act(
        "loc", zones.tighten_zone, moment, zone_id=zone.pk, reason="Ca mới", order=zones.Order("9/QĐ-UBND")
    )
    with entering(SYSTEM):
        last = ZoneStep.objects.filter(zone=named).order_by("-pk")[0]
        assert (last.order_number, last.paper, last.issuer) == ("9/QĐ-UBND", None, lane.world.bodies["UBTL"].name)
        with pytest.raises(IntegrityError, match="zone_step_has_its_order"), transaction.atomic():
            ZoneStep.objects.create(zone=named, kind="lift", on=moment.date(), at=moment)
        with pytest.raises(IntegrityError, match="zone_part_says_where"), transaction.atomic():
            ZonePart.objects.create(zone=named, kind="street", from_on=moment.date())


def test_the_gate_counts_once_and_loses_nothing(lane: Lane, moment: datetime) -> None:
    """A telephone that sends twice, one whose clock is a day wrong, a plate with a permit and one without."""
    zone = _open(lane, moment, Ground(outline=_drawn(*SQUARE)))
    gate = lane.act("ngoc", gates.add_gate, moment, zone_id=zone.pk, name="Chốt 1")
    lane.act(
        "loc", gates.issue_permit, moment, zone_id=zone.pk, plate="98a - 123.45", purpose="food",
        valid_from=moment, valid_until=moment + timedelta(days=2),
    )  # fmt: skip
    guard, url = sign_in("ngoc"), reverse("containment-gate", args=[gate.pk])
    sent = {"who": "98A12345", "direction": "in", "purpose": "food", "key": str(UUID(int=1)), "at": moment.isoformat()}
    for _again in range(2):
        answer = guard.post(url, sent, headers={"X-Requested-With": "fetch"})
        assert answer.json() == {"message": "Vào: 98A12345.", "warning": ""}
    wrong = {
        "who": "Sùng Thị Mỷ",
        "direction": "out",
        "purpose": "work",
        "key": str(UUID(int=2)),
        "at": "2021-11-25T06:40:00+07:00",
    }
    answer = guard.post(url, wrong, headers={"X-Requested-With": "fetch"})
    assert answer.json()["message"] == "Ra: Sùng Thị Mỷ, không có giấy."
    assert "Đồng hồ" in answer.json()["warning"]
    empty = guard.post(url, sent | {"who": "", "key": str(UUID(int=3))}, headers={"X-Requested-With": "fetch"})
    assert empty.status_code == 422
    assert "biển số" in empty.json()["message"]
    with entering(SYSTEM):
        logged = list(GatePassage.objects.filter(gate=gate).order_by("key"))
    assert [(one.plate, one.name, one.permit is not None) for one in logged] == [
        ("98A12345", "", True),
        ("", "Sùng Thị Mỷ", False),
    ]
    assert logged[1].at == logged[1].recorded_at
    assert guard.get(url).content.decode().count("98A12345") == 1
    lane.act("ngoc", gates.close_gate, moment, gate_id=gate.pk)
    with pytest.raises(Refusal, match="không còn trực"):
        lane.act(
            "ngoc", gates.log_passage, moment, gate_id=gate.pk, passing=gates.Passing(UUID(int=4), "in", "care", "A")
        )


def test_needs_and_visits_make_the_figures(lane: Lane, moment: datetime) -> None:
    """Tight outside, loose inside: said with its figures."""
    zone = _open(lane, moment, Ground(outline=_drawn(*SQUARE)))
    lane.act("ngoc", gates.add_gate, moment, zone_id=zone.pk, name="Chốt 1")
    wanted = zones_care.Wanted("food", "Gạo 10 kg", moment.date() + timedelta(days=1))
    asked = lane.act("ngoc", zones_care.ask_needs, moment, zone_id=zone.pk, wanted=wanted)
    lane.act("ngoc", zones_care.ask_needs, moment, zone_id=zone.pk, wanted=wanted, household_ids=[lane.homes[0].pk])
    with entering(SYSTEM):
        needs = list(Need.objects.filter(zone=zone).order_by("household_id"))
    assert len(asked) == len(needs) == 4
    for _twice in range(2):
        lane.act("ngoc", zones_care.deliver_need, moment, need_id=needs[0].pk)
    with pytest.raises(Refusal, match="không ở trong vùng"):
        lane.act("ngoc", zones_care.ask_needs, moment, zone_id=zone.pk, wanted=wanted, household_ids=[lane.homes[5].pk])
    visits = [(0, 0, "present"), (0, 1, "absent"), (1, 0, "present"), (2, 0, "present"), (2, 2, "closed")]
    for number, (days, place, found) in enumerate(visits):
        at = moment + timedelta(days=days, hours=3)
        visit = zones_care.Visit(UUID(int=20 + number), lane.homes[place].pk, found)
        for _twice in range(2):
            lane.act("ngoc", zones_care.check_house, at, zone_id=zone.pk, visit=visit)
    later = moment + timedelta(days=3)
    with lane.world.as_("dich") as doctor:
        found = figures_of(actor=doctor, moment=later, zones=[zone])[zone.pk]
        assert not HouseCheck.objects.filter(zone=zone).exists(), "counts are shown where names are not"
    facts = found.tightness.facts
    assert (facts.checks_due, facts.checks_made, facts.away, facts.unvisited, facts.needs_late) == (12, 5, 2, 2, 3)
    assert found.tightness.verdict == Verdict.LOOSE
    assert [one.cause for one in found.tightness.outside] == [Cause.NO_PASSAGE]
    assert found.end is not None
    assert found.end.on == moment.date() + timedelta(days=14)


def test_the_pages_say_who_is_inside(lane: Lane, moment: datetime, django_assert_max_num_queries: Any) -> None:
    zone = _open(lane, moment, Ground(outline=_drawn(*SQUARE)))
    command = sign_in("viet")
    with django_assert_max_num_queries(60):
        province = command.get(reverse("containment-zones")).content.decode()
    assert "Ngõ 5" in province
    assert "Mốc vùng Sơn Giang" not in province
    page = command.get(reverse("containment-zone", args=[zone.pk])).content.decode()
    assert "14 ngày kể từ 24/11/2021" in page
    assert "Chưa lập chốt" in page
    station = sign_in("ngoc")
    doors = station.get(reverse("containment-zone-checks", args=[zone.pk])).content.decode()
    assert doors.index("Số 1, ngõ 5") < doors.index("Số 2, ngõ 5") < doors.index("Số 4, ngõ 5")
    assert "Số 5, ngõ 5" not in doors
