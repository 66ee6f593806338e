"""What waits for an officer in testing: results that came in, singles that a pool owes, tubes later than promised."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Laboratory, LabTest, Sample
from phaodai.surveillance.models.testing_figures import loads_of


def testing_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Most pressing first: a positive result reaches its unit here with the very next look at the page."""
    items: list[QueueItem] = []
    if actor.may(Permission.SURVEILLANCE_SAMPLE_TAKE) and actor.reach != "own":
        items += [*_results(actor, moment), *_owed(actor)]
    if actor.may(Permission.SURVEILLANCE_SAMPLE_RESULT):
        items += _at_laboratories(actor, moment)
    return items


def _results(actor: Actor, moment: datetime) -> Iterator[QueueItem]:
    fresh = Sample.objects.of_area(actor).filter(state=Sample.State.RESULTED, seen_at=None)
    bad = fresh.exclude(result=LabTest.Result.NEGATIVE).order_by("-result_at")
    count, latest = bad.count(), bad.first()
    if latest is None or latest.result_at is None:
        return
    words = ngettext("%(count)d tube is not negative", "%(count)d tubes are not negative", count) % {"count": count}
    url = reverse("surveillance-results")
    came = State(_("came %(ago)s") % {"ago": ago(latest.result_at, moment, language())}, "late", "warning")
    deed = Action(_("Open the results"), url, "chevron-right", "go", small=True)
    yield QueueItem(words, came, _("Isolate who is positive; sample the people of a pool one by one."), url, [deed])


def _owed(actor: Actor) -> Iterator[QueueItem]:
    due = Sample.objects.of_area(actor).due()
    count, opened = due.count(), due.filter(opens__isnull=False).count()
    if not count:
        return
    words = ngettext("%(count)d sample to take", "%(count)d samples to take", count) % {"count": count}
    url = reverse("surveillance-sample-take")
    why = _("%(count)d of them because their pool was not negative.") % {"count": opened} if opened else ""
    deed = Action(_("Take samples"), url, "plus", "go", small=True)
    yield QueueItem(words, State(_("pool opened"), "late", "warning") if opened else None, why, url, [deed])


def _at_laboratories(actor: Actor, moment: datetime) -> Iterator[QueueItem]:
    for load in loads_of(Laboratory.objects.visible_to(actor).worked_by(actor).open(), moment):
        if not load.late and not load.coming:
            continue
        url = reverse("surveillance-laboratory", args=[load.laboratory.pk])
        late = ngettext("%(count)d tube is later than promised", "%(count)d tubes are later than promised", load.late)
        coming = ngettext("%(count)d tube is on its way", "%(count)d tubes are on their way", load.coming)
        words = late % {"count": load.late} if load.late else coming % {"count": load.coming}
        clock = State(_("late"), "late", "clock") if load.late else None
        deed = Action(_("Open the laboratory"), url, "chevron-right", "go", small=True)
        yield QueueItem(words, clock, load.laboratory.name, url, [deed])
