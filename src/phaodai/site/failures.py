"""Calm pages for what no page answered: a wrong address, a form that grew old, a failure of ours."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    """What was sent cannot be read."""
    del exception
    return render(request, "foundation/400.html", status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Any) -> HttpResponse:
    """Another post's business."""
    del exception
    return render(request, "foundation/403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    """No page has this address."""
    del exception
    return render(request, "foundation/404.html", status=HTTPStatus.NOT_FOUND)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token against forgery is missing or old: the page must be loaded again."""
    del reason
    return render(request, "foundation/400.html", status=HTTPStatus.FORBIDDEN)


def failed(request: HttpRequest) -> HttpResponse:
    """Ours to mend; made without the database, which may be what failed."""
    del request
    return HttpResponseServerError(render_to_string("foundation/500.html"))
