"""Line lists on the screen: send a sheet, confirm its columns once, watch it being read, mend what waits."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor, Area
from phaodai.surveillance.actions.line_lists import confirm_columns, drop_parked
from phaodai.surveillance.models import LineList, ParkedCase
from phaodai.surveillance.rules.headers import fields
from phaodai.surveillance.sheets.intake import begin, choose, kept, read_later, read_through
from phaodai.surveillance.sheets.mapping import ColumnPlan, Plan
from phaodai.surveillance.sheets.mending import Mend, take_mended
from phaodai.surveillance.sheets.parked import parked_sheet
from phaodai.surveillance.sheets.tables import Table, read_tables
from phaodai.surveillance.showing.line_lists import field_label, groups_of, progress_of, rows_of

AT_ONCE = 3_000
"""Lines that are read while the officer waits; longer sheets are read by the worker, and the page may be left."""
SAMPLES = 3


class FileForm(forms.Form):
    """The sheet."""

    file = forms.FileField(
        label=gettext_lazy("Excel or CSV file"), widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv,.txt"})
    )


def area_of(actor: Actor) -> Area:
    """Where the officer may write cases."""
    if actor.reach == "own":
        raise NotAllowed(_("Your body sees its own tasks, not an area. Ask the health station to take the sheet in."))
    return actor.area


@page(Permission.SURVEILLANCE_CASE_IMPORT)
def line_lists(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send a sheet; the sheets of before with what became of each."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _receive(actor, file.name, file.read())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    lists = LineList.objects.visible_to(actor).select_related("officer").defer("content").order_by("-taken_in_at")[:30]
    shown = {"form": form, "lists": lists, "waiting": waiting_in(lists)}
    return render(request, "surveillance/line_lists.html", shown, status=422 if form.errors else 200)


def waiting_in(lists: Iterable[LineList]) -> dict[int, int]:
    """How many rows of each sheet still wait."""
    waiting = ParkedCase.objects.filter(line_list__in=[one.pk for one in lists], mended_at=None, dropped_at=None)
    return dict(waiting.values_list("line_list").annotate(rows=Count("pk")).values_list("line_list", "rows"))


def _receive(actor: Actor, name: str, content: bytes) -> HttpResponse:
    """A kind of sheet that was confirmed before is read at once; a new kind is asked about first."""
    moment, area = clock.now(), area_of(actor)
    found = choose(read_tables(name, content), province=area.province or 0, today=moment.date())
    line_list = begin(
        actor=actor, moment=moment, name=name, content=content, area=area, found=found, ask=not found.plan.remembered
    )
    if line_list.state == LineList.State.RUNNING:
        _read(line_list, actor, moment)
    return redirect(reverse("surveillance-line-list", args=[line_list.pk]))


def _read(line_list: LineList, actor: Actor, moment: datetime) -> None:
    if line_list.rows <= AT_ONCE:
        read_through(line_list, kept(line_list), actor=actor, moment=moment)
    else:
        read_later(line_list)


def _seen(actor: Actor, pk: int) -> LineList:
    found = LineList.objects.visible_to(actor).select_related("mapping", "officer").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such sheet, or not in your area."))
    return found


@page(Permission.SURVEILLANCE_CASE_IMPORT)
def line_list(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One sheet: its columns to confirm, how far it is, or what became of it."""
    found = _seen(actor, pk)
    shown: dict[str, Any] = {"list": found, "progress": progress_of(found)}
    if found.state == LineList.State.MAPPING:
        shown["columns"] = _columns(found, clock.now())
    if found.state == LineList.State.FINISHED:
        shown |= groups_of(found, request.GET.get("nhom", ""))
        shown["table"] = rows_of(found, shown["group"]) if shown["group"] else None
    return render(request, "surveillance/line_list.html", shown)


def _proposal(found: LineList, moment: datetime) -> tuple[Table, Plan]:
    chosen = choose(read_tables(found.name, bytes(found.content)), province=found.province_id, today=moment.date())
    return chosen.table, chosen.plan


def _columns(found: LineList, moment: datetime) -> list[dict[str, Any]]:
    """Every column with samples of its cells and what it seems to hold; those that need a look first."""
    table, plan = _proposal(found, moment)
    samples = table.columns(200)
    known = [(name, field_label(name)) for name in fields() if name not in ("from", "to")]
    rows = [
        {
            "place": place,
            "header": header,
            "samples": _some_of(samples[header]),
            "plan": plan.columns.get(header),
            "choices": known,
        }
        for place, header in enumerate(table.headers)
    ]
    return sorted(rows, key=lambda row: (row["plan"] is None, row["plan"].sure if row["plan"] else True))


def _some_of(cells: Iterable[str]) -> str:
    """A few different cells, enough to know a column by."""
    return " · ".join(list(dict.fromkeys(cell[:30] for cell in cells if cell))[:SAMPLES])


@page(Permission.SURVEILLANCE_CASE_IMPORT, deed=True)
def confirm(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Say what the columns mean; the sheet is then read."""
    found, moment = _seen(actor, pk), clock.now()
    table, plan = _proposal(found, moment)
    chosen = {
        header: ColumnPlan(field, plan.columns[header].form if header in plan.columns else "")
        for place, header in enumerate(table.headers)
        if (field := request.POST.get(f"c{place}", "")) in fields()
    }
    twice = {one.field for one in chosen.values() if [plan.field for plan in chosen.values()].count(one.field) > 1}
    if twice:
        named = ", ".join(field_label(field) for field in sorted(twice))
        raise Refusal(_("Two columns cannot hold the same: %(named)s. Choose one of them.") % {"named": named})
    if not any(one.field == "code" for one in chosen.values()):
        raise Refusal(_("Say which column holds the case number: by it a case is known again."))
    found = confirm_columns(
        actor=actor, moment=moment, line_list_id=pk, headers=table.headers, fields=Plan(chosen).as_fields(),
        rows=len(table.lines),
    )  # fmt: skip
    _read(found, actor, moment)
    return redirect(reverse("surveillance-line-list", args=[pk]))


@page(Permission.SURVEILLANCE_CASE_IMPORT)
def parked(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The rows that wait, to be mended in Excel and sent again."""
    del request
    found = _seen(actor, pk)
    return attachment(parked_sheet(found), f"cho-sua-{found.pk}.xlsx")


@page(Permission.SURVEILLANCE_CASE_IMPORT, deed=True)
def mend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take rows in with the value that the officer wrote or accepted for the cell that was wrong."""
    found, moment = _seen(actor, pk), clock.now()
    area_of(actor)
    rows = row_ids(request.POST.getlist("row"))
    values = {row: request.POST.get(f"value-{row}", "").strip() for row in rows}
    done = take_mended(
        actor=actor, moment=moment, line_list=found, mends=[Mend(row, value) for row, value in values.items()]
    )
    _tell(request, done, len(rows))
    return _back(found, request)


def _tell(request: HttpRequest, done: int, asked: int) -> None:
    if done:
        messages.success(request, _("%(count)d rows are in the books now.") % {"count": done})
    if asked > done:
        messages.warning(request, _("%(count)d rows still wait: look at the new reason.") % {"count": asked - done})


@page(Permission.SURVEILLANCE_CASE_IMPORT, deed=True)
def drop(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Give rows up; they stay in the sheet as it came."""
    found = _seen(actor, pk)
    rows = row_ids(request.POST.getlist("row"))
    dropped = drop_parked(actor=actor, moment=clock.now(), line_list_id=pk, rows=rows)
    messages.success(request, _("%(count)d rows were given up.") % {"count": dropped})
    return _back(found, request)


def _back(found: LineList, request: HttpRequest) -> HttpResponse:
    group = request.POST.get("nhom", "")
    address = reverse("surveillance-line-list", args=[found.pk])
    return redirect(f"{address}?nhom={group}" if group.replace("-", "").isalpha() else address)
