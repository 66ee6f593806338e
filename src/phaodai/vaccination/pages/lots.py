"""A lot of vaccine: where it lies, who holds it back and why, how it is shared out; and vaccine that comes in."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.fields import DayField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor
from phaodai.supply.models import Item, StockLevel, Store
from phaodai.vaccination.actions import lots, lots_allotting
from phaodai.vaccination.law.vocabulary import product_choices, product_label
from phaodai.vaccination.models import Allotment, ColdPlace, LotHold, VaccineLot
from phaodai.vaccination.pages.cold_contents import held_in_words

_DAY = forms.DateInput({"type": "date"})


class ReceiptForm(forms.Form):
    """Vials that came."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    store = forms.ModelChoiceField(Store.objects.none(), label=gettext_lazy("Store"))
    item = forms.ModelChoiceField(
        Item.objects.none(), label=pgettext_lazy("vaccine", "Vaccine in the catalogue of goods")
    )
    product = forms.ChoiceField(label=pgettext_lazy("vaccine", "Product"), choices=product_choices)
    number = forms.CharField(label=pgettext_lazy("vaccine", "Lot"), max_length=60)
    expires_on = DayField(label=pgettext_lazy("vaccine", "Expires on"), widget=_DAY)
    vials = forms.IntegerField(label=pgettext_lazy("vaccine", "Vials"), min_value=1, max_value=1_000_000)
    doses_per_vial = forms.IntegerField(
        label=pgettext_lazy("vaccine", "Doses in a vial"), min_value=1, max_value=50, initial=10
    )
    open_hours = forms.IntegerField(
        label=pgettext_lazy("vaccine", "Hours an opened vial keeps"), min_value=1, max_value=72, initial=6,
        help_text=gettext_lazy("As printed on the leaflet of the product."),
    )  # fmt: skip
    place = forms.ModelChoiceField(
        ColdPlace.objects.none(), label=pgettext_lazy("cold chain", "Into the fridge"), required=False,
        help_text=gettext_lazy("Left empty, the vials lie in no fridge until somebody puts them into one."),
    )  # fmt: skip
    certificate = forms.CharField(label=pgettext_lazy("vaccine", "Release certificate"), max_length=120, required=False)
    paper = forms.CharField(label=pgettext_lazy("vaccine", "Delivery note"), max_length=60, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        stores = Store.objects.kept_by(actor).open().order_by("tier", "sort_key")
        items = Item.objects.visible_to(actor).filter(kind=Item.Kind.VACCINE).order_by("sort_key")
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        fridges = ColdPlace.objects.filter(store__in=stores).order_by("sort_key")
        self.fields["place"].queryset = fridges  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The fridge is one of the store."""
        said = super().clean() or {}
        place = said.get("place")
        if place is not None and said.get("store") is not None and place.store_id != said["store"].pk:
            self.add_error("place", str(gettext_lazy("Choose a fridge of this store.")))
        return said


@page(Permission.VACCINATION_SESSION_RUN)
def receive(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take vials into a store, with their lot."""
    form = ReceiptForm(request.POST if request.method == "POST" else None, actor=actor, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: _receive(actor, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Lot %(lot)s is in the store.") % {"lot": done.number})
            return redirect("vaccination-lot", pk=done.pk)
    return render(request, "vaccination/plan_lot_new.html", {"form": form}, status=status_of(form))


def _receive(
    actor: Actor, *, store: Store, item: Item, key: UUID, place: ColdPlace | None, **values: Any
) -> VaccineLot:
    return lots.receive_lot(
        actor=actor, moment=clock.now(), store_id=store.pk, item_id=item.pk, key=key,
        place_id=place.pk if place else None, **values,
    )  # fmt: skip


class HoldForm(forms.Form):
    """Hold a lot everywhere."""

    prefix = "giu"
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class ReleaseForm(forms.Form):
    """What becomes of a held lot."""

    prefix = "quyet"
    outcome = forms.ChoiceField(
        label=pgettext_lazy("vaccine", "What becomes of it"),
        choices=[
            (lots.USE, pgettext_lazy("cold chain", "The vaccine may be used")),
            (lots.DISCARD, pgettext_lazy("cold chain", "The vaccine is thrown away")),
        ],
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class ShareForm(forms.Form):
    """Share vials out among the stores below."""

    prefix = "chia"
    source = forms.ModelChoiceField(Store.objects.none(), label=pgettext_lazy("vaccine", "From the store"))
    vials = forms.IntegerField(label=pgettext_lazy("vaccine", "Vials"), min_value=1, max_value=1_000_000)

    def __init__(self, *arguments: Any, actor: Actor, lot: VaccineLot, **options: Any) -> None:
        super().__init__(*arguments, **options)
        stores = Store.objects.kept_by(actor).filter(levels__batch=lot.batch_id, levels__quantity__gt=0)
        self.fields["source"].queryset = stores.distinct().order_by("sort_key")  # type: ignore[attr-defined]


def _seen(actor: Actor, pk: int) -> VaccineLot:
    found = VaccineLot.objects.visible_to(actor).select_related("batch__item").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such lot that your post may see."))
    return found


@page(Permission.VACCINATION_PLAN_READ)
def lot(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One lot: stock by store, holds, allotments; held, let go, shared out, sent."""
    found = _seen(actor, pk)
    shown: dict[str, Any] = {
        "hold_form": HoldForm(), "release_form": ReleaseForm(), "share_form": ShareForm(actor=actor, lot=found),
    }  # fmt: skip
    status = 200
    if request.method == "POST":
        refused = _do(request, actor, found)
        if refused is None:
            return redirect("vaccination-lot", pk=pk)
        shown |= refused
        status = 422
    return render(request, "vaccination/plan_lot.html", shown | _context(found, actor), status=status)


def _do(request: HttpRequest, actor: Actor, found: VaccineLot) -> dict[str, Any] | None:
    """Do what the form names in `viec`; the refused form with its name, or None where it was done."""
    deeds = {
        "giu": (_hold, Permission.VACCINATION_SESSION_RUN),
        "quyet": (_release, Permission.VACCINATION_PLAN_WRITE),
        "chia": (_share, Permission.VACCINATION_PLAN_WRITE),
        "gui": (_send, Permission.VACCINATION_PLAN_WRITE),
    }
    if request.POST.get("viec", "") not in deeds:
        raise NotHere(_("There is nothing at this address that your post may see."))
    deed, permission = deeds[request.POST["viec"]]
    actor.require(permission)
    return deed(request, actor, found)


def _hold(request: HttpRequest, actor: Actor, found: VaccineLot) -> dict[str, Any] | None:
    form, moment = HoldForm(request.POST), clock.now()
    if form.is_valid() and act(
        form, lambda: lots.hold_lot(actor=actor, moment=moment, lot_id=found.pk, **form.cleaned_data)
    ):
        messages.success(request, _("Lot %(lot)s is held everywhere.") % {"lot": found.number})
        return None
    return {"hold_form": form}


def _release(request: HttpRequest, actor: Actor, found: VaccineLot) -> dict[str, Any] | None:
    form, moment = ReleaseForm(request.POST), clock.now()
    hold = LotHold.objects.filter(lot=found, pk=whole(request.POST.get("hold"))).first()
    if hold is None:
        raise NotHere(_("There is no such hold that your post may see."))
    if form.is_valid() and act(
        form, lambda: lots.release_hold(actor=actor, moment=moment, hold_id=hold.pk, **form.cleaned_data)
    ):
        messages.success(request, _("Your decision about lot %(lot)s is kept.") % {"lot": found.number})
        return None
    return {"release_form": form, "refused_hold": hold.pk}


def _share(request: HttpRequest, actor: Actor, found: VaccineLot) -> dict[str, Any] | None:
    form, moment = ShareForm(request.POST, actor=actor, lot=found), clock.now()
    if not form.is_valid():
        return {"share_form": form}
    source, vials = form.cleaned_data["source"], form.cleaned_data["vials"]
    done = act(
        form,
        lambda: lots_allotting.propose_allotments(
            actor=actor, moment=moment, lot_id=found.pk, source_id=source.pk, vials=vials
        ),
    )
    if done is None:
        return {"share_form": form}
    if not done:
        messages.warning(request, _("No store below lacks this vaccine: nobody waits there, or they hold enough."))
    return None


def _send(request: HttpRequest, actor: Actor, found: VaccineLot) -> None:
    vials = whole(request.POST.get("vials")) or None
    row = Allotment.objects.filter(lot=found, pk=whole(request.POST.get("allotment"))).first()
    if row is None:
        raise NotHere(_("There is no such allotment that your post may see."))
    place = whole(request.POST.get("place")) or None
    done = lots_allotting.send_allotment(
        actor=actor, moment=clock.now(), allotment_id=row.pk, vials=vials, place_id=place
    )
    messages.success(
        request, _("%(vials)d vials are on the way to %(store)s.") % {"vials": done.vials, "store": done.store.name}
    )


def _context(found: VaccineLot, actor: Actor) -> dict[str, Any]:
    levels = StockLevel.objects.there().filter(batch=found.batch_id).select_related("store").order_by("-quantity")
    holds = LotHold.objects.filter(lot=found).select_related("store", "place", "session", "held_by", "released_by")
    allotments = found.allotments.exclude(state=Allotment.State.DROPPED).select_related("store", "source")
    cold = found.cold_levels.there().select_related("place", "store").order_by("store__sort_key", "place__sort_key")
    return {
        "lot": found,
        "product": product_label(found.product),
        "levels": [(one, int(one.quantity), int(one.quantity) * found.doses_per_vial) for one in levels[:100]],
        "holds": [(one, held_in_words(one)) for one in holds.order_by("-held_at")[:20]],
        "allotments": allotments.order_by("state", "-vials")[:100],
        "cold": cold,
        "moved": found.cold_lines.select_related("taken_from", "put_into").order_by("-at", "-pk")[:20],
        "expired": found.expires_on < clock.today(),
        "may_hold": actor.may(Permission.VACCINATION_SESSION_RUN),
        "may_plan": actor.may(Permission.VACCINATION_PLAN_WRITE),
    }
