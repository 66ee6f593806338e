"""What waits of vaccination: fridges that were too warm, lots to decide about or to use soon, sessions to close."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago, number, short_day
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.models import StockLevel
from phaodai.vaccination.actions.lists import PARKED
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import Excursion, ReactionClaim, Session, VaccineLot

EXPIRES_SOON = timedelta(days=14)
_SHOWN = 4


def plan_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything of the plan that waits for this officer, most pressing first."""
    if not actor.may(Permission.VACCINATION_SESSION_RUN) and not actor.may(Permission.VACCINATION_PLAN_WRITE):
        return []
    return [
        *_claims(actor, moment),
        *_alarms(actor, moment),
        *_unclosed(actor, moment),
        *_expiring(actor, moment),
        *_parked(actor),
    ]


def _claims(actor: Actor, moment: datetime) -> list[QueueItem]:
    """People who told how they feel after a dose and were not called yet, as one item."""
    if not actor.may(Permission.VACCINATION_EVENT_WRITE):
        return []
    waiting = ReactionClaim.objects.visible_to(actor).waiting()
    told = waiting.aggregate(count=Count("pk"), alarming=Count("pk", filter=Q(alarming=True)), since=Min("received_at"))
    if not told["count"]:
        return []
    url = reverse("dose-reactions")
    verb = ngettext(
        "Call %(count)d person who told how they feel after a dose",
        "Call %(count)d people who told how they feel after a dose",
        told["count"],
    )
    since = ago(told["since"], moment, language())
    clock = State(_("danger sign"), "late", "warning") if told["alarming"] else State(since, "act", "clock")
    reason = _("The first waits since %(since)s. Ask, then write down what you found.") % {"since": since}
    return [QueueItem(verb % told, clock, reason, url, [Action(_("Open the reports"), url, "phone", "go", small=True)])]


def _alarms(actor: Actor, moment: datetime) -> list[QueueItem]:
    rows = Excursion.objects.visible_to(actor).open().select_related("place").order_by("-began_at")[:_SHOWN]
    decides = actor.may(Permission.VACCINATION_PLAN_WRITE)
    words, icon = (_("Decide about the vaccine"), "check") if decides else (_("Open the fridge"), "search")
    return [_alarm(one, moment, words, icon) for one in rows]


def _alarm(one: Excursion, moment: datetime, action: str, icon: str) -> QueueItem:
    url = reverse("vaccination-cold", args=[one.place_id])
    worst = "" if one.worst is None else f"{number(one.worst, 1, language())} °C;"
    about = {
        "worst": worst,
        "minutes": one.minutes,
        "low": number(one.low, None, language()),
        "high": number(one.high, None, language()),
    }
    words = _("%(worst)s %(minutes)d minutes; range %(low)s to %(high)s °C. Its lots are held until somebody decides.")
    return QueueItem(
        f"{one.get_kind_display()}: {one.place.name}",
        State(ago(one.began_at, moment, language()), "late", "warning"),
        (words % about).strip(),
        url,
        [Action(action, url, icon, "go", small=True)],
    )


def _unclosed(actor: Actor, moment: datetime) -> list[QueueItem]:
    rows = Session.objects.run_by(actor).filter(state=Session.State.OPEN, day__lt=moment.date()).order_by("day")
    return [
        QueueItem(
            _("Close the session: %(session)s") % {"session": one.name},
            State(short_day(one.day, language()), "late", "clock"),
            _("The account of its vials is not written."),
            reverse("vaccination-session", args=[one.pk]),
            [Action(_("Write the account"), reverse("vaccination-session", args=[one.pk]), "edit", "go", small=True)],
        )
        for one in rows[:_SHOWN]
    ]


def _expiring(actor: Actor, moment: datetime) -> list[QueueItem]:
    day = moment.date()
    levels = StockLevel.objects.usable_on(day).filter(expires_on__lte=day + EXPIRES_SOON, **actor.area.narrowing)
    by_batch = levels.filter(batch__vaccine_lot__isnull=False).order_by("expires_on").values_list("batch")
    vials = dict(by_batch.annotate(vials=Sum("quantity"))[:_SHOWN])
    rows = VaccineLot.objects.visible_to(actor).filter(batch__in=vials).order_by("expires_on")
    return [
        QueueItem(
            _("Use soon: %(product)s, lot %(lot)s") % {"product": product_label(one.product), "lot": one.number},
            State(short_day(one.expires_on, language()), "act", "clock"),
            _("%(vials)d vials of %(doses)d doses expire on that day.")
            % {"vials": vials[one.batch_id], "doses": one.doses_per_vial},
            reverse("vaccination-lot", args=[one.pk]),
            [Action(_("Open the lot"), reverse("vaccination-lot", args=[one.pk]), "search", small=True)],
        )
        for one in rows
    ]


def _parked(actor: Actor) -> list[QueueItem]:
    count = ParkedRow.objects.waiting(PARKED, actor.officer).count()
    if not count:
        return []
    url = reverse("vaccination-lists")
    words = ngettext(
        "%(count)d row of your lists waits to be mended", "%(count)d rows of your lists wait to be mended", count
    )
    return [
        QueueItem(
            words % {"count": count},
            State(_("set aside"), "", "edit"),
            _("Each row has its reason. Download them, mend them, send them again."),
            url,
            [Action(_("Open the lists"), url, "table", small=True)],
        )
    ]
