"""The nouns of this context."""

from phaodai.foresight.models.counts import DailyCount
from phaodai.foresight.models.estimates import Estimate
from phaodai.foresight.models.warnings import EarlyWarning

__all__ = ["DailyCount", "EarlyWarning", "Estimate"]
