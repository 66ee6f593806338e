"""Following facts: what is done by itself is done and noted, what an officer decides is proposed, answered, and noted."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.chasing import Climbed, escalate_due
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.playbook.consequences import FOLLOWS, Consequence, consequence
from phaodai.playbook.models import Step

AT_ONCE = 1_000


@transaction.atomic
def follow_facts(*, actor: Actor, moment: datetime) -> int:
    """Do or propose what follows from every fact that waits, oldest first; returns how many were looked at.

    A consequence that is refused undoes itself alone and leaves its words on the fact.
    """
    facts = list(Fact.objects.waiting().select_for_update(skip_locked=True)[:AT_ONCE])
    for fact in facts:
        for one in FOLLOWS.get(fact.kind, ()):
            _propose(one, fact) if one.asked else _do(one, fact, actor, moment)
        fact.followed_at = moment
    Fact.objects.bulk_update(facts, ["followed_at", "payload"])
    return len(facts)


def _do(one: Consequence, fact: Fact, actor: Actor, moment: datetime) -> None:
    """Done by itself; noted as a step where something came of it that has an area."""
    try:
        with transaction.atomic():
            made = one.deed(actor=actor, moment=moment, subject_id=fact.subject_id)
    except Refusal as refusal:
        fact.payload["refused"] = str(refusal)
        return
    record = _record_of(made)
    if record is not None:
        _note(one, fact, record, Step.State.DONE)


def _propose(one: Consequence, fact: Fact) -> None:
    """Ask, once: a proposal that waits, or was answered, is not made again."""
    record = one.applies(fact.subject_id) if one.applies else None
    answered = Step.objects.filter(consequence=one.key, subject_id=fact.subject_id, subject_kind=_kind_of(fact))
    if record is not None and not answered.exists():
        _note(one, fact, record, Step.State.PROPOSED)


def _note(one: Consequence, fact: Fact, record: models.Model, state: Step.State, words: str = "") -> Step:
    return Step.objects.create(
        consequence=one.key, subject_kind=_kind_of(fact), subject_id=fact.subject_id, fact=fact, state=state,
        about=str(record)[:200], words=words, **Area.of(record).columns,
    )  # fmt: skip


def _kind_of(fact: Fact) -> str:
    """`surveillance:case` of `surveillance:case:created`."""
    return fact.kind.rpartition(":")[0]


def _record_of(made: Any) -> models.Model | None:
    """The first record with an area that a consequence returned."""
    return next((one for one in _flat(made) if isinstance(one, models.Model) and hasattr(one, "province_id")), None)


def _flat(made: Any) -> Iterator[Any]:
    if isinstance(made, list | tuple):
        yield from made
    elif made is not None:
        yield made


def _waiting_step(actor: Actor, pk: int) -> tuple[Step, Consequence]:
    """The proposal and its row of the table; refuses one that is answered, elsewhere, or no longer known."""
    actor.require(Permission.PLAYBOOK_STEP_DECIDE)
    step = Step.objects.visible_to(actor).select_for_update().filter(pk=pk).first()
    one = consequence(step.consequence) if step is not None else None
    if step is None or one is None or not actor.area.holds(step):
        raise NotHere(_("There is no such step, or your post may not see it."))
    if step.state != Step.State.PROPOSED:
        raise Refusal(_("This step was answered already: %(state)s.") % {"state": step.get_state_display()})
    return step, one


@transaction.atomic
def accept_step(*, actor: Actor, moment: datetime, pk: int) -> Step:
    """Take a proposed step in this officer's name. What refuses it says so, and the proposal stays."""
    step, one = _waiting_step(actor, pk)
    if one.may is not None:
        actor.require(one.may)
    made = one.deed(actor=actor, moment=moment, subject_id=step.subject_id)
    record = _record_of(made)
    words, made_id = (str(record), record.pk) if record is not None else ("", None)
    return _answer(step, actor, moment, Step.State.DONE, words=words, made_id=made_id)


@transaction.atomic
def decline_step(*, actor: Actor, moment: datetime, pk: int, reason: str) -> Step:
    """Leave a proposed step, with the reason; it is not proposed again for the same record."""
    step, _one = _waiting_step(actor, pk)
    if not reason.strip():
        raise Refusal(_("Say why this step is not taken."), field="reason")
    return _answer(step, actor, moment, Step.State.DECLINED, reason=reason.strip()[:300])


def _answer(step: Step, actor: Actor, moment: datetime, state: Step.State, **values: Any) -> Step:
    for name, value in values.items():
        setattr(step, name, value)
    step.state, step.answered_by_id, step.answered_at = state, actor.officer, moment
    step.version += 1
    step.save()
    Fact.tell(f"playbook:step:{state}", subject=step, moment=moment, officer=actor.officer)
    return step


def sweep_tasks(*, actor: Actor, moment: datetime) -> list[Climbed]:
    """Late and silent tasks climb to the head above."""
    return escalate_due(actor=actor, moment=moment)
