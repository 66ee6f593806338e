"""Keeping a view of a list, forgetting it, and choosing its columns: three deeds that lead back to the list."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from phaodai.foundation.asked import whole
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers import keeping
from phaodai.foundation.registers.declaration import Register
from phaodai.foundation.scope import Actor

View = Callable[..., HttpResponse]


def layout_pages(registers: Sequence[Register]) -> list[URLPattern]:
    """The three addresses; the register is named in the address, and each asks for that register's own permission."""
    by_key = {register.key: register for register in registers}

    def deed(work: Callable[[HttpRequest, Actor, Register], None]) -> View:
        @page(None, deed=True)
        def view(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
            register = by_key.get(key)
            if register is None or not actor.may(register.read):
                raise NotHere(_("There is nothing at this address that your post may see."))
            work(request, actor, register)
            query = keeping.understood(request.POST.get("query", ""))
            return redirect(reverse(f"{key}-list") + (f"?{query}" if query else ""))

        return view

    routes: dict[str, Any] = {
        "luu": ("keep-view", _keep),
        "bo": ("drop-view", _drop),
        "cot": ("choose-columns", _choose),
    }
    return [path(f"{last}/<slug:key>", deed(work), name=name) for last, (name, work) in routes.items()]


def _keep(request: HttpRequest, actor: Actor, register: Register) -> None:
    view = keeping.keep_view(
        actor=actor, register=register, name=request.POST.get("name", ""), query=request.POST.get("query", "")
    )
    messages.success(request, _("Kept: %(name)s") % {"name": view.name})


def _drop(request: HttpRequest, actor: Actor, register: Register) -> None:
    keeping.drop_view(actor=actor, register=register, pk=whole(request.POST.get("view"), 0))


def _choose(request: HttpRequest, actor: Actor, register: Register) -> None:
    keeping.choose_columns(actor=actor, register=register, names=request.POST.getlist("column"))
