"""A vaccinating table of Tân Lộc on the tests' morning: an open session, its lot, and what a phone writes down there."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Person
from phaodai.vaccination.actions.doses import Answer, Batch, receive_doses
from phaodai.vaccination.models import Session, SessionLot, VaccineLot
from tests.world import World

NUMBER = "001180000000"
"""A card of a woman born in 1980: what comes after it in the tests has other last digits."""


def card(last: int) -> str:
    """Another card of the same year and sex."""
    return f"{int(NUMBER) + last:012}"


@dataclass
class Table:
    """A phone at a table: who holds it, in which session, what it said so far."""

    world: World
    session: Session
    lot: VaccineLot
    moment: datetime
    who: str = "ngoc"
    sent: list[dict[str, Any]] = field(default_factory=list)

    def dose(self, name: str = "Lò Thị Mới", **changes: Any) -> dict[str, Any]:
        """A dose as the phone writes it; `changes` to its values, those of the identity too."""
        identity = {"name": name, "sex": "F", "born": "1980-03-04", "number": "", "phone": "", "address": ""}
        identity["number"] = changes.pop("card", "")
        identity |= {key: changes.pop(key) for key in ("sex", "born", "phone", "address") if key in changes}
        return {
            "key": str(uuid4()), "session": self.session.pk, "person": None, "entry": None, "identity": identity, "number": 1,
            "product": "astrazeneca", "lot": self.lot.pk, "lot_number": self.lot.number, "at": self.moment.isoformat(),
            "group": "chronic-elderly", "overridden": [], "reason": "", "consent": False,
        } | changes  # fmt: skip

    def send(self, *records: object, who: str = "", sent_at: object = None) -> list[Answer]:
        """Send records in one batch."""
        batch = Batch("may-1", sent_at or self.moment.isoformat(), records)
        with self.world.as_(who or self.who) as actor:
            return receive_doses(actor=actor, moment=self.moment, batch=batch)


def table_of(world: World, moment: datetime) -> Table:
    """Lay the table."""
    with entering(SYSTEM):
        lot = VaccineLot.objects.get(number="MOC-98001")
        station = world.bodies["TYTL"]
        session = Session.objects.create(
            name="Trạm Tân Lộc", organisation=station, day=moment.date(), starts_at=time(6), state="open",
            opened_at=moment, sort_key="tram", search_key="tram", **station.area.columns,
        )  # fmt: skip
        SessionLot.objects.create(session=session, lot=lot, brought=3)
    return Table(world, session, lot, moment)


def resident(world: World, name: str, commune: str = "98001", **values: Any) -> Person:
    """Somebody registered in a commune."""
    facts = {"sex": "F", "birth_year": 1980, "birth_date": "1980-03-04"} | values
    with entering(SYSTEM):
        return Person.objects.create(
            full_name=name, sort_key=sort_key(name), search_key=fold(name), **world.units[commune].area.columns, **facts
        )
