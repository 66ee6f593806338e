"""The verbs of this context. Only the installation loads the territory: commands and the demo call these as SYSTEM."""

from phaodai.territory.actions.lists import Loaded, load_list
from phaodai.territory.actions.outlines import OutlinesLoaded, load_neighbours, load_outlines
from phaodai.territory.actions.successions import MapLoaded, load_successions

__all__ = [
    "Loaded",
    "MapLoaded",
    "OutlinesLoaded",
    "load_list",
    "load_neighbours",
    "load_outlines",
    "load_successions",
]
