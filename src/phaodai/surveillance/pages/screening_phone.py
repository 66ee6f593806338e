"""The page that works without a network: its frame, its service worker, the list it holds and where it sends what it kept."""

import json
import re
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.models import ClockShift
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.screening import Answer, Batch, receive_batch
from phaodai.surveillance.pages.screening_lists import list_for
from phaodai.surveillance.pages.screening_words import refusal_in_words

HELD_COOKIE = "phaodai_doors"
"""Set while a phone holds doors: signing out then leads over the page that warns and wipes."""
_FILES = re.compile(r"""["'](/static/[^"'#?]+)""")


def _frame(request: HttpRequest) -> HttpResponse:
    return render(request, "surveillance/screening_phone.html")


@page(Permission.SURVEILLANCE_SCREENING_RECORD)
def app(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The frame: no name and no door stands in it, so that it may lie in a phone's cache."""
    del actor
    response = _frame(request)
    response.set_cookie(HELD_COOKIE, "1", max_age=90 * 86_400, samesite="Lax", secure=request.is_secure())
    return response


@never_cache
@page(Permission.SURVEILLANCE_SCREENING_RECORD)
def worker(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The service worker: it holds the frame and every file the frame names, under a version made of their contents."""
    del actor
    values = held_by(_frame(request).content.decode(), reverse("screening-phone"))
    return render(request, "surveillance/screening_worker.js", values, content_type="text/javascript; charset=utf-8")


def held_by(frame: str, address: str) -> dict[str, str]:
    """What a worker's script is filled with: the frame's address, the files that it names, a version of both contents."""
    fonts = (static(f"vendor/fonts/Inter-{weight}.woff2") for weight in (400, 600))
    files = sorted({*_FILES.findall(frame), *fonts})
    version = sha256("".join([_without_token(frame), *files]).encode()).hexdigest()[:12]
    return {"version": version, "frame": address, "files": json.dumps(files)}


def _without_token(frame: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", frame)


@page(Permission.SURVEILLANCE_SCREENING_RECORD)
def manifest(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What a phone shows on its home screen."""
    del request, actor
    values = {
        "name": _("Pháo Đài · door to door"),
        "short_name": _("Door to door"),
        "start_url": reverse("screening-phone"),
        "scope": reverse("screening-phone"),
        "display": "standalone",
        "background_color": "#f4f5f2",
        "theme_color": "#f4f5f2",
        "icons": [{"src": static("phaodai/fortress.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(values, content_type="application/manifest+json")


@never_cache
@page(Permission.SURVEILLANCE_SCREENING_RECORD)
def doors(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's doors of a team, with the token against forgery for sending."""
    now = clock.now()
    shift = ClockShift.stored()
    values = list_for(actor, clock.today(), now, whole(request.GET.get("to")))
    return JsonResponse(values | {"token": get_token(request), "ahead": int(shift.total_seconds() * 1000)})


@page(Permission.SURVEILLANCE_SCREENING_RECORD, deed=True)
def send(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take in a batch; each record gets its own answer."""
    sent = read_body(request.body) if request.content_type == "application/json" else {}
    records = sent.get("records")
    if not isinstance(records, list):
        return JsonResponse({"problem": _("This batch cannot be read. Load the page again.")}, status=422)
    batch = Batch(str(sent.get("device") or "")[:36], sent.get("sent_at"), records, ClockShift.stored())
    try:
        answers = receive_batch(actor=actor, moment=clock.now(), batch=batch)
    except Refusal as refusal:
        return JsonResponse({"problem": str(refusal)}, status=422)
    return JsonResponse({"received_at": clock.now().isoformat(), "answers": [_answer(one) for one in answers]})


def read_body(body: bytes) -> dict[str, Any]:
    """What a phone sent, without what PostgreSQL cannot keep: null signs, halves of characters, figures that are none."""
    try:
        found = json.loads(body.decode(errors="replace").replace("\\u0000", ""), parse_constant=lambda _word: None)
        clean = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return clean if isinstance(clean, dict) else {}


def _answer(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {"key": answer.key, "outcome": answer.outcome}
    if answer.outcome == "refused":
        said["words"] = refusal_in_words(answer.code, answer.about)
        said["renew"] = answer.code in ("key", "shape")
    if answer.corrected:
        said["corrected"] = answer.corrected.isoformat()
    return said


@page(Permission.SURVEILLANCE_SCREENING_RECORD)
def leave(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Signing out of a phone that holds doors: what is not sent yet is named first, then all is wiped."""
    del actor
    response = render(request, "surveillance/screening_leave.html")
    response.delete_cookie(HELD_COOKIE)
    return response
