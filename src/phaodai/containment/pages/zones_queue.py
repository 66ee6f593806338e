"""What waits of lockdown zones: proposals to decide, zones to begin or to lift, doors and needs of today."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.containment.actions.zones_found import reaches_into
from phaodai.containment.models import Need, Zone
from phaodai.containment.pages.zones_words import count
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

SHOWN = 4


def zones_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything about zones that waits for this officer, most pressing first."""
    items: list[QueueItem] = []
    if actor.may(Permission.CONTAINMENT_ZONE_DECIDE):
        items += _to_decide(actor, moment)
    if actor.may(Permission.CONTAINMENT_ZONE_SERVE) and actor.reach != "own":
        items += _to_serve(actor, moment)
    return items


def _to_decide(actor: Actor, moment: datetime) -> list[QueueItem]:
    today = moment.astimezone(VIETNAM).date()
    asked = Q(state__in=(Zone.State.PROPOSED, Zone.State.DECIDED)) | Q(
        state__in=Zone.CLOSED_OFF, planned_until__lte=today
    )
    rows = Zone.objects.visible_to(actor).filter(asked).order_by("-state", "proposed_at")
    return [_decision(zone, moment) for zone in rows if actor.area.holds(zone)][:SHOWN]


def _decision(zone: Zone, moment: datetime) -> QueueItem:
    words = {
        Zone.State.PROPOSED: pgettext("zone", "Decide on the lockdown: %(zone)s"),
        Zone.State.DECIDED: pgettext("zone", "Begin the lockdown: %(zone)s"),
    }
    verb = words.get(Zone.State(zone.state), pgettext("zone", "Lift or prolong: %(zone)s"))
    ends = zone.planned_until
    since = _("ends %(day)s") % {"day": day_words(ends, language())} if zone.is_closed_off and ends else ""
    url = reverse("containment-zone", args=[zone.pk])
    held = _("%(households)s households, %(people)s people") % {
        "households": count(zone.households),
        "people": count(zone.people),
    }
    return QueueItem(
        verb % {"zone": zone.name},
        State(since or ago(zone.proposed_at, moment, language()), "act"),
        ". ".join(filter(None, (held, zone.reason))),
        url,
        [Action(_("See and decide"), url, "sign", "go", small=True)],
    )


def _to_serve(actor: Actor, moment: datetime) -> list[QueueItem]:
    today = moment.astimezone(VIETNAM).date()
    zones = [
        zone for zone in Zone.objects.visible_to(actor).closed_off().order_by("sort_key") if reaches_into(actor, zone)
    ]
    if not zones or actor.area.commune is None:
        return []
    owed = Need.objects.visible_to(actor).filter(zone__in=zones).late(today)
    late = dict(owed.values_list("zone").annotate(count=Count("household", distinct=True)))
    return [_service(zone, late.get(zone.pk, 0)) for zone in zones[:SHOWN]]


def _service(zone: Zone, late: int) -> QueueItem:
    doors = reverse("containment-zone-checks", args=[zone.pk])
    needs = reverse("containment-zone-needs", args=[zone.pk])
    said = (
        _("%(count)s households wait past the day") % {"count": count(late)}
        if late
        else _("a visit to each household today")
    )
    return QueueItem(
        _("Inside %(zone)s: doors and needs") % {"zone": zone.name},
        State(said, "late" if late else "act"),
        _("%(households)s households, %(people)s people")
        % {"households": count(zone.households), "people": count(zone.people)},
        doors,
        [Action(_("Doors of today"), doors, "home", "go", small=True), Action(_("Needs"), needs, "supply", small=True)],
    )
