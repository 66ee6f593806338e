"""People of Tân Lộc who stand in line at a table, and a laboratory that answers."""

from datetime import date, datetime
from typing import Any

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Person
from phaodai.surveillance.actions import campaigns
from phaodai.surveillance.models import Campaign, LabelBatch, Laboratory
from tests.story_surveillance import area_of
from tests.world import World

DAY = date(2021, 11, 24)


def people(world: World, count: int) -> list[Person]:
    """So many residents of Tân Lộc."""
    area = area_of(world.units["98001"])
    names = [f"Người Xếp Hàng {number}" for number in range(1, count + 1)]
    with entering(SYSTEM):
        return Person.objects.bulk_create(
            Person(full_name=name, birth_year=1950 + 5 * place, sort_key=sort_key(name), search_key=fold(name), **area)
            for place, name in enumerate(names)
        )


def laboratory_of(world: World, body: str = "CTDK") -> Laboratory:
    """The laboratory of the story, whose officers see no area: its tubes alone."""
    with entering(SYSTEM):
        return Laboratory.objects.get(organisation=world.bodies[body])


def labels(world: World, moment: datetime, count: int = 40) -> list[str]:
    """A roll of tubes at the station."""
    with world.as_("ngoc") as nurse:
        batch: LabelBatch = campaigns.register_labels(
            actor=nurse, moment=moment, first="ong-0001", last=f"ong-{count:04d}"
        )
        return [batch.barcode(number) for number in range(batch.first, batch.last + 1)]


def campaign_of(world: World, moment: datetime, **facts: Any) -> Campaign:
    """A pooled campaign of Tân Lộc, planned by the installation's own hand."""
    asked: dict[str, Any] = {
        "unit": world.units["98001"], "name": "Chợ Tân Lộc", "target_people": 30, "starts_on": DAY, "ends_on": DAY,
        "reason": "Ổ dịch chợ", "pooled": True,
    }  # fmt: skip
    with entering(SYSTEM):
        return campaigns.plan_campaign(actor=SYSTEM, moment=moment, **(asked | facts))
