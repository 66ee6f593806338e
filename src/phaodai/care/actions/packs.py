"""Medicine packs as stock: handed out under the rule, by a prescriber's name, from a store in the same transaction.

The program says which questions a pack asks and what the store holds. It gives no advice on doses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.alarms import DOCTORS
from phaodai.care.actions.home_finding import home_for, require_follow
from phaodai.care.models import HomeCare, PackHandout, Worker
from phaodai.care.rules.packs import QUESTIONS, covered_until, judge, provision_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook.provincial import rulebook_for
from phaodai.supply.actions.movements import issue, return_goods
from phaodai.supply.actions.movements_writing import Goods
from phaodai.supply.models import Batch, Item, StockLevel, Store

CODE_OF_PACK = "GOI-{pack}"
"""The code under which a province's catalogue keeps the packs: GOI-A, GOI-B, GOI-C."""
ELSEWHERE_SHOWN = 3


@dataclass(frozen=True)
class Prescription:
    """Who prescribed a pack, the answers to its questions, and the written consent where it asks for one."""

    prescriber_id: int
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    consent_on: date | None = None
    consent_by: str = ""
    reason: str = ""


def item_of_pack(province_id: int, pack: str) -> Item:
    """The catalogue's item of a pack; refuses where the catalogue has none."""
    code = CODE_OF_PACK.format(pack=pack)
    found = Item.objects.filter(province_id=province_id, code=code).first()
    if found is None:
        words = _("The catalogue of goods has no %(code)s. Ask the keeper of the store to add it.")
        raise Refusal(words % {"code": code}, field="pack")
    return found


def prescribers(actor: Actor, care: HomeCare) -> Any:
    """Health workers who may prescribe: doctors of the area, as far as the officer sees them."""
    seen = Worker.objects.visible_to(actor).working().filter(province_id=care.province_id)
    return seen.filter(skills__overlap=DOCTORS).order_by("sort_key", "pk")


@transaction.atomic
def hand_out_pack(
    *,
    actor: Actor,
    moment: datetime,
    home_care_id: int,
    pack: str,
    store_id: int,
    prescription: Prescription,
    key: UUID,
) -> PackHandout:
    """Hand one pack out from a store; the store's issue carries the same key. The same key again is the same handout.

    Refused: a question left open, a contraindication, pack C without written consent, a prescriber who is no doctor, no
    stock (with where there is some). A doubtful answer, or a second pack while the first lasts, needs a reason.
    """
    require_follow(actor)
    care = home_for(actor, home_care_id)
    if (done := PackHandout.objects.filter(key=key, home_care=care).first()) is not None:
        return done
    if pack not in QUESTIONS:
        raise Refusal(_("Choose pack A, B or C."), field="pack")
    day = moment.astimezone(VIETNAM).date()
    provision = provision_of(rulebook_for(care.province_id), pack, day)
    _judge(care, pack, prescription, provision, day)
    doctor = prescribers(actor, care).filter(pk=prescription.prescriber_id).first()
    if doctor is None:
        raise Refusal(_("Choose the doctor who prescribed the pack."), field="prescriber")
    item = item_of_pack(care.province_id, pack)
    batch = _issue(actor, moment, care, item, store_id, key)
    return _keep(care, pack, item, batch, store_id, doctor, prescription, provision, key, actor, moment)


def _judge(care: HomeCare, pack: str, prescription: Prescription, provision: Mapping[str, Any], day: date) -> None:
    verdict = judge(pack, prescription.answers)
    if verdict.unanswered:
        raise Refusal(_("Answer every question of the pack with yes or no."), field=verdict.unanswered[0])
    if verdict.forbidden:
        raise Refusal(
            _("This answer forbids the pack. Ask the doctor for another treatment."), field=verdict.forbidden[0]
        )
    if pack == PackHandout.Pack.C and not (prescription.consent_on and prescription.consent_by.strip()):
        raise Refusal(_("Pack C needs the written consent: who signed it, on which day."), field="consent_by")
    if prescription.reason.strip():
        return
    if verdict.doubtful:
        raise Refusal(_("The letter asks for the other answer. Say why the doctor decides so."), field="reason")
    if not provision["verified"]:
        raise Refusal(_("No verified document of this day speaks of this pack. Say why it is given."), field="reason")
    _refuse_second(care, pack, provision["most_days"], day)


def _refuse_second(care: HomeCare, pack: str, most_days: int, day: date) -> None:
    last = care.packs.filter(pack=pack, returned=0).order_by("-handed_at").first()
    if last is None:
        return
    until = covered_until(last.handed_at.astimezone(VIETNAM).date(), most_days)
    if day <= until:
        words = _(
            "A pack %(pack)s was handed out already and is meant to last until %(day)s. Say why another is needed."
        )
        raise Refusal(words % {"pack": pack, "day": day_words(until)}, field="reason")


def _issue(actor: Actor, moment: datetime, care: HomeCare, item: Item, store_id: int, key: UUID) -> Batch:
    """Take one out of the store; where it has none, say who has."""
    day = moment.astimezone(VIETNAM).date()
    there = StockLevel.objects.filter(item=item, quantity__gte=1).usable_on(day)
    if not there.filter(store_id=store_id).exists():
        raise Refusal(_out_of_stock(item, there), field="store")
    about = _("Care at home: %(who)s") % {"who": care.initials}
    movement = issue(
        actor=actor, moment=moment, store_id=store_id, goods=[Goods(item.pk, Decimal(1))], key=key, about=about
    )
    return movement.lines.select_related("batch").order_by("pk")[0].batch


def _out_of_stock(item: Item, there: Any) -> str:
    others = there.select_related("store").order_by("-quantity")[:ELSEWHERE_SHOWN]
    where = ", ".join(f"{one.store.name} ({one.quantity:f})".replace(".00", "") for one in others)
    if where:
        return _("This store has no %(item)s left. There is some at: %(where)s.") % {"item": item.name, "where": where}
    return _("No store of the province has %(item)s left. Ask the health centre to order it.") % {"item": item.name}


def _keep(
    care: HomeCare,
    pack: str,
    item: Item,
    batch: Batch,
    store_id: int,
    doctor: Worker,
    prescription: Prescription,
    provision: Mapping[str, Any],
    key: UUID,
    actor: Actor,
    moment: datetime,
) -> PackHandout:
    handout = PackHandout.objects.create(
        home_care=care,
        pack=pack,
        key=key,
        item=item,
        batch=batch,
        store=Store.objects.get(pk=store_id),
        handed_at=moment,
        officer_id=actor.officer,
        prescriber=doctor,
        answers=dict(prescription.answers),
        decision=dict(provision),
        reason=prescription.reason.strip()[:300],
        consent_on=prescription.consent_on,
        consent_by=prescription.consent_by.strip()[:120],
        **Area.of(care).columns,
    )
    Fact.tell("care:pack:handed", subject=handout, moment=moment, officer=actor.officer, pack=pack)
    return handout


@transaction.atomic
def take_pack_back(*, actor: Actor, moment: datetime, handout_id: int, key: UUID) -> PackHandout:
    """An unopened pack comes back into the store that gave it out."""
    require_follow(actor)
    rows = PackHandout.objects.visible_to(actor).select_for_update(of=("self",)).select_related("home_care")
    handout = rows.filter(pk=handout_id).first()
    if handout is None:
        raise NotHere(_("There is no such handout, or your post may not see it."))
    if handout.returned >= handout.quantity:
        raise Refusal(_("This pack was given back already."))
    goods = [Goods(handout.item_id, Decimal(1), batch_id=handout.batch_id)]
    about = _("Given back: %(who)s") % {"who": handout.home_care.initials}
    return_goods(actor=actor, moment=moment, store_id=handout.store_id, goods=goods, key=key, about=about)
    handout.returned += 1
    handout.version += 1
    handout.save()
    Fact.tell("care:pack:returned", subject=handout, moment=moment, officer=actor.officer, pack=handout.pack)
    return handout
