"""Testing in the invented province: the laboratories, a pooled campaign at the market's commune, tubes on their way."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from demo.directives import at
from demo.outbreak import TAN_LOC
from phaodai.foundation import clock
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Organisation, Person
from phaodai.surveillance.actions.campaigns import plan_campaign, print_labels
from phaodai.surveillance.actions.results import follow_results, write_results
from phaodai.surveillance.actions.samples import receive_samples, request_test, send_samples
from phaodai.surveillance.models import Campaign, Case, Contact, Laboratory, LabTest, Outbreak, Pool, PoolMember, Sample
from phaodai.surveillance.rules.samples import Reading
from phaodai.territory.models import Tier, Unit

LABORATORIES = (
    ("CDC", "Phòng xét nghiệm CDC tỉnh", 900, 24, "CDC"),
    ("BVDK", "Khoa Vi sinh BVĐK tỉnh", 400, 12, "BVDK"),
)
"""Code, name, tubes a day, hours promised, mark of the organisation that runs it."""
PEOPLE_A_TUBE, TUBES = 5, 36
ORDER = "Công văn số 61/UBND-VX ngày 22/11/2021"
ANSWERED, RECEIVED = 24, 8
"""Of the tubes: answered, waiting at the laboratory; the others are on their way."""
POSITIVE = 7
REASON = "Ổ dịch chợ Tân Lộc: mọi người ở các thôn quanh chợ"


def load_testing(units: Mapping[str, Unit], decider: Actor, now: datetime) -> None:
    """What had been sampled and answered on the morning of `now`."""
    commune = next(one for one in units.values() if one.tier == Tier.COMMUNE and one.bare_name == TAN_LOC)
    with clock.at(now), entering(SYSTEM, why="demo"):
        laboratories = _laboratories(commune)
        campaign = _campaign(commune, laboratories[0], decider, at(22, 16))
        tubes = _sample(campaign, _people(commune), at(23, 8))
        _work(tubes, laboratories[0])
        _ask(commune, now)


def _laboratories(commune: Unit) -> list[Laboratory]:
    province = Unit.objects.get(pk=commune.province_id or 0)
    bodies = {
        one.code: one
        for one in Organisation.objects.filter(code__in=[f"{province.code}-{row[4]}" for row in LABORATORIES])
    }
    return Laboratory.objects.bulk_create(
        Laboratory(
            code=code, name=name, capacity=capacity, turnaround_hours=hours, methods=["pcr"],
            organisation=bodies.get(f"{province.code}-{mark}"), province_id=province.pk,
            sort_key=sort_key(name), search_key=fold(f"{code} {name}"),
        )
        for code, name, capacity, hours, mark in LABORATORIES
    )  # fmt: skip


def _campaign(commune: Unit, laboratory: Laboratory, decider: Actor, moment: datetime) -> Campaign:
    outbreak = Outbreak.objects.open().filter(commune_id=commune.pk).order_by("pk").first()
    planned = plan_campaign(
        actor=SYSTEM, moment=moment, unit=commune, name="Chợ Tân Lộc và các thôn quanh chợ", target_people=600,
        starts_on=date(2021, 11, 23), ends_on=date(2021, 11, 25), reason=REASON, pooled=True,
        people_a_tube=PEOPLE_A_TUBE, order_cited=ORDER, laboratory=laboratory, outbreak=outbreak,
    )  # fmt: skip
    station = Actor(None, decider.name, 0, commune.name, commune.area, "area", decider.permissions | SYSTEM.permissions)
    print_labels(actor=station, moment=moment, count=180, campaign_id=planned.pk)
    return planned


def _people(commune: Unit) -> list[Person]:
    """Neighbours in the order of their houses, without those who are ill already."""
    ill = Case.objects.values("person")
    here = Person.objects.current().filter(commune_id=commune.pk).exclude(pk__in=ill).order_by("household_id", "pk")
    return list(here[: PEOPLE_A_TUBE * TUBES])


def _sample(campaign: Campaign, people: Sequence[Person], begun: datetime) -> list[Sample]:
    """Five to a tube, three minutes a tube, set-wise."""
    batch = campaign.labels.get()
    area = {f"{tier}_id": getattr(campaign, f"{tier}_id") for tier in ("province", "district", "commune")}
    groups = [people[start : start + PEOPLE_A_TUBE] for start in range(0, len(people), PEOPLE_A_TUBE)]
    pools = Pool.objects.bulk_create(
        Pool(size=PEOPLE_A_TUBE, decision=campaign.pool_decision, **area) for _group in groups
    )
    taken = [begun + timedelta(minutes=3 * place) for place in range(len(groups))]
    tests = LabTest.objects.bulk_create(
        LabTest(person=one, sampled_at=moment, **area)
        for group, moment in zip(groups, taken, strict=True)
        for one in group
    )
    pool_of = {one.pk: pool for group, pool in zip(groups, pools, strict=True) for one in group}
    PoolMember.objects.bulk_create(
        PoolMember(pool=pool_of[test.person_id], person_id=test.person_id, test=test) for test in tests
    )
    return Sample.objects.bulk_create(
        Sample(
            barcode=batch.barcode(batch.first + place), pool=pool, campaign=campaign, state=Sample.State.TAKEN,
            asked_at=moment, taken_at=moment, taken_where="Nhà văn hóa thôn", **area,
        )
        for place, (pool, moment) in enumerate(zip(pools, taken, strict=True))
    )  # fmt: skip


def _work(tubes: Sequence[Sample], laboratory: Laboratory) -> None:
    """Sent at noon, received in the afternoon, two thirds answered by the evening: one of them positive."""
    ids, codes = [one.pk for one in tubes], [one.barcode for one in tubes[: ANSWERED + RECEIVED]]
    send_samples(actor=SYSTEM, moment=at(23, 12), sample_ids=ids, laboratory_id=laboratory.pk)
    receive_samples(actor=SYSTEM, moment=at(23, 14, 30), barcodes=codes, laboratory_id=laboratory.pk)
    known, answered = at(23, 21, 40), codes[:ANSWERED]
    positive = min(POSITIVE, len(answered) - 1)
    readings = [
        Reading(code, "positive" if place == positive else "negative", known) for place, code in enumerate(answered)
    ]
    write_results(actor=SYSTEM, moment=known, readings=readings)
    follow_results(actor=SYSTEM, moment=known)
    Sample.objects.filter(result="negative", campaign=tubes[0].campaign_id).update(seen_at=known)


def _ask(commune: Unit, now: datetime) -> None:
    """Single samples that contacts of the commune owe today."""
    contacts = Contact.objects.followed(now.date()).filter(commune_id=commune.pk).order_by("pk")[:4]
    for one in contacts:
        request_test(actor=SYSTEM, moment=now, person_id=one.person_id, reason="F1 đến ngày lấy mẫu")
