"""Addresses of this context beyond its registers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor


@page(Permission.COMMAND_TASK_READ)
def room(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The room's front door: documents for the office, tasks for everybody else."""
    del request
    return redirect("van-ban-den-list" if actor.may(Permission.COMMAND_DIRECTIVE_CONFIRM) else "nhiem-vu-list")


urlpatterns: list[URLPattern] = [path("", room, name="command")]
