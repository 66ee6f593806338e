"""What a scenario asks, how its quantities are met, and what units say of themselves."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.supply.models import Figure, Item, NeedMapping, ReadinessFigure, ReadinessLine, ReadinessPlan
from phaodai.territory.models import Tier, Unit

WRITE = Permission.SUPPLY_READINESS_WRITE
Row = tuple[date, str, int]
"""First day of a week, key of the quantity, how much."""
SUGGESTED = {
    Figure.STAFF: Tier.COMMUNE,
    Figure.BEDS_1: Tier.DISTRICT,
    Figure.BEDS_2: Tier.DISTRICT,
    Figure.BEDS_3: Tier.PROVINCE,
    Figure.PLACES: Tier.DISTRICT,
}
"""Quantities of a scenario that a figure of the same name meets one for one, and the lowest tier that is asked."""

CALLED = {
    Figure.VENTILATORS: ("may tho",),
    Figure.CONCENTRATORS: ("may tao oxy", "may tao o xy"),
    Figure.AMBULANCES: ("xe cuu thuong", "xe cap cuu"),
}
"""How the names of items begin, without accents, that are one of these."""


@transaction.atomic
def take_needs(*, actor: Actor, moment: datetime, scenario_name: str, unit: Unit, rows: Iterable[Row]) -> ReadinessPlan:
    """Take over what a scenario asks of a unit by week; from now on the unit is measured against it.

    `rows` are (first day of the week, key, quantity); the same week and key twice are added. The plan before it stays as it
    was, out of use. Refuses a unit outside the officer's area and a plan without rows.
    """
    actor.require(WRITE)
    require_area(actor, unit)
    needs: dict[tuple[date, str], int] = {}
    for week, key, much in rows:
        needs[week, key] = needs.get((week, key), 0) + much
    if not needs:
        raise Refusal(_("This scenario asks for nothing yet. Let it be computed first."))
    for old in ReadinessPlan.objects.in_use().select_for_update().filter(unit=unit):
        old.in_use = False
        old.save(update_fields=["in_use"])
    plan: ReadinessPlan = ReadinessPlan.objects.create(
        unit=unit, scenario_name=scenario_name[:160], taken_at=moment, officer_id=actor.officer, **unit.area.columns
    )
    ReadinessLine.objects.bulk_create(
        ReadinessLine(plan=plan, week_start=week, key=key, quantity=much) for (week, key), much in sorted(needs.items())
    )
    Fact.tell("supply:needs:taken", subject=plan, moment=moment, officer=actor.officer, unit=unit.pk)
    return plan


def require_area(actor: Actor, unit: Unit) -> None:
    """Refuse in words when the unit lies outside the officer's area."""
    if actor.reach != "all" and not actor.area.holds(unit):
        raise NotAllowed(_("%(unit)s lies outside your area.") % {"unit": unit.name})


def _require_province(actor: Actor) -> None:
    if actor.area.district is not None:
        raise NotAllowed(_("How needs are met is set once for the whole province, by its own officers."))


@transaction.atomic
def map_need(
    *,
    actor: Actor,
    moment: datetime,
    key: str,
    pillar: str,
    item: Item | None = None,
    figure: str = "",
    factor: Decimal = Decimal(1),
    down_to: int = Tier.COMMUNE,
    note: str = "",
) -> NeedMapping:
    """Say by which item of the stores, or by which figure of the units, a quantity of scenarios is met."""
    actor.require(WRITE)
    _require_province(actor)
    assert actor.area.province is not None, "an officer has a province"
    mapping = NeedMapping(
        province_id=actor.area.province, key=key.strip(), pillar=pillar, item=item, figure=figure.strip(), factor=factor,
        down_to=down_to, note=note.strip(),
    )  # fmt: skip
    _check(mapping)
    mapping.save()
    Fact.tell("supply:mapping:set", subject=mapping, moment=moment, officer=actor.officer)
    return mapping


@transaction.atomic
def amend_mapping(*, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> NeedMapping:
    """Change how a quantity is met."""
    actor.require(WRITE)
    mapping: NeedMapping | None = NeedMapping.objects.visible_to(actor).select_for_update().filter(pk=pk).first()
    if mapping is None:
        raise NotHere(_("There is no such row that your post may see."))
    _require_province(actor)
    for name, value in guard_version(mapping, version, values).items():
        setattr(mapping, name, value)
    _check(mapping)
    mapping.version += 1
    mapping.save()
    Fact.tell("supply:mapping:set", subject=mapping, moment=moment, officer=actor.officer)
    return mapping


def _check(mapping: NeedMapping) -> None:
    if mapping.figure and mapping.figure not in Figure.values:
        raise Refusal(_("Units report no figure of that name."), field="figure")
    mapping.full_clean()


@transaction.atomic
def suggest_mappings(*, actor: Actor, moment: datetime) -> list[NeedMapping]:
    """Set what needs no thought: beds, places and staff are met by the figures of the same name, ventilators, oxygen
    concentrators and ambulances by the equipment that is called so. What is set stays.
    """
    actor.require(WRITE)
    _require_province(actor)
    known = set(NeedMapping.objects.visible_to(actor).values_list("key", flat=True))
    set_now = [
        map_need(actor=actor, moment=moment, key=one.value, pillar=one.pillar, figure=one.value, down_to=tier)
        for one, tier in SUGGESTED.items()
        if one.value not in known
    ]
    equipment = Item.objects.visible_to(actor).filter(kind=Item.Kind.EQUIPMENT).order_by("pk")
    for item in equipment:
        called = next((one for one, words in CALLED.items() if fold(item.name).startswith(words)), None)
        if called is not None and called.value not in known:
            key, pillar, tier = called.value, called.pillar, Tier.DISTRICT
            set_now.append(map_need(actor=actor, moment=moment, key=key, pillar=pillar, item=item, down_to=tier))
    return set_now


@transaction.atomic
def tell_figure(
    *, actor: Actor, moment: datetime, unit: Unit, key: str, quantity: Decimal | None = None, words: str = ""
) -> ReadinessFigure:
    """Keep what a unit says of itself now, in place of what it said before. Numbers for beds and teams, words for command."""
    actor.require(WRITE)
    require_area(actor, unit)
    if key not in Figure.values:
        raise Refusal(_("Units report no figure of that name."), field="key")
    figure = Figure(key)
    row: ReadinessFigure | None = ReadinessFigure.objects.select_for_update().filter(unit=unit, key=key).first()
    if row is None:
        row = ReadinessFigure(unit=unit, key=key, pillar=figure.pillar, version=0, **unit.area.columns)
        row.search_key = fold(f"{unit.name} {key} {figure.label}")[:300]
    return _told(row, figure, quantity, words, actor, moment)


@transaction.atomic
def amend_figure(*, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> ReadinessFigure:
    """Say a figure anew, from the list."""
    actor.require(WRITE)
    rows = ReadinessFigure.objects.visible_to(actor).select_for_update(of=("self",)).select_related("unit")
    row: ReadinessFigure | None = rows.filter(pk=pk).first()
    if row is None:
        raise NotHere(_("There is no such row that your post may see."))
    require_area(actor, row.unit)
    said = {"quantity": row.quantity, "words": row.words, **guard_version(row, version, values)}
    return _told(row, Figure(row.key), said["quantity"], said["words"], actor, moment)


def _told(
    row: ReadinessFigure, figure: Figure, quantity: Decimal | None, words: str, actor: Actor, moment: datetime
) -> ReadinessFigure:
    if figure.is_worded and not words.strip():
        raise Refusal(_("Write it in words: names, posts, telephones."), field="words")
    if not figure.is_worded and quantity is None:
        raise Refusal(_("Write the number."), field="quantity")
    if quantity is not None and quantity < 0:
        raise Refusal(_("A number cannot be less than 0."), field="quantity")
    row.quantity, row.words = None if figure.is_worded else quantity, words.strip()
    row.as_of, row.officer_id = moment, actor.officer
    row.version += 1
    row.save()
    Fact.tell("supply:figure:told", subject=row, moment=moment, officer=actor.officer)
    return row
