"""Proposed steps where an officer meets them: on the page of today, and on the page of the case they are about."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.playbook.consequences import consequence
from phaodai.playbook.models import Step
from phaodai.surveillance.models import Case
from phaodai.surveillance.pages.case_parts import add_next_steps

SHOWN = 4
CASE = "surveillance:case"


def may_answer(actor: Actor, step: Step) -> bool:
    """Whether this officer says yes or no to a proposal."""
    one = consequence(step.consequence)
    right = one is not None and (one.may is None or actor.may(one.may))
    return right and actor.may(Permission.PLAYBOOK_STEP_DECIDE) and actor.area.holds(step)


def steps_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """The newest proposals that wait for this officer."""
    if not actor.may(Permission.PLAYBOOK_STEP_DECIDE):
        return []
    waiting = Step.objects.visible_to(actor).waiting().order_by("-id")[: SHOWN * 3]
    return [item_of(step, moment) for step in waiting if may_answer(actor, step)][:SHOWN]


@add_next_steps
def steps_of_case(case: Case, actor: Actor, moment: datetime) -> list[QueueItem]:
    """What the playbook proposes for one case."""
    waiting = Step.objects.of(CASE, case.pk).waiting()
    return [item_of(step, moment) for step in waiting if may_answer(actor, step)]


def item_of(step: Step, moment: datetime) -> QueueItem:
    """One proposal with its two answers; no needs words, so it opens the page of the step."""
    one, page = consequence(step.consequence), reverse("playbook-step", args=[step.pk])
    return QueueItem(
        one.title if one else step.consequence,
        State(ago(step.created_at, moment, language()), "act"),
        step.about,
        page,
        [
            Action(_("Do it"), reverse("playbook-accept", args=[step.pk]), "check", "go", "post", small=True),
            Action(_("Not now, because…"), page, "close", small=True),
        ],
    )
