"""The one way to a page: sign-in, permission, transaction and scope, then the function; refusals become calm pages."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import BEYOND_KEEPING, Clash, NotAllowed, NotHere, Refusal, beyond_keeping
from phaodai.foundation.scope import Actor, entering
from phaodai.foundation.sending import once


class FindsActor(Protocol):
    """Turns the signed-in account of a request into somebody who acts; None when it holds no post today."""

    def __call__(self, request: HttpRequest) -> Actor | None: ...


class Door:
    """Set once by `site`: foundation knows no officers."""

    find_actor: FindsActor

    @classmethod
    def actor_of(cls, request: HttpRequest) -> Actor | None:
        """Who is behind the request."""
        return cls.find_actor(request) if request.user.is_authenticated else None


Page = Callable[..., HttpResponse]
_STATUS = {NotAllowed: HTTPStatus.FORBIDDEN, NotHere: HTTPStatus.NOT_FOUND, Clash: HTTPStatus.CONFLICT}


def page(permission: Permission | None, *, deed: bool = False) -> Callable[[Page], Page]:
    """Mark a function as a page for signed-in officers; `permission` None means any officer with a post.

    A `deed` changes something and answers to POST alone: no link, crawler or preloading browser sets it off.
    The function gets `(request, actor, ...)` inside one transaction under the officer's scope.
    """

    def mark(function: Page) -> Page:
        @wraps(function)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = Door.actor_of(request)
            if actor is None:
                return _stranger(request)
            if deed and request.method != "POST":
                return _opened_like_a_page(request)
            try:
                with entering(actor, why=request.path):
                    if permission is not None:
                        actor.require(permission)
                    refuse_unkeepable(request)
                    response = once(request, lambda: function(request, actor, *args, **kwargs))
            except (Refusal, *BEYOND_KEEPING) as problem:
                # What was begun is undone; the frame around the refusal still counts what waits for this officer.
                with entering(actor, why=request.path):
                    response = refused(request, problem if isinstance(problem, Refusal) else beyond_keeping())
            # Without this a browser that goes back shows the part last fetched by htmx as the page of that address.
            patch_vary_headers(response, ("HX-Request",))
            return response

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.is_page = True  # type: ignore[attr-defined]
        return guarded

    return mark


def refuse_unkeepable(request: HttpRequest) -> None:
    """PostgreSQL keeps no text with a null sign, which no keyboard types."""
    if any("\0" in text for _name, texts in request.POST.lists() for text in texts):
        raise Refusal(_("This text holds signs that cannot be kept."))


def public(function: Page) -> Page:
    """Mark a function as a page for everybody: it sees nothing that the database keeps for officers."""
    function.is_page = True  # type: ignore[attr-defined]
    function.permission = None  # type: ignore[attr-defined]
    function.is_public = True  # type: ignore[attr-defined]
    return function


def _opened_like_a_page(request: HttpRequest) -> HttpResponse:
    """The address of a deed, opened by going back, by loading a refusal again, or by changing the language on it."""
    response = render(request, "foundation/405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = "POST"
    return response


def _stranger(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "foundation/no_post.html", status=HTTPStatus.FORBIDDEN)
    htmx = getattr(request, "htmx", None)
    # Whoever was signed out while writing comes back to the form with what was typed, not to the address it is sent to.
    page_before = htmx.current_url_abs_path if htmx else _came_from(request)
    to_login = redirect_to_login(f"{page_before}#lai" if page_before else request.get_full_path())
    if not htmx:
        return to_login
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response["HX-Redirect"] = to_login.url
    return response


def status_of_refusal(refusal: Refusal) -> HTTPStatus:
    """How a refusal is called in HTTP."""
    return next(
        (status for kind, status in _STATUS.items() if isinstance(refusal, kind)), HTTPStatus.UNPROCESSABLE_ENTITY
    )


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal that no form took: a page, or a fragment for htmx, that says what to do."""
    status = status_of_refusal(refusal)
    name = "refusal" if status == HTTPStatus.UNPROCESSABLE_ENTITY else str(int(status))
    if getattr(request, "htmx", False):
        name = "refusal_fragment"
    shown = {"refusal": refusal, "reason": refusal, "back": _came_from(request)}
    return render(request, f"foundation/{name}.html", shown, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours whose form was refused, to go back to; empty when it was not a form."""
    page_before = request.headers.get("Referer", "").partition("#")[0]
    ours = url_has_allowed_host_and_scheme(page_before, {request.get_host()}, require_https=request.is_secure())
    return page_before if ours and request.method == "POST" else ""
