"""The screens of every register: list, record, form, cell, bulk and sheet, derived from its declaration."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers import cells, sheet_pages, showing
from phaodai.foundation.registers.bulk_pages import bulk_page
from phaodai.foundation.registers.counting import Counting
from phaodai.foundation.registers.declaration import Register
from phaodai.foundation.registers.editing import (
    act,
    require_amend,
    require_write,
    status_of,
    version_seen,
    version_to_send,
)
from phaodai.foundation.registers.keeping import layout_of
from phaodai.foundation.registers.listing import page_of, wish_of
from phaodai.foundation.scope import Actor

View = Callable[..., HttpResponse]


def pages_of(register: Register) -> list[URLPattern]:
    """Every address of a register, below its key."""
    name, key = register.key, register.key
    patterns = [
        path(f"{key}/", _list(register), name=f"{name}-list"),
        path(f"{key}.xlsx", sheet_pages.download(register), name=f"{name}-sheet"),
    ]
    if not register.record_route:
        patterns.append(path(f"{key}/<int:pk>/", _record(register), name=f"{name}-record"))
    if register.create_fields:
        patterns += [
            path(f"{key}/them/", _create(register), name=f"{name}-create"),
            path(f"{key}/nhap/", sheet_pages.upload(register), name=f"{name}-import"),
            path(f"{key}/mau.xlsx", sheet_pages.template(register), name=f"{name}-template"),
        ]
    if register.edit_fields:
        patterns += [
            path(f"{key}/<int:pk>/sua/", _edit(register), name=f"{name}-edit"),
            path(f"{key}/<int:pk>/o/<slug:field>/", cells.cell(register), name=f"{name}-cell"),
        ]
    if register.bulk:
        patterns.append(path(f"{key}/nhieu/<slug:verb>/", bulk_page(register), name=f"{name}-bulk"))
    return patterns


def _list(register: Register) -> View:
    @page(register.read)
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        moment = clock.now()
        wish = wish_of(register, request.GET)
        found = page_of(register, wish, actor, moment)
        counting = Counting(register, actor, moment)
        counting.know(wish, found)
        layout = layout_of(register, actor)
        table = showing.table(register, found, wish, counting, layout.columns)
        if request.htmx and request.htmx.target == f"{register.key}-table":  # type: ignore[attr-defined]
            return render(request, "foundation/registers/table.html", {"register": register, "table": table})
        shown = {
            "register": register,
            "table": table,
            "chips": showing.chips(register, wish, counting),
            "buttons": showing.buttons(register, wish, actor),
            "layout": layout,
            "list_name": f"{register.key}-list",
            "query": showing.address(register, wish, trang="").partition("?")[2],
        }
        return render(request, "foundation/registers/list.html", shown)

    return view


def record_for(register: Register, actor: Actor, pk: int) -> Any:
    """The record behind an address, or a plain "not found": never a hint that it exists elsewhere."""
    record = register.rows(actor).filter(pk=pk).first()
    if record is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return record


def _record(register: Register) -> View:
    @page(register.read)
    def view(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
        record, moment = record_for(register, actor, pk), clock.now()
        if request.htmx and request.htmx.target == "side":  # type: ignore[attr-defined]
            return render(
                request, "foundation/registers/side.html", {"side": showing.side(register, record, actor, moment)}
            )
        shown = {
            "register": register,
            "record": record,
            "heading": register.heading(record),
            "facts": showing.facts(register, record, moment),
            "panels": register.panels(record, actor, moment),
            "buttons": showing.record_buttons(register, record, actor),
            "history": showing.history(register, record, actor),
        }
        return render(request, "foundation/registers/record.html", shown)

    return view


def _create(register: Register) -> View:
    @page(register.read)
    def view(request: HttpRequest, actor: Actor) -> HttpResponse:
        require_write(register, actor)
        form = register.form_class(register.create_fields)(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            made = act(form, lambda: register.create(actor=actor, moment=clock.now(), **form.cleaned_data))
            if made is not None:
                messages.success(request, _("Added: %(record)s") % {"record": made})
                return redirect(register.record_url(made))
        return _form_page(
            request,
            register,
            form,
            title=_("Add: %(kind)s") % {"kind": register.one},
            back=reverse(f"{register.key}-list"),
        )

    return view


def _edit(register: Register) -> View:
    @page(register.read)
    def view(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
        record = record_for(register, actor, pk)
        require_amend(register, record, actor)
        form = register.form_class(register.edit_fields)(request.POST or None, instance=record)
        back = register.record_url(record)
        if request.method == "POST" and form.is_valid():
            version = version_seen(request)
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            saved = act(
                form, lambda: register.amend(actor=actor, moment=clock.now(), pk=pk, version=version, **changes)
            )
            if saved is not None:
                messages.success(request, _("Saved: %(record)s") % {"record": saved})
                return HttpResponseClientRedirect(back) if request.htmx else redirect(back)  # type: ignore[attr-defined]
        version = version_to_send(request, form, record)
        return _form_page(request, register, form, title=register.heading(record), back=back, version=version)

    return view


def _form_page(
    request: HttpRequest, register: Register, form: Any, *, title: Any, back: str, version: int | None = None
) -> HttpResponse:
    shown = {"register": register, "form": form, "title": title, "back": back, "version": version}
    return render(request, "foundation/registers/form.html", shown, status=status_of(form))
