"""Doses as the tests need them: few columns said, the others filled in."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold, sort_key
from phaodai.people.models import Person
from phaodai.vaccination.models import Dose
from tests.world import World


def person(world: World, code: str = "98001", name: str = "Hoàng Thị Mận", **known: Any) -> Person:
    """Somebody of a commune with an ID card."""
    facts = {
        "birth_date": date(1969, 3, 1),
        "birth_year": 1969,
        "sex": "F",
        "identity_number": f"0{uuid4().int % 10**11:011d}",
    }
    area = world.units[code].area.columns
    return Person.objects.create(
        full_name=name, sort_key=sort_key(name), search_key=fold(name), **area, **{**facts, **known}
    )


def dose(world: World, code: str = "98001", on: date = date(2021, 10, 1), number: int = 1, **known: Any) -> Dose:
    """A dose that was not written yet."""
    facts: dict[str, Any] = {
        "full_name": "Hoàng Thị Mận", "product": "astrazeneca", "age": 52, "birth_year": 1969, "source": "sheet",
        "search_key": "hoang thi man", "received_at": datetime.combine(on, time(17), VIETNAM), **world.units[code].area.columns,
    }  # fmt: skip
    return Dose(
        key=uuid4(), identity_key=uuid4(), fingerprint=uuid4(), number=number, given_on=on,
        given_at=datetime.combine(on, time(9), VIETNAM), **{**facts, **known},
    )  # fmt: skip


def course(world: World, who: Person, *, product: str = "astrazeneca", doubted: bool = False) -> list[Dose]:
    """Two doses of a person."""
    days = (date(2021, 8, 1), date(2021, 10, 10))
    rows = [
        dose(world, on=on, number=number, person=who, product=product, doubted=doubted and number == 2)
        for number, on in enumerate(days, start=1)
    ]
    return Dose.objects.bulk_create(rows)
