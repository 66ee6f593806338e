"""What follows from a drill: units that did not answer, or whose shelves differ from their books, get it as a task."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from phaodai.command.actions.tasks import Order, give_task, rung
from phaodai.command.models import Task
from phaodai.command.rules.ladder import may_give
from phaodai.foundation.formats import number
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.models import DrillCall, DrillCount, Figure, ReadinessDrill
from phaodai.supply.rules.fund_sums import trimmed
from phaodai.supply.rules.readiness import booked_difference

TIME_TO_PUT_RIGHT = timedelta(days=3)
"""A working rule: no document says how soon a unit must put its books right after a drill."""
NOT_ANSWERED = "chưa trả lời cuộc diễn tập"


def owed_after(drill: ReadinessDrill) -> Iterator[tuple[DrillCall, list[str]]]:
    """Each unit that owes something after a drill, and what, in the words of an order."""
    for call in drill.calls.select_related("unit").prefetch_related("counts").order_by("pk"):
        apart = [_words(one) for one in call.counts.all() if booked_difference(one.booked, one.counted)]
        owed = apart if call.answered_at is not None else [NOT_ANSWERED]
        if owed:
            yield call, owed


def _words(count: DrillCount) -> str:
    with translation.override("vi"):
        name = str(Figure(count.key).label) if count.key in Figure.values else count.label
    booked = number(trimmed(count.booked)) if count.booked is not None else "–"
    return f"{name}: sổ ghi {booked}, đếm được {number(trimmed(count.counted))}"


@transaction.atomic
def ask_units(*, actor: Actor, moment: datetime, drill_id: int) -> list[Task]:
    """Give the committee of each such unit its task in the name of the officer's own unit; one running task a unit.

    A unit that does not answer to the officer's own is left out, such as that one itself.
    """
    actor.require(Permission.COMMAND_TASK_ASSIGN)
    giver = Organisation.objects.get(pk=actor.organisation)
    drill = ReadinessDrill.objects.visible_to(actor).filter(pk=drill_id).first()
    if drill is None or not actor.area.holds(drill):
        raise NotHere(_("There is no such drill that your post may see."))
    title = f"Sau diễn tập “{drill.title}”: đối chiếu sổ với thực tế, báo cáo nguyên nhân"
    asked = set(Task.objects.live().filter(title=title).values_list("organisation", flat=True))
    given = []
    for call, owed in owed_after(drill):
        committees = Organisation.objects.open().filter(kind=Organisation.Kind.PEOPLES_COMMITTEE, unit=call.unit)
        body = committees.order_by("pk").first()
        if body is None or body.pk in asked or not may_give(rung(giver), rung(body)):
            continue
        order = Order(title=title, measure="; ".join(owed), deadline=moment + TIME_TO_PUT_RIGHT)
        given.append(give_task(actor=actor, moment=moment, giver=giver, organisation=body, order=order))
    return given
