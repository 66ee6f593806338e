"""How many vials of a lot lie in which fridge: a ledger of its own inside each store, and the balances that follow from it."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.constraints import say_constraint
from phaodai.foundation.models import AreaColumns
from phaodai.people.models import Officer
from phaodai.supply.models import Store
from phaodai.vaccination.models.cold_chain import ColdPlace
from phaodai.vaccination.models.lots import VaccineLot

# Zero is put in first, because PostgreSQL checks a row that is to be inserted before it looks whether there is one already.
KEEP_LEVELS = """
insert into vaccination_coldlevel (place_id, lot_id, store_id, vials, province_id, district_id, commune_id)
  select distinct place, lot_id, store_id, 0, province_id, district_id, commune_id
  from written line, unnest(array[line.taken_from_id, line.put_into_id]) place where place is not null
  on conflict (place_id, lot_id) do nothing;
update vaccination_coldlevel level set vials = level.vials + change.vials
  from (
    select place, lot_id, sum(vials) as vials from (
      select put_into_id as place, lot_id, vials from written
      union all select taken_from_id, lot_id, -vials from written
    ) moved where place is not null group by place, lot_id
  ) change
  where level.place_id = change.place and level.lot_id = change.lot_id;
if exists (
  select 1 from (select distinct store_id, lot_id from written) touched
  join vaccination_vaccinelot lot on lot.id = touched.lot_id
  where (select coalesce(sum(level.vials), 0) from vaccination_coldlevel level
      where level.store_id = touched.store_id and level.lot_id = touched.lot_id)
    > (select coalesce(sum(stock.quantity), 0) from supply_stocklevel stock
      where stock.store_id = touched.store_id and stock.batch_id = lot.batch_id)
) then
  raise exception 'more vials in fridges than in the store'
    using errcode = 'check_violation', constraint = 'fridges_hold_what_the_store_has', table = 'vaccination_coldline';
end if;
return null;
"""

say_constraint(
    "fridges_hold_what_the_store_has",
    _(
        "The store does not have so many vials of this lot outside its fridges. Correct the number, or receive them first."
    ),
)
say_constraint(
    "held_vials_stay",
    _(
        "Some vials of this lot are held after an alarm of their fridge. Give out fewer; what is thrown away is written off"
        " on the page of the fridge."
    ),
)
say_constraint(
    "fridge_is_named",
    _("This lot lies in several fridges of the store. Take the vials out on the page of their fridge first."),
)


class ColdLine(AreaColumns):
    """Some vials of a lot, from one fridge of a store into another, or to or from its shelf: the rest of the store.

    Double entry by shape, as the lines of the stock's ledger are: the fridges and the shelf together hold what the store
    has of the lot.
    """

    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    lot = models.ForeignKey(VaccineLot, models.PROTECT, related_name="cold_lines")
    vials = models.PositiveIntegerField(_("Vials"))
    taken_from = models.ForeignKey(
        ColdPlace, models.PROTECT, null=True, related_name="taken", db_comment="empty: from no fridge of the store"
    )
    put_into = models.ForeignKey(
        ColdPlace, models.PROTECT, null=True, related_name="came", db_comment="empty: into no fridge of the store"
    )
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(unique=True, db_comment="made by the form: the same deed sent twice is done once")
    movement_key = models.UUIDField(null=True, db_comment="of the stock's movement with which the vials left or came")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(vials__gt=0),
                name="cold_line_moves_something",
                violation_error_message=_("Write how many vials."),
            ),
            models.CheckConstraint(
                condition=~Q(taken_from=None, put_into=None)
                & (Q(taken_from=None) | Q(put_into=None) | ~Q(taken_from=F("put_into"))),
                name="cold_line_between_two_places",
            ),
        ]
        indexes = [models.Index(fields=["store", "lot", "at"], name="cold_lines_of_lot")]
        triggers = [
            pgtrigger.Trigger(
                name="keep_cold_levels",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="written"),  # type: ignore[no-untyped-call]  # the library's own gap
                func=KEEP_LEVELS,
            ),
            pgtrigger.Protect(name="cold_line_stays_as_written", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class ColdLevelQuerySet(models.QuerySet["ColdLevel"]):
    """What lies in fridges."""

    def there(self) -> Self:
        """Lots of which a fridge holds vials."""
        return self.filter(vials__gt=0)


class ColdLevel(AreaColumns):
    """How many vials of a lot lie in a fridge: the sum of its lines, kept by their trigger."""

    place = models.ForeignKey(ColdPlace, models.PROTECT, related_name="levels")
    lot = models.ForeignKey(VaccineLot, models.PROTECT, related_name="cold_levels")
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    vials = models.IntegerField()

    objects = ColdLevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "lot"], name="cold_level_once"),
            models.CheckConstraint(
                condition=Q(vials__gte=0),
                name="fridge_never_below_nothing",
                violation_error_message=_("The fridge does not hold so many vials of this lot."),
            ),
        ]
        indexes = [models.Index(fields=["store", "lot"], name="cold_levels_of_store")]
