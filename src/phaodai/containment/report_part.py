"""What containment puts into the reports of a unit: levels of its communes, lockdown zones, people in quarantine."""

from collections import Counter
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.command.report_parts import Figures, ReportPart, add_report_part
from phaodai.command.rules.periods import Period
from phaodai.containment.models import LevelDecision, Stay, Zone
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Area
from phaodai.territory.models import Tier, Unit

LEVELS = ("1", "2", "3", "4")


def figures_in(area: Area, period: Period, until: datetime) -> Figures:
    """As they stood at the end of the period; releases are those of the period."""
    return {**_levels(area, period), **_zones(area, period), **_stays(area, period, until)}


def _levels(area: Area, period: Period) -> Figures:
    communes = Unit.objects.as_of(period.last).tier(Tier.COMMUNE).inside(area).values_list("pk", flat=True)
    levels = LevelDecision.objects.levels_on(period.last, list(communes))
    return {"communes": len(communes), "levels": dict(Counter(str(level) for level in levels.values()))}


def _zones(area: Area, period: Period) -> Figures:
    standing = Q(opened_on__lte=period.last) & (Q(lifted_on=None) | Q(lifted_on__gt=period.last))
    found = Zone.objects.filter(standing, **area.narrowing)
    counted = found.aggregate(zones=Count("pk"), zone_households=Sum("households"), zone_people=Sum("people"))
    return {key: value or 0 for key, value in counted.items()}


def _stays(area: Area, period: Period, until: datetime) -> Figures:
    begun = Stay.objects.filter(admitted_at__lte=until, **area.narrowing).exclude(kind=Stay.Kind.STAFF)
    still = Q(ended_at=None) | Q(ended_at__gt=until)
    ended = Q(ended_at__gt=period.since(until), ended_at__lte=until)
    return begun.aggregate(
        at_sites=Count("pk", still & Q(site__isnull=False)),
        at_home=Count("pk", still & Q(site=None)),
        sites=Count("site", still, distinct=True),
        released=Count("pk", ended & Q(state=Stay.State.RELEASED)),
    )


def words_of(figures: Figures) -> list[str]:
    """Three sentences; communes without a decided level are named as such."""
    counts = {name: number(value, 0, language()) for name, value in figures.items() if isinstance(value, int)}
    return [
        _levels_words(figures),
        _("Lockdown zones: %(zones)s, with %(zone_households)s households and %(zone_people)s people.") % counts,
        _(
            "In quarantine: %(at_sites)s people at %(sites)s sites, %(at_home)s at home; %(released)s completed it in the "
            "period."
        )
        % counts,
    ]


def _levels_words(figures: Figures) -> str:
    levels: dict[str, int] = figures["levels"]
    said = [_("%(count)d at level %(level)s") % {"count": levels.get(one, 0), "level": one} for one in LEVELS]
    undecided = figures["communes"] - sum(levels.values())
    if undecided:
        said.append(_("%(count)d without a decided level") % {"count": undecided})
    return _("Communes: %(levels)s.") % {"levels": ", ".join(said)}


add_report_part(
    ReportPart(
        key="containment",
        title=gettext_lazy("Levels, zones and quarantine"),
        place=20,
        figures=figures_in,
        words=words_of,
    )
)
