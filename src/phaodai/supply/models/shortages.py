"""What runs out first, over many stores at once: one statement whatever the number of items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from phaodai.supply.models.items import Item
from phaodai.supply.models.stores import Store
from phaodai.supply.rules.stock import USE_DAYS

# Stock is what may still be given out: what has expired serves nobody. `filtered` keeps to the stores asked for.
RUNNING_OUT = """
with used as (
  select store_id, item_id, sum(quantity) total from supply_movementline
  where put_into = 'used' and day > %(since)s and day <= %(today)s and store_id = any(%(stores)s)
  group by store_id, item_id
), expired as (
  select store_id, item_id, sum(quantity) total from supply_stocklevel
  where quantity > 0 and expires_on < %(today)s and store_id = any(%(stores)s)
  group by store_id, item_id
)
select holding.store_id, holding.item_id, holding.quantity - coalesce(expired.total, 0) as stock,
  coalesce(used.total, 0) as used, holding.least
from supply_holding holding
left join used using (store_id, item_id) left join expired using (store_id, item_id)
where holding.store_id = any(%(stores)s) and (used.total > 0 or holding.least > holding.quantity)
  and (holding.quantity - coalesce(expired.total, 0) < coalesce(holding.least, 0)
    or (holding.quantity - coalesce(expired.total, 0)) * %(days)s <= used.total * %(within)s)
order by (holding.quantity - coalesce(expired.total, 0)) / nullif(used.total, 0) nulls last, holding.id
limit %(limit)s
"""
WITHIN_DAYS = 30


@dataclass(frozen=True)
class Shortage:
    """One item at one store: what may be given out, what went out in `USE_DAYS` days, the least that should lie there."""

    store: Store
    item: Item
    stock: Decimal
    used: Decimal
    least: Decimal | None


def running_out(stores: Sequence[Store], today: date, limit: int) -> list[Shortage]:
    """What lasts no more than `WITHIN_DAYS` days or lies below its least, the shortest first."""
    asked: dict[str, Any] = {
        "stores": [one.pk for one in stores],
        "today": today,
        "since": today - timedelta(days=USE_DAYS),
        "days": USE_DAYS,
        "within": WITHIN_DAYS,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(RUNNING_OUT, asked)
        rows = cursor.fetchall()
    items, by_id = Item.objects.in_bulk([row[1] for row in rows]), {one.pk: one for one in stores}
    return [Shortage(by_id[store], items[item], stock, used, least) for store, item, stock, used, least in rows]
