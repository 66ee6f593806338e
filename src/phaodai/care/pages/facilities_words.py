"""How old a figure is, when beds are full and how long oxygen lasts: in words, old ones marked."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.care.models.facilities_counts import FacilityNow
from phaodai.care.rules.facilities import OLD_AFTER
from phaodai.care.rules.facilities_filling import Filling
from phaodai.care.rules.oxygen import OxygenLeft
from phaodai.foundation.components import State
from phaodai.foundation.formats import ago, number, percent, short_day
from phaodai.foundation.registers.showing import language


@dataclass(frozen=True)
class Said:
    """A mark on a list, and the moment behind it."""

    words: str
    kind: str = ""
    icon: str = "clock"

    @property
    def mark(self) -> State:
        """As it is printed."""
        return State(self.words, self.kind, self.icon)  # type: ignore[arg-type]


def age_of(counted_at: datetime | None, now: datetime) -> Said:
    """When a figure was counted; plum when it is old or was never counted."""
    if counted_at is None:
        return Said(pgettext("bed", "never counted"), "late", "warning")
    late = now - counted_at > OLD_AFTER
    return Said(ago(counted_at, now, language()), "late" if late else "", "warning" if late else "clock")


def filling_words(filling: Filling | None) -> Said:
    """When beds are full, with the interval; nothing is said of a facility to which nobody comes."""
    if filling is None:
        return Said(pgettext("filling", "no admissions to reckon with"), "", "minus")
    if filling.full_now:
        return Said(pgettext("filling", "full now"), "late", "warning")
    if filling.likely is None and filling.earliest is None:
        about = {"days": len(filling.days) - 1}
        return Said(pgettext("filling", "not within %(days)d days") % about, "", "check")
    return Said(_interval(filling), "late" if filling.likely is not None else "", "clock")


def _interval(filling: Filling) -> str:
    first, last = (short_day(one, language()) if one else _("later") for one in (filling.earliest, filling.latest))
    if filling.likely is None:
        return pgettext("filling", "perhaps from %(first)s") % {"first": first}
    day = short_day(filling.likely, language())
    return pgettext("filling", "%(day)s (%(first)s to %(last)s)") % {"day": day, "first": first, "last": last}


def oxygen_words(left: OxygenLeft | None) -> Said:
    """Hours of oxygen; an alarm is plum, what nobody wrote down is named as such."""
    if left is None:
        return Said(pgettext("oxygen", "not written down"), "", "minus")
    if left.hours is None:
        return Said(pgettext("oxygen", "nothing drawn from store"), "", "check")
    words = pgettext("oxygen", "%(hours)s hours") % {"hours": number(left.hours, 0, language())}
    return Said(words, "late" if left.alarm else "", "warning" if left.alarm else "clock")


def share_words(now: FacilityNow) -> str:
    """The occupancy in per cent, a dash without beds."""
    share = now.counted.all.occupancy
    return "–" if share is None else percent(share, 0, language())
