"""What waits around gatherings and places: organisers to answer, findings that were not put right in time."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.containment.models import CheckFinding, Gathering
from phaodai.containment.pages.gatherings_words import headline, when_words
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import time_left
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

SHOWN = 8
PRESSING = timedelta(days=1)


def gatherings_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """For the commune that answers each of them: what its organisers and places owe or wait for."""
    if actor.area.commune is None or actor.reach == "own":
        return []
    items = waiting_items(actor, moment) if actor.may(Permission.CONTAINMENT_GATHERING_ANSWER) else []
    return [*items, *(_overdue(actor, moment) if actor.may(Permission.CONTAINMENT_INSPECTION_WRITE) else ())]


def waiting_items(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Gatherings that the officer's area must answer, the next day first."""
    rows = Gathering.objects.visible_to(actor).waiting().filter(last_day__gte=moment.date(), **actor.area.narrowing)
    found = list(rows.select_related("unit").order_by("answered_for", "pk")[: SHOWN + 1])
    items = [_waiting(one, moment) for one in found[:SHOWN]]
    if len(found) > SHOWN:
        more = rows.count() - SHOWN
        words = ngettext("%(count)d more gathering waits", "%(count)d more gatherings wait", more) % {"count": more}
        items.append(QueueItem(words, None, "", f"{reverse('su-kien-list')}?xem=cho"))
    return items


def _waiting(one: Gathering, moment: datetime) -> QueueItem:
    url = reverse("containment-gathering", args=[one.pk])
    near = one.begins_at - moment < PRESSING
    people = _("%(count)d people") % {"count": one.expected}
    return QueueItem(
        f"{one.get_kind_display()}, {one.venue}, {one.unit.name}",
        State(time_left(one.begins_at, moment, language()), "late" if near else "act"),
        f"{headline(one.outcome, one.most)}. {people}, {when_words(one)}.",
        url,
        [Action(_("Answer the organiser"), url, "edit", "go", small=True)],
    )


def _overdue(actor: Actor, moment: datetime) -> list[QueueItem]:
    late = CheckFinding.objects.visible_to(actor).overdue(moment.date()).filter(**actor.area.narrowing).count()
    if not late:
        return []
    words = ngettext(
        "%(count)d finding was not put right in time", "%(count)d findings were not put right in time", late
    )
    url = reverse("containment-checks-due")
    go = Action(_("See the places"), url, "pin", "go", small=True)
    why = _("Visit the places again: only what was not met is asked.")
    return [QueueItem(words % {"count": late}, State(_("overdue"), "late"), why, url, [go])]
