"""Funds, readiness and mutual aid of three areas: the office of the province, the district Phú Khê, the other province."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.world import World

PARTS = (
    # mark, body that keeps it, unit, officer
    ("Bình Minh", "VPTU", "98", "linh"),
    ("Phú Khê", "UBPK", "981", "thuy"),
    ("Thuận Hòa", "UBTH", "980", "dat"),
    ("Sơn Giang", "VPSG", "97", "sang"),
)
WEEK = date(2021, 11, 29)


def build_aid(world: World, evening: datetime) -> None:
    """A fund with a gift, a plan with a figure and a drill, a request with a team, of each."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for number, (mark, body, code, who) in enumerate(PARTS, 1):
            _Part(world, evening, number, mark, body, code, who).write()


class _Part:
    """What one area has."""

    def __init__(self, world: World, evening: datetime, number: int, mark: str, body: str, code: str, who: str) -> None:
        self.evening, self.number, self.mark = evening, number, mark
        self.body, self.unit, self.officer = world.bodies[body], world.units[code], world.officers[who]
        self.area: dict[str, Any] = self.body.area.columns

    def key(self, number: int) -> UUID:
        return UUID(int=7_000 + 10 * self.number + number)

    def write(self) -> None:
        self.fund()
        self.readiness()
        self.drill()
        self.aid()

    def fund(self) -> None:
        from phaodai.foundation.formats import fold
        from phaodai.supply.models import Donation, Fund, FundEntry, FundHolding, FundStatement, StatementGiver

        fund = Fund.objects.create(
            organisation=self.body, name=f"Mốc quỹ {self.mark}", opened_on=date(2021, 5, 1), **self.area
        )
        gift = Donation.objects.create(
            fund=fund, giver_kind="body", giver_name=f"Mốc công ty {self.mark}", agrees_named=True,
            received_on=date(2021, 11, 20), money=5_000_000, goods="40\xa0thùng mì", recorded_at=self.evening,
            officer=self.officer, key=self.key(1), search_key=fold(f"Mốc công ty {self.mark}"), **self.area,
        )  # fmt: skip
        for place, (kind, name, unit, much) in enumerate(
            (("money", "Tiền", "đồng", 5_000_000), ("goods", "mì", "thùng", 40))
        ):
            holding = FundHolding.objects.create(fund=fund, kind=kind, name=name, unit=unit, balance=much, **self.area)
            entry = FundEntry.objects.create(
                holding=holding, donation=gift, on=gift.received_on, quantity=much, value=much, purpose="given",
                words=f"Mốc sổ {self.mark} {name}", recorded_at=self.evening, key=self.key(2 + place),
                search_key=fold(f"Mốc sổ {self.mark} {name}"), **self.area,
            )  # fmt: skip
        self.hand_over(entry)
        statement = FundStatement.objects.create(
            fund=fund, fund_name=fund.name, organisation_name=self.body.name, first_day=date(2021, 11, 1),
            last_day=date(2021, 11, 22), published_at=self.evening, officer=self.officer, **self.area,
            content={
                "before": 0, "came": 5_000_000, "went": 0, "left": 5_000_000, "goods_value": 0, "purposes": [],
                "months": [{"key": "2021-11", "came": 5_000_000, "went": 0}], "goods": [],
            },
        )  # fmt: skip
        StatementGiver.objects.create(
            statement=statement, donation=gift, name=gift.giver_name, received_on=gift.received_on, money=gift.money
        )

    def hand_over(self, entry: Any) -> None:
        from phaodai.supply.models import GoodsHandover, Store

        store = Store.objects.filter(province_id=self.body.province_id).order_by("pk").first()
        assert store is not None
        GoodsHandover.objects.create(
            entry=entry, keeper=store.organisation, name="mì", unit="thùng", quantity=10, giver=f"Mốc giao {self.mark}",
            made_at=self.evening, officer=self.officer, **self.area,
        )  # fmt: skip

    def readiness(self) -> None:
        from phaodai.foundation.formats import fold
        from phaodai.supply.models import Item, NeedMapping, ReadinessFigure, ReadinessLine, ReadinessPlan

        area = self.unit.area.columns
        self.plan = ReadinessPlan.objects.create(
            unit=self.unit,
            scenario_name=f"Mốc nhu cầu {self.mark}",
            taken_at=self.evening,
            officer=self.officer,
            **area,
        )
        for week in range(2):
            for key, much in (("kits", 1000), ("beds_tier_2", 60)):
                ReadinessLine.objects.create(
                    plan=self.plan, week_start=WEEK + timedelta(weeks=week), key=key, quantity=much * (week + 1)
                )
        ReadinessFigure.objects.create(
            unit=self.unit, pillar="means", key="beds_tier_2", quantity=Decimal(80), words=f"Mốc giường {self.mark}",
            as_of=self.evening, officer=self.officer, search_key=fold(f"Mốc giường {self.mark}"), **area,
        )  # fmt: skip
        if self.unit.tier == 1:
            province = {"province_id": self.unit.pk}
            kit = Item.objects.get(code="TEST-KN", **province)
            asked = "kits" if self.unit.code == "98" else "tests"
            NeedMapping.objects.create(
                key=asked, pillar="logistics", item=kit, note=f"Mốc quy đổi {self.mark}", **province
            )
            NeedMapping.objects.create(key="beds_tier_2", pillar="means", figure="beds_tier_2", **province)

    def drill(self) -> None:
        from phaodai.supply.models import DrillCall, DrillCount, ReadinessDrill

        area = self.unit.area.columns
        for title, days in ((f"Mốc diễn tập {self.mark}", 0), (f"Mốc diễn tập cũ {self.mark}", 30)):
            called = self.evening - timedelta(days=days)
            drill = ReadinessDrill.objects.create(
                organisation=self.body, title=title, called_at=called, due_at=called + timedelta(hours=24),
                keys=["beds_tier_2"], state="closed" if days else "open", officer=self.officer, **area,
            )  # fmt: skip
            call = DrillCall.objects.create(
                drill=drill, unit=self.unit, answered_at=called + timedelta(hours=2) if days else None, **area
            )
            if days:
                DrillCount.objects.create(call=call, key="beds_tier_2", label="Giường", booked=80, counted=78)

    def aid(self) -> None:
        from phaodai.foundation.formats import fold
        from phaodai.supply.models import AidDelay, AidLine, AidRequest, AidStep, AidTeam

        aid = AidRequest.objects.create(
            organisation=self.body, kind="request", direction="in", partner="UBND tỉnh bạn",
            subject=f"Mốc tương trợ {self.mark}", asked_at=self.evening, key=self.key(5), officer=self.officer,
            search_key=fold(f"Mốc tương trợ {self.mark}"), **self.area,
        )  # fmt: skip
        AidLine.objects.create(request=aid, name="Máy thở", unit="chiếc", asked=20)
        AidStep.objects.create(request=aid, state="open", at=self.evening, officer=self.officer)
        AidDelay.objects.create(
            request=aid, expected_before=self.evening, expected_at=self.evening + timedelta(hours=5),
            reason=f"Mốc hẹn lại {self.mark}", at=self.evening, officer=self.officer,
        )  # fmt: skip
        AidTeam.objects.create(
            request=aid, skill=f"Mốc tổ hồi sức {self.mark}", people=12, from_on=date(2021, 11, 25),
            until_on=date(2021, 12, 24), **self.area,
        )  # fmt: skip
