"""What other pages of this context put on the page of a case: the tracing clock, the contact list, what to do next."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from phaodai.foundation.components import QueueItem
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case

Slot = Literal["clock", "contacts"]
Part = Callable[[Case, Actor, datetime], dict[str, Any] | None]
NextSteps = Callable[[Case, Actor, datetime], list[QueueItem]]

_parts: dict[Slot, list[Part]] = {"clock": [], "contacts": []}
_steps: list[NextSteps] = []


def add_case_part(slot: Slot) -> Callable[[Part], Part]:
    """Fill a slot of the case page: the function answers the context of `surveillance/case_<slot>.html`, or None."""

    def add(part: Part) -> Part:
        _parts[slot].append(part)
        return part

    return add


def add_next_steps(steps: NextSteps) -> NextSteps:
    """Add what this officer should do next about a case, the most pressing first."""
    _steps.append(steps)
    return steps


def parts_of(slot: Slot, case: Case, actor: Actor, moment: datetime) -> list[dict[str, Any]]:
    """The contexts of a slot, in the order in which they were added."""
    return [found for part in _parts[slot] if (found := part(case, actor, moment)) is not None]


def steps_of(case: Case, actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything to do next about a case."""
    return [item for steps in _steps for item in steps(case, actor, moment)]
