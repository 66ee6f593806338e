"""Lockdown zones of the story: one drawn on the map and tightened, one by hamlets and shrunk, one that waits for its word."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import shapely

from demo import SEED
from demo.directives import at
from demo.outbreak import BEN_GO, HOA_XUAN, TAN_LOC
from demo.streams import stream
from phaodai.containment.actions.gates import add_duty, add_gate, issue_permit
from phaodai.containment.actions.zones import decide_zone, open_zone, propose_zone, shrink_zone, tighten_zone
from phaodai.containment.actions.zones_ground import Ground
from phaodai.containment.models import Gate, GatePassage, HouseCheck, Need, Permit, Zone, ZoneHousehold
from phaodai.containment.rules.zones_outline import shape_of
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.surveillance.models import Case, Outbreak
from phaodai.territory.models import Tier, Unit, UnitOutline

GUARDS = (("Lường Văn Dũng", "Công an xã"), ("Hoàng Thị Sen", "Hội Phụ nữ"), ("Nông Văn Tài", "Dân quân"))
SHIFTS = (6, 14, 22)
NEEDS = (("food", "Gạo 10 kg, rau, trứng"), ("medicine", "Thuốc huyết áp một tháng"), ("food", "Sữa, bỉm cho trẻ nhỏ"))
DRAWN_WITHIN, DRAWN_CORNERS = 0.0006, 0.0006


def load_zones(units: Mapping[str, Unit], decider: Actor, now: datetime) -> None:
    """Everything that had been ordered, guarded, brought and checked by the morning of `now`."""
    _Loading(units, decider, now).run()


class _Loading:
    """The zones in the order in which they came to be."""

    def __init__(self, units: Mapping[str, Unit], decider: Actor, now: datetime) -> None:
        self.decider, self.now, self.rng = decider, now, stream(SEED, "zones")
        self.communes = {unit.bare_name: unit for unit in units.values() if unit.tier == Tier.COMMUNE}

    def run(self) -> None:
        market, workshop = self._drawn(), self._by_hamlets()
        for zone, seen in ((market, 0.97), (workshop, 0.72)):
            self._guard(zone)
            with clock.at(self.now), entering(SYSTEM, why="demo"):
                self._fill(zone, seen)
        self._waiting()

    def _act(self, deed: Any, moment: datetime, **given: Any) -> Any:
        with clock.at(moment), entering(self.decider, why="demo"):
            return deed(actor=self.decider, moment=moment, **given)

    def _hit(self, commune: str, most: int) -> list[Unit]:
        """The hamlets of a commune where the ill live, the hardest hit first; any others behind them."""
        unit = self.communes[commune]
        with entering(SYSTEM, why="demo"):
            homes = Case.objects.filter(commune_id=unit.pk).values_list("person__household__hamlet", flat=True)
            ill = Counter(homes)
            hamlets = list(Unit.objects.filter(commune_id=unit.pk, tier=Tier.HAMLET).order_by("sort_key"))
        return sorted(hamlets, key=lambda hamlet: -ill[hamlet.pk])[:most]

    def _outbreak(self, commune: str) -> int | None:
        with entering(SYSTEM, why="demo"):
            found = Outbreak.objects.open().filter(cases__commune_id=self.communes[commune].pk)
            return found.order_by("pk").values_list("pk", flat=True).first()

    def _drawn(self) -> Zone:
        hamlet = self._hit(TAN_LOC, 1)[0]
        zone = self._opened(
            f"Khu dân cư {hamlet.name}",
            Ground(outline=_around(hamlet)),
            TAN_LOC,
            at(20, 9, 40),
            "Chuỗi lây nhiễm từ chợ",
        )
        self._act(tighten_zone, at(22, 17, 0), zone_id=zone.pk, reason="Hai ca mới trong ba ngày, có người ra khỏi nhà")
        return zone

    def _by_hamlets(self) -> Zone:
        hamlets = self._hit(HOA_XUAN, 2)
        zone = self._opened(
            f"{hamlets[0].name} và {hamlets[-1].name}", Ground(hamlets=[one.pk for one in hamlets]), HOA_XUAN, at(21, 18, 0),
            "Hai người cùng nhà dương tính",
        )  # fmt: skip
        kept = Ground(hamlets=[hamlets[0].pk])
        reason = f"{hamlets[-1].name} hai lần xét nghiệm đều âm tính"
        self._act(shrink_zone, at(23, 16, 30), zone_id=zone.pk, ground=kept, reason=reason)
        return zone

    def _opened(self, name: str, ground: Ground, commune: str, moment: datetime, reason: str) -> Zone:
        asked = {"name": name, "ground": ground, "reason": reason, "outbreak_id": self._outbreak(commune)}
        zone = self._act(propose_zone, moment, **asked)
        self._act(decide_zone, moment + timedelta(minutes=50), zone_id=zone.pk, reason=reason)
        done: Zone = self._act(open_zone, moment + timedelta(hours=2), zone_id=zone.pk)
        return done

    def _waiting(self) -> None:
        hamlet = self._hit(BEN_GO, 1)[0]
        ground = Ground(hamlets=[hamlet.pk])
        reason = "Ba ca trong hai hộ liền nhau, chờ quyết định"
        self._act(propose_zone, at(24, 5, 50), name=f"{hamlet.name}, {BEN_GO}", ground=ground, reason=reason)

    def _guard(self, zone: Zone) -> None:
        """Two gates, three shifts a day until tomorrow, and a few permits."""
        begun = datetime.combine(zone.opened_on or self.now.date(), time(6), tzinfo=VIETNAM)
        for name, place, shuts_at in (
            ("Chốt 1", "Đầu đường vào khu dân cư", None), ("Chốt 2", "Lối ra cánh đồng", time(19)),
        ):  # fmt: skip
            gate = self._act(
                add_gate, begun, zone_id=zone.pk, name=name, place=place, in_charge="Lường Văn Dũng",
                phone="0912 345 118", opens_at=time(5) if shuts_at else None, shuts_at=shuts_at,
            )  # fmt: skip
            for number, hour in enumerate(SHIFTS):
                guard, force = GUARDS[number]
                starts = datetime.combine(self.now.date(), time(hour), tzinfo=VIETNAM)
                self._act(
                    add_duty, begun, gate_id=gate.pk, name=guard, force=force, phone=f"0987 65{number} 412",
                    starts_at=starts, ends_at=starts + timedelta(hours=8),
                )  # fmt: skip
        for holder, plate, purpose in (
            ("Vi Văn Hải", "98C-214.07", "food"),
            ("Ma Thị Liên", "", "duty"),
            ("", "98A-330.18", "care"),
        ):
            self._act(
                issue_permit, begun, zone_id=zone.pk, holder=holder, plate=plate, purpose=purpose, valid_from=begun,
                valid_until=at(30, 18, 0),
            )  # fmt: skip

    def _fill(self, zone: Zone, seen: float) -> None:
        inside = list(ZoneHousehold.objects.filter(zone=zone, until_on=None).select_related("household"))
        days = [
            self.now.date() - timedelta(days=back)
            for back in range((self.now.date() - (zone.opened_on or self.now.date())).days, 0, -1)
        ]
        HouseCheck.objects.bulk_create(self._checks(zone, inside, days, seen))
        GatePassage.objects.bulk_create(self._passages(zone, days))
        Need.objects.bulk_create(self._needs(zone, inside))

    def _key(self) -> UUID:
        return UUID(bytes=self.rng.bytes(16), version=4)

    def _moment(self, day: date, first: int, last: int) -> datetime:
        return datetime.combine(day, time(first), tzinfo=VIETNAM) + timedelta(
            minutes=int(self.rng.integers((last - first) * 60))
        )

    def _checks(
        self, zone: Zone, inside: Sequence[ZoneHousehold], days: Sequence[date], seen: float
    ) -> list[HouseCheck]:
        found = []
        for day in days:
            for one in inside:
                if self.rng.random() < seen:
                    moment = self._moment(day, 8, 17)
                    away = self.rng.random() < (1 - seen) / 4
                    found.append(
                        HouseCheck(
                            zone=zone, household=one.household, key=self._key(), found="absent" if away else "present",
                            at=moment, recorded_at=moment, **_area(one),
                        )
                    )  # fmt: skip
        return found

    def _passages(self, zone: Zone, days: Sequence[date]) -> list[GatePassage]:
        permits, gates = list(Permit.objects.filter(zone=zone)), list(Gate.objects.filter(zone=zone))
        found = []
        for day in days:
            for number in range(24):
                permit, moment = permits[number % len(permits)], self._moment(day, 6, 20)
                shown = None if number == 0 else permit
                found.append(
                    GatePassage(
                        gate=gates[number % 2], key=self._key(), direction="in" if number % 2 else "out", name=permit.holder,
                        plate=permit.plate, purpose=permit.purpose, permit=shown, at=moment, recorded_at=moment, **_area(zone),
                    )
                )  # fmt: skip
        return found

    def _needs(self, zone: Zone, inside: Sequence[ZoneHousehold]) -> list[Need]:
        """Most was brought; what is owed is due today or tomorrow."""
        found = []
        for number, one in enumerate(inside):
            kind, what = NEEDS[number % len(NEEDS)]
            brought = self.rng.random() < 0.6
            due = self.now.date() + timedelta(days=-1 if brought else number % 2)
            found.append(
                Need(
                    zone=zone, household=one.household, kind=kind, what=what, due_on=due, asked_at=self.now - timedelta(days=2),
                    delivered_at=self.now - timedelta(hours=15) if brought else None, **_area(one),
                )
            )  # fmt: skip
        return found


def _around(hamlet: Unit) -> str:
    """A line around a hamlet as a finger draws it: inside the border, with a handful of corners."""
    kept = shape_of(UnitOutline.objects.get(unit=hamlet).geometry)
    drawn = shapely.simplify(kept.buffer(-DRAWN_WITHIN), DRAWN_CORNERS)
    return str(shapely.to_geojson(drawn if drawn.geom_type == "Polygon" and not drawn.is_empty else kept))


def _area(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("province_id", "district_id", "commune_id")}
