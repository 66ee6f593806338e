"""The actions of funds, readiness and mutual aid; Thuận Hòa has a fund, a plan, a drill and a request of its own."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from phaodai.foundation.permissions import Permission as P  # noqa: N817  (a table)
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.foundation.sheets import SheetRow
from phaodai.supply.actions import (
    aid,
    aid_papers,
    donations,
    donations_loading,
    drills,
    drills_tasks,
    funds,
    funds_publishing,
    handovers,
    readiness,
)
from phaodai.supply.models import (
    AidRequest,
    AidTeam,
    Donation,
    DrillCall,
    Fund,
    FundEntry,
    FundHolding,
    GoodsHandover,
    NeedMapping,
    ReadinessDrill,
    ReadinessFigure,
    Store,
)
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

KEY = UUID(int=7_777)
TODAY = MORNING.date()
MODULES = (
    *("aid", "aid_papers", "donations", "donations_loading", "drills", "drills_tasks", "funds", "funds_publishing"),
    *("handovers", "readiness", "sheet_rows"),
    *("readiness_figures", "readiness_equipment", "readiness_reckoning"),
)


def _there(find: Callable[[World], dict[str, Any]], **more: Any) -> Given:
    def given(world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return find(world) | more

    return given


def _fund(**more: Any) -> Given:
    return _there(lambda _w: {"fund_id": Fund.objects.get(name="Mốc quỹ Bình Minh").pk}, **more)


def _gift(**more: Any) -> Given:
    return _there(lambda _w: {"donation_id": Donation.objects.get(giver_name="Mốc công ty Bình Minh").pk}, **more)


def _loose_line(world: World) -> dict[str, Any]:
    """A line of the fund's book that belongs to no gift."""
    del world
    holding = FundHolding.objects.get(fund__name="Mốc quỹ Bình Minh", kind="money")
    entry = FundEntry.objects.create(
        holding=holding, on=TODAY, quantity=-1000, purpose="other", recorded_at=MORNING, key=KEY,
        province_id=holding.province_id,
    )  # fmt: skip
    holding.balance -= 1000
    holding.save()
    return {"entry_id": entry.pk}


def _noodles(_world: World) -> dict[str, Any]:
    holding = FundHolding.objects.get(fund__name="Mốc quỹ Bình Minh", kind="goods")
    return {"holding_id": holding.pk, "store_id": Store.objects.get(name="Mốc kho Tân Lộc").pk}


def _handover(_world: World) -> dict[str, Any]:
    """Goods for the station of Tân Lộc."""
    one = GoodsHandover.objects.get(giver="Mốc giao Thuận Hòa")
    store = Store.objects.get(name="Mốc kho Tân Lộc")
    GoodsHandover.objects.filter(pk=one.pk).update(keeper=store.organisation)
    return {"handover_id": one.pk}


def _taken(world: World) -> dict[str, Any]:
    from phaodai.supply.models import Item

    store = Store.objects.get(name="Mốc kho Tân Lộc")
    item = Item.objects.get(code="KT-YT", province_id=store.province_id)
    return _handover(world) | {"store_id": store.pk, "item_id": item.pk}


def _unit(**more: Any) -> Given:
    return _there(lambda world: {"unit": world.units["980"]}, **more)


def _district(**more: Any) -> Given:
    return _there(lambda world: {"unit_id": world.units["980"].pk}, **more)


def _aid(state: str = "open", **more: Any) -> Given:
    def find(_world: World) -> dict[str, Any]:
        one = AidRequest.objects.get(subject="Mốc tương trợ Thuận Hòa")
        moved = {"dispatched_at": MORNING, "arrived_at": MORNING} if state in ("on_way", "received") else {}
        expected = {"expected_at": MORNING + timedelta(hours=5)} if state == "on_way" else {}
        AidRequest.objects.filter(pk=one.pk).update(state=state, **moved, **expected)
        one.lines.update(agreed=20, sent=20)
        return {"aid_id": one.pk}

    return _there(find, **more)


def _call(_world: World) -> dict[str, Any]:
    return {"call_id": DrillCall.objects.get(drill__title="Mốc diễn tập Thuận Hòa").pk}


def _order(world: World) -> dict[str, Any]:
    return {"unit_id": world.units["980"].pk, "store_id": Store.objects.get(name="Mốc kho Tân Lộc").pk}


SPENT = {"purpose": "medicine", "words": "Kít", "decision": "QĐ 1", "on": TODAY}
GIVER = donations.Giver("person", "Nguyễn Thị Sương")
ROWS = [(TODAY + timedelta(days=5), "kits", 100)]
CASES = (
    Case(funds.open_fund, P.SUPPLY_DONATION_WRITE, "linh", _there(lambda _w: {"name": "Quỹ", "opened_on": TODAY}), ""),
    Case(funds.spend, P.SUPPLY_DONATION_WRITE, "linh", _fund(key=KEY, quantity=Decimal(1000), **SPENT), "thuy"),
    Case(
        funds.allot,
        P.SUPPLY_DONATION_WRITE,
        "linh",
        _fund(key=KEY, quantity=Decimal(1000), words="Ngân sách", decision="QĐ 2", on=TODAY),
        "thuy",
    ),
    Case(funds.reverse_entry, P.SUPPLY_DONATION_WRITE, "linh", _there(_loose_line, reason="Nhầm"), "thuy"),
    Case(
        donations.record_donation,
        P.SUPPLY_DONATION_WRITE,
        "linh",
        _fund(key=KEY, giver=GIVER, received_on=TODAY, money=1000),
        "thuy",
    ),
    Case(
        donations_loading.load_gifts,
        P.SUPPLY_DONATION_WRITE,
        "linh",
        _fund(rows=[SheetRow(2, {"Ngày nhận": "24/11/2021", "Số tiền": "1.000"})], sheet="ung-ho.xlsx"),
        "thuy",
    ),
    Case(donations.give_receipt, P.SUPPLY_DONATION_WRITE, "linh", _gift(), "thuy"),
    Case(donations.hide_giver, P.SUPPLY_DONATION_WRITE, "linh", _gift(), "thuy"),
    Case(donations.take_back_donation, P.SUPPLY_DONATION_WRITE, "linh", _gift(reason="Nhầm"), "thuy"),
    Case(
        funds_publishing.publish_statement,
        P.SUPPLY_DONATION_PUBLISH,
        "viet",
        _fund(first_day=date(2021, 11, 1), last_day=TODAY),
        "sang",
    ),
    Case(
        handovers.hand_over,
        P.SUPPLY_DONATION_WRITE,
        "linh",
        _there(_noodles, key=KEY, quantity=Decimal(1), decision=""),
        "thuy",
    ),
    Case(handovers.take_into_store, P.SUPPLY_STOCK_WRITE, "ngoc", _there(_taken, expires_on=date(2022, 5, 1)), "phuc"),
    Case(handovers.refuse_handover, P.SUPPLY_STOCK_WRITE, "ngoc", _there(_handover, reason="Ướt"), "phuc"),
    Case(readiness.take_needs, P.SUPPLY_READINESS_WRITE, "dat", _unit(scenario_name="Thử", rows=ROWS), "khoa"),
    Case(readiness.tell_figure, P.SUPPLY_READINESS_WRITE, "dat", _unit(key="ambulances", quantity=Decimal(2)), "khoa"),
    Case(
        readiness.amend_figure,
        P.SUPPLY_READINESS_WRITE,
        "dat",
        _there(lambda _w: {"pk": ReadinessFigure.objects.get(words="Mốc giường Thuận Hòa").pk, "version": 1}),
        "khoa",
    ),
    Case(
        readiness.map_need,
        P.SUPPLY_READINESS_WRITE,
        "viet",
        _there(lambda _w: {"key": "staff", "pillar": "forces", "figure": "staff"}),
        "dat",
    ),
    Case(
        readiness.amend_mapping,
        P.SUPPLY_READINESS_WRITE,
        "viet",
        _there(
            lambda _w: {"pk": NeedMapping.objects.get(note="Mốc quy đổi Bình Minh").pk, "version": 1},
            factor=Decimal(2),
        ),
        "dat",
    ),
    Case(readiness.suggest_mappings, P.SUPPLY_READINESS_WRITE, "viet", _there(lambda _w: {}), "dat"),
    Case(
        drills.call_drill,
        P.SUPPLY_READINESS_WRITE,
        "dat",
        _there(lambda world: {"unit_ids": [world.units["98001"].pk]}, title="Đếm", hours=4, keys=["beds_tier_2"]),
        "khoa",
    ),
    Case(
        drills.answer_drill, P.SUPPLY_READINESS_WRITE, "dat", _there(_call, counted={"beds_tier_2": Decimal(3)}), "khoa"
    ),
    Case(
        drills.close_drill,
        P.SUPPLY_READINESS_WRITE,
        "dat",
        _there(lambda _w: {"drill_id": ReadinessDrill.objects.get(title="Mốc diễn tập Thuận Hòa").pk}),
        "khoa",
    ),
    Case(
        drills_tasks.ask_units,
        P.COMMAND_TASK_ASSIGN,
        "dat",
        _there(lambda _w: {"drill_id": ReadinessDrill.objects.get(title="Mốc diễn tập Thuận Hòa").pk}),
        "khoa",
    ),
    Case(
        aid.open_aid,
        P.SUPPLY_AID_DECIDE,
        "dat",
        _there(
            lambda _w: {},
            key=KEY,
            kind="request",
            direction="in",
            partner="UBND tỉnh bạn",
            subject="Xin máy thở",
            goods=[aid.AskedGoods("Máy thở", "chiếc", Decimal(2))],
        ),
        "",
    ),
    Case(aid.agree_aid, P.SUPPLY_AID_DECIDE, "dat", _aid(), "khoa"),
    Case(aid.refuse_aid, P.SUPPLY_AID_DECIDE, "dat", _aid(words="Hết máy"), "khoa"),
    Case(aid.withdraw_aid, P.SUPPLY_AID_DECIDE, "dat", _aid(words="Đã đủ"), "khoa"),
    Case(
        aid.dispatch_aid, P.SUPPLY_AID_DECIDE, "dat", _aid("agreed", expected_at=MORNING + timedelta(hours=5)), "khoa"
    ),
    Case(
        aid.delay_aid,
        P.SUPPLY_AID_DECIDE,
        "dat",
        _aid("on_way", expected_at=MORNING + timedelta(days=2), reason="Sạt lở đường"),
        "khoa",
    ),
    Case(
        aid.receive_aid,
        P.SUPPLY_AID_DECIDE,
        "dat",
        lambda world, story: _aid("on_way")(world, story) | {"store_id": _order_store()},
        "khoa",
    ),
    Case(aid_papers.thank_for_aid, P.SUPPLY_AID_DECIDE, "dat", _aid("received"), "khoa"),
    Case(
        aid.send_team_home,
        P.SUPPLY_AID_DECIDE,
        "dat",
        _there(
            lambda _w: {"team_id": _team_at_work()},
            on=TODAY,
        ),
        "khoa",
    ),
    Case(aid_papers.order_gap, P.SUPPLY_READINESS_WRITE, "dat", _there(_order, key=KEY), "khoa"),
    Case(aid_papers.request_purchase, P.SUPPLY_READINESS_WRITE, "dat", _district(), "khoa"),
    Case(aid_papers.request_help, P.SUPPLY_AID_DECIDE, "dat", _district(partner="UBND tỉnh bạn", key=KEY), "khoa"),
)
# Parts of the actions above, under their checks.
CLOCKWORK = {aid.go_on, funds.enter, funds.counter, handovers.begin_handover}
OWN_BOOK = {"open_fund", "open_aid"}


def _order_store() -> int:
    with entering(SYSTEM):
        return Store.objects.get(name="Mốc kho Tân Lộc").pk


def _team_at_work() -> int:
    team = AidTeam.objects.get(skill="Mốc tổ hồi sức Thuận Hòa")
    AidTeam.objects.filter(pk=team.pk).update(from_on=TODAY - timedelta(days=3), state="working")
    return team.pk
