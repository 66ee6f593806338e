"""Reads what units have and are asked for, all units of an area at once, and lets the rules judge them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum

from phaodai.foundation.clock import VIETNAM
from phaodai.supply.actions.readiness_equipment import Machines, machines_of
from phaodai.supply.actions.readiness_figures import NOTHING, FiguresOfUnits, Known, figures_of
from phaodai.supply.models import (
    AidLine,
    AidRequest,
    DrillCall,
    Figure,
    Item,
    Movement,
    MovementLine,
    NeedMapping,
    OrderLine,
    ReadinessLine,
    ReadinessPlan,
    StockLevel,
)
from phaodai.supply.rules.readiness import Asked, Command, Readiness, readiness_of, scaled
from phaodai.territory.models import Tier, Unit

WAY_DAYS = 7
"""An order or a transfer without a day is taken to arrive within a week."""
ItemsOfUnit = dict[tuple[int, int], Decimal]


@dataclass(frozen=True)
class UnitReadiness:
    """One unit: its score, what it rests on, and what cannot be said."""

    unit: Unit
    readiness: Readiness
    asked: Sequence[Asked]
    figures: Mapping[str, Known]
    plan: ReadinessPlan | None
    scaled: bool = False
    unmapped: Sequence[str] = ()

    @property
    def oldest(self) -> date | None:
        """The day of its oldest figure; None where nothing is known of it."""
        return min((day for day in map(_day, self.figures.values()) if day), default=None)


@dataclass
class _Books:
    """Everything that the units of a province are judged by, read once."""

    mappings: Mapping[str, Sequence[NeedMapping]]
    plans: Mapping[int, ReadinessPlan]
    needs: Mapping[int, Mapping[str, Mapping[date, Decimal]]]
    figures: FiguresOfUnits
    drills: Mapping[int, datetime]
    stock: ItemsOfUnit
    coming: Mapping[tuple[int, int], Mapping[date, Decimal]]
    people: Mapping[int, int]
    machines: Mapping[int, Mapping[int, Machines]]


def readiness_of_units(units: Sequence[Unit], moment: datetime) -> list[UnitReadiness]:
    """The readiness of units of one province, in their order. The number of queries does not grow with the units."""
    if not units:
        return []
    books = _books(units[0], units, moment)
    return [_judged(unit, books, moment) for unit in units]


def _books(one: Unit, units: Sequence[Unit], moment: datetime) -> _Books:
    province = one.province_id or one.pk
    mappings = defaultdict(list)
    for row in NeedMapping.objects.filter(province_id=province).select_related("item").order_by("pk"):
        mappings[row.key].append(row)
    met_by = [row.item for rows in mappings.values() for row in rows if row.item]
    items = [item.pk for item in met_by if item.kind != Item.Kind.EQUIPMENT]
    plans = {plan.unit_id: plan for plan in ReadinessPlan.objects.in_use().filter(province_id=province)}
    return _Books(
        mappings=mappings,
        plans=plans,
        needs=_needs(plans.values()),
        figures=figures_of(units, moment),
        drills=_drills(units),
        stock=_stock(items, moment),
        coming=_coming(province, items, moment),
        people=_people(province, moment),
        machines=machines_of(units, [item.pk for item in met_by if item.kind == Item.Kind.EQUIPMENT]),
    )


def _needs(plans: Iterable[ReadinessPlan]) -> dict[int, dict[str, dict[date, Decimal]]]:
    needs: dict[int, dict[str, dict[date, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for line in ReadinessLine.objects.filter(plan__in=list(plans)).order_by("week_start"):
        needs[line.plan_id][line.key][line.week_start] = Decimal(line.quantity)
    return needs


def _drills(units: Sequence[Unit]) -> dict[int, datetime]:
    """The last drill that each unit answered in time."""
    rows = DrillCall.objects.filter(unit__in=units, answered_at__lte=F("drill__due_at"))
    return dict(rows.order_by("answered_at").values_list("unit_id", "answered_at"))


def _stock(items: Sequence[int], moment: datetime) -> ItemsOfUnit:
    """What may still be used of the items that needs are met by, in each unit that has a store, and in all units above."""
    usable = StockLevel.objects.usable_on(moment.astimezone(VIETNAM).date()).filter(item__in=items)
    rows = usable.values_list("province_id", "district_id", "commune_id", "item").annotate(much=Sum("quantity"))
    return _rolled_up(rows)


def _rolled_up(rows: Iterable[Any]) -> ItemsOfUnit:
    found: ItemsOfUnit = defaultdict(Decimal)
    for *places, item, much in rows:
        for place in places:
            if place is not None:
                found[place, item] += much
    return found


def _coming(province: int, items: Sequence[int], moment: datetime) -> dict[tuple[int, int], dict[date, Decimal]]:
    """What is on the way to each unit, by day of arrival: orders that were approved, transfers, help that was agreed.

    A transfer that answers an order is counted with its order.
    """
    today = moment.astimezone(VIETNAM).date()
    late = today + timedelta(days=WAY_DAYS)
    found: dict[tuple[int, int], dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for places, item, much, on in (
        *_ordered(province, items),
        *_sent(province, items),
        *_helped(province, items),
    ):
        for place in places:
            if place is not None:
                found[place, item][max(on or late, today)] += much
    return found


Coming = tuple[tuple[int | None, ...], int, Decimal, date | None]


def _ordered(province: int, items: Sequence[int]) -> Iterable[Coming]:
    lines = OrderLine.objects.coming().filter(order__province_id=province, item__in=items).select_related("order")
    for line in lines:
        order = line.order
        yield (
            (order.province_id, order.district_id, order.commune_id),
            line.item_id,
            line.quantity - line.received,
            order.wanted_on,
        )


def _sent(province: int, items: Sequence[int]) -> Iterable[Coming]:
    moving = Movement.objects.on_the_way().filter(province_id=province, order=None)
    lines = MovementLine.objects.filter(movement__in=moving, item__in=items).select_related("movement__to_store")
    for line in lines:
        store = line.movement.to_store
        if store is not None:
            yield (store.province_id, store.district_id, store.commune_id), line.item_id, line.quantity, None


def _helped(province: int, items: Sequence[int]) -> Iterable[Coming]:
    states = (AidRequest.State.AGREED, AidRequest.State.ON_WAY)
    coming = Q(request__direction=AidRequest.Direction.TO_US, request__state__in=states)
    lines = AidLine.objects.filter(coming, request__province_id=province, item__in=items).select_related("request")
    for line in lines:
        aid = line.request
        on = aid.expected_at.astimezone(VIETNAM).date() if aid.expected_at else aid.needed_from
        yield (aid.province_id, aid.district_id, aid.commune_id), int(line.item_id or 0), line.coming, on


def _people(province: int, moment: datetime) -> dict[int, int]:
    """How many people live in each unit: the sum over its communes, where the list states it for them."""
    communes = Unit.objects.tier(Tier.COMMUNE).as_of(moment.date()).filter(province_id=province)
    found: dict[int, int] = defaultdict(int)
    for places in communes.values_list("province_id", "district_id", "commune_id", "population"):
        for place in places[:3]:
            if place is not None:
                found[place] += places[3] or 0
    return found


def _judged(unit: Unit, books: _Books, moment: datetime) -> UnitReadiness:
    plan, needs, is_scaled = _asked_of(unit, books)
    figures = books.figures.get(unit.pk, {})
    asked = [
        _met(unit, mapping, {week: much * mapping.factor for week, much in weeks.items()}, books)
        for key, weeks in needs.items()
        for mapping in books.mappings.get(key, ())
        if unit.tier <= mapping.down_to
    ]
    unmapped = sorted(key for key in needs if key not in books.mappings)
    command = Command(
        _day(figures.get(Figure.COMMAND_BODY, NOTHING)),
        _day(figures.get(Figure.ON_CALL, NOTHING)),
        books.drills[unit.pk].astimezone(VIETNAM).date() if unit.pk in books.drills else None,
    )
    readiness = readiness_of(command, asked, moment.astimezone(VIETNAM).date(), planned=plan is not None)
    return UnitReadiness(unit, readiness, asked, figures, plan, is_scaled, unmapped)


def _day(figure: Known) -> date | None:
    return _day_of(figure.as_of)


def _day_of(moment: datetime | None) -> date | None:
    return moment.astimezone(VIETNAM).date() if moment else None


def _asked_of(unit: Unit, books: _Books) -> tuple[ReadinessPlan | None, Mapping[str, Mapping[date, Decimal]], bool]:
    """The unit's own plan, else its share by people of the plan of the nearest unit above; (plan, needs, shared)."""
    for place in (unit.commune_id, unit.district_id, unit.province_id):
        plan = books.plans.get(place or 0)
        if plan is None:
            continue
        needs = books.needs.get(plan.pk, {})
        if place == unit.pk:
            return plan, needs, False
        mine, whole = books.people.get(unit.pk, 0), books.people.get(place or 0, 0)
        if not mine or not whole:
            return None, {}, False
        return plan, {key: scaled(weeks, mine, whole) for key, weeks in needs.items()}, True
    return None, {}, False


def _met(unit: Unit, mapping: NeedMapping, needs: Mapping[date, Decimal], books: _Books) -> Asked:
    """One quantity beside what meets it. An item is used up; equipment and a figure serve every week."""
    if mapping.item is not None and mapping.item.kind == Item.Kind.EQUIPMENT:
        machines = books.machines.get(unit.pk, {}).get(mapping.item.pk, Machines()).provided
        return Asked(
            key=f"item:{mapping.item.code}", name=mapping.item.name, unit=mapping.item.unit, pillar=mapping.pillar,
            needs=needs, have=machines.quantity, coming={}, used_up=False, as_of=_day_of(machines.as_of),
            source=str(machines.source),
        )  # fmt: skip
    if mapping.item is not None:
        here = (unit.pk, mapping.item.pk)
        return Asked(
            key=f"item:{mapping.item.code}", name=mapping.item.name, unit=mapping.item.unit, pillar=mapping.pillar,
            needs=needs, have=books.stock.get(here, Decimal(0)), coming=books.coming.get(here, {}), used_up=True,
        )  # fmt: skip
    known = books.figures.get(unit.pk, {}).get(mapping.figure, NOTHING)
    return Asked(
        key=mapping.figure, name=str(Figure(mapping.figure).label), unit="", pillar=mapping.pillar, needs=needs,
        have=known.quantity or Decimal(0), coming={}, used_up=False, as_of=_day(known), source=str(known.source),
    )  # fmt: skip
