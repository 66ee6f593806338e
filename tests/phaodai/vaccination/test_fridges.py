"""Vials by fridge: whatever is done, fridges and shelf hold what the store has, and what an alarm holds does not leave."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from phaodai.command.models import Task
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.supply.actions.movements import Counted, Goods, count, issue, return_goods, write_off
from phaodai.supply.models import StockLevel
from phaodai.vaccination.actions.cold_chain import decide_excursion, take_log
from phaodai.vaccination.actions.cold_contents import count_fridge, move_vials, put_vials, throw_away
from phaodai.vaccination.actions.cold_following import left_with
from phaodai.vaccination.actions.cold_levels import free_in, spot_of, spots_of
from phaodai.vaccination.actions.lots import hold_lot
from phaodai.vaccination.actions.sessions import bring_lot, cancel_session
from phaodai.vaccination.models import ColdLevel, ColdLine, ColdPlace, ColdReading, LotHold, Session, VaccineLot
from phaodai.vaccination.rules.cold_chain import Reading
from phaodai.vaccination.rules.cold_following import GIVEN_OUT, OUTSIDE, SHELF, Flow, follow
from tests.clients import sign_in
from tests.phaodai.vaccination.test_after_the_dose import MORNING
from tests.phaodai.vaccination.test_after_the_dose import follow as follow_facts
from tests.phaodai.vaccination.test_plan import planner
from tests.story import Story
from tests.world import World

FRIDGES, SPOTS = (1, 2), (1, 2, SHELF, GIVEN_OUT, OUTSIDE)


@given(st.data(), st.lists(st.tuples(st.sampled_from(SPOTS), st.sampled_from(SPOTS), st.integers(1, 5)), max_size=14))
def test_no_harmed_vial_is_where_the_rule_looks_for_none(data: Any, moves: list[tuple[int, int, int]]) -> None:
    """Every vial is followed by itself: whichever were taken, no spot holds more harmed ones than the rule says."""
    began, ended = data.draw(st.tuples(st.integers(0, 14), st.integers(0, 6)))
    where: dict[int, int] = {}
    harmed: set[int] = set()
    flows = []
    for hour, (taken_from, put_into, vials) in enumerate(moves):
        if taken_from == put_into or {taken_from, put_into} == {GIVEN_OUT, OUTSIDE}:
            continue
        there = [vial for vial, spot in where.items() if spot == taken_from]
        new = [len(where) + n for n in range(vials)] if taken_from == OUTSIDE else []
        chosen = new or data.draw(st.permutations(there))[:vials]
        if hour > began:
            harmed |= {
                vial for vial, spot in where.items() if spot in (1, SHELF) and began <= hour - 1 <= began + ended
            }
        where |= dict.fromkeys(chosen, put_into)
        if began <= hour <= began + ended:
            harmed |= {vial for vial, spot in where.items() if spot in (1, SHELF)}
        if chosen:
            flows.append(Flow(_hour(hour), len(chosen), taken_from, put_into, uuid4()))
    if len(moves) <= began:
        harmed |= {vial for vial, spot in where.items() if spot in (1, SHELF)}
    found = follow(flows, place=1, began_at=_hour(began), ended_at=_hour(began + ended))
    truth = Counter(where[vial] for vial in harmed if where[vial] != OUTSIDE)
    assert all(found.spots[spot] >= vials for spot, vials in truth.items())
    assert all(vials <= sum(spot == at for at in where.values()) for spot, vials in found.spots.items())


def _hour(number: int) -> datetime:
    return MORNING + timedelta(hours=number)


def test_where_nothing_lay_beside_them_every_harmed_vial_is_found() -> None:
    given = uuid4()
    flows = [
        Flow(_hour(0), 30, OUTSIDE, SHELF), Flow(_hour(0), 20, SHELF, 1), Flow(_hour(0), 10, SHELF, 2),
        Flow(_hour(5), 6, 1, SHELF), Flow(_hour(5), 6, SHELF, GIVEN_OUT, given), Flow(_hour(6), 4, 1, 2),
        Flow(_hour(7), 2, GIVEN_OUT, SHELF),
    ]  # fmt: skip
    found = follow(flows, place=1, began_at=_hour(2), ended_at=_hour(3))
    assert found.spots == {1: 10, 2: 4, SHELF: 2, GIVEN_OUT: 4}
    assert found.left == {given: 6}
    assert not follow(flows, place=3, began_at=_hour(2), ended_at=_hour(3)).spots


VIALS = st.integers(1, 25)


class Fridges(RuleBasedStateMachine):
    """A store with two fridges and one lot; each run is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.scope = entering(SYSTEM, why="test")
        self.scope.__enter__()
        self.first, self.second = _two_fridges()
        self.store = self.first.store
        self.lot = VaccineLot.objects.select_related("batch").get(number="MOC-98001")
        self.clock = MORNING

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        self.undo.__exit__(None, None, None)

    def _do(self, deed: Any, **given: Any) -> None:
        """A deed is done whole, or refused in words and not at all."""
        before = ColdLine.objects.count()
        self.clock += timedelta(minutes=1)
        try:
            with transaction.atomic():
                deed(actor=SYSTEM, moment=self.clock, **given)
        except (Refusal, NotHere):
            assert ColdLine.objects.count() == before

    def _goods(self, vials: int) -> list[Goods]:
        return [Goods(self.lot.batch.item_id, Decimal(vials), batch_id=self.lot.batch_id)]

    def _fridge(self, number: int) -> dict[str, Any]:
        return {"place_id": (self.first, self.second)[number].pk, "lot_id": self.lot.pk, "key": uuid4()}

    @rule(number=st.integers(0, 1), vials=VIALS)
    def put(self, number: int, vials: int) -> None:
        self._do(put_vials, **self._fridge(number), vials=vials)

    @rule(number=st.integers(0, 1), vials=VIALS, out=st.booleans(), held=st.booleans())
    def move(self, number: int, vials: int, out: bool, held: bool) -> None:
        to = None if out else (self.second, self.first)[number].pk
        self._do(move_vials, **self._fridge(number), vials=vials, to_id=to, held=held)

    @rule(number=st.integers(0, 1), vials=st.integers(0, 30))
    def count_one(self, number: int, vials: int) -> None:
        self._do(count_fridge, **self._fridge(number), vials=vials, reason="Đếm lại")

    @rule(vials=VIALS, lost=st.booleans())
    def give_out_by_the_stock(self, vials: int, lost: bool) -> None:
        asked = {"store_id": self.store.pk, "goods": self._goods(vials), "key": uuid4()}
        self._do(write_off, **asked, reason="Vỡ") if lost else self._do(issue, **asked, about="Buổi tiêm")

    @rule(vials=VIALS)
    def bring_back(self, vials: int) -> None:
        self._do(return_goods, store_id=self.store.pk, goods=self._goods(vials), key=uuid4(), about="Buổi tiêm")

    @rule(vials=st.integers(0, 40))
    def count_the_store(self, vials: int) -> None:
        counted = [Counted(self.lot.batch_id, Decimal(vials))]
        self._do(count, store_id=self.store.pk, counted=counted, key=uuid4(), reason="Kiểm kê")

    @rule(place=st.integers(0, 2), vials=VIALS, discard=st.booleans())
    def hold(self, place: int, vials: int, discard: bool) -> None:
        where = (self.first.pk, self.second.pk, None)[place]
        vials = min(vials, spot_of(self.store.pk, self.lot, where).free)
        if vials:
            hold = hold_lot(
                actor=SYSTEM, moment=self.clock, lot_id=self.lot.pk, store_id=self.store.pk, place_id=where, vials=vials,
                reason="Quá nóng", more=True,
            )  # fmt: skip
            LotHold.objects.filter(pk=hold.pk, outcome="").update(
                outcome="discard" if discard else "", release_reason="x"
            )

    @rule()
    def throw(self) -> None:
        for hold in LotHold.objects.standing().some().filter(lot=self.lot, outcome="discard").order_by("pk")[:1]:
            self._do(throw_away, hold_id=hold.pk)

    @invariant()
    def fridges_and_shelf_hold_what_the_store_has(self) -> None:
        stock = StockLevel.objects.get(store=self.store, batch=self.lot.batch_id).quantity
        spots = spots_of(self.store.pk, self.lot)
        assert sum(one.vials for one in spots) == stock
        assert all(one.vials >= one.held >= 0 for one in spots)

    @invariant()
    def a_fridge_holds_the_sum_of_its_lines(self) -> None:
        for level in ColdLevel.objects.filter(lot=self.lot):
            came = level.place.came.filter(lot=self.lot).aggregate(all=Sum("vials"))["all"] or 0
            taken = level.place.taken.filter(lot=self.lot).aggregate(all=Sum("vials"))["all"] or 0
            assert level.vials == came - taken


def _two_fridges() -> tuple[ColdPlace, ColdPlace]:
    first = ColdPlace.objects.select_related("store").get(name="Mốc tủ lạnh Tân Lộc")
    area = {name: getattr(first, name) for name in ("province_id", "district_id", "commune_id")}
    second = ColdPlace.objects.create(
        name="Tủ số 2", kind="fridge", organisation=first.organisation, store=first.store, low=2, high=8,
        sort_key="tu", search_key="tu", **area,
    )  # fmt: skip
    return first, second


@pytest.mark.django_db
def test_fridges_agree_with_the_store_whatever_is_done(world: World, story: Story) -> None:
    quick = settings(
        max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(Fridges, settings=quick)


@pytest.mark.django_db
def test_a_warm_fridge_holds_the_vials_that_lay_in_it_and_no_more(world: World, story: Story) -> None:
    with entering(SYSTEM):
        first, second = _two_fridges()
        store, lot = first.store, VaccineLot.objects.get(number="MOC-98001")
        ColdReading.objects.filter(place=first).delete()
        session = Session.objects.get(name="Mốc buổi tiêm Tân Lộc")
        session.lots.all().delete()
        Session.objects.filter(pk=session.pk).update(store=store, day=MORNING.date())
    assert store is not None
    kept = {"lot_id": lot.pk, "place_id": first.pk}
    night = MORNING - timedelta(hours=1)
    readings = [Reading(night + timedelta(minutes=20 * step), Decimal(12 if step else 5)) for step in range(4)]
    with world.as_("ngoc") as ngoc:
        base = {"actor": ngoc, "moment": night - timedelta(hours=1)}
        move_vials(**base, **kept, vials=12, key=uuid4(), to_id=second.pk)
        later = {"actor": ngoc, "moment": MORNING + timedelta(minutes=10)}
        bring_lot(**later, session_id=session.pk, lot_id=lot.pk, vials=5, place_id=first.pk)
        goods = [Goods(lot.batch.item_id, Decimal(1), batch_id=lot.batch_id)]
        with pytest.raises(Refusal, match="nhiều tủ"):
            issue(**later, store_id=store.pk, goods=goods, key=uuid4(), about="Buổi tiêm")
        moved = {"actor": ngoc, "moment": MORNING + timedelta(minutes=20)}
        move_vials(**moved, **kept, vials=3, key=uuid4(), to_id=second.pk)
        _log, found = take_log(
            actor=ngoc, moment=MORNING + timedelta(hours=1), place_id=first.pk, name="a.csv", content=b"a",
            readings=readings,
        )  # fmt: skip
        alarm = next(one for one in found if one.kind == "warm")
        held = LotHold.objects.filter(excursion=alarm).order_by("pk")
        assert {(one.place_id, one.vials, one.session_id) for one in held} == {
            (first.pk, 10, None), (second.pk, 3, None), (None, None, session.pk),
        }  # fmt: skip
        assert [vials for _movement, _lot, vials in left_with(alarm)] == [5]
        assert free_in(store.pk, lot) == 12
        after = {"actor": ngoc, "moment": MORNING + timedelta(hours=2)}
        page = sign_in("ngoc").get(f"/tiem-chung/tu-lanh/{first.pk}").content.decode()
        assert "10 lọ, Mốc tủ lạnh Tân Lộc" in page
        with pytest.raises(Refusal):
            bring_lot(**after, session_id=session.pk, lot_id=lot.pk, vials=13, place_id=second.pk)
        for vials, is_held in ((1, False), (11, True)):
            with pytest.raises(Refusal):
                move_vials(**after, **kept, vials=vials, key=uuid4(), to_id=second.pk, held=is_held)
        # Out of the fridge that fails, with their hold.
        move_vials(**after, **kept, vials=10, key=uuid4(), to_id=second.pk, held=True)
        assert spot_of(store.pk, lot, second.pk).held == 13
        # What comes back from the session stays held, on the shelf.
        cancel_session(**after, session_id=session.pk, reason="Chờ quyết định về vắc xin")
        assert spot_of(store.pk, lot, None).held == spot_of(store.pk, lot, None).vials == 5
    with world.as_("ngoc"):
        decided = {"actor": planner(world), "moment": MORNING + timedelta(hours=3), "excursion_id": alarm.pk}
        decide_excursion(**decided, decision="discard", reason="Quá 10 °C hơn 30 phút")
    with world.as_("ngoc") as ngoc:
        for hold in LotHold.objects.standing().some().filter(excursion=alarm):
            throw_away(actor=ngoc, moment=MORNING + timedelta(hours=4), hold_id=hold.pk)
        there = [(one.place, one.vials, one.held) for one in spots_of(store.pk, lot)]
        assert there == [(second, 12, 0)]
    with entering(SYSTEM):
        follow_facts(MORNING + timedelta(hours=6))
        assert not Task.objects.live().filter(title__contains=f"báo động số {alarm.pk}").exists()
