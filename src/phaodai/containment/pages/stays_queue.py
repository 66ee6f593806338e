"""What waits of quarantine: alarm signs, somebody positive inside, people whose days are over."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.containment.actions.stays_shared import mine
from phaodai.containment.models import SiteAlert, Stay, StayStep
from phaodai.containment.pages.stays import SIGN_WORDS
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

ALARM_WAITS = timedelta(days=2)
"""An alarm stays in the queue for so long, or until the person was taken to treatment."""
SHOWN = 4


def quarantine_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything about quarantine that waits for this officer, most pressing first."""
    if not actor.may(Permission.CONTAINMENT_STAY_WRITE):
        return []
    return [*_alarms(actor, moment), *_alerts(actor, moment), *_due(actor, moment)]


def _alarms(actor: Actor, moment: datetime) -> list[QueueItem]:
    inside = Stay.objects.visible_to(actor).inside()
    rang = inside.filter(steps__what=StayStep.What.ALARM, steps__at__gte=moment - ALARM_WAITS)
    found = rang.annotate(rang_at=Max("steps__at")).select_related("site").order_by("-rang_at")[:SHOWN]
    return [_alarm(one, moment) for one in found]


def _alarm(stay: Stay, moment: datetime) -> QueueItem:
    step = StayStep.objects.filter(stay=stay, what=StayStep.What.ALARM).order_by("-at").first()
    signs = ", ".join(
        str(SIGN_WORDS[one]) for one in (step.detail.get("signs", ()) if step else ()) if one in SIGN_WORDS
    )
    url = reverse("quarantine-stay", args=[stay.pk])
    return QueueItem(
        _("Alarm signs: %(who)s") % {"who": stay.initials},
        State(ago(step.at if step else moment, moment, language()), "late", "warning"),
        f"{signs}. {stay.site.name if stay.site else stay.address}",
        url,
        [Action(_("Open and send a doctor"), url, "phone", "go", small=True)],
    )


def _alerts(actor: Actor, moment: datetime) -> list[QueueItem]:
    rows = SiteAlert.objects.visible_to(actor).open().select_related("site", "room", "stay").order_by("-raised_at")
    found = [one for one in rows[: SHOWN * 2] if mine(actor, one.site)][:SHOWN]
    return [_alert(one, moment) for one in found]


def _alert(alert: SiteAlert, moment: datetime) -> QueueItem:
    url = reverse("quarantine-site", args=[alert.site_id])
    about = {"site": alert.site.name, "room": alert.room.name if alert.room else "–", "count": len(alert.roommates)}
    return QueueItem(
        _("Positive inside: %(site)s, room %(room)s") % about,
        State(ago(alert.raised_at, moment, language()), "late", "warning"),
        _("%(count)d room-mates begin again. Take the person to treatment, disinfect, say what followed.") % about,
        url,
        [Action(_("Open the site"), url, "building", "go", small=True)],
    )


def _due(actor: Actor, moment: datetime) -> list[QueueItem]:
    count = Stay.objects.visible_to(actor).free_on(moment.date()).count()
    if not count:
        return []
    url = f"{reverse('nguoi-cach-ly-list')}?xem=den-han"
    words = ngettext(
        "%(count)d person's quarantine days are over", "%(count)d people's quarantine days are over", count
    )
    reason = _("Whoever has a negative last sample is released; the others wait for theirs.")
    return [
        QueueItem(
            words % {"count": count},
            State(_("today"), "act"),
            reason,
            url,
            [Action(_("See who"), url, "table", small=True)],
        )
    ]
