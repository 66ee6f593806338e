"""The catalogue: items are added and mended for the whole province."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.supply.actions.stock_shared import renew_words
from phaodai.supply.models import Item, MovementLine, StockLevel

FIELDS = ("name", "unit", "kind", "national_code", "dated", "lead_days")


@transaction.atomic
def add_item(
    *,
    actor: Actor,
    moment: datetime,
    code: str,
    name: str,
    unit: str,
    kind: str = Item.Kind.OTHER,
    national_code: str = "",
    dated: bool = True,
    lead_days: int = 7,
    province_id: int | None = None,
) -> Item:
    """Add an item under its national code, or the province's own where there is none.

    `province_id` is asked of the installation alone; an officer adds to the own province's catalogue.
    """
    actor.require(Permission.SUPPLY_STORE_MANAGE)
    province = province_id if actor.reach == "all" else actor.area.province
    if province is None or (province_id is not None and province_id != province):
        raise NotAllowed(_("Your post does not keep this catalogue."))
    item = Item(
        province_id=province, code=code.strip(), name=name.strip(), unit=unit.strip(), kind=kind,
        national_code=national_code.strip(), dated=dated, lead_days=lead_days,
    )  # fmt: skip
    _keep(item)
    Fact.tell("supply:item:added", subject=item, moment=moment, officer=actor.officer)
    return item


def _keep(item: Item) -> None:
    item.sort_key = sort_key(item.name)
    item.search_key = fold(f"{item.code} {item.national_code} {item.name}")
    item.full_clean()
    with worded():
        item.save()


@transaction.atomic
def amend_item(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Item:
    """Mend an item; its unit stays once something was counted in it."""
    actor.require(Permission.SUPPLY_STORE_MANAGE)
    item = Item.objects.visible_to(actor).select_for_update(no_key=True).filter(pk=pk).first()
    if item is None:
        raise NotHere(_("There is no such item that your post may see."))
    changes = guard_version(item, version, changes)
    if changes.get("unit", item.unit) != item.unit and MovementLine.objects.filter(item=item).exists():
        raise NotAllowed(_("Stock was counted in %(unit)s already. Add a new item instead.") % {"unit": item.unit})
    old = item.search_key
    for name, value in changes.items():
        setattr(item, name, value)
    item.version += 1
    _keep(item)
    if item.search_key != old:
        renew_words(actor, StockLevel.objects.filter(item=item))
    Fact.tell("supply:item:amended", subject=item, moment=moment, officer=actor.officer)
    return item
