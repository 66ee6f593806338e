"""Today's doors of a team, as the phone keeps them: households in walking order with initials and years, never full names."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from phaodai.foundation.scope import Actor
from phaodai.people.models import Household, Person
from phaodai.surveillance.models import Round, ScreenedDoor, ScreeningFinding, Team, TeamHousehold
from phaodai.surveillance.models.screening_figures import teams_of
from phaodai.surveillance.pages.symptom_words import WORDS


def list_for(actor: Actor, today: date, now: datetime, team_id: int) -> dict[str, Any]:
    """What a phone holds: the round that runs, the officer's teams, and the doors of the chosen one (0: none yet)."""
    teams = teams_of(actor)
    team = next((one for one in teams if one.pk == team_id), None)
    going = Round.objects.visible_to(actor).running(today).order_by("starts_on", "pk").first()
    return {
        "officer": {"id": actor.officer, "name": actor.name, "at": actor.organisation_name},
        "now": now.isoformat(),
        "teams": [{"id": one.pk, "name": one.name, "doors": one.doors} for one in teams],
        "team": team.pk if team else 0,
        "round": _round(going) if going else None,
        "doors": _doors(team, going) if team and going else [],
    }


def _round(going: Round) -> dict[str, Any]:
    asked = [{"code": code, "label": str(WORDS[code])} for code in going.questions if code in WORDS]
    return {"id": going.pk, "name": going.name, "until": going.ends_on.isoformat(), "questions": asked}


def _doors(team: Team, going: Round) -> list[dict[str, Any]]:
    assigned = TeamHousehold.objects.filter(team=team).select_related("household__hamlet").order_by("position", "pk")
    homes = [row.household for row in assigned]
    people: dict[int, list[Person]] = defaultdict(list)
    for person in Person.objects.current().filter(household__in=homes).order_by("birth_year", "pk"):
        people[person.household_id or 0].append(person)
    standing, found = _stand(going, [home.pk for home in homes])
    return [
        {
            "id": home.pk,
            "lane": home.hamlet.name,
            "address": house_of(home),
            "standing": standing.get(home.pk, ""),
            "people": [{"id": one.pk, "name": one.masked, "state": found.get(one.pk, "")} for one in people[home.pk]],
        }
        for home in homes
        if people[home.pk]
    ]


def house_of(home: Household) -> str:
    """The address without its hamlet, which stands above the doors; empty where nothing else is known."""
    return home.address.removesuffix(home.hamlet.name).rstrip(", ")


def _stand(going: Round, homes: list[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Where the doors stand, and what was found of each person at the last visit."""
    doors = ScreenedDoor.objects.filter(round=going, household__in=homes)
    rows = list(doors.values_list("household_id", "standing", "record_id"))
    findings = ScreeningFinding.objects.filter(record__in=[record for _home, _standing, record in rows])
    return {home: standing for home, standing, _record in rows}, dict(findings.values_list("person_id", "state"))
