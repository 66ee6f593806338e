"""The actions on campaigns, tubes, laboratories and results."""

from datetime import date
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions import campaigns, laboratories, laboratory, pools, results, samples
from phaodai.surveillance.models import Campaign, Laboratory, Sample
from phaodai.surveillance.rules.samples import Reading
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.story_testing import BARCODE, DUE, POOLED
from tests.world import World

PLAN = Permission.SURVEILLANCE_CAMPAIGN_PLAN
TAKE = Permission.SURVEILLANCE_SAMPLE_TAKE
RESULT = Permission.SURVEILLANCE_SAMPLE_RESULT
DAY = date(2021, 11, 24)


def _campaign(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"campaign_id": Campaign.objects.get(unit__code="98001").pk, **more}

    return given


def _laboratory(key: str = "laboratory_id", **more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {key: Laboratory.objects.get(code="XN1").pk, **more}

    return given


def _sample(key: str, **found: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            pk = Sample.objects.get(**found).pk
        return {key: [pk] if key == "sample_ids" else pk}

    return given


def _with(given: Given, **more: Any) -> Given:
    return lambda world, story: {**given(world, story), **more}


def _plan(world: World, _story: Story) -> dict[str, Any]:
    return {
        "unit": world.units["98001"], "name": "Chợ Tân Lộc", "target_people": 30, "starts_on": DAY, "ends_on": DAY,
        "reason": "Ổ dịch chợ",
    }  # fmt: skip


def _person(**more: Any) -> Given:
    return lambda _world, story: {"person_id": story.persons["Tráng A Lộc"].pk, **more}


def _to_send(world: World, story: Story) -> dict[str, Any]:
    return {**_sample("sample_ids", barcode=POOLED)(world, story), **_laboratory()(world, story)}


def _rapid(world: World, story: Story) -> dict[str, Any]:
    """A rapid test that was just taken in Tân Lộc."""
    table = samples.Table(method="antigen")
    with world.as_("ngoc") as nurse:
        person = samples.request_test(
            actor=nurse, moment=MORNING, person_id=story.persons["Tráng A Lộc"].pk, reason="Sốt"
        ).person_id
        sample = samples.take_tube(actor=nurse, moment=MORNING, barcode="MOC-0011", person_id=person or 0, table=table)
    return {"sample_id": sample.pk, "result": "negative"}


CASES = (
    Case(campaigns.plan_campaign, PLAN, "viet", _plan, "sang"),
    Case(campaigns.repeat_campaign, PLAN, "viet", _campaign(), "phuc"),
    Case(campaigns.close_campaign, PLAN, "viet", _campaign(), "phuc"),
    Case(campaigns.print_labels, TAKE, "ngoc", _campaign(count=24), "phuc"),
    Case(campaigns.register_labels, TAKE, "ngoc", _campaign(first="ong-001", last="ong-050"), "phuc"),
    Case(
        laboratories.create_laboratory,
        PLAN,
        "viet",
        lambda _w, _s: {"code": "XN2", "name": "CDC", "capacity": 9},
        "may",
    ),
    Case(laboratories.amend_laboratory, PLAN, "viet", _laboratory("pk", version=1, capacity=300), "sang"),
    Case(samples.request_test, TAKE, "ngoc", _person(reason="Sốt, ho"), "phuc"),
    Case(samples.drop_request, TAKE, "ngoc", _with(_sample("sample_id", reason=DUE), reason="Đã chuyển đi"), "phuc"),
    Case(samples.take_tube, TAKE, "ngoc", _person(barcode="MOC-0010"), "phuc"),
    Case(samples.send_samples, TAKE, "ngoc", _to_send, "phuc"),
    Case(samples.see_results, TAKE, "ngoc", _sample("sample_ids", barcode=BARCODE), "phuc"),
    Case(samples.receive_samples, RESULT, "may", _laboratory(barcodes=[BARCODE, POOLED]), "nguyet"),
    Case(samples.start_run, RESULT, "may", _sample("sample_ids", barcode=BARCODE), "nguyet"),
    Case(samples.reject_sample, RESULT, "may", _with(_sample("sample_id", barcode=BARCODE), reason="leaked"), "nguyet"),
    Case(
        results.write_results,
        RESULT,
        "may",
        _laboratory(readings=[Reading(BARCODE, "positive", MORNING)]),
        "nguyet",
    ),
    Case(results.park_rows, RESULT, "may", lambda _w, _s: {"sheet": "kq.xlsx", "rows": [(2, {"Mã": "A1"}, "Sai")]}, ""),
    Case(results.answer_at_the_table, TAKE, "ngoc", _rapid, "phuc"),
)
CLOCKWORK = {laboratory.follow_result, pools.open_pools, results.follow_results}
MODULES = ("campaigns", "laboratories", "pools", "results", "sample_words", "samples")
