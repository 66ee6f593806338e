"""What follows in supply: an item falls below its least, an order is proposed, and help that arrived is to be thanked for."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import accept_step, follow_facts
from phaodai.playbook.models import Step
from phaodai.playbook.supplies import unthanked
from phaodai.supply.actions import aid
from phaodai.supply.actions.movements import Goods, issue, receive
from phaodai.supply.actions.stores import set_limits
from phaodai.supply.models import Item, Order, Store
from phaodai.supply.pages.queue import supply_queue
from tests.world import World

pytestmark = pytest.mark.django_db


def test_what_runs_short_becomes_an_order_and_late_help_waits_for_whoever_asked(world: World, moment: datetime) -> None:
    with world.as_("ngoc") as ngoc:
        store, masks = Store.objects.get(name="Mốc kho Tân Lộc"), Item.objects.get(code="KT-YT")
        set_limits(actor=ngoc, moment=moment, store_id=store.pk, limits={masks.pk: (Decimal(10_000), None)})
        more = Goods(masks.pk, Decimal(10_000), number="K1", expires_on=moment.date() + timedelta(days=400))
        receive(
            actor=ngoc, moment=moment, store_id=store.pk, goods=[more], key=UUID(int=70), origin="bought", about="Mua",
        )  # fmt: skip
        issue(
            actor=ngoc, moment=moment, store_id=store.pk, goods=[Goods(masks.pk, Decimal(5_000))], key=UUID(int=71),
            about="Tổ lấy mẫu",
        )  # fmt: skip
    with world.as_("dat") as dat:
        asked = aid.open_aid(
            actor=dat, moment=moment, key=UUID(int=72), kind="request", direction="in", partner="Lâm Hà", subject="Tổ hồi sức",
            goods=[], teams=[aid.AskedTeam("Hồi sức", 2, moment.date(), moment.date())], letter=aid.Letter("", None),
        )  # fmt: skip
        aid.agree_aid(actor=dat, moment=moment, aid_id=asked.pk)
        aid.dispatch_aid(actor=dat, moment=moment, aid_id=asked.pk, expected_at=moment + timedelta(hours=6))
        before, after = (len(supply_queue(dat, moment + timedelta(hours=hours))) for hours in (5, 7))
        assert after == before + 1
        aid.receive_aid(actor=dat, moment=moment + timedelta(hours=7), aid_id=asked.pk)
    with entering(SYSTEM):
        follow_facts(actor=SYSTEM, moment=moment)
        assert Step.objects.filter(consequence="thank-for-aid", subject_id=asked.pk).exists()
        assert unthanked(asked.pk) == asked
        short = Step.objects.get(consequence="order-short")
        assert short.about == store.name
    with world.as_("ngoc") as ngoc:
        made = Order.objects.get(pk=accept_step(actor=ngoc, moment=moment, pk=short.pk).made_id)
        assert (made.state, made.store) == (Order.State.DRAFT, store)
        assert masks.pk in made.lines.values_list("item", flat=True)
