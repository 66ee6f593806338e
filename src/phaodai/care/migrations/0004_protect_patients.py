from django.db import migrations

from phaodai.foundation.row_security import IN_AREA, OWN_ORGANISATION, narrow, protect, protect_history, through

IN_PROVINCE = (
    "((select phaodai_reach()) in ('area', 'own') and province_id = (select phaodai_setting('phaodai.province')))"
)
_OURS = f"(select facility.id from care_facility facility where facility.organisation_id = {OWN_ORGANISATION})"
_OUR_CARS = f"(select car.id from care_ambulance car where car.organisation_id = {OWN_ORGANISATION})"
_SIGNED_IN = "(select phaodai_reach()) in ('area', 'own')"
# Whoever treats somebody sees them, whatever the reach of the post; so does whoever is to take or drive them.
TREATED_HERE = f"({_SIGNED_IN} and facility_id in {_OURS})"
OUR_TRANSFER = (
    f"({_SIGNED_IN} and (to_facility_id in {_OURS} or from_facility_id in {_OURS} or ambulance_id in {_OUR_CARS}))"
)
COMING_HERE = (
    f"({_SIGNED_IN} and id in (select way.patient_id from care_transfer way"
    f" where (way.to_facility_id in {_OURS} or way.ambulance_id in {_OUR_CARS})"
    " and way.state not in ('refused', 'cancelled')))"
)
OUR_CAR = f"({_SIGNED_IN} and organisation_id = {OWN_ORGANISATION})"
# Reviews of deaths are read by the facility and by whoever answers for a district or the province.
ABOVE_COMMUNE = f"({IN_AREA} and (select phaodai_setting('phaodai.commune')) is null)"
# Limits are the province's: an officer of a district or commune changes none.
FOR_PROVINCE = (
    f"({IN_PROVINCE} and (select phaodai_setting('phaodai.district')) is null"
    " and (select phaodai_setting('phaodai.commune')) is null)"
)
# Whoever takes or drives somebody ends their stay in the bed that they leave.
LEFT_FOR_US = (
    f"({_SIGNED_IN} and exists (select 1 from care_transfer way where way.patient_id = care_bedstay.patient_id"
    " and way.from_facility_id = care_bedstay.facility_id and way.state not in ('refused', 'cancelled')"
    f" and (way.to_facility_id in {_OURS} or way.ambulance_id in {_OUR_CARS})))"
)
PATIENT = (IN_AREA, TREATED_HERE, COMING_HERE)
OF_PATIENT = through("care_patient", "patient_id")
OF_TRANSFER = through("care_transfer", "transfer_id")
PARTS = ("assessment", "patientstep", "patientlook")
WRITTEN_ONCE = ("patientstep", "patientlook", "transferstep", "assessment")
TABLES = (
    *("patient", "bedstay", "ambulance", "transfer", "transferstep", "transferlimit", "insideinfection", "deathreview"),
    *PARTS,
)


class Migration(migrations.Migration):
    dependencies = [("care", "0003_patients")]
    operations = [
        protect("care_ambulance", see=(IN_PROVINCE,), write=(IN_AREA, OUR_CAR)),
        protect_history("care_ambulanceevent", see=(IN_PROVINCE,)),
        protect("care_transferlimit", see=(IN_PROVINCE,), write=(FOR_PROVINCE,)),
        protect_history("care_transferlimitevent", see=(IN_PROVINCE,)),
        protect("care_transfer", see=(IN_AREA, OUR_TRANSFER)),
        protect_history("care_transferevent", see=(IN_AREA, OUR_TRANSFER)),
        protect("care_transferstep", see=(OF_TRANSFER,)),
        protect("care_patient", see=PATIENT),
        protect_history("care_patientevent", see=(IN_AREA, TREATED_HERE)),
        *(protect(f"care_{table}", see=(OF_PATIENT,)) for table in PARTS),
        protect_history("care_assessmentevent", see=(OF_PATIENT,)),
        # Which bed is taken is known in the whole province, so that a patient is sent where one is free; the row names
        # nobody. It is written by whoever runs the facility or answers for its area.
        protect("care_bedstay", see=(IN_PROVINCE,), write=(IN_AREA, TREATED_HERE, LEFT_FOR_US)),
        protect_history("care_bedstayevent", see=(IN_PROVINCE,)),
        protect("care_insideinfection", see=(IN_AREA, TREATED_HERE)),
        protect_history("care_insideinfectionevent", see=(IN_AREA, TREATED_HERE)),
        protect("care_deathreview", see=(ABOVE_COMMUNE, TREATED_HERE)),
        protect_history("care_deathreviewevent", see=(ABOVE_COMMUNE, TREATED_HERE)),
        # Nothing is removed: treatments end, transfers are called off, steps are written once.
        *(narrow(f"care_{table}", remove=()) for table in TABLES),
        *(narrow(f"care_{table}", change=()) for table in WRITTEN_ONCE),
    ]
