"""Sentences about units."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import Note
from phaodai.foundation.formats import number
from phaodai.foundation.language import page_language
from phaodai.territory.models import Heir, Tier, Unit
from phaodai.territory.pages.asking import unit_url, written


def count_of(tier: int, count: int) -> str:
    """8 districts: how many units of a tier."""
    said = {
        Tier.PROVINCE: ngettext("%(count)s province", "%(count)s provinces", count),
        Tier.DISTRICT: ngettext("%(count)s district", "%(count)s districts", count),
        Tier.COMMUNE: ngettext("%(count)s commune", "%(count)s communes", count),
        Tier.HAMLET: ngettext("%(count)s hamlet", "%(count)s hamlets", count),
    }
    return said[Tier(tier)] % {"count": number(count, language=page_language())}


def period(unit: Unit, first_list: date | None) -> str:
    """From when to when a unit is in force; before the first list nothing is known."""
    if unit.since == first_list:
        since = _("since %(day)s or earlier (the earliest list)") % {"day": written(unit.since)}
    else:
        since = _("since %(day)s") % {"day": written(unit.since)}
    if unit.last_day is None:
        return since
    until = _("until the end of %(day)s") % {"day": written(unit.last_day)}
    return f"{since}, {until}"


def heirs_note(unit: Unit, day: date) -> Note:
    """That a unit is not in force on a day, and what stands in its place."""
    heirs = unit.became(day)
    about = {"unit": unit.name, "day": written(day)}
    if unit.until and day >= unit.until:
        title = _("%(unit)s is in force no more since %(until)s.") % {"unit": unit.name, "until": written(unit.until)}
    else:
        title = _("%(unit)s is in force only from %(since)s.") % {"unit": unit.name, "since": written(unit.since)}
    if not heirs:
        return Note(_("No map says what stood in its place on %(day)s.") % about, "", title)
    return Note(
        format_html("{} {}", _("On %(day)s its area belongs to:") % about, _named(heirs, day)),
        "",
        title,
        icon="info",
    )


def _named(heirs: Sequence[Heir], day: date) -> SafeString:
    in_part = _("in part")
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>{}',
        ((unit_url(heir.unit, day), heir.unit.name, "" if heir.whole else f" ({in_part})") for heir in heirs),
    )
