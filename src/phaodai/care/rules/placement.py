"""Where a patient finds a place: the nearest facility of the right tier with a free bed that suits. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from phaodai.care.rules.patients_severity import KINDS, spends, suits

EARTH_RADIUS_KM = 6371.0
OFFERED = 5


@dataclass(frozen=True)
class Spot:
    """Where something is: coordinates in degrees where they are known, and its units of the three tiers."""

    latitude: float | None = None
    longitude: float | None = None
    province: int | None = None
    district: int | None = None
    commune: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A facility as it stands: free beds by kind, and when they were counted (None: nobody ever did)."""

    facility: int
    name: str
    tier: int
    spot: Spot
    free: Mapping[str, int]
    counted_at: datetime | None


@dataclass(frozen=True)
class Offer:
    """A facility that could take the patient. `steps` says how far it is by units where no coordinates do: 0 the same commune,
    1 the same district, 2 the same province, 3 elsewhere."""

    candidate: Candidate
    free: int
    distance_km: float | None
    steps: int


def offers(candidates: Iterable[Candidate], origin: Spot, tier: int | None, need: str) -> list[Offer]:
    """The nearest facilities that have a free bed of the kind needed, of the wanted tier first and of higher ones after.

    `tier` None leaves the tier open. Facilities of a lower tier than wanted are never offered.
    """
    able = [
        Offer(one, free_for(one.free, need), distance_km(origin, one.spot), steps_between(origin, one.spot))
        for one in candidates
        if (tier is None or one.tier >= tier) and free_for(one.free, need) > 0
    ]
    return sorted(able, key=lambda offer: _rank(offer, tier))[:OFFERED]


def _rank(offer: Offer, tier: int | None) -> tuple[int, bool, float, str]:
    above = 0 if tier is None else offer.candidate.tier - tier
    far = offer.steps * 1e4 if offer.distance_km is None else offer.distance_km
    return (above, offer.distance_km is None, far, offer.candidate.name)


def free_for(free: Mapping[str, int], need: str) -> int:
    """How many free beds suit, without taking an intensive-care bed from whoever needs it."""
    return sum(max(free.get(kind, 0), 0) for kind in KINDS if suits(kind, need) and not spends(kind, need))


def distance_km(one: Spot, other: Spot) -> float | None:
    """Kilometres as the crow flies (haversine on a sphere of 6,371 km); None where one of the two has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    across, along = radians(other.longitude - one.longitude) / 2, (south - north) / 2
    half = sin(along) ** 2 + cos(north) * cos(south) * sin(across) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def steps_between(one: Spot, other: Spot) -> int:
    """0 in the same commune, 1 in the same district, 2 in the same province, 3 elsewhere."""
    for steps, tier in enumerate(("commune", "district", "province")):
        mine = getattr(one, tier)
        if mine is not None and mine == getattr(other, tier):
            return steps
    return 3
