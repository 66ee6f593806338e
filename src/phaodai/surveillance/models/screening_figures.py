"""What the pages of screening read: teams with their doors, coverage by hamlet and by commune, who is to be visited again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from phaodai.foundation.scope import Actor
from phaodai.people.models import Household
from phaodai.surveillance.models.contacts import Team
from phaodai.surveillance.models.screening import (
    Round,
    ScreenedDoor,
    ScreeningFinding,
    ScreeningRecord,
    Standing,
    TestRequest,
)
from phaodai.surveillance.rules.screening_coverage import Coverage, coverage_of, covered


def teams_of(actor: Actor) -> Sequence[Any]:
    """The teams of the officer's commune that work, each with the number of `doors` in its care; none above a commune."""
    if actor.area.commune is None:
        return []
    teams = Team.objects.filter(commune_id=actor.area.commune, closed_on=None)
    return list(teams.annotate(doors=Count("households")).order_by("name", "pk"))


def coverage_by_hamlet(going: Round) -> dict[int, Coverage]:
    """How far a round has come in each hamlet of its commune, by the hamlet's row id; every household with people counts."""
    homes = Household.objects.filter(commune_id=going.commune_id, members__merged_into=None, members__isnull=False)
    counted = homes.values_list("hamlet_id").annotate(homes=Count("pk", distinct=True)).order_by()
    seen = ScreenedDoor.objects.filter(round=going).values_list("hamlet_id", "standing")
    return covered(dict(counted), seen.annotate(doors=Count("pk")).order_by())


def coverage_by_round(rounds: Sequence[Round]) -> dict[int, Coverage]:
    """How far each of some rounds has come, by its row id."""
    communes = [going.commune_id for going in rounds]
    counted = Household.objects.filter(commune_id__in=communes).values_list("commune_id").annotate(homes=Count("pk"))
    homes = dict(counted.order_by())
    seen = ScreenedDoor.objects.filter(round__in=rounds).values_list("round_id", "standing")
    found = covered(
        {going.pk: homes.get(going.commune_id or 0, 0) for going in rounds},
        seen.annotate(doors=Count("pk")).order_by(),
    )
    return {going.pk: found.get(going.pk, coverage_of(0, 0, 0)) for going in rounds}


def coverage_by_team(going: Round) -> list[tuple[Any, Coverage]]:
    """The teams of the round's commune that work, with how far each has come."""
    doors = Q(households__household__in=ScreenedDoor.objects.filter(round=going).values("household"))
    done = ScreenedDoor.objects.filter(round=going, standing=Standing.DONE).values("household")
    teams = Team.objects.filter(commune_id=going.commune_id, closed_on=None).annotate(
        homes=Count("households", distinct=True),
        seen=Count("households", filter=doors, distinct=True),
        met=Count("households", filter=Q(households__household__in=done), distinct=True),
    )
    rows = teams.order_by("name", "pk")
    return [(team, coverage_of(team.homes, team.met, team.seen - team.met)) for team in rows]


def to_visit_again(going: Round, most: int) -> list[Any]:
    """Doors where somebody was not met, the longest ago first, with their last record."""
    doors = ScreenedDoor.objects.filter(round=going, standing=Standing.ABSENT)
    return list(doors.select_related("household__hamlet", "record__team").order_by("at", "pk")[:most])


def with_symptoms(going: Round, most: int) -> list[Any]:
    """People found with symptoms at the last visit of their door, the latest first."""
    last = ScreenedDoor.objects.filter(round=going).values("record")
    found = ScreeningFinding.objects.filter(
        commune_id=going.commune_id, record__in=last, state=ScreeningFinding.State.SYMPTOMS
    )
    return list(found.select_related("person", "record__household").order_by("-record__at", "pk")[:most])


def requests_of(going: Round) -> dict[int, Any]:
    """What was asked for in a round, by person."""
    return {one.person_id: one for one in TestRequest.objects.filter(round=going)}


def visits_since(going: Round, since: datetime) -> int:
    """Visits of a round since a moment."""
    return ScreeningRecord.objects.filter(round=going, at__gte=since).count()
