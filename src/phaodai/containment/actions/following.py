"""What follows a level that the people were told of: the signed paper in the districts' books, and tasks from its clauses."""

from dataclasses import replace
from datetime import datetime
from math import ceil

from django.db import transaction

from phaodai.command.actions.issuing import issue_paper
from phaodai.command.actions.sending import let_read
from phaodai.command.actions.tasks import Order, give_task
from phaodai.command.models import Document, Task
from phaodai.containment.law import limits_of_level
from phaodai.containment.models import Level, LevelDecision, WeeklyIndicator
from phaodai.containment.rules.distances import limits_of
from phaodai.containment.rules.duties import Duty, Turn, duties_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.rulebook.provincial import rulebook_for

ELDERLY = "full_elderly_share"


@transaction.atomic
def give_duties(*, actor: Actor, moment: datetime, subject_id: int) -> list[Task]:
    """Give every body of the unit, and of the one above it, its part of a decision that was announced.

    The body that signed the decision is the giver. A body that a unit does not have is passed over.
    """
    decision = LevelDecision.objects.select_related("unit__parent", "paper", "organisation").get(pk=subject_id)
    duties = duties_of(_turn(decision, moment))
    if not duties or decision.paper is None or decision.organisation is None:
        return []
    giver = replace(actor, organisation=decision.organisation.pk, organisation_name=decision.organisation.name)
    copies = issue_paper(actor=giver, moment=moment, paper=decision.paper)
    document = _copy_for(decision, copies)
    tasks = [
        give_task(
            actor=giver, moment=moment, giver=decision.organisation, organisation=body, order=_order(duty, document)
        )
        for duty in duties
        for body in _bodies(decision, duty)
    ]
    if document is not None:
        let_read(document, [task.organisation_id for task in tasks])
    decision.duties = [task.pk for task in tasks]
    decision.version += 1
    decision.save()
    return tasks


def _turn(decision: LevelDecision, moment: datetime) -> Turn:
    book, on = rulebook_for(decision.province_id), decision.takes_effect_at.astimezone(VIETNAM).date()
    return Turn(
        unit=decision.unit.name,
        before=decision.from_level,
        after=decision.to_level,
        begins=decision.takes_effect_at.astimezone(VIETNAM),
        told=decision.announced_at or moment,
        limits=limits_of_level(book, decision.to_level, on),
        unvaccinated=_unvaccinated(decision),
    )


def _unvaccinated(decision: LevelDecision) -> int:
    """How many older people are missing to the share that criterion 2b asks for; 0 where it is met or not asked."""
    level = Level.objects.filter(unit=decision.unit_id, on=decision.assessed_on, week_ending__isnull=False).first()
    if level is None or level.week_ending is None or ELDERLY not in level.record["figures"]:
        return 0
    row = WeeklyIndicator.objects.filter(unit=decision.unit_id, week_ending=level.week_ending).first()
    if row is None or not row.elderly or row.elderly_full is None:
        return 0
    limits = limits_of(rulebook_for(decision.province_id), decision.assessed_on, ELDERLY)
    return max(ceil(max(limits, default=0.0) * row.elderly) - row.elderly_full, 0)


def _copy_for(decision: LevelDecision, copies: dict[int, Document]) -> Document | None:
    """The copy in the book of the district, or of the commune where there are no districts; any of them for a province."""
    area = decision.district_id or decision.commune_id
    near = [one for one in copies.values() if area is None or area in (one.district_id, one.commune_id)]
    return near[0] if near else None


def _bodies(decision: LevelDecision, duty: Duty) -> list[Organisation]:
    """The open bodies of that kind at the unit, or at the one above it, apart from the giver itself."""
    unit = decision.unit.parent if duty.above else decision.unit
    found = Organisation.objects.open().filter(unit=unit, kind=duty.body, province_id=decision.province_id)
    return [body for body in found.order_by("pk") if body.pk != decision.organisation_id]


def _order(duty: Duty, document: Document | None) -> Order:
    clause = document.clauses.filter(path=duty.clause).first() if document else None
    return Order(
        title=duty.title,
        measure=duty.measure,
        target=duty.target,
        measure_unit="người" if duty.target else "",
        deadline=duty.deadline,
        document=document,
        clause=clause,
    )
