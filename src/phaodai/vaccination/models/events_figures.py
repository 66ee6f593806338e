"""Reactions by lot beside those of the product: what makes somebody look at a lot."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count

from phaodai.foundation.scope import Actor
from phaodai.vaccination.models.doses import Dose, listed
from phaodai.vaccination.models.events import AdverseReaction
from phaodai.vaccination.rules.events import LotSignal


class LotLine(NamedTuple):
    """A lot with its reactions: the row id, what it is, and the figures."""

    lot: int
    product: str
    number: str
    signal: LotSignal


def lot_signals(actor: Actor) -> list[LotLine]:
    """Every lot with a reaction that the officer may see, the least likely by chance first.

    Doses are counted once for the lots and products that reactions name, by their index.
    """
    reactions = AdverseReaction.objects.filter(listed(actor)).exclude(dose__lot=None)
    told = reactions.values_list("dose__lot_id", "dose__lot__product", "dose__lot__number").annotate(count=Count("id"))
    rows = list(told.order_by())
    if not rows:
        return []
    products = {product for _lot, product, _number, _count in rows}
    given = Dose.objects.filter(listed(actor)).counted().filter(lot__product__in=products)
    counted = list(given.order_by().values_list("lot_id", "lot__product").annotate(count=Count("id")))
    doses = {lot: count for lot, _product, count in counted}
    by_product: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for _lot, product, count in counted:
        by_product[product][1] += count
    for _lot, product, _number, count in rows:
        by_product[product][0] += count
    lines = [
        LotLine(lot, product, number, LotSignal(count, doses.get(lot, 0), *by_product[product]))
        for lot, product, number, count in rows
    ]
    return sorted(lines, key=lambda line: 1.0 if line.signal.chance is None else line.signal.chance)
