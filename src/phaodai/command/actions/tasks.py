"""Giving, taking, passing on, reporting and answering tasks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import Upload, vars_of_area
from phaodai.command.models import (
    Clause,
    Document,
    DocumentReach,
    Evidence,
    Progress,
    Proposal,
    Recurrence,
    Task,
    TaskReach,
)
from phaodai.command.rules.files import LARGEST_EVIDENCE, MEGABYTE, judge_evidence
from phaodai.command.rules.followup import next_due
from phaodai.command.rules.ladder import Rung, may_give
from phaodai.foundation.formats import fold
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation, Post


@dataclass(frozen=True)
class Order:
    """What is asked, before it is asked of somebody."""

    title: str
    measure: str = ""
    target: Decimal | None = None
    measure_unit: str = ""
    deadline: datetime | None = None
    recurrence: str = Recurrence.ONCE
    no_deadline_reason: str = ""
    document: Document | None = None
    clause: Clause | None = None
    proposal: Proposal | None = None
    parent: Task | None = None


def rung(organisation: Organisation) -> Rung:
    """An organisation's place on the ladder of tiers."""
    return Rung(
        id=organisation.pk,
        tier=organisation.tier,
        province=organisation.province_id,
        district=organisation.district_id,
        commune=organisation.commune_id,
        parent=organisation.parent_id,
        closed=organisation.closed_on is not None,
    )


@transaction.atomic
def give_task(
    *,
    actor: Actor,
    moment: datetime,
    giver: Organisation,
    organisation: Organisation,
    order: Order,
    coordinating: Sequence[Organisation] = (),
) -> Task:
    """Send one task to one organisation, named after its head of that day.

    Refuses an organisation that was closed or merged away (and names its successor) and one outside the giver's reach.
    """
    actor.require(Permission.COMMAND_TASK_ASSIGN)
    if giver.pk != actor.organisation:
        raise NotAllowed(_("Your post gives tasks in the name of its own unit alone."))
    refuse_closed(organisation)
    if not may_give(rung(giver), rung(organisation)):
        raise NotAllowed(
            _("%(unit)s does not answer to your unit. You can send a request.") % {"unit": organisation.name},
            field="organisation",
        )
    task = Task.objects.create(
        organisation=organisation,
        **vars_of_area(organisation),
        giver=giver,
        head=head_of(organisation, moment),
        sent_at=moment,
        last_word_at=moment,
        search_key=search_key_of(order.title, organisation, order.document),
        **vars(order),
    )
    task.lineage = [*(order.parent.lineage if order.parent else []), task.pk]
    task.save(update_fields=["lineage"])
    task.coordinating.set(coordinating)
    _let_see(task, coordinating)
    log(task, actor, moment, Progress.Kind.SENT)
    Fact.tell("command:task:sent", subject=task, moment=moment, officer=actor.officer)
    return task


def search_key_of(title: str, organisation: Organisation, document: Document | None) -> str:
    """What the list's search looks through, folded."""
    return fold(" ".join([title, organisation.name, organisation.short_name, document.reference if document else ""]))


def refuse_closed(organisation: Organisation) -> None:
    """Refuse a unit that takes no more work, naming the one that took it over."""
    if organisation.closed_on is None:
        return
    facts = {"unit": organisation.name, "day": f"{organisation.closed_on:%d/%m/%Y}"}
    if organisation.successor:
        facts["successor"] = organisation.successor.name
        raise Refusal(
            _("%(unit)s was merged away on %(day)s. Give the task to %(successor)s.") % facts, field="organisation"
        )
    raise Refusal(_("%(unit)s was closed on %(day)s. Choose another unit.") % facts, field="organisation")


def head_of(organisation: Organisation, moment: datetime) -> Officer | None:
    """The head of an organisation on that day; None when the post is vacant."""
    post = Post.objects.heads().as_of(moment.date()).filter(organisation=organisation).select_related("officer").first()
    return post.officer if post else None


def _let_see(task: Task, coordinating: Sequence[Organisation]) -> None:
    """Every organisation on the chain above sees the task, and those who co-ordinate."""
    above = (
        TaskReach.objects.filter(task_id=task.parent_id).values_list("organisation_id", flat=True)
        if task.parent_id
        else []
    )
    seers = {task.giver_id, task.organisation_id, *above, *(o.pk for o in coordinating)}
    TaskReach.objects.bulk_create(
        [TaskReach(task=task, organisation_id=pk) for pk in sorted(seers)], ignore_conflicts=True
    )


def log(
    task: Task,
    actor: Actor,
    moment: datetime,
    kind: Progress.Kind,
    text: str = "",
    *,
    achieved: Decimal | None = None,
    key: UUID | None = None,
) -> Progress:
    """One line in the task's log."""
    return Progress.objects.create(
        task=task,
        kind=kind,
        at=moment,
        officer_id=actor.officer,
        organisation_id=actor.organisation or None,
        text=text,
        achieved=achieved,
        key=key,
    )


def task_owed(actor: Actor, task_id: int) -> Task:
    """A live task of the actor's own organisation, locked. Another unit's task is simply not there."""
    task = Task.objects.select_for_update(of=("self",)).filter(pk=task_id, organisation_id=actor.organisation).first()
    if task is None:
        raise NotHere(_("There is no such task, or it is not your unit's."))
    return _require_live(task)


def task_given(actor: Actor, task_id: int) -> Task:
    """A live task that the actor's own organisation gave, locked."""
    task = Task.objects.select_for_update(of=("self",)).filter(pk=task_id, giver_id=actor.organisation).first()
    if task is None:
        raise NotHere(_("There is no such task, or your unit did not give it."))
    return _require_live(task)


def _require_live(task: Task) -> Task:
    if task.state not in Task.LIVE:
        raise Refusal(_("The task is closed: %(state)s.") % {"state": task.get_state_display()})
    return task


def _word(task: Task, moment: datetime) -> None:
    """The unit has spoken: the clock of silence starts again."""
    task.last_word_at = moment
    if task.read_at is None:
        task.read_at = moment
    if task.state == Task.State.SENT:
        task.state = Task.State.TAKEN


def _save(task: Task) -> Task:
    task.version += 1
    task.save()
    return task


@transaction.atomic
def take_task(*, actor: Actor, moment: datetime, task_id: int) -> Task:
    """The unit has read the task and takes it on. Doing it twice changes nothing."""
    actor.require(Permission.COMMAND_TASK_REPORT)
    task = task_owed(actor, task_id)
    if task.read_at is None:
        _word(task, moment)
        _save(task)
        log(task, actor, moment, Progress.Kind.READ)
    return task


@transaction.atomic
def split_task(
    *,
    actor: Actor,
    moment: datetime,
    task_id: int,
    organisations: list[int],
    title: str,
    deadline: datetime | None,
    measure: str = "",
    target: Decimal | None = None,
) -> list[Task]:
    """Pass work on to units below, each with its own head. The deadline may not be later than the task's own."""
    actor.require(Permission.COMMAND_TASK_ASSIGN)
    task = task_owed(actor, task_id)
    takers = list(Organisation.objects.filter(pk__in=organisations).order_by("sort_key"))
    if not takers:
        raise Refusal(_("Choose the units that the work goes to."), field="organisations")
    _guard_part_deadline(task, deadline, moment)
    order = _order_of_part(task, title=title, deadline=deadline, measure=measure, target=target)
    giver = task.organisation
    parts = [give_task(actor=actor, moment=moment, giver=giver, organisation=taker, order=order) for taker in takers]
    if task.document_id:
        rows = [DocumentReach(document_id=task.document_id, organisation=taker) for taker in takers]
        DocumentReach.objects.bulk_create(rows, ignore_conflicts=True)
    task.is_split = True
    _word(task, moment)
    _save(task)
    log(task, actor, moment, Progress.Kind.SPLIT, ", ".join(taker.name for taker in takers))
    return parts


def _guard_part_deadline(task: Task, deadline: datetime | None, moment: datetime) -> None:
    if deadline is None and task.deadline is not None:
        raise Refusal(
            _("Set a deadline for the units below; yours is %(deadline)s.") % {"deadline": moment_words(task.deadline)},
            field="deadline",
        )
    if deadline is not None and deadline <= moment:
        raise Refusal(_("This deadline has already passed. Set a later one."), field="deadline")
    if deadline is not None and task.deadline is not None and deadline > task.deadline:
        raise Refusal(
            _("The units below must finish before your own deadline, %(deadline)s.")
            % {"deadline": moment_words(task.deadline)},
            field="deadline",
        )


def _order_of_part(task: Task, *, title: str, deadline: datetime | None, measure: str, target: Decimal | None) -> Order:
    whole = Order(
        title=task.title,
        measure=task.measure,
        measure_unit=task.measure_unit,
        recurrence=task.recurrence,
        no_deadline_reason=task.no_deadline_reason,
        document=task.document,
        clause=task.clause,
        proposal=task.proposal,
        parent=task,
    )
    return replace(
        whole, title=title.strip() or task.title, deadline=deadline, measure=measure or task.measure, target=target
    )


@transaction.atomic
def report_progress(
    *,
    actor: Actor,
    moment: datetime,
    task_id: int,
    text: str,
    achieved: Decimal | None = None,
    difficulty: bool = False,
    uploads: Sequence[Upload] = (),
    key: UUID | None = None,
) -> Progress:
    """Say how far the unit has come, with files that show it. The same `key` sent twice is one line."""
    actor.require(Permission.COMMAND_TASK_REPORT)
    twin = Progress.objects.filter(key=key, organisation_id=actor.organisation).first() if key else None
    if twin:
        return twin
    task = task_owed(actor, task_id)
    if not text.strip() and achieved is None and not uploads:
        raise Refusal(_("Write a line, give a figure, or attach a file."), field="text")
    line = log(
        task,
        actor,
        moment,
        Progress.Kind.DIFFICULTY if difficulty else Progress.Kind.WORD,
        text.strip(),
        achieved=achieved,
        key=key,
    )
    _keep_evidence(line, uploads)
    if achieved is not None:
        task.achieved = achieved
    _word(task, moment)
    _save(task)
    Fact.tell("command:task:progressed", subject=task, moment=moment, officer=actor.officer)
    return line


def _keep_evidence(line: Progress, uploads: Sequence[Upload]) -> None:
    for upload in uploads:
        verdict = judge_evidence(upload.name, upload.content)
        if not verdict.taken:
            raise Refusal(_evidence_words(verdict.reason, upload), field="files")
        Evidence.objects.create(progress=line, **Evidence.facts_of(upload.name, verdict.content_type, upload.content))


def _evidence_words(reason: str, upload: Upload) -> str:
    words = {
        "empty": _("The file %(name)s is empty. Take the photo or save the file again."),
        "large": _("The file %(name)s is larger than %(limit)d MB. Send a smaller photo, or split the file."),
        "kind": _("The file %(name)s is of a kind that is not taken. Send a photo, PDF, Word, Excel or text file."),
    }
    return words[reason] % {"name": upload.name, "limit": LARGEST_EVIDENCE // MEGABYTE}


@transaction.atomic
def report_done(
    *, actor: Actor, moment: datetime, task_id: int, text: str, uploads: Sequence[Upload] = (), key: UUID | None = None
) -> Task:
    """The unit says the work is done; whoever gave it answers. Refuses while parts passed on are still open."""
    actor.require(Permission.COMMAND_TASK_REPORT)
    task = task_owed(actor, task_id)
    if task.state == Task.State.REPORTED:
        return task
    open_parts = task.parts.live().count()
    if open_parts:
        raise Refusal(_("%(count)d parts of this task are still open at the units below.") % {"count": open_parts})
    line = log(task, actor, moment, Progress.Kind.REPORTED, text.strip(), key=key)
    _keep_evidence(line, uploads)
    _word(task, moment)
    task.state = Task.State.REPORTED
    Fact.tell("command:task:reported", subject=task, moment=moment, officer=actor.officer)
    return _save(task)


@transaction.atomic
def accept_result(*, actor: Actor, moment: datetime, task_id: int, text: str = "") -> Task:
    """The giver accepts. A recurring duty starts again at its next due moment; any other is done."""
    actor.require(Permission.COMMAND_TASK_REVIEW)
    task = task_given(actor, task_id)
    if task.state != Task.State.REPORTED:
        raise Refusal(_("The unit has not reported this task as done yet."))
    log(task, actor, moment, Progress.Kind.ACCEPTED, text.strip())
    if task.recurrence in (Recurrence.DAILY, Recurrence.WEEKLY) and task.deadline:
        task.state, task.deadline = Task.State.TAKEN, next_due(task.deadline, task.recurrence, moment)
    else:
        # Done at the moment it was reported: the giver's delay is not the unit's.
        task.state, task.done_at = Task.State.DONE, task.last_word_at
    task.escalated_at = task.escalated_to = None
    Fact.tell("command:task:accepted", subject=task, moment=moment, officer=actor.officer)
    return _save(task)


@transaction.atomic
def return_result(*, actor: Actor, moment: datetime, task_id: int, text: str) -> Task:
    """The giver sends the work back, and must say what is missing."""
    actor.require(Permission.COMMAND_TASK_REVIEW)
    task = task_given(actor, task_id)
    if task.state != Task.State.REPORTED:
        raise Refusal(_("The unit has not reported this task as done yet."))
    if not text.strip():
        raise Refusal(_("Say what is missing, so that the unit can mend it."), field="text")
    log(task, actor, moment, Progress.Kind.RETURNED, text.strip())
    task.state = Task.State.TAKEN
    Fact.tell("command:task:returned", subject=task, moment=moment, officer=actor.officer)
    return _save(task)


@transaction.atomic
def close_if_parts_done(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """When the last part passed on was accepted, the whole is ready to be reported: the unit is told in the task's log."""
    part = Task.objects.select_related("parent").filter(pk=subject_id).first()
    whole = part.parent if part else None
    if whole is None or whole.state not in Task.LIVE or whole.parts.live().exists():
        return None
    log(whole, actor, moment, Progress.Kind.CHANGED, _("All parts are done; the task can be reported as done."))
    return whole
