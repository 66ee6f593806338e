"""A round of screening under way: the district of Tân Lộc opened it on 23 November, two communes have begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from demo import SEED
from demo.directives import at
from demo.outbreak import HOA_XUAN, TAN_LOC
from demo.streams import stream
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Household, Organisation, Person, Post
from phaodai.surveillance.actions.rounds import plan_round
from phaodai.surveillance.actions.screening import BATCH_AT_MOST, Batch, receive_batch
from phaodai.surveillance.actions.screening_teams import share_households
from phaodai.surveillance.actions.teams import create_team
from phaodai.surveillance.models import Round, Team, TeamHousehold
from phaodai.territory.models import Tier, Unit

NAME = "Rà soát từng nhà, vòng 2"
OPENED, FROM, UNTIL = at(23, 7, 30), at(23, 0, 0).date(), at(27, 0, 0).date()
EVENING, SYNCED = at(23, 17, 30), at(23, 21, 5)
COVERED = {TAN_LOC: 0.62, HOA_XUAN: 0.35}
HOMES_A_TEAM, TEAMS_AT_MOST = 40, 30
NOBODY_HOME, COUGHS = 0.07, 0.012


def load_screening(units: Mapping[str, Unit]) -> None:
    """Rounds in every commune of the district; teams, ways and the first evening's visits where the outbreak is."""
    communes = {
        unit.bare_name: unit for unit in units.values() if unit.tier == Tier.COMMUNE and unit.bare_name in COVERED
    }
    district = next(unit for unit in units.values() if unit.pk == communes[TAN_LOC].district_id)
    with clock.at(OPENED), entering(SYSTEM, why="demo"):
        plan_round(
            actor=SYSTEM, moment=OPENED, unit=district, name=NAME, starts_on=FROM, ends_on=UNTIL, target_percent=95
        )  # fmt: skip
    for name, commune in communes.items():
        _share(commune)
        _Evening(commune, stream(SEED, "screening", name)).walk(COVERED[name])


def _share(commune: Unit) -> None:
    with clock.at(OPENED), entering(SYSTEM, why="demo"):
        homes = Household.objects.filter(commune_id=commune.pk).count()
        wanted = min(TEAMS_AT_MOST, -(-homes // HOMES_A_TEAM))
        for number in range(Team.objects.filter(commune_id=commune.pk).count() + 1, wanted + 1):
            create_team(actor=SYSTEM, moment=OPENED, name=f"Tổ {number}", commune=commune)
        share_households(actor=SYSTEM, moment=OPENED, commune=commune)


@dataclass
class _Evening:
    """The first evening of one commune, as the phones of its teams sent it."""

    commune: Unit
    rng: np.random.Generator

    def walk(self, share: float) -> None:
        """Visits at a share of the doors of each way; one record names somebody who moved in and is not registered."""
        records = self._records(share)
        if not records:
            return
        strange: dict[str, Any] = dict(records[-1])
        strange |= {"key": str(self._key()), "findings": [{"person": 1 << 40, "state": "well"}]}
        station = self._station()
        for start in range(0, len(records), BATCH_AT_MOST - 1):
            batch = [*records[start : start + BATCH_AT_MOST - 1], *([strange] if start == 0 else [])]
            with clock.at(SYNCED), entering(station, why="demo"):
                sent = Batch(f"may-{start}", SYNCED.isoformat(), batch)
                receive_batch(actor=station, moment=SYNCED, batch=sent)

    def _station(self) -> Actor:
        kind = Organisation.Kind.HEALTH_STATION
        with entering(SYSTEM):
            posts = Post.objects.select_related("officer", "organisation").as_of(FROM)
            return posts.filter(organisation__kind=kind, organisation__unit=self.commune, role="station")[0].actor()

    def _records(self, share: float) -> list[dict[str, Any]]:
        with entering(SYSTEM):
            going = Round.objects.get(commune_id=self.commune.pk, name=NAME).pk
            ways: dict[int, list[int]] = {}
            care = TeamHousehold.objects.filter(commune_id=self.commune.pk).order_by("team", "position")
            for team, home in care.values_list("team_id", "household_id"):
                ways.setdefault(team, []).append(home)
            people: dict[int, list[int]] = {}
            persons = Person.objects.current().filter(commune_id=self.commune.pk).order_by("pk")
            for person, home in persons.values_list("pk", "household_id"):
                people.setdefault(home or 0, []).append(person)
        doors = [home for way in ways.values() for home in way[: int(share * len(way))] if people.get(home)]
        return [self._record(going, place, home, people[home]) for place, home in enumerate(doors)]

    def _record(self, going: int, place: int, home: int, people: Sequence[int]) -> dict[str, Any]:
        when: datetime = EVENING + timedelta(minutes=float(place % 40) * 4)
        away = self.rng.random() < NOBODY_HOME
        findings = [self._finding(person, away=away) for person in people]
        return {
            "key": str(self._key()), "round": going, "household": home, "at": when.isoformat(), "findings": findings,
        }  # fmt: skip

    def _finding(self, person: int, *, away: bool) -> dict[str, Any]:
        if away:
            return {"person": person, "state": "absent"}
        if self.rng.random() < COUGHS:
            found = {"person": person, "state": "symptoms", "symptoms": ["fever", "cough"], "temperature": "37.9"}
            return found | {"sample": bool(self.rng.random() < 0.7)}
        return {"person": person, "state": "well"}

    def _key(self) -> UUID:
        return UUID(bytes=self.rng.bytes(16), version=4)
