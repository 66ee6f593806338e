"""What waits for an officer: proposals to decide, decisions that the people have not been told."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.containment.actions.deciding import start_if_told
from phaodai.containment.models import Level, LevelDecision
from phaodai.containment.models.decisions import LevelDecisionQuerySet
from phaodai.containment.showing import before_mark, brief_of, level_mark, reason_of, reference_of, unit_url
from phaodai.foundation.components import Action, Empty, Queue, QueueItem, State, Why
from phaodai.foundation.formats import ago, time_left
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

SHOWN = 6


def may_decide(actor: Actor) -> bool:
    """Whether this post decides on levels: command of the province."""
    return actor.may(Permission.CONTAINMENT_LEVEL_DECIDE) and actor.area.district is None


def waiting_count(actor: Actor) -> int:
    """How many things of this room wait for the officer."""
    decisions = LevelDecision.objects.visible_to(actor)
    proposals = decisions.waiting().count() if may_decide(actor) else 0
    told = decisions.to_announce().count() if actor.may(Permission.CONTAINMENT_LEVEL_ANNOUNCE) else 0
    return proposals + told


def levels_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything about levels that waits for this officer, most pressing first."""
    decisions, items = LevelDecision.objects.visible_to(actor), []
    if actor.may(Permission.CONTAINMENT_LEVEL_ANNOUNCE):
        items = [_to_announce(one, moment) for one in _first(decisions.to_announce())]
    return [*items, *(_proposals(decisions, moment) if may_decide(actor) else ())]


def proposals_panel(actor: Actor, moment: datetime) -> Queue | None:
    """The same beside the map; nobody who only reads is shown it."""
    if not may_decide(actor) and not actor.may(Permission.CONTAINMENT_LEVEL_ANNOUNCE):
        return None
    return Queue(levels_queue(actor, moment), Empty(_("No level waits for a decision. They are computed each night.")))


def signable_together(actor: Actor) -> list[LevelDecision]:
    """The proposals that may be signed in one decision: all that wait, where there are several."""
    if not may_decide(actor):
        return []
    rows = LevelDecision.objects.visible_to(actor).waiting().select_related("unit__parent")
    found = list(rows.order_by("-to_level", "unit__tier", "unit__sort_key"))
    return found if len(found) > 1 else []


def _first(rows: LevelDecisionQuerySet) -> list[LevelDecision]:
    return list(
        rows.select_related("unit__parent", "organisation").order_by("takes_effect_at", "unit__sort_key")[:SHOWN]
    )


def _proposals(decisions: LevelDecisionQuerySet, moment: datetime) -> list[QueueItem]:
    shown, count = sorted(_first(decisions.waiting()), key=lambda one: not one.rises), decisions.waiting().count()
    levels = {
        (level.unit_id, level.on): level
        for level in Level.objects.select_related("unit").filter(
            unit__in=[one.unit_id for one in shown], on__in={one.assessed_on for one in shown}
        )
    }
    items = [_proposal(one, levels.get((one.unit_id, one.assessed_on)), moment) for one in shown]
    if count > len(shown):
        url = f"{reverse('quyet-dinh-cap-do-list')}?trang-thai=proposed"
        words = ngettext("%(count)d more level to decide", "%(count)d more levels to decide", count - len(shown))
        open_list = Action(_("See and sign together"), url, "table", small=True)
        items.append(QueueItem(words % {"count": count - len(shown)}, None, "", url, [open_list]))
    return items


def _proposal(decision: LevelDecision, level: Level | None, moment: datetime) -> QueueItem:
    url = unit_url(decision.unit_id, decision.assessed_on)
    actions: list[Action | Why] = [Action(_("See and sign"), url, "sign", "go", small=True)]
    if level:
        actions.append(Why(reason_of(level)))
    reason = _("From %(when)s.") % {"when": moment_words(decision.takes_effect_at, language())}
    return QueueItem(
        [f"{decision.unit.name}: {before_mark(decision)} ", level_mark(decision.to_level)],
        _clock(decision, moment),
        f"{brief_of(level)} {reason}" if level else reason,
        url,
        actions,
    )


def _clock(decision: LevelDecision, moment: datetime) -> State:
    """Until when it must be signed so that the people are told in time."""
    if not decision.rises:
        return State(ago(decision.proposed_at, moment, language()))
    sign_by = decision.takes_effect_at - timedelta(hours=decision.notice_hours)
    near = sign_by - moment < timedelta(hours=2)
    return State(time_left(sign_by, moment, language()), "late" if near else "act")


def _to_announce(decision: LevelDecision, moment: datetime) -> QueueItem:
    start = moment_words(start_if_told(decision, moment), language())
    return QueueItem(
        [_("Tell the people: %(unit)s ") % {"unit": decision.unit.name}, level_mark(decision.to_level)],
        State(_("decided %(ago)s") % {"ago": ago(decision.decided_at or moment, moment, language())}, "act"),
        _("%(reference)s. Told now, it counts from %(start)s.") % {"reference": reference_of(decision), "start": start},
        unit_url(decision.unit_id, decision.assessed_on),
        [
            Action(
                _("Told: from %(start)s") % {"start": start},
                reverse("containment-announce", args=[decision.pk]),
                "send",
                "go",
                method="post",
                small=True,
            )
        ],
    )
