"""The laboratory of the small world, its campaign, and tubes on their way."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.story_surveillance import area_of
from tests.world import World

BARCODE, POOLED, SPILT = "MOC-0001", "MOC-0002", "MOC-0003"
ELSEWHERE, DUE, DUE_ELSEWHERE = "MSG-0001", "Mốc cần lấy mẫu", "Mốc cần lấy Sơn Giang"


def build_testing(world: World, evening: datetime) -> None:
    """A tube of one person and one of a pool in Tân Lộc, at the laboratory of a plant; a third was sent back."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        _build(world, evening)
        _build_elsewhere(world, evening)


def _build(world: World, evening: datetime) -> None:
    from phaodai.people.models import Person
    from phaodai.surveillance.models import Campaign, LabelBatch, Laboratory, LabTest, Pool, PoolMember, Sample

    commune = world.units["98001"]
    area = area_of(commune)
    laboratory = Laboratory.objects.create(
        code="XN1", name="Mốc phòng xét nghiệm", organisation=world.bodies["CTDK"], methods=["pcr"], capacity=200,
        sort_key="moc", search_key="moc phong xet nghiem", province_id=commune.province_id,
    )  # fmt: skip
    campaign = Campaign.objects.create(
        name="Mốc đợt xét nghiệm", unit=commune, target_people=40, starts_on=date(2021, 11, 23), pool_size=5,
        ends_on=date(2021, 11, 25), laboratory=laboratory, reason="Ổ dịch", sort_key="moc",
        search_key="moc dot xet nghiem", **area,
    )  # fmt: skip
    LabelBatch.objects.create(
        prefix="MOC-", first=1, last=50, digits=4, origin="preprinted", campaign=campaign, registered_at=evening, **area
    )
    person = Person.objects.get(full_name="Tráng A Lộc")
    taken = evening - timedelta(hours=3)

    def tube(**values: Any) -> Sample:
        facts = {"asked_at": taken, "taken_at": taken, "laboratory": laboratory, "campaign": campaign, **area}
        return Sample.objects.create(**{**facts, **values})

    single = LabTest.objects.create(
        person=person, sampled_at=taken, barcode=BARCODE, laboratory=laboratory.name, **area
    )
    tube(barcode=BARCODE, person=person, test=single, state="received", sent_at=taken, received_at=evening)
    pool = Pool.objects.create(size=5, decision={"source": "order"}, **area)
    pooled = LabTest.objects.create(person=person, sampled_at=taken, laboratory=laboratory.name, **area)
    PoolMember.objects.create(pool=pool, person=person, test=pooled)
    tube(barcode=POOLED, pool=pool, state="taken", laboratory=None)
    tube(barcode=SPILT, person=person, state="rejected", rejected_for="leaked", sent_at=taken)
    tube(person=person, state="due", taken_at=None, reason=DUE)


def _build_elsewhere(world: World, evening: datetime) -> None:
    """The other province has its own laboratory, campaign, roll and tubes."""
    from phaodai.people.models import Person
    from phaodai.surveillance.models import Campaign, LabelBatch, Laboratory, LabTest, Sample

    commune = world.units["97001"]
    area = area_of(commune)
    laboratory = Laboratory.objects.create(
        code="XN9", name="Mốc phòng Sơn Giang", methods=["pcr"], capacity=50, sort_key="son", search_key="son",
        province_id=commune.province_id,
    )  # fmt: skip
    Campaign.objects.create(
        name="Mốc đợt Sơn Giang", unit=commune, target_people=9, starts_on=date(2021, 11, 23), reason="Ổ dịch",
        ends_on=date(2021, 11, 25), sort_key="son", search_key="son", **area,
    )  # fmt: skip
    LabelBatch.objects.create(
        prefix="MSG-", first=1, last=9, digits=4, origin="preprinted", registered_at=evening, **area
    )
    person = Person.objects.get(full_name="Lầu Thị Giang")
    facts = {"person": person, "asked_at": evening, "laboratory": laboratory, **area}
    test = LabTest.objects.create(person=person, sampled_at=evening, barcode=ELSEWHERE, **area)
    Sample.objects.create(barcode=ELSEWHERE, test=test, state="sent", taken_at=evening, sent_at=evening, **facts)
    Sample.objects.create(reason=DUE_ELSEWHERE, **facts)
