"""What waits for an officer in this room: clocks that run, F1 whom nobody reached, doors not visited, symptoms to judge."""

from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Alarm, Case, FollowUpDay
from phaodai.surveillance.models.clocks import WATCHED
from phaodai.surveillance.models.contact_figures import followed_on, not_met_on, not_reached
from phaodai.surveillance.pages.case_clock import clock_queue
from phaodai.surveillance.pages.testing_queue import testing_queue

CLOCKS_SHOWN = 5
WATCHED_CASES = 60


def people_waiting(actor: Actor, moment: datetime) -> int:
    """How many people wait to be met or told today; nothing for those who only read."""
    if not actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW):
        return 0
    today = moment.astimezone(VIETNAM).date()
    return not_met_on(followed_on(actor, today), today).count() + not_reached(actor).count()


def surveillance_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything of this room that waits for this officer, most pressing first."""
    if not actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW):
        return testing_queue(actor, moment)
    return [
        *testing_queue(actor, moment),
        *_alarms(actor, moment),
        *_clocks(actor, moment),
        *_symptoms(actor, moment),
        *_unreached(actor, moment),
        *_unseen(actor, moment),
    ]


def _clocks(actor: Actor, moment: datetime) -> list[QueueItem]:
    cases = Case.objects.visible_to(actor).counted().filter(positive_at__range=(moment - WATCHED, moment))
    return clock_queue(list(cases.order_by("-positive_at", "pk")[:WATCHED_CASES]), moment)[:CLOCKS_SHOWN]


def _alarms(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Alarms of the officer's own area that nobody has taken up."""
    if not actor.may(Permission.SURVEILLANCE_SIGNAL_CLOSE):
        return []
    area = actor.area.narrowing
    waiting = Alarm.objects.visible_to(actor).filter(state=Alarm.State.OPEN, **area)
    count, newest = waiting.count(), waiting.order_by("-raised_at").first()
    if newest is None:
        return []
    words = ngettext("%(count)d alarm of early detection", "%(count)d alarms of early detection", count)
    url = reverse("surveillance-alarms")
    since = State(_("raised %(ago)s") % {"ago": ago(newest.raised_at, moment, language())}, "late", "warning")
    reason = _("Fever, cough or absences above what is usual. Look, then close each with a reason.")
    look = Action(_("Look"), url, "search", "go", small=True)
    return [QueueItem(words % {"count": count}, since, reason, url, [look])]


def _symptoms(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Contacts whose latest word is that they are ill."""
    today = moment.astimezone(VIETNAM).date()
    followed = followed_on(actor, today).annotate(latest=Max("days__day")).values_list("pk", "latest")
    ill = FollowUpDay.objects.filter(state=FollowUpDay.State.SYMPTOMS, contact__in=[pk for pk, _latest in followed])
    latest = dict(followed)
    count = sum(1 for contact, day in ill.values_list("contact_id", "day") if latest[contact] == day)
    if not count:
        return []
    words = ngettext("%(count)d contact has symptoms", "%(count)d contacts have symptoms", count) % {"count": count}
    url = f"{reverse('surveillance-follow-up')}?xem=trieu-chung"
    open_list = Action(_("See who"), url, "people", "go", small=True)
    return [
        QueueItem(words, State(_("today"), "late", "warning"), _("Judge them: a suspected case?"), url, [open_list])
    ]


def _unreached(actor: Actor, moment: datetime) -> list[QueueItem]:
    waiting = not_reached(actor)
    count, longest = waiting.count(), waiting.first()
    if longest is None:
        return []
    words = ngettext("%(count)d F1 not reached yet", "%(count)d F1 not reached yet", count) % {"count": count}
    url = f"{reverse('tiep-xuc-list')}?xem=chua-bao"
    since = State(_("listed %(ago)s") % {"ago": ago(longest.listed_at, moment, language())}, "act")
    return [
        QueueItem(
            words,
            since,
            _("Tell them and put them into quarantine."),
            url,
            [Action(_("Open the list"), url, "phone", "go", small=True)],
        )
    ]


def _unseen(actor: Actor, moment: datetime) -> list[QueueItem]:
    today = moment.astimezone(VIETNAM).date()
    count = not_met_on(followed_on(actor, today), today).count()
    if not count:
        return []
    words = ngettext("%(count)d contact to meet today", "%(count)d contacts to meet today", count) % {"count": count}
    url = reverse("surveillance-doors") if actor.area.commune else f"{reverse('surveillance-follow-up')}?xem=chua-gap"
    return [
        QueueItem(
            words,
            None,
            _("Door by door, or one call for a household."),
            url,
            [Action(_("Start"), url, "home", "go", small=True)],
        )
    ]
