"""What the record of a case asks for next: isolate, answer a test, find its source, decide on its outbreak."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import short_day
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case, LabTest, Outbreak
from phaodai.surveillance.pages.seeing import may_change


def own_steps(case: Case, actor: Actor) -> list[QueueItem]:
    """The steps of an officer who may take them."""
    return [*_of_the_case(case), *_of_the_outbreak(case, actor)] if may_change(actor, case) else []


def _of_the_case(case: Case) -> Iterator[QueueItem]:
    if case.outcome or case.classification == Case.Classification.DISCARDED:
        return
    if case.isolated_at is None:
        isolate = reverse("surveillance-case-isolate", args=[case.pk])
        deed = Action(_("Isolated now"), isolate, "home", "go", "post", small=True)
        yield QueueItem(_("Isolate this person"), State(_("not isolated"), "late", "warning"), actions=[deed])
    waiting = LabTest.objects.filter(person=case.person, result="").order_by("sampled_at").first()
    if waiting is not None:
        taken = {"day": short_day(waiting.sampled_at, language()), "method": waiting.get_method_display()}
        yield QueueItem(_("Get the result of the sample"), reason=_("%(method)s, taken on %(day)s") % taken)
    if not case.source_known and not case.imported:
        yield QueueItem(_("Find who infected this person"), reason=_("No source is written down yet."))


def _of_the_outbreak(case: Case, actor: Actor) -> Iterator[QueueItem]:
    found = case.outbreak
    if (
        found is None
        or found.state != Outbreak.State.PROPOSED
        or not actor.may(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    ):
        return
    deed = Action(_("Decide"), reverse("surveillance-outbreak", args=[found.pk]), "chevron-right", small=True)
    yield QueueItem(_("Decide whether this is an outbreak"), reason=found.name, actions=[deed])
