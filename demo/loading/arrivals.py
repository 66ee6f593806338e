"""People who come home: a checkpoint of Tân Lộc, a coach from a red province, and sixty arrivals of three days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np

from demo import SEED
from demo.directives import at
from demo.names import persons
from demo.outbreak import BEN_GO, HOA_XUAN, TAN_LOC
from demo.streams import stream
from phaodai.containment.actions.arrivals import Recorded, expect_group, log_arrival, log_group
from phaodai.containment.actions.arrivals_deciding import decide_arrival
from phaodai.containment.actions.arrivals_handing import note_monitoring, take_over
from phaodai.containment.actions.arrivals_traveller import Said
from phaodai.containment.actions.checkpoints import open_checkpoint, put_on_duty
from phaodai.containment.actions.declarations import declare
from phaodai.containment.models import Arrival, Checkpoint, Declaration, Monitoring
from phaodai.foundation import clock
from phaodai.foundation.public import LENGTH, SIGNS
from phaodai.foundation.scope import STRANGER, SYSTEM, Actor, entering
from phaodai.people.models import Organisation, Person, Post
from phaodai.territory.models import Tier, Unit

RED = "thị trấn Giang Đông, tỉnh Sơn Giang (đang công bố cấp 4)"
PLATE, COACH_AT, PASSENGERS, GOT_OFF = "99B-012.34", at(24, 6, 10), 22, 15
ARRIVALS = 60
LETTER = "Kết luận giao ban Sở Y tế 23/11: người về từ nơi công bố cấp 4 cách ly tại nhà 7 ngày"
WATCH, WATCHED = "Đi làm trong ngày, không vào nơi phong tỏa: trạm theo dõi 7 ngày", 4
FORCES = ("Trạm Y tế", "Công an xã", "Đoàn thanh niên")
OPENED = at(20, 6, 0)


def _name(rng: np.random.Generator) -> str:
    parts = (persons.FAMILIES.entries, persons.MIDDLES.entries, persons.GIVENS.entries)
    return " ".join(part[int(rng.integers(len(part)))] for part in parts)


@dataclass
class _Journeys:
    """Travellers one after another, each with a home of the three communes of the story."""

    communes: Mapping[str, Unit]
    rng: np.random.Generator

    def one(self, **more: object) -> Said:
        vaccinated = self.rng.random() < 0.7
        home = self.communes[(TAN_LOC, TAN_LOC, HOA_XUAN, BEN_GO)[int(self.rng.integers(4))]]
        facts: dict[str, object] = {"doses": 2, "last_dose_on": date(2021, 9, 3)} if vaccinated else {"doses": 0}
        return Said(
            full_name=_name(self.rng),
            destination=home,
            birth_year=int(self.rng.integers(1960, 2004)),
            phone=f"0990{int(self.rng.integers(10**6)):06d}",
            address=f"Số {int(self.rng.integers(1, 60))}, {home.bare_name}",
            **{**facts, **more},  # type: ignore[arg-type]
        )

    def reference(self) -> str:
        return "".join(SIGNS[int(index)] for index in self.rng.integers(len(SIGNS), size=LENGTH))


def load_arrivals(units: Mapping[str, Unit], decider: Actor, now: datetime) -> None:
    """Written by the actions of travellers and of the station that runs the checkpoint."""
    communes = {unit.bare_name: unit for unit in units.values() if unit.tier == Tier.COMMUNE}
    with entering(SYSTEM, why="demo"):
        station = Organisation.objects.get(unit=communes[TAN_LOC], kind=Organisation.Kind.HEALTH_STATION)
        head = Post.objects.select_related("officer", "organisation").get(organisation=station, is_head=True)
    nurse = head.actor()
    journeys = _Journeys(communes, stream(SEED, "arrivals"))
    with clock.at(OPENED), entering(decider, why="demo"):
        gate = open_checkpoint(
            actor=decider, moment=OPENED, name="Chốt cầu Tân Lộc", organisation=station, phone="0299 000 118",
            place="Quốc lộ, đầu cầu Tân Lộc",
        )  # fmt: skip
    with clock.at(OPENED), entering(nurse, why="demo"):
        _roster(journeys, nurse, gate)
    _coach(journeys, nurse, gate)
    _come_through(journeys, nurse, gate, now)
    _watch(nurse, now)


def _roster(journeys: _Journeys, nurse: Actor, gate: Checkpoint) -> None:
    """Six shifts of six hours, three forces in each."""
    for begins in (at(23, 18, 0) + timedelta(hours=6 * step) for step in range(6)):
        for force in FORCES:
            put_on_duty(
                actor=nurse, moment=OPENED, checkpoint_id=gate.pk, name=_name(journeys.rng), force=force,
                starts_at=begins, ends_at=begins + timedelta(hours=6),
            )  # fmt: skip


def _coach(journeys: _Journeys, nurse: Actor, gate: Checkpoint) -> None:
    """Twenty-two people declared to come with one coach; fifteen have got off when the story ends."""
    sent = at(22, 20, 0)
    with clock.at(sent), entering(SYSTEM, why="demo"):
        for _number in range(PASSENGERS):
            declare(
                actor=STRANGER, moment=sent, reference=journeys.reference(), travelling_on=COACH_AT.date(),
                vehicle="Xe khách", said=journeys.one(plate=PLATE, origin_words=RED),
            )  # fmt: skip
    with clock.at(COACH_AT), entering(nurse, why="demo"):
        coach = expect_group(
            actor=nurse, moment=sent, checkpoint_id=gate.pk, plate=PLATE, expected_at=COACH_AT, origin_words=RED
        )
        ticked = (
            Declaration.objects.filter(plate=coach.plate).order_by("sort_key").values_list("pk", flat=True)[:GOT_OFF]
        )
        log_group(actor=nurse, moment=COACH_AT, group_id=coach.pk, declaration_ids=list(ticked))


def _come_through(journeys: _Journeys, nurse: Actor, gate: Checkpoint, now: datetime) -> None:
    """Over three days: from across the border, from the red province, and from the own province."""
    for number, (moment, said, papers) in enumerate(_passages(journeys, now)):
        with clock.at(moment), entering(nurse, why="demo"):
            made = log_arrival(
                actor=nurse, moment=moment, checkpoint_id=gate.pk, recorded=Recorded(UUID(int=2021 * 10**6 + number)),
                said=said, has_papers=papers,
            )  # fmt: skip
            if _is_settled(made, number):
                decide_arrival(
                    actor=nurse, moment=moment, arrival_id=made.pk, outcome=Arrival.Outcome.HOME, days=7, monitor_days=7,
                    reason=LETTER,
                )  # fmt: skip


def _watch(nurse: Actor, now: datetime) -> None:
    """Residents of the commune who came home and are watched there; one was asked this morning already."""
    waiting = Arrival.objects.filter(step=Arrival.Step.TO_DECIDE, commune_id=nurse.area.commune, urgent=False)
    with clock.at(now), entering(nurse, why="demo"):
        residents = Person.objects.visible_to(nurse).filter(birth_year__lt=1995).order_by("-pk")[:WATCHED]
        for one, resident in zip(waiting.order_by("at")[:WATCHED], residents, strict=False):
            Arrival.objects.filter(pk=one.pk).update(
                person=resident, full_name=resident.full_name, birth_year=resident.birth_year,
                sort_key=resident.sort_key, search_key=resident.search_key,
            )  # fmt: skip
            decide_arrival(
                actor=nurse,
                moment=one.at,
                arrival_id=one.pk,
                outcome=Arrival.Outcome.MONITOR,
                monitor_days=7,
                reason=WATCH,
            )
            take_over(actor=nurse, moment=now - timedelta(hours=2), arrival_id=one.pk)
        first = Monitoring.objects.visible_to(nurse).order_by("pk")[0]
        note_monitoring(actor=nurse, moment=now, monitoring_id=first.pk, word=Monitoring.Word.WELL)


def _is_settled(made: Arrival, number: int) -> bool:
    """Four in five of those bound for the nurse's own commune were decided the same day."""
    return made.step == Arrival.Step.TO_DECIDE and made.commune_id == made.checkpoint.commune_id and number % 5 != 0


def _passages(journeys: _Journeys, now: datetime) -> Iterator[tuple[datetime, Said, bool]]:
    own = journeys.communes[BEN_GO]
    for number in range(ARRIVALS - GOT_OFF):
        moment = now - timedelta(hours=66) + timedelta(minutes=88 * number)
        kind = number % 9
        symptoms = ("fever", "cough") if number % 17 == 4 else ()
        if kind < 4:
            yield moment, journeys.one(abroad=True, origin_words="Sa-vẳn-na-khẹt, Lào", symptoms=symptoms), kind != 1
        elif kind < 7:
            yield moment, journeys.one(origin_words=RED, symptoms=symptoms), True
        else:
            yield moment, journeys.one(origin=own, symptoms=symptoms), True
