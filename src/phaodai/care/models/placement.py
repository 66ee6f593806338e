"""Which facilities could take a patient now, with their free beds and how far they are."""

from datetime import datetime

from phaodai.care.models.facilities import Facility
from phaodai.care.models.facilities_counts import FacilityNow, facilities_now
from phaodai.care.models.patients import Patient
from phaodai.care.rules.facilities import KINDS
from phaodai.care.rules.placement import Candidate, Offer, Spot, offers
from phaodai.territory.models import Unit


def places_for(patient: Patient, now: datetime) -> list[Offer]:
    """The nearest facilities of the patient's province that can take them, but for the one where they lie."""
    rows = Facility.objects.open().filter(province_id=patient.province_id).select_related("place", "organisation")
    if patient.state == Patient.State.INSIDE:
        rows = rows.exclude(pk=patient.facility_id or 0)
    candidates = [_candidate(one) for one in facilities_now(rows, now)]
    return offers(candidates, where_is(patient), patient.tier, patient.need)


def _candidate(one: FacilityNow) -> Candidate:
    facility, free = one.facility, {kind: one.counted.of(kind).free for kind in KINDS}
    return Candidate(facility.pk, facility.name, facility.tier, _spot(facility), free, one.counted.counted_at)


def _spot(facility: Facility) -> Spot:
    return Spot(
        facility.place.latitude,
        facility.place.longitude,
        facility.province_id,
        facility.district_id,
        facility.commune_id,
    )


def where_is(patient: Patient) -> Spot:
    """Where somebody is fetched from: the facility where they lie, else the home, else the middle of its unit."""
    if patient.state == Patient.State.INSIDE and patient.facility is not None:
        return _spot(patient.facility)
    units = (patient.province_id, patient.district_id, patient.commune_id)
    household = patient.person.household if patient.person_id and patient.person else None
    if household is not None and household.latitude is not None:
        return Spot(household.latitude, household.longitude, *units)
    home = Unit.objects.filter(pk=patient.commune_id or patient.district_id or patient.province_id).first()
    return Spot(home.latitude if home else None, home.longitude if home else None, *units)
