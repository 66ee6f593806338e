"""The outbreak into the program: cases and chains set-wise, visits, lists and follow-up by the program's own actions."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from demo import SEED
from demo.directives import at
from demo.outbreak import CASES, HOA_XUAN, MARKET, MARKET_CHAIN, TAN_LOC, WORKSHOP, WORKSHOP_CHAIN, Ill
from demo.streams import stream
from phaodai.foundation import clock
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Person
from phaodai.surveillance.actions.contacts import quarantine_contact, tell_contact
from phaodai.surveillance.actions.outbreaks import open_outbreak, propose_outbreaks
from phaodai.surveillance.actions.teams import create_team, share_out
from phaodai.surveillance.actions.tracing import list_contacts, state_exposure
from phaodai.surveillance.actions.visits import Stay, record_visits
from phaodai.surveillance.models import Case, Contact, FollowUpDay, LabTest, Outbreak, Transmission
from phaodai.territory.models import Place, Tier, Unit

TRACED = {4352: at(19, 9, 52), 4360: at(19, 21, 30), 4401: at(22, 8, 20), 4417: at(23, 22, 2)}
"""Cases whose lists were made, and when: the last one 22 minutes after its result."""
REACHED_UNTIL = {4352: 1.0, 4360: 1.0, 4401: 0.9, 4417: 0.55}
"""The share of each list that somebody had spoken with when the story ends."""
BUYERS, TEAMS = 16, ("Tổ 1", "Tổ 2", "Tổ 3")
NOT_MET, UNWELL = 0.06, 0.03
QUARANTINED, LOOKED_AT = 0.85, 3_000
ISOLATED_AFTER = timedelta(hours=3)


def load_outbreak(units: Mapping[str, Unit], decider: Actor, now: datetime) -> None:
    """Everything that was known of the outbreak on the morning of `now`."""
    _Loading({unit.bare_name: unit for unit in units.values() if unit.tier == Tier.COMMUNE}, decider, now).run()


class _Loading:
    """The rows as they come to be, in the order in which they need each other."""

    def __init__(self, communes: Mapping[str, Unit], decider: Actor, now: datetime) -> None:
        self.communes, self.decider, self.now = communes, decider, now
        self.rng = stream(SEED, "outbreak")
        self.province = self.communes[CASES[0].commune].area.province or 0
        self.cases: dict[int, Case] = {}

    def run(self) -> None:
        with clock.at(self.now), entering(SYSTEM, why="demo"):
            self.places = {name: self._place(name, *facts) for name, *facts in PLACES}
            self._write_cases()
            self._link()
        self._open()
        self._visit()
        for number, moment in TRACED.items():
            self._list(number, moment)
        self._share()

    def _place(self, name: str, code: str, kind: str, commune: str) -> Place:
        unit = self.communes[commune]
        return Place.objects.create(
            code=code, name=name, kind=kind, sort_key=sort_key(name), search_key=fold(name), longitude=unit.longitude,
            latitude=unit.latitude, **_area(unit),
        )  # fmt: skip

    def _write_cases(self) -> None:
        """Each is a resident of the right commune, sex and about the right age."""
        taken: set[int] = set()
        homes = {name: self._residents(name) for name in sorted({one.commune for one in CASES})}
        rows = [self._case(one, _pick(one, homes[one.commune], taken)) for one in CASES]
        Case.objects.bulk_create(rows)
        LabTest.objects.bulk_create(_test(one, case) for one, case in zip(CASES, rows, strict=True))
        self.cases = {one.number: case for one, case in zip(CASES, rows, strict=True)}

    def _residents(self, commune: str) -> list[Person]:
        """Those of the commune; in a tiny province those of its district after them."""
        unit = self.communes[commune]
        near = Person.objects.filter(district_id=unit.district_id).order_by("id")
        return [*near.filter(commune_id=unit.pk)[:LOOKED_AT], *near.exclude(commune_id=unit.pk)[:LOOKED_AT]]

    def _case(self, one: Ill, person: Person) -> Case:
        known = one.result_at
        return Case(
            code=f"BM-{one.number:05d}", person=person, age=one.age, occupation=one.occupation, onset_on=one.onset_on,
            classification="confirmed" if known else "suspected", detected_by=one.detected_by, positive_at=known,
            sampled_on=at(one.sampled, 0).date() if known else None, reported_on=(known or self.now).date(),
            isolated_at=self._isolated(one), severity="mild" if one.onset else "asymptomatic", setting=one.setting,
            place=self._where(one), source_known=bool(one.source) or None, imported=one.setting == "arrival" or None,
            symptoms="sốt, ho" if one.onset else "", created_at=known or self.now, **_area(person),
        )  # fmt: skip

    def _isolated(self, one: Ill) -> datetime | None:
        """Whoever turned positive in the last hours of the story is on the way."""
        if one.result_at is None or one.result_at + ISOLATED_AFTER > self.now:
            return None
        return one.result_at + ISOLATED_AFTER

    def _where(self, one: Ill) -> Place | None:
        if one.setting == "market" and one in MARKET_CHAIN:
            return self.places[MARKET]
        return self.places[WORKSHOP] if one.setting == "workplace" else None

    def _link(self) -> None:
        Transmission.objects.bulk_create(
            Transmission(
                source=self.cases[one.source], target=self.cases[one.number], certainty=one.sure, setting=one.setting
            )
            for one in CASES
            if one.source
        )

    def _open(self) -> None:
        """The machine proposes; the province opened two, and the third waits for its word."""
        with clock.at(self.now), entering(SYSTEM, why="demo"):
            propose_outbreaks(actor=SYSTEM, moment=at(20, 8, 0), province_id=self.decider.area.province)
        for chain, moment in ((MARKET_CHAIN, at(20, 9, 30)), (WORKSHOP_CHAIN, at(21, 17, 0))):
            with clock.at(moment), entering(self.decider, why="demo"):
                found = Outbreak.objects.get(cases=self.cases[chain[0].number])
                open_outbreak(actor=self.decider, moment=moment, outbreak_id=found.pk)

    def _visit(self) -> None:
        """Who stood where in the market and the workshop: the ill from before their onset on, and their buyers."""
        by_day: dict[date, list[Stay]] = {}
        with entering(SYSTEM, why="demo"):
            for stay in (*self._stays_of_the_ill(), *self._stays_of_buyers()):
                by_day.setdefault(stay.started_at.date(), []).append(stay)
        for day, stays in sorted(by_day.items()):
            with clock.at(_evening(day)), entering(SYSTEM, why="demo"):
                record_visits(actor=SYSTEM, moment=_evening(day), province_id=self.province, stays=stays)

    def _stays_of_the_ill(self) -> Iterator[Stay]:
        for one in CASES:
            place = self._where(one)
            for day in range((one.onset or one.sampled) - 3, one.sampled) if place else ():
                assert place is not None
                yield Stay(self.cases[one.number].person_id, place.pk, at(day, 5, 40), 150 + one.number % 60)

    def _stays_of_buyers(self) -> Iterator[Stay]:
        ill = {case.person_id for case in self.cases.values()}
        neighbours = [*self._residents("Tân Lộc")[:900], *self._residents("Hòa Xuân")[:200]]
        for day in range(14, 23):
            for place in self.rng.choice(len(neighbours), BUYERS, replace=False):
                person = neighbours[int(place)].pk
                began = datetime.combine(at(day, 0).date(), time(5, 45), at(day, 0).tzinfo)
                if person not in ill:
                    yield Stay(
                        person, self.places[MARKET].pk, began + timedelta(minutes=int(self.rng.integers(0, 120))),
                        int(self.rng.integers(4, 45)),
                    )  # fmt: skip

    def _list(self, number: int, moment: datetime) -> None:
        """The list of one case, and what its teams did with it until the end of the story."""
        with clock.at(moment), entering(SYSTEM, why="demo"):
            list_contacts(actor=SYSTEM, moment=moment, case_id=self.cases[number].pk)
        with clock.at(self.now), entering(SYSTEM, why="demo"):
            contacts = list(
                Contact.objects.filter(case=self.cases[number], degree=1).exclude(state="none").order_by("id")
            )
            self._ask(contacts)
            contacts = list(
                Contact.objects.filter(pk__in=[one.pk for one in contacts]).exclude(state="none").order_by("id")
            )
            reached = contacts[: int(REACHED_UNTIL[number] * len(contacts))]
            for place, contact in enumerate(reached):
                self._reach(contact, min(moment + timedelta(minutes=20 * (place + 1)), self.now))
            self._follow(reached)

    def _ask(self, contacts: list[Contact]) -> None:
        """How near they stood: two in three across the stall, the rest further off; the latest are not asked yet."""
        met = [one.pk for one in contacts if one.via == "visit"][: int(0.8 * len(contacts))]
        for ids, metres in ((met[::3], 5), (met[1::3] + met[2::3], 1)):
            if ids:
                state_exposure(
                    actor=SYSTEM, moment=self.now, contact_ids=ids, facts={"distance_m": metres, "enclosed": False}
                )

    def _reach(self, contact: Contact, moment: datetime) -> None:
        verb = quarantine_contact if self.rng.random() < QUARANTINED else tell_contact
        verb(actor=SYSTEM, moment=moment, contact_id=contact.pk)

    def _follow(self, contacts: list[Contact]) -> None:
        """A word a day from the day after; a few were not at home, fewer had a fever."""
        days = []
        for contact in Contact.objects.filter(pk__in=[one.pk for one in contacts]).exclude(follow_from=None):
            day = contact.follow_from
            while day is not None and day < self.now.date():
                days.append(FollowUpDay(contact=contact, day=day, seen_at=_evening(day), **self._seen()))
                day += timedelta(days=1)
        FollowUpDay.objects.bulk_create(days)

    def _share(self) -> None:
        """The contacts of each commune among its teams, households together."""
        with clock.at(self.now), entering(SYSTEM, why="demo"):
            for name in (TAN_LOC, HOA_XUAN):
                unit = self.communes[name]
                for team in TEAMS:
                    create_team(actor=SYSTEM, moment=self.now, name=team, commune=unit)
                mine = Contact.objects.filter(commune_id=unit.pk).exclude(state="none").values_list("id", flat=True)
                share_out(actor=SYSTEM, moment=self.now, contact_ids=list(mine))

    def _seen(self) -> dict[str, Any]:
        chance = self.rng.random()
        if chance < NOT_MET:
            return {"state": FollowUpDay.State.NOT_SEEN}
        if chance < NOT_MET + UNWELL:
            return {"state": FollowUpDay.State.SYMPTOMS, "symptoms": "fever,cough", "temperature": "37.9"}
        return {"state": FollowUpDay.State.WELL, "temperature": "36.6"}


PLACES = ((MARKET, "CHO-TL", "market", "Tân Lộc"), (WORKSHOP, "XM-HX", "workplace", "Hòa Xuân"))


def _area(row: Any) -> dict[str, int | None]:
    return {f"{tier}_id": getattr(row, f"{tier}_id") for tier in ("province", "district", "commune")}


def _pick(one: Ill, residents: list[Person], taken: set[int]) -> Person:
    """The resident of that sex whose year of birth is nearest, nobody twice."""
    free = (person for person in residents if person.pk not in taken and person.sex == one.sex)
    found = min(free, key=lambda person: _unlikeness(person, one))
    taken.add(found.pk)
    return found


def _unlikeness(person: Person, one: Ill) -> int:
    return abs((person.birth_year or 0) - (2021 - one.age))


def _test(one: Ill, case: Case) -> LabTest:
    return LabTest(
        person=case.person, sampled_at=at(one.sampled, 8, 30), result="positive" if one.result_at else "",
        result_at=one.result_at, cycle_threshold=None if one.result_at is None else 17 + one.number % 15,
        laboratory="CDC tỉnh Bình Minh", **_area(case),
    )  # fmt: skip


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(16, 30), at(24, 0).tzinfo)
