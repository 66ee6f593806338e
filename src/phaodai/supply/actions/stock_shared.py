"""What the verbs of stock share: who answers for a store, and its lock."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, for_the_installation
from phaodai.supply.models import StockLevel, Store


def mine(actor: Actor, row: Any) -> bool:
    """Whether the officer answers for a row: it lies in the area of the post, or their organisation keeps it."""
    inside = actor.reach == "all" or (actor.reach == "area" and actor.area.holds(row))
    return inside or (row.organisation_id is not None and row.organisation_id == actor.organisation)


def require_own(actor: Actor, row: Any, permission: Permission) -> None:
    """Refuse in words who has no right to a deed, or answers for another unit's rows: before a form is looked at."""
    actor.require(permission)
    if not mine(actor, row):
        raise NotAllowed(_("This belongs to another unit. You can send a request."))


def seen_store(actor: Actor, store_id: int) -> Store:
    """A store that the officer may see."""
    found = Store.objects.visible_to(actor).select_related("organisation").filter(pk=store_id).first()
    if found is None:
        raise NotHere(_("There is no such store that your post may see."))
    return found


def store_for(actor: Actor, store_id: int, *, open_only: bool = True) -> Store:
    """A store that the officer answers for, locked: its movements are written one after the other."""
    store = seen_store(actor, store_id)
    if not mine(actor, store):
        raise NotAllowed(_("This store belongs to another unit. You can send a request."))
    # Not a full lock: that would make every row that merely names the store wait.
    locked = Store.objects.select_for_update(of=("self",), no_key=True).get(pk=store.pk)
    if open_only and locked.closed_on is not None:
        raise Refusal(_("%(store)s is closed. Choose another store.") % {"store": locked.name}, field="store")
    return locked


def renew_words(actor: Actor, levels: QuerySet[StockLevel]) -> None:
    """Let balances be found by the words their item and store have now, also at stores of other units."""
    with for_the_installation(actor, "words of the stock"):
        found = list(levels.select_related("item", "batch", "store"))
        for level in found:
            level.search_key = f"{level.item.search_key} {fold(level.batch.number)} {level.store.search_key}"
        StockLevel.objects.bulk_update(found, ["search_key"], batch_size=1000)
