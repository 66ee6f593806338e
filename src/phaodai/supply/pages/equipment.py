"""One thing with a serial number: where it is, its history, what can be done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import LogEntry, State
from phaodai.foundation.formats import moment as written_moment
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.actions import equipment as verbs
from phaodai.supply.actions.stock_shared import mine, require_own
from phaodai.supply.models import Equipment, EquipmentStep, Store

UNREADABLE = 422


def state_mark(thing: Equipment) -> State:
    """Whether a thing serves."""
    kinds = {Equipment.State.WORKING: ("", "check"), Equipment.State.REPAIR: ("act", "clock")}
    kind, icon = kinds.get(Equipment.State(thing.state), ("late", "warning"))
    return State(thing.get_state_display(), kind, icon)  # type: ignore[arg-type]


class DeedForm(forms.Form):
    """Its state, the store it goes to, and a word about it."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=Equipment.State.choices, required=False)
    to_store = forms.ModelChoiceField(Store.objects.none(), label=pgettext_lazy("movement", "To store"), required=False)
    words = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows = Store.objects.visible_to(actor).open().order_by("tier", "sort_key")
        self.fields["to_store"].queryset = rows  # type: ignore[attr-defined]


@page(Permission.SUPPLY_EQUIPMENT_READ)
def equipment(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Its record and history; by POST what `viec` names: its state, sent to a store, taken over."""
    thing = verbs.seen_equipment(actor, pk)
    posted = request.method == "POST"
    deed = _deed_of(request, actor, thing) if posted else None
    form = DeedForm(request.POST if posted else None, actor=actor, initial={"state": thing.state})
    if deed is not None and form.is_valid() and act(form, lambda: deed(actor, thing, form)) is not None:
        messages.success(request, _("Saved: %(record)s") % {"record": thing})
        return redirect("supply-equipment", pk=pk)
    context = _context(actor, thing) | {"form": form}
    return render(request, "supply/equipment.html", context, status=UNREADABLE if form.errors else 200)


def _set_state(actor: Actor, thing: Equipment, form: DeedForm) -> Equipment:
    given = {"state": form.cleaned_data["state"], "words": form.cleaned_data["words"]}
    return verbs.set_equipment_state(actor=actor, moment=clock.now(), equipment_id=thing.pk, **given)


def _store_of(form: DeedForm) -> int:
    store = form.cleaned_data["to_store"]
    return int(store.pk) if store else 0


def _send(actor: Actor, thing: Equipment, form: DeedForm) -> Equipment:
    return verbs.hand_over(
        actor=actor, moment=clock.now(), equipment_id=thing.pk, to_store_id=_store_of(form),
        words=form.cleaned_data["words"],
    )  # fmt: skip


def _take(actor: Actor, thing: Equipment, form: DeedForm) -> Equipment:
    return verbs.take_over(
        actor=actor,
        moment=clock.now(),
        equipment_id=thing.pk,
        store_id=_store_of(form),
        where=form.cleaned_data["words"],
    )


DEEDS = {"tinh-trang": _set_state, "gui": _send, "nhan": _take}


def _deed_of(request: HttpRequest, actor: Actor, thing: Equipment) -> Callable[[Actor, Equipment, DeedForm], Equipment]:
    """The deed that the form names, as far as the officer may do it; a thing that is sent here is not yet one's own."""
    deed = DEEDS.get(request.POST.get("viec", ""))
    if deed is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if deed is _take:
        actor.require(Permission.SUPPLY_EQUIPMENT_WRITE)
    else:
        require_own(actor, thing, Permission.SUPPLY_EQUIPMENT_WRITE)
    return deed


def _context(actor: Actor, thing: Equipment) -> dict[str, Any]:
    writes = actor.may(Permission.SUPPLY_EQUIPMENT_WRITE)
    going_to = Organisation.objects.filter(pk=thing.to_organisation_id or 0).first()
    return {
        "thing": thing,
        "mark": state_mark(thing),
        "standing": verbs.standing(thing),
        "going_to": going_to,
        "log": [_entry(one) for one in thing.steps.order_by("-at", "-pk")[:40]],
        "may_write": writes and mine(actor, thing) and thing.state != Equipment.State.WRITTEN_OFF,
        "may_take": writes and going_to is not None and going_to.pk == actor.organisation,
    }


def _entry(step: EquipmentStep) -> LogEntry:
    words = [step_words(step.what), step.words, step.officer_name]
    return LogEntry(written_moment(step.at, language()), " · ".join(filter(None, words)))


def step_words(what: str) -> str:
    """One step of its history in words; a state speaks for itself."""
    known = {
        "registered": pgettext("equipment", "registered"),
        "sent": pgettext("equipment", "sent to"),
        "taken": pgettext("equipment", "taken over at"),
        "placed": pgettext("equipment", "placed"),
        "amended": pgettext("equipment", "mended"),
    }
    return known.get(what) or str(dict(Equipment.State.choices).get(what, what))
