"""What follows from a tracing clock that ran out: the health centre of the case's area gets a task."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from phaodai.command.actions.tasks import Order, give_task
from phaodai.command.models import Task
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.surveillance.models import Case
from phaodai.surveillance.models.clocks import clocks_of
from phaodai.surveillance.rules.clock import Progress, Step

TIME_TO_CATCH_UP = timedelta(hours=6)
"""A working rule: no document says how soon a missed target must be made good."""
IN_ORDERS = {
    Step.LISTED: "lên danh sách F1",
    Step.TOLD: "báo F1",
    Step.QUARANTINED: "cách ly F1",
    Step.SECOND_TOLD: "báo F2",
    Step.ZONE: "đề xuất khoanh vùng",
}


@transaction.atomic
def ask_health_centre(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Give the health centre (or station) of a case's area the steps that are still owed; one running task a case.

    The body above it is the giver. None where nothing is owed any more, a task runs already, or the area has no such body.
    """
    case = Case.objects.get(pk=subject_id)
    owed = [
        step for clock in clocks_of([case]) for step in clock.steps if step.reached_at is None and step.breached(moment)
    ]
    body = _body_of(case)
    if not owed or body is None or body.parent is None:
        return None
    about = f"Truy vết ca {case.code}:"
    if Task.objects.live().filter(organisation=body, title__startswith=about).exists():
        return None
    giver = replace(actor, organisation=body.parent.pk, organisation_name=body.parent.name)
    order = Order(title=_title(about, owed), measure=_measure(owed), deadline=moment + TIME_TO_CATCH_UP)
    return give_task(actor=giver, moment=moment, giver=body.parent, organisation=body, order=order)


def _body_of(case: Case) -> Organisation | None:
    """The health centre of the district; where there is none, the health station of the commune."""
    found = Organisation.objects.open().select_related("parent").filter(province_id=case.province_id)
    centres = found.filter(kind=Organisation.Kind.HEALTH_CENTRE, district_id=case.district_id, commune_id=None)
    stations = found.filter(kind=Organisation.Kind.HEALTH_STATION, commune_id=case.commune_id)
    return centres.order_by("pk").first() or stations.order_by("pk").first()


def _title(about: str, owed: Sequence[Progress]) -> str:
    return f"{about} {', '.join(IN_ORDERS[step.step] for step in owed)}, đã quá mốc giờ"


def _measure(owed: Sequence[Progress]) -> str:
    return "; ".join(f"{IN_ORDERS[step.step]}: {step.done}/{step.total}" for step in owed)
