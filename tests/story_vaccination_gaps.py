"""Beside each vaccination point's doses: a lot in its fridge, somebody of the roster at its session, a slip and a report."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.story_vaccination_plan import POINTS
from tests.world import World

REFERENCE = "MCPHSATEM1"
"""The link of the slip of Tân Lộc; those of the other points end with 2 and 3."""


def build_vaccination_gaps(world: World, evening: datetime) -> None:
    """What people tell of themselves after a dose, and who and what stands at the session."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for number, (name, commune, body, _listed) in enumerate(POINTS, 1):
            area, organisation = world.units[commune].area.columns, world.bodies[body]
            _kept(name, commune, area, evening)
            _member(name)
            _claim(name, number, area, organisation, evening)


def _kept(name: str, commune: str, area: dict[str, Any], evening: datetime) -> None:
    from phaodai.vaccination.models import ColdLine, ColdPlace, VaccineLot

    place = ColdPlace.objects.get(name=f"Mốc tủ lạnh {name}")
    lot = VaccineLot.objects.get(number=f"MOC-{commune}")
    ColdLine.objects.create(
        store=place.store, lot=lot, vials=30, put_into=place, at=evening, key=UUID(int=int(commune)), **area
    )


def _member(name: str) -> None:
    from phaodai.care.models import Worker
    from phaodai.vaccination.models import Session, SessionMember

    worker = Worker.objects.order_by("pk")[0]
    session = Session.objects.get(name=f"Mốc buổi tiêm {name}")
    SessionMember.objects.create(session=session, worker=worker, name=worker.name, duty="vaccinating")


def _claim(name: str, number: int, area: dict[str, Any], organisation: Any, evening: datetime) -> None:
    from phaodai.vaccination.models import Dose, ReactionClaim, ReactionDoor

    dose = Dose.objects.get(full_name=f"Mốc mũi tiêm {name}")
    door = ReactionDoor.objects.create(
        reference=f"{REFERENCE[:-1]}{number}", dose=dose, organisation=organisation, given_on=dose.given_on,
        closes_on=dose.given_on + timedelta(days=28), **area,
    )  # fmt: skip
    ReactionClaim.objects.create(
        door=door, key=UUID(int=700 + number), organisation=organisation, signs=["fever"], words=f"Mốc sốt {name}",
        began_at=evening - timedelta(hours=3), received_at=evening, told_at=evening, **area,
    )  # fmt: skip
