"""One verb over many rows: first what it will do and skip, and why; then the deed, row by row."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.components import Action, BulkPreview, Skipped
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.declaration import Bulk, Register
from phaodai.foundation.registers.finding import COUNTED_AT_MOST
from phaodai.foundation.registers.listing import matching, wish_of
from phaodai.foundation.registers.showing import address
from phaodai.foundation.scope import Actor


def bulk_page(register: Register) -> Callable[..., HttpResponse]:
    """POST with `row=…` (or `all=1`) answers with a preview; with `confirmed=1` as well, it acts."""

    @page(register.read)
    def view(request: HttpRequest, actor: Actor, verb: str) -> HttpResponse:
        bulk = next((one for one in register.bulk if one.key == verb), None)
        if bulk is None or request.method != "POST":
            raise NotHere(_("There is nothing at this address that your post may see."))
        actor.require(bulk.permission)
        moment = clock.now()
        rows = _chosen(register, request, actor, moment)
        form = _form(bulk, request.POST)
        if not request.POST.get("confirmed") or not form.is_valid():
            return _preview(request, register, bulk, rows, form, actor)
        _run(request, bulk, rows, form.cleaned_data, actor, moment)
        return redirect(address(register, wish_of(register, request.GET)))

    return view


def _chosen(register: Register, request: HttpRequest, actor: Actor, moment: datetime) -> list[Any]:
    if request.POST.get("all"):
        return list(matching(register, wish_of(register, request.GET), actor, moment)[:COUNTED_AT_MOST])
    keys = row_ids(request.POST.getlist("row"))
    return list(register.rows(actor).filter(pk__in=keys))


def _form(bulk: Bulk, data: QueryDict) -> forms.Form:
    form = forms.Form(data if data.get("confirmed") else None)
    form.fields.update(bulk.fields())
    return form


def _preview(
    request: HttpRequest, register: Register, bulk: Bulk, rows: list[Any], form: forms.Form, actor: Actor
) -> HttpResponse:
    reasons = [bulk.skip(row, actor) for row in rows]
    skipped = Counter(str(reason) for reason in reasons if reason)
    keys = [str(row.pk) for row, reason in zip(rows, reasons, strict=True) if not reason]
    summary = ngettext("%(verb)s: %(count)d row", "%(verb)s: %(count)d rows", len(keys)) % {
        "verb": bulk.label,
        "count": len(keys),
    }
    back = address(register, wish_of(register, request.GET))
    preview = BulkPreview(
        summary,
        Action(bulk.label, request.get_full_path(), bulk.icon, "go", name="confirmed", value="1"),
        keys,
        [Skipped(count, reason) for reason, count in skipped.items()],
        back,
    )
    shown = {"preview": preview, "form": form, "register": register, "back": back, "nothing": not keys}
    name = "foundation/registers/bulk_part.html" if request.htmx else "foundation/registers/bulk.html"  # type: ignore[attr-defined]
    return render(request, name, shown, status=422 if form.errors else 200)


def _run(
    request: HttpRequest, bulk: Bulk, rows: list[Any], values: dict[str, Any], actor: Actor, moment: datetime
) -> None:
    done, refusals = 0, Counter[str]()
    for row in rows:
        reason = bulk.skip(row, actor)
        if reason:
            refusals[str(reason)] += 1
            continue
        try:
            bulk.run(actor=actor, moment=moment, record=row, **values)
            done += 1
        except Refusal as refusal:
            refusals[str(refusal)] += 1
    if done:
        messages.success(
            request,
            ngettext("%(verb)s: %(count)d row done", "%(verb)s: %(count)d rows done", done)
            % {"verb": bulk.label, "count": done},
        )
    for reason, count in refusals.items():
        messages.warning(request, _("Skipped %(count)d: %(reason)s") % {"count": count, "reason": reason})
