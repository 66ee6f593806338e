"""A province simulated person by person: households, schools, parks; the virus; and the measures of the directives.

Needs Numba, which comes with the extra `analytics`.
"""

from epidemic.simulation.areas import AreaError
from epidemic.simulation.contacts import Contacts, contacts_of
from epidemic.simulation.course import Biology
from epidemic.simulation.demography import Demography
from epidemic.simulation.measures import (
    Arrivals,
    Checkpoint,
    Closing,
    Distancing,
    FiveMeasures,
    Isolation,
    Lockdown,
    Order,
    Outbreak,
    Quarantine,
    Sampling,
    StayInPlace,
    ThreeOnTheSpot,
    Tracing,
    Treatment,
    Vaccination,
)
from epidemic.simulation.outcome import Ensemble, Run
from epidemic.simulation.plan import Scenario, compile_plan
from epidemic.simulation.population import People, Population, build_population
from epidemic.simulation.running import run_plan, simulate, simulate_many
from epidemic.simulation.territory import Commune, Park, Province, ProvinceError, invented_province, province_of
from epidemic.simulation.variants import ALPHA, DELTA, OMICRON, VARIANTS, WILD, Variant

__all__ = [
    "ALPHA",
    "DELTA",
    "OMICRON",
    "VARIANTS",
    "WILD",
    "AreaError",
    "Arrivals",
    "Biology",
    "Checkpoint",
    "Closing",
    "Commune",
    "Contacts",
    "Demography",
    "Distancing",
    "Ensemble",
    "FiveMeasures",
    "Isolation",
    "Lockdown",
    "Order",
    "Outbreak",
    "Park",
    "People",
    "Population",
    "Province",
    "ProvinceError",
    "Quarantine",
    "Run",
    "Sampling",
    "Scenario",
    "StayInPlace",
    "ThreeOnTheSpot",
    "Tracing",
    "Treatment",
    "Vaccination",
    "Variant",
    "build_population",
    "compile_plan",
    "contacts_of",
    "invented_province",
    "province_of",
    "run_plan",
    "simulate",
    "simulate_many",
]
