"""From a unit's list to a closed session: whose turn, who is invited, where each vial went, what a warm fridge stops."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from phaodai.foundation.models import Fact, ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.foundation.sheets import write_sheet
from phaodai.supply.actions.movements import Goods, issue
from phaodai.supply.models import StockLevel, Store
from phaodai.vaccination.actions.cold_chain import decide_excursion, take_log
from phaodai.vaccination.actions.cold_levels import free_in
from phaodai.vaccination.actions.groups import close_group, open_group, put_in_order
from phaodai.vaccination.actions.invitations import (
    answer_invitations,
    call_reserve,
    choose_invitations,
    whose_turn,
)
from phaodai.vaccination.actions.invitations_walk_in import list_walk_in, take_walk_in
from phaodai.vaccination.actions.lists import PARKED, answer_lookalike, follow_entries, note_dose, receive_list
from phaodai.vaccination.actions.lots import receive_lot, release_hold
from phaodai.vaccination.actions.lots_allotting import propose_allotments, send_allotment
from phaodai.vaccination.actions.sessions import (
    Closing,
    amend_session,
    bring_lot,
    cancel_session,
    close_session,
    open_session,
    plan_session,
)
from phaodai.vaccination.models import (
    ColdPlace,
    Excursion,
    GroupTurn,
    Invitation,
    ListEntry,
    LotHold,
    PriorityList,
    Session,
    SessionLot,
    VaccineLot,
)
from phaodai.vaccination.rules.cold_chain import Reading
from phaodai.vaccination.sheets.lists_intake import read_through, take_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db
MORNING = datetime.fromisoformat("2021-11-24T07:00+07:00")
HEADS = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số điện thoại", "Nhóm ưu tiên", "Thôn"]
ROWS = [
    ["Giàng A Páo", "12/03/1950", "Nam", "002050000123", "0912000001", "", "Thượng"],
    ["Sùng Thị Mai", "1948", "Nữ", "", "", "", "Thượng"],
    ["Vàng Thị Xía", "01/02/1985", "Nữ", "", "0912000003", "giáo viên, người làm giáo dục; cán bộ tiếp dân", ""],
    ["Lý Văn Nhỏ", "05/06/2015", "Nam", "", "", "", "Thượng"],
    ["Thào A Sai", "31/11/1950", "Nam", "", "", "", ""],
    ["Hạng Thị Sáu", "07/07/1960", "Nam", "002160000456", "", "", ""],
    ["Giàng A Páo", "12/03/1950", "Nam", "002050000123", "", "", ""],
]


def sheet(rows: list[list[str]]) -> bytes:
    return write_sheet("Danh sách", HEADS, rows)


def taken_file(world: World, actor: Any, content: bytes, name: str = "ds.xlsx") -> PriorityList:
    return take_in(
        actor=actor, moment=MORNING, file=name, content=content, unit=world.units["98001"], group="chronic-elderly"
    )


def planner(world: World, username: str = "ngoc") -> Any:
    """The officer with the permission of a health centre's planner, in an area."""
    actor = world.actor(username)
    return replace(actor, permissions=actor.permissions | {Permission.VACCINATION_PLAN_WRITE})


def taken(world: World, actor: Any, rows: list[list[str]], name: str = "ds.xlsx") -> PriorityList:
    return taken_file(world, actor, sheet(rows), name)


def test_a_list_comes_in_once_and_bad_rows_wait_with_their_reasons(world: World, story: Story) -> None:
    with world.as_("ngoc") as ngoc:
        # One file twice: a workbook carries the second it was written in, so a second writing is another file.
        content = sheet(ROWS)
        done = taken_file(world, ngoc, content)
        assert (done.state, done.rows, done.added, done.joined, done.parked) == ("finished", 7, 4, 0, 3)
        reasons = list(
            ParkedRow.objects.waiting(PARKED, ngoc.officer).order_by("row_number").values_list("reason", flat=True)
        )
        assert "31/11/1950" in reasons[0]
        assert "002160000456" in reasons[1]
        assert taken_file(world, ngoc, content).pk == done.pk
        pao = ListEntry.objects.get(full_name="Giàng A Páo")
        assert (pao.hamlet, pao.rank, pao.group) == (world.units["98001.1"], 9, "chronic-elderly")
        assert ListEntry.objects.get(full_name="Vàng Thị Xía").rank == 8

        # Another list names two of them: without the number by name and full birth date; a year alone is asked about.
        again = taken(
            world, ngoc,
            [["giàng a páo", "12/03/1950", "Nam", "", "", "", ""], ["Sùng Thị Mai", "1948", "Nữ", "", "", "", "Hạ"],
             ["Thào A Sai", "30/11/1950", "Nam", "", "", "", ""]],
            "ds2.xlsx",
        )  # fmt: skip
        assert (again.added, again.joined) == (2, 1)
        assert pao.sources.count() == 2
        second = ListEntry.objects.exclude(lookalike=None).get()
        assert second.lookalike is not None
        assert second.lookalike.full_name == "Sùng Thị Mai"
        answer_lookalike(actor=ngoc, moment=MORNING, entry_id=second.pk, same=True)
        assert second.lookalike.sources.count() == 2
        # The mended row came in: it waits no more.
        assert not ParkedRow.objects.waiting(PARKED, ngoc.officer).filter(cells__icontains="Thào A Sai").exists()
    # Whoever is on a list of another district is not put on this one, and nothing of the other list is told.
    with world.as_("thuy") as thuy, pytest.raises(NotAllowed):
        taken(world, thuy, ROWS)


def test_a_reading_that_broke_off_goes_on_where_it_stood(world: World, story: Story) -> None:
    rows = [[f"Người Thứ {n}", f"01/01/{1950 + n % 40}", "", "", "", "", ""] for n in range(25)]
    content = b"ds.xlsx\0" + sheet(rows)
    with world.as_("ngoc") as ngoc:
        received = receive_list(
            actor=ngoc, moment=MORNING, name="dài", unit=world.units["98001"], group="others", content=content, rows=25
        )

        class Killed(Exception):
            pass

        steps = iter([True, True, True])

        def scope() -> Any:
            # The reader's own look, then two steps; the third is cut off.
            if not next(steps, False):
                raise Killed
            return transaction.atomic()

        with pytest.raises(Killed):
            read_through(received, actor=ngoc, moment=MORNING, scope=scope, step=10)
        received.refresh_from_db()
        assert (received.reached, received.state) == (20, "running")
        done = read_through(received, actor=ngoc, moment=MORNING, step=10)
        assert (done.reached, done.added, done.state) == (25, 25, "finished")
        assert ListEntry.objects.filter(full_name__startswith="Người Thứ").count() == 25


def planned(world: World, actor: Any, **more: Any) -> Session:
    store = Store.objects.get(name="Mốc vắc xin Tân Lộc")
    values: dict[str, Any] = {
        "unit": world.units["98001"], "name": "Nhà văn hóa thôn Thượng", "day": MORNING.date(), "starts_at": time(8),
        "ends_at": time(9, 30), "teams": 1, "per_hour": 2, "product": "astrazeneca", "store_id": store.pk,
    }  # fmt: skip
    return plan_session(actor=actor, moment=MORNING, **values | more)


def test_a_session_from_plan_to_the_last_vial(world: World, story: Story) -> None:
    with world.as_("ngoc"):
        ngoc = planner(world)
        taken(world, ngoc, [*ROWS[:4], ["Cứ Thị Dung", "03/04/1955", "Nữ", "", "", "", ""],
                            ["Má A Của", "03/04/1951", "Nam", "", "", "", ""]])  # fmt: skip
        session = planned(world, ngoc)
        assert session.capacity == 3
        # Only the open group's turn: nobody below the least age, no teacher.
        names = [entry.full_name for entry in whose_turn(session)]
        assert names == ["Giàng A Páo", "Sùng Thị Mai", "Cứ Thị Dung", "Má A Của"]
        due = ListEntry.objects.get(full_name="Vàng Thị Xía")
        note_dose(
            actor=ngoc, moment=MORNING, entry_id=due.pk, product="astrazeneca", number=1, given_on=date(2021, 9, 20)
        )
        due.refresh_from_db()
        assert (due.next_number, due.due_from, due.state) == (2, date(2021, 11, 15), "waiting")
        assert whose_turn(session)[0] == due, "a second dose that is due comes first"

        assert choose_invitations(actor=ngoc, moment=MORNING, session_id=session.pk, reserve=1) == 3
        rows = list(session.invitations.order_by("position").values_list("entry__full_name", "slot", "state"))
        assert [name for name, _slot, _state in rows] == ["Vàng Thị Xía", *names[:3]]
        assert [slot for _name, slot, _state in rows] == [time(8), time(8), time(9), None]
        with pytest.raises(Refusal, match=r"0 places|Còn 0|còn 0"):
            choose_invitations(actor=ngoc, moment=MORNING, session_id=session.pk)
        other = planned(world, ngoc, name="Trạm y tế")
        with pytest.raises(IntegrityError, match="one_standing_invitation"), transaction.atomic():
            Invitation.objects.create(
                session=other, entry=due, position=1, invited_at=MORNING, **world.units["98001"].area.columns
            )

        lot = VaccineLot.objects.get(number="MOC-98001")
        bring_lot(actor=ngoc, moment=MORNING, session_id=session.pk, lot_id=lot.pk, vials=2)
        assert StockLevel.objects.get(batch=lot.batch).quantity == 28
        open_session(actor=ngoc, moment=MORNING, session_id=session.pk)
        first, gone = session.invitations.order_by("position")[:2]
        answer_invitations(actor=ngoc, moment=MORNING, session_id=session.pk, invitation_ids=[first.pk], state="came")
        answer_invitations(
            actor=ngoc, moment=MORNING, session_id=session.pk, invitation_ids=[gone.pk], state="withdrawn"
        )
        gone.entry.refresh_from_db()
        assert gone.entry.state == "waiting"
        assert call_reserve(actor=ngoc, moment=MORNING, session_id=session.pk, people=1) == 1

        account = Closing(lot.pk, returned=0, given=17, wasted={"end_of_day": 2})
        with pytest.raises(Refusal, match="20"):
            close_session(actor=ngoc, moment=MORNING, session_id=session.pk, closings=[account])
        closed = close_session(
            actor=ngoc, moment=MORNING, session_id=session.pk,
            closings=[Closing(lot.pk, returned=1, given=8, wasted={"end_of_day": 2})],
        )  # fmt: skip
        settled = SessionLot.objects.get(session=session)
        assert (closed.state, settled.opened, settled.difference) == ("closed", 1, 0)
        assert StockLevel.objects.get(batch=lot.batch).quantity == 29
        assert set(session.invitations.values_list("state", flat=True)) == {"came", "withdrawn", "absent"}
        with pytest.raises(Refusal):
            amend_session(actor=ngoc, moment=MORNING, pk=session.pk, version=closed.version, name="x")
        cancel_session(actor=ngoc, moment=MORNING, session_id=other.pk, reason="Mưa lũ")


def test_whoever_comes_uninvited_is_checked(world: World, story: Story) -> None:
    with world.as_("ngoc") as ngoc:
        taken(world, ngoc, ROWS[:4])
        session = planned(world, ngoc, ends_at=time(8, 30))
        assert choose_invitations(actor=ngoc, moment=MORNING, session_id=session.pk) == 1
        open_session(actor=ngoc, moment=MORNING, session_id=session.pk)
        # Out of turn only with a reason, which is kept and told; on no list at all, the list grows.
        child = ListEntry.objects.get(full_name="Lý Văn Nhỏ")
        with pytest.raises(Refusal):
            take_walk_in(actor=ngoc, moment=MORNING, session_id=session.pk, entry_id=child.pk)
        row = list_walk_in(
            actor=ngoc, moment=MORNING, session_id=session.pk, full_name="Khách Vãng Lai", birth_date=date(1990, 1, 1),
            group="workers", reason="Còn liều mở lọ cuối buổi",
        )  # fmt: skip
        assert row.findings == ["group-closed", "full"]
        assert Fact.objects.filter(kind="vaccination:invitation:out-of-turn", subject_id=row.pk).exists()


def test_groups_open_in_order_or_with_a_reason(world: World, story: Story) -> None:
    unit = world.units["98001"]
    with world.as_("ngoc"):
        ngoc = planner(world)
        given: dict[str, Any] = {"actor": ngoc, "moment": MORNING, "unit": unit, "opens_on": MORNING.date()}
        first = open_group(**given, group="health-workers", document="KH 12/KH-UBND")
        assert (first.rank, first.citation["document"]) == (1, "3355/QĐ-BYT")
        with pytest.raises(Refusal) as early:
            open_group(**given, group="education", document="KH 12/KH-UBND")
        assert early.value.field == "reason"
        # Decision 3355 names religious dignitaries, but their number is from memory: nothing is applied silently.
        with pytest.raises(Refusal) as unverified:
            open_group(**given, group="religious", document="KH 12/KH-UBND")
        assert unverified.value.field == "reason"
        odd = open_group(**given, group="religious", document="KH 12/KH-UBND", reason="UBND tỉnh quyết định")
        assert odd.rank is None
        with pytest.raises(Refusal):
            open_group(**given, group="health-workers", document="lần nữa")
        assert close_group(actor=ngoc, moment=MORNING, turn_id=first.pk, closes_on=MORNING.date()).closes_on
        ListEntry.objects.update(rank=50)
        assert put_in_order(actor=ngoc, moment=MORNING) == ListEntry.objects.count()
        assert GroupTurn.objects.open_on(MORNING.date()).filter(unit=unit).count() == 2


def logged(place: ColdPlace, celsius: list[float], minutes: int = 20) -> tuple[list[Reading], bytes]:
    since = MORNING - timedelta(minutes=minutes * len(celsius))
    readings = [Reading(since + timedelta(minutes=minutes * n), Decimal(str(one))) for n, one in enumerate(celsius)]
    return readings, repr(readings).encode()


def test_a_warm_fridge_stops_its_lots_until_somebody_decides(world: World, story: Story) -> None:
    with world.as_("ngoc"):
        ngoc = planner(world)
        place = ColdPlace.objects.get(name="Mốc tủ lạnh Tân Lộc")
        lot, store = VaccineLot.objects.get(number="MOC-98001"), place.store
        assert store is not None
        readings, content = logged(place, [5, 9, 9.5, 11, 10, 6])
        _log, found = take_log(
            actor=ngoc, moment=MORNING, place_id=place.pk, name="nhat-ky.csv", content=content, readings=readings
        )
        warm = next(one for one in found if one.kind == "warm")
        assert (warm.minutes, warm.worst) == (60, Decimal("11.0"))
        again = take_log(actor=ngoc, moment=MORNING, place_id=place.pk, name="x", content=content, readings=readings)
        assert again[1] == []
        assert free_in(store.pk, lot) == 0
        session = planned(world, ngoc)
        with pytest.raises(Refusal):
            bring_lot(actor=ngoc, moment=MORNING, session_id=session.pk, lot_id=lot.pk, vials=1)
        goods = [Goods(lot.batch.item_id, Decimal(1), batch_id=lot.batch_id)]
        with pytest.raises(Refusal):
            issue(actor=ngoc, moment=MORNING, store_id=store.pk, goods=goods, key=UUID(int=900), about="lối khác")
        with pytest.raises(Refusal):
            decide_excursion(actor=ngoc, moment=MORNING, excursion_id=warm.pk, decision="use", reason="")
        for one in found:
            decide_excursion(actor=ngoc, moment=MORNING, excursion_id=one.pk, decision="use", reason="NSX cho dùng")
        issue(actor=ngoc, moment=MORNING, store_id=store.pk, goods=goods, key=UUID(int=901), about="buổi tiêm")
        assert Fact.objects.filter(kind="vaccination:coldchain:excursion", subject_id=warm.pk).exists()
        assert Excursion.objects.open().filter(place=place).count() == 0


def test_vials_are_received_shared_out_and_sent(world: World, story: Story) -> None:
    with entering(SYSTEM):
        district = Store.objects.get(name="Mốc kho Thuận Hòa")
        item = VaccineLot.objects.get(number="MOC-98001").batch.item
        entries = [
            ListEntry(
                full_name=f"Chờ {n}", group="chronic-elderly", rank=9, same_key=f"{n}", **world.units[code].area.columns
            )
            for code, count in (("98001", 30), ("98002", 10))
            for n in range(count)
        ]
        ListEntry.objects.bulk_create(entries)
        Store.objects.create(
            name="Kho TYT Hòa Xuân",
            tier="commune",
            organisation=world.bodies["TYHX"],
            **world.bodies["TYHX"].area.columns,
        )
    with world.as_("dich") as dich:
        lot = receive_lot(
            actor=dich, moment=MORNING, store_id=district.pk, item_id=item.pk, product="astrazeneca", number="AZ9",
            expires_on=date(2022, 2, 28), vials=8, doses_per_vial=10, key=UUID(int=910),
        )  # fmt: skip
    with entering(SYSTEM):
        proposed = propose_allotments(actor=SYSTEM, moment=MORNING, lot_id=lot.pk, source_id=district.pk, vials=3)
        # Tân Lộc holds 30 vials in its own fridge: only Hòa Xuân lacks some, and gets no more than it needs.
        assert [(one.store.organisation.code, one.vials) for one in proposed] == [("TYHX", 1)]
        sent = send_allotment(actor=SYSTEM, moment=MORNING, allotment_id=proposed[0].pk)
        assert sent.movement_id
        with pytest.raises(Refusal):
            send_allotment(actor=SYSTEM, moment=MORNING, allotment_id=sent.pk)
        hold = LotHold.objects.create(province_id=lot.province_id, lot=lot, reason="tai biến", held_at=MORNING)
        with pytest.raises(Refusal, match="Lô này đang bị giữ"):
            issue(
                actor=SYSTEM, moment=MORNING, store_id=district.pk, goods=[Goods(item.pk, Decimal(1))], key=UUID(int=911),
                about="Tiêm",
            )  # fmt: skip
        with pytest.raises(Refusal):
            propose_allotments(actor=SYSTEM, moment=MORNING, lot_id=lot.pk, source_id=district.pk, vials=3)
        release_hold(actor=SYSTEM, moment=MORNING, hold_id=hold.pk, outcome="discard", reason="Thu hồi")
        assert LotHold.objects.of_lot(lot.pk, None).exists(), "what is thrown away stays forbidden"
        entry = ListEntry.objects.filter(full_name="Chờ 1")[0]
        with pytest.raises(Refusal):
            follow_entries(actor=SYSTEM, moment=MORNING, entry_ids=[entry.pk], state="deferred")
        follow_entries(actor=SYSTEM, moment=MORNING, entry_ids=[entry.pk], state="deferred", reason="Đang sốt")
