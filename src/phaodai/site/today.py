"""Hôm nay: what this officer must do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from phaodai.foundation.pages import page
from phaodai.foundation.scope import Actor


@page(None)
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The queue of the officer's post."""
    return render(request, "site/today.html", {"actor": actor})
