"""Readiness: the gap by week, the score with its reasons, drills against the books, and what closes the gap."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from phaodai.care.models import Ambulance, Bed
from phaodai.command.models import OutgoingPaper
from phaodai.containment.models import Room
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import follow_facts
from phaodai.playbook.models import Step
from phaodai.supply.actions import aid_papers, drills, readiness
from phaodai.supply.actions.drills_tasks import ask_units
from phaodai.supply.actions.readiness_reckoning import readiness_of_units
from phaodai.supply.models import DrillCall, DrillCount, Equipment, NeedMapping, ReadinessFigure, ReadinessPlan, Store
from phaodai.supply.rules.readiness import Asked, Command, first_short, gap_of, readiness_of, share_of, weeks_of
from phaodai.territory.models import Unit
from tests.world import World

MONDAY = date(2021, 11, 29)
TODAY = date(2021, 11, 24)


def weeks(*needs: int) -> dict[date, Decimal]:
    return {MONDAY + timedelta(weeks=place): Decimal(much) for place, much in enumerate(needs)}


def asked(needs: dict[date, Decimal], have: int, *, used_up: bool, coming: dict[date, Decimal] | None = None) -> Asked:
    return Asked("kits", "Kít", "bộ", "logistics", needs, Decimal(have), coming or {}, used_up)


def test_stock_is_used_up_week_by_week_and_beds_serve_every_week() -> None:
    goods = asked(weeks(100, 100, 100), 150, used_up=True, coming={MONDAY + timedelta(days=8): Decimal(40)})
    assert [week.have for week in weeks_of(goods)] == [150, 90, 0]
    assert [week.gap for week in weeks_of(goods)] == [0, 10, 100]
    assert gap_of(goods) == 110
    assert first_short(goods) == MONDAY + timedelta(weeks=1)
    beds = asked(weeks(100, 180, 120), 150, used_up=False)
    assert (gap_of(beds), share_of(beds)) == (30, 1 - Decimal(30) / 180)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12), st.integers(0, 5000), st.integers(0, 3000))
def test_what_is_missing_is_need_less_what_there_is_and_comes(needs: list[int], have: int, more: int) -> None:
    """Once everything has come before the first week, the gap of goods is what the sum of needs exceeds them by."""
    early = asked(weeks(*needs), have, used_up=True, coming={MONDAY: Decimal(more)})
    assert gap_of(early) == max(sum(needs) - have - more, 0)
    late = asked(weeks(*needs), have, used_up=True, coming={MONDAY + timedelta(weeks=99): Decimal(more)})
    assert gap_of(late) == max(sum(needs) - have, 0)
    assert 0 <= share_of(early) <= 1
    assert (share_of(early) == 1) == (gap_of(early) == 0)


def test_a_unit_is_as_ready_as_its_weakest_part_and_says_why() -> None:
    full = Command(TODAY, TODAY, TODAY - timedelta(days=90))
    found = readiness_of(full, [asked(weeks(100), 40, used_up=True)], TODAY, planned=True)
    assert found.share is None  # nothing is known of forces and means
    rows = [asked(weeks(100), 40, used_up=True)]
    rows += [Asked(one, one, "", one, weeks(10), Decimal(10), {}, False) for one in ("forces", "means")]
    found = readiness_of(full, rows, TODAY, planned=True)
    assert found.share == Decimal("0.4")
    assert [reason.code for one in found.pillars for reason in one.reasons] == ["short"]
    tired = Command(TODAY, TODAY - timedelta(days=8), None)
    command = readiness_of(tired, rows, TODAY, planned=True).pillars[0]
    assert (command.share, [one.code for one in command.reasons]) == (Decimal(1) / 3, ["no_on_call", "no_drill"])


def hand_over(actor: Any, moment: datetime, unit: Unit, **needs: int) -> ReadinessPlan:
    rows = [(MONDAY + timedelta(weeks=week), key, much) for key, much in needs.items() for week in range(2)]
    return readiness.take_needs(actor=actor, moment=moment, scenario_name="Kịch bản thử", unit=unit, rows=rows)


@pytest.mark.django_db
def test_a_scenario_becomes_a_gap_and_the_gap_an_order_a_letter_and_a_request(world: World, moment: datetime) -> None:
    """Handed over for the district: its stores hold masks, no kits; beds, places and machines are what the books count."""
    district, commune = world.units["980"], world.units["98001"]
    with world.as_("viet") as viet:
        readiness.suggest_mappings(actor=viet, moment=moment)
        assert set(NeedMapping.objects.values_list("key", flat=True)) >= {"kits", "beds_tier_2", "beds_tier_3", "staff"}
    with world.as_("khoa") as khoa, pytest.raises(NotAllowed):
        hand_over(khoa, moment, district, kits=10)
    with world.as_("dat") as dat:
        with pytest.raises(NotAllowed):
            readiness.suggest_mappings(actor=dat, moment=moment)
        with pytest.raises(Refusal):
            hand_over(dat, moment, district)
        plan = hand_over(dat, moment, district, kits=1600, quarantine_site=100, doses=5)
        for key in ("quarantine_site", "beds_tier_2"):
            readiness.tell_figure(actor=dat, moment=moment, unit=district, key=key, quantity=Decimal(90))
        assert list(ReadinessPlan.objects.in_use().filter(unit=district)) == [plan]
        found, share = readiness_of_units([district, commune], moment)
        with CaptureQueriesContext(connection) as alone:
            readiness_of_units([district], moment)
        with CaptureQueriesContext(connection) as together:
            readiness_of_units([district, commune, world.units["98002"]], moment)
        assert len(alone) == len(together)
        by_key = {one.key: one for one in found.asked}
        assert found.unmapped == ["doses"]
        assert gap_of(by_key["item:TEST-KN"]) == 3200  # nothing lies there, and drafted orders are not on the way
        places = sum(Room.objects.open().filter(district_id=district.pk).values_list("places", flat=True))
        assert (gap_of(by_key["quarantine_site"]), found.figures["quarantine_site"].quantity) == (100 - places, places)
        assert found.figures["quarantine_site"].as_of is not None
        assert by_key["quarantine_site"].source != found.figures["beds_tier_2"].source
        machines = Equipment.objects.filter(item__code="MTO2", district_id=district.pk, state="working").count()
        cars = Ambulance.objects.in_service().filter(district_id=district.pk).count()
        for key, much in (("oxygen_concentrators", machines), ("ambulances", cars)):
            assert (found.figures[key].quantity, found.figures[key].said) == (much, None), key
            assert much, "the story has one"
        beds = found.figures["beds_tier_2"]
        counted = Bed.objects.usable().filter(kind="oxygen", district_id=district.pk).count()
        assert beds.said is not None
        assert (beds.said.quantity, beds.quantity) == (90, counted)
        assert beds.source
        assert share.scaled
        assert [sum(one.needs.values()) for one in share.asked if one.key == "item:TEST-KN"] == [1800]  # 900 of 1,600
        assert "staff" not in {one.key for one in share.asked}  # this scenario did not ask for it
        paper = aid_papers.request_purchase(actor=dat, moment=moment, unit_id=district.pk)
        assert [row[1] for row in paper.annexes[0]["rows"]] == [
            by_key[row].name for row in ("item:TEST-KN", "quarantine_site")
        ]
        help_wanted = aid_papers.request_help(
            actor=dat, moment=moment, unit_id=district.pk, partner="UBND tỉnh bạn", key=UUID(int=5)
        )
        assert {line.asked for line in help_wanted.lines.all()} == {100 - places, 3200}
        assert OutgoingPaper.objects.filter(pk=help_wanted.paper_id).exists()
        store = Store.objects.get(name="Mốc kho Tân Lộc")
        order = aid_papers.order_gap(actor=dat, moment=moment, unit_id=district.pk, store_id=store.pk, key=UUID(int=6))
        assert [(line.item.code, line.quantity) for line in order.lines.all()] == [("TEST-KN", 3200)]


@pytest.mark.django_db
def test_a_drill_counts_beside_the_books_and_keeps_the_difference(world: World, moment: datetime) -> None:
    """Called by the district for a commune; answered late; the figure takes the count over, the shelf's book does not."""
    commune = world.units["98001"]
    keys = ["beds_tier_2", "ventilators", "item:KT-YT"]
    with world.as_("dat") as dat:
        for wrong in ({"hours": 0}, {"unit_ids": []}, {"keys": ["nonsense"]}):
            with pytest.raises(Refusal):
                drills.call_drill(
                    **{"actor": dat, "moment": moment, "title": "x", "hours": 4, "unit_ids": [commune.pk], "keys": keys}
                    | wrong
                )
        drill = drills.call_drill(actor=dat, moment=moment, title="Đếm", hours=4, unit_ids=[commune.pk], keys=keys)
        call = DrillCall.objects.get(drill=drill)
    later = moment + timedelta(hours=5)
    with world.as_("ngoc") as ngoc:
        with pytest.raises(Refusal) as refused:
            drills.answer_drill(actor=ngoc, moment=later, call_id=call.pk, counted=dict.fromkeys(keys[:2], Decimal(3)))
        assert refused.value.field == "item:KT-YT"
        counted = {"beds_tier_2": Decimal(3), "ventilators": Decimal(2), "item:KT-YT": Decimal(180)}
        answered = drills.answer_drill(actor=ngoc, moment=later, call_id=call.pk, counted=counted)
        assert answered.is_late(later + timedelta(days=9))
        assert drills.answer_drill(actor=ngoc, moment=later, call_id=call.pk, counted=counted).pk == call.pk
        rows = {row.key: (row.booked, row.counted) for row in DrillCount.objects.filter(call=call)}
        assert rows == {"beds_tier_2": (1, 3), "ventilators": (None, 2), "item:KT-YT": (200, 180)}
        assert ReadinessFigure.objects.get(unit=commune, key="beds_tier_2").quantity == 3
    with world.as_("phuc") as phuc, pytest.raises(Refusal):
        drills.answer_drill(actor=phuc, moment=later, call_id=call.pk, counted=counted)
    with world.as_("dat") as dat:
        drills.close_drill(actor=dat, moment=later, drill_id=drill.pk, lesson="Sổ chậm một ngày")
        with pytest.raises(Refusal):
            drills.close_drill(actor=dat, moment=later, drill_id=drill.pk)
        (task,) = ask_units(actor=dat, moment=later, drill_id=drill.pk)
        assert "sổ ghi 200, đếm được 180" in task.measure
        assert task.organisation.unit == commune
        assert not ask_units(actor=dat, moment=later, drill_id=drill.pk)
    with entering(SYSTEM):
        follow_facts(actor=SYSTEM, moment=later)
        step = Step.objects.get(consequence="drill-put-right", subject_id=drill.pk)
        assert step.state == Step.State.PROPOSED
