"""Patients of the invented province: beds of its facilities taken, transfers under way, a ward with infections inside."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from demo import SEED
from demo.streams import stream
from phaodai.care.models import (
    Ambulance,
    Assessment,
    Bed,
    BedStay,
    DeathReview,
    Facility,
    InsideInfection,
    Patient,
    PatientStep,
    Transfer,
    TransferStep,
    Ward,
)
from phaodai.care.rules.outcomes import review_due
from phaodai.care.rules.transfers import due_at, urgency_of
from phaodai.foundation import clock
from phaodai.foundation.formats import fold
from phaodai.foundation.scope import SYSTEM, Area, entering
from phaodai.people.models import Person
from phaodai.surveillance.models import Case
from phaodai.territory.models import Unit

TAKEN = {"plain": 0.62, "oxygen": 0.66, "icu": 0.7}
"""The share of the usable beds of each kind that somebody lies in."""
AS_ILL = {"plain": ("asymptomatic", "mild"), "oxygen": ("moderate", "severe"), "icu": ("severe", "critical")}
BREATHES = {"plain": "none", "oxygen": "oxygen", "icu": "ventilator"}
SPO2 = {"asymptomatic": 98, "mild": 97, "moderate": 95, "severe": 92, "critical": 86}
TIERS = {"asymptomatic": 1, "mild": 1, "moderate": 2, "severe": 3, "critical": 3}
NO_RULE = "Chưa có quy định đã đối chiếu; khám lâm sàng"
WAITING = (
    # severity, state, minutes since it began
    ("critical", "requested", 14), ("severe", "requested", 4), ("moderate", "requested", 21), ("mild", "requested", 65),
    ("severe", "approved", 6), ("moderate", "approved", 12), ("severe", "assigned", 9), ("severe", "on_the_way", 38),
    ("moderate", "on_the_way", 20), ("moderate", "arrived", 11), ("mild", "refused", 130),
)  # fmt: skip
CARS = (("98A-115.01", "icu"), ("98A-115.02", "oxygen"), ("98A-115.07", "oxygen"), ("98A-024.36", "plain"))
DAYS = 9


def load_patients(units: Mapping[str, Unit], now: datetime) -> None:
    """Everything that stood in the patients' books on the morning of `now`; nothing where no facility is open."""
    del units
    with clock.at(now), entering(SYSTEM, why="demo"):
        facilities = list(Facility.objects.open().select_related("organisation").order_by("tier", "pk"))
        if facilities:
            _Loading(facilities, now).run()


class _Loading:
    """The rows set-wise, in the order in which they need each other."""

    def __init__(self, facilities: Sequence[Facility], now: datetime) -> None:
        self.facilities, self.now = facilities, now
        self.rng = stream(SEED, "patients")
        self.cases = list(
            Case.objects.counted().filter(outcome="", patients=None, home_cares=None).select_related("person")
        )
        persons = Person.objects.filter(cases=None, contacts=None, stays=None, merged_into=None)
        beds = Bed.objects.usable().count()
        self.persons = list(persons.order_by("-id")[: beds + len(WAITING) + 20])

    def run(self) -> None:
        lying = self._lie(list(Bed.objects.usable().select_related("ward", "facility").order_by("pk")))
        gone = self._die(lying)
        self._assess([one for one in lying if one is not gone])
        self._infect([one for one in lying if one is not gone])
        self._transfer()

    def _next(self, severity: str, need: str, since: datetime) -> Patient | None:
        """The next case of the outbreak, then residents elsewhere whose cases other provinces' lists name."""
        case = self.cases.pop() if self.cases else None
        if case is None and not self.persons:
            return None
        person = case.person if case else self.persons.pop()
        patient = Patient(
            person=person, case=case, case_code=case.code if case else "", full_name=person.full_name,
            initials=person.masked[:40], sex=person.sex, birth_year=person.birth_year, registered_at=since,
            severity=severity, tier=TIERS[severity], need=need, support=BREATHES[need], assessed_at=self.now,
            positive_on=since.date() - timedelta(days=1), comorbidity=bool(self.rng.random() < 0.3),
            onset_on=None if severity == "asymptomatic" else since.date() - timedelta(days=2),
            fully_vaccinated=bool(self.rng.random() < 0.4), **Area.of(person).columns,
        )  # fmt: skip
        patient.search_key = fold(f"{patient.initials} {patient.case_code}")
        return patient

    def _lie(self, beds: Sequence[Bed]) -> list[Patient]:
        """Somebody in most beds of wards for the infected."""
        chosen = [
            bed for bed in beds if bed.ward.cohort == Ward.Cohort.CONFIRMED and self.rng.random() < TAKEN[bed.kind]
        ]
        pairs = [(bed, patient) for bed in chosen if (patient := self._in(bed)) is not None]
        Patient.objects.bulk_create([patient for _bed, patient in pairs])
        BedStay.objects.bulk_create(
            BedStay(
                patient=patient, bed=bed, facility=bed.facility, since=patient.registered_at,
                **Area.of(bed.facility).columns,
            )
            for bed, patient in pairs
        )  # fmt: skip
        PatientStep.objects.bulk_create(
            PatientStep(
                patient=patient, what=PatientStep.What.ADMITTED, at=patient.registered_at,
                words=f"{bed.facility.name}, {bed.ward.name}, {bed.label}",
            )
            for bed, patient in pairs
        )  # fmt: skip
        return [patient for _bed, patient in pairs]

    def _in(self, bed: Bed) -> Patient | None:
        severity = AS_ILL[bed.kind][int(self.rng.random() < 0.4)]
        since = self.now - timedelta(hours=int(self.rng.integers(4, 24 * DAYS)))
        patient = self._next(severity, bed.kind, since)
        if patient is not None:
            patient.facility, patient.state, patient.admitted_at = bed.facility, Patient.State.INSIDE, since
        return patient

    def _assess(self, patients: Sequence[Patient]) -> None:
        """Once a day since admission, a doctor's word each time: no rule of severity was verified that month."""
        Assessment.objects.bulk_create([row for one in patients for row in self._assessments(one)])

    def _assessments(self, one: Patient) -> Iterator[Assessment]:
        days = (self.now - one.registered_at).days
        for back in range(min(days, 4), -1, -1):
            spo2 = min(99, max(70, SPO2[one.severity] + back // 2 + int(self.rng.integers(-1, 2))))
            yield Assessment(
                patient=one, at=self.now - timedelta(days=back, minutes=int(self.rng.integers(10, 90))), spo2=spo2,
                respiratory_rate=int(np.clip(16 + (98 - spo2), 12, 40)), support=one.support, severity=one.severity,
                tier=one.tier, need=one.need, chosen=True, reason=NO_RULE,
                decision={"status": "unverified", "awaiting_verification": [
                    {"value": "severity/unread@2021-10-06", "document": "4689/QĐ-BYT"}]},
            )  # fmt: skip

    def _infect(self, patients: Sequence[Patient]) -> None:
        """Two of one ward, admitted for another reason and negative then."""
        stays = BedStay.objects.now().filter(patient__in=patients).select_related("bed", "facility", "patient")
        wards: dict[int, list[BedStay]] = {}
        for stay in stays:
            wards.setdefault(stay.bed.ward_id, []).append(stay)
        pair = next((several[:2] for several in wards.values() if len(several) > 3), [])
        for days, stay in zip((11, 9), pair, strict=False):
            self._infected(stay, days)

    def _infected(self, stay: BedStay, days: int) -> None:
        patient, began = stay.patient, self.now.date() - timedelta(days=days - 8)
        admitted = self.now - timedelta(days=days + 1)
        Patient.objects.filter(pk=patient.pk).update(
            reason=Patient.Reason.OTHER, negative_at_admission=True, admitted_at=admitted, registered_at=admitted
        )
        InsideInfection.objects.create(
            patient=patient, facility=stay.facility, ward_id=stay.bed.ward_id, initials=patient.initials,
            admitted_on=admitted.date(), began_on=began, began_by="positive", days_inside=(began - admitted.date()).days,
            grounds={"sign": "negative", "window_days": 7, "source": "Wu et al. 2022, JAMA Netw Open 5(8):e2228008"},
            raised_at=self.now - timedelta(hours=9), search_key=patient.search_key, **Area.of(stay.facility).columns,
        )  # fmt: skip

    def _die(self, patients: Sequence[Patient]) -> Patient | None:
        """One who was severe; the review is owed."""
        died = self.now - timedelta(days=2, hours=3)
        ill = (one for one in patients if one.is_severe and one.case_id is None and one.registered_at < died)
        gone = next(ill, None)
        if gone is None:
            return None
        BedStay.objects.filter(patient=gone).update(until=died)
        Patient.objects.filter(pk=gone.pk).update(state="died", ended_at=died)
        DeathReview.objects.create(
            patient=gone, facility=gone.facility, died_at=died, due_on=review_due(died.date()),
            **Area.of(gone.facility or gone).columns,
        )  # fmt: skip
        return gone

    def _transfer(self) -> None:
        """Those who wait for a place, in every state of the board; one emergency is late."""
        cars = self._cars()
        driving = iter(cars)
        ways = [self._way(severity, state, minutes, driving) for severity, state, minutes in WAITING]
        TransferStep.objects.bulk_create(
            TransferStep(transfer=way, state=way.state, at=way.since, words=way.why_not) for way in ways if way
        )

    def _cars(self) -> list[Ambulance]:
        bodies = [one.organisation for one in self.facilities if one.organisation is not None]
        return Ambulance.objects.bulk_create(
            Ambulance(
                plate=plate, organisation=body, equipment=equipment, crew=f"Kíp {number}", phone="115",
                search_key=fold(f"{plate} {body.name}"), **body.area.columns,
            )
            for number, ((plate, equipment), body) in enumerate(zip(CARS, [*bodies] * len(CARS), strict=False), 1)
        )  # fmt: skip

    def _way(self, severity: str, state: str, minutes: int, cars: Iterator[Ambulance]) -> Transfer | None:
        since = self.now - timedelta(minutes=minutes)
        need = {"critical": "icu", "severe": "oxygen", "moderate": "oxygen"}.get(severity, "plain")
        patient = self._next(severity, need, since - timedelta(hours=1))
        able = [one for one in self.facilities if one.tier >= TIERS[severity]] or list(self.facilities)
        if patient is None:
            return None
        patient.save()
        self._assess([patient])
        urgency = urgency_of(severity)
        drives = state in ("assigned", "on_the_way", "arrived")
        return Transfer.objects.create(
            patient=patient, initials=patient.initials, severity=severity, need=need, to_facility=able[0],
            pick_up="Trạm Y tế xã", urgency=urgency, state=state, requested_at=since, since=since,
            due_at=due_at(urgency, state, since), ambulance=next(cars) if drives else None, crew="Kíp trực",
            why_not="Hết giường, đề nghị cơ sở khác" if state == "refused" else "",
            search_key=fold(f"{patient.initials} {able[0].name}"), **Area.of(patient).columns,
        )  # fmt: skip
