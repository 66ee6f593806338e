"""A register as an Excel file, its template, and the way back in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.registers.declaration import Register
from phaodai.foundation.registers.listing import matching, ordered, wish_of
from phaodai.foundation.registers.loading import columns_of, load_sheet
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import XLSX, read_rows, write_sheet

View = Callable[..., HttpResponse]


def attachment(content: bytes, name: str, content_type: str = XLSX) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def download(register: Register) -> View:
    """The list as it is filtered and ordered now, every row of it."""

    @page(register.read)
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        wish, moment = wish_of(register, request.GET), clock.now()
        rows = ordered(register, matching(register, wish, actor, moment), wish.order)
        header = [str(column.label) for column in register.columns]
        lines = ([column.value(record) for column in register.columns] for record in rows.iterator(chunk_size=2000))
        return attachment(write_sheet(str(register.title), header, lines), f"{register.key}-{moment:%Y%m%d-%H%M}.xlsx")

    return view


def template(register: Register) -> View:
    """An empty sheet with the header that `upload` understands."""

    @page(register.read)
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        del request, actor
        return attachment(
            write_sheet(str(register.title), list(columns_of(register).values()), []), f"{register.key}-mau.xlsx"
        )

    return view


class SheetForm(forms.Form):
    """The file that holds the rows."""

    file = forms.FileField(
        label=gettext_lazy("Excel or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"})
    )


def upload(register: Register) -> View:
    """Take a sheet; show what was added, changed and parked, with the parked rows to mend and load again."""

    @page(register.read)
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        if not register.may_write(actor):
            raise NotAllowed(_("Your post may read this list but not change it."))
        form = SheetForm(request.POST or None, request.FILES or None)
        shown: dict[str, Any] = {"register": register, "form": form, "back": reverse(f"{register.key}-list")}
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                rows = read_rows(file.name, file.read())
                shown["loaded"] = load_sheet(register, rows, actor=actor, moment=clock.now(), sheet=file.name)
            except Refusal as refusal:
                form.add_error("file", str(refusal))
        if request.GET.get("tai") == "cho-sua":
            return _parked_sheet(register, actor)
        shown["waiting"] = ParkedRow.objects.waiting(register.key, actor.officer).count()
        return render(request, "foundation/registers/load.html", shown, status=422 if form.errors else 200)

    return view


def _parked_sheet(register: Register, actor: Actor) -> HttpResponse:
    rows = list(ParkedRow.objects.waiting(register.key, actor.officer).order_by("parked_at", "row_number"))
    header = list(dict.fromkeys(head for row in rows for head in row.cells))
    lines = [[*(row.cells.get(head, "") for head in header), row.sheet, row.row_number, row.reason] for row in rows]
    content = write_sheet(str(register.title), [*header, _("Sheet"), _("Row"), _("Reason")], lines)
    return attachment(content, f"{register.key}-cho-sua.xlsx")
