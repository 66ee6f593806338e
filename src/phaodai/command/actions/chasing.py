"""What a giver does with work that is owed: remind, move the deadline, hand over, withdraw; and what climbs by itself."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from phaodai.command.actions.tasks import head_of, log, rung, search_key_of, task_given
from phaodai.command.models import Progress, Task
from phaodai.command.rules.followup import POLICY, FollowUpPolicy, TaskFacts, escalation_moment
from phaodai.command.rules.ladder import may_give
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation


def facts_of(task: Task) -> TaskFacts:
    """What the rules need to know of a task."""
    return TaskFacts(
        finished=task.state == Task.State.DONE,
        withdrawn=task.state == Task.State.CANCELLED,
        deadline=task.deadline,
        done_at=task.done_at,
        last_word_at=task.last_word_at,
        escalated_at=task.escalated_at,
    )


@transaction.atomic
def remind(*, actor: Actor, moment: datetime, task_id: int, text: str = "") -> Task:
    """Ask the unit for a word. The unit finds the reminder at the top of its list."""
    actor.require(Permission.COMMAND_TASK_REVIEW)
    task = task_given(actor, task_id)
    task.reminders += 1
    log(task, actor, moment, Progress.Kind.REMINDED, text.strip())
    Fact.tell("command:task:reminded", subject=task, moment=moment, officer=actor.officer)
    return _save(task)


@transaction.atomic
def ask_explanation(*, actor: Actor, moment: datetime, task_id: int, text: str) -> Task:
    """Ask the head to explain in writing; the question must be put."""
    actor.require(Permission.COMMAND_TASK_REVIEW)
    if not text.strip():
        raise Refusal(_("Write what is to be explained."), field="text")
    task = task_given(actor, task_id)
    log(task, actor, moment, Progress.Kind.EXPLAIN, text.strip())
    return _save(task)


@transaction.atomic
def extend(*, actor: Actor, moment: datetime, task_id: int, deadline: datetime, text: str) -> Task:
    """Move the deadline; the reason is kept beside the old one. The task comes down from wherever it had climbed."""
    actor.require(Permission.COMMAND_TASK_REVIEW)
    task = task_given(actor, task_id)
    if deadline <= moment:
        raise Refusal(_("This deadline has already passed. Set a later one."), field="deadline")
    if not text.strip():
        raise Refusal(_("Say why the deadline moves."), field="text")
    before = moment_words(task.deadline) if task.deadline else _("none")
    log(
        task,
        actor,
        moment,
        Progress.Kind.EXTENDED,
        _("%(before)s to %(after)s: %(why)s")
        % {"before": before, "after": moment_words(deadline), "why": text.strip()},
    )
    task.deadline = deadline
    task.escalated_at = task.escalated_to = None
    return _save(task)


@transaction.atomic
def hand_over(*, actor: Actor, moment: datetime, task_id: int, organisation_id: int, text: str = "") -> Task:
    """Give the task to another unit; the log stays with it. Parts already passed on must be closed first."""
    actor.require(Permission.COMMAND_TASK_REVIEW)
    task = task_given(actor, task_id)
    if task.parts.live().exists():
        raise Refusal(_("Parts of this task are still open at the units below. Withdraw them first."))
    taker = Organisation.objects.filter(pk=organisation_id).first()
    if taker is None or not may_give(rung(task.giver), rung(taker)):
        raise NotAllowed(_("Choose a unit that answers to yours."), field="organisation")
    log(task, actor, moment, Progress.Kind.MOVED, f"{task.organisation} → {taker}. {text.strip()}".strip())
    task.organisation, task.head = taker, head_of(taker, moment)
    task.search_key = search_key_of(task.title, taker, task.document)
    task.province_id, task.district_id, task.commune_id = taker.province_id, taker.district_id, taker.commune_id
    task.state, task.read_at, task.last_word_at = Task.State.SENT, None, moment
    task.reached.get_or_create(organisation=taker)
    return _save(task)


@transaction.atomic
def withdraw(*, actor: Actor, moment: datetime, task_id: int, text: str) -> Task:
    """Take a task back, and with it every part that grew out of it."""
    actor.require(Permission.COMMAND_TASK_ASSIGN)
    if not text.strip():
        raise Refusal(_("Say why the task is withdrawn."), field="text")
    task = task_given(actor, task_id)
    for part in Task.objects.below(task).live():
        log(part, actor, moment, Progress.Kind.CANCELLED, text.strip())
        part.state = Task.State.CANCELLED
        _save(part)
    log(task, actor, moment, Progress.Kind.CANCELLED, text.strip())
    task.state = Task.State.CANCELLED
    return _save(task)


def _save(task: Task) -> Task:
    task.version += 1
    task.save()
    return task


@dataclass(frozen=True)
class Climbed:
    """One task that went to the head above."""

    task: int
    officer: int | None


@transaction.atomic
def escalate_due(*, actor: Actor, moment: datetime, policy: FollowUpPolicy = POLICY) -> list[Climbed]:
    """Send every late or silent task whose grace has passed to the head above, once. Run by the clock, not by a person."""
    climbed = []
    waiting = (
        Task.objects.live()
        .filter(escalated_at=None)
        .select_related("organisation", "giver")
        .select_for_update(of=("self",), skip_locked=True)
    )
    for task in waiting.filter(_grace_passed(moment, policy)).order_by("pk"):
        due = escalation_moment(facts_of(task), policy)
        if due is not None and due <= moment:
            climbed.append(_climb(task, actor, moment))
    return climbed


def _grace_passed(moment: datetime, policy: FollowUpPolicy) -> Q:
    return Q(deadline__lte=moment - policy.escalate_after) | Q(
        last_word_at__lte=moment - policy.silent_after - policy.escalate_after
    )


def _climb(task: Task, actor: Actor, moment: datetime) -> Climbed:
    above = head_above(task, moment)
    task.escalated_at, task.escalated_to = moment, above
    log(task, actor, moment, Progress.Kind.ESCALATED, above.full_name if above else "")
    _save(task)
    Fact.tell("command:task:escalated", subject=task, moment=moment, officer=None, to=above.pk if above else None)
    return Climbed(task.pk, above.pk if above else None)


def head_above(task: Task, moment: datetime) -> Officer | None:
    """The head of the body that the accountable unit answers to; failing that, of the giver."""
    for organisation in (task.organisation.parent, task.giver):
        if organisation is not None:
            head = head_of(organisation, moment)
            if head is not None and head.pk != task.head_id:
                return head
    return None
