"""Mutual aid from the request to the thanks, in both directions."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.command.outgoing import content_of
from phaodai.foundation.refusals import Refusal
from phaodai.supply.actions import aid, handovers
from phaodai.supply.actions.aid_papers import thank_for_aid
from phaodai.supply.models import AidRequest, AidTeam, GoodsHandover, Store
from phaodai.supply.rules.aid import WAYS, is_over, may_go
from tests.world import World

TODAY = date(2021, 11, 24)


@given(st.lists(st.sampled_from(sorted(WAYS)), max_size=12))
def test_whatever_is_tried_aid_only_goes_forward(tried: list[str]) -> None:
    """No way leads back to where aid has been, and thanks come after it arrived."""
    state, been = "open", ["open"]
    for to in tried:
        if may_go(state, to):
            assert to not in been
            state = to
            been.append(to)
    assert "thanked" not in been or been[-2] == "received"
    assert is_over(state) == (not WAYS[state])


def ask(actor: Any, moment: datetime, **more: Any) -> AidRequest:
    values: dict[str, Any] = {
        "kind": "request",
        "direction": "in",
        "partner": "UBND tỉnh Lâm Hà",
        "subject": "Hỗ trợ máy thở và tổ hồi sức",
        "goods": [aid.AskedGoods("Khẩu trang y tế", "cái", Decimal(500)), aid.AskedGoods("Gạo", "kg", Decimal(100))],
        "teams": [aid.AskedTeam("Hồi sức", 12, TODAY, TODAY + timedelta(days=29), where="Bệnh viện dã chiến số 1")],
        "letter": aid.Letter("45/UBND-VX", date(2021, 11, 20)),
    }
    return aid.open_aid(actor=actor, moment=moment, key=UUID(int=1), **values | more)


@pytest.mark.django_db
def test_help_is_asked_for_comes_is_counted_in_and_thanked_for(world: World, moment: datetime) -> None:
    """Less arrives than was sent; the store counts goods in; the letter of thanks names what came."""
    with world.as_("dat") as dat:
        one = ask(dat, moment)
        assert ask(dat, moment).pk == one.pk
        rice = one.lines.get(name="Gạo")
        with pytest.raises(Refusal, match=r"\w+"):
            aid.receive_aid(actor=dat, moment=moment, aid_id=one.pk)
        aid.agree_aid(actor=dat, moment=moment, aid_id=one.pk, agreed={rice.pk: Decimal(80)})
        with pytest.raises(Refusal) as refused:
            aid.dispatch_aid(actor=dat, moment=moment, aid_id=one.pk, expected_at=moment - timedelta(hours=1))
        assert refused.value.field == "expected_at"
        aid.dispatch_aid(actor=dat, moment=moment, aid_id=one.pk, expected_at=moment + timedelta(hours=6))
        late = moment + timedelta(hours=7)
        assert list(AidRequest.objects.overdue(late)) == [AidRequest.objects.get(pk=one.pk)]
        for field, wrong in (
            ("expected_at", {"expected_at": moment + timedelta(hours=6), "reason": "Sạt lở đường"}),
            ("expected_at", {"expected_at": moment, "reason": "Sạt lở đường"}),
            ("reason", {"expected_at": late + timedelta(hours=2), "reason": " "}),
        ):
            with pytest.raises(Refusal) as refused:
                aid.delay_aid(actor=dat, moment=late, aid_id=one.pk, **wrong)
            assert refused.value.field == field
        delay = aid.delay_aid(
            actor=dat, moment=late, aid_id=one.pk, expected_at=late + timedelta(hours=2), reason="Sạt lở đường"
        )
        assert delay.expected_before == moment + timedelta(hours=6)
        assert not AidRequest.objects.overdue(late), "late counts from the new time"
        assert AidRequest.objects.overdue(late + timedelta(hours=3)).count() == 1
        store = Store.objects.get(name="Mốc kho Tân Lộc")
        received = {rice.pk: Decimal(75)}
        with pytest.raises(Refusal):
            aid.receive_aid(actor=dat, moment=late, aid_id=one.pk, received=received)
        aid.receive_aid(actor=dat, moment=late, aid_id=one.pk, received=received, store_id=store.pk)
        rice.refresh_from_db()
        assert (rice.asked, rice.agreed, rice.sent, rice.received) == (100, 80, 80, 75)
        team = AidTeam.objects.get(request=one)
        assert team.state == AidTeam.State.WORKING
        assert team.is_over(TODAY + timedelta(days=30))
        thanked = thank_for_aid(actor=dat, moment=late, aid_id=one.pk)
        assert "75\xa0kg Gạo" in thanked.thanks.body
        assert "Hồi sức: 12 người" in thanked.thanks.body
        assert content_of(thanked.thanks, "docx")[:2] == b"PK"
        with pytest.raises(Refusal):
            thank_for_aid(actor=dat, moment=late, aid_id=one.pk)
        for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=3)):
            with pytest.raises(Refusal):
                aid.send_team_home(actor=dat, moment=late, team_id=team.pk, on=wrong)
        aid.send_team_home(actor=dat, moment=late, team_id=team.pk, on=TODAY)
        assert [step.state for step in one.steps.all()] == ["open", "agreed", "on_way", "received", "thanked"]
    with world.as_("ngoc") as ngoc:
        waiting = GoodsHandover.objects.filter(giver=one.partner).order_by("pk")
        assert [(row.name, row.quantity) for row in waiting] == [("Khẩu trang y tế", 500), ("Gạo", 75)]
        with pytest.raises(Refusal):  # no item of the catalogue was named for rice
            handovers.take_into_store(actor=ngoc, moment=late, handover_id=waiting[1].pk, store_id=store.pk)


@pytest.mark.django_db
def test_help_that_we_give_is_not_thanked_by_us_and_can_be_taken_back(world: World, moment: datetime) -> None:
    with world.as_("dat") as dat:
        one = ask(dat, moment, direction="out", kind="offer", teams=())
        for wrong in ({"goods": ()}, {"goods": [aid.AskedGoods("Gạo", "kg", Decimal(0))]}):
            with pytest.raises(Refusal):
                aid.open_aid(
                    actor=dat,
                    moment=moment,
                    key=UUID(int=2),
                    kind="offer",
                    direction="out",
                    partner="x",
                    subject="y",
                    **wrong,
                )
        aid.agree_aid(actor=dat, moment=moment, aid_id=one.pk)
        with pytest.raises(Refusal):
            aid.refuse_aid(actor=dat, moment=moment, aid_id=one.pk, words="muộn")
        with pytest.raises(Refusal) as refused:
            aid.withdraw_aid(actor=dat, moment=moment, aid_id=one.pk, words=" ")
        assert refused.value.field == "words"
        assert aid.withdraw_aid(actor=dat, moment=moment, aid_id=one.pk, words="Dịch bùng ở ta").state == "withdrawn"
