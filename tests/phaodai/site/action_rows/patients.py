"""The actions of patients, beds taken, transfers, ambulances, outcomes and infections inside."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from phaodai.care.actions import (
    ambulances,
    inside,
    outcomes,
    patients,
    patients_assessing,
    patients_beds,
    patients_shared,
    transfers,
)
from phaodai.care.models import Ambulance, Bed, Facility, InsideInfection, Patient, Transfer
from phaodai.care.rules.patients_severity import Findings
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Organisation
from tests.phaodai.site.action_rows.case import Case, Given
from tests.story import Story
from tests.world import World

LYING, WAITING, DEAD = "Mốc bệnh nhân Tân Lộc", "Mốc chờ chuyển Tân Lộc", "Mốc tử vong Tân Lộc"
HERE = "Mốc bệnh viện Tân Lộc"


def _patient(mark: str, *, changed: dict[str, Any] | None = None, **more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            rows = Patient.objects.filter(initials=mark)
            rows.update(**(changed or {"need": rows.get().need}))
            return {"patient_id": rows.get().pk, **more}

    return given


def _way(*, state: str = "requested", **more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            rows = Transfer.objects.filter(initials="Mốc chuyển tuyến Tân Lộc")
            rows.update(state=state)
            return {"transfer_id": rows.get().pk, **more}

    return given


def _together(*parts: Given) -> Given:
    return lambda world, story: {name: value for part in parts for name, value in part(world, story).items()}


def _bed(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"bed_id": Bed.objects.get(facility__name=HERE, kind="plain").pk}


def _facility(name: str) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"facility_id": Facility.objects.get(name=name).pk}

    return given


def _untreated(_world: World, story: Story) -> dict[str, Any]:
    """The case of a treatment that ended."""
    with entering(SYSTEM):
        Patient.objects.filter(initials=LYING).update(
            state="left", ended_at=datetime.fromisoformat("2021-11-24T06:00+07:00")
        )
    return {"case_id": story.cases["Mốc ca 1"].pk}


def _case(_world: World, story: Story) -> dict[str, Any]:
    _untreated(_world, story)
    return _patient(WAITING)(_world, story) | {"case_id": story.cases["Mốc ca 1"].pk}


def _car(name: str, **more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {name: Ambulance.objects.get(crew="Mốc xe Tân Lộc").pk, **more}

    return given


def _infection(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        found = InsideInfection.objects.get(facility__name=HERE)
        return {"infection_id": found.pk, "confirmed": True, "reason": "Cùng phòng"}


def _for_the_province(_world: World, _story: Story) -> dict[str, Any]:
    """The health centre as a body of the province."""
    with entering(SYSTEM):
        Organisation.objects.filter(code="TTTH").update(district_id=None, tier=1)
    return {"urgency": "b_urgent", "state": "approved", "minutes": 12}


_HEALED = {
    "admitted_at": datetime.fromisoformat("2021-11-01T08:00+07:00"),
    "symptoms_end_on": date(2021, 11, 20),
    "negative_on": date(2021, 11, 23),
}
_POSITIVE = {"positive_on": date(2021, 11, 20), "need": "plain"}
_WRITE, _DECIDE = Permission.CARE_PATIENT_WRITE, Permission.CARE_TRANSFER_DECIDE
_FOUND = {"found": Findings(spo2=97), "severity": "mild", "reason": "Khám lâm sàng"}

CASES = (
    Case(patients.treat_case, _WRITE, "ngoc", _untreated, "khoa"),
    Case(
        patients.register_walk_in,
        _WRITE,
        "dich",
        lambda w, s: {**_facility(HERE)(w, s), "who": patients.WalkIn(full_name="Lò Thị Mơ")},
        "khoa",
    ),
    Case(patients.note_course, _WRITE, "dich", _patient(LYING, negative_on=date(2021, 11, 23)), "khoa"),
    Case(patients.link_case, _WRITE, "ngoc", _case, "khoa"),
    Case(patients.look_at_name, _WRITE, "dich", _patient(LYING, purpose="treatment"), "khoa"),
    Case(patients_assessing.assess, _WRITE, "dich", _patient(LYING, **_FOUND), "khoa"),
    Case(patients_beds.admit, _WRITE, "dich", _together(_patient(WAITING, changed=_POSITIVE), _bed), "khoa"),
    Case(patients_beds.move, _WRITE, "dich", _together(_patient(LYING, changed=_POSITIVE), _bed), "khoa"),
    Case(
        transfers.request_transfer,
        _WRITE,
        "dich",
        _together(_patient(LYING), _facility("Mốc bệnh viện Phú Khê")),
        "khoa",
    ),
    Case(transfers.approve, _DECIDE, "dich", _way(), "khoa"),
    Case(transfers.refuse, _DECIDE, "dich", _way(reason="Hết giường"), "khoa"),
    Case(transfers.cancel, _WRITE, "dich", _way(reason="Đã khỏe"), "khoa"),
    Case(transfers.assign, _DECIDE, "dich", _together(_way(state="approved"), _car("ambulance_id")), "khoa"),
    Case(transfers.depart, _WRITE, "dich", _way(state="assigned"), "khoa"),
    Case(transfers.arrive, _WRITE, "dich", _way(state="on_the_way"), "khoa"),
    Case(transfers.set_limit, _DECIDE, "dich", _for_the_province, "khoa"),
    Case(
        ambulances.add_ambulance,
        _DECIDE,
        "dich",
        lambda w, _s: {"plate": "98A-99999", "organisation": w.bodies["TTTH"]},
        "khoa",
    ),
    Case(ambulances.amend_ambulance, _DECIDE, "dich", _car("pk", version=1, phone="0204 115"), "khoa"),
    Case(outcomes.discharge, _WRITE, "dich", _patient(LYING, changed=_HEALED), "khoa"),
    Case(outcomes.note_death, _WRITE, "dich", _patient(LYING), "khoa"),
    Case(outcomes.note_departure, _WRITE, "dich", _patient(LYING, away=True, reason="Bệnh viện tỉnh bạn"), "khoa"),
    Case(outcomes.review_death, _DECIDE, "dich", _patient(DEAD, done=False, direct_cause="Suy hô hấp"), "khoa"),
    Case(inside.decide_infection, _WRITE, "dich", _infection, "khoa"),
)
# Parts of the actions above under their check, and what the clock and the playbook set going.
CLOCKWORK: set[Callable[..., Any]] = {
    *(patients_shared.note, patients_shared.keep, inside.look_for_inside),
    *(transfers.receive, transfers.clean_bed_left, transfers.tell_late),
    *(outcomes.tell_surveillance, outcomes.ask_for_review),
}
MODULES = (
    *("ambulances", "inside", "outcomes", "patients", "patients_assessing", "patients_beds", "patients_shared"),
    "transfers",
)
