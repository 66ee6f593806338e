"""What waits of care at home: alarms as they sound, readings that are missing, oxygen that is late."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.care.models import HomeAlarm, HomeCare, OxygenRequest
from phaodai.care.pages.home_words import findings_words
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

SHOWN = 4


def home_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything about people at home that waits for this officer, most pressing first."""
    if not actor.may(Permission.CARE_HOME_FOLLOW):
        return []
    return [*_alarms(actor, moment), *_oxygen(actor, moment), *_missing(actor, moment)]


def _alarms(actor: Actor, moment: datetime) -> list[QueueItem]:
    """The station sees an alarm at once; whoever stands above it, once it was passed on."""
    rows = HomeAlarm.objects.visible_to(actor).waiting().select_related("home_care__organisation", "reading")
    own = Q(home_care__organisation=actor.organisation)
    if actor.area.commune is None:
        rows = rows.filter(own | Q(reached__gte=HomeAlarm.Reached.CENTRE))
    return [_alarm(one, moment) for one in rows.order_by("-urgent", "raised_at")[:SHOWN]]


def _alarm(alarm: HomeAlarm, moment: datetime) -> QueueItem:
    url = reverse("care-home-one", args=[alarm.home_care_id])
    words = _("Alarm at home: %(who)s") if alarm.urgent else _("Call back: %(who)s")
    reason = f"{findings_words(alarm.reading.alarm)}. {alarm.home_care.organisation.short_name}"
    return QueueItem(
        words % {"who": alarm.home_care.initials},
        State(ago(alarm.raised_at, moment, language()), "late", "warning"),
        reason,
        url,
        [Action(_("Open and act"), url, "phone", "go", small=True)],
    )


def _oxygen(actor: Actor, moment: datetime) -> list[QueueItem]:
    late = OxygenRequest.objects.visible_to(actor).awaited().filter(due_at__lt=moment).count()
    if not late:
        return []
    words = ngettext("Oxygen is late at %(count)d door", "Oxygen is late at %(count)d doors", late) % {"count": late}
    url = reverse("mobile-stations")
    reason = _("It was wanted within the hour. Ring whoever brings it.")
    return [QueueItem(words, State(_("late"), "late"), reason, url, [Action(_("See where"), url, "pin", small=True)])]


def _missing(actor: Actor, moment: datetime) -> list[QueueItem]:
    count = HomeCare.objects.visible_to(actor).going_on().missing(moment).count()
    if not count:
        return []
    words = ngettext("%(count)d person at home sent no reading", "%(count)d people at home sent no reading", count)
    url = f"{reverse('care-home')}?phan=thieu"
    return [
        QueueItem(
            words % {"count": count},
            State(_("today"), "act"),
            _("Ring them; a reading takes a minute."),
            url,
            [Action(_("Start"), url, "phone", "go", small=True)],
        )
    ]
