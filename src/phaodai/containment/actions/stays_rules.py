"""A new rule comes into force while people are inside: every end before and after, and the decider's choice with its reason."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.stays_plans import ask_again, put_under
from phaodai.containment.actions.stays_shared import note
from phaodai.containment.models import Stay, StayRuleChange, StayStep
from phaodai.containment.rules.stays_changes import Standing, Turn, turns_of
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for

KINDS = (Stay.Kind.CONTACT, Stay.Kind.ARRIVAL)


def turns_inside(actor: Actor, on: date) -> list[Turn]:
    """Everybody inside, of those whom this officer answers for, whose rule is not the one in force on a day."""
    rows = Stay.objects.visible_to(actor).inside().filter(kind__in=KINDS, release_on__isnull=False)
    found: dict[int, list[Standing]] = {}
    columns = ("province_id", "pk", "kind", "day_zero", "facts", "release_on", "decision__version")
    for province, *values in rows.order_by("pk").values_list(*columns):
        stay, kind, day_zero, facts, release_on, version = values
        found.setdefault(province, []).append(Standing(stay, kind, day_zero, facts, release_on, version or ""))
    return [turn for province, standing in found.items() for turn in turns_of(rulebook_for(province), on, standing)]


@transaction.atomic
def decide_rule_change(
    *, actor: Actor, moment: datetime, choice: str, basis: str, reason: str, on: date | None = None
) -> StayRuleChange:
    """Decide what the rule in force on `on` (today) does to those inside: for all, for those it frees earlier, for nobody.

    `basis` is the document relied on. Both ends of every stay are kept with the decision.
    """
    actor.require(Permission.CONTAINMENT_SITE_MANAGE)
    day = on or local_day(moment)
    if actor.reach == "own":
        raise NotAllowed(_("Your post does not decide this. You can send a request."))
    if choice not in StayRuleChange.Choice.values:
        raise Refusal(_("Choose what the new rule does to those inside."), field="choice")
    if not basis.strip():
        raise Refusal(_("Name the document relied on."), field="basis")
    if not reason.strip():
        raise Refusal(_("Say why, in a few words."), field="reason")
    turns = turns_inside(actor, day)
    if not turns:
        raise Refusal(_("Everybody inside is under the rule in force: there is nothing to decide."))
    change = StayRuleChange.objects.create(
        on=day,
        choice=choice,
        basis=basis.strip(),
        reason=reason.strip(),
        decided_at=moment,
        decided_by_id=actor.officer,
        rows=[_row(one, choice) for one in turns],
        **actor.area.columns,
    )
    _apply(change, [one for one in turns if one.taken(choice)], actor, moment)
    Fact.tell("containment:stay:rule", subject=change, moment=moment, officer=actor.officer, stays=len(turns))
    return change


def _row(turn: Turn, choice: str) -> dict[str, Any]:
    after = turn.release_on
    return {
        "stay": turn.standing.stay,
        "before": turn.standing.release_on.isoformat(),
        "after": after.isoformat() if after else None,
        "old": turn.standing.version,
        "new": turn.version,
        "taken": turn.taken(choice),
    }


def _apply(change: StayRuleChange, turns: Iterable[Turn], actor: Actor, moment: datetime) -> None:
    for turn in turns:
        assert turn.plan is not None, "only a turn with a plan is taken"
        stay = Stay.objects.select_for_update(of=("self",)).get(pk=turn.standing.stay)
        put_under(stay, turn.plan)
        stay.version += 1
        with worded():
            stay.save()
        ask_again(stay, turn.plan, since=turn.plan.day_zero)
        before = turn.standing.release_on.isoformat()
        note(
            [stay], StayStep.What.RULE, actor=actor, moment=moment, words=change.basis, change=change.pk, before=before
        )
