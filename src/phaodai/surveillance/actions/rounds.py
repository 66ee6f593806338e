"""Rounds of screening: opened in every commune of an area, mended, closed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.surveillance.actions.areas import columns_of_area, require_inside, require_mine
from phaodai.surveillance.models import Round
from phaodai.surveillance.rules.symptoms import SYMPTOMS
from phaodai.territory.models import Tier, Unit

AMENDABLE = ("name", "starts_on", "ends_on", "target_percent")


@transaction.atomic
def plan_round(
    *,
    actor: Actor,
    moment: datetime,
    unit: Unit,
    name: str,
    starts_on: date,
    ends_on: date,
    target_percent: int = 100,
    questions: Sequence[str] = SYMPTOMS,
) -> list[Round]:
    """Open a round in a commune, or in every commune below a district or province that has none in these days."""
    actor.require(Permission.SURVEILLANCE_SCREENING_PLAN)
    require_inside(actor, unit)
    asked = [code for code in SYMPTOMS if code in set(questions)]
    if not asked:
        raise Refusal(_("Choose at least one symptom that is asked for."), field="questions")
    communes = _communes(unit, starts_on)
    busy = set(_overlapping(communes, starts_on, ends_on))
    free = [commune for commune in communes if commune.pk not in busy]
    if not free:
        raise Refusal(_("The commune has a round in these days. Close it or choose other days."), field="starts_on")
    rounds = [_round(commune, name, starts_on, ends_on, target_percent, asked) for commune in free]
    rounds[0].full_clean(validate_unique=False)
    kept = Round.objects.bulk_create(rounds)
    for going in kept:
        Fact.tell("surveillance:screening:planned", subject=going, moment=moment, officer=actor.officer)
    return kept


def _communes(unit: Unit, on: date) -> list[Unit]:
    found = Unit.objects.within(unit).tier(Tier.COMMUNE).as_of(unit.nearest(on)).order_by("sort_key", "pk")
    communes = list(found)
    if not communes:
        raise Refusal(_("A round goes through communes. Name a commune, a district or the province."), field="unit")
    return communes


def _overlapping(communes: Sequence[Unit], starts_on: date, ends_on: date) -> list[int]:
    rounds = Round.objects.filter(commune_id__in=[one.pk for one in communes], closed_on=None)
    taken = rounds.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).values_list("commune_id", flat=True)
    return [commune for commune in taken if commune is not None]


def _round(commune: Unit, name: str, starts_on: date, ends_on: date, target: int, questions: Sequence[str]) -> Round:
    return Round(
        name=name.strip(), starts_on=starts_on, ends_on=ends_on, target_percent=target, questions=list(questions),
        search_key=_search_key(name, commune), **columns_of_area(commune),
    )  # fmt: skip


def _search_key(name: str, commune: Unit | None) -> str:
    return fold(f"{name} {commune.name if commune else ''}")[:160]


@transaction.atomic
def amend_round(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Round:
    """Change a round's name, days or target."""
    actor.require(Permission.SURVEILLANCE_SCREENING_PLAN)
    going = round_for(actor, pk)
    for name, value in guard_version(going, version, changes).items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(going, name, value)
    commune = Unit.objects.filter(pk=going.commune_id or 0).first()
    going.search_key = _search_key(going.name, commune)
    going.version += 1
    going.full_clean()
    going.save()
    Fact.tell("surveillance:screening:amended", subject=going, moment=moment, officer=actor.officer)
    return going


@transaction.atomic
def close_round(*, actor: Actor, moment: datetime, round_id: int) -> Round:
    """End a round; what phones still hold of it is taken in afterwards all the same."""
    actor.require(Permission.SURVEILLANCE_SCREENING_PLAN)
    going = round_for(actor, round_id)
    if going.closed_on:
        raise Refusal(_("This round is closed already."))
    going.closed_on = moment.astimezone(VIETNAM).date()
    going.version += 1
    going.save()
    Fact.tell("surveillance:screening:closed", subject=going, moment=moment, officer=actor.officer)
    return going


def round_for(actor: Actor, round_id: int) -> Round:
    """A round of the officer's own area, locked. Raises `NotHere` and `NotAllowed` in words."""
    going = Round.objects.visible_to(actor).select_for_update().filter(pk=round_id).first()
    if going is None:
        raise NotHere(_("There is no such round, or your post may not see it."))
    require_mine(actor, going)
    return going
