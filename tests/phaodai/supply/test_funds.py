"""Funds: the ledger is always its sums, receipts have no gap, and the public reads what was published and no name too many."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from phaodai.foundation.models import ParkedRow
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import STRANGER, SYSTEM, entering
from phaodai.foundation.sheets import SheetRow, read_rows, write_sheet
from phaodai.supply.actions import donations, funds, handovers
from phaodai.supply.actions.aid_papers import receipt_file
from phaodai.supply.actions.donations_loading import HEADS, PARKED_AS, load_gifts
from phaodai.supply.actions.funds import money_of
from phaodai.supply.actions.funds_publishing import publish_statement
from phaodai.supply.actions.sheet_rows import cells_by_name
from phaodai.supply.models import (
    Donation,
    Fund,
    FundEntry,
    FundHolding,
    FundStatement,
    GoodsHandover,
    Movement,
    StockLevel,
    Store,
)
from phaodai.supply.pages.donations_sheet import gift_heads
from phaodai.supply.rules.amount_words import dong_in_words, words_of
from phaodai.supply.rules.fund_sums import Line, statement_of, sums_of
from tests.world import World

TODAY = date(2021, 11, 24)
WORDS = {
    0: "không", 5: "năm", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt", 101: "một trăm linh một", 115: "một trăm mười lăm",
    1_005: "một nghìn không trăm linh năm", 10_000: "mười nghìn", 1_205_000: "một triệu hai trăm linh năm nghìn",
    21_000_055: "hai mươi mốt triệu không trăm năm mươi lăm", 70_000_000_000: "bảy mươi tỷ",
    1_000_000_000_005: "một nghìn tỷ không trăm linh năm",
}  # fmt: skip
DIGITS = dict(
    zip(
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mốt", "lăm"],
        (*range(10), 1, 5),
        strict=True,
    )
)  # what each word of a digit stands for


@pytest.mark.parametrize(("amount", "words"), WORDS.items())
def test_an_amount_is_read_as_people_read_it(amount: int, words: str) -> None:
    assert words_of(amount) == words


def test_a_receipt_ends_the_amount() -> None:
    assert dong_in_words(5_000_000) == "Năm triệu đồng chẵn"
    assert dong_in_words(5_000_500) == "Năm triệu năm trăm đồng"
    with pytest.raises(ValueError, match="-1"):
        words_of(-1)


def heard(words: str) -> int:
    """The number that somebody writes down who hears the words: the way back, written apart from the way there."""
    if " tỷ" in words or words.endswith("tỷ"):
        above, _billion, below = words.rpartition("tỷ")
        return heard(above.strip()) * 10**9 + (heard(below.strip()) if below.strip() else 0)
    for unit, power in (("triệu", 10**6), ("nghìn", 10**3)):
        if unit in words.split():
            above, _unit, below = words.partition(unit)
            return heard(above.strip()) * power + (heard(below.strip()) if below.strip() else 0)
    total = 0
    for word in words.split():
        if word == "trăm":
            total *= 100
        elif word == "mươi":
            total = total // 100 * 100 + total % 100 * 10
        elif word == "mười":
            total += 10
        elif word != "linh":
            total += DIGITS[word]
    return total


@given(st.integers(0, 10**15))
def test_the_words_are_heard_as_the_same_amount(amount: int) -> None:
    assert heard(words_of(amount)) == amount


LINES = st.lists(
    st.builds(
        Line,
        thing=st.sampled_from(("Tiền", "mì")),
        unit=st.just("u"),
        kind=st.sampled_from(("money", "goods")),
        on=st.dates(date(2021, 5, 1), date(2021, 12, 31)),
        quantity=st.integers(1, 10**9).map(Decimal) | st.integers(-(10**9), -1).map(Decimal),
        value=st.just(0),
        purpose=st.sampled_from(("given", "medicine")),
        reversal=st.booleans(),
    ),
    max_size=30,
)


@given(LINES, st.dates(date(2021, 5, 1), date(2021, 12, 31)))
def test_in_less_out_is_left_however_a_ledger_is_cut(lines: list[Line], first: date) -> None:
    """Of any period: before + in - out = left; months and purposes add up; and left is the plain sum of all lines."""
    told = statement_of(lines, first, date(2021, 12, 31))
    assert told["before"] + told["came"] - told["went"] == told["left"]
    for part in ("came", "went"):
        assert sum(one[part] for one in told["months"]) == sum(one[part] for one in told["purposes"]) == told[part]
    assert told["left"] == sum(line.quantity for line in lines if line.kind == "money")
    assert sums_of(lines).left == sum(line.quantity for line in lines)


def fund_of(actor: Any, moment: datetime) -> Fund:
    return funds.open_fund(actor=actor, moment=moment, name="Quỹ thử", opened_on=date(2021, 6, 1))


def give(actor: Any, moment: datetime, fund: Fund, key: int, **more: Any) -> Donation:
    giver = more.pop("giver", donations.Giver("person", "Nguyễn Thị Sương", "Tổ 3", "0912 345 678"))
    values = {"money": 2_000_000, "received_on": TODAY, **more}
    return donations.record_donation(
        actor=actor, moment=moment, key=UUID(int=key), fund_id=fund.pk, giver=giver, **values
    )


def left(fund: Fund) -> dict[str, Decimal]:
    return dict(FundHolding.objects.filter(fund=fund).values_list("name", "balance"))


def same_as_sums(fund: Fund) -> bool:
    return all(
        one.balance == sum(one.entries.values_list("quantity", flat=True))
        for one in FundHolding.objects.filter(fund=fund)
    )


@pytest.mark.django_db
def test_money_comes_goes_and_is_never_more_than_there_is(world: World, moment: datetime) -> None:
    """A year in small: gifts, spending, a counter-entry, a gift taken back; the balance is the sum at every step."""
    with world.as_("linh") as linh:
        fund = fund_of(linh, moment)
        gift = give(linh, moment, fund, 1)
        assert give(linh, moment, fund, 1).pk == gift.pk
        paid = {"purpose": "medicine", "words": "Kít xét nghiệm", "decision": "QĐ 12/QĐ-UBND", "on": TODAY}
        spent = funds.spend(
            actor=linh, moment=moment, key=UUID(int=2), fund_id=fund.pk, quantity=Decimal(1_500_000), **paid
        )
        assert left(fund) == {"Tiền": 500_000}
        with pytest.raises(Refusal, match=r"500[.,]000") as refused:
            funds.spend(actor=linh, moment=moment, key=UUID(int=3), fund_id=fund.pk, quantity=Decimal(500_001), **paid)
        assert refused.value.field == "quantity"
        with pytest.raises(Refusal):
            donations.take_back_donation(actor=linh, moment=moment, donation_id=gift.pk, reason="nhầm")
        funds.reverse_entry(actor=linh, moment=moment, entry_id=spent.pk, reason="Ghi hai lần")
        with pytest.raises(Refusal):
            funds.reverse_entry(actor=linh, moment=moment, entry_id=spent.pk, reason="Ghi hai lần")
        assert left(fund) == {"Tiền": 2_000_000}
        donations.take_back_donation(actor=linh, moment=moment, donation_id=gift.pk, reason="Trả lại")
        assert left(fund) == {"Tiền": 0}
        assert same_as_sums(fund)
        assert FundEntry.objects.filter(holding__fund=fund).count() == 4
        assert FundEntry.objects.filter(pk=spent.pk).update(quantity=1) == 0  # the database changes no line
    with world.as_("thuy") as thuy, pytest.raises(Refusal):
        give(thuy, moment, fund, 9)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"money": 0}, "money"),
        ({"money": -5}, "money"),
        ({"received_on": date(2021, 11, 25)}, "received_on"),
        ({"received_on": date(2021, 5, 31)}, "received_on"),
        ({"giver": donations.Giver("body", " ")}, "giver_name"),
        ({"goods": [donations.GivenGoods("gạo", "kg", Decimal(0))]}, "goods"),
    ],
)
def test_a_gift_that_cannot_be_is_refused_at_its_field(
    wrong: dict[str, Any], field: str, world: World, moment: datetime
) -> None:
    with world.as_("linh") as linh:
        with pytest.raises(Refusal, match=r"\w+ \w+") as refused:
            give(linh, moment, fund_of(linh, moment), 1, **wrong)
        assert refused.value.field == field


@pytest.mark.django_db
def test_a_sheet_of_gifts_is_loaded_once_and_what_cannot_be_read_waits(world: World, moment: datetime) -> None:
    """By the template's heads, and by those of a kitchen; a mended row comes in and waits no more."""
    kitchen = [
        {"Người ủng hộ": "Lò Thị Mai", "Ngày nhận": "24/11/2021", "Hiện vật": "Gạo", "Số lượng": "50,5", "ĐVT": "kg"},
        {
            "Bên ủng hộ": "Công ty Mây",
            "Loại": "Doanh nghiệp",
            "Ngày": "2021-11-23",
            "Số tiền": "5.000.000 đ",
            "Nêu tên": "x",
        },
        {"Ngày nhận": "24/11/2021", "Số tiền": "100.000"},
        {"Ngày nhận": "24/11/2021", "Số tiền": "100.000"},
        {"Người ủng hộ": "Vàng A Sử", "Ngày nhận": "hôm qua", "Số tiền": "1.000"},
        {"Người ủng hộ": "Vàng A Sử", "Ngày nhận": "24/11/2021", "Số tiền": "ba nghìn"},
        {"Người ủng hộ": "Vàng A Sử", "Ngày nhận": "24/11/2021", "Hiện vật": "Rau", "ĐVT": "bó"},
    ]
    rows = [SheetRow(number, cells) for number, cells in enumerate(kitchen, 2)]
    with world.as_("linh") as linh:
        fund = funds.open_fund(actor=linh, moment=moment, name="Bếp ăn", opened_on=date(2021, 11, 1), decision="")
        loading = {"actor": linh, "moment": moment, "fund_id": fund.pk}
        loaded = load_gifts(**loading, rows=rows, sheet="bep.xlsx")
        assert (loaded.added, loaded.known, [one.row_number for one in loaded.parked]) == (4, 0, [6, 7, 8])
        assert all(one.reason for one in loaded.parked)
        again = load_gifts(**loading, rows=rows, sheet="bep.xlsx")
        assert (again.added, again.known, len(again.parked)) == (0, 4, 3)
        mended = {**kitchen[4], "Ngày nhận": "23/11/2021", "Trang tính": "bep.xlsx", "Dòng": "6"}
        assert load_gifts(**loading, rows=[SheetRow(2, mended)], sheet="cho-sua.xlsx").added == 1
        assert sorted(ParkedRow.objects.waiting(PARKED_AS, linh.officer).values_list("row_number", flat=True)) == [7, 8]
        assert money_of(fund).balance == 5_201_000
        named = Donation.objects.get(fund=fund, giver_name="Công ty Mây")
        assert (named.giver_kind, named.agrees_named, named.received_on) == ("body", True, date(2021, 11, 23))
    for language in ("vi", "en"):
        with translation.override(language):
            (template,) = read_rows("mau.xlsx", write_sheet("x", gift_heads(), [[str(n) for n in range(13)]]))
        assert sorted(cells_by_name(template, HEADS).values()) == sorted(map(str, range(13)))


@pytest.mark.django_db
def test_receipts_are_numbered_without_a_gap_and_once(world: World, moment: datetime) -> None:
    """A refused receipt spends no number, one asked for twice keeps its number, and the paper says the words."""
    with world.as_("linh") as linh:
        fund = fund_of(linh, moment)
        gifts = [give(linh, moment, fund, key) for key in range(1, 4)]
        donations.take_back_donation(actor=linh, moment=moment, donation_id=gifts[1].pk, reason="nhầm")
        with pytest.raises(Refusal):
            donations.give_receipt(actor=linh, moment=moment, donation_id=gifts[1].pk)
        numbered = [
            donations.give_receipt(actor=linh, moment=moment, donation_id=gifts[place].pk) for place in (0, 2, 0)
        ]
        assert [one.receipt for one in numbered] == ["0001/2021", "0002/2021", "0001/2021"]
        written = Document(BytesIO(receipt_file(numbered[0], "docx")))
        text = "\n".join(
            [one.text for one in written.paragraphs]
            + [cell.text for table in written.tables for row in table.rows for cell in row.cells]
        )
    for words in ("GIẤY BIÊN NHẬN", "Nguyễn Thị Sương", "2.000.000 đồng", "Hai triệu đồng chẵn", "01/GBN-"):
        assert words in text


@pytest.mark.django_db
def test_goods_go_from_the_gift_into_the_store_s_own_book(world: World, moment: datetime) -> None:
    """The fund hands over, the keeper counts in as given; what the keeper refuses comes back by a counter-entry."""
    with entering(SYSTEM):
        store = Store.objects.get(name="Mốc kho Tân Lộc")
        item = store.province_id and StockLevel.objects.filter(store=store)[0].item
    with world.as_("linh") as linh:
        fund = fund_of(linh, moment)
        goods = donations.GivenGoods("Khẩu trang", "cái", Decimal(300), 900_000, item)
        give(linh, moment, fund, 1, money=0, goods=[goods])
        holding = FundHolding.objects.get(fund=fund)
        made = [
            handovers.hand_over(
                actor=linh, moment=moment, key=UUID(int=20 + much), holding_id=holding.pk, quantity=Decimal(much),
                store_id=store.pk, decision="CV 5",
            )
            for much in (200, 100)
        ]  # fmt: skip
        assert left(fund) == {"Khẩu trang": 0}
        entry = made[1].entry
        with pytest.raises(Refusal, match=r"\w+"):
            funds.reverse_entry(actor=linh, moment=moment, entry_id=entry.pk, reason="x")
    with world.as_("phuc") as phuc, pytest.raises(Refusal):
        handovers.take_into_store(actor=phuc, moment=moment, handover_id=made[0].pk, store_id=store.pk)
    with world.as_("ngoc") as ngoc:
        before = sum(StockLevel.objects.filter(store=store).values_list("quantity", flat=True))
        taken = handovers.take_into_store(
            actor=ngoc,
            moment=moment,
            handover_id=made[0].pk,
            store_id=store.pk,
            batch="Q1",
            expires_on=date(2022, 5, 1),
        )
        assert sum(StockLevel.objects.filter(store=store).values_list("quantity", flat=True)) == before + 200
        assert (taken.movement.origin, taken.movement.about) == (Movement.Origin.GIVEN, "Quỹ thử")
        with pytest.raises(Refusal):
            handovers.take_into_store(actor=ngoc, moment=moment, handover_id=made[0].pk, store_id=store.pk)
        handovers.refuse_handover(actor=ngoc, moment=moment, handover_id=made[1].pk, reason="Ướt")
        assert not Donation.objects.exists()  # the keeper reads nothing of who gave
    with world.as_("linh") as linh:
        funds.reverse_entry(actor=linh, moment=moment, entry_id=entry.pk, reason="Kho trả")
        assert left(fund) == {"Khẩu trang": 100}
        assert GoodsHandover.objects.get(pk=made[1].pk).state == GoodsHandover.State.RETURNED


@pytest.mark.django_db
def test_the_public_reads_what_was_published_and_only_who_agreed(world: World, moment: datetime, client: Any) -> None:
    """A statement stays as it was; a giver who takes the yes back is gone from it, and the sums stay."""
    named = donations.Giver("body", "Công ty Gạch Tân Lộc", agrees_named=True)
    with world.as_("linh") as linh:
        fund = fund_of(linh, moment)
        give(linh, moment, fund, 1, giver=donations.Giver("person", "Sương Kín"))
        open_gift = give(linh, moment, fund, 2, giver=named, money=70_000_000_000)
        give(linh, moment, fund, 3, giver=donations.Giver("anonymous", "Sương Ẩn", agrees_named=True))
        period = {"fund_id": fund.pk, "first_day": date(2021, 11, 1), "last_day": TODAY}
        with pytest.raises(NotAllowed):
            publish_statement(actor=linh, moment=moment, **period)
    with world.as_("chinh") as chinh:
        told = publish_statement(actor=chinh, moment=moment, **period)
    with world.as_("linh") as linh:
        give(linh, moment, fund, 4, money=123)
    with entering(STRANGER):
        assert FundStatement.objects.get(pk=told.pk).content["came"] == 70_004_000_000
        assert not Donation.objects.exists()
        assert not FundEntry.objects.exists()
    page = client.get(f"/cong-khai/quy/{told.pk}").content.decode()
    assert "Công ty Gạch Tân Lộc" in page
    assert "70.004.000.000" in page
    assert "Sương" not in page
    with world.as_("linh") as linh:
        donations.hide_giver(actor=linh, moment=moment, donation_id=open_gift.pk)
    page = client.get(f"/cong-khai/quy/{told.pk}").content.decode()
    assert "Gạch" not in page
    assert "70.004.000.000" in page
    assert client.get("/cong-khai/quy/").status_code == 200
    assert client.get("/cong-khai/quy/999999").status_code == 404
