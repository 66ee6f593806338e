"""Pools: filled at the table, opened by themselves when the tube is not negative."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.actions.areas import columns_of_area
from phaodai.surveillance.actions.sample_words import words_of
from phaodai.surveillance.models import Campaign, LabTest, Pool, PoolMember, Sample


def new_pool(tube: Sample, person: Person, campaign: Campaign, moment: datetime) -> Sample:
    """The first swab of a pooled tube; `tube` is not in the books yet."""
    tube.pool = Pool.objects.create(size=campaign.pool_size, decision=campaign.pool_decision, **columns_of_area(person))
    tube.full_clean()
    tube.save()
    _add(tube, person, moment)
    return tube


def join_pool(tube: Sample, person: Person, moment: datetime) -> PoolMember:
    """One more swab into a pooled tube. Raises Refusal where it is full."""
    pool = Pool.objects.annotate(filled=Count("members")).get(tube=tube)
    if pool.filled >= pool.size:
        raise Refusal(words_of("full", tube.barcode, str(pool.filled)), field="barcode")
    return _add(tube, person, moment)


def _add(tube: Sample, person: Person, moment: datetime) -> PoolMember:
    test = LabTest.objects.create(
        person=person, method=tube.method, sampled_at=tube.taken_at or moment, **columns_of_area(person)
    )
    member = PoolMember(pool=tube.pool, person=person, test=test)
    member.full_clean(exclude=["person"])
    member.save()
    return member


def sample_again(tubes: Sequence[Sample], why: str, moment: datetime) -> list[Sample]:
    """Ask for a new sample of everybody whose tube gave no outcome; tests behind the tubes say so."""
    singles = [one for one in tubes if one.pool_id is None]
    pooled = {one.pool_id: one for one in tubes if one.pool_id is not None}
    members = list(PoolMember.objects.filter(pool__in=pooled).select_related("test").order_by("pk"))
    asked = [_due(one.person_id, one, why, moment, instead_of=one, opens=one.opens_id) for one in singles]
    asked += [_due(one.person_id, pooled[one.pool_id], why, moment, opens=one.pk, area=one.test) for one in members]
    tests = [one.test_id for one in singles if one.test_id] + [one.test_id for one in members]
    waiting = LabTest.objects.filter(pk__in=tests, result="")
    waiting.update(result=LabTest.Result.UNCLEAR, result_at=moment, updated_at=moment)
    return Sample.objects.bulk_create(asked)


def _due(
    person_id: int | None,
    tube: Sample,
    why: str,
    moment: datetime,
    *,
    instead_of: Sample | None = None,
    opens: int | None = None,
    area: LabTest | None = None,
) -> Sample:
    """A single sample that is owed, at the laboratory that knows the case; `area` is where the person lives."""
    return Sample(
        person_id=person_id, method=tube.method, campaign_id=tube.campaign_id, laboratory_id=tube.laboratory_id,
        reason=why[:200], asked_at=moment, instead_of=instead_of, opens_id=opens, **columns_of_area(area or tube),
    )  # fmt: skip


def open_pools(tubes: Sequence[Sample], *, actor: Actor, moment: datetime) -> list[Sample]:
    """Pools that are not negative open their members for single tests by themselves; the units are told."""
    if not tubes:
        return []
    asked = sample_again(tubes, _("The pool was not negative: single test"), moment)
    Pool.objects.filter(pk__in=[one.pool_id for one in tubes]).update(opened_at=moment, updated_at=moment)
    for tube in tubes:
        Fact.tell("surveillance:pool:opened", subject=tube, moment=moment, officer=actor.officer)
    return asked
