"""The lines of a stock form: an item picked by typing, its batch, how much. Read from what a telephone sends."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from phaodai.foundation.asked import whole
from phaodai.foundation.formats import fold
from phaodai.foundation.refusals import Refusal
from phaodai.supply.actions.movements import Counted, Goods
from phaodai.supply.models import Item, StockLevel, Store
from phaodai.supply.pages.stock_showing import amount
from phaodai.supply.rules.stock import read_quantity

SIGN = " · "
LINES_AT_MOST = 200


@dataclass
class Line:
    """One line as it was typed; `problem` says what to mend."""

    item: str = ""
    batch: str = ""
    number: str = ""
    expires: str = ""
    quantity: str = ""
    least: str = ""
    most: str = ""
    problem: str = ""
    batches: list[tuple[StockLevel, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed: the last line of a form often is."""
        return not any((self.item, self.quantity, self.least, self.most))


NAMES = {
    "item": "mat-hang",
    "batch": "lo",
    "number": "so-lo",
    "expires": "han",
    "quantity": "so-luong",
    "least": "it-nhat",
    "most": "nhieu-nhat",
}


def lines_of(request: HttpRequest) -> list[Line]:
    """The lines that were sent, as they were typed."""
    sent = {name: request.POST.getlist(key) for name, key in NAMES.items()}
    length = min(max(map(len, sent.values()), default=0), LINES_AT_MOST)
    return [_line_at(sent, index) for index in range(length)]


def _line_at(sent: dict[str, list[str]], index: int) -> Line:
    typed: dict[str, Any] = {name: _at(texts, index) for name, texts in sent.items()}
    return Line(**typed)


def _at(texts: list[str], index: int) -> str:
    return texts[index].strip() if index < len(texts) else ""


def item_of(text: str, store: Store) -> Item:
    """The item that somebody typed or chose: “code · name”, a code, or a name that is one item's alone."""
    items = Item.objects.filter(province_id=store.province_id)
    code, _sign, name = text.partition(SIGN)
    found = items.filter(code__iexact=code.strip()).first() or items.filter(name__iexact=(name or code).strip()).first()
    if found is not None:
        return found
    for word in fold(text).split():
        items = items.filter(search_key__contains=word)
    listed = list(items[:2]) if text.strip() else []
    if len(listed) == 1:
        return listed[0]
    raise Refusal(
        _("“%(text)s” is no item of the catalogue. Type some letters and choose from the list.") % {"text": text}
    )


def quantity_of(text: str) -> Decimal:
    """A quantity as a telephone sends it; refuses nothing and what is no number."""
    value = read_quantity(text)
    if value is None:
        raise Refusal(_("Write how much, in figures."))
    if value <= 0:
        raise Refusal(_("The quantity is zero or less. Write how much."))
    return value


def _limit_of(text: str) -> Decimal | None:
    return quantity_of(text) if text not in ("", "0") else None


def goods_of(lines: list[Line], store: Store) -> list[Goods]:
    """The goods of filled lines; each line that cannot be read keeps its own problem, and then all are refused."""
    return _read(lines, lambda line: _goods(line, store))


def _goods(line: Line, store: Store) -> Goods:
    item = item_of(line.item, store)
    return Goods(
        item.pk, quantity_of(line.quantity), batch_id=whole(line.batch) or None, number=line.number,
        expires_on=_day(line.expires),
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError as problem:
        raise Refusal(_("The expiry date is no day of the calendar.")) from problem


def limits_of(lines: list[Line], store: Store) -> dict[int, tuple[Decimal | None, Decimal | None]]:
    """The least and the most of filled lines, by item."""
    pairs = _read(lines, lambda line: (item_of(line.item, store).pk, (_limit_of(line.least), _limit_of(line.most))))
    return dict(pairs)


def _read(lines: list[Line], read: Any) -> list[Any]:
    found = []
    for line in lines:
        if line.is_empty:
            continue
        try:
            found.append(read(line))
        except Refusal as refusal:
            line.problem = str(refusal)
    if any(line.problem for line in lines):
        raise Refusal(_("Some lines cannot be read. Mend those that are marked."))
    return found


def counted_of(request: HttpRequest) -> list[Counted]:
    """What was counted, by batch; a batch left empty was not counted."""
    found = []
    for name, text in request.POST.items():
        batch = whole(name.removeprefix("dem-")) if name.startswith("dem-") else 0
        if batch and str(text).strip():
            value = read_quantity(str(text))
            if value is None:
                raise Refusal(_("“%(text)s” is not a quantity.") % {"text": text})
            found.append(Counted(batch, value))
    return found


def fill_batches(lines: list[Line], store: Store, today: date, *, usable: bool) -> None:
    """Let each line that names a known item offer its batches."""
    for line in lines:
        if line.item:
            try:
                line.batches = batches_of(item_of(line.item, store), store, today, usable=usable)
            except Refusal:
                line.batches = []


def batches_of(item: Item, store: Store, today: date, *, usable: bool) -> list[tuple[StockLevel, str]]:
    """The batches of an item in a store, the first to expire first, with what is left of each."""
    rows = StockLevel.objects.filter(store=store, item=item).select_related("batch", "item")
    fit = rows.usable_on(today) if usable else rows.there()
    return [(one, amount(one.quantity, item.unit)) for one in fit.first_expired_first()]
