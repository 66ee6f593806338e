"""A name that fits no unit is asked once: answered in the whole document, remembered, reviewed and forgotten."""

from datetime import datetime
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from phaodai.command.actions.documents import Upload, register_document
from phaodai.command.actions.names import answer_name, forget_name, unmatched_names
from phaodai.command.models import Document, NameMatch, Proposal
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from tests.clients import sign_in
from tests.world import World

pytestmark = pytest.mark.django_db

PAPER = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH MINH                          Độc lập - Tự do - Hạnh phúc
Số: {number}/UBND-VX                    Bình Minh, ngày 22 tháng 11 năm 2021
V/v phòng, chống dịch
Kính gửi: Sở Y tế.
Ủy ban nhân dân tỉnh yêu cầu:
1. Tổ COVID cộng đồng rà soát từng nhà, hoàn thành trước ngày 28/11/2021.
2. Sở Y tế chủ trì, phối hợp với Tổ COVID cộng đồng lấy mẫu, hoàn thành trước ngày 30/11/2021.
3. Tổ COVID cộng đồng rà soát các chợ, hoàn thành trước ngày 30/11/2021.
Nơi nhận:                                             KT. CHỦ TỊCH
- Như trên;                                           PHÓ CHỦ TỊCH
- Lưu: VT.
                                                     Nguyễn Văn Minh
"""
NAME = "Tổ COVID cộng đồng"


def take_in(world: World, moment: datetime, number: int = 1, by: str = "linh") -> Document:
    with world.as_(by) as actor:
        upload = Upload("a.txt", "text/plain", PAPER.format(number=number).encode())
        return register_document(actor=actor, moment=moment, upload=upload)


def answer(world: World, moment: datetime, document: Document, *bodies: str, by: str = "linh", **more: Any) -> Any:
    ids = [world.bodies[code].pk for code in bodies]
    asked = {"printed": NAME, "remember": True} | more
    with world.as_(by) as actor:
        return answer_name(actor=actor, moment=moment, document_id=document.pk, organisations=ids, **asked)


def units(document: Document) -> dict[str, tuple[set[str], set[str], list[str]]]:
    """For each clause, who answers, who stands beside, and which names fit nobody."""
    return {
        one.clause.path: (
            {body.code for body in one.addressees.all()},
            {body.code for body in one.coordinating.all()},
            one.unmatched,
        )
        for one in Proposal.objects.filter(document=document).select_related("clause")
    }


def test_one_answer_serves_the_whole_document(world: World, moment: datetime) -> None:
    document = take_in(world, moment)
    with world.as_("linh"):
        assert unmatched_names(document) == [NAME]
    answer(world, moment, document, "UBTL", "UBHX")
    with world.as_("linh"):
        assert unmatched_names(document) == []
        assert units(document) == {
            "1": ({"UBTL", "UBHX"}, set(), []),
            "2": ({"SYT"}, {"UBTL", "UBHX"}, []),
            "3": ({"UBTL", "UBHX"}, set(), []),
        }


def test_the_next_document_knows_the_name(world: World, moment: datetime) -> None:
    answer(world, moment, take_in(world, moment), "UBTL")
    later = take_in(world, moment, number=2)
    with world.as_("linh"):
        assert unmatched_names(later) == []
        assert units(later)["1"] == ({"UBTL"}, set(), [])


def test_without_remembering_it_is_asked_again(world: World, moment: datetime) -> None:
    answer(world, moment, take_in(world, moment), "UBTL", remember=False)
    later = take_in(world, moment, number=2)
    with world.as_("linh"):
        assert unmatched_names(later) == [NAME]


def test_what_was_forgotten_is_asked_again_and_stays_on_record(world: World, moment: datetime) -> None:
    answer(world, moment, take_in(world, moment), "UBTL")
    with world.as_("linh") as linh:
        match = NameMatch.objects.get(printed=NAME)
        assert forget_name(actor=linh, moment=moment, name_id=match.pk).forgotten_by_id == linh.officer
    second = take_in(world, moment, number=2)
    with world.as_("linh"):
        assert unmatched_names(second) == [NAME]
    answer(world, moment, second, "UBHX")
    third = take_in(world, moment, number=3)
    with world.as_("linh"):
        assert units(third)["1"][0] == {"UBHX"}
        assert NameMatch.objects.filter(printed=NAME).count() == 2


def test_each_book_remembers_for_itself(world: World, moment: datetime) -> None:
    answer(world, moment, take_in(world, moment), "UBTL")
    of_district = take_in(world, moment, by="thuy")
    with world.as_("thuy") as thuy:
        assert unmatched_names(of_district) == [NAME]
        with world.as_("linh"):
            match = NameMatch.objects.get(printed=NAME)
    with world.as_("thuy") as thuy, pytest.raises(NotHere):
        forget_name(actor=thuy, moment=moment, name_id=match.pk)


def test_a_unit_that_was_merged_away_is_not_proposed_again(world: World, moment: datetime) -> None:
    answer(world, moment, take_in(world, moment), "UBTL")
    with world.as_("linh"):
        world.bodies["UBTL"].closed_on = moment.date()
        world.bodies["UBTL"].save()
    later = take_in(world, moment, number=2)
    with world.as_("linh"):
        assert unmatched_names(later) == [NAME]


def test_an_answer_without_a_unit_is_refused(world: World, moment: datetime) -> None:
    document = take_in(world, moment)
    for bodies in ((), ("SYTSG",)):
        with pytest.raises(Refusal, match="Tổ COVID"):
            answer(world, moment, document, *bodies)
    with pytest.raises(NotHere):
        answer(world, moment, document, "UBTL", printed="Hội Khuyến học")


def test_others_do_not_answer(world: World, moment: datetime) -> None:
    document = take_in(world, moment)
    with pytest.raises(NotHere):
        answer(world, moment, document, "UBTL", by="thuy")
    with pytest.raises(NotAllowed):
        answer(world, moment, document, "UBTL", by="viet")


def test_the_page_asks_and_takes_the_answer(world: World, moment: datetime) -> None:
    document, linh = take_in(world, moment), sign_in("linh")
    address = f"/chi-huy/van-ban/{document.pk}"
    assert NAME in linh.get(address).content.decode()
    sent = {"name": NAME, "field": "ten-1", "ten-1": [world.bodies["UBTL"].pk], "remember": "1"}
    assert linh.post(f"{address}/ten", sent).status_code == 302
    assert 'value="ten-1"' not in linh.get(address).content.decode()
    listed = linh.get("/chi-huy/ten-goi/").content.decode()
    assert NAME in listed
    assert "Hoàng" not in listed
    with world.as_("linh"):
        match = NameMatch.objects.get(printed=NAME)
    linh.post("/chi-huy/ten-goi/nhieu/quen/", {"row": [match.pk], "confirmed": "1"})
    with world.as_("linh"):
        match.refresh_from_db()
        assert match.forgotten_at == moment


def test_the_database_keeps_books_apart(world: World, moment: datetime) -> None:
    answer(world, moment, take_in(world, moment), "UBTL")
    sql = "update command_namematch set printed = printed where printed = %s"
    counts = {}
    for who in ("linh", "viet", "thuy", "sang", "dat"):
        with world.as_(who), transaction.atomic(), connection.cursor() as cursor:
            seen = NameMatch.objects.filter(printed=NAME).count()
            cursor.execute(sql, [NAME])
            counts[who] = (seen, cursor.rowcount)
            cursor.execute("delete from command_namematch")
            assert cursor.rowcount == 0
    assert counts == {"linh": (1, 1), "viet": (1, 0), "thuy": (0, 0), "sang": (0, 0), "dat": (0, 0)}
    with world.as_("linh"):
        match = NameMatch.objects.get(printed=NAME)
    with world.as_("thuy"), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into command_namematch_organisations (namematch_id, organisation_id) values (%s, %s)",
            [match.pk, world.bodies["UBXPK"].pk],
        )


def test_a_group_that_is_asked_for_twice_is_ticked_once_and_keeps_what_was_ticked(world: World) -> None:
    client, commune = sign_in("linh"), world.bodies["UBHX"].pk
    address = reverse("command-choose-units", kwargs={"field": "addressees"})
    asked: dict[str, Any] = {"nhom": "peoples_committee-2", "addressees": [commune]}
    first = client.get(address, asked).context["rows"]
    again = client.get(address, asked | {"addressees": [row.pk for row in first]}).context["rows"]
    assert [row.pk for row in again] == [row.pk for row in first]
    assert commune in {row.pk for row in first}
    assert len(first) == 3
