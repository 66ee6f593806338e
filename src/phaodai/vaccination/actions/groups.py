"""Which priority group is open where: opened and closed by a decision, in the order in force or with a reason."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Rulebook
from phaodai.rulebook.provincial import rulebook_for
from phaodai.rulebook.record import as_record
from phaodai.territory.models import Unit
from phaodai.vaccination.law.plan import LAST, GroupPlace, order_on, ranks_on
from phaodai.vaccination.law.vocabulary import group_label
from phaodai.vaccination.models import GroupTurn, ListEntry


@transaction.atomic
def open_group(
    *,
    actor: Actor,
    moment: datetime,
    unit: Unit,
    group: str,
    opens_on: date,
    document: str,
    target: int | None = None,
    due_on: date | None = None,
    reason: str = "",
) -> GroupTurn:
    """Open a group in a unit from a day on, by a decision.

    A group whose place no verified rule gives, or that comes before groups that are not open there, needs a reason.
    """
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    if actor.reach == "own":
        raise NotAllowed(_("Your post does not open groups. You can send a request to the district or the province."))
    require_inside(actor, unit)
    if not document.strip():
        raise Refusal(_("Name the decision by which the group is opened."), field="document")
    order = order_on(rulebook_for(unit.province_id), opens_on)
    place = next((one for one in order if one.group == group), None)
    _require_reason(place, _before(place, order, unit, opens_on), reason)
    turn = GroupTurn(
        group=group, unit=unit, opens_on=opens_on, document=document.strip(), target=target, due_on=due_on,
        rank=place.rank if place else None, citation=as_record(place.decision) if place else {},
        reason=reason.strip(), decided_by_id=actor.officer, **columns_of_area(unit),
    )  # fmt: skip
    with worded("group"):
        turn.save()
    Fact.tell("vaccination:group:opened", subject=turn, moment=moment, officer=actor.officer, group=group)
    return turn


def _before(place: GroupPlace | None, order: Iterable[GroupPlace], unit: Unit, day: date) -> list[str]:
    """Groups that come earlier in the order and are open neither in the unit nor above it."""
    if place is None or place.rank is None:
        return []
    rank = place.rank
    earlier = {one.group for one in order if one.rank is not None and one.rank < rank}
    above = [unit.pk, unit.province_id, unit.district_id, unit.commune_id]
    opened = GroupTurn.objects.filter(unit_id__in=[one for one in above if one], opens_on__lte=day, group__in=earlier)
    return sorted(earlier - set(opened.values_list("group", flat=True)))


def _require_reason(place: GroupPlace | None, skipped: list[str], reason: str) -> None:
    if reason.strip():
        return
    if place is None or place.rank is None:
        words = _("No verified rule gives this group a place in the order. Say by what right it is opened.")
        raise Refusal(words, field="reason")
    if skipped:
        named = ", ".join(group_label(one).lower() for one in skipped[:4]) + ("…" if len(skipped) > 4 else "")
        words = _("These groups come first and are not open here: %(groups)s. Say why this one is opened before them.")
        raise Refusal(words % {"groups": named}, field="reason")


@transaction.atomic
def close_group(*, actor: Actor, moment: datetime, turn_id: int, closes_on: date) -> GroupTurn:
    """Close a group from a day on."""
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    turn = GroupTurn.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=turn_id).first()
    if turn is None:
        raise NotHere(_("There is no such group that your post may see."))
    require_inside(actor, turn.unit)
    if turn.closes_on is not None:
        raise Refusal(_("This group is closed already."))
    turn.closes_on, turn.version = closes_on, turn.version + 1
    with worded("closes_on"):
        turn.save()
    Fact.tell("vaccination:group:closed", subject=turn, moment=moment, officer=actor.officer, group=turn.group)
    return turn


@transaction.atomic
def put_in_order(*, actor: Actor, moment: datetime) -> int:
    """Give everybody on the lists the place of their group in the order in force; returns how many moved."""
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    book: Rulebook = rulebook_for(actor.area.province)
    moved = 0
    for group, rank in ranks_on(book, moment.date()).items():
        entries = ListEntry.objects.visible_to(actor).filter(group=group).exclude(rank=rank)
        moved += entries.update(rank=rank, updated_at=moment)
    return moved


def rank_of(ranks: dict[str, int], group: str) -> int:
    """The place of a group; the last where no verified order names it."""
    return ranks.get(group, LAST)
