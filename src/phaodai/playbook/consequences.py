"""When this happens, that follows. Read the table at the end from top to bottom: this is the whole of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from phaodai.command.actions.tasks import close_if_parts_done
from phaodai.containment.actions.following import give_duties
from phaodai.foundation.permissions import Permission
from phaodai.playbook import cases
from phaodai.surveillance.actions.alarms import propose_for_alarm
from phaodai.surveillance.actions.clock_tasks import ask_health_centre
from phaodai.surveillance.actions.outbreaks import propose_for_case, propose_for_link

Deed = Callable[..., Any]
"""Called with `actor`, `moment` and `subject_id`; what it returns is falsy where nothing had to be done."""
Applies = Callable[[int], models.Model | None]
"""The record that a proposal is about, where the step makes sense now; its area is who is asked."""


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """One thing that follows from a fact.

    Without `applies` it is done by itself, at once; with it an officer who holds `may` is asked, and may decline.
    """

    key: str
    title: Promise
    deed: Deed
    applies: Applies | None = None
    may: Permission | None = None
    opens: str = ""
    """Name of the page, by the subject's row id, where the officer goes on after saying yes."""

    @property
    def asked(self) -> bool:
        """Whether an officer answers first."""
        return self.applies is not None


_ISOLATE = Consequence(
    key="isolate",
    title=_("Isolate the case"),
    deed=cases.isolate,
    applies=cases.not_isolated,
    may=Permission.SURVEILLANCE_CASE_WRITE,
    opens="surveillance-case",
)
_TRACE = Consequence(
    key="trace",
    title=_("Trace F1 and F2"),
    deed=cases.trace,
    applies=cases.not_traced,
    may=Permission.SURVEILLANCE_CONTACT_TRACE,
    opens="surveillance-case",
)
_EXPOSURE_SITES = Consequence(
    key="exposure-sites",
    title=_("Tell the people of the exposure sites"),
    deed=cases.looked_at,
    applies=cases.with_exposure_sites,
    may=Permission.SURVEILLANCE_CONTACT_TRACE,
    opens="surveillance-exposure-notice",
)
_OF_A_CONFIRMED_CASE = (_ISOLATE, _TRACE, _EXPOSURE_SITES)

# Fact -> what follows, in this order. A fact that is not here has nothing following it.
FOLLOWS: dict[str, tuple[Consequence, ...]] = {
    "command:task:accepted": (
        Consequence(key="close-whole", title=_("The whole task is done when its parts are"), deed=close_if_parts_done),
    ),
    "containment:level:announced": (
        Consequence(key="level-duties", title=_("Tasks from the clauses of the decision"), deed=give_duties),
    ),
    "surveillance:alarm:confirmed": (
        Consequence(key="outbreak-of-alarm", title=_("An outbreak is proposed"), deed=propose_for_alarm),
    ),
    "surveillance:case:created": (
        Consequence(key="outbreak-of-case", title=_("An outbreak is proposed"), deed=propose_for_case),
        *_OF_A_CONFIRMED_CASE,
    ),
    "surveillance:case:classified": _OF_A_CONFIRMED_CASE,
    "surveillance:clock:breached": (
        Consequence(
            key="late-tracing", title=_("The health centre gets the late steps as a task"), deed=ask_health_centre
        ),
    ),
    "surveillance:transmission:linked": (
        Consequence(key="outbreak-of-link", title=_("An outbreak is proposed"), deed=propose_for_link),
    ),
}


def consequence(key: str) -> Consequence | None:
    """The row of the table with this key; None for one that is no longer there."""
    found = (one for consequences in FOLLOWS.values() for one in consequences if one.key == key)
    return next(found, None)
