"""What higher contexts put into a report: command knows its tasks, not the epidemic.

A context adds a `ReportPart` when the programme starts. Its figures are taken with the report's own, frozen with them when
the report is signed, and said in words again wherever the report is shown or printed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from phaodai.command.rules.periods import Period
from phaodai.foundation.scope import Area
from phaodai.people.models import Organisation

Figures = dict[str, Any]
"""Plain numbers, words and ISO days, as JSON keeps them."""


@dataclass(frozen=True, kw_only=True)
class ReportPart:
    """One part: what is counted in an area, and how it is said."""

    key: str
    """Under which the figures are kept with the report."""
    title: Promise
    place: int
    """Lower ones come first."""
    figures: Callable[[Area, Period, datetime], Figures | None]
    """Of the area up to the moment; None where the context knows nothing of it."""
    words: Callable[[Figures], list[str]]
    """Whole sentences in the language of the reader."""


@dataclass(frozen=True)
class Told:
    """One part of one report in words."""

    title: str
    lines: list[str]


_PARTS: dict[str, ReportPart] = {}


def add_report_part(part: ReportPart) -> ReportPart:
    """Have a part in every report of a unit; called once, when the programme starts."""
    _PARTS[part.key] = part
    return part


def figures_of_parts(organisation: Organisation, period: Period, until: datetime) -> dict[str, Figures]:
    """The figures of every part that has some; none for a body that answers for its own work and not for an area."""
    if organisation.reach != Organisation.Reach.AREA:
        return {}
    taken = {part.key: part.figures(organisation.area, period, until) for part in _PARTS.values()}
    return {key: figures for key, figures in taken.items() if figures is not None}


def parts_told(kept: dict[str, Figures]) -> list[Told]:
    """Kept figures in words, in the order of the parts; a part that no context gives any more is left out."""
    shown = sorted((part for part in _PARTS.values() if part.key in kept), key=lambda part: part.place)
    return [Told(str(part.title), part.words(kept[part.key])) for part in shown]
