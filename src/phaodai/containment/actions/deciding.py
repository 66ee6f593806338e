"""The province decides on a level, signs it with a number of its outgoing book, and tells the people."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import require_inside
from phaodai.containment.actions.signing import sign_decision_paper
from phaodai.containment.models import LevelDecision
from phaodai.containment.rules.notice import earliest_start
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor

State = LevelDecision.State


def _require_province(actor: Actor) -> None:
    """Resolution 128/NQ-CP: the province decides on raising and lowering."""
    if actor.area.district is not None:
        raise NotAllowed(_("The province decides on levels (Resolution 128/NQ-CP). You can send a request."))


def _found(actor: Actor, decision_id: int, state: str) -> LevelDecision:
    rows = LevelDecision.objects.visible_to(actor).select_for_update(of=("self",)).select_related("unit__parent")
    found = rows.filter(pk=decision_id).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_inside(actor, found.unit)
    if found.state != state:
        raise Refusal(_("%(unit)s: this was answered already.") % {"unit": found.unit.name})
    return found


@transaction.atomic
def decide_level(
    *,
    actor: Actor,
    moment: datetime,
    decision_id: int,
    level: int | None = None,
    takes_effect_at: datetime | None = None,
    reason: str = "",
) -> LevelDecision:
    """Sign one proposal, as it is or, with a reason, with another level; both are kept."""
    actor.require(Permission.CONTAINMENT_LEVEL_DECIDE)
    _require_province(actor)
    decision = _found(actor, decision_id, State.PROPOSED)
    decision.to_level = level or decision.proposed_level
    decision.reason = reason.strip()
    if decision.to_level != decision.proposed_level and not decision.reason:
        raise Refusal(_("Say why you decide otherwise than the rule proposes."), field="reason")
    decision.takes_effect_at = takes_effect_at or max(decision.takes_effect_at, _earliest(decision, moment))
    _require_notice(decision, moment)
    return _sign([decision], actor, moment)[0]


@transaction.atomic
def decide_together(*, actor: Actor, moment: datetime, decision_ids: Sequence[int]) -> list[LevelDecision]:
    """Sign several proposals as they are, in one decision with one number."""
    actor.require(Permission.CONTAINMENT_LEVEL_DECIDE)
    _require_province(actor)
    if not decision_ids:
        raise Refusal(_("Choose at least one proposal."))
    decisions = [_found(actor, pk, State.PROPOSED) for pk in decision_ids]
    for decision in decisions:
        decision.takes_effect_at = max(decision.takes_effect_at, _earliest(decision, moment))
    return _sign(decisions, actor, moment)


def _earliest(decision: LevelDecision, moment: datetime) -> datetime:
    return earliest_start(moment, decision.from_level, decision.to_level, decision.notice_hours)


def _require_notice(decision: LevelDecision, moment: datetime) -> None:
    earliest = _earliest(decision, moment)
    if decision.takes_effect_at < earliest and decision.rises:
        words = _("People are told %(hours)d hours ahead of a rise: %(when)s at the earliest.")
        raise Refusal(words % {"hours": decision.notice_hours, "when": moment_words(earliest)}, field="takes_effect_at")
    if decision.takes_effect_at < moment:
        raise Refusal(_("This moment has already passed. Set a later one."), field="takes_effect_at")


def _sign(decisions: list[LevelDecision], actor: Actor, moment: datetime) -> list[LevelDecision]:
    paper = sign_decision_paper(actor=actor, moment=moment, decisions=decisions)
    for decision in decisions:
        decision.state, decision.paper, decision.number = State.DECIDED, paper, paper.number
        decision.organisation_id = paper.organisation_id
        decision.decided_by_id, decision.decided_title, decision.decided_at = actor.officer, actor.title, moment
        decision.version += 1
        decision.save()
        Fact.tell("containment:level:decided", subject=decision, moment=moment, officer=actor.officer)
    return decisions


@transaction.atomic
def send_back(*, actor: Actor, moment: datetime, decision_id: int, reason: str) -> LevelDecision:
    """Do not follow a proposal, and say why; the level stays."""
    actor.require(Permission.CONTAINMENT_LEVEL_DECIDE)
    _require_province(actor)
    decision = _found(actor, decision_id, State.PROPOSED)
    if not reason.strip():
        raise Refusal(_("Say why the proposal is sent back."), field="reason")
    decision.state, decision.reason = State.REFUSED, reason.strip()
    decision.decided_by_id, decision.decided_title, decision.decided_at = actor.officer, actor.title, moment
    decision.version += 1
    decision.save()
    Fact.tell("containment:level:refused", subject=decision, moment=moment, officer=actor.officer)
    return decision


@transaction.atomic
def announce_level(*, actor: Actor, moment: datetime, decision_id: int) -> LevelDecision:
    """Tell the people. A rise counts no earlier than its notice after this moment: told late, it begins later."""
    actor.require(Permission.CONTAINMENT_LEVEL_ANNOUNCE)
    decision = _found(actor, decision_id, State.DECIDED)
    if decision.announced_at is not None:
        raise Refusal(_("%(unit)s: the people were told already.") % {"unit": decision.unit.name})
    decision.announced_at = moment
    decision.takes_effect_at = start_if_told(decision, moment)
    decision.version += 1
    decision.save()
    Fact.tell("containment:level:announced", subject=decision, moment=moment, officer=actor.officer)
    return decision


def start_if_told(decision: LevelDecision, moment: datetime) -> datetime:
    """From when the level counts if the people are told at `moment`."""
    return max(decision.takes_effect_at, _earliest(decision, moment)) if decision.rises else decision.takes_effect_at
