"""Gifts from the sheet that a community kitchen or a fund keeps: one row, one gift; what cannot be read is set aside."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import SheetRow
from phaodai.supply.actions.donations import GivenGoods, Giver, record_donation
from phaodai.supply.actions.funds import own_fund
from phaodai.supply.actions.sheet_rows import cells_by_name, park, read_day
from phaodai.supply.models import Donation, Fund, Item
from phaodai.supply.rules.stock import read_quantity

PARKED_AS = "ung-ho"
LARGEST_SHEET = 5_000
"""Rows of one sheet: each gift is written as the form writes it, some milliseconds each."""
# As the template prints them, as kitchens write them, and in English.
HEADS = {
    "giver_name": (
        "ben ung ho",
        "nguoi, don vi ung ho",
        "nguoi ung ho",
        "don vi ung ho",
        "ho ten",
        "ho va ten",
        "giver",
    ),
    "giver_kind": ("ben ung ho la", "ai ung ho", "loai", "who gives"),
    "giver_address": ("dia chi", "address"),
    "giver_contact": ("dien thoai", "so dien thoai", "telephone"),
    "agrees_named": ("dong y cong khai ten", "dong y neu ten", "neu ten", "agrees to be named in public"),
    "received_on": ("ngay nhan", "ngay", "received on"),
    "money": ("so tien (dong)", "so tien", "tien mat", "money (dong)"),
    "goods": ("hien vat", "hang hoa", "ten hang", "goods"),
    "quantity": ("so luong", "quantity"),
    "unit": ("don vi tinh", "dvt", "counted in"),
    "value": (
        "tri gia hien vat theo ben ung ho (dong)",
        "gia tri (dong)",
        "gia tri",
        "tri gia",
        "stated value of the goods (dong)",
    ),
    "code": ("ma mat hang", "ma hang", "item code"),
    "wish": ("nguyen vong su dung", "muc dich", "mong muon su dung", "what the giver wishes it to be used for"),
}
# Where a row that was set aside came from, as the sheet of rows to mend says it.
ORIGIN = {"sheet": ("trang tinh", "sheet"), "row": ("dong", "row")}
KINDS = {
    Donation.Giver.PERSON: ("ca nhan", "nguoi", "a person"),
    Donation.Giver.BODY: ("co quan, doanh nghiep", "co quan", "to chuc", "don vi", "doanh nghiep", "a body or company"),
    Donation.Giver.ANONYMOUS: ("khong neu ten", "an danh", "somebody who is not named"),
}
YES = ("co", "x", "dong y", "yes", "true", "1")


@dataclass
class GiftsLoaded:
    """What became of the sheet."""

    added: int = 0
    known: int = 0
    parked: list[ParkedRow] = field(default_factory=list)


@transaction.atomic
def load_gifts(*, actor: Actor, moment: datetime, fund_id: int, rows: Sequence[SheetRow], sheet: str) -> GiftsLoaded:
    """Record each row as a gift of the fund. The same row sent again is known; two equal rows of one sheet are two gifts."""
    actor.require(Permission.SUPPLY_DONATION_WRITE)
    fund = own_fund(actor, fund_id)
    if len(rows) > LARGEST_SHEET:
        words = _("The sheet has more than %(count)s rows. Split it into several sheets.")
        raise Refusal(words % {"count": LARGEST_SHEET}, field="file")
    loaded, seen = GiftsLoaded(), Counter[str]()
    for row in rows:
        _clear(row, actor, moment, sheet)
        try:
            with transaction.atomic():
                _load(row, fund, seen, actor, moment, loaded)
        except (Refusal, ValidationError) as problem:
            reason = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
            loaded.parked.append(
                park(row, reason, parked_as=PARKED_AS, officer=actor.officer, moment=moment, sheet=sheet)
            )
    return loaded


def _clear(row: SheetRow, actor: Actor, moment: datetime, sheet: str) -> None:
    """A row that comes again takes the place of what was set aside of it: it is recorded now, or set aside anew."""
    origin = cells_by_name(row, ORIGIN)
    number = int(origin["row"]) if origin["row"].isascii() and origin["row"].isdigit() else row.number
    waiting = ParkedRow.objects.waiting(PARKED_AS, actor.officer)
    waiting.filter(sheet=(origin["sheet"] or sheet)[:200], row_number=number).update(cleared_at=moment)


def _load(row: SheetRow, fund: Fund, seen: Counter[str], actor: Actor, moment: datetime, loaded: GiftsLoaded) -> None:
    read = cells_by_name(row, HEADS)
    key = _key(fund, read, seen)
    if Donation.objects.filter(key=key).exists():
        loaded.known += 1
        return
    if not read["received_on"]:
        raise Refusal(_("On which day was it received? Write it as 31/12/2022."))
    record_donation(
        actor=actor, moment=moment, key=key, fund_id=fund.pk, giver=_giver(read), received_on=read_day(read["received_on"]),
        money=_dong(read["money"]), goods=_goods(read, fund), wish=read["wish"],
    )  # fmt: skip
    loaded.added += 1


def _key(fund: Fund, read: dict[str, str], seen: Counter[str]) -> UUID:
    """What a row is known by when it comes again: all that it says, and how many rows before it say the same."""
    said = "|".join(f"{name}={fold(text)}" for name, text in read.items() if text)
    seen[said] += 1
    return uuid5(NAMESPACE_URL, f"gift:{fund.pk}:{said}:{seen[said]}")


def _giver(read: dict[str, str]) -> Giver:
    """Who gives: where the sheet does not say what sort of giver, a person where there is a name."""
    kind = next((kind for kind, names in KINDS.items() if fold(read["giver_kind"]) in names), None)
    if read["giver_kind"] and kind is None:
        words = _("“%(text)s” is no sort of giver. Write: a person, a body, or not named.")
        raise Refusal(words % {"text": read["giver_kind"]})
    named = Donation.Giver.PERSON if read["giver_name"] else Donation.Giver.ANONYMOUS
    agrees = fold(read["agrees_named"]) in YES
    return Giver(kind or named, read["giver_name"], read["giver_address"], read["giver_contact"], agrees)


def _dong(text: str) -> int:
    """Whole đồng: 5.000.000, 5,000,000 and "5000000 đ" alike; nothing where the cell is empty."""
    digits = fold(text).removesuffix("vnd").removesuffix("dong").removesuffix("d")
    plain = "".join(digits.replace(".", "").replace(",", "").split())
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdigit()):
        raise Refusal(_("“%(text)s” is not an amount. Write it in đồng, in digits.") % {"text": text})
    return int(plain)


def _goods(read: dict[str, str], fund: Fund) -> list[GivenGoods]:
    item = _item(read["code"], fund)
    name = read["goods"] or (item.name if item else "")
    if not name:
        return []
    unit = read["unit"] or (item.unit if item else "")
    much = read_quantity(read["quantity"]) if read["quantity"] else None
    if much is None or much <= Decimal(0):
        raise Refusal(_("%(what)s: write how much, in digits.") % {"what": name})
    if not unit:
        raise Refusal(_("%(what)s: say in what it is counted.") % {"what": name})
    return [GivenGoods(name, unit, much, _dong(read["value"]), item)]


def _item(code: str, fund: Fund) -> Item | None:
    if not code:
        return None
    item = Item.objects.filter(province_id=fund.province_id, code=code).first()
    if item is None:
        raise Refusal(_("The catalogue has no item with the code “%(code)s”.") % {"code": code})
    return item
