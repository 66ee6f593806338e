"""One movement: its lines, what answered it; taking a transfer in, turning a wrong movement round."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import key_of
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.movements import movement_for
from phaodai.supply.actions.movements_answering import FINAL, reverse, take_in
from phaodai.supply.actions.stock_shared import mine
from phaodai.supply.models import Batch, Movement, MovementLine
from phaodai.supply.pages.stock_showing import amount, other_side, transit_mark
from phaodai.supply.rules.stock import read_quantity

UNREADABLE = 422


@page(Permission.SUPPLY_STOCK_READ)
def movement(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What was moved, from where, to where, by whom; by POST what answers it."""
    found, problem = movement_for(actor, pk), ""
    if request.method == "POST":
        deed = {"nhan": _take_in, "dao": _turn_round}.get(request.POST.get("viec", ""))
        if deed is None:
            raise NotHere(_("There is nothing at this address that your post may see."))
        try:
            answer = deed(request, actor, found)
        except Refusal as refusal:
            if isinstance(refusal, NotAllowed | NotHere):
                raise
            problem = str(refusal)
        else:
            messages.success(request, _("Written: %(what)s.") % {"what": answer.get_kind_display()})
            return redirect("supply-movement", pk=answer.pk)
    shown = _context(request, actor, found) | {"problem": problem}
    return render(request, "supply/movement.html", shown, status=UNREADABLE if problem else 200)


def _key(request: HttpRequest) -> UUID:
    key = key_of(request.POST.get("key"))
    if key is None:
        raise Refusal(_("Open the page again and repeat it."))
    return key


def _take_in(request: HttpRequest, actor: Actor, found: Movement) -> Movement:
    arrived: dict[int, Decimal] = {}
    for line in found.lines.all():
        text = request.POST.get(f"den-{line.pk}", "").strip()
        if text:
            value = read_quantity(text)
            if value is None:
                raise Refusal(_("“%(text)s” is not a quantity.") % {"text": text})
            arrived[line.pk] = value
    return take_in(
        actor=actor, moment=clock.now(), movement_id=found.pk, key=_key(request), arrived=arrived,
        about=request.POST.get("about", ""),
    )  # fmt: skip


def _turn_round(request: HttpRequest, actor: Actor, found: Movement) -> Movement:
    reason = request.POST.get("about", "")
    return reverse(actor=actor, moment=clock.now(), movement_id=found.pk, key=_key(request), reason=reason)


def _context(request: HttpRequest, actor: Actor, found: Movement) -> dict[str, Any]:
    lines = found.lines.select_related("item", "batch").order_by("pk")
    may_write = actor.may(Permission.SUPPLY_STOCK_WRITE)
    is_open = found.answered_at is None
    to_me = found.to_store is not None and mine(actor, found.to_store)
    return {
        "movement": found,
        "side": other_side(found),
        "mark": transit_mark(found),
        "lines": [_line(one, request) for one in lines],
        "counted": _counted(found),
        "answers": Movement.objects.seen_by(actor).filter(pk=found.answers_id or 0).first(),
        "answered_by": Movement.objects.seen_by(actor).filter(answers=found).first(),
        "key": uuid4(),
        "about": request.POST.get("about", ""),
        "may_take_in": may_write and is_open and to_me and found.kind == Movement.Kind.TRANSFER,
        "may_turn_round": may_write and is_open and mine(actor, found) and found.kind not in FINAL,
    }


def _line(one: MovementLine, request: HttpRequest) -> dict[str, Any]:
    typed = request.POST.get(f"den-{one.pk}", f"{one.quantity.normalize():f}")
    return {"line": one, "quantity": amount(one.quantity, one.item.unit), "typed": typed}


def _counted(found: Movement) -> list[dict[str, Any]]:
    """Booked against counted, of a count."""
    batches = Batch.objects.select_related("item").in_bulk([one["batch"] for one in found.detail])
    return [
        {
            "batch": batches[one["batch"]],
            "booked": amount(Decimal(one["booked"])),
            "counted": amount(Decimal(one["counted"])),
            "differs": Decimal(one["booked"]) != Decimal(one["counted"]),
        }
        for one in found.detail
        if one["batch"] in batches
    ]
