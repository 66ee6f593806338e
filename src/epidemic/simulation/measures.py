"""The measures of the directives, each in an area and from one day to another; they act together.

Where nobody has measured what an order does to contacts, the figure is an assumption that a scenario may replace; the docs
list them. Days count from 0, the first day of the scenario; `until` is the last day of the order. `area` names communes,
districts, parks, or hamlets (`CODE/2`); empty is the whole province.
"""

from dataclasses import dataclass, field

LEVELS: dict[str, dict[str, float]] = {
    "15": {"work": 0.8, "park": 0.9, "community": 0.55, "gathering": 0.1, "travel": 0.5},
    "16": {"school": 0.0, "work": 0.35, "park": 0.6, "community": 0.25, "gathering": 0.0, "travel": 0.1},
    "19": {"community": 0.85, "gathering": 0.3},
    "level-1": {},
    "level-2": {"community": 0.9, "gathering": 0.6},
    "level-3": {"school": 0.6, "work": 0.9, "community": 0.7, "gathering": 0.2, "travel": 0.8},
    "level-4": {"school": 0.1, "work": 0.7, "park": 0.9, "community": 0.4, "gathering": 0.05, "travel": 0.4},
}
"""What is left of contacts under Directives 15, 16 and 19 and levels 1 to 4 of Resolution 128/NQ-CP: our reading of what each
closes or limits, not measured."""

CLOSED: dict[str, dict[str, float]] = {
    "schools": {"school": 0.0},
    "parks": {"park": 0.0},
    "gatherings": {"gathering": 0.0},
    "workplaces": {"work": 0.0},
    "markets": {"community": 0.6},
}
LOCKED = {"leaving": 0.0, "school": 0.0, "work": 0.1, "community": 0.1, "gathering": 0.0, "travel": 0.0}
STAYING = {"school": 0.0, "work": 0.2, "community": 0.15, "gathering": 0.0, "travel": 0.05}

# Relative risks of masks and of distance, Talic et al. 2021, doi:10.1136/bmj-2021-068302.
MASK_RISK, DISTANCE_RISK = 0.47, 0.75


@dataclass(frozen=True, kw_only=True)
class Order:
    """Something ordered for an area and some days."""

    since: int = 0
    until: int | None = None
    area: tuple[str, ...] = ()

    def holds_on(self, day: int) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class FiveMeasures(Order):
    """5K: masks and distance outside the household, kept by a share of people (`compliance`)."""

    compliance: float = 0.7

    def behaviour(self) -> float:
        """Factor on the risk of each contact outside the household."""
        return (1 - self.compliance * (1 - MASK_RISK)) * (1 - self.compliance * (1 - DISTANCE_RISK))


@dataclass(frozen=True, kw_only=True)
class Restriction(Order):
    """An order that takes away contacts: `left` is what it leaves of each kind, for those who follow it (`adherence`)."""

    adherence: float = 1.0

    def left(self) -> dict[str, float]:
        return {}

    def factor(self, kind: str) -> float:
        """What is left of contacts of a kind: a layer, `park` or `travel`."""
        return 1 - self.adherence * (1 - self.left().get(kind, 1.0))


@dataclass(frozen=True, kw_only=True)
class Distancing(Restriction):
    """Distancing by Directive 15, 16 or 19, or a level of Resolution 128; `contacts` replaces figures of `LEVELS`."""

    level: str
    contacts: dict[str, float] = field(default_factory=dict)

    def left(self) -> dict[str, float]:
        return LEVELS[self.level] | self.contacts


@dataclass(frozen=True, kw_only=True)
class Closing(Restriction):
    """Closing schools, industrial parks, gatherings, workplaces or markets; `share` of them."""

    what: tuple[str, ...]
    share: float = 1.0

    def left(self) -> dict[str, float]:
        closed = {kind: factor for what in self.what for kind, factor in CLOSED[what].items()}
        return {kind: 1 - self.share * (1 - factor) for kind, factor in closed.items()}


@dataclass(frozen=True, kw_only=True)
class Lockdown(Restriction):
    """Phong tỏa of a commune, a hamlet or a district: households keep to themselves, nobody goes in or out."""

    adherence: float = 0.95

    def left(self) -> dict[str, float]:
        return LOCKED


@dataclass(frozen=True, kw_only=True)
class StayInPlace(Restriction):
    """Ai ở đâu ở đó: out for what is needed only, nobody from commune to commune; parks go on."""

    adherence: float = 0.9

    def left(self) -> dict[str, float]:
        return STAYING


@dataclass(frozen=True, kw_only=True)
class Checkpoint(Restriction):
    """Gates: contacts across communes fall to `passing`, and a share of infected arrivals is `found` and isolated."""

    passing: float = 0.5
    found: float = 0.5

    def left(self) -> dict[str, float]:
        return {"travel": self.passing}


@dataclass(frozen=True, kw_only=True)
class ThreeOnTheSpot(Order):
    """A share of the workers of parks works, eats and rests at the plant, and meets nobody else."""

    share: float = 0.8


@dataclass(frozen=True, kw_only=True)
class Sampling(Order):
    """A test programme.

    Attributes
    ----------
    share
        Of people with symptoms, the chance a day to be tested (`symptomatic`); of the group, the share tested on each round.
    every
        Days from round to round; `random` and `symptomatic` tests go on daily.
    tests_a_day
        What the laboratory can do; for random tests, how many there are.
    pool
        Samples that go into one test; a positive pool is tested again one by one.
    alike
        Share of people who have like symptoms on a day without this infection.
    """

    who: str = "symptomatic"
    groups: tuple[str, ...] = ("everyone",)
    share: float = 0.5
    every: int = 1
    tests_a_day: float = float("inf")
    pool: int = 1
    sensitivity: float = 0.95
    turnaround: int = 1
    alike: float = 0.001


@dataclass(frozen=True, kw_only=True)
class Tracing(Order):
    """Contacts of a case found `delay` days after its result, by teams that manage `cases_a_day`; the rest waits.

    `household` ... `gathering`: share of contacts found; `second`: share of their households (F2) kept at home.
    """

    delay: int = 1
    cases_a_day: float = float("inf")
    household: float = 1.0
    school: float = 0.9
    work: float = 0.8
    community: float = 0.4
    gathering: float = 0.3
    second: float = 0.0
    second_days: int = 7


@dataclass(frozen=True, kw_only=True)
class Quarantine(Order):
    """Quarantine of contacts: `at_site` is the share that goes to a site while there are `places`, the rest stays at home.

    `cross_contacts`: how many others of the site each resident meets as closely as a household member. `test_days` count
    from the first day of quarantine.
    """

    days: int = 14
    at_site: float = 1.0
    places: float = float("inf")
    adherence: float = 0.95
    test_days: tuple[int, ...] = (1, 7, 13)
    sensitivity: float = 0.95
    cross_contacts: float = 0.5


@dataclass(frozen=True, kw_only=True)
class Isolation(Order):
    """Cases are isolated from their result until they recover: this share of them."""

    share: float = 0.95


@dataclass(frozen=True, kw_only=True)
class Treatment(Order):
    """Beds of three tiers and places on oxygen. Who is severe without tier 2 and oxygen turns critical `without_care` times as
    often, who is critical without tier 3 and oxygen dies `without_intensive_care` times as often (2 and 2: Covasim's)."""

    tier_1: float = 0.0
    tier_2: float = float("inf")
    tier_3: float = float("inf")
    oxygen: float = float("inf")
    without_care: float = 2.0
    without_intensive_care: float = 2.0


@dataclass(frozen=True, kw_only=True)
class Vaccination(Order):
    """A campaign: groups in order of priority, two doses, protection from `delay` days after each.

    Protection against infection 0.39 and 0.64 (AstraZeneca, Delta: Pattni et al. 2022, doi:10.1186/s12879-022-07239-z), against
    passing on 0.15 and 0.49 (Delta, households: PMC10697107), against severe disease 0.71 and 0.92 (hospital admission: Public
    Health England, June 2021), of which that against infection is a part. `half_life` in days lets the first two wane.
    """

    doses_a_day: float
    groups: tuple[str, ...] = ("health", "elderly", "adults")
    doses: float = float("inf")
    uptake: float = 0.9
    interval: int = 56
    already: float = 0.0
    delay: int = 14
    infection: tuple[float, float] = (0.39, 0.64)
    passing_on: tuple[float, float] = (0.15, 0.49)
    severe: tuple[float, float] = (0.71, 0.92)
    half_life: float = float("inf")


@dataclass(frozen=True, kw_only=True)
class Arrivals(Order):
    """People who come from epidemic areas: how many a day, and which share of them is infected."""

    people_a_day: float
    infected: float
    variant: str = ""


@dataclass(frozen=True, kw_only=True)
class Outbreak(Order):
    """So many people of an area infected on the day `since`."""

    infected: int
    variant: str = ""
