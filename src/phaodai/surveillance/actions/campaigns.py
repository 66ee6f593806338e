"""Test campaigns: planned, repeated, closed; and the labels of their tubes."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import columns_of_area, require_inside, require_mine
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Campaign, LabelBatch, Laboratory, LabTest, Outbreak
from phaodai.surveillance.rules.pooling import SINGLE, by_order, pool_size
from phaodai.surveillance.rules.samples import number_of, read_barcode
from phaodai.territory.models import Place, Unit

PLAN, TAKE = Permission.SURVEILLANCE_CAMPAIGN_PLAN, Permission.SURVEILLANCE_SAMPLE_TAKE
MOST_LABELS = 10_000
DIGITS = 6


@transaction.atomic
def plan_campaign(
    *,
    actor: Actor,
    moment: datetime,
    unit: Unit,
    name: str,
    target_people: int,
    starts_on: date,
    ends_on: date,
    reason: str,
    group: str = Campaign.Group.EVERYBODY,
    method: str = LabTest.Method.PCR,
    pooled: bool = False,
    people_a_tube: int | None = None,
    positivity: float = 0.01,
    order_cited: str = "",
    laboratory: Laboratory | None = None,
    place: Place | None = None,
    outbreak: Outbreak | None = None,
    round_number: int = 1,
) -> Campaign:
    """Plan one round of sampling. The size of pools is the law's, or that of the order that is cited. Raises Refusal."""
    actor.require(PLAN)
    require_inside(actor, unit)
    if not reason.strip():
        raise Refusal(_("Say why this campaign is needed."), field="reason")
    if group == Campaign.Group.PLACE and place is None:
        raise Refusal(_("Name the place whose people are sampled."), field="place")
    if laboratory is not None and method not in laboratory.methods:
        raise Refusal(
            _("%(name)s does not examine by this method. Choose another.") % {"name": laboratory.name},
            field="laboratory",
        )
    asked = (unit, starts_on, method, people_a_tube, positivity, order_cited.strip())
    size, decision = _tube_size(*asked) if pooled else (SINGLE, {})
    campaign = Campaign(
        unit=unit, name=name.strip(), target_people=target_people, starts_on=starts_on, ends_on=ends_on, group=group,
        method=method, pool_size=size, pool_decision=decision, reason=reason.strip(), order_cited=order_cited.strip(),
        laboratory=laboratory, place=place, outbreak=outbreak, round_number=round_number,
        sort_key=sort_key(name), search_key=fold(f"{name} {unit.name}"), **columns_of_area(unit),
    )  # fmt: skip
    return _keep(campaign, "planned", actor, moment)


def _tube_size(
    unit: Unit, on: date, method: str, wished: int | None, positivity: float, order: str
) -> tuple[int, dict[str, Any]]:
    """The law's size, or the one that the planner wishes and cites an order for."""
    by_law = pool_size(book_of(unit.province_id), on, method=method, positivity=positivity)
    if by_law.size is not None and wished in (None, by_law.size):
        return by_law.size, by_law.record
    if wished is None:
        words = _("No verified rule says how many people may share a tube. Have the value verified in the rulebook, or "
                  "write the size and the order that sets it.")  # fmt: skip
        raise Refusal(words, field="people_a_tube")
    if wished < 2:
        raise Refusal(_("A pool holds at least two people."), field="people_a_tube")
    if not order:
        raise Refusal(_("Write the number and date of the order that sets this size."), field="order_cited")
    return wished, by_order(wished, order, on)


def _keep(campaign: Campaign, deed: str, actor: Actor, moment: datetime) -> Campaign:
    campaign.full_clean()
    campaign.save()
    Fact.tell(f"surveillance:campaign:{deed}", subject=campaign, moment=moment, officer=actor.officer)
    return campaign


def campaign_for(actor: Actor, pk: int, *, change: bool = False) -> Campaign:
    """A campaign the officer sees; with `change`, one of the officer's own area, held until the end of the transaction."""
    rows = Campaign.objects.visible_to(actor).select_related("unit", "laboratory")
    found = (rows.select_for_update(of=("self",)) if change else rows).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such campaign, or your post may not see it."))
    if change:
        require_mine(actor, found)
    return found


@transaction.atomic
def repeat_campaign(*, actor: Actor, moment: datetime, campaign_id: int) -> Campaign:
    """The next round of a campaign: the same people, as long again, from the day after the last round's end or today."""
    actor.require(PLAN)
    before = campaign_for(actor, campaign_id, change=True)
    rounds = Campaign.objects.filter(unit=before.unit, name=before.name)
    last = rounds.aggregate(last=Max("round_number"))["last"] or 1
    starts = max(before.ends_on + timedelta(days=1), moment.date())
    again = Campaign(**{one.attname: getattr(before, one.attname) for one in Campaign._meta.concrete_fields})
    again.pk, again.version, again.closed_at, again.round_number = None, 1, None, last + 1
    again.starts_on, again.ends_on = starts, starts + (before.ends_on - before.starts_on)
    again._state.adding = True  # noqa: SLF001  (a copy that is not in the books yet)
    return _keep(again, "planned", actor, moment)


@transaction.atomic
def close_campaign(*, actor: Actor, moment: datetime, campaign_id: int) -> Campaign:
    """End a round; tubes that are on their way are still examined."""
    actor.require(PLAN)
    campaign = campaign_for(actor, campaign_id, change=True)
    if campaign.closed_at is None:
        campaign.closed_at, campaign.version = moment, campaign.version + 1
        _keep(campaign, "closed", actor, moment)
    return campaign


@transaction.atomic
def print_labels(*, actor: Actor, moment: datetime, count: int, campaign_id: int | None = None) -> LabelBatch:
    """The next barcodes of the officer's area, such as XN260982-000001: never given twice."""
    actor.require(TAKE)
    if not 1 <= count <= MOST_LABELS:
        raise Refusal(_("Print between 1 and 10,000 labels at a time."), field="count")
    unit = _own_unit(actor)
    prefix = f"XN{moment:%y}{unit.code}-"
    last = LabelBatch.objects.filter(prefix=prefix, digits=DIGITS).aggregate(last=Max("last"))["last"] or 0
    return _keep_labels(
        actor, moment, unit, (prefix, last + 1, last + count, DIGITS), campaign_id, LabelBatch.Origin.PRINTED
    )


@transaction.atomic
def register_labels(
    *, actor: Actor, moment: datetime, first: str, last: str, campaign_id: int | None = None
) -> LabelBatch:
    """A roll of tubes that came with their barcodes: from the first to the last on the roll."""
    actor.require(TAKE)
    begin, end = number_of(read_barcode(first)), number_of(read_barcode(last))
    if begin is None:
        raise Refusal(_("A barcode of a roll ends in a number. Scan the first tube again."), field="first")
    if end is None or (end[0], end[2]) != (begin[0], begin[2]):
        raise Refusal(_("The last barcode is not of the same roll as the first. Scan it again."), field="last")
    if not 0 <= end[1] - begin[1] < MOST_LABELS:
        raise Refusal(_("A roll holds 1 to 10,000 tubes, the first before the last."), field="last")
    run = (begin[0], begin[1], end[1], begin[2])
    return _keep_labels(actor, moment, _own_unit(actor), run, campaign_id, LabelBatch.Origin.PREPRINTED)


def _own_unit(actor: Actor) -> Unit:
    own = actor.area.commune or actor.area.district or actor.area.province or 0
    found = Unit.objects.filter(pk=own).first()
    if found is None or actor.reach == "own":
        raise Refusal(_("Labels belong to an area. Ask the health station of the commune."))
    return found


def _keep_labels(
    actor: Actor, moment: datetime, unit: Unit, run: tuple[str, int, int, int], campaign_id: int | None, origin: str
) -> LabelBatch:
    prefix, first, last, digits = run
    campaign = campaign_for(actor, campaign_id) if campaign_id else None
    batch = LabelBatch(
        prefix=prefix, first=first, last=last, digits=digits, origin=origin, campaign=campaign,
        registered_at=moment, officer_id=actor.officer, **columns_of_area(unit),
    )  # fmt: skip
    try:
        batch.full_clean(exclude=["officer"])
    except ValidationError as problem:
        raise Refusal(" ".join(problem.messages), field="first") from problem
    batch.save()
    Fact.tell("surveillance:labels:registered", subject=batch, moment=moment, officer=actor.officer)
    return batch


def is_labelled(barcode: str) -> bool:
    """Whether a barcode was printed here or registered with its roll."""
    parts = number_of(barcode)
    if parts is None:
        return False
    prefix, number, digits = parts
    return LabelBatch.objects.filter(prefix=prefix, digits=digits, first__lte=number, last__gte=number).exists()
