"""The actions of the plan of vaccination: groups, lists, lots, cold chain, sessions, invitations."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.supply.actions.movements import Goods, receive
from phaodai.supply.models import Store
from phaodai.vaccination.actions import (
    cold_chain,
    groups,
    invitations,
    invitations_walk_in,
    lists,
    lots,
    lots_allotting,
    sessions,
)
from phaodai.vaccination.models import (
    Allotment,
    ColdPlace,
    Excursion,
    GroupTurn,
    Invitation,
    ListEntry,
    LotHold,
    PriorityList,
    Session,
    VaccineLot,
)
from phaodai.vaccination.rules.cold_chain import Reading
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

RUN, PLAN = Permission.VACCINATION_SESSION_RUN, Permission.VACCINATION_PLAN_WRITE
MODULES = (
    "cold_chain", "groups", "invitations", "invitations_walk_in", "lists", "lists_joining", "lots", "lots_allotting",
    "plan_shared", "sessions",
)  # fmt: skip
# Asked by whoever records doses, under their own permission.
CLOCKWORK = {lists.note_dose}


def _session(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            found = Session.objects.get(name="Mốc buổi tiêm Tân Lộc")
        return {"session_id": found.pk, **more}

    return given


def _open(**more: Any) -> Given:
    """The session of Tân Lộc, opened; of its lot as the account asks."""

    def given(world: World, story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            Session.objects.filter(name="Mốc buổi tiêm Tân Lộc").update(state="open", day=MORNING.date())
        return _session(**more)(world, story)

    return given


def _lot(code: str = "98001") -> VaccineLot:
    with entering(SYSTEM):
        return VaccineLot.objects.select_related("batch").get(number=f"MOC-{code}")


def _held(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        lot = _lot()
        hold = LotHold.objects.create(province_id=lot.province_id, lot=lot, reason="Mốc giữ", held_at=MORNING)
    return {"hold_id": hold.pk, "outcome": "use", "reason": "Nhà sản xuất cho dùng"}


def _place(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": ColdPlace.objects.get(name="Mốc tủ lạnh Tân Lộc").pk}


def _log(world: World, story: Story) -> dict[str, Any]:
    readings = [Reading(MORNING - timedelta(minutes=20), Decimal(5)), Reading(MORNING, Decimal(5))]
    place = _place(world, story)["pk"]
    return {"place_id": place, "name": "nhat-ky.csv", "content": b"x", "readings": readings}


def _alarm(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        place = ColdPlace.objects.get(name="Mốc tủ lạnh Tân Lộc")
        alarm = Excursion.objects.create(
            place=place, kind="gap", began_at=MORNING - timedelta(days=3), ended_at=MORNING - timedelta(days=2), low=2,
            high=8, found_at=MORNING, province_id=place.province_id, district_id=place.district_id,
            commune_id=place.commune_id,
        )  # fmt: skip
    return {"excursion_id": alarm.pk, "decision": "use", "reason": "Mất nhật ký, nhiệt kế dự phòng bình thường"}


def _entry(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"entry_id": ListEntry.objects.get(full_name="Mốc Lò Thị Tân").pk, **more}

    return given


def _pair(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        first = ListEntry.objects.get(full_name="Mốc Lò Thị Tân")
        second = ListEntry.objects.create(
            full_name="Mốc Lò Thị Tân Hai", group="others", same_key="hai", lookalike=first,
            **world.units["98001"].area.columns,
        )  # fmt: skip
    return {"entry_id": second.pk, "same": True}


def _waiting(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        ListEntry.objects.create(
            full_name="Mốc người chờ", birth_date=date(1950, 1, 1), birth_year=1950, group="chronic-elderly", rank=9,
            same_key="cho", **world.units["98001"].area.columns,
        )  # fmt: skip
    return _session(people=1)(world, story)


def _reserve(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        Invitation.objects.filter(session__name="Mốc buổi tiêm Tân Lộc").update(state="reserve", slot=None)
    return _session(people=1)(world, story)


def _invited(world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        rows = list(Invitation.objects.filter(session__name="Mốc buổi tiêm Tân Lộc").values_list("pk", flat=True))
    return _session(invitation_ids=rows, state="came")(world, story)


def _walk_in(world: World, story: Story) -> dict[str, Any]:
    _waiting(world, story)
    with entering(SYSTEM):
        found = ListEntry.objects.get(full_name="Mốc người chờ")
    return _open(entry_id=found.pk, reason="Còn liều")(world, story)


def _bringing(world: World, story: Story) -> dict[str, Any]:
    return _session(lot_id=_lot().pk, vials=1)(world, story)


def _today(world: World, story: Story) -> dict[str, Any]:
    _open()(world, story)
    with entering(SYSTEM):
        Session.objects.filter(name="Mốc buổi tiêm Tân Lộc").update(state="planned")
    return _session()(world, story)


def _list() -> PriorityList:
    with entering(SYSTEM):
        PriorityList.objects.filter(unit__code="98001").update(reached=0, state="running")
        return PriorityList.objects.get(unit__code="98001")


def _kept() -> Store:
    with entering(SYSTEM):
        return Store.objects.select_related("organisation").get(name="Mốc vắc xin Tân Lộc")


def _closing(world: World, story: Story) -> dict[str, Any]:
    return _open(closings=[sessions.Closing(_lot().pk, returned=0, given=30)])(world, story)


def _allotting(_world: World, _story: Story) -> dict[str, Any]:
    lot = _lot()
    with entering(SYSTEM):
        store = Store.objects.get(name="Mốc kho Thuận Hòa")
        _put(store, lot)
    return {"lot_id": lot.pk, "source_id": store.pk, "vials": 2}


def _put(store: Any, lot: VaccineLot) -> None:
    goods = Goods(lot.batch.item_id, Decimal(4), lot.batch_id, lot.number, lot.expires_on)
    receive(actor=SYSTEM, moment=MORNING, store_id=store.pk, goods=[goods], key=UUID(int=921), origin="above")


def _allotment(world: World, story: Story) -> dict[str, Any]:
    given = _allotting(world, story)
    with entering(SYSTEM):
        to = Store.objects.get(name="Mốc vắc xin Tân Lộc")
        row = Allotment.objects.create(
            lot_id=given["lot_id"], source_id=given["source_id"], store=to, vials=1, proposed_at=MORNING,
            **world.units["98001"].area.columns,
        )  # fmt: skip
    return {"allotment_id": row.pk}


def _receipt(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        store = Store.objects.get(name="Mốc vắc xin Tân Lộc")
    return {
        "store_id": store.pk, "item_id": _lot().batch.item_id, "product": "astrazeneca", "number": "AZ10",
        "expires_on": date(2022, 3, 1), "vials": 5, "doses_per_vial": 10, "key": UUID(int=920),
    }  # fmt: skip


def _turn(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"turn_id": GroupTurn.objects.get(unit__code="98001").pk, "closes_on": MORNING.date()}


def _more(given: Given, **more: Any) -> Given:
    return lambda world, story: {**given(world, story), **more}


_PLAN = {
    "name": "Trạm y tế", "day": MORNING.date(), "starts_at": time(7, 30), "ends_at": time(11, 0),
}  # fmt: skip

CASES = (
    Case(
        groups.open_group, PLAN, "dat",
        lambda w, _s: {
            "unit": w.units["98001"], "group": "health-workers", "opens_on": MORNING.date(), "document": "KH 12",
        }, "khoa",
    ),
    Case(groups.close_group, PLAN, "dat", _turn, "khoa"),
    Case(groups.put_in_order, PLAN, "dat", lambda _w, _s: {}, ""),
    Case(
        lists.receive_list, RUN, "ngoc",
        lambda w, _s: {"name": "ds", "unit": w.units["98001"], "group": "others", "content": b"x", "rows": 1}, "phuc",
    ),
    Case(lists.write_step, RUN, "ngoc", lambda _w, _s: {"list_id": _list().pk, "come": [], "parked": [], "reached": 1}, "phuc"),
    Case(
        lists.follow_entries, RUN, "ngoc",
        lambda w, s: {"entry_ids": [_entry()(w, s)["entry_id"]], "state": "deferred", "reason": "Đang sốt"}, "phuc",
    ),
    Case(lists.answer_lookalike, RUN, "ngoc", _pair, "phuc"),
    Case(lots.receive_lot, RUN, "ngoc", _receipt, "phuc"),
    Case(
        lots.register_lot, RUN, "ngoc",
        lambda _w, _s: {"batch_id": _lot().batch_id, "product": "astrazeneca", "doses_per_vial": 10}, "giang",
    ),
    Case(lots.amend_lot, PLAN, "dat", lambda _w, _s: {"pk": _lot().pk, "version": 1, "open_hours": 5}, "giang"),
    Case(lots.hold_lot, RUN, "ngoc", lambda _w, _s: {"lot_id": _lot().pk, "reason": "Lọ có cặn"}, "giang"),
    Case(lots.release_hold, PLAN, "dat", _held, "giang"),
    Case(lots_allotting.propose_allotments, PLAN, "dich", _allotting, "khoa"),
    Case(lots_allotting.send_allotment, PLAN, "dich", _allotment, "khoa"),
    Case(cold_chain.add_cold_place, RUN, "ngoc", lambda _w, _s: {"name": "Tủ số 2", "store": _kept()}, "phuc"),
    Case(cold_chain.amend_cold_place, RUN, "ngoc", _more(_place, version=1, high=Decimal(7)), "phuc"),
    Case(cold_chain.take_log, RUN, "ngoc", _log, "phuc"),
    Case(cold_chain.decide_excursion, PLAN, "dat", _alarm, "khoa"),
    Case(sessions.plan_session, RUN, "ngoc", lambda w, _s: {"unit": w.units["98001"], **_PLAN}, "phuc"),
    Case(
        sessions.amend_session, RUN, "ngoc",
        lambda w, s: {"pk": _session()(w, s)["session_id"], "version": 1, "teams": 2}, "phuc",
    ),
    Case(sessions.bring_lot, RUN, "ngoc", _bringing, "phuc"),
    Case(sessions.open_session, RUN, "ngoc", _today, "phuc"),
    Case(sessions.close_session, RUN, "ngoc", _closing, "phuc"),
    Case(sessions.cancel_session, RUN, "ngoc", _session(reason="Mưa lũ"), "phuc"),
    Case(invitations.choose_invitations, RUN, "ngoc", _waiting, "phuc"),
    Case(invitations.answer_invitations, RUN, "ngoc", _invited, "phuc"),
    Case(invitations.call_reserve, RUN, "ngoc", _reserve, "phuc"),
    Case(invitations_walk_in.take_walk_in, RUN, "ngoc", _walk_in, "phuc"),
    Case(
        invitations_walk_in.list_walk_in, RUN, "ngoc",
        _open(full_name="Khách Mới", birth_date=date(1990, 1, 1), group="others", reason="Còn liều"), "phuc",
    ),
)  # fmt: skip
