"""The public door: forms that a stranger opens and sends without an account.

A page behind it runs in a scope of its own (`scope.STRANGER`): it holds no permission, and row-level security shows it no
row but the one whose secret reference it knows. It may add a row only under a reference that this door has just made,
and the door makes one only for a form that was accepted: filled in rightly, by a person, not the hundredth from one network.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from phaodai.foundation.pages import Page, refuse_unkeepable, status_of_refusal
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import STRANGER, Actor, entering, know_reference

# Signs that are not mistaken for one another when read aloud at a gate or copied from paper; 10 of them are 49 bits.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
TRAP = "trang_web"
"""The field that no person sees and that programs fill in."""
_OTHER = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True)
class Limit:
    """How often one network address may do a thing. A hostel or a bus shares one address, so it is generous."""

    name: str
    times: int
    minutes: int


SENDING = Limit("send", 60, 10)
LOOKING = Limit("look", 120, 10)


@dataclass
class Visitor:
    """Whoever stands at the door during one request."""

    address: str
    page: str
    fields: Any
    actor: Actor = STRANGER
    accepted: bool = False

    def accepts(self, form: forms.Form) -> bool:
        """Whether what was sent may be kept; if not, the form says why, and keeps what was typed."""
        if not form.is_valid():
            return False
        try:
            self._refuse_trapped()
            _count(SENDING, f"{self.page} {self.address}")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return False
        self.accepted = True
        return True

    def new_reference(self) -> str:
        """The secret under which the database now takes one row, and shows it.

        The same form sent again, by a second tap or because its answer was lost, is given the same one: whoever waits here
        while the first is being taken then finds its row. Nobody without the installation's key can work it out.
        """
        if not self.accepted:
            message = "a public page asks `accepts` before it keeps anything"
            raise RuntimeError(message)
        reference = _reference_of(self.page, dict(self.fields))
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [reference])
        know_reference(reference)
        return reference

    def opens(self, text: str) -> str:
        """Let the database show the row of the reference that somebody typed or scanned; the reference in its plain form."""
        _count(LOOKING, self.address)
        reference = plain_reference(text)
        know_reference(reference)
        return reference

    def _refuse_trapped(self) -> None:
        if self.fields.get(TRAP):
            raise Refusal(_("Nothing was sent: the last field must stay empty. Empty it and send again."))


def _reference_of(page: str, fields: dict[str, Any]) -> str:
    """Ten signs for a form as it was sent; the token in it is masked anew for each page that is shown."""
    form = fields if "csrfmiddlewaretoken" in fields else {**fields, "": secrets.token_hex()}
    digest = salted_hmac("phaodai.public.reference", repr((page, sorted(form.items()))), algorithm="sha256").digest()
    number = int.from_bytes(digest)
    return "".join(SIGNS[number // len(SIGNS) ** place % len(SIGNS)] for place in range(LENGTH))


def plain_reference(text: str) -> str:
    """A reference as it is kept, from however it was written down: abcde-fghjk."""
    return _OTHER.sub("", text.upper())[:LENGTH]


def spaced_reference(reference: str) -> str:
    """A reference as people read it: ABCDE-FGHJK."""
    half = LENGTH // 2
    return f"{reference[:half]}-{reference[half:]}"


def public_page(function: Callable[..., HttpResponse]) -> Page:
    """Mark a function as a page for everybody, signed in or not. It gets `(request, visitor, ...)` in the stranger's scope.

    Refusals become calm pages. Nothing of the answer is kept by the browser's or a proxy's cache: it may show a reference.
    """

    @wraps(function)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.for_strangers = True  # type: ignore[attr-defined]  # the frame shows no rooms
        visitor = Visitor(_address_of(request), function.__name__, request.POST)
        try:
            with entering(STRANGER, why=function.__name__):
                refuse_unkeepable(request)
                answer = function(request, visitor, *args, **kwargs)
        except Refusal as refusal:
            answer = render(
                request, "foundation/public_refusal.html", {"refusal": refusal}, status=status_of_refusal(refusal)
            )
        answer["Cache-Control"] = "no-store"
        return answer

    guarded.is_page = True  # type: ignore[attr-defined]
    guarded.permission = None  # type: ignore[attr-defined]
    guarded.is_public = True  # type: ignore[attr-defined]
    guarded.for_strangers = True  # type: ignore[attr-defined]
    return guarded


def show_form(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """A public form, empty or with what has to be mended (422)."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, "trap": TRAP, **context}, status=status)


def _address_of(request: HttpRequest) -> str:
    """The network address a request came from; behind the installation's own proxy, the one that the proxy saw."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")) if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _count(limit: Limit, who: str) -> None:
    """One more time; a refusal in words when it is once too often. Addresses are kept as digests, for the minutes alone."""
    key = f"public:{limit.name}:{salted_hmac('phaodai.public', who).hexdigest()}"
    cache.add(key, 0, timeout=limit.minutes * 60)
    try:
        times = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        times = 1
    if times > limit.times:
        raise Refusal(
            _(
                "Very many forms came from this network in a short time. What you typed is still here: please send it "
                "again in %(minutes)d minutes, or ring the commune's health station."
            )
            % {"minutes": limit.minutes}
        )
