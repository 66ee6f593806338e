"""What higher contexts show on a unit's page: the territory knows its land, not who works there."""

from collections.abc import Callable
from datetime import date

from phaodai.foundation.components import Content, Text
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

Panel = tuple[Text, Content]
"""Title and content of a part of the page."""
MakesPanel = Callable[[Unit, Actor, date], Panel | None]

_MAKERS: list[MakesPanel] = []


def add_panel(maker: MakesPanel) -> MakesPanel:
    """Show on each unit's page what `maker` gives for it (None: nothing); called once, when the programme starts."""
    if maker not in _MAKERS:
        _MAKERS.append(maker)
    return maker


def panels_of(unit: Unit, actor: Actor, day: date) -> list[Panel]:
    """The panels of higher contexts for one unit, in the order in which they were added."""
    return [panel for maker in _MAKERS if (panel := maker(unit, actor, day)) is not None]
