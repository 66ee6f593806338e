"""Patients of the small world: one in a bed, one who waits for a transfer, one who died, in each of its three facilities."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.story_surveillance import area_of
from tests.world import World

WHERE = (
    # the facility's last words, the commune, who lies there, their case
    ("Tân Lộc", "98001", "Tráng A Lộc", "Mốc ca 1"),
    ("Phú Khê", "98101", "Vừ Văn Khê", "Mốc ca 2"),
    ("Giang Sơn", "97001", "Lầu Thị Giang", "Mốc ca Sơn Giang"),
)


def build_patients(world: World, evening: datetime) -> None:
    """Written as the installation would; each place with an ambulance of whoever runs its facility."""
    from phaodai.care.models import Facility
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for place, commune, name, code in WHERE:
            facility = Facility.objects.get(name=f"Mốc bệnh viện {place}")
            area = world.units[commune].area.columns
            _lying(facility, place, name, code, evening, area)
            _waiting(facility, place, evening, area)
            _dead(facility, place, evening, area)


def patient(place: str, kind: str, evening: datetime, area: dict[str, Any], **more: Any) -> Any:
    """A patient whose initials are a mark: Mốc bệnh nhân Tân Lộc."""
    from phaodai.care.models import Patient
    from phaodai.foundation.formats import fold

    mark = f"Mốc {kind} {place}"
    return Patient.objects.create(
        initials=mark, full_name=f"{mark} đầy đủ", search_key=fold(mark), registered_at=evening, **area, **more
    )


def _lying(facility: Any, place: str, name: str, code: str, evening: datetime, area: dict[str, Any]) -> None:
    from phaodai.care.models import Assessment, Bed, BedStay, InsideInfection, PatientLook, PatientStep
    from phaodai.people.models import Person
    from phaodai.surveillance.models import Case

    lying = patient(
        place, "bệnh nhân", evening, area, person=Person.objects.get(full_name=name), case=Case.objects.get(code=code),
        case_code=code, facility=facility, state="inside", admitted_at=evening, severity="moderate", tier=2,
        need="oxygen", support="oxygen", assessed_at=evening, onset_on=date(2021, 11, 20), positive_on=date(2021, 11, 21),
    )  # fmt: skip
    bed = Bed.objects.get(facility=facility, kind="oxygen")
    BedStay.objects.create(patient=lying, bed=bed, facility=facility, since=evening, **area_of(facility))
    Assessment.objects.create(
        patient=lying, at=evening, spo2=95, respiratory_rate=22, severity="moderate", tier=2, need="oxygen", chosen=True,
        reason="Khám lâm sàng",
    )  # fmt: skip
    PatientStep.objects.create(patient=lying, what="admitted", at=evening)
    PatientLook.objects.create(patient=lying, purpose="treatment", at=evening)
    InsideInfection.objects.create(
        patient=lying, facility=facility, ward=bed.ward, initials=lying.initials, admitted_on=date(2021, 11, 8),
        began_on=date(2021, 11, 20), began_by="onset", days_inside=12, raised_at=evening, search_key=lying.search_key,
        grounds={"sign": "negative", "window_days": 7, "source": "Wu et al. 2022"}, **area_of(facility),
    )  # fmt: skip


def _waiting(facility: Any, place: str, evening: datetime, area: dict[str, Any]) -> None:
    from phaodai.care.models import Ambulance, Transfer, TransferLimit, TransferStep
    from phaodai.foundation.formats import fold

    ill = patient(place, "chờ chuyển", evening, area, severity="severe", tier=2, need="plain")
    car = Ambulance.objects.create(
        plate=f"98A-{facility.code}", organisation=facility.organisation, crew=f"Mốc xe {place}",
        search_key=fold(f"Mốc xe {place}"),
        **area_of(facility),
    )  # fmt: skip
    way = Transfer.objects.create(
        patient=ill, initials=f"Mốc chuyển tuyến {place}", severity="severe", pick_up="Trạm Y tế", to_facility=facility,
        need="plain", urgency="a_emergency", requested_at=evening, since=evening, ambulance=car,
        due_at=evening + timedelta(minutes=10), search_key=ill.search_key, **area,
    )  # fmt: skip
    TransferStep.objects.create(transfer=way, state="requested", at=evening)
    TransferLimit.objects.get_or_create(
        urgency="c_routine", state="requested", minutes=200, province_id=area["province_id"]
    )


def _dead(facility: Any, place: str, evening: datetime, area: dict[str, Any]) -> None:
    from phaodai.care.models import DeathReview

    gone = patient(
        place, "tử vong", evening, area, facility=facility, state="died", ended_at=evening, severity="critical"
    )
    DeathReview.objects.create(
        patient=gone, facility=facility, died_at=evening, due_on=date(2021, 11, 30), **area_of(facility)
    )
