"""The lists of units: send a sheet, see what became of it, mend what waits."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import write_sheet
from phaodai.territory.models import Unit
from phaodai.vaccination.actions.lists import PARKED
from phaodai.vaccination.law.vocabulary import group_choices, group_label
from phaodai.vaccination.models import PriorityList
from phaodai.vaccination.pages.units import OfUnitForm
from phaodai.vaccination.sheets.lists_intake import take_in


class ListForm(OfUnitForm):
    """A sheet, whose people it names and in which group they are."""

    file = forms.FileField(
        label=gettext_lazy("Excel or CSV file"), widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv"})
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Unit"),
        help_text=pgettext_lazy("priority list", "Where these people live or work."),
    )  # fmt: skip
    group = forms.ChoiceField(
        label=pgettext_lazy("vaccination", "Priority group"), choices=group_choices,
        help_text=gettext_lazy("Of rows that name no group of their own."),
    )  # fmt: skip
    sender = forms.CharField(label=pgettext_lazy("priority list", "Unit that sent it"), required=False, max_length=200)


@page(Permission.VACCINATION_SESSION_RUN)
def lists(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send a list; the lists of before with what became of each; the template and the rows to mend as sheets."""
    asked = request.GET.get("tai", "")
    if asked:
        return _waiting_sheet(actor) if asked == "cho-sua" else _template()
    form = ListForm(*_sent(request), actor=actor, initial={"unit": actor.area.commune})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = act(form, lambda: _take(actor, **values))
        if done is not None:
            _tell(request, done)
            return redirect("vaccination-lists")
    rows = PriorityList.objects.visible_to(actor).select_related("unit", "officer").defer("content")
    shown = {
        "form": form,
        "lists": [(one, group_label(one.group)) for one in rows.order_by("-received_at")[:40]],
        "waiting": ParkedRow.objects.waiting(PARKED, actor.officer).count(),
    }
    return render(request, "vaccination/plan_lists.html", shown, status=status_of(form))


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent, also where that is nothing; a page that is merely opened sent nothing at all."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _take(actor: Actor, *, file: Any, unit: Unit, group: str, sender: str) -> PriorityList:
    return take_in(
        actor=actor, moment=clock.now(), file=file.name, content=file.read(), unit=unit, group=group, sender=sender
    )


def _tell(request: HttpRequest, done: PriorityList) -> None:
    if done.state == PriorityList.State.RUNNING:
        messages.success(request, _("%(rows)d rows are being read. You can leave this page.") % {"rows": done.rows})
        return
    about = {"added": done.added, "joined": done.joined, "parked": done.parked}
    messages.success(request, _("%(added)d new people, %(joined)d were on a list, %(parked)d rows wait.") % about)


def _template() -> HttpResponse:
    heads = [
        _("Full name"), _("Date of birth"), _("Sex"), _("ID card number"), _("Telephone"),
        str(pgettext_lazy("vaccination", "Priority group")), str(pgettext_lazy("list entry", "Works or studies at")),
        _("Commune"), _("Hamlet"),
    ]  # fmt: skip
    return attachment(write_sheet(_("People to vaccinate"), heads, []), "danh-sach-tiem-mau.xlsx")


def _waiting_sheet(actor: Actor) -> HttpResponse:
    rows = list(ParkedRow.objects.waiting(PARKED, actor.officer).order_by("parked_at", "row_number"))
    heads = list(dict.fromkeys(head for row in rows for head in row.cells))
    content = write_sheet(_("Rows to mend"), [*heads, _("Reason"), _("Sheet"), _("Row")], _lines(rows, heads))
    return attachment(content, "danh-sach-tiem-cho-sua.xlsx")


def _lines(rows: Iterable[ParkedRow], heads: list[str]) -> Iterable[list[Any]]:
    return ([*(row.cells.get(head, "") for head in heads), row.reason, row.sheet, row.row_number] for row in rows)
