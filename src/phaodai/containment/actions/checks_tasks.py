"""What follows from a finding that was not put right in time: the committee of the commune gets a task."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from phaodai.command.actions.tasks import Order, give_task
from phaodai.command.models import Task
from phaodai.containment.models import CheckFinding
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation

TIME_TO_REMEDY = timedelta(days=3)
"""A working rule: no document says how soon a committee must see that a place puts things right."""
LONGEST_NAME = 120


@transaction.atomic
def ask_committee(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Give the committee of the place's commune the overdue findings of the place; one running task a place.

    The body above it is the giver. None where all was put right meanwhile or the area has no such body; where a task of the
    place runs already, the finding joins it.
    """
    finding = CheckFinding.objects.select_for_update(of=("self",)).select_related("place").get(pk=subject_id)
    if finding.state != CheckFinding.State.OPEN:
        return None
    task = _running(finding) or _give(actor, moment, finding)
    if task is not None:
        finding.task = task
        finding.version += 1
        finding.save()
    return task


def _running(finding: CheckFinding) -> Task | None:
    return Task.objects.live().filter(findings__place=finding.place_id).order_by("pk").first()


def _give(actor: Actor, moment: datetime, finding: CheckFinding) -> Task | None:
    body = _committee_of(finding)
    if body is None or body.parent is None:
        return None
    place = finding.place.name[:LONGEST_NAME]
    order = Order(
        title=f"Kiểm tra 5K: {place} chưa khắc phục tồn tại quá hạn {finding.deadline:%d/%m/%Y}",
        measure=f"{finding.words['vi']}. Việc cần làm: {finding.remedy['vi']}",
        deadline=moment + TIME_TO_REMEDY,
    )
    giver = replace(actor, organisation=body.parent.pk, organisation_name=body.parent.name)
    return give_task(actor=giver, moment=moment, giver=body.parent, organisation=body, order=order)


def _committee_of(finding: CheckFinding) -> Organisation | None:
    """The committee of the commune; of the district where the place lies in no commune."""
    found = Organisation.objects.open().select_related("parent").filter(
        province_id=finding.province_id, kind=Organisation.Kind.PEOPLES_COMMITTEE, district_id=finding.district_id
    )  # fmt: skip
    return found.filter(commune_id=finding.commune_id).order_by("pk").first()
