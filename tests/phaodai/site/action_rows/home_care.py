"""The actions of care at home: people, readings, alarms, packs, oxygen and mobile stations."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from phaodai.care.actions import alarms, alarms_raising, home, home_finding, home_oxygen, mobile, packs, readings
from phaodai.care.models import HomeCare, MobileStation, Worker
from phaodai.care.rules.alarms import Taken
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.supply.actions.movements import receive
from phaodai.supply.actions.movements_writing import Goods
from phaodai.supply.models import Item, Store
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

HERE = "Mốc nhà Tân Lộc"
MODULES = ("alarms", "alarms_raising", "home", "home_finding", "home_oxygen", "mobile", "packs", "readings")
PUBLIC = {readings.send_reading}
# Run by the clock, or called by the other verbs under their own check.
CLOCKWORK: set[Callable[..., Any]] = {
    alarms.watch_alarms,
    alarms.note_step,
    alarms_raising.raise_alarm,
    alarms_raising.tell_raised,
    home.end,
    home_finding.keep_home,
}
FOLLOW, ROSTER = Permission.CARE_HOME_FOLLOW, Permission.CARE_ROSTER_MANAGE


def here() -> HomeCare:
    """The person at home in Tân Lộc."""
    with entering(SYSTEM):
        return HomeCare.objects.select_related("door").get(address=HERE)


def quiet() -> HomeCare:
    """The same, with the alarm closed."""
    found = here()
    with entering(SYSTEM):
        alarm = found.alarms.waiting().first()
        if alarm is not None:
            alarms.close_alarm(actor=SYSTEM, moment=MORNING, alarm_id=alarm.pk, result="stayed", words="Đã khám")
    return found


def stocked(code: str = "GOI-A", kind: str = "medicine") -> dict[str, Any]:
    """Ten of an item in the cupboard of the station; the row ids of both."""
    with entering(SYSTEM):
        store = Store.objects.get(name="Tủ thuốc Tân Lộc")
        item, _made = Item.objects.get_or_create(
            province_id=store.province_id, code=code,
            defaults={"name": code, "unit": "cái", "kind": kind, "sort_key": code, "search_key": code.lower()},
        )  # fmt: skip
        goods = [Goods(item.pk, Decimal(10), number="L1", expires_on=date(2022, 6, 30))]
        receive(actor=SYSTEM, moment=MORNING, store_id=store.pk, goods=goods, key=UUID(int=900 + item.pk))
        return {"store_id": store.pk, "item_id": item.pk}


def _person(**more: Any) -> Given:
    return lambda _world, _story: {"home_care_id": here().pk, **more}


def _alarm(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"alarm_id": here().alarms.waiting().get().pk, **more}

    return given


def _calm(**more: Any) -> Given:
    return lambda _world, _story: {"home_care_id": quiet().pk, **more}


def _begun(_world: World, story: Story) -> dict[str, Any]:
    """The case of Tân Lộc, after its first care at home has ended."""
    with entering(SYSTEM):
        home.end_home_care(
            actor=SYSTEM, moment=MORNING, home_care_id=quiet().pk, state="stopped", reason="Chuyển nơi ở"
        )
    household = home.Household(phone="0912 345 678")
    return {"case_id": story.cases["Mốc ca 1"].pk, "household": household, "reason": "Bác sĩ đã khám"}


def _pack(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        doctor = Worker.objects.get(name="Bác sĩ Tân Lộc")
    prescription = packs.Prescription(doctor.pk, reason="Gói đầu đã hết")
    store = stocked()["store_id"]
    return {
        "home_care_id": here().pk,
        "pack": "A",
        "store_id": store,
        "prescription": prescription,
        "key": UUID(int=950),
    }


def _handout(_world: World, _story: Story) -> dict[str, Any]:
    stocked()
    with entering(SYSTEM):
        return {"handout_id": here().packs.get().pk, "key": UUID(int=951)}


def _oxygen(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"request_id": here().oxygen.get().pk, **more}

    return given


def _asked(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        home_oxygen.cancel_oxygen(actor=SYSTEM, moment=MORNING, **_oxygen(words="Chưa cần")(world, story))
    return {"home_care_id": here().pk}


def _delivery(world: World, story: Story) -> dict[str, Any]:
    return _oxygen(**stocked("OXY-8L", "oxygen"))(world, story)


def _delivered(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        home_oxygen.deliver_oxygen(actor=SYSTEM, moment=MORNING, **_delivery(world, story))
    return _oxygen()(world, story)


def _station(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": MobileStation.objects.get(name="Mốc trạm lưu động Tân Lộc").pk}


NEW = mobile.Station("Trạm lưu động 2", "0204 3 868 116", time(7), time(19), 30)
WELL = Taken(spo2=98)
CASES = (
    Case(home.begin_home_care, FOLLOW, "ngoc", _begun, "phuc"),
    Case(home.renew_link, FOLLOW, "ngoc", _person(), "phuc"),
    Case(
        home.amend_home_care, FOLLOW, "ngoc",
        lambda _w, _s: {"pk": here().pk, "version": here().version, "phone": "0912 000 111"}, "phuc",
    ),
    Case(home.release_home_care, FOLLOW, "ngoc", _calm(reason="Xét nghiệm âm tính hai lần"), "phuc"),
    Case(home.end_home_care, FOLLOW, "ngoc", _calm(state="stopped", reason="Chuyển nơi ở"), "phuc"),
    Case(readings.write_reading, FOLLOW, "ngoc", _person(taken=WELL, key=UUID(int=960)), "phuc"),
    Case(alarms.answer_alarm, FOLLOW, "ngoc", _alarm(what="called"), "phuc"),
    Case(alarms.close_alarm, FOLLOW, "ngoc", _alarm(result="stayed", words="Đã khám"), "phuc"),
    Case(packs.hand_out_pack, FOLLOW, "ngoc", _pack, "phuc"),
    Case(packs.take_pack_back, FOLLOW, "ngoc", _handout, "phuc"),
    Case(home_oxygen.ask_oxygen, FOLLOW, "ngoc", _asked, "phuc"),
    Case(home_oxygen.deliver_oxygen, FOLLOW, "ngoc", _delivery, "phuc"),
    Case(home_oxygen.take_oxygen_back, FOLLOW, "ngoc", _delivered, "phuc"),
    Case(home_oxygen.cancel_oxygen, FOLLOW, "ngoc", _oxygen(words="Đã chuyển viện"), "phuc"),
    Case(
        mobile.open_mobile_station, ROSTER, "dat",
        lambda w, _s: {"organisation": w.bodies["TYTL"], "station": NEW}, "khoa",
    ),
    Case(mobile.amend_mobile_station, ROSTER, "dat", lambda w, s: {**_station(w, s), "version": 1, "capacity": 60}, "khoa"),
    Case(mobile.close_mobile_station, ROSTER, "dat", _station, "khoa"),
)  # fmt: skip
