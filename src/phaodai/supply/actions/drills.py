"""Drills of readiness: units are asked to count, answer within a time, and are told how far the books lie from the shelf."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Organisation
from phaodai.supply.actions.readiness import require_area, tell_figure
from phaodai.supply.actions.readiness_figures import NOTHING, figures_of
from phaodai.supply.models import DrillCall, DrillCount, Figure, Item, ReadinessDrill, StockLevel
from phaodai.territory.models import Unit

WRITE = Permission.SUPPLY_READINESS_WRITE
ITEM = "item:"
"""What is counted on a shelf stands as item:CODE beside the figures."""
SHORTEST, LONGEST = 1, 7 * 24
"""Hours that a drill may give; a rule of this program."""


@transaction.atomic
def call_drill(
    *, actor: Actor, moment: datetime, title: str, hours: int, unit_ids: Sequence[int], keys: Sequence[str]
) -> ReadinessDrill:
    """Ask units of the officer's area to count what `keys` name, within some hours, without notice."""
    actor.require(WRITE)
    if not SHORTEST <= hours <= LONGEST:
        raise Refusal(_("A drill gives 1 to 168 hours."), field="hours")
    units = list(Unit.objects.filter(pk__in=set(unit_ids)).as_of(moment.date()).order_by("tier", "sort_key"))
    if not units:
        raise Refusal(_("Choose at least one unit."), field="unit_ids")
    for unit in units:
        require_area(actor, unit)
    organisation = Organisation.objects.get(pk=actor.organisation)
    drill: ReadinessDrill = ReadinessDrill.objects.create(
        organisation=organisation, title=title.strip(), called_at=moment, due_at=moment + timedelta(hours=hours),
        keys=_known(keys, organisation.province_id), officer_id=actor.officer, **Area.of(organisation).columns,
    )  # fmt: skip
    DrillCall.objects.bulk_create(DrillCall(drill=drill, unit=unit, **unit.area.columns) for unit in units)
    Fact.tell("supply:drill:called", subject=drill, moment=moment, officer=actor.officer, units=len(units))
    return drill


def _known(keys: Sequence[str], province_id: int) -> list[str]:
    codes = [key.removeprefix(ITEM) for key in keys if key.startswith(ITEM)]
    items = set(Item.objects.filter(province_id=province_id, code__in=codes).values_list("code", flat=True))
    counted = {one.value for one in Figure if not one.is_worded}
    known = [key for key in keys if key in counted or key.removeprefix(ITEM) in items]
    if not known or len(known) != len(keys):
        raise Refusal(_("Choose what is to be counted: figures or items of the catalogue."), field="keys")
    return list(dict.fromkeys(known))


@transaction.atomic
def answer_drill(
    *, actor: Actor, moment: datetime, call_id: int, counted: Mapping[str, Decimal], note: str = ""
) -> DrillCall:
    """Write what was counted beside the books of this moment. Figures take the count over; a store counts its shelf itself.

    Each unit answers once and everything that was asked; after the time allowed the answer counts as late.
    """
    actor.require(WRITE)
    call = _called(actor, call_id)
    if call.answered_at is not None:
        if call.officer_id == actor.officer:
            return call
        raise Refusal(_("%(unit)s answered this drill already.") % {"unit": call.unit.name})
    missing = [key for key in call.drill.keys if key not in counted]
    if missing:
        raise Refusal(_("Count everything that is asked; write 0 where nothing is there."), field=missing[0])
    if any(much < 0 for much in counted.values()):
        raise Refusal(_("A number cannot be less than 0."))
    booked = booked_of(call.unit, call.drill.keys, moment)
    DrillCount.objects.bulk_create(
        DrillCount(call=call, key=key, label=booked[key][0], booked=booked[key][1], counted=counted[key])
        for key in call.drill.keys
    )
    for key in call.drill.keys:
        if not key.startswith(ITEM):
            tell_figure(actor=actor, moment=moment, unit=call.unit, key=key, quantity=counted[key])
    call.answered_at, call.officer_id, call.note = moment, actor.officer, note.strip()
    call.save()
    Fact.tell("supply:drill:answered", subject=call, moment=moment, officer=actor.officer, drill=call.drill_id)
    return call


def _called(actor: Actor, call_id: int) -> DrillCall:
    rows = DrillCall.objects.visible_to(actor).select_for_update(of=("self",)).select_related("unit", "drill")
    call: DrillCall | None = rows.filter(pk=call_id).first()
    if call is None:
        raise NotHere(_("There is no such drill for your unit."))
    require_area(actor, call.unit)
    if call.drill.state == ReadinessDrill.State.CLOSED:
        raise Refusal(_("This drill is closed. Its result stays as it is."))
    return call


def booked_of(unit: Unit, keys: Sequence[str], moment: datetime) -> dict[str, tuple[str, Decimal | None]]:
    """What the books say now of each key in a unit: its name and the number, None where nothing is known."""
    known = figures_of([unit], moment).get(unit.pk, {})
    codes = [key.removeprefix(ITEM) for key in keys if key.startswith(ITEM)]
    items = Item.objects.filter(province_id=unit.province_id or 0, code__in=codes)
    stock = StockLevel.objects.filter(item__in=items, **unit.area.narrowing).values_list("item__code")
    lying = dict(stock.annotate(much=Sum("quantity")))
    names = {f"{ITEM}{item.code}": item.name for item in items}
    booked: dict[str, tuple[str, Decimal | None]] = {}
    for key in keys:
        if key.startswith(ITEM):
            booked[key] = (names.get(key, key), lying.get(key.removeprefix(ITEM), Decimal(0)))
        else:
            booked[key] = (key, known.get(key, NOTHING).quantity)
    return booked


@transaction.atomic
def close_drill(*, actor: Actor, moment: datetime, drill_id: int, lesson: str = "") -> ReadinessDrill:
    """End a drill, with what was learned. What was answered stays as it is."""
    actor.require(WRITE)
    rows = ReadinessDrill.objects.visible_to(actor).select_for_update(of=("self",)).select_related("organisation")
    drill: ReadinessDrill | None = rows.filter(pk=drill_id).first()
    if drill is None:
        raise NotHere(_("There is no such drill that your post may see."))
    if drill.organisation_id != actor.organisation:
        raise NotAllowed(_("%(who)s called this drill and closes it.") % {"who": drill.organisation.name})
    if drill.state == ReadinessDrill.State.CLOSED:
        raise Refusal(_("This drill is closed. Its result stays as it is."))
    drill.state, drill.closed_at, drill.lesson = ReadinessDrill.State.CLOSED, moment, lesson.strip()
    drill.version += 1
    drill.save()
    Fact.tell("supply:drill:closed", subject=drill, moment=moment, officer=actor.officer)
    return drill
