"""The duties of a serious event as tasks of the Department of Health: investigation, then the advisory council."""

from datetime import datetime, time

from django.db import transaction

from phaodai.command.models import Task
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.vaccination.actions.plan_tasks import give_once
from phaodai.vaccination.models import AdverseReaction

DEPARTMENT = "Sở Y tế"
END_OF_WORK = time(17)


@transaction.atomic
def ask_investigation(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Have a serious event investigated by its hour (Decree 104/2016, article 6). The title names nobody: tasks are read by
    more officers than doses are. None where it is no longer serious, was investigated, or nobody could be asked."""
    event = AdverseReaction.objects.to_investigate().filter(pk=subject_id).first()
    if event is None or event.investigate_by is None:
        return None
    measure = "Có biên bản điều tra, ghi trong hồ sơ sự cố sau tiêm; quyết định giữ hay dùng tiếp lô vắc xin."
    return _give(
        actor, moment, event, f"Điều tra tai biến nặng sau tiêm chủng số {event.pk}", measure, event.investigate_by
    )


@transaction.atomic
def ask_council(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Have the advisory council meet within its working days of the report of investigation."""
    event = AdverseReaction.objects.serious().filter(pk=subject_id, council_at=None, council_by__isnull=False).first()
    if event is None or event.council_by is None:
        return None
    deadline = datetime.combine(event.council_by, END_OF_WORK, VIETNAM)
    title = f"Họp Hội đồng tư vấn chuyên môn về tai biến sau tiêm chủng số {event.pk}"
    return _give(actor, moment, event, title, "Có kết luận nguyên nhân, ghi trong hồ sơ sự cố sau tiêm.", deadline)


def _give(
    actor: Actor, moment: datetime, event: AdverseReaction, title: str, measure: str, deadline: datetime
) -> Task | None:
    departments = Organisation.objects.open().filter(
        province_id=event.province_id, kind=Organisation.Kind.DEPARTMENT, search_key__contains=fold(DEPARTMENT)
    )
    body = departments.select_related("parent").order_by("tier", "pk").first()
    return give_once(actor=actor, moment=moment, body=body, title=title, measure=measure, deadline=deadline)
