"""Which team has which households in its care."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household
from phaodai.surveillance.actions.areas import columns_of_area, require_inside, require_mine
from phaodai.surveillance.models import Team, TeamHousehold
from phaodai.surveillance.rules.screening_ways import Home, Ways, share_ways
from phaodai.territory.models import Unit


def proposed_ways(commune: Unit) -> tuple[Ways, list[Team]]:
    """The ways that the rule proposes for the teams of a commune that still work, and these teams."""
    teams = sorted(
        Team.objects.filter(commune_id=commune.pk, closed_on=None),
        key=lambda team: (len(team.name), team.name, team.pk),
    )
    rows = Household.objects.filter(commune_id=commune.pk).values_list(
        "pk", "hamlet__sort_key", "hamlet__code", "address"
    )
    homes = [Home(pk, f"{sort_key} {code}", address) for pk, sort_key, code, address in rows]
    return share_ways(homes, [team.pk for team in teams]), teams


@transaction.atomic
def share_households(*, actor: Actor, moment: datetime, commune: Unit) -> Ways:
    """Give every household of a commune to a team, as the rule proposes; what was moved by hand before is shared anew."""
    actor.require(Permission.SURVEILLANCE_SCREENING_PLAN)
    require_inside(actor, commune)
    ways, teams = proposed_ways(commune)
    if not teams:
        raise Refusal(_("This commune has no team yet. Add one first."), field="team")
    area = columns_of_area(commune)
    rows = [
        TeamHousehold(team_id=team, household_id=household, position=position, **area)
        for team, households in ways.by_team.items()
        for position, household in enumerate(households, start=1)
    ]
    _keep(rows)
    Fact.tell(
        "surveillance:screening:shared", subject=teams[0], moment=moment, officer=actor.officer, households=len(rows)
    )
    return ways


def _keep(rows: Sequence[TeamHousehold]) -> None:
    TeamHousehold.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["household"], update_fields=["team", "position"], batch_size=5000
    )


@transaction.atomic
def move_households(*, actor: Actor, moment: datetime, household_ids: Sequence[int], team_id: int) -> Team:
    """Give some households to another team of their commune, at the end of its way."""
    actor.require(Permission.SURVEILLANCE_SCREENING_PLAN)
    team = Team.objects.select_for_update().filter(pk=team_id).first()
    homes = list(Household.objects.filter(pk__in=household_ids).order_by("pk"))
    if team is None or not homes or len(homes) != len(set(household_ids)):
        raise NotHere(_("There is no such team or household, or your post may not see it."))
    require_mine(actor, team)
    if team.closed_on or any(home.commune_id != team.commune_id for home in homes):
        raise Refusal(_("Choose a team that still works, of the commune where the households are."), field="team")
    last = TeamHousehold.objects.filter(team=team).aggregate(last=Max("position"))["last"] or 0
    area = columns_of_area(team)
    rows = [
        TeamHousehold(team=team, household=home, position=last + step, **area)
        for step, home in enumerate(homes, start=1)
    ]
    _keep(rows)
    Fact.tell("surveillance:screening:moved", subject=team, moment=moment, officer=actor.officer, households=len(rows))
    return team
