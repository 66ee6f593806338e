"""Doses in three communes, each doubted, asked about, watched and followed by a fever: in two districts, and elsewhere."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.story_vaccination_plan import POINTS
from tests.world import World

GIVEN_ON = date(2021, 11, 23)


def build_doses(world: World, evening: datetime) -> None:
    """At each vaccination point a dose from a sheet of last week and one that a phone could not send."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for number, (name, commune, body, _listed) in enumerate(POINTS, 1):
            _point(f"Mốc mũi tiêm {name}", world.units[commune].area.columns, world.bodies[body], number, evening)


def _point(mark: str, area: dict[str, Any], organisation: Any, number: int, evening: datetime) -> None:
    from phaodai.vaccination.models import DoseSheet, ParkedDose, RefusedDose

    dose = _dose(mark, area, organisation, number, evening)
    _dose(mark.replace("mũi tiêm", "người tiêm"), area, organisation, number + 10, evening)
    _after(dose, area, organisation, evening)
    sheet = DoseSheet.objects.create(
        name=f"{mark}.xlsx", sha256=f"{number:064}", content=b"", state="finished", rows=2, reached=2, inserted=1,
        parked=1, taken_in_at=evening, finished_at=evening, **area,
    )  # fmt: skip
    ParkedDose.objects.create(
        sheet=sheet,
        row_number=3,
        cells=[["Họ và tên", mark], ["Vắc xin", "?"], ["Ngày tiêm", "23/11/2021"]],
        code="product",
        reason=f"{mark}: ?",
    )
    RefusedDose.objects.create(
        key=UUID(int=500 + number), content={"identity": {"name": mark}}, reason=f"{mark}: ?", organisation=organisation,
        received_at=evening, **area,
    )  # fmt: skip


def _dose(mark: str, area: dict[str, Any], organisation: Any, number: int, evening: datetime) -> Any:
    from phaodai.foundation.formats import fold
    from phaodai.vaccination.models import Dose
    from phaodai.vaccination.rules.identities import Written, fingerprint, identity_key

    identity = identity_key(Written(mark, "F", None, 1980))
    return Dose.objects.create(
        key=UUID(int=600 + number), full_name=mark, sex="F", birth_year=1980, search_key=fold(mark),
        identity_key=identity, fingerprint=fingerprint(identity, GIVEN_ON, "astrazeneca", 2, "X"),
        product="astrazeneca", lot_number="X", number=2, given_at=evening - timedelta(hours=9), given_on=GIVEN_ON,
        age=41, organisation=organisation, facility=mark, source="sheet", received_at=evening, doubted=number < 10, **area,
    )  # fmt: skip


def _after(dose: Any, area: dict[str, Any], organisation: Any, evening: datetime) -> None:
    from phaodai.vaccination.models import AdverseReaction, DoseDoubt, IdentityQuestion, Observation

    mine = {"organisation": organisation, **area}
    mark = dose.full_name
    DoseDoubt.objects.create(
        dose=dose,
        code="order",
        words_vi=f"{mark}: chưa có mũi 1.",
        words_en=f"{mark}: no dose 1.",
        found_at=evening,
        **mine,
    )
    IdentityQuestion.objects.create(identity_key=dose.identity_key, dose=dose, asked_at=evening, **mine)
    Observation.objects.create(dose=dose, due_at=dose.given_at + timedelta(minutes=30), **mine)
    AdverseReaction.objects.create(
        dose=dose, severity="mild", found="home", symptoms=f"{mark}: sốt nhẹ", began_at=evening - timedelta(hours=2),
        reported_at=evening, **mine,
    )  # fmt: skip
