"""What surveillance puts into the reports of a unit: cases, contacts and samples, with the columns of a quick report."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.command.report_parts import Figures, ReportPart, add_report_part
from phaodai.command.rules.periods import Period
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Area
from phaodai.surveillance.models import Case, Contact, LabTest

KEPT_APART = (Case.Detection.CONTACT, Case.Detection.QUARANTINE, Case.Detection.ARRIVAL)
"""Found among people who were already being followed or kept apart; the others are new to the response."""


def figures_in(area: Area, period: Period, until: datetime) -> Figures:
    """New in the period and in all: confirmed cases by where they were found, outcomes, contacts, people sampled."""
    return {**_cases(area, period), **_contacts(area, period, until), **_samples(area, period, until)}


def _cases(area: Area, period: Period) -> Figures:
    new = Q(reported_on__range=(period.first, period.last))
    ended = Q(outcome_on__range=(period.first, period.last))
    known = Case.objects.counted().filter(reported_on__lte=period.last, **area.narrowing)
    return known.aggregate(
        new=Count("pk", new),
        kept_apart=Count("pk", new & Q(detected_by__in=KEPT_APART)),
        untold=Count("pk", new & Q(detected_by="")),
        cases=Count("pk"),
        recovered=Count("pk", ended & Q(outcome=Case.Outcome.RECOVERED)),
        died=Count("pk", ended & Q(outcome=Case.Outcome.DIED)),
        all_recovered=Count("pk", Q(outcome=Case.Outcome.RECOVERED, outcome_on__lte=period.last)),
        all_died=Count("pk", Q(outcome=Case.Outcome.DIED, outcome_on__lte=period.last)),
    )


def _contacts(area: Area, period: Period, until: datetime) -> Figures:
    mine = Contact.objects.filter(listed_at__lte=until, **area.narrowing)
    listed = Q(listed_at__gt=period.since(until))
    followed = Q(follow_from__lte=period.last, follow_until__gte=period.last)
    return mine.aggregate(
        first_degree=Count("pk", listed & Q(degree=1)),
        second_degree=Count("pk", listed & Q(degree=2)),
        followed=Count("pk", followed & Q(state=Contact.State.FOLLOWED)),
    )


def _samples(area: Area, period: Period, until: datetime) -> Figures:
    taken = LabTest.objects.filter(sampled_at__gt=period.since(until), sampled_at__lte=until, **area.narrowing)
    return taken.aggregate(
        sampled=Count("person", distinct=True),
        positive=Count("person", Q(result=LabTest.Result.POSITIVE, result_at__lte=until), distinct=True),
    )


def words_of(figures: Figures) -> list[str]:
    """Four sentences; what nobody said is said to be unknown."""
    said = {name: number(value, 0, language()) for name, value in figures.items()}
    said["outside"] = number(figures["new"] - figures["kept_apart"] - figures["untold"], 0, language())
    lines = [
        _(
            "New confirmed cases: %(new)s, of them %(kept_apart)s among contacts, in quarantine or on arrival, %(outside)s "
            "in the community, %(untold)s not stated; %(cases)s in all."
        ),
        _("Recovered: %(recovered)s (%(all_recovered)s in all). Died: %(died)s (%(all_died)s in all)."),
        _("New contacts: %(first_degree)s F1, %(second_degree)s F2; %(followed)s people are being followed."),
        _("People sampled: %(sampled)s, of them %(positive)s positive so far."),
    ]
    return [line % said for line in lines]


add_report_part(
    ReportPart(
        key="surveillance", title=gettext_lazy("Epidemic situation"), place=10, figures=figures_in, words=words_of
    )
)
