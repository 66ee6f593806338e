"""What waits of supply: drills to answer, goods and equipment to take over, help that is late, gifts without a receipt."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago, time_left
from phaodai.foundation.language import page_language
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.supply.models import AidRequest, Donation, DrillCall, Equipment, GoodsHandover, Movement

SHOWN = 4


def supply_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything of supply that waits for this officer, drills first: they have the shortest time."""
    parts: tuple[tuple[Permission, Any], ...] = (
        (Permission.SUPPLY_READINESS_WRITE, _drills),
        (Permission.SUPPLY_AID_DECIDE, _late_aid),
        (Permission.SUPPLY_STOCK_WRITE, _transfers),
        (Permission.SUPPLY_STOCK_WRITE, _handovers),
        (Permission.SUPPLY_EQUIPMENT_WRITE, _equipment),
        (Permission.SUPPLY_DONATION_WRITE, _gifts),
    )
    return [item for permission, part in parts if actor.may(permission) for item in part(actor, moment)]


def _drills(actor: Actor, moment: datetime) -> Iterable[QueueItem]:
    for call in DrillCall.objects.owed_by(actor)[:SHOWN]:
        url = reverse("supply-drill-answer", args=[call.pk])
        yield QueueItem(
            _("Count for the drill: %(drill)s") % {"drill": call.drill.title},
            State(
                time_left(call.drill.due_at, moment, page_language()),
                "late" if call.is_late(moment) else "act",
                "clock",
            ),
            _("%(unit)s counts on the shelf; the books are shown afterwards.") % {"unit": call.unit.name},
            url,
            [Action(_("Count and send"), url, "edit", "go", small=True)],
        )


def _late_aid(actor: Actor, moment: datetime) -> Iterable[QueueItem]:
    rows = AidRequest.objects.visible_to(actor).overdue(moment).filter(organisation_id=actor.organisation)
    for one in rows.order_by("expected_at", "pk")[:SHOWN]:
        url = reverse("supply-aid", args=[one.pk])
        yield QueueItem(
            _("Help has not arrived: %(what)s") % {"what": one.subject},
            State(time_left(one.expected_at or moment, moment, page_language()), "late", "warning"),
            _("Between us and %(partner)s. Call them, and write the arrival down when it comes.")
            % {"partner": one.partner},
            url,
            [Action(_("Open this help"), url, "phone", "go", small=True)],
        )


def _transfers(actor: Actor, moment: datetime) -> Iterable[QueueItem]:
    sent = Movement.objects.on_the_way().filter(to_organisation_id=actor.organisation, **actor.in_province)
    found = sent.aggregate(many=Count("pk"), first=Min("at"), one=Min("pk"))
    many = found["many"]
    words = ngettext("Take in %(many)d transfer to your stores", "Take in %(many)d transfers to your stores", many)
    url = reverse("supply-movement", args=[found["one"]]) if many == 1 else f"{reverse('supply')}#dang-den"
    yield from _waiting(words, _("Count what came: what is missing is written as lost on the way."), url, found, moment)


def _handovers(actor: Actor, moment: datetime) -> Iterable[QueueItem]:
    rows = GoodsHandover.objects.visible_to(actor).filter(
        state=GoodsHandover.State.WAITING, keeper_id=actor.organisation
    )
    found = rows.aggregate(many=Count("pk"), first=Min("made_at"))
    words = ngettext("Take %(many)d lot of given goods in", "Take %(many)d lots of given goods in", found["many"])
    reason = _("Goods of a fund or of mutual aid wait for the keeper of a store.")
    yield from _waiting(words, reason, reverse("supply-handovers"), found, moment)


def _equipment(actor: Actor, moment: datetime) -> Iterable[QueueItem]:
    rows = Equipment.objects.visible_to(actor).filter(to_organisation_id=actor.organisation)
    found = rows.aggregate(many=Count("pk"), first=Min("updated_at"), one=Min("pk"))
    many = found["many"]
    words = ngettext("Take %(many)d piece of equipment over", "Take %(many)d pieces of equipment over", many)
    reason = _("Until you take it over, whoever sent it answers for it.")
    url = reverse("supply-equipment", args=[found["one"]]) if many == 1 else f"{reverse('thiet-bi-list')}?xem=dang-den"
    yield from _waiting(words, reason, url, found, moment)


def _gifts(actor: Actor, moment: datetime) -> Iterable[QueueItem]:
    kept = Donation.objects.visible_to(actor).filter(state=Donation.State.KEPT, receipt_number=None)
    found = kept.filter(fund__organisation_id=actor.organisation).aggregate(many=Count("pk"), first=Min("recorded_at"))
    words = ngettext("Give %(many)d receipt for a gift", "Give %(many)d receipts for gifts", found["many"])
    reason = _("Who gave waits for a numbered paper.")
    yield from _waiting(words, reason, f"{reverse('ung-ho-list')}?xem=cho", found, moment)


def _waiting(words: str, reason: str, url: str, found: dict[str, Any], moment: datetime) -> Iterable[QueueItem]:
    """One line for all that waits alike, with how long the first of them has waited."""
    if found["many"]:
        since = State(ago(found["first"], moment, page_language()), "act", "clock")
        yield QueueItem(
            words % {"many": found["many"]},
            since,
            reason,
            url,
            [Action(_("See what waits"), url, "search", "go", small=True)],
        )
