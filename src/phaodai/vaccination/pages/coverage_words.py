"""Shares and denominators in words."""

from django.utils.translation import gettext as _

from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import percent
from phaodai.foundation.registers.showing import language
from phaodai.vaccination.rules.coverage import Covered, People


def share_words(covered: Covered) -> str:
    """92,7%; a dash where there is nothing to divide by."""
    return "–" if covered.share is None else percent(covered.share, 1, language())


def source_words(people: People) -> str:
    """Who counted the people and when; or that nobody has."""
    if people.people is None:
        if people.missing > 1 or people.units > 1:
            return _("no count of people in %(missing)d of %(units)d communes") % {
                "missing": people.missing, "units": people.units,
            }  # fmt: skip
        return _("nobody has counted the people yet")
    day = day_words(people.counted_on, language()) if people.counted_on else "–"
    if people.units > 1:
        words = _("sum of %(units)d communes; %(source)s, oldest count of %(day)s")
        return words % {"units": people.units, "source": people.source, "day": day}
    return _("%(source)s, %(day)s") % {"source": people.source, "day": day}
