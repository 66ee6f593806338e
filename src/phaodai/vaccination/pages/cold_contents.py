"""What lies in a fridge, on its page: vials put in, moved, counted, thrown away; what an alarm holds and what had left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation import clock
from phaodai.foundation.asked import key_of, whole
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.supply.models import Movement
from phaodai.vaccination.actions import cold_contents
from phaodai.vaccination.actions.cold_following import left_with
from phaodai.vaccination.actions.cold_levels import Spot, spots_of
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import ColdPlace, Excursion, LotHold, VaccineLot

Done = dict[str, Any] | None


def _put(request: HttpRequest, actor: Actor, place: ColdPlace) -> Done:
    lot, vials = whole(request.POST.get("lot")), whole(request.POST.get("vials"))
    return _done(
        lambda: cold_contents.put_vials(
            actor=actor, moment=clock.now(), place_id=place.pk, lot_id=lot, vials=vials, key=_key(request)
        )
    )


def _move(request: HttpRequest, actor: Actor, place: ColdPlace) -> Done:
    asked = request.POST
    return _done(
        lambda: cold_contents.move_vials(
            actor=actor, moment=clock.now(), place_id=place.pk, lot_id=whole(asked.get("lot")),
            vials=whole(asked.get("vials")), key=_key(request), to_id=whole(asked.get("to")) or None,
            held=asked.get("held") == "1",
        )
    )  # fmt: skip


def _count(request: HttpRequest, actor: Actor, place: ColdPlace) -> Done:
    asked = request.POST
    counted = asked.get("vials", "").strip()

    def count() -> None:
        difference = cold_contents.count_fridge(
            actor=actor, moment=clock.now(), place_id=place.pk, lot_id=whole(asked.get("lot")),
            vials=whole(counted) if counted.isdigit() else -1, key=_key(request),
            reason=asked.get("reason", ""),
        )  # fmt: skip
        said = _("The count agrees with the books.") if not difference else _("The books say what you counted.")
        messages.success(request, said)

    return _done(count)


def _throw(request: HttpRequest, actor: Actor, place: ColdPlace) -> Done:
    del place
    hold = whole(request.POST.get("hold"))
    return _done(lambda: cold_contents.throw_away(actor=actor, moment=clock.now(), hold_id=hold))


def _done(deed: Callable[[], object]) -> Done:
    """Do it; what is refused comes back on the page."""
    try:
        deed()
    except (NotAllowed, NotHere):
        raise
    except Refusal as refusal:
        return {"refused_move": str(refusal)}
    return None


def _key(request: HttpRequest) -> UUID:
    key = key_of(request.POST.get("key"))
    if key is None:
        raise Refusal(_("Open the page again and repeat it."))
    return key


DEEDS = {"cat": _put, "chuyen": _move, "dem": _count, "huy": _throw}


@dataclass(frozen=True)
class Kept:
    """A lot in the fridge: how many vials, and how many of them are held."""

    lot: VaccineLot
    product: str
    spot: Spot
    key: str


def contents_of(place: ColdPlace, *, may_run: bool) -> dict[str, Any]:
    """What lies in the fridge, what of its store lies in none, where it could go, and what is to be written off."""
    if place.store_id is None:
        return {"kept": []}
    lots = VaccineLot.objects.filter(batch__levels__store=place.store_id, batch__levels__quantity__gt=0)
    spots = {lot: spots_of(place.store_id, lot) for lot in lots.distinct().order_by("expires_on", "pk")}
    kept = [
        Kept(lot, product_label(lot.product), spot, str(uuid4()))
        for lot, there in spots.items()
        for spot in there
        if spot.place == place
    ]
    loose = [
        Kept(lot, product_label(lot.product), spot, "")
        for lot, there in spots.items()
        for spot in there
        if not spot.place
    ]
    thrown = LotHold.objects.standing().some().filter(store=place.store_id, outcome="discard", vials__gt=0)
    others = ColdPlace.objects.filter(store=place.store_id).exclude(pk=place.pk).order_by("sort_key")
    return {
        "kept": kept, "loose": loose, "put_key": str(uuid4()), "others": others if may_run else [],
        "to_write_off": thrown.filter(excursion__place=place).select_related("lot", "place").order_by("pk"),
    }  # fmt: skip


@dataclass(frozen=True)
class Alarm:
    """An alarm that nobody decided, with where its vials are held by now and with what others left."""

    row: Excursion
    held: list[str]
    left: list[str]


def alarm_of(excursion: Excursion) -> Alarm:
    """An open alarm as its note says it."""
    holds = LotHold.objects.standing().filter(excursion=excursion).select_related("lot", "place", "session", "store")
    left = [
        _("%(vials)s of lot %(lot)s: %(what)s, %(about)s")
        % {
            "vials": vials_in_words(vials),
            "lot": lot.number,
            "what": movement.get_kind_display(),
            "about": _about(movement),
        }
        for movement, lot, vials in left_with(excursion)
    ]
    return Alarm(excursion, [held_in_words(hold) for hold in holds.order_by("lot__number", "pk")], left)


def _about(movement: Movement) -> str:
    return movement.to_store.name if movement.to_store else movement.about


def vials_in_words(vials: int) -> str:
    """12 vials."""
    return ngettext("%(count)d vial", "%(count)d vials", vials) % {"count": vials}


def held_in_words(hold: LotHold) -> str:
    """How much of a lot a hold forbids, and where."""
    if hold.session is not None:
        return _("Lot %(lot)s: what was brought to %(session)s") % {"lot": hold.lot.number, "session": hold.session}
    if hold.vials is None:
        where = hold.store.name if hold.store else _("everywhere")
        return _("Lot %(lot)s: all vials, %(where)s") % {"lot": hold.lot.number, "where": where}
    where = hold.place.name if hold.place else _("in no fridge")
    about = {"lot": hold.lot.number, "vials": vials_in_words(hold.vials), "where": where}
    return _("Lot %(lot)s: %(vials)s, %(where)s") % about
