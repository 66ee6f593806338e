"""The table's phone, with and without a network: its frame, its service worker, what it holds, asks and sends."""

import io
from typing import Any

import zxingcpp
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from PIL import Image, UnidentifiedImageError

from phaodai.foundation import clock
from phaodai.foundation.models import ClockShift
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.duplicates import like_typed
from phaodai.surveillance.pages.screening_phone import HELD_COOKIE as DOORS_COOKIE
from phaodai.surveillance.pages.screening_phone import held_by, read_body
from phaodai.vaccination.actions.doses import Answer, Batch, look_before, receive_doses
from phaodai.vaccination.actions.events import release_watched
from phaodai.vaccination.models import Session
from phaodai.vaccination.pages.doses_phone_list import finding_as_data, list_for, look_as_data
from phaodai.vaccination.rules.doses_sent import Unfit, written_of

HELD_COOKIE = "phaodai_doses"
"""Set while a phone holds a session: signing out then leads over the page that warns and wipes."""
LARGEST_PHOTO = 8 * 1024 * 1024
_SIDE = 2_000


def _session(actor: Actor, pk: int) -> Session:
    found = Session.objects.run_by(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such session of your unit."))
    return found


def _frame(request: HttpRequest, session: Session) -> HttpResponse:
    return render(request, "vaccination/doses_phone.html", {"pk": session.pk})


@page(Permission.VACCINATION_DOSE_RECORD)
def app(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The frame: no name stands in it, so that it may lie in a phone's cache."""
    response = _frame(request, _session(actor, pk))
    response.set_cookie(HELD_COOKIE, "1", max_age=90 * 86_400, samesite="Lax", secure=request.is_secure())
    return response


@never_cache
@page(Permission.VACCINATION_DOSE_RECORD)
def worker(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The service worker: it holds the frame and every file the frame names, under a version made of their contents."""
    frame = _frame(request, _session(actor, pk)).content.decode()
    values = held_by(frame, reverse("dose-phone", args=[pk]))
    return render(request, "vaccination/doses_worker.js", values, content_type="text/javascript; charset=utf-8")


@never_cache
@page(Permission.VACCINATION_DOSE_RECORD)
def held(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What the phone holds, with the token against forgery for sending."""
    values = list_for(actor, _session(actor, pk), clock.now())
    shift = ClockShift.stored()
    return JsonResponse(values | {"token": get_token(request), "ahead": int(shift.total_seconds() * 1000)})


@page(Permission.VACCINATION_DOSE_RECORD, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int, name: str) -> HttpResponse:
    """Send doses, ask before one, read a card off a photo, let people go."""
    session = _session(actor, pk)
    deeds = {"gui": _send, "hoi": _ask, "anh": _read_photo, "cho-ve": _release}
    if name not in deeds:
        raise NotHere(_("There is no such page."))
    try:
        return deeds[name](request, actor, session)
    except Refusal as refusal:
        return JsonResponse({"problem": str(refusal)}, status=422)


def _send(request: HttpRequest, actor: Actor, session: Session) -> HttpResponse:
    del session
    sent = _body(request)
    records = sent.get("records")
    if not isinstance(records, list):
        return JsonResponse({"problem": _("This batch cannot be read. Load the page again.")}, status=422)
    batch = Batch(str(sent.get("device") or "")[:36], sent.get("sent_at"), records, ClockShift.stored())
    answers = receive_doses(actor=actor, moment=clock.now(), batch=batch)
    return JsonResponse({"received_at": clock.now().isoformat(), "answers": [_answer(one) for one in answers]})


def _body(request: HttpRequest) -> dict[str, Any]:
    return read_body(request.body) if request.content_type == "application/json" else {}


def _answer(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"key": answer.key, "outcome": answer.outcome}
    if answer.words:
        said |= {"words": answer.words.of(language()), "renew": answer.renew}
    if answer.doubts:
        said["doubts"] = [finding_as_data(one) for one in answer.doubts]
    if answer.corrected:
        said["corrected"] = answer.corrected.isoformat()
    return said


def _ask(request: HttpRequest, actor: Actor, session: Session) -> HttpResponse:
    """Who it is, which doses are known, what the rule says; and who else it may be, where nobody fits."""
    record = _body(request) | {
        "session": session.pk,
        "at": clock.now().isoformat(),
        "key": "00000000-0000-4000-8000-000000000000",
    }
    look = look_before(actor=actor, moment=clock.now(), record=record)
    alike = [] if look.person or look.problem else _alike(actor, record)
    return JsonResponse(look_as_data(look, alike))


def _alike(actor: Actor, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Residents of the officer's area who may be the one at the table, with initials and hamlet."""
    if not actor.may(Permission.PEOPLE_PERSON_READ):
        return []
    try:
        written = written_of(record.get("identity"))
    except Unfit:
        return []
    found = like_typed(actor, written.full_name, birth_year=written.birth_year, phone=written.phone, most=3)
    return [
        {"id": one.pk, "name": one.masked, "where": one.household.hamlet.name if one.household else ""} for one in found
    ]


def _read_photo(request: HttpRequest, actor: Actor, session: Session) -> HttpResponse:
    """The text of the QR on a photo of a card; the photo itself is not kept."""
    del actor, session
    photo = request.FILES.get("anh")
    if photo is None or photo.size is None or photo.size > LARGEST_PHOTO:
        raise Refusal(_("Send one photo of at most 8 MB."))
    try:
        image = Image.open(io.BytesIO(photo.read()))
        image.thumbnail((_SIDE, _SIDE))
        found = zxingcpp.read_barcodes(image.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as problem:
        raise Refusal(_("This is no photo that can be read. Take it again.")) from problem
    if not found:
        raise Refusal(_("No code was found on the photo. Hold the card flat and fill the picture with the code."))
    return JsonResponse({"text": found[0].text})


def _release(request: HttpRequest, actor: Actor, session: Session) -> HttpResponse:
    early = _body(request).get("early")
    count = release_watched(
        actor=actor, moment=clock.now(), session_id=session.pk, early=early if isinstance(early, int) else None
    )
    return JsonResponse({"released": count})


@page(None)
def leave(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Signing out of a phone that holds a session, whoever signed in since: what is not sent is named, then all is wiped."""
    del actor
    # A phone that holds doors as well goes on to the page that wipes those.
    onward = "screening-phone-leave" if DOORS_COOKIE in request.COOKIES else ""
    response = render(request, "vaccination/doses_leave.html", {"onward": reverse(onward) if onward else ""})
    response.delete_cookie(HELD_COOKIE)
    return response
