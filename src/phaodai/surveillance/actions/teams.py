"""The community teams of a commune, and which of them goes to whom."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Household, Person
from phaodai.surveillance.actions.areas import require_mine
from phaodai.surveillance.actions.follow_up import contacts_for
from phaodai.surveillance.models import Contact, Team
from phaodai.surveillance.rules.sharing import Crew, Door, Point, share_evenly, share_nearest
from phaodai.territory.models import Tier, Unit

AMENDABLE = ("name", "leader", "phone", "longitude", "latitude", "closed_on")


@transaction.atomic
def create_team(*, actor: Actor, moment: datetime, name: str, commune: Unit | None = None, **values: Any) -> Team:
    """Add a team to a commune: the officer's own, or one that is named inside the officer's area."""
    actor.require(Permission.SURVEILLANCE_CONTACT_FOLLOW)
    area = commune.area if commune else actor.area
    if area.commune is None or area.province is None or (commune and commune.tier != Tier.COMMUNE):
        raise Refusal(_("Name the commune of the team."), field="commune")
    team = Team(name=name.strip(), province_id=area.province, district_id=area.district, commune_id=area.commune)
    require_mine(actor, team)
    _set(team, values)
    team.full_clean()
    team.save()
    Fact.tell("surveillance:team:created", subject=team, moment=moment, officer=actor.officer)
    return team


@transaction.atomic
def amend_team(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Team:
    """Change a team's name, leader, telephone or place, or close it."""
    actor.require(Permission.SURVEILLANCE_CONTACT_FOLLOW)
    team = Team.objects.select_for_update().filter(pk=pk).first()
    if team is None:
        raise NotHere(_("There is no such team, or your post may not see it."))
    require_mine(actor, team)
    _set(team, guard_version(team, version, changes))
    team.version += 1
    team.full_clean()
    team.save()
    Fact.tell("surveillance:team:amended", subject=team, moment=moment, officer=actor.officer, fields=sorted(changes))
    return team


def _set(team: Team, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(team, name, value)


@transaction.atomic
def assign_team(*, actor: Actor, moment: datetime, contact_ids: Sequence[int], team_id: int) -> list[Contact]:
    """Give contacts to one team."""
    contacts = contacts_for(actor, contact_ids)
    return _give(contacts, dict.fromkeys([one.pk for one in contacts], _teams([team_id])[0].pk), actor, moment)


@transaction.atomic
def share_out(
    *,
    actor: Actor,
    moment: datetime,
    contact_ids: Sequence[int],
    team_ids: Sequence[int] = (),
    by: Literal["evenly", "nearest"] = "evenly",
) -> list[Contact]:
    """Share contacts among teams (all open ones of their communes, by default), households together."""
    contacts = contacts_for(actor, contact_ids)
    shared: dict[int, int] = {}
    communes = defaultdict(list)
    for contact in contacts:
        communes[contact.commune_id].append(contact)
    for commune, neighbours in communes.items():
        teams = _teams(team_ids) if team_ids else _open_teams(commune)
        crews, doors = _crews(teams, neighbours), _doors(neighbours)
        shared |= share_nearest(doors, crews) if by == "nearest" else share_evenly(doors, crews)
    return _give(contacts, shared, actor, moment)


def _teams(team_ids: Sequence[int]) -> list[Team]:
    teams = list(Team.objects.filter(pk__in=team_ids, closed_on=None).order_by("pk"))
    if not teams or len(teams) != len(set(team_ids)):
        raise Refusal(_("Choose a team that still works."), field="team")
    return teams


def _open_teams(commune: int | None) -> list[Team]:
    teams = list(Team.objects.filter(commune_id=commune, closed_on=None).order_by("pk"))
    if not teams:
        raise Refusal(_("This commune has no team yet. Add one first."), field="team")
    return teams


def _crews(teams: Sequence[Team], moved: Sequence[Contact]) -> list[Crew]:
    """The teams with what they carry already, apart from those who are shared out now."""
    elsewhere = Q(contacts__state=Contact.State.FOLLOWED) & ~Q(contacts__in=[one.pk for one in moved])
    loads = dict(
        Team.objects.filter(pk__in=[team.pk for team in teams])
        .annotate(load=Count("contacts", filter=elsewhere))
        .values_list("pk", "load")
    )
    return [Crew(team.pk, loads[team.pk], _point(team)) for team in teams]


def _point(row: Any) -> Point | None:
    known = row.longitude is not None and row.latitude is not None
    return Point(row.longitude, row.latitude) if known else None


def _doors(contacts: Sequence[Contact]) -> list[Door]:
    """Contacts by household, with the middle of the household's hamlet."""
    persons = {one.person_id for one in contacts}
    lives = dict(Person.objects.filter(pk__in=persons).values_list("pk", "household_id"))
    homes = Household.objects.select_related("hamlet").in_bulk({home for home in lives.values() if home})
    behind: dict[tuple[str, int], list[int]] = defaultdict(list)
    for one in contacts:
        home = lives.get(one.person_id)
        behind[("home", home) if home else ("person", one.person_id)].append(one.pk)
    return [
        Door(tuple(ids), _point(homes[key].hamlet) if kind == "home" else None) for (kind, key), ids in behind.items()
    ]


def _give(contacts: Sequence[Contact], shared: dict[int, int], actor: Actor, moment: datetime) -> list[Contact]:
    changed = [one for one in contacts if one.team_id != shared[one.pk]]
    for contact in changed:
        contact.team_id = shared[contact.pk]
        contact.version += 1
        contact.updated_at = moment
    Contact.objects.bulk_update(changed, ["team", "version", "updated_at"])
    if changed:
        Fact.tell(
            "surveillance:contacts:assigned",
            subject=changed[0],
            moment=moment,
            officer=actor.officer,
            count=len(changed),
        )
    return list(contacts)
