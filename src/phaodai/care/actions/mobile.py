"""Mobile health stations: opened with a team, a store and hamlets, amended, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.models import HomeCare, MobileStation, MobileStationHamlet, Team
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation
from phaodai.supply.models import Store
from phaodai.territory.models import Unit

AMENDED = ("name", "phone", "opens", "closes", "capacity", "team", "store")
HAMLET_TIER = 4


@dataclass(frozen=True)
class Station:
    """What a mobile station is: its name, telephone, hours, how many people it can look after, its team and store."""

    name: str
    phone: str
    opens: time
    closes: time
    capacity: int
    team_id: int | None = None
    store_id: int | None = None


@transaction.atomic
def open_mobile_station(
    *,
    actor: Actor,
    moment: datetime,
    organisation: Organisation,
    station: Station,
    hamlets: Sequence[int] = (),
    opened_on: date | None = None,
) -> MobileStation:
    """Open a mobile station of an organisation for some hamlets (row ids). Tells `care:mobile:opened`.

    People in treatment at home in these hamlets are looked after by it from now on.
    """
    actor.require(Permission.CARE_ROSTER_MANAGE)
    _require_mine(actor, organisation)
    made = MobileStation(
        organisation=organisation,
        opened_on=opened_on or moment.astimezone(VIETNAM).date(),
        **vars(station),
        **organisation.area.columns,
    )
    made.sort_key, made.search_key = sort_key(made.name), fold(f"{made.name} {organisation.short_name}")
    _require_fit(actor, made)
    made.full_clean()
    made.save()
    _cover(made, hamlets)
    return _tell(made, "opened", actor, moment)


def _require_mine(actor: Actor, organisation: Organisation) -> None:
    inside = actor.reach != "own" and actor.area.holds(organisation)
    if not (inside or organisation.pk == actor.organisation):
        raise NotAllowed(_("This organisation belongs to another area. You can send a request."))


def _require_fit(actor: Actor, made: MobileStation) -> None:
    """Team and store are named by row id; those of elsewhere are as if they were not there."""
    if made.team_id and not Team.objects.visible_to(actor).standing().filter(pk=made.team_id).exists():
        raise Refusal(_("Choose a team that stands."), field="team")
    if made.store_id and not Store.objects.visible_to(actor).open().filter(pk=made.store_id).exists():
        raise Refusal(_("Choose a store that is open."), field="store")


def _cover(station: MobileStation, hamlets: Sequence[int]) -> None:
    """Take hamlets of the station's own area over, with the people in treatment there."""
    area = {name: value for name, value in station.organisation.area.columns.items() if value is not None}
    found = Unit.objects.filter(pk__in=hamlets, tier=HAMLET_TIER, **area)
    if len(found) != len(set(hamlets)):
        raise Refusal(_("Choose hamlets of the station's own area."), field="hamlets")
    for hamlet in found:
        ground = MobileStationHamlet(station=station, hamlet=hamlet)
        ground.full_clean()
        ground.save()
    HomeCare.objects.going_on().filter(household__hamlet__in=found).update(mobile_station=station)


def _station_for(actor: Actor, pk: int) -> MobileStation:
    actor.require(Permission.CARE_ROSTER_MANAGE)
    rows = MobileStation.objects.visible_to(actor).select_for_update(of=("self",)).select_related("organisation")
    station = rows.filter(pk=pk).first()
    if station is None:
        raise NotHere(_("There is no such mobile station that your post may see."))
    _require_mine(actor, station.organisation)
    if station.closed_on is not None:
        raise Refusal(_("%(station)s is closed.") % {"station": station.name})
    return station


@transaction.atomic
def amend_mobile_station(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> MobileStation:
    """Correct name, telephone, hours, capacity, team or store."""
    station = _station_for(actor, pk)
    if set(changes) - set(AMENDED):
        raise Refusal(_("This cannot be changed here."))
    for name, value in guard_version(station, version, changes).items():
        setattr(station, name, value)
    station.sort_key = sort_key(station.name)
    station.search_key = fold(f"{station.name} {station.organisation.short_name}")
    _require_fit(actor, station)
    return _keep(station, "amended", actor, moment)


@transaction.atomic
def close_mobile_station(*, actor: Actor, moment: datetime, pk: int) -> MobileStation:
    """Close a mobile station; its people go back to the commune's station. Tells `care:mobile:closed`."""
    station, day = _station_for(actor, pk), moment.astimezone(VIETNAM).date()
    station.grounds.filter(until=None).update(until=day)
    HomeCare.objects.going_on().filter(mobile_station=station).update(mobile_station=None)
    station.closed_on = day
    return _keep(station, "closed", actor, moment)


def _keep(station: MobileStation, what: str, actor: Actor, moment: datetime) -> MobileStation:
    station.version += 1
    station.full_clean()
    station.save()
    return _tell(station, what, actor, moment)


def _tell(station: MobileStation, what: str, actor: Actor, moment: datetime) -> MobileStation:
    Fact.tell(f"care:mobile:{what}", subject=station, moment=moment, officer=actor.officer)
    return station
