"""Answers to a telephone that sends what it kept while there was no network: told as data, so that it can go on by itself."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

from phaodai.foundation.refusals import Refusal


def by_script(request: HttpRequest) -> bool:
    """Whether the page's own script sent it."""
    return request.headers.get("X-Requested-With") == "fetch"


def refused_json(refusal: Refusal) -> JsonResponse:
    """The reason, for the line that stays on the telephone."""
    return JsonResponse({"message": str(refusal)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def first_problem(form: Any) -> str:
    """The first sentence about what does not fit, with the name of its field."""
    name, sentences = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}: {sentences[0]}" if label else str(sentences[0])
