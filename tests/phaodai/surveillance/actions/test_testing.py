"""Tubes from the table to the laboratory and back; pools that open by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions import campaigns, results, samples
from phaodai.surveillance.models import Case, LabTest, PoolMember, Sample, TestRequest
from phaodai.surveillance.rules.samples import Reading
from tests.phaodai.surveillance.testing import campaign_of, labels, laboratory_of, people
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def take(world: World, moment: datetime, barcode: str, person: Any, campaign: Any = None, **facts: Any) -> Sample:
    with world.as_("ngoc") as nurse:
        table = samples.Table(campaign.pk if campaign else None, where="Nhà văn hóa")
        return samples.take_tube(actor=nurse, moment=moment, barcode=barcode, person_id=person.pk, table=table, **facts)


def answer(world: World, moment: datetime, *told: tuple[str, str], who: str = "may", **facts: Any) -> results.Written:
    readings = [Reading(code, result, facts.get("at", moment)) for code, result in told]
    with world.as_(who) as actor:
        return results.write_results(actor=actor, moment=moment, readings=readings)


def send(world: World, moment: datetime, *tubes: Sample) -> None:
    laboratory = laboratory_of(world)
    with world.as_("ngoc") as nurse:
        ids = [one.pk for one in tubes]
        samples.send_samples(actor=nurse, moment=moment, sample_ids=ids, laboratory_id=laboratory.pk)
    with world.as_("may") as actor:
        codes = [one.barcode for one in tubes]
        arrived = samples.receive_samples(actor=actor, moment=moment, barcodes=codes, laboratory_id=laboratory.pk)
        assert (len(arrived.received), arrived.aside) == (len(tubes), [])


def refused(deed: Callable[[], Any]) -> tuple[str | None, str]:
    with pytest.raises(Refusal) as caught:
        deed()
    return caught.value.field, str(caught.value)


def test_a_positive_pool_opens_its_members_and_a_positive_single_makes_a_case(
    world: World, story: Story, moment: datetime
) -> None:
    first, second, third = people(world, 3)
    codes, campaign = labels(world, moment), campaign_of(world, moment, people_a_tube=2, order_cited="61/UBND-VX")
    tube = take(world, moment, codes[0], first, campaign)
    assert take(world, moment, codes[0].lower(), first, campaign).pk == tube.pk, "the same swab twice is the same"
    assert take(world, moment, codes[0], second, campaign).pk == tube.pk
    field, words = refused(lambda: take(world, moment, codes[0], third, campaign))
    assert (field, codes[0] in words) == ("barcode", True), "a pool is as large as its order says"
    send(world, moment, tube)
    later = moment + timedelta(hours=6)
    assert answer(world, later, (codes[0], "positive")).opened == 1
    with entering(SYSTEM):
        owed = list(Sample.objects.due().filter(opens__pool=tube.pool_id).order_by("person__birth_year"))
        assert [one.person_id for one in owed] == [first.pk, second.pk]
        assert {one.test.result for one in PoolMember.objects.filter(pool=tube.pool_id).select_related("test")} == {
            "unclear"
        }
        kinds = set(Fact.objects.filter(subject_id=tube.pk, moment=later).values_list("kind", flat=True))
        assert {"surveillance:pool:opened", "surveillance:sample:resulted"} <= kinds
        assert results.follow_results(actor=SYSTEM, moment=later) >= 1
        assert not Case.objects.filter(person__in=[first, second]).exists(), "a pool is nobody's result"
    singles = [take(world, later, code, one, campaign) for code, one in zip(codes[1:3], (first, second), strict=True)]
    assert [one.pk for one in singles] == [one.pk for one in owed], "the single tube fills the place that was owed"
    send(world, later, *singles)
    assert answer(world, later, (codes[1], "positive"), (codes[2], "negative")).written == 2
    with entering(SYSTEM):
        results.follow_results(actor=SYSTEM, moment=later)
        case = Case.objects.get(person=first)
        assert (case.positive_at, case.classification) == (later, "confirmed")
        assert not Case.objects.filter(person=second).exists()
        assert not Sample.objects.unfollowed().exists()


def test_what_a_tube_or_a_result_may_not_be_is_said_and_loses_nothing(
    world: World, story: Story, moment: datetime
) -> None:
    one, other = people(world, 2)
    codes = labels(world, moment)
    assert refused(lambda: take(world, moment, "LA-9999", one))[0] == "barcode"
    assert refused(lambda: take(world, moment, codes[0], one, taken_at=moment + timedelta(days=1)))[0] == "taken_at"
    assert refused(lambda: take(world, moment, codes[0], one, taken_at=moment - timedelta(days=9)))[0] == "taken_at"
    tube = take(world, moment, codes[0], one)
    field, words = refused(lambda: take(world, moment, codes[0], other))
    assert (field, str(one) in words) == ("barcode", True), "whose tube it is stands in initials"
    send(world, moment, tube)
    aside = answer(world, moment, ("KHONG-1", "positive"), (codes[1], "negative")).aside
    assert set(aside) == {0, 1}
    assert "KHONG-1" in aside[0]
    assert codes[1] in aside[1]
    assert answer(world, moment, (codes[0], "positive"), at=moment - timedelta(days=1)).aside
    assert answer(world, moment, (codes[0], "positive"), at=moment + timedelta(days=1)).aside
    assert answer(world, moment, (codes[0], "negative"), (codes[0], "positive")).aside.keys() == {1}
    written = answer(world, moment, (codes[0], "negative"), (codes[0], "positive"))
    assert (written.written, written.unchanged, set(written.aside)) == (0, 1, {1}), "the first result stands"
    with entering(SYSTEM):
        assert LabTest.objects.get(barcode=codes[0]).result == "negative"


def test_a_laboratory_takes_in_rejects_and_has_sampled_again(world: World, story: Story, moment: datetime) -> None:
    one, other = people(world, 2)
    codes, laboratory = labels(world, moment), laboratory_of(world)
    tube, old = take(world, moment, codes[0], one), take(world, moment, codes[1], other)
    with world.as_("ngoc") as nurse:
        ids = [tube.pk, old.pk]
        samples.send_samples(actor=nurse, moment=moment, sample_ids=ids, laboratory_id=laboratory.pk)
    late = moment + timedelta(days=6)
    scanned = [codes[0], codes[0], codes[1], "KHONG-1"]
    with world.as_("may") as actor:
        told = {"actor": actor, "laboratory_id": laboratory.pk}
        first = samples.receive_samples(moment=moment, barcodes=scanned[:2], **told)
        assert (len(first.received), first.aside) == (1, [])
        second = samples.receive_samples(moment=late, barcodes=scanned, **told)
        assert (second.received, [code for code, _why in second.aside]) == ([], [codes[1], "KHONG-1"])
        third = samples.receive_samples(moment=late, barcodes=[codes[1]], frozen=True, **told)
        assert [one.pk for one in third.received] == [old.pk], "a frozen tube keeps longer"
        again = samples.reject_sample(actor=actor, moment=late, sample_id=tube.pk, reason="leaked")
        assert [one.person_id for one in again] == [one.pk]
        run = samples.start_run(actor=actor, moment=late, sample_ids=[old.pk])
        assert [one.state for one in run] == ["running"]
        assert refused(lambda: samples.reject_sample(actor=actor, moment=late, sample_id=tube.pk, reason="warm"))
    assert "1" in answer(world, late, (codes[0], "negative")).aside[0], "a rejected tube has no result"
    with world.as_("phuc") as stranger, pytest.raises((NotHere, NotAllowed)):
        samples.send_samples(actor=stranger, moment=late, sample_ids=[old.pk], laboratory_id=laboratory.pk)
    with world.as_("nguyet") as head, pytest.raises(NotAllowed):
        results.write_results(actor=head, moment=late, readings=[Reading(codes[1], "negative", late)])


def test_a_request_is_asked_once_and_answered_by_the_next_tube(world: World, story: Story, moment: datetime) -> None:
    (one,) = people(world, 1)
    code = labels(world, moment)[0]
    with world.as_("ngoc") as nurse:
        asked = samples.request_test(actor=nurse, moment=moment, person_id=one.pk, reason="Sốt, ho")
        again = samples.request_test(actor=nurse, moment=moment, person_id=one.pk, reason="Sốt, ho")
        assert asked.pk == again.pk
        assert refused(lambda: samples.drop_request(actor=nurse, moment=moment, sample_id=asked.pk, reason=" "))
    assert take(world, moment, code, one).pk == asked.pk
    with entering(SYSTEM):
        assert not TestRequest.objects.waiting().filter(person=one).exists()


def test_the_size_of_pools_is_the_laws_or_the_orders(world: World, story: Story, moment: datetime) -> None:
    """Nobody has verified the value: the law cannot conclude, and an order that is cited takes its place."""
    from phaodai.rulebook.models import Verification

    with entering(SYSTEM):
        Verification.objects.update(withdrawn_at=moment, withdrawn_because="thử")
    assert refused(lambda: campaign_of(world, moment))[0] == "people_a_tube"
    assert refused(lambda: campaign_of(world, moment, people_a_tube=5))[0] == "order_cited"
    ordered = campaign_of(world, moment, people_a_tube=5, order_cited="61/UBND-VX")
    assert (ordered.pool_size, ordered.pool_decision["document"]) == (5, "61/UBND-VX")
    with entering(SYSTEM):
        following = campaigns.repeat_campaign(actor=SYSTEM, moment=moment, campaign_id=ordered.pk)
    assert (following.round_number, following.starts_on) == (2, ordered.ends_on + timedelta(days=1))
