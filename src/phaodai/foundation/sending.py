"""A form that is sent twice is taken once: two quick taps, or a form sent again because its answer was lost on the way.

Django masks the token against forgery anew for each page it shows, so the same token with the same fields is the same form
again. A request of htmx carries a key of its own, which its repetitions keep (`keeping.js`).
"""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

SENT = "sent"
REMEMBERED = 20
"""Forms that a session remembers: more than one person sends while an answer is on its way."""


def once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """What `answer` says to a form; to the same form again, where it led the first time. Inside one transaction.

    Waits while the first is still being taken. Only a form that led on counts: a refused one may be sent again as it is.
    """
    form = _form_of(request)
    if not form:
        return answer()
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [form])
    if led_to := _kept(request).get(SENT, {}).get(form):
        messages.info(request, _("This form had come already; it was taken once."))
        return redirect(led_to)
    response = answer()
    if response.status_code == HTTPStatus.FOUND:
        _remember(request, form, response["Location"])
    return response


def _form_of(request: HttpRequest) -> str:
    """The mark of the form that was sent; empty where nothing tells it from another like it."""
    key = request.headers.get("X-Request-Key") or request.POST.get("csrfmiddlewaretoken", "")
    if not key or not request.session.session_key:
        return ""
    files = [(name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent]
    fields = sorted(request.POST.lists())
    return sha256(repr((request.session.session_key, request.get_full_path(), key, fields, files)).encode()).hexdigest()


def _kept(request: HttpRequest) -> SessionBase:
    """The session as it stands now: the request's own was read before the form before it was taken."""
    return type(request.session)(request.session.session_key)


def _remember(request: HttpRequest, form: str, led_to: str) -> None:
    session = _kept(request)
    session[SENT] = dict([*session.get(SENT, {}).items(), (form, led_to)][-REMEMBERED:])
    session.save()
