"""A gift: taken in with its goods, shown, receipted, taken back, its giver named no more."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Column, Fact, Facts, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import DOCX, PDF
from phaodai.supply.actions import donations
from phaodai.supply.actions.aid_papers import receipt_file
from phaodai.supply.actions.funds import own_fund
from phaodai.supply.models import Donation, Fund, Item
from phaodai.supply.pages.funds import READ, WRITE, amount
from phaodai.supply.pages.funds_forms import DonationForm, GoodsRows, ReasonForm

TYPES = {"docx": DOCX, "pdf": PDF}
UNREADABLE = 422


@page(WRITE)
def new(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a gift into a fund."""
    fund = own_fund(actor, pk)
    form = DonationForm(request.POST or None, initial={"received_on": clock.today()})
    goods = GoodsRows(request.POST or None, prefix="g")
    if request.method == "POST" and form.is_valid() and goods.is_valid():
        made = act(form, lambda: _record(actor, fund, form.cleaned_data, goods.cleaned_data))
        if made is not None:
            messages.success(request, _("The gift is in the book. Give the receipt."))
            return redirect("supply-donation", pk=made.pk)
    status = UNREADABLE if goods.is_bound and not goods.is_valid() else status_of(form)
    return render(request, "supply/donation_new.html", {"fund": fund, "form": form, "goods": goods}, status=status)


def _record(actor: Actor, fund: Fund, said: dict[str, Any], rows: list[dict[str, Any]]) -> Donation:
    giver = donations.Giver(
        said["giver_kind"], said["giver_name"], said["giver_address"], said["giver_contact"], said["agrees_named"]
    )
    return donations.record_donation(
        actor=actor, moment=clock.now(), key=said["key"], fund_id=fund.pk, giver=giver, received_on=said["received_on"],
        money=said["money"] or 0, goods=[_goods(actor, row) for row in rows if row.get("name")], wish=said["wish"],
    )  # fmt: skip


def _goods(actor: Actor, row: dict[str, Any]) -> donations.GivenGoods:
    item = None
    if row["code"]:
        item = Item.objects.visible_to(actor).filter(code=row["code"].strip()).first()
        if item is None:
            raise Refusal(_("The catalogue has no item with the code “%(code)s”.") % {"code": row["code"]})
    if not row["quantity"]:
        raise Refusal(_("%(what)s: write how much, 0 where there is nothing.") % {"what": row["name"]})
    unit = row["unit"] or (item.unit if item else "")
    if not unit:
        raise Refusal(_("%(what)s: say in what it is counted.") % {"what": row["name"]})
    return donations.GivenGoods(row["name"], unit, row["quantity"], row["value"] or 0, item)


def found_donation(actor: Actor, pk: int) -> Donation:
    """A gift that the officer may see."""
    rows = Donation.objects.visible_to(actor).select_related("fund__organisation", "officer", "receipt_by")
    found: Donation | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such gift that your post may see."))
    return found


@page(READ)
def donation(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One gift with its lines in the ledger."""
    return render(request, "supply/donation.html", _context(actor, found_donation(actor, pk)))


def _context(actor: Actor, one: Donation, **more: Any) -> dict[str, Any]:
    own = actor.may(WRITE) and one.fund.organisation_id == actor.organisation
    return {
        "gift": one,
        "own": own,
        "kept": one.state == Donation.State.KEPT,
        "facts": Facts(_facts(one, own)),
        "lines": _lines(one),
        "form": ReasonForm(),
        **more,
    }


def _facts(one: Donation, own: bool) -> list[Fact]:  # noqa: FBT001  (a fact about the reader)
    contact = ", ".join(part for part in (one.giver_address, one.giver_contact) if part) if own else ""
    named = _("yes") if one.agrees_named else _("no")
    facts = [
        Fact(_("Fund"), one.fund.name),
        Fact(pgettext("donation", "Received on"), day_words(one.received_on, language())),
        Fact(_("Money (đồng)"), amount(one.money)),
        Fact(_("Goods"), one.goods or "–", _value(one)),
        Fact(_("Agrees to be named in public"), named),
        Fact(_("What the giver wishes it to be used for"), one.wish or "–"),
        Fact(
            _("Recorded by"), one.officer.full_name if one.officer else "–", moment_words(one.recorded_at, language())
        ),
    ]
    if contact:
        facts.append(Fact(_("Address, telephone"), contact))
    return facts


def _value(one: Donation) -> str:
    return _("stated value: %(much)s đồng") % {"much": amount(one.goods_value)} if one.goods_value else ""


def _lines(one: Donation) -> Table:
    columns = [Column("day", _("Day")), Column("what", _("What")), Column("much", _("Quantity"), numeric=True)]
    rows = [
        Row(
            str(line.pk),
            [
                Cell(day_words(line.on, language()), line.words),
                Cell(line.holding.name),
                Cell(f"{amount(line.quantity)} {line.holding.unit}", numeric=True),
            ],
        )
        for line in one.entries.select_related("holding").order_by("pk")
    ]
    return Table(_("In the book of the fund"), columns, rows, element="lines")


@page(WRITE, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Give the receipt, take the gift back, or name its giver no more: what the form names in `viec`."""
    one = found_donation(actor, pk)
    do = DEEDS.get(request.POST.get("viec", ""))
    if do is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    own_fund(actor, one.fund_id)
    form = ReasonForm(request.POST or None)
    words = act(form, lambda: do(actor, pk, request.POST.get("reason", "")))
    if words is not None:
        messages.success(request, words)
        return redirect("supply-donation", pk=pk)
    return render(request, "supply/donation.html", _context(actor, one, form=form), status=UNREADABLE)


def _receipt(actor: Actor, pk: int, _reason: str) -> str:
    done = donations.give_receipt(actor=actor, moment=clock.now(), donation_id=pk)
    return _("Receipt %(number)s is given.") % {"number": done.receipt}


def _take_back(actor: Actor, pk: int, reason: str) -> str:
    donations.take_back_donation(actor=actor, moment=clock.now(), donation_id=pk, reason=reason)
    return _("The gift is taken back; every line has its counter-entry.")


def _hide(actor: Actor, pk: int, _reason: str) -> str:
    donations.hide_giver(actor=actor, moment=clock.now(), donation_id=pk)
    return _("The giver is named in public no more, in older statements too.")


DEEDS: dict[str, Callable[[Actor, int, str], str]] = {"bien-nhan": _receipt, "tra-lai": _take_back, "an-ten": _hide}


@page(READ)
def receipt(request: HttpRequest, actor: Actor, pk: int, suffix: str) -> HttpResponse:
    """The receipt as a paper."""
    del request
    one = found_donation(actor, pk)
    if suffix not in TYPES:
        raise NotHere(_("A paper can be had as .docx or .pdf."))
    number = f"{one.receipt_number or 0:04}-{one.receipt_year or 0}"
    return attachment(receipt_file(one, suffix), f"bien-nhan-{number}.{suffix}", TYPES[suffix])
