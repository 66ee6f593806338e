"""Forms that waited in a telephone for the network: the page's own script sends them and is answered with data."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

HEADER = "X-Send-Later"


def waited(request: HttpRequest) -> bool:
    """Whether a script sends this form, now or after it waited."""
    return HEADER in request.headers


def told(form: Any, *, done: bool) -> JsonResponse:
    """Accepted, or refused with every sentence of the form, as `offline_queue.js` reads it."""
    if done:
        return JsonResponse({"outcome": "accepted"})
    words = " ".join(str(one) for errors in form.errors.values() for one in errors)
    return JsonResponse({"outcome": "refused", "words": words}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
