"""Linked cases are proposed as an outbreak; a person opens it; the end rule closes it."""

from datetime import datetime, timedelta

import pytest

from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import NewPerson
from phaodai.playbook.actions import follow_facts
from phaodai.surveillance.actions import cases, outbreaks
from phaodai.surveillance.actions.reporting import report_case
from phaodai.surveillance.models import Case, Outbreak
from tests.world import World

pytestmark = pytest.mark.django_db


def linked(world: World, moment: datetime) -> list[Case]:
    """Two cases of Tân Lộc, one infected by the other, and a third that stands alone."""
    with world.as_("ngoc") as nurse:
        return [
            report_case(
                actor=nurse, moment=moment, person=NewPerson(name), commune=world.units["98001"], source_code=source,
                onset_on=moment.date() - timedelta(days=5 - number),
            )
            for number, (name, source) in enumerate(
                (("Lò Thị Một", ""), ("Lò Văn Hai", "BM-00001"), ("Lò Văn Ba", ""))
            )
        ]  # fmt: skip


def propose(world: World, moment: datetime) -> list[Outbreak]:
    with world.as_("viet") as command:
        return outbreaks.propose_outbreaks(actor=command, moment=moment)


def test_two_linked_cases_are_proposed_once(world: World, moment: datetime) -> None:
    made = linked(world, moment)
    (proposed,) = propose(world, moment)
    with entering(SYSTEM):
        assert set(proposed.cases.values_list("code", flat=True)) == {"BM-00001", "BM-00002"}
        assert (proposed.state, proposed.commune_id) == ("proposed", world.units["98001"].pk)
        assert Case.objects.get(pk=made[2].pk).outbreak is None
    assert propose(world, moment) == []


def test_a_newly_linked_case_joins_the_outbreak_of_its_chain(world: World, moment: datetime) -> None:
    linked(world, moment)
    (proposed,) = propose(world, moment)
    with world.as_("ngoc") as nurse:
        late = report_case(
            actor=nurse, moment=moment, person=NewPerson("Lò Văn Tư"), commune=world.units["98001"],
            source_code="BM-00002",
        )  # fmt: skip
    assert propose(world, moment) == []
    with entering(SYSTEM):
        assert Case.objects.get(pk=late.pk).outbreak_id == proposed.pk


def test_who_may_decide_opens_or_refuses(world: World, moment: datetime) -> None:
    linked(world, moment)
    (proposed,) = propose(world, moment)
    with world.as_("ngoc") as nurse, pytest.raises(NotAllowed):
        outbreaks.open_outbreak(actor=nurse, moment=moment, outbreak_id=proposed.pk)
    with world.as_("viet") as command:
        with pytest.raises(Refusal, match="lý do"):
            outbreaks.refuse_outbreak(actor=command, moment=moment, outbreak_id=proposed.pk, reason=" ")
        opened = outbreaks.open_outbreak(actor=command, moment=moment, outbreak_id=proposed.pk, name="Ổ dịch chợ")
        assert (opened.state, opened.name, opened.opened_on) == ("open", "Ổ dịch chợ", moment.date())
        with pytest.raises(Refusal, match="đã quyết"):
            outbreaks.refuse_outbreak(actor=command, moment=moment, outbreak_id=proposed.pk, reason="Nhầm")
        added = outbreaks.add_case_to_outbreak(actor=command, moment=moment, outbreak_id=opened.pk, code="BM-00003")
        assert added.cases.count() == 3


def test_an_outbreak_is_over_28_days_after_its_last_case_was_isolated(world: World, moment: datetime) -> None:
    """Decision 07/2020/QĐ-TTg."""
    made = linked(world, moment)
    (proposed,) = propose(world, moment)
    with world.as_("viet") as command:
        outbreaks.open_outbreak(actor=command, moment=moment, outbreak_id=proposed.pk)
        with pytest.raises(Refusal, match="2 ca chưa cách ly"):
            outbreaks.close_outbreak(actor=command, moment=moment, outbreak_id=proposed.pk)
    with world.as_("ngoc") as nurse:
        for case in made[:2]:
            cases.isolate_case(actor=nurse, moment=moment, pk=case.pk)
    day27, day28 = moment + timedelta(days=27), moment + timedelta(days=28)
    with world.as_("viet") as command:
        with pytest.raises(Refusal, match="22/12/2021"):
            outbreaks.close_outbreak(actor=command, moment=day27, outbreak_id=proposed.pk)
        closed = outbreaks.close_outbreak(actor=command, moment=day28, outbreak_id=proposed.pk)
    assert (closed.state, closed.closed_on) == ("closed", day28.date())
    assert closed.closing["document"] == "07/2020/QĐ-TTg"
    assert closed.closing["outcome"]["over"] is True


def test_a_link_is_followed_by_a_proposal_of_its_own(world: World, moment: datetime) -> None:
    linked(world, moment)
    with entering(SYSTEM):
        follow_facts(actor=SYSTEM, moment=moment)
        (proposed,) = Outbreak.objects.filter(state="proposed")
        assert set(proposed.cases.values_list("code", flat=True)) == {"BM-00001", "BM-00002"}
        follow_facts(actor=SYSTEM, moment=moment)
        assert Outbreak.objects.filter(state="proposed").count() == 1
