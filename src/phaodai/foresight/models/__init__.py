"""The nouns of this context."""

from phaodai.foresight.models.counts import DailyCount
from phaodai.foresight.models.estimates import Estimate
from phaodai.foresight.models.scenarios import ScenarioPlan, ScenarioRun, ScenarioSeed
from phaodai.foresight.models.triggers import TriggerEpisode, TriggerThreshold
from phaodai.foresight.models.warnings import EarlyWarning

__all__ = [
    "DailyCount",
    "EarlyWarning",
    "Estimate",
    "ScenarioPlan",
    "ScenarioRun",
    "ScenarioSeed",
    "TriggerEpisode",
    "TriggerThreshold",
]
