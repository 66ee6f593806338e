"""A confirmed case asks for its steps once; each is taken in an officer's name, or declined with a reason."""

from datetime import datetime

import pytest
from django.urls import reverse

from phaodai.containment.actions.zones_reckoning import reckon_zones
from phaodai.containment.models import Need, Zone
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import accept_step, decline_step, follow_facts
from phaodai.playbook.consequences import FOLLOWS
from phaodai.playbook.facts import WORDS
from phaodai.playbook.models import Step
from phaodai.surveillance.models import Campaign, Case, TraceRun
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db
KEYS = ["isolate", "trace", "exposure-sites", "test-round"]


def _confirmed(story: Story, moment: datetime) -> Case:
    """The case of Tân Lộc, told as new: never traced, no round of tests, no step of its own."""
    case = story.cases["Mốc ca 1"]
    with entering(SYSTEM, why="test"):
        TraceRun.objects.filter(case=case).delete()
        Campaign.objects.update(closed_at=moment)
        Step.objects.filter(subject_id=case.pk).update(subject_id=0)
        Fact.tell("surveillance:case:classified", subject=case, moment=moment, officer=None)
        follow_facts(actor=SYSTEM, moment=moment)
    return case


def _steps(case: Case) -> dict[str, Step]:
    with entering(SYSTEM, why="test"):
        return {step.consequence: step for step in Step.objects.of("surveillance:case", case.pk)}


def test_a_confirmed_case_asks_once_for_what_it_still_lacks(world: World, story: Story, moment: datetime) -> None:
    case = _confirmed(story, moment)
    first = _steps(case)
    assert list(first) == KEYS, "its house lies in a zone already, so none is proposed"
    assert {step.state for step in first.values()} == {"proposed"}
    with world.as_("ngoc") as ngoc:
        accept_step(actor=ngoc, moment=moment, pk=first["trace"].pk)
        decline_step(actor=ngoc, moment=moment, pk=first["isolate"].pk, reason="Đã ở bệnh viện")
    with entering(SYSTEM, why="test"):
        Fact.tell("surveillance:case:classified", subject=case, moment=moment, officer=None)
        follow_facts(actor=SYSTEM, moment=moment)
        assert TraceRun.objects.filter(case=case).exists()
    again = _steps(case)
    assert [step.pk for step in again.values()] == [step.pk for step in first.values()]
    assert (again["isolate"].state, again["isolate"].reason) == ("declined", "Đã ở bệnh viện")
    assert again["trace"].state == "done"


def test_an_answer_is_given_once_and_a_no_needs_words(world: World, story: Story, moment: datetime) -> None:
    step = _steps(_confirmed(story, moment))["exposure-sites"]
    with world.as_("ngoc") as ngoc:
        with pytest.raises(Refusal, match="lý do"):
            decline_step(actor=ngoc, moment=moment, pk=step.pk, reason="  ")
        accept_step(actor=ngoc, moment=moment, pk=step.pk)
        with pytest.raises(Refusal, match="đã được trả lời"):
            accept_step(actor=ngoc, moment=moment, pk=step.pk)


def test_a_zone_around_a_case_then_food_for_those_inside(world: World, story: Story, moment: datetime) -> None:
    with entering(SYSTEM, why="test"):
        ours = Zone.objects.filter(commune_id=world.units["98001"].pk)
        ours.update(state="lifted", opened_on=moment.date(), lifted_on=moment.date(), planned_until=None)
    case = _confirmed(story, moment)
    client = sign_in("ngoc")
    answer = client.post(reverse("playbook-accept", args=[_steps(case)["zone"].pk]))
    with entering(SYSTEM, why="test"):
        zone = Zone.objects.get(state="proposed", name=world.units["98001.1"].name)
        assert answer.headers["Location"] == reverse("containment-zone", args=[zone.pk])
        assert zone.households >= 1
        Zone.objects.filter(pk=zone.pk).update(state="open", opened_on=moment.date())
        zone.refresh_from_db()
        reckon_zones(actor=SYSTEM, zones=[zone], on=moment.date())
        Fact.tell("containment:zone:opened", subject=zone, moment=moment, officer=None)
        follow_facts(actor=SYSTEM, moment=moment)
        food = Step.objects.get(consequence="needs", subject_id=zone.pk)
    with world.as_("ngoc") as ngoc:
        accept_step(actor=ngoc, moment=moment, pk=food.pk)
    with entering(SYSTEM, why="test"):
        assert Need.objects.filter(zone=zone, kind="food").count() == zone.households


def test_the_page_says_what_follows_and_what_waits(world: World, story: Story, moment: datetime) -> None:
    case = _confirmed(story, moment)
    client = sign_in("ngoc")
    page = client.get(reverse("playbook")).content.decode()
    assert "Báo người dân các mốc dịch tễ" in page
    assert "Khi có việc này" in page
    assert reverse("playbook-step", args=[_steps(case)["trace"].pk]) in page
    assert (
        reverse("playbook-accept", args=[_steps(case)["trace"].pk])
        in client.get(reverse("surveillance-case", args=[case.pk])).content.decode()
    )


def test_every_fact_of_the_table_is_in_words_and_every_key_stands_for_one_consequence() -> None:
    assert set(FOLLOWS) == set(WORDS)
    rows = [one for consequences in FOLLOWS.values() for one in consequences]
    assert len({one.key for one in rows}) == len(set(rows))
