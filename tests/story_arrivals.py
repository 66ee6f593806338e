"""A checkpoint of Tân Lộc, a coach that it expects, who declared to come with it, and who came through yesterday."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.world import World

REFERENCE = "MCKHA2TAN3"
"""The code that the passenger of Tân Lộc shows."""
PLATE = "97B01234"
# Name, commune of destination, body that runs the gate, what follows, step.
ARRIVED = (
    ("Mốc đến Tân Lộc", "98001", "TYTL", "undecided", "to-decide"),
    ("Mốc thăm Tân Lộc", "98001", "TYTL", "monitor", "to-visit"),
    ("Mốc nơi Tân Lộc", "98001", "TYTL", "centralised", "to-place"),
    ("Mốc hết Tân Lộc", "98001", "TYTL", "home", "quarantine"),
    ("Mốc dõi Tân Lộc", "98001", "TYTL", "monitor", "monitored"),
    ("Mốc dõi Phú Khê", "98101", "UBXPK", "monitor", "monitored"),
    ("Mốc đến Phú Khê", "98101", "UBXPK", "undecided", "to-decide"),
    ("Mốc đến Sơn Giang", "97001", "VPSG", "undecided", "to-decide"),
)
# Whose register, of which unit, the level, where it was published.
PUBLISHED = (
    ("98", "97", 4, "Mốc cấp Sơn Giang"),
    ("98", "970", 3, "Mốc cấp Giang Đông"),
    ("97", "98", 4, "Mốc cấp Bình Minh"),
)


def build_arrivals(world: World, evening: datetime) -> None:
    """Written as the installation writes."""
    from phaodai.containment.models import CheckpointDuty, OriginLevel
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        gates = {code: _gate(world, code, evening) for code in ("TYTL", "UBXPK", "VPSG")}
        for gate in gates.values():
            CheckpointDuty.objects.create(
                checkpoint=gate,
                name=f"Trực {gate.name}",
                starts_at=evening,
                ends_at=evening + timedelta(days=1),
                **_area(gate),
            )
            _coach(world, gate, evening)
        for index, row in enumerate(ARRIVED):
            _arrival(world, gates[row[2]], index, row, evening)
        for code, other, level, source in PUBLISHED:
            OriginLevel.objects.create(
                unit=world.units[other],
                level=level,
                since=date(2021, 11, 1),
                source=source,
                province_id=world.units[code].pk,
            )


def _area(row: Any) -> dict[str, int | None]:
    return {f"{tier}_id": getattr(row, f"{tier}_id") for tier in ("province", "district", "commune")}


def _gate(world: World, code: str, evening: datetime) -> Any:
    from phaodai.containment.models import Checkpoint
    from phaodai.foundation.formats import fold, sort_key

    body = world.bodies[code]
    name = f"Mốc chốt {body.unit.bare_name}"
    return Checkpoint.objects.create(
        name=name, organisation=body, opened_at=evening - timedelta(days=5), place="Km 12",
        sort_key=sort_key(name), search_key=fold(name), **_area(body),
    )  # fmt: skip


def _coach(world: World, gate: Any, evening: datetime) -> None:
    from phaodai.containment.models import ArrivalGroup, Declaration
    from phaodai.foundation.formats import fold, sort_key

    other = "97" if gate.province_id == world.units["98"].pk else "98"
    plate = PLATE if gate.organisation.code == "TYTL" else f"97B{gate.pk:05}"
    morning = evening + timedelta(hours=16)
    ArrivalGroup.objects.create(
        plate=plate, travelling_on=morning.date(), expected_at=morning, checkpoint=gate, origin=world.units[other],
        sort_key=plate, search_key=fold(plate), **_area(gate),
    )  # fmt: skip
    name = f"Mốc khách {gate.organisation.unit.bare_name}"
    Declaration.objects.create(
        reference=REFERENCE if plate == PLATE else f"MC{gate.pk:08}", full_name=name, birth_year=1990, plate=plate,
        origin=world.units[other], destination=world.units[_bound(gate)], travelling_on=morning.date(), sent_at=evening,
        sort_key=sort_key(name), search_key=fold(name), **_area(world.units[_bound(gate)]),
    )  # fmt: skip


def _bound(gate: Any) -> str:
    """The passengers of the gate of Tân Lộc are bound for Hòa Xuân: the gate sees them by the coach alone."""
    return {"TYTL": "98002", "UBXPK": "98101", "VPSG": "97001"}[gate.organisation.code]


def _arrival(world: World, gate: Any, index: int, row: tuple[str, str, str, str, str], evening: datetime) -> None:
    from phaodai.containment.models import Arrival, Monitoring
    from phaodai.foundation.formats import fold, sort_key

    name, code, _body, outcome, step = row
    other = "98" if code.startswith("97") else "97"
    why = {"vi": "Chưa biết cấp độ dịch của nơi đi.", "en": "The level of the origin is not known."}
    arrival = Arrival.objects.create(
        key=UUID(int=100 + index), checkpoint=gate, organisation=gate.organisation, full_name=name, birth_year=1988,
        abroad=outcome == "centralised", origin=world.units[other], destination=world.units[code], at=evening,
        received_at=evening, outcome=outcome, step=step,
        record={"why": why, "rule": "quarantine"}, sort_key=sort_key(name), search_key=fold(name),
        quarantine_until=date(2021, 11, 24) if outcome == "home" else None,
        monitor_until=date(2021, 12, 1) if outcome == "monitor" else None, **_area(world.units[code]),
    )  # fmt: skip
    if step == "monitored":
        Monitoring.objects.create(
            arrival=arrival, starts_on=date(2021, 11, 23), ends_on=date(2021, 11, 30), **_area(arrival)
        )
