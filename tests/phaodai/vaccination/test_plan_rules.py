"""Hours, shares, accounts and excursions: what must hold for every plan, and a few that are worked out by hand."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from phaodai.foundation.refusals import Refusal
from phaodai.vaccination.rules.cold_chain import Reading, excursions, thinned
from phaodai.vaccination.rules.invitations import Comer, Finding, findings_on, slots
from phaodai.vaccination.rules.lists_rows import Fault, Faulty, ListedPerson, heads_of, read_person
from phaodai.vaccination.rules.lots_allotting import Need, shares
from phaodai.vaccination.rules.sessions_account import VialAccount
from phaodai.vaccination.sheets.cold_chain_logs import read_log

MIDNIGHT = datetime.fromisoformat("2021-11-24T00:00+07:00")


@given(per_hour=some.integers(1, 60), people=some.integers(0, 400), before=some.integers(0, 100))
def test_no_hour_holds_more_than_fit_and_nobody_is_left_out_while_there_is_room(
    per_hour: int, people: int, before: int
) -> None:
    first = Counter(slots(time(7, 30), time(11, 0), per_hour, before))
    second = list(slots(time(7, 30), time(11, 0), per_hour, people, first))
    room = 3 * per_hour + per_hour // 2
    assert sum(first.values()) == min(before, room)
    assert len(second) == min(people, room - sum(first.values()))
    together = first + Counter(second)
    assert all(count <= per_hour for count in together.values())
    assert together[time(10, 30)] <= per_hour // 2


def test_few_people_are_spread_over_the_morning() -> None:
    assert Counter(slots(time(8), time(12), 20, 8)) == {time(8): 2, time(9): 2, time(10): 2, time(11): 2}


_need = some.builds(
    Need,
    store=some.integers(1, 10**6),
    due=some.integers(0, 500),
    waiting=some.integers(0, 5000),
    held=some.integers(0, 900),
)


@given(some.lists(_need, max_size=12, unique_by=lambda one: one.store), some.integers(0, 400), some.integers(1, 20))
def test_vials_are_shared_out_whole_and_never_beyond_need(needs: list[Need], vials: int, doses: int) -> None:
    given_out = shares(needs, vials=vials, doses_per_vial=doses)
    by_store = {one.store: one.vials for one in given_out}
    wants = {one.store: -(-(one.due_left + one.waiting_left) // doses) for one in needs}
    assert sum(by_store.values()) == min(vials, sum(max(-(-one.due_left // doses), wants[one.store]) for one in needs))
    assert all(count <= wants[store] for store, count in by_store.items())


def test_due_second_doses_are_covered_first() -> None:
    needs = [Need(1, due=40, waiting=0, held=0), Need(2, due=0, waiting=900, held=0)]
    assert [(one.store, one.vials) for one in shares(needs, vials=5, doses_per_vial=10)] == [(1, 4), (2, 1)]


@given(brought=some.integers(0, 50), given_doses=some.integers(0, 600), wasted=some.integers(0, 90))
def test_an_account_is_balanced_exactly_when_every_dose_is_found(brought: int, given_doses: int, wasted: int) -> None:
    account = VialAccount(brought, 0, 10, given_doses, {"broken": wasted})
    assert account.balanced == (brought * 10 == given_doses + wasted)


def _log(celsius: list[float], minutes: int = 10) -> list[Reading]:
    return [Reading(MIDNIGHT + timedelta(minutes=minutes * n), Decimal(str(one))) for n, one in enumerate(celsius)]


def test_a_stretch_outside_rings_once_it_lasts_and_a_gap_rings_too() -> None:
    found = excursions(_log([5, 9, 9, 9, 5, 1, 1, 1, 1, 1, 5]), low=Decimal(2), high=Decimal(8))
    assert [(one.kind, one.worst) for one in found] == [("cold", Decimal(1))]
    gap = [*_log([5]), Reading(MIDNIGHT + timedelta(hours=3), Decimal(5))]
    assert [one.kind for one in excursions(gap, low=Decimal(2), high=Decimal(8))] == ["gap"]


@given(some.lists(some.floats(-5, 15), min_size=1, max_size=60))
def test_what_lies_inside_never_rings_and_a_drawing_keeps_the_peaks(celsius: list[float]) -> None:
    log = _log([round(one, 1) for one in celsius])
    inside = [Reading(one.at, min(max(one.celsius, Decimal(2)), Decimal(8))) for one in log]
    assert excursions(inside, low=Decimal(2), high=Decimal(8)) == []
    drawn = {one.celsius for one in thinned(log, most=20)}
    assert {min(one.celsius for one in log), max(one.celsius for one in log)} <= drawn


def test_logs_of_several_thermometers_are_read() -> None:
    plain = "Thời gian;Nhiệt độ (°C)\n24/11/2021 06:10;5,2\n24/11/2021 06:00;4.9\nhỏng;\n".encode()
    readings, parked = read_log("a.csv", plain)
    assert [str(one.celsius) for one in readings] == ["4.9", "5.2"]
    assert parked == 1
    apart = "Date,Time,Temperature\n24/11/2021,06:00,-70.5 °C\n".encode()
    assert read_log("b.csv", apart)[0][0].celsius == Decimal("-70.5")
    with pytest.raises(Refusal):
        read_log("c.csv", b"a,b\n1,2\n")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"Họ và tên": "", "Năm sinh": "1950"}, Fault.NO_NAME),
        ({"Họ và tên": "Lò Thị A", "Năm sinh": "2051"}, Fault.NOT_BORN),
        ({"Họ và tên": "Lò Thị A", "Năm sinh": "1850"}, Fault.TOO_OLD),
        ({"Họ và tên": "Lò Thị A", "Năm sinh": "1950", "Giới tính": "?"}, Fault.BAD_SEX),
        ({"Họ và tên": "Lò Thị A", "Năm sinh": "1950", "CCCD": "12345"}, Fault.BAD_NUMBER),
        ({"Họ và tên": "Lò Thị A", "Năm sinh": "1950", "CCCD": "002151000123"}, Fault.NUMBER_AGAINST_BIRTH),
        ({"Họ và tên": "Lò Thị A", "Năm sinh": "1950", "Nhóm": "phi công"}, Fault.BAD_GROUP),
    ],
)
def test_a_row_that_cannot_be_used_says_why(cells: dict[str, str], fault: Fault) -> None:
    read = read_person(2, cells, heads_of(cells), today=date(2021, 11, 24), group="others", groups={})
    assert isinstance(read, Faulty)
    assert read.fault == fault


def test_a_number_that_lost_its_zeros_is_put_right() -> None:
    cells = {"Họ tên": "Lò Thị A", "Ngày sinh": "05/03/1950", "Giới tính": "Nữ", "CCCD": "2150000123"}
    read = read_person(2, cells, heads_of(cells), today=date(2021, 11, 24), group="others", groups={})
    assert isinstance(read, ListedPerson)
    assert read.identity_number == "002150000123"


def test_a_walk_in_is_checked_by_each_rule() -> None:
    day = date(2021, 11, 24)
    second = Comer("others", date(2009, 11, 24), 2009, 2, date(2021, 12, 1), vaccinated=False, invited_elsewhere=False)
    assert findings_on(second, day=day, open_groups=[], least_age=12, places_left=3) == [Finding.TOO_EARLY]
    first = Comer("others", date(2009, 11, 25), 2009, 1, None, vaccinated=False, invited_elsewhere=True)
    assert findings_on(first, day=day, open_groups=["workers"], least_age=12, places_left=0) == [
        Finding.INVITED_ELSEWHERE, Finding.GROUP_CLOSED, Finding.TOO_YOUNG, Finding.FULL,
    ]  # fmt: skip
