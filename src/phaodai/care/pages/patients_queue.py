"""What waits of patients: transfers to answer, late ones, a cluster inside, deaths not reviewed."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.care.models import DeathReview, InsideInfection, Transfer
from phaodai.care.pages.patients_words import clock_of
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import day
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

SHOWN = 3


def patients_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything about patients that waits for this officer, most pressing first."""
    if not actor.may(Permission.CARE_TRANSFER_DECIDE):
        return []
    return [*_to_answer(actor, moment), *_late(actor, moment), *_inside(actor), *_deaths(actor, moment)]


def _ours(actor: Actor) -> Q:
    return Q(to_facility__organisation_id=actor.organisation)


def _to_answer(actor: Actor, moment: datetime) -> list[QueueItem]:
    """The facility answers, or takes whoever stands at its door."""
    waiting = Q(state__in=(Transfer.State.REQUESTED, Transfer.State.ARRIVED))
    rows = Transfer.objects.live().filter(_ours(actor), waiting).select_related("to_facility")
    found = []
    for one in rows.order_by("urgency", "since")[:SHOWN]:
        url = reverse("care-transfer", args=[one.pk])
        asked = one.state == Transfer.State.REQUESTED
        verb = _("Answer the transfer of %(who)s") if asked else _("Choose a bed for %(who)s, who has arrived")
        reason = f"{one.get_urgency_display()} · {one.get_severity_display()} · {one.to_facility.name}"
        deed = Action(_("Open the transfer"), url, "arrow-right", "go", small=True)
        found.append(QueueItem(verb % {"who": one.initials}, clock_of(one, moment), reason, url, [deed]))
    return found


def _late(actor: Actor, moment: datetime) -> list[QueueItem]:
    late = Transfer.objects.visible_to(actor).live().filter(due_at__lt=moment).count()
    if not late:
        return []
    words = ngettext("%(count)d transfer is late", "%(count)d transfers are late", late) % {"count": late}
    url = reverse("care-transfers")
    deed = Action(_("Open the board"), url, "table", small=True)
    return [QueueItem(words, State(_("late"), "late"), _("A step took longer than its limit."), url, [deed])]


def _inside(actor: Actor) -> list[QueueItem]:
    rows = InsideInfection.objects.visible_to(actor).filter(state=InsideInfection.State.SUSPECTED)
    count = rows.count()
    if not count:
        return []
    words = ngettext("%(count)d infection perhaps began inside", "%(count)d infections perhaps began inside", count) % {
        "count": count
    }
    url = reverse("care-inside")
    deed = Action(_("Confirm or dismiss"), url, "check", small=True)
    return [QueueItem(words, State(_("not decided"), "late", "warning"), "", url, [deed])]


def _deaths(actor: Actor, moment: datetime) -> list[QueueItem]:
    rows = DeathReview.objects.visible_to(actor).owed().order_by("due_on")[:SHOWN]
    found = []
    for one in rows:
        url = reverse("care-death-review", args=[one.patient_id])
        late = one.due_on < moment.date()
        clock = State(day(one.due_on, language()), "late" if late else "", "clock")
        deed = Action(_("Write the review"), url, "edit", small=True)
        found.append(QueueItem(_("Review of a death"), clock, f"BN-{one.patient_id:05}", url, [deed]))
    return found
