"""Who may do what to a task, and to whom a unit may pass work on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rung:
    """An organisation's place: tier 1 province to 3 commune, and the units it lies in."""

    id: int
    tier: int
    province: int
    district: int | None
    commune: int | None
    parent: int | None
    closed: bool


def may_give(giver: Rung, taker: Rung) -> bool:
    """Whether `giver` may hand work to `taker`: down the tiers inside its own area, or to a body beside it that answers to it.

    A committee's office acts for the committee, so bodies of the same tier in the same area may be given work by it too.
    """
    if taker.closed or giver.id == taker.id or giver.province != taker.province:
        return False
    if taker.parent == giver.id:
        return True
    if giver.tier == 1:
        return True
    if giver.tier == 2:
        return taker.tier >= giver.tier and taker.district == giver.district
    return taker.commune == giver.commune and taker.commune is not None
