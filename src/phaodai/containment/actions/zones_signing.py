"""The order behind a step of a zone: the number of a paper that was signed elsewhere, or one signed here and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from phaodai.command.actions.papers import draft_paper, sign_paper
from phaodai.command.models import OutgoingPaper
from phaodai.containment.law import bases_of
from phaodai.containment.models import Zone, ZonePart
from phaodai.containment.rules.zones import INCUBATION
from phaodai.containment.rules.zones_paper import ZoneOrder, body_of, subject_of
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Unit

MOST_NAMED = 8


@dataclass(frozen=True)
class Order:
    """The paper that orders a step. Without a number the step is signed here, in the officer's own outgoing book."""

    number: str = ""
    on: date | None = None
    issuer: str = ""


@dataclass(frozen=True)
class Signed:
    """What a step keeps of its order."""

    number: str
    on: date
    issuer: str
    paper: OutgoingPaper | None = None


def order_for(*, actor: Actor, moment: datetime, zone: Zone, step: str, on: date, order: Order, reason: str) -> Signed:
    """The order that was named, or a decision (QĐ) drafted, numbered and signed for this very step."""
    today = moment.date()
    if order.number.strip():
        if order.on and order.on > today:
            raise Refusal(
                _("The order is dated %(day)s, which has not come yet.") % {"day": f"{order.on:%d/%m/%Y}"},
                field="order_on",
            )
        return Signed(order.number.strip(), order.on or today, order.issuer.strip() or actor.organisation_name)
    words = _words(actor, zone, step, on, reason)
    paper = draft_paper(
        actor=actor,
        moment=moment,
        kind=OutgoingPaper.Kind.DECISION,
        subject=subject_of(words),
        body=body_of(words),
        distribution=["Như Điều 3", "Ban Chỉ đạo phòng, chống dịch cấp trên"],
        addressed=list(_committees(zone)),
    )
    paper = sign_paper(actor=actor, moment=moment, paper_id=paper.pk)
    return Signed(paper.reference, today, actor.organisation_name, paper)


def _words(actor: Actor, zone: Zone, step: str, on: date, reason: str) -> ZoneOrder:
    book = rulebook_for(zone.province_id)
    sources = [row.provision.document.number for row in book.table(INCUBATION, on).rows]
    parts = list(ZonePart.objects.on(on).filter(zone=zone).select_related("hamlet", "commune"))
    unit = Unit.objects.get(pk=zone.commune_id or zone.district_id or zone.province_id)
    return ZoneOrder(
        step=step, name=zone.name, place=unit.name[:1].lower() + unit.name[1:], ground=ground_words(parts), on=on,
        until=zone.planned_until, households=zone.households, people=zone.people, reason=reason,
        bases=bases_of(book, on, sources), issuer=actor.organisation_name,
    )  # fmt: skip


def ground_words(parts: Sequence[ZonePart]) -> list[str]:
    """The parts as a paper names them, in Vietnamese."""
    words = [_part_words(part) for part in parts]
    return words[:MOST_NAMED] + ([f"và {len(words) - MOST_NAMED} phần khác"] if len(words) > MOST_NAMED else [])


def _part_words(part: ZonePart) -> str:
    if part.hamlet is not None:
        return part.hamlet.name[:1].lower() + part.hamlet.name[1:]
    if part.commune is not None:
        return f"{part.street}, {part.commune.name[:1].lower()}{part.commune.name[1:]}"
    return f"{len(part.household_ids)} hộ theo danh sách" if part.household_ids else "khu vực khoanh trên bản đồ"


def _committees(zone: Zone) -> list[int]:
    """The committees of the commune, or of the district's communes where the zone reaches over several."""
    bodies = Organisation.objects.open().filter(kind=Organisation.Kind.PEOPLES_COMMITTEE)
    where = {"unit": zone.commune_id} if zone.commune_id else {"unit": zone.district_id}
    return list(bodies.filter(**where).values_list("pk", flat=True))
