"""From assessed levels to proposals: one waits for each unit whose level should turn."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from phaodai.containment.law import value_on
from phaodai.containment.models import Level, LevelDecision
from phaodai.containment.rules.notice import NOTICE_WITHOUT_RULE, earliest_start
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Unit

State = LevelDecision.State


def notice_hours(unit: Unit, moment: datetime) -> int:
    """How long before a rise the people are told, by the law of the day."""
    found = value_on(rulebook_for(unit.province_id), "risk-level.procedure", moment.date(), "notice-hours")
    return int(found) if found else NOTICE_WITHOUT_RULE


def propose(*, actor: Actor, moment: datetime, unit: Unit, levels: Sequence[Level]) -> int:
    """Propose, change or let lapse, so that exactly the units whose level should turn have one proposal each.

    What was sent back is proposed again only when newer figures speak for it. Returns how many are new or changed.
    """
    ids = [level.unit_id for level in levels]
    waiting = {one.unit_id: one for one in LevelDecision.objects.waiting().filter(unit_id__in=ids).select_for_update()}
    decided, answered = LevelDecision.objects.last_decided(ids), _sent_back(ids)
    notice, count = notice_hours(unit, moment), 0
    for level in levels:
        present = decided[level.unit_id].to_level if level.unit_id in decided else None
        proposal = waiting.get(level.unit_id)
        if level.level is None or level.level == present:
            _lapse(proposal)
        elif _is_news(level, proposal, answered):
            _write(actor, moment, level, present, proposal or LevelDecision(unit_id=level.unit_id), notice)
            count += 1
        elif proposal is not None:
            _move_start(proposal, moment)
    return count


def _sent_back(ids: list[int]) -> dict[tuple[int, int], object]:
    """The newest week on which a proposal of that unit to that level was sent back."""
    rows = LevelDecision.objects.filter(unit_id__in=ids, state=State.REFUSED)
    found = rows.values_list("unit_id", "proposed_level").annotate(week=Max("week_ending"))
    return {(unit, level): week for unit, level, week in found}


def _is_news(level: Level, proposal: LevelDecision | None, answered: dict[tuple[int, int], object]) -> bool:
    if proposal is not None:
        return proposal.proposed_level != level.level
    refused_on = answered.get((level.unit_id, level.level or 0))
    return refused_on is None or refused_on != level.week_ending


def _lapse(proposal: LevelDecision | None) -> None:
    """Nothing is left to decide: the figures came back to the level that stands."""
    if proposal is not None:
        proposal.state = State.LAPSED
        proposal.version += 1
        proposal.save()


def _move_start(proposal: LevelDecision, moment: datetime) -> None:
    """A proposal that nobody answered in time can no longer keep its notice: it starts as soon as it still can."""
    start = earliest_start(moment, proposal.from_level, proposal.proposed_level, proposal.notice_hours)
    if start > proposal.takes_effect_at:
        proposal.takes_effect_at = start
        proposal.version += 1
        proposal.save()


def _write(
    actor: Actor, moment: datetime, level: Level, present: int | None, proposal: LevelDecision, notice: int
) -> None:
    assert level.level is not None, "only a concluded level is proposed"
    proposal.from_level, proposal.proposed_level, proposal.to_level = present, level.level, level.level
    proposal.assessed_on, proposal.week_ending, proposal.proposed_at = level.on, level.week_ending, moment
    proposal.notice_hours = notice
    proposal.takes_effect_at = earliest_start(moment, present, level.level, notice)
    proposal.province_id, proposal.district_id, proposal.commune_id = (
        level.province_id,
        level.district_id,
        level.commune_id,
    )
    if proposal.pk:
        proposal.version += 1
    proposal.save()
    Fact.tell("containment:level:proposed", subject=proposal, moment=moment, officer=actor.officer)
