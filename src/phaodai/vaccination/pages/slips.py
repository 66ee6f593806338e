"""The slip that somebody takes home after a dose: what was given, until when to watch, and a code to tell what they feel."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from phaodai.foundation import clock
from phaodai.foundation.asked import key_of
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions.claims import open_slips
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import Dose, ReactionDoor
from phaodai.vaccination.pages.sessions import seen_session

SHOWN = 60


@dataclass(frozen=True)
class Slip:
    """One slip: the dose, its product in words, the link as text and as a code."""

    door: ReactionDoor
    dose: Dose
    product: str
    address: str
    code: SafeString


@page(Permission.VACCINATION_DOSE_RECORD)
def slips(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The slips of a session, the latest dose first; `mui` asks for that of one dose, by its key."""
    session = seen_session(actor, pk)
    doors = open_slips(actor=actor, moment=clock.now(), session_id=pk)
    asked = key_of(request.GET.get("mui", ""))
    chosen = [one for one in doors if asked is None or (one.dose and one.dose.key == asked)][:SHOWN]
    shown = {"session": session, "slips": [_slip(request, one) for one in chosen], "count": len(doors), "most": SHOWN}
    return render(request, "vaccination/slips.html", shown)


def _slip(request: HttpRequest, door: ReactionDoor) -> Slip:
    assert door.dose is not None, "open_slips gives the links of doses alone"
    address = request.build_absolute_uri(reverse("reaction-report", args=[door.reference]))
    return Slip(door, door.dose, product_label(door.dose.product), address, qr_drawing(address))
