"""What funds told the public, for everybody and without an account: sums, goods, and givers who agreed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phaodai.foundation.components import Cell, Column, Empty, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.public import Visitor, public_page
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.supply.models import FundStatement
from phaodai.supply.pages.funds import amount
from phaodai.supply.pages.funds_drawing import goods_table, months_chart, purposes_table

SHOWN, GIVERS_SHOWN = 60, 2000


@public_page
def statements(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The statements of every fund, the newest first."""
    del visitor
    rows = FundStatement.objects.order_by("-published_at", "-pk")[:SHOWN]
    told = [(one, *(amount(one.content[part]) for part in ("came", "went", "left"))) for one in rows]
    return render(request, "supply/statements.html", {"told": told})


@public_page
def statement(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """One statement, as it was published."""
    del visitor
    one = FundStatement.objects.filter(pk=pk).first()
    if one is None:
        raise NotHere(_("There is no such statement."))
    told = one.content
    shown = {
        "statement": one,
        "sums": [
            (_("Left on the day before"), amount(told["before"])),
            (_("Money in"), amount(told["came"])),
            (_("Money out"), amount(told["went"])),
            (_("Money left"), amount(told["left"])),
        ],
        "goods_value": amount(told["goods_value"]) if told["goods_value"] else "",
        "chart": months_chart(told),
        "purposes": purposes_table(told),
        "goods": goods_table(told),
        "givers": _givers(one),
    }
    return render(request, "supply/statement.html", shown)


def _givers(one: FundStatement) -> Table:
    columns = [
        Column("who", _("Who gave")),
        Column("on", _("Day")),
        Column("money", _("Money (đồng)"), numeric=True),
        Column("goods", _("Goods")),
    ]
    named = one.givers.filter(hidden_at=None).order_by("received_on", "pk")[:GIVERS_SHOWN]
    rows = [
        Row(
            str(place),
            [
                Cell(giver.name),
                Cell(day_words(giver.received_on, language())),
                Cell(amount(giver.money) if giver.money else "–", numeric=True),
                Cell(giver.goods or "–"),
            ],
        )
        for place, giver in enumerate(named)
    ]
    empty = Empty(_("No giver of these days agreed to be named."))
    return Table(_("Givers who agreed to be named"), columns, rows, empty=empty, element="givers")
