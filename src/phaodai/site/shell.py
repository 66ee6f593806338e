"""The frame around every page: which rooms this officer has, what waits in each, whose clock it is."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from phaodai.command.models import Document, Task
from phaodai.containment.pages.queue import waiting_count
from phaodai.foresight.pages.scenario_queue import running_job
from phaodai.foundation import clock
from phaodai.foundation.components import Tab, Tabs
from phaodai.foundation.pages import Door
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.foundation.shell import Room, Shell
from phaodai.site.desks import desks_of
from phaodai.surveillance.pages.queue import people_waiting
from phaodai.surveillance.pages.screening_phone import HELD_COOKIE
from phaodai.vaccination.pages.doses_phone import HELD_COOKIE as DOSES_COOKIE

_ROOMS = (
    # key, label, address, letter, the permission that opens it
    ("today", _("Today"), "today", "h", None),
    ("command", _("Command"), "command", "c", Permission.COMMAND_TASK_READ),
    ("surveillance", _("Surveillance"), "surveillance", "g", Permission.SURVEILLANCE_CASE_READ),
    ("containment", _("Containment"), "containment", "k", Permission.CONTAINMENT_LEVEL_READ),
    ("care", _("Care"), "care", "a", Permission.CARE_BED_READ),
    ("supply", _("Supply"), "supply", "u", Permission.SUPPLY_STOCK_READ),
    ("vaccination", _("Vaccination"), "vaccination", "v", Permission.VACCINATION_COVERAGE_READ),
    ("foresight", _("Foresight"), "foresight", "b", Permission.FORESIGHT_FORECAST_READ),
    ("territory", _("Territory"), "territory", "m", Permission.TERRITORY_UNIT_READ),
    ("law", _("Law"), "law", "q", Permission.RULEBOOK_RULE_READ),
)
_ICONS = {"territory": "map", "law": "book"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the pages of officers; strangers, and whoever opens a public form, get a bare frame."""
    signed_in = hasattr(request, "user") and not getattr(request, "for_strangers", False)
    actor = Door.actor_of(request) if signed_in else None
    if actor is None:
        return {"shell": Shell(language_url=reverse("set_language"))}
    room = _room_of(request)
    return {
        "desks": desks_of(actor, room, request.path),
        "room_tabs": _tabs(actor, room, request.path),
        "shell": Shell(
            rooms=[_room(actor, *room) for room in _ROOMS if room[4] is None or actor.may(room[4])],
            room=room,
            home_url=reverse("today"),
            person=actor.name,
            post=f"{actor.title}, {actor.organisation_name}",
            scope_label=actor.organisation_name,
            as_of=clock.now(),
            jobs=running_job(request, actor),
            search_url=reverse("search"),
            suggest_url=reverse("suggest"),
            sign_out_url=_sign_out(request),
            language_url=reverse("set_language"),
        ),
    }


def _sign_out(request: HttpRequest) -> str:
    """Where signing out leads: a phone that holds doses or doors is wiped on the way, and says what is not sent."""
    if DOSES_COOKIE in request.COOKIES:
        return reverse("dose-phone-leave")
    return reverse("screening-phone-leave" if HELD_COOKIE in request.COOKIES else "account_logout")


def _room(actor: Actor, key: str, label: object, address: str, letter: str, _permission: Permission | None) -> Room:
    return Room(key, label, _ICONS.get(key, key), reverse(address), _waiting(actor, key), letter)  # type: ignore[arg-type]


def _tabs(actor: Actor, room: str, path: str) -> Tabs | None:
    """The lists of a room, each behind its tab; one list needs none."""
    from phaodai.site.registers import REGISTERS

    mine = [register for register in REGISTERS if register.room == room and actor.may(register.read)]
    tabs = [
        Tab(register.title, reverse(f"{register.key}-list"), current=path == reverse(f"{register.key}-list"))
        for register in mine
    ]
    return Tabs(tabs, _("Lists of this room")) if len(tabs) > 1 else None


def _waiting(actor: Actor, key: str) -> int:
    """What waits for this officer in a room; asked inside the page's own scope."""
    if key == "today":
        own, state = Q(organisation_id=actor.organisation), Task.State
        owed = own & ~Q(state=state.REPORTED) & (Q(state=state.SENT) | Q(deadline__lt=clock.now()))
        to_answer = Q(giver_id=actor.organisation, state=state.REPORTED)
        return Task.objects.live().filter(owed | to_answer | Q(escalated_to_id=actor.officer)).count()
    if key == "containment":
        return waiting_count(actor)
    if key == "surveillance":
        return people_waiting(actor, clock.now())
    if key == "command" and actor.may(Permission.COMMAND_DIRECTIVE_CONFIRM):
        return Document.objects.of_register(actor.organisation).to_confirm().count()
    return 0


def _room_of(request: HttpRequest) -> str:
    first = request.path.strip("/").split("/")[0]
    rooms = {
        "hom-nay": "today",
        "chi-huy": "command",
        "giam-sat": "surveillance",
        "khoanh-vung": "containment",
        "cuu-chua": "care",
        "tiem-chung": "vaccination",
        "hau-can": "supply",
        "du-bao": "foresight",
        "dia-ban": "territory",
        "luat": "law",
        "viec-noi-tiep": "command",
    }
    return rooms.get(first, "")
