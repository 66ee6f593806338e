"""From a scenario's orders to the numbers that kernels read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.areas import Gazetteer
from epidemic.simulation.campaigns import campaigns_of
from epidemic.simulation.conduct import Ways, capacity_on, conduct_on, test_days_on
from epidemic.simulation.course import Biology, course_of
from epidemic.simulation.kinds import (
    CONFINEMENTS,
    FREE,
    HOME_ISOLATION,
    HOME_QUARANTINE,
    HOUSEHOLD,
    KINDS,
    LAYERS,
    ON_SITE,
    SCHOOL,
    TRAVEL,
    WORK,
)
from epidemic.simulation.measures import (
    Arrivals,
    Checkpoint,
    FiveMeasures,
    Order,
    Outbreak,
    Restriction,
    ThreeOnTheSpot,
    Treatment,
)
from epidemic.simulation.orders import REMEMBERED_DAYS, Areas, Introductions, Plan
from epidemic.simulation.population import Population
from epidemic.simulation.programmes import programmes_of
from epidemic.simulation.transmission import transmission_for
from epidemic.simulation.variants import DELTA, Variant

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Kind = TypeVar("Kind", bound=Order)

# What somebody confined still shares with the household; visitors and errands of who sits at home are few.
AT_HOME_HOUSEHOLD, AT_HOME_COMMUNITY, ISOLATED_HOUSEHOLD = 0.7, 0.05, 0.3


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What happens in a province: the virus, the outbreak, and the orders.

    Attributes
    ----------
    variants
        The first is the one meant where no variant is named.
    orders
        Measures, arrivals and outbreaks in any number.
    immunity_half_life
        Days in which protection by an earlier infection halves; infinite: nobody falls ill again.
    """

    days: int = 120
    variants: tuple[Variant, ...] = (DELTA,)
    biology: Biology = field(default_factory=Biology)
    orders: tuple[Order, ...] = ()
    immunity_half_life: float = float("inf")

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The orders of a kind."""
        return [order for order in self.orders if isinstance(order, kind)]


def compile_plan(scenario: Scenario, population: Population) -> Plan:
    """The scenario for a population, its transmission set to each variant's reproduction number.

    Raises
    ------
    AreaError
        For an area that the province has not.
    ValueError
        For a reproduction number that these contacts cannot give.
    """
    gazetteer, course = Gazetteer(population), course_of(scenario.variants, scenario.biology)
    rates = [
        transmission_for(population, course, at, variant.reproduction) for at, variant in enumerate(scenario.variants)
    ]
    return Plan(
        areas=_areas(scenario, population, gazetteer),
        course=course,
        transmission=np.stack(rates),
        mixing=_mixing(),
        programmes=programmes_of(scenario.orders, scenario.days, population, gazetteer),
        campaigns=campaigns_of(scenario.orders, scenario.days, population, gazetteer),
        introductions=_introductions(scenario, gazetteer),
        natural=(0.5 ** (np.arange(REMEMBERED_DAYS) / scenario.immunity_half_life)).astype(np.float32),
        reinfection=bool(np.isfinite(scenario.immunity_half_life)),
        treatment=bool(scenario.of(Treatment)),
    )


def _mixing() -> Singles:
    """What is left of contacts of each layer for each confinement."""
    mixing = np.zeros((len(CONFINEMENTS), len(LAYERS)), np.float32)
    mixing[FREE] = 1
    mixing[HOME_QUARANTINE] = (AT_HOME_HOUSEHOLD, 0, 0, AT_HOME_COMMUNITY, 0)
    mixing[HOME_ISOLATION, HOUSEHOLD] = ISOLATED_HOUSEHOLD
    mixing[ON_SITE, WORK] = 1
    return mixing


def phases(orders: Iterable[Order], days: int) -> list[int]:
    """First day of each phase in which no order begins or ends."""
    turns = {0}
    for order in orders:
        turns |= {order.since, days if order.until is None else order.until + 1}
    return sorted(turn for turn in turns if 0 <= turn < days)


def _areas(scenario: Scenario, population: Population, gazetteer: Gazetteer) -> Areas:
    starts = phases(scenario.orders, scenario.days)
    phase = np.searchsorted(starts, np.arange(scenario.days), side="right") - 1
    in_force = [[order for order in scenario.orders if order.holds_on(day)] for day in starts]
    closed = [_open_shares(orders, gazetteer) for orders in in_force]
    behaviour = [_behaviour(orders, gazetteer) for orders in in_force]
    ways = Ways(gazetteer)
    row = np.stack([conduct_on(orders, ways) for orders in in_force]).astype(np.int16)
    return Areas(
        phase=phase.astype(np.int16),
        contact=np.stack([places * calm for (places, _), (calm, _) in zip(closed, behaviour, strict=True)]),
        parks=np.stack([parks * calm for (_, parks), (_, calm) in zip(closed, behaviour, strict=True)]),
        on_site=np.stack([_on_site(orders, gazetteer) for orders in in_force]),
        lost=np.stack([_lost(places, parks, population) for places, parks in closed]),
        row=row,
        conduct=ways.table(),
        capacity=np.stack([capacity_on(orders) for orders in in_force]),
        test_days=np.array([test_days_on(orders) for orders in in_force], np.int64),
    )


def _open_shares(orders: Sequence[Order], gazetteer: Gazetteer) -> tuple[Singles, Singles]:
    """What restrictions leave of contacts, by hamlet and kind, and by park: the strictest in force counts."""
    places = np.ones((len(gazetteer.population.hamlet_commune), len(KINDS)), np.float32)
    parks = np.ones(len(gazetteer.parks) + 1, np.float32)
    for order in orders:
        if isinstance(order, Restriction):
            inside, at = gazetteer.hamlets(order.area), gazetteer.parks_in(order.area)
            left = np.array([order.factor(kind) for kind in KINDS], np.float32)
            places[inside] = np.minimum(places[inside], left)
            parks[at] = np.minimum(parks[at], np.float32(order.factor("park")))
    return places, parks


def _behaviour(orders: Sequence[Order], gazetteer: Gazetteer) -> tuple[Singles, Singles]:
    """What 5K leaves of the risk of each contact outside the household."""
    places = np.ones((len(gazetteer.population.hamlet_commune), len(KINDS)), np.float32)
    parks = np.ones(len(gazetteer.parks) + 1, np.float32)
    for order in orders:
        if isinstance(order, FiveMeasures):
            inside, at = gazetteer.hamlets(order.area), gazetteer.parks_in(order.area)
            places[inside, HOUSEHOLD + 1 : TRAVEL] = np.minimum(
                places[inside, HOUSEHOLD + 1 : TRAVEL], np.float32(order.behaviour())
            )
            parks[at] = np.minimum(parks[at], np.float32(order.behaviour()))
    return places, parks


def _on_site(orders: Sequence[Order], gazetteer: Gazetteer) -> Floats:
    shares = np.zeros(len(gazetteer.parks) + 1)
    for order in orders:
        if isinstance(order, ThreeOnTheSpot):
            at = gazetteer.parks_in(order.area)
            shares[at] = np.maximum(shares[at], order.share)
    return shares


def _lost(places: Singles, parks: Singles, population: Population) -> Floats:
    """Share of workdays outside parks, of workdays in parks, and of school days that closing takes."""
    occupied = population.occupied
    return np.array(
        [
            1 - _mean(places[:, WORK], occupied.workers),
            1 - _mean(parks, occupied.park_workers),
            1 - _mean(places[:, SCHOOL], occupied.pupils),
        ]
    )


def _mean(left: Singles, people: NDArray[np.int64]) -> float:
    """What is left for the average person; of nobody everything."""
    return float(left.astype(float) @ people / people.sum()) if people.any() else 1.0


def _introductions(scenario: Scenario, gazetteer: Gazetteer) -> Introductions:
    names = [variant.name for variant in scenario.variants]
    rows = [
        (day, order, names.index(order.variant) if order.variant else 0)
        for order in scenario.orders
        if isinstance(order, Arrivals | Outbreak)
        for day in _days_of(order, scenario.days)
    ]
    pools = {order.area: gazetteer.people(order.area) for _, order, _ in rows}
    ends = np.cumsum([0, *(len(pool) for pool in pools.values())])
    at = [list(pools).index(order.area) for _, order, _ in rows]
    return Introductions(
        day=np.array([day for day, _, _ in rows], np.int64),
        pool=np.concatenate([*pools.values(), np.empty(0, np.int32)]).astype(np.int32),
        bounds=np.column_stack([ends[at], ends[1:][at]]).astype(np.int64) if rows else np.empty((0, 2), np.int64),
        number=np.array([_number(order) for _, order, _ in rows], float),
        variant=np.array([variant for _, _, variant in rows], np.int64),
        caught=np.array([_caught(scenario, order, day) for day, order, _ in rows], float),
        varies=np.array([isinstance(order, Arrivals) for _, order, _ in rows], bool),
    )


def _days_of(order: Arrivals | Outbreak, days: int) -> Iterable[int]:
    if isinstance(order, Outbreak):
        return (order.since,) if order.since < days else ()
    return range(order.since, min(days, days if order.until is None else order.until + 1))


def _number(order: Arrivals | Outbreak) -> float:
    return order.infected if isinstance(order, Outbreak) else order.people_a_day * order.infected


def _caught(scenario: Scenario, order: Arrivals | Outbreak, day: int) -> float:
    """What the checkpoints in force find of arrivals; an outbreak's first cases are in the province already."""
    if isinstance(order, Outbreak):
        return 0.0
    return max((gate.found for gate in scenario.of(Checkpoint) if gate.holds_on(day)), default=0.0)
