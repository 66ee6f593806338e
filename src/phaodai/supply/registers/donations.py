"""Gifts, and the book of the funds."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Action, Content, State, Text
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, Filter, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.supply.models import Donation, Fund, FundEntry, FundHolding
from phaodai.supply.pages.funds import amount


class FundFilter(Filter):
    """One chip a fund that the officer sees."""

    column = "fund_id"

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        rows = Fund.objects.visible_to(actor).order_by("organisation__tier", "name", "pk")[:12]
        return [(str(one.pk), one.name) for one in rows]

    def narrow(self, rows: Any, value: str, actor: Actor, moment: datetime) -> Any:
        del actor, moment
        return rows.filter(**{self.column: int(value)}) if value.isascii() and value.isdigit() else rows.none()


class EntryFundFilter(FundFilter):
    """The same over lines of the book."""

    column = "holding__fund_id"


def _without_receipt(rows: Any, _actor: Actor, _moment: datetime) -> Any:
    return rows.filter(receipt_number=None, state=Donation.State.KEPT)


def _state(gift: Donation, _moment: datetime) -> Content:
    return State(gift.get_state_display(), "" if gift.state == Donation.State.KEPT else "late", "check")


class Donations(Register):
    """What was given, by whom; a giver who is not named has no name here either."""

    key = "ung-ho"
    record_route = "supply-donation"
    model = Donation
    title = gettext_lazy("Gifts")
    one = pgettext_lazy("record kind", "gift")
    room = "supply"
    read = Permission.SUPPLY_DONATION_READ
    order = ("-received_on", "-id")
    related = ("fund",)
    empty = gettext_lazy("No gift was recorded yet. Open a fund and record the first one.")
    columns = (
        Column("giver", gettext_lazy("Who gave"), plain=str, opens=True),
        Column("giver_kind", pgettext_lazy("donation", "Who gives")),
        Column("received_on", pgettext_lazy("donation", "Received on"), order=("received_on",)),
        Column("money", gettext_lazy("Money (đồng)"), order=("money",), numeric=True),
        Column("goods", pgettext_lazy("donation", "Goods")),
        Column("goods_value", gettext_lazy("Stated value of the goods (đồng)"), numeric=True, on_phone=False),
        Column("receipt", gettext_lazy("Receipt"), plain=lambda gift: gift.receipt),
        Column("named", gettext_lazy("Named in public"), plain=lambda gift: _("yes") if gift.agrees_named else _("no")),
        Column("fund", gettext_lazy("Fund"), plain=lambda gift: gift.fund.name, on_phone=False),
        Column("state", gettext_lazy("State"), shown=_state),
    )
    filters = (
        FundFilter("quy", gettext_lazy("Fund")),
        ChoiceFilter("ai", pgettext_lazy("donation", "Who gives"), field="giver_kind", values=Donation.Giver.choices),
        FlagFilter("xem", gettext_lazy("Show"), flags={"cho": (gettext_lazy("Without a receipt"), _without_receipt)}),
    )

    def buttons(self, actor: Actor) -> list[Content]:
        """Back to the funds."""
        del actor
        return [Action(_("Funds"), reverse("supply-funds"), "folder")]


class FundEntries(Register):
    """Every line of the funds' books; lines are never changed, so there is nothing to edit."""

    key = "so-quy"
    model = FundEntry
    title = gettext_lazy("Book of the funds")
    one = pgettext_lazy("record kind", "line of the book")
    room = "supply"
    read = Permission.SUPPLY_DONATION_READ
    order = ("-on", "-id")
    related = ("holding__fund", "unit", "reverses")
    empty = gettext_lazy("The book is empty.")
    columns = (
        Column("number", gettext_lazy("Line"), plain=lambda line: line.pk, numeric=True, opens=True),
        Column("on", pgettext_lazy("fund", "Day"), order=("on",)),
        Column("what", pgettext_lazy("donation", "What"), plain=lambda line: line.holding.name),
        Column(
            "quantity", gettext_lazy("Quantity"), order=("quantity",), numeric=True,
            shown=lambda line, _m: f"{'+' if line.quantity > 0 else ''}{amount(line.quantity)} {line.holding.unit}",
        ),
        Column("purpose", gettext_lazy("Purpose")),
        Column("words", pgettext_lazy("fund", "On what")),
        Column("decision", gettext_lazy("By which decision"), on_phone=False),
        Column("unit", pgettext_lazy("fund", "For which unit"), plain=lambda line: line.unit.name if line.unit else ""),
        Column(
            "reverses", gettext_lazy("Answers line"), plain=lambda line: line.reverses_id, numeric=True, on_phone=False
        ),
        Column("fund", gettext_lazy("Fund"), plain=lambda line: line.holding.fund.name, on_phone=False),
    )  # fmt: skip
    filters = (
        EntryFundFilter("quy", gettext_lazy("Fund")),
        ChoiceFilter("loai", gettext_lazy("Kind"), field="holding__kind", values=FundHolding.Kind.choices),
        ChoiceFilter("muc", gettext_lazy("Purpose"), field="purpose", values=FundEntry.Purpose.choices),
    )
