"""Stock is the sum of its movements, whatever is done in whatever order; against the real database."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.supply.actions.items import amend_item
from phaodai.supply.actions.movements import Counted, Goods, count, issue, receive, return_goods, transfer, write_off
from phaodai.supply.actions.movements_answering import reverse, take_in
from phaodai.supply.models import Account, Holding, Item, Movement, MovementLine, StockLevel, Store
from tests.world import World

pytestmark = pytest.mark.django_db

MOMENT = datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM)
EXPIRIES = (date(2021, 11, 24), date(2021, 12, 1), date(2022, 6, 30))
QUANTITIES = st.integers(1, 60).map(Decimal)
BASE: dict[str, Any] = {"actor": SYSTEM, "moment": MOMENT}


class Ledger(RuleBasedStateMachine):
    """Two stores, one item, three batches; each run is undone."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.scope = entering(SYSTEM, why="test")
        self.scope.__enter__()
        names = ("Mốc kho Thuận Hòa", "Mốc kho Tân Lộc")
        self.stores = [Store.objects.get(name=name) for name in names]
        self.item = Item.objects.get(code="KT-YT", province_id=self.stores[0].province_id)
        self.done: list[Movement] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        self.undo.__exit__(None, None, None)

    def _do(self, deed: Any, **given: Any) -> None:
        """A deed is done whole, or refused in words and not at all."""
        before = MovementLine.objects.count()
        try:
            with transaction.atomic():
                self.done.append(deed(**BASE, key=uuid4(), **given))
        except Refusal:
            assert MovementLine.objects.count() == before

    def _goods(self, quantity: Decimal, **more: Any) -> list[Goods]:
        return [Goods(self.item.pk, quantity, **more)]

    @rule(at=st.integers(0, 1), quantity=QUANTITIES, batch=st.integers(0, 2))
    def receive(self, at: int, quantity: Decimal, batch: int) -> None:
        goods = self._goods(quantity, number=f"L{batch}", expires_on=EXPIRIES[batch])
        self._do(receive, store_id=self.stores[at].pk, goods=goods)

    @rule(at=st.integers(0, 1), quantity=QUANTITIES, again=st.booleans())
    def issue(self, at: int, quantity: Decimal, again: bool) -> None:
        goods = self._goods(quantity) * (2 if again else 1)
        self._do(issue, store_id=self.stores[at].pk, goods=goods, about="Tổ xét nghiệm")

    @rule(at=st.integers(0, 1), quantity=QUANTITIES)
    def send(self, at: int, quantity: Decimal) -> None:
        to = self.stores[1 - at].pk
        self._do(transfer, store_id=self.stores[at].pk, to_store_id=to, goods=self._goods(quantity))

    @rule(short=st.integers(0, 5))
    def arrive(self, short: int) -> None:
        for sent in Movement.objects.on_the_way().order_by("-pk")[:1]:
            line = sent.lines.order_by("pk")[0]
            came = {line.pk: max(line.quantity - short, Decimal(0))}
            self._do(take_in, movement_id=sent.pk, arrived=came, about="Vỡ trên đường")

    @rule(at=st.integers(0, 1), quantity=st.integers(0, 80).map(Decimal))
    def count(self, at: int, quantity: Decimal) -> None:
        for level in StockLevel.objects.filter(store=self.stores[at]).order_by("pk")[:1]:
            counted = [Counted(level.batch_id, quantity)]
            self._do(count, store_id=self.stores[at].pk, counted=counted, reason="Đếm lại")

    @rule(at=st.integers(0, 1), quantity=QUANTITIES)
    def lose(self, at: int, quantity: Decimal) -> None:
        self._do(write_off, store_id=self.stores[at].pk, goods=self._goods(quantity), reason="Ẩm mốc")

    @rule(at=st.integers(0, 1), quantity=QUANTITIES)
    def bring_back(self, at: int, quantity: Decimal) -> None:
        for level in StockLevel.objects.filter(store=self.stores[at]).order_by("pk")[:1]:
            goods = self._goods(quantity, batch_id=level.batch_id)
            self._do(return_goods, store_id=self.stores[at].pk, goods=goods, about="Tổ trả lại")

    @rule(data=st.data())
    def turn_round(self, data: Any) -> None:
        if self.done:
            wrong = data.draw(st.sampled_from(self.done))
            self._do(reverse, movement_id=wrong.pk, reason="Ghi nhầm")

    @rule(data=st.data())
    def press_twice(self, data: Any) -> None:
        if self.done:
            once, lines = data.draw(st.sampled_from(self.done)), MovementLine.objects.count()
            goods = self._goods(Decimal(1))
            again = issue(**BASE, store_id=once.store_id, goods=goods, about="Lần hai", key=once.key)
            assert (again.pk, MovementLine.objects.count()) == (once.pk, lines)

    @invariant()
    def stock_is_the_sum_of_movements(self) -> None:
        accounts: dict[tuple[int, str, int], Decimal] = defaultdict(Decimal)
        for line in MovementLine.objects.all():
            store = line.store_id
            accounts[line.batch_id, line.put_into, store] += line.quantity
            accounts[line.batch_id, line.taken_from, store] -= line.quantity
        for batch in {batch for batch, _account, _store in accounts}:
            assert sum(some for (one, _a, _s), some in accounts.items() if one == batch) == 0
        booked = {(level.batch_id, level.store_id): level.quantity for level in StockLevel.objects.all()}
        summed = {(batch, store): some for (batch, kind, store), some in accounts.items() if kind == Account.STORE}
        assert booked == summed
        assert min(booked.values()) >= 0

    @invariant()
    def holdings_are_the_sum_of_levels(self) -> None:
        sums: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for level in StockLevel.objects.all():
            sums[level.store_id, level.item_id] += level.quantity
        assert {(one.store_id, one.item_id): one.quantity for one in Holding.objects.all()} == sums


def test_stock_is_the_sum_of_its_movements(world: World) -> None:
    limits = settings(max_examples=8, stateful_step_count=16, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Ledger, settings=limits)


def test_the_database_itself_refuses_negative_stock_and_edits(world: World) -> None:
    """By raw SQL, past every action."""
    out = (
        "insert into supply_movementline (movement_id, store_id, organisation_id, item_id, batch_id, quantity, taken_from,"
        " put_into, day, province_id) select movement_id, store_id, organisation_id, item_id, batch_id, 999999, 'store',"
        " 'used', day, province_id from supply_movementline limit 1"
    )
    edits = ("update supply_movementline set quantity = 1", "update supply_movement set about = 'x'")
    with entering(SYSTEM), connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match=r"stock_never_negative|holding_never_negative"), transaction.atomic():
            cursor.execute(out)
        for sql in edits:
            with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
                cursor.execute(sql)


def test_a_renamed_item_is_found_at_the_stores_of_every_unit(world: World) -> None:
    """By an officer of one district, while some of it lies in a store of another: the balances there are not theirs."""
    with entering(SYSTEM):
        item = Item.objects.get(code="KT-YT", province_id=world.units["98"].pk)
        far = StockLevel.objects.filter(item=item).exclude(district_id=world.units["980"].pk).first()
        assert far is not None
    with world.as_("dich") as dich:
        amend_item(actor=dich, moment=MOMENT, pk=item.pk, version=item.version, name="Khẩu trang N95")
    with entering(SYSTEM):
        assert "khau trang n95" in StockLevel.objects.get(pk=far.pk).search_key
