"""Fridges and their logs: readings are kept, excursions found, lots held, and somebody decides what becomes of them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.supply.actions.stock_shared import mine
from phaodai.supply.models import Store
from phaodai.vaccination.actions.cold_following import hold_harmed
from phaodai.vaccination.actions.lots import release_hold
from phaodai.vaccination.actions.plan_shared import cold_place_for
from phaodai.vaccination.models import ColdChainLog, ColdPlace, ColdReading, Excursion
from phaodai.vaccination.rules.cold_chain import WORKING_GAP, WORKING_RANGES, Reading, Stretch, excursions


@transaction.atomic
def add_cold_place(
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    kind: str = ColdPlace.Kind.FRIDGE,
    store: Store | None = None,
    serial: str = "",
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> ColdPlace:
    """Register a fridge of the officer's organisation; without a range it begins with the working range of its kind."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    if not name.strip():
        raise Refusal(_("Give the fridge a name."), field="name")
    organisation = store.organisation if store else Organisation.objects.get(pk=actor.organisation)
    if store is not None and not mine(actor, store):
        raise NotAllowed(_("This store belongs to another unit. You can send a request."))
    least, most = WORKING_RANGES[kind]
    place = ColdPlace(
        name=name.strip(), kind=kind, store=store, organisation=organisation, serial=serial.strip(),
        low=least if low is None else low, high=most if high is None else high, **Area.of(organisation).columns,
    )  # fmt: skip
    _keep(place)
    Fact.tell("vaccination:coldchain:registered", subject=place, moment=moment, officer=actor.officer)
    return place


def _keep(place: ColdPlace) -> None:
    place.sort_key, place.search_key = sort_key(place.name), fold(f"{place.name} {place.serial}")
    with worded():
        place.save()


@transaction.atomic
def amend_cold_place(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> ColdPlace:
    """Change the name, the serial number, the store or the range of a fridge."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    place = cold_place_for(actor, pk)
    if "store" in changes and changes["store"] != place.store and place.levels.there().exists():
        raise Refusal(_("Vials of its store lie in this fridge. Move them out first."), field="store")
    for name, value in guard_version(place, version, changes).items():
        setattr(place, name, value)
    place.version += 1
    _keep(place)
    Fact.tell("vaccination:coldchain:amended", subject=place, moment=moment, officer=actor.officer)
    return place


@transaction.atomic
def take_log(
    *,
    actor: Actor,
    moment: datetime,
    place_id: int,
    name: str,
    content: bytes,
    readings: Sequence[Reading],
    parked: int = 0,
) -> tuple[ColdChainLog, list[Excursion]]:
    """Keep the readings of a file and look for excursions in what they add; the same file twice changes nothing."""
    actor.require(Permission.VACCINATION_SESSION_RUN)
    place = cold_place_for(actor, place_id)
    if not readings:
        raise Refusal(
            _("No reading was found in the file. It needs a column of times and one of degrees."), field="file"
        )
    if readings[-1].at > moment:
        raise Refusal(_("The log goes beyond now. Look at the clock of the thermometer."), field="file")
    digest = sha256(content).hexdigest()
    before = ColdChainLog.objects.filter(place=place, sha256=digest).first()
    if before is not None:
        return before, []
    _write_readings(place, readings)
    log = ColdChainLog.objects.create(
        place=place, name=name[:255], sha256=digest, since=readings[0].at, until=readings[-1].at,
        readings=len(readings), parked=parked, taken_in_at=moment, officer_id=actor.officer, **Area.of(place).columns,
    )  # fmt: skip
    found = _look(place, readings[0].at, readings[-1].at, actor, moment)
    _remember_last(place)
    return log, found


def _write_readings(place: ColdPlace, readings: Sequence[Reading]) -> None:
    area = Area.of(place).columns
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into vaccination_coldreading (place_id, at, celsius, province_id, district_id, commune_id)"
            " select %s, at, celsius, %s, %s, %s from unnest(%s::timestamptz[], %s::numeric[]) as told (at, celsius)"
            " on conflict (place_id, at) do nothing",
            [place.pk, *area.values(), [one.at for one in readings], [one.celsius for one in readings]],
        )


def _look(place: ColdPlace, since: datetime, until: datetime, actor: Actor, moment: datetime) -> list[Excursion]:
    """Excursions in the new readings and a little around them, so that a stretch over two files is one."""
    rows = ColdReading.objects.filter(place=place).order_by("at").values_list("at", "celsius")
    # The last reading before the file, so that a gap before its beginning is seen.
    earlier = rows.filter(at__lt=since - WORKING_GAP).reverse()[:1]
    around = rows.filter(at__range=(since - WORKING_GAP, until + WORKING_GAP))
    readings = [Reading(at, celsius) for at, celsius in chain(earlier, around)]
    found = [_raise(place, one, actor, moment) for one in excursions(readings, low=place.low, high=place.high)]
    return [one for one in found if one]


def _raise(place: ColdPlace, stretch: Stretch, actor: Actor, moment: datetime) -> Excursion | None:
    """Write an excursion once, hold the lots that lie there, and tell; one that lasts longer holds what came in since."""
    known = Excursion.objects.filter(
        place=place, kind=stretch.kind, began_at__lte=stretch.ended_at, ended_at__gte=stretch.began_at
    )
    if known.exists():
        for longer in known.filter(ended_at__lt=stretch.ended_at):
            longer.ended_at = stretch.ended_at
            longer.save(update_fields=["ended_at", "updated_at"])
            if longer.decided_at is None:
                hold_harmed(longer, actor=actor, moment=moment)
        return None
    excursion = Excursion.objects.create(
        place=place, kind=stretch.kind, began_at=stretch.began_at, ended_at=stretch.ended_at, worst=stretch.worst,
        low=place.low, high=place.high, found_at=moment, **Area.of(place).columns,
    )  # fmt: skip
    held = hold_harmed(excursion, actor=actor, moment=moment)
    Fact.tell(
        "vaccination:coldchain:excursion", subject=excursion, moment=moment, officer=actor.officer, place=place.pk,
        what=stretch.kind, minutes=excursion.minutes, lots=held,
    )  # fmt: skip
    return excursion


def _remember_last(place: ColdPlace) -> None:
    last = ColdReading.objects.filter(place=place).order_by("-at").first()
    if last is not None:
        place.last_read_at, place.last_celsius = last.at, last.celsius
        place.save(update_fields=["last_read_at", "last_celsius"])


@transaction.atomic
def decide_excursion(*, actor: Actor, moment: datetime, excursion_id: int, decision: str, reason: str) -> Excursion:
    """Decide what becomes of the vaccine; its lots are let go, or stay forbidden until they are written off."""
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    found = Excursion.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=excursion_id).first()
    if found is None:
        raise NotHere(_("There is no such alarm that your post may see."))
    if found.decided_at is not None:
        raise Refusal(_("Somebody decided this already."))
    if decision not in Excursion.Decision.values:
        raise Refusal(_("Say whether the vaccine may be used or is thrown away."), field="decision")
    if not reason.strip():
        raise Refusal(_("Say what becomes of the vaccine, and why."), field="reason")
    found.decision, found.reason = decision, reason.strip()[:300]
    found.decided_at, found.decided_by_id, found.version = moment, actor.officer, found.version + 1
    with worded():
        found.save()
    for hold in found.holds.filter(released_at=None):
        release_hold(actor=actor, moment=moment, hold_id=hold.pk, outcome=decision, reason=reason)
    Fact.tell("vaccination:coldchain:decided", subject=found, moment=moment, officer=actor.officer, decision=decision)
    return found
