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

# Stock is what may still be given out: what has expired serves nobody. Balances, use and expired batches are added up and
# not joined: under row-level security PostgreSQL takes each for a handful of rows, and would join them by nested loops.
RUNNING_OUT = """
with told as (
  select store_id, item_id, quantity as stock, 0 as used, least from supply_holding where store_id = any(%(stores)s)
  union all
  select store_id, item_id, -quantity, 0, null from supply_stocklevel
  where quantity > 0 and province_id = any(%(provinces)s) and expires_on < %(today)s and store_id = any(%(stores)s)
  union all
  select store_id, item_id, 0, quantity, null from supply_movementline
  where put_into = 'used' and day > %(since)s and day <= %(today)s and store_id = any(%(stores)s)
), summed as (
  select store_id, item_id, sum(stock) as stock, sum(used) as used, max(least) as least
  from told group by store_id, item_id
)
select store_id, item_id, stock, used, least from summed
where stock < least or (used > 0 and stock * %(days)s <= used * %(within)s)
order by stock / nullif(used, 0) nulls last, store_id, item_id
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
        "provinces": list({one.province_id for one in stores}),
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
