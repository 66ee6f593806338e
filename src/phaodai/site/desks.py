"""The main pages of a room, as tabs above each of them, so that nothing of a room is reached by chance alone."""

from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.components import Tab, Tabs
from phaodai.foundation.scope import Actor

# Room -> name of the page, label. A page is shown to whoever may open it.
_DESKS = {
    "command": (("command", _("Command")), ("playbook", _("What follows when"))),
    "surveillance": (
        ("surveillance", _("Surveillance")),
        ("surveillance-follow-up", _("Follow-up")),
        ("screening", _("Door to door")),
        ("surveillance-testing", _("Testing")),
        ("surveillance-alarms", _("Early detection")),
    ),
    "containment": (
        ("containment", _("Risk levels")),
        ("containment-zones", _("Lockdown zones")),
        ("quarantine", _("Quarantine")),
        ("containment-arrivals-work", _("Arrivals")),
        ("chot-list", _("Checkpoints")),
        ("containment-gatherings", _("Gatherings")),
        ("containment-checks-due", _("5K checks")),
    ),
    "supply": (
        ("supply", _("Stock")),
        ("supply-redeployments", _("Equipment to move on")),
        ("supply-readiness", _("Readiness")),
        ("supply-funds", _("Donations and funds")),
        ("supply-aid-board", _("Mutual aid")),
    ),
    "care": (
        ("care", _("Beds and oxygen")),
        ("care-transfers", _("Transfers")),
        ("care-severe", _("Severe patients")),
        ("care-home", _("Care at home")),
        ("mobile-stations", _("Mobile stations")),
        ("care-people", _("People and rosters")),
    ),
    "vaccination": (
        ("vaccination", _("Vaccination")),
        ("vaccination-plan", _("Plan of the groups")),
        ("vaccination-sessions", _("Calendar of sessions")),
        ("vaccination-lists", _("Lists of units")),
        ("vaccination-coverage", pgettext_lazy("vaccination", "Coverage")),
        ("vaccination-wastage", _("Leftovers and losses")),
    ),
    "foresight": (
        ("foresight", _("Foresight")),
        ("scenarios", _("Scenarios")),
        ("scenario-levels", _("Scenario levels")),
    ),
}


def desks_of(actor: Actor, room: str, path: str) -> Tabs | None:
    """The tabs above a main page; nothing above the other pages of a room."""
    pages = [(reverse(name), label) for name, label in _DESKS.get(room, ())]
    if path not in [address for address, _label in pages]:
        return None
    tabs = [Tab(label, address, current=address == path) for address, label in pages if _opens(actor, address)]
    return Tabs(tabs, _("Pages of this room")) if len(tabs) > 1 else None


def _opens(actor: Actor, address: str) -> bool:
    permission = getattr(resolve(address).func, "permission", None)
    return permission is None or actor.may(permission)
