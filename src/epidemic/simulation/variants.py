"""Variants of the virus as they are simulated, each figure with its source and how sure it is.

Incubation: mean of Wu et al. 2022 (JAMA Netw Open 5(8):e2228008), well founded. Infectious from two days before onset, as
contact tracing holds (CV 11042/BYT-DP), so that the latent period is the incubation less two days. Generation interval: Park
et al. (PNAS 2023), corrected for growth, for Delta and Omicron; for the others 5.2 and 4.5 days are assumed (serial intervals
of 2020 and 2021). R0: the middle of customary ranges (2-3, 4-5, 5-8, 8-10), poorly known: give your own where you have it.
Severity against the wild type: defaults of Covasim 3.1.6 for Alpha and Delta (1.64 and 3.2, there with sources);
Omicron as 0.34 of Delta (Nyberg et al. 2022, doi:10.1016/S0140-6736(22)00462-7, hospital admission 0.41, death 0.31).
Escape: how much of the protection against infection by earlier infection or vaccine is lost, assumed but for Omicron.
"""

from dataclasses import dataclass, replace

PRESYMPTOMATIC_DAYS = 2.0


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A variant.

    Attributes
    ----------
    reproduction
        R0: people infected by one who was infected by contact, all others susceptible and nothing done.
    incubation_mean, incubation_sd
        Days from infection to onset.
    generation_mean
        Days from infection to infecting.
    severity
        Factor on the probability that a symptomatic infection is severe.
    escape
        Share of protection against infection that it evades, 0 to 1.
    """

    name: str
    reproduction: float
    incubation_mean: float
    incubation_sd: float
    generation_mean: float
    severity: float = 1.0
    escape: float = 0.0

    @property
    def latent_mean(self) -> float:
        """Days from infection to infectious."""
        return max(0.5, self.incubation_mean - PRESYMPTOMATIC_DAYS)

    def with_reproduction(self, reproduction: float) -> "Variant":
        """The same variant, another R0."""
        return replace(self, reproduction=reproduction)


WILD = Variant(name="wild", reproduction=2.5, incubation_mean=6.57, incubation_sd=3.0, generation_mean=5.7)
ALPHA = Variant(
    name="alpha", reproduction=4.5, incubation_mean=5.0, incubation_sd=2.4, generation_mean=4.5, severity=1.64
)
DELTA = Variant(
    name="delta",
    reproduction=6.5,
    incubation_mean=4.41,
    incubation_sd=2.0,
    generation_mean=3.8,
    severity=3.2,
    escape=0.1,
)
OMICRON = Variant(
    name="omicron",
    reproduction=9.0,
    incubation_mean=3.42,
    incubation_sd=1.6,
    generation_mean=3.0,
    severity=1.1,
    escape=0.6,
)
VARIANTS = {variant.name: variant for variant in (WILD, ALPHA, DELTA, OMICRON)}
