"""The sums of a fund as tables and as a chart by month; the same for officers and for the public."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation.charts import Chart, quantity
from phaodai.foundation.components import Cell, Column, Empty, Row, Table
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language
from phaodai.supply.models import FundEntry

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
MILLION = 1_000_000


def months_chart(told: dict[str, Any]) -> Chart | None:
    """Money in and out by month, in millions of đồng; nothing where no money moved."""
    months = told["months"]
    if not months:
        return None
    title = _("Money in and out by month")
    values = [
        {"month": _on_the_axis(one["key"]), "way": way, "much": one[part] / MILLION}
        for one in months
        for way, part in ((pgettext("fund", "in"), "came"), (pgettext("fund", "out"), "went"))
    ]
    rows = [[month_words(one["key"]), _whole(one["came"]), _whole(one["went"])] for one in months]
    described = _("Millions of đồng. Blue: in; grey: out")
    return Chart(
        title,
        described,
        title,
        _spec(values),
        [_("Month"), pgettext("fund", "In"), pgettext("fund", "Out")],
        rows,
        key="fund-months",
    )


def _spec(values: list[dict[str, Any]]) -> dict[str, Any]:
    colours = {"domain": [pgettext("fund", "in"), pgettext("fund", "out")], "range": ["var(--act)", "var(--ink3)"]}
    return {
        "$schema": SCHEMA,
        "height": 150,
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "month", "type": "ordinal", "sort": None, "axis": {"labelAngle": 0, "labelOverlap": True}},
            "xOffset": {"field": "way"},
            "y": quantity("much"),
            "color": {"field": "way", "scale": colours, "legend": None},
        },
    }


def _on_the_axis(key: str) -> str:
    """2021-11 as 11/21: seven months of it stand side by side on a telephone."""
    return f"{key[5:7]}/{key[2:4]}"


def month_words(key: str) -> str:
    """2021-11 as people write a month: 11/2021."""
    first = date.fromisoformat(f"{key}-01")
    return f"{first:%m/%Y}"


def _whole(much: Decimal | int | str) -> str:
    return number(Decimal(much), None, language())


def purposes_table(told: dict[str, Any]) -> Table:
    """Money by where it came from and what it went to."""
    columns = [
        Column("purpose", _("Purpose")),
        Column("came", _("In (đồng)"), numeric=True),
        Column("went", _("Out (đồng)"), numeric=True),
    ]
    labels = dict(FundEntry.Purpose.choices)
    rows = [
        Row(
            one["key"],
            [
                Cell(str(labels.get(one["key"], one["key"]))),
                Cell(_whole(one["came"]) if one["came"] else "–", numeric=True),
                Cell(_whole(one["went"]) if one["went"] else "–", numeric=True),
            ],
        )
        for one in told["purposes"]
    ]
    return Table(_("Money by purpose"), columns, rows, empty=Empty(_("No money came or went yet.")), element="purposes")


def goods_table(told: dict[str, Any]) -> Table:
    """Goods by sort: in, out, left."""
    columns = [
        Column("what", _("Goods")),
        Column("came", pgettext("fund", "In"), numeric=True),
        Column("went", pgettext("fund", "Out"), numeric=True),
        Column("left", pgettext("fund", "Left"), numeric=True),
    ]
    rows = [
        Row(
            str(place),
            [
                Cell(one["name"], one["unit"]),
                *(Cell(_whole(one[part]), numeric=True) for part in ("came", "went", "left")),
            ],
        )
        for place, one in enumerate(told["goods"])
    ]
    return Table(_("Goods"), columns, rows, empty=Empty(_("No goods were given yet.")), element="goods")
