"""People in treatment at home on the morning of the story: readings of three days, alarms, packs, a mobile station."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from demo import SEED
from demo.outbreak import HOA_XUAN, TAN_LOC
from demo.streams import stream
from phaodai.care.models import (
    AlarmStep,
    HomeAlarm,
    HomeCare,
    HomeDoor,
    MobileStation,
    MobileStationHamlet,
    OxygenRequest,
    PackHandout,
    Reading,
    Worker,
)
from phaodai.care.rules.alarms import Taken, findings_of
from phaodai.care.rules.home import CONDITIONS, HOME_CARE, ask_home_care, kept
from phaodai.care.rules.readings import USUAL_TIMES, due_after
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.public import LENGTH, SIGNS
from phaodai.foundation.scope import SYSTEM, Area, entering
from phaodai.people.models import Officer, Organisation
from phaodai.rulebook.provincial import rulebook_for
from phaodai.supply.actions.movements import receive
from phaodai.supply.actions.movements_writing import Goods
from phaodai.supply.models import Item, Store
from phaodai.surveillance.models import Case
from phaodai.territory.models import Tier, Unit

AT_HOME, DAYS = 9, 3
LOW, WATCHED, SILENT = 0, 1, 2
"""The first has an alarm that nobody answered, the second one that a nurse answered, the third sent nothing today."""
PACKS = (
    ("GOI-A", "Gói thuốc A", "medicine"),
    ("GOI-B", "Gói thuốc B", "medicine"),
    ("GOI-C", "Gói thuốc C", "medicine"),
)
CYLINDER = ("OXY-8L", "Bình ô xy 8 lít", "oxygen")
STOCK = 40


def load_home_care(now: datetime) -> None:
    """The mildly ill of two communes, looked after by their stations; nothing where no station stands."""
    with clock.at(now), entering(SYSTEM, why="demo"):
        rows = Case.objects.counted().filter(outcome="", person__household__isnull=False, home_cares=None)
        named = [f"{kind} {name}" for kind in ("Xã", "Phường", "Thị trấn") for name in (TAN_LOC, HOA_XUAN)]
        communes = Unit.objects.filter(tier=Tier.COMMUNE, name__in=named)
        cases = rows.filter(commune_id__in=[one.pk for one in communes], age__lt=50).select_related("person__household")
        found = list(cases.order_by("commune_id", "-positive_at", "pk")[:AT_HOME])
        if found:
            _Loading(found, now).run()


class _Loading:
    """The rows set-wise, in the order in which they need each other."""

    def __init__(self, cases: Sequence[Case], now: datetime) -> None:
        self.cases, self.now, self.rng = cases, now, stream(SEED, "home care")
        self.book = rulebook_for(cases[0].province_id)
        bodies = Organisation.objects.open().filter(province_id=cases[0].province_id)
        self.stations = {one.commune_id: one for one in bodies.filter(kind="health_station").order_by("-pk")}
        self.centres = {one.district_id: one for one in bodies.filter(kind="health_centre").order_by("-pk")}

    def run(self) -> None:
        cares = HomeCare.objects.bulk_create([one for one in map(self._care, self.cases) if one is not None])
        if not cares:
            return
        for number, station in enumerate({one.organisation for one in cares if not one.organisation.phone}):
            Organisation.objects.filter(pk=station.pk).update(phone=f"0204 3 868 {115 + number}")
        mobile = self._mobile_station(cares[0])
        for care in cares:
            care.mobile_station = mobile if care.commune_id == mobile.commune_id else None
        HomeCare.objects.bulk_update(cares, ["mobile_station"])
        readings = Reading.objects.bulk_create([one for care in enumerate(cares) for one in self._readings(*care)])
        newest = {one.home_care_id: one for one in readings}
        HomeDoor.objects.bulk_create(self._door(place, care, newest[care.pk]) for place, care in enumerate(cares))
        self._alarms(cares, newest)
        self._goods(cares)

    def _care(self, case: Case) -> HomeCare | None:
        station = self.stations.get(case.commune_id)
        if station is None or case.person.household is None:
            return None
        began = min((case.positive_at or self.now) + timedelta(hours=6), self.now - timedelta(hours=16))
        facts = {"symptoms": "mild", "spo2": 97, "respiratory_rate": 18, "age": float(case.age or 30), "carer": True}
        facts |= {"doses": 1, "last_dose_on": date(2021, 9, 20)}
        decision = ask_home_care(self.book, began.date(), facts)
        plain = {name: one.isoformat() if isinstance(one, date) else one for name, one in facts.items()}
        return HomeCare(
            case=case, person=case.person, household=case.person.household, initials=case.person.masked[:40],
            organisation=station, centre=self.centres.get(case.district_id), address=case.person.household.address,
            phone=case.person.phone or f"0978 {case.pk % 1_000_000:06}", carer="Người nhà",
            home=dict.fromkeys(CONDITIONS, True), facts=plain, decision=kept(decision, HOME_CARE),
            allowed=bool(decision and decision.outcome), day_zero=began.astimezone(VIETNAM).date(), started_at=began,
            search_key=fold(f"{case.person.masked} {case.code} {case.person.household.address}")[:240],
            **Area.of(case).columns,
        )  # fmt: skip

    def _readings(self, place: int, care: HomeCare) -> Iterator[Reading]:
        """Mornings and evenings since the beginning; the last one tells what the list says of the person."""
        for back in range(DAYS * 2, -1, -1):
            at = self.now - timedelta(hours=12 * back + (20 if place == SILENT else 0), minutes=15 + 7 * place)
            if at < care.started_at and back:
                continue
            low = (place == LOW and back == 0) or (place == WATCHED and back == 1)
            oxygen = 93 if low else int(96 + self.rng.integers(0, 4))
            warmth = round(float(36.5 + self.rng.random() * (1.8 if low else 1.0)), 1)
            yield self._reading(care, at, Taken(oxygen, warmth, signs=("breathlessness",) if low else ()))

    def _reading(self, care: HomeCare, at: datetime, taken: Taken) -> Reading:
        found = findings_of(self.book, at.astimezone(VIETNAM).date(), taken)
        return Reading(
            home_care=care, key=self._key(), at=at, received_at=at, source="family" if self.rng.random() < 0.8 else "call",
            spo2=taken.spo2, temperature=Decimal(str(taken.temperature)), signs=list(taken.signs),
            alarm=[one.as_data() for one in found], **Area.of(care).columns,
        )  # fmt: skip

    def _key(self) -> UUID:
        return UUID(bytes=self.rng.bytes(16), version=4)

    def _door(self, place: int, care: HomeCare, last: Reading) -> HomeDoor:
        return HomeDoor(
            home_care=care, organisation=care.organisation, times_a_day=USUAL_TIMES, last_reading_at=last.at,
            reference="".join(SIGNS[int(one)] for one in self.rng.integers(0, len(SIGNS), LENGTH)),
            due_at=due_after(last.at.astimezone(VIETNAM), USUAL_TIMES),
            alarm_at=last.at if place in (LOW, WATCHED) else None, alarm_urgent=place in (LOW, WATCHED),
            **Area.of(care).columns,
        )  # fmt: skip

    def _alarms(self, cares: Sequence[HomeCare], newest: dict[int, Reading]) -> None:
        nurse = Officer.objects.filter(posts__organisation=cares[0].organisation).order_by("pk").first()
        for place, care in enumerate(cares[:SILENT]):
            reading = care.readings.exclude(alarm=[]).order_by("-at").first() or newest[care.pk]
            answered = reading.at + timedelta(minutes=6) if place == WATCHED else None
            alarm = HomeAlarm.objects.create(
                home_care=care, reading=reading, urgent=True, raised_at=reading.at, reached_at=reading.at,
                told_at=reading.at, acknowledged_at=answered, acknowledged_by=nurse if answered else None,
                **Area.of(care).columns,
            )  # fmt: skip
            HomeDoor.objects.filter(home_care=care).update(alarm_at=reading.at)
            if answered:
                AlarmStep.objects.create(
                    alarm=alarm, what="called", at=answered, officer=nurse, words="Người bệnh tỉnh, hẹn đến nhà"
                )

    def _mobile_station(self, care: HomeCare) -> MobileStation:
        name = f"Trạm y tế lưu động {care.organisation.name.removeprefix('Trạm Y tế ')}"
        station = MobileStation.objects.create(
            name=name[:120], organisation=care.organisation, phone="0204 3 115 115", opens=time(6), closes=time(22),
            capacity=50, opened_on=date(2021, 11, 21), sort_key=sort_key(name), search_key=fold(name), **Area.of(care).columns,
        )  # fmt: skip
        hamlets = Unit.objects.filter(tier=4, commune_id=care.commune_id).order_by("pk")[:4]
        MobileStationHamlet.objects.bulk_create(MobileStationHamlet(station=station, hamlet=one) for one in hamlets)
        return station

    def _goods(self, cares: Sequence[HomeCare]) -> None:
        """A cupboard with packs and cylinders, from which three people were given pack A; one waits for oxygen."""
        store = self._cupboard(cares[0].organisation)
        items = [self._item(store, *one) for one in (*PACKS, CYLINDER)]
        goods = [Goods(one.pk, Decimal(STOCK), number="L2111", expires_on=date(2023, 5, 31)) for one in items]
        receive(
            actor=SYSTEM,
            moment=self.now - timedelta(days=4),
            store_id=store.pk,
            goods=goods,
            key=self._key(),
            origin="above",
        )
        doctor = self._doctor(cares[0])
        batch = items[0].batches.get(number="L2111")
        PackHandout.objects.bulk_create(
            PackHandout(
                home_care=one, pack="A", key=self._key(), item=items[0], batch=batch, store=store, handed_at=one.started_at,
                prescriber=doctor, decision={"verified": True, "document": "6002/SYT-NVY", "most_days": 7},
                **Area.of(one).columns,
            )
            for one in cares[:3]
        )  # fmt: skip
        asked = self.now - timedelta(minutes=50)
        OxygenRequest.objects.create(
            home_care=cares[WATCHED % len(cares)], asked_at=asked, due_at=asked + timedelta(hours=1), key=self._key(),
            **Area.of(cares[WATCHED % len(cares)]).columns,
        )  # fmt: skip

    def _cupboard(self, station: Organisation) -> Store:
        known = Store.objects.open().filter(organisation=station).order_by("pk").first()
        name = f"Tủ thuốc {station.short_name}"
        keys = {"sort_key": sort_key(name), "search_key": fold(name)}
        return known or Store.objects.create(
            name=name, tier="commune", organisation=station, **keys, **station.area.columns
        )

    def _item(self, store: Store, code: str, name: str, kind: str) -> Item:
        keys = {"sort_key": sort_key(name), "search_key": fold(f"{code} {name}")}
        values = {"name": name, "unit": "bình" if kind == "oxygen" else "gói", "kind": kind, **keys}
        return Item.objects.get_or_create(province_id=store.province_id, code=code, defaults=values)[0]

    def _doctor(self, care: HomeCare) -> Worker:
        station = care.organisation
        known = Worker.objects.working().filter(organisation=station, skills__overlap=["doctor"]).first()
        name = "Nguyễn Thị Minh Tâm"
        keys = {"sort_key": sort_key(name), "search_key": fold(name)}
        return known or Worker.objects.create(
            code=f"BS-{station.code}"[:40], name=name, skills=["doctor"], organisation=station, phone="0912 115 115",
            **keys, **station.area.columns,
        )  # fmt: skip
