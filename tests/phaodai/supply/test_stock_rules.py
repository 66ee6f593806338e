"""Which batch goes first, how long stock lasts, how much to order, where a free machine goes."""

from datetime import date
from decimal import Decimal

import pytest

from phaodai.supply.rules.redeployment import Gap, Thing, send_to_gaps
from phaodai.supply.rules.stock import Available, Need, days_left, first_expired_first, is_expired, read_quantity


def test_what_expires_first_goes_first_and_what_never_expires_last() -> None:
    there = [
        Available(1, None, Decimal(5)),
        Available(2, date(2022, 6, 30), Decimal(5)),
        Available(3, date(2021, 12, 1), Decimal(5)),
    ]
    assert first_expired_first(Decimal(12), there) == ([(3, Decimal(5)), (2, Decimal(5)), (1, Decimal(2))], Decimal(0))
    assert first_expired_first(Decimal(16), there)[1] == Decimal(1)


def test_the_last_day_of_a_batch_still_serves() -> None:
    assert not is_expired(date(2021, 11, 24), date(2021, 11, 24))
    assert is_expired(date(2021, 11, 23), date(2021, 11, 24))


def test_an_order_asks_for_the_largest_need_less_what_lies_there_and_comes() -> None:
    need = Need(
        least=Decimal(100), used=Decimal(280), lead_days=7, planned=Decimal(120), stock=Decimal(50), on_way=Decimal(30)
    )
    assert (need.for_lead, need.wanted, need.to_order) == (Decimal(140), Decimal(140), Decimal(60))
    assert Need(least=Decimal(10), stock=Decimal(10)).to_order == 0
    assert (days_left(Decimal(100), Decimal(28)), days_left(Decimal(100), Decimal(0))) == (50, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.200", "1200"),
        ("1.200,5", "1200.5"),
        ("1200.5", "1200.5"),
        ("0,5", "0.5"),
        ("1 200", "1200"),
        ("mười", None),
        ("NaN", None),
        ("-Infinity", None),
    ],
)
def test_quantities_are_read_as_people_write_them(text: str, value: str | None) -> None:
    assert read_quantity(text) == (Decimal(value) if value else None)


def test_a_free_machine_goes_to_its_own_district_first_then_to_the_larger_gap() -> None:
    gaps = [Gap(10, 1, 7, Decimal(1), "least"), Gap(11, 1, 8, Decimal(5), "order")]
    goals = send_to_gaps([Thing(1, 1, 7), Thing(2, 1, 7), Thing(3, 2, 7)], gaps)
    assert [goal.gap.store if goal.gap else None for goal in goals] == [10, 11, None]
