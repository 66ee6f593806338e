"""Scenario levels: thresholds set by command, levels met proposed to the head once, accepted into tasks or declined."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.tasks import Order, give_task
from phaodai.command.models import Task
from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.foresight.models import TriggerEpisode, TriggerThreshold
from phaodai.foresight.models.trigger_figures import figures_of, units_of
from phaodai.foresight.rules.triggers import (
    Condition,
    Figures,
    ReadyTask,
    ScenarioLevel,
    highest_met,
    keys,
    levels_of,
)
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Tier, Unit

State = TriggerEpisode.State
DECIDE = Permission.FORESIGHT_TRIGGER_DECIDE
LONGEST_MEASURE = 300
QUIET = timedelta(weeks=1)


def watch_triggers(*, actor: Actor, moment: datetime) -> list[TriggerEpisode]:
    """Hold every province and district against the thresholds; returns the episodes that began."""
    provinces = Unit.objects.as_of(moment.date()).filter(tier=Tier.PROVINCE).order_by("sort_key", "code")
    return [one for province in provinces for one in watch_province(actor=actor, moment=moment, province=province)]


@transaction.atomic
def watch_province(*, actor: Actor, moment: datetime, province: Unit) -> list[TriggerEpisode]:
    """Begin an episode for each unit that meets a level, and end those whose conditions hold no more.

    A unit has one episode at a time: a higher level begins a new one and ends the one below, whose unanswered proposal
    lapses. After an episode has ended its level and those below stay quiet for a week, so that figures which swing
    about a threshold do not ask the head every day.
    """
    units = units_of(province.pk, moment.date())
    levels = levels_of(TriggerThreshold.objects.values_of(province.pk))
    figures = figures_of(province.pk, units, moment.date())
    going = {one.unit_id: one for one in TriggerEpisode.objects.going_on(province.pk).select_for_update()}
    quiet = TriggerEpisode.objects.quiet_levels(province.pk, moment - QUIET)
    began = []
    for unit in units:
        met, present = highest_met(levels, figures[unit.pk]), going.get(unit.pk)
        if met is not None and present is not None and present.level == met[0].number:
            continue
        if present is not None:
            _end(present, moment)
        silent_up_to = max(present.level if present else 0, quiet.get(unit.pk, 0))
        if met is not None and met[0].number > silent_up_to:
            began.append(_begin(actor, moment, unit, *met, figures[unit.pk]))
    return began


def _end(episode: TriggerEpisode, moment: datetime) -> None:
    episode.ended_at = moment
    if episode.state == State.PROPOSED:
        episode.state = State.LAPSED
    episode.version += 1
    episode.save()


def _begin(
    actor: Actor, moment: datetime, unit: Unit, level: ScenarioLevel, met: Sequence[Condition], figures: Figures
) -> TriggerEpisode:
    kept = [
        {"figure": one.figure, "is": figures[one.figure], "kind": one.kind, "threshold": one.value, "own": one.is_own}
        for one in met
    ]
    episode = TriggerEpisode.objects.create(
        unit=unit, level=level.number, met=kept, begun_at=moment, **columns_of_area(unit)
    )
    Fact.tell(
        "foresight:trigger:met", subject=episode, moment=moment, officer=actor.officer, unit=unit.pk, level=level.number
    )
    return episode


@transaction.atomic
def accept_trigger(*, actor: Actor, moment: datetime, pk: int, version: int) -> TriggerEpisode:
    """Put a scenario level into force: its tasks are sent, each naming this decision as its ground."""
    episode = _waiting(actor, pk, version)
    level = next(one for one in levels_of({}) if one.number == episode.level)
    giver = Organisation.objects.get(pk=actor.organisation)
    tasks = [
        give_task(actor=actor, moment=moment, giver=giver, organisation=body, order=_order(one, episode, actor, moment))
        for one in level.tasks
        for body in bodies_for(one, episode.unit, actor.organisation)
    ]
    if not tasks:
        raise Refusal(
            _("No body of %(unit)s answers to your unit: no task could be sent.") % {"unit": episode.unit.name}
        )
    return _answered(episode, actor, moment, State.ACCEPTED, tasks=tasks)


@transaction.atomic
def decline_trigger(*, actor: Actor, moment: datetime, pk: int, version: int, reason: str) -> TriggerEpisode:
    """Leave a scenario level alone, and say why; it is not proposed again before it has ended and come back."""
    if not reason.strip():
        raise Refusal(_("Say why the level is not put into force."), field="reason")
    episode = _waiting(actor, pk, version)
    return _answered(episode, actor, moment, State.DECLINED, reason=reason.strip())


def _waiting(actor: Actor, pk: int, version: int) -> TriggerEpisode:
    actor.require(DECIDE)
    rows = TriggerEpisode.objects.visible_to(actor).select_for_update(of=("self",)).select_related("unit")
    episode = rows.filter(pk=pk).first()
    if episode is None:
        raise NotHere(_("There is no such proposal, or not in your province."))
    require_inside(actor, episode.unit)
    if episode.state != State.PROPOSED or episode.version != version:
        raise Refusal(_("This proposal was answered already: %(state)s.") % {"state": episode.get_state_display()})
    return episode


def _answered(
    episode: TriggerEpisode,
    actor: Actor,
    moment: datetime,
    state: TriggerEpisode.State,
    *,
    reason: str = "",
    tasks: Sequence[Task] = (),
) -> TriggerEpisode:
    episode.state, episode.reason, episode.decided_at = state, reason, moment
    episode.officer_id, episode.tasks = actor.officer, [task.pk for task in tasks]
    episode.version += 1
    episode.save()
    Fact.tell(f"foresight:trigger:{state}", subject=episode, moment=moment, officer=actor.officer)
    return episode


def bodies_for(task: ReadyTask, unit: Unit, giver: int) -> list[Organisation]:
    """The open bodies of that kind at the unit, or at the units below it, apart from the giver."""
    where = {"unit": unit} if task.to == "unit" else {"unit__parent": unit}
    rows = Organisation.objects.open().filter(kind=task.body, **where).select_related("unit")
    return [body for body in rows.order_by("pk") if body.pk != giver]


def _order(task: ReadyTask, episode: TriggerEpisode, actor: Actor, moment: datetime) -> Order:
    """The task with the decision it rests on: which level, who, when, and the document behind it."""
    ground = (
        f"Quyết định kích hoạt kịch bản mức {episode.level} số {episode.pk}/KB, {actor.name},"
        f" {day_words(moment.astimezone(VIETNAM), 'vi')}; {task.citation}"
    )
    return Order(
        title=f"{task.title} ({episode.unit.name})",
        measure=f"{task.measure}. {ground}"[:LONGEST_MEASURE],
        deadline=moment + timedelta(hours=task.hours),
    )


@transaction.atomic
def set_threshold(*, actor: Actor, moment: datetime, key: str, value: float, reason: str) -> TriggerThreshold:
    """Set a threshold of the own province in place of the working value, in one's name and with a reason."""
    actor.require(DECIDE)
    province = _own_province(actor)
    if key not in keys():
        raise NotHere(_("There is no such threshold."))
    if value < 0:
        raise Refusal(_("A threshold is not below zero."), field="value")
    if not reason.strip():
        raise Refusal(_("Say why the threshold is changed."), field="reason")
    row = TriggerThreshold.objects.filter(province_id=province.pk, key=key).select_for_update().first()
    row = row or TriggerThreshold(key=key, version=0, **columns_of_area(province))
    row.value, row.reason, row.set_at, row.officer_id = value, reason.strip()[:500], moment, actor.officer or 0
    row.version += 1
    row.save()
    Fact.tell("foresight:threshold:set", subject=row, moment=moment, officer=actor.officer, key=key, value=value)
    return row


def _own_province(actor: Actor) -> Unit:
    """The province of an officer who answers for the whole of it."""
    if actor.area.province is None or actor.area.district is not None or actor.reach != "area":
        raise NotAllowed(_("Thresholds are set by the command of the province."))
    return Unit.objects.get(pk=actor.area.province)


def tasks_ready(level: ScenarioLevel, unit: Unit, giver: int) -> Iterator[tuple[ReadyTask, list[Organisation]]]:
    """Each task of a level with the bodies that would get it, to be shown before the head decides."""
    for task in level.tasks:
        yield task, bodies_for(task, unit, giver)
