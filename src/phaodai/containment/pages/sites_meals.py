"""Meals of a site: how many were owed by whom this month, by the rule of each day, and how many were served."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from phaodai.containment.models import MealDay, Placement, Site, Stay
from phaodai.containment.rules.meals import Owed, Span, meals_owed
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Cell, Column, Row, Table
from phaodai.foundation.fields import DayField
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language
from phaodai.rulebook.provincial import rulebook_for

SETTING = "centralised"
PAYERS = {"state": gettext_lazy("the State"), "person": gettext_lazy("the person")}


class MealsForm(forms.Form):
    """How many people were fed on a day."""

    prefix = "suat-an"
    day = DayField(label=gettext_lazy("Day"))
    served = forms.IntegerField(label=gettext_lazy("Meal days served"), min_value=0, max_value=100000)


def spans_inside(site: Site, first: date, last: date) -> list[Span]:
    """Everybody's days at a site between two days: the day of admission counts, the day of leaving does not."""
    rows = Placement.objects.filter(site=site, since__date__lte=last).exclude(until__date__lt=first)
    rows = rows.exclude(stay__kind=Stay.Kind.STAFF)
    found: dict[int, list[Any]] = {}
    for stay, admitted, since, until in rows.order_by("since").values_list(
        "stay_id", "stay__admitted_at", "since", "until"
    ):
        begin = since.astimezone(VIETNAM).date()
        end = until.astimezone(VIETNAM).date() - timedelta(days=1) if until else last
        kept = found.setdefault(stay, [admitted.astimezone(VIETNAM).date(), begin, end])
        kept[2] = end
    return [Span(*values) for values in found.values()]


def meals_of(site: Site, today: date) -> dict[str, Any]:
    """This month so far: owed by payer, and served."""
    first = today.replace(day=1)
    owed = meals_owed(rulebook_for(site.province_id), spans_inside(site, first, today), first, today, SETTING)
    served = dict(MealDay.objects.filter(site=site, day__range=(first, today)).values_list("day", "served"))
    return {
        "table": _table(owed) if owed else None,
        "served": sum(served.values()),
        "owed": sum(one.days for one in owed),
        "today": served.get(today),
        "first": first,
    }


def _table(owed: list[Owed]) -> Table:
    columns = [
        Column("payer", _("Paid by")),
        Column("days", _("Person-days"), numeric=True),
        Column("rate", _("A day"), numeric=True),
        Column("amount", _("Amount"), numeric=True),
        Column("document", pgettext("stay", "By")),
    ]
    return Table(_("Meals owed this month"), columns, [_row(place, one) for place, one in enumerate(owed)])


def _row(place: int, one: Owed) -> Row:
    payer = PAYERS.get(one.payer, _("the law in force says nothing"))
    figures = [number(one.days, 0, language()), _dong(one.per_day), _dong(one.amount)]
    return Row(
        str(place), [Cell(str(payer)), *(Cell(words, numeric=True) for words in figures), Cell(one.document or "–")]
    )


def _dong(value: int | None) -> str:
    return f"{number(value, 0, language())} đ" if value is not None else "–"
