"""The landing page of the room (/giam-sat): what waits, and the WHO figures of the contacts, each opening its rows."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.components import Action, Empty, KeyFigure, KeyFigures, Queue
from phaodai.foundation.formats import number, percent
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models.contact_figures import ContactFigures, contact_figures
from phaodai.surveillance.pages.queue import surveillance_queue
from phaodai.surveillance.rules.indicators import Share


@page(Permission.SURVEILLANCE_CASE_READ)
def surveillance(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits in this room, and how well contacts are followed."""
    moment = clock.now()
    nothing = Empty(_("Nothing waits here. Every contact was met today."))
    shown = {
        "queue": Queue(surveillance_queue(actor, moment), nothing),
        "figures": _tiles(contact_figures(actor, moment)) if actor.may(Permission.SURVEILLANCE_CONTACT_READ) else None,
        "may_follow": actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW),
        "may_write": actor.may(Permission.SURVEILLANCE_CASE_WRITE),
        "doors": _doors(actor),
    }
    return render(request, "surveillance/today.html", shown)


def _doors(actor: Actor) -> list[Action]:
    """What is not among the tabs of the room: today's doors, sheets that came, persons who are recorded twice."""
    doors = [Action(_("Today's doors"), reverse("surveillance-doors"), "home")]
    if actor.may(Permission.SURVEILLANCE_CASE_IMPORT):
        doors.append(Action(_("Take a list in"), reverse("surveillance-line-lists"), "upload"))
    if actor.may(Permission.SURVEILLANCE_VISIT_IMPORT):
        doors.append(Action(_("Visits and meetings"), reverse("surveillance-visits"), "qr"))
    if actor.may(Permission.PEOPLE_PERSON_MERGE):
        doors.append(Action(_("Same person twice?"), reverse("people-duplicates"), "merge"))
    return doors


def _tiles(found: ContactFigures) -> KeyFigures:
    grid, contacts = reverse("surveillance-follow-up"), reverse("tiep-xuc-list")
    return KeyFigures(
        [
            _tile(_("Met today"), found.seen_today, f"{grid}?xem=chua-gap", _("of those followed")),
            _tile(
                _("Met on every day"), found.all_days, _list(contacts, "het-han"), _("of courses that ended this week")
            ),
            _tile(_("New cases that were known contacts"), found.known_before, reverse("ca-benh-list"), _("this week")),
            _tile(_("Told within 24 hours"), found.traced, _list(contacts, "moi"), _("F1 listed this week")),
            _tile(_("Lost"), found.lost, _list(contacts, "mat"), _("of all contacts"), late=found.lost.part > 0),
        ]
    )


def _list(address: str, view: str) -> str:
    return f"{address}?{urlencode({'xem': view})}"


def _tile(label: str, share: Share, url: str, note: str, *, late: bool = False) -> KeyFigure:
    """A share with its two counts; words where there is nothing to share."""
    value = "–" if share.share is None else percent(share.share, 0, language())
    counts = _("%(part)s of %(whole)s") % {
        "part": number(share.part, 0, language()),
        "whole": number(share.whole, 0, language()),
    }
    return KeyFigure(label, value, url, counts, note, late=late)
