"""What higher contexts show on a resident's page: the register of residents does not know who was vaccinated or treated."""

from collections.abc import Callable, Sequence
from datetime import datetime

from phaodai.foundation.components import Content
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person

MakesPersonPanels = Callable[[Person, Actor, datetime], Sequence[Content]]
"""Panels for one person as an officer may see them at a moment; none where the officer's rights show nothing."""

_MAKERS: list[MakesPersonPanels] = []


def add_person_panels(maker: MakesPersonPanels) -> MakesPersonPanels:
    """Show on each resident's page what `maker` gives for the person; called once, when the programme starts.

    The page shows initials, and the name only to whoever gives a purpose, which is logged: a maker shows no name either.
    """
    if maker not in _MAKERS:
        _MAKERS.append(maker)
    return maker


def person_panels(person: Person, actor: Actor, moment: datetime) -> list[Content]:
    """The panels of higher contexts for one person, in the order in which they were added."""
    return [panel for maker in _MAKERS for panel in maker(person, actor, moment)]
