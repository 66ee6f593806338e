"""Signing for a value and taking the signature back: who may, what is refused, and what decisions then rest on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.rulebook import load
from phaodai.rulebook.actions import LARGEST_FILE, Upload, verify_value, withdraw_verification
from phaodai.rulebook.models import Verification, VerificationFile
from phaodai.rulebook.provincial import is_fit, rulebook_for
from tests.phaodai.rulebook.platform.conftest import CASE, ON, OPEN_CELL, entry
from tests.world import World

pytestmark = pytest.mark.django_db
Sign = Callable[..., Verification]


def outcome(world: World, username: str = "ngoc", **asked: Any) -> Any:
    """The level by the matrix, as the named officer's province decides it."""
    with world.as_(username) as actor:
        return rulebook_for(actor.area.province, **asked).decide("risk-level", ON, CASE)


def test_a_signed_value_decides_for_every_body_of_the_province(world: World, sign: Sign) -> None:
    assert outcome(world).outcome is None
    sign()
    for who in ("ngoc", "van", "may", "tra"):
        decision = outcome(world, who)
        assert decision.outcome == 2
        assert "Đỗ Thùy Linh" in decision.why.vi
        assert decision.steps[-2].clause == "Phụ lục, bảng 3"
    assert outcome(world, "sang").status == "unverified", "another province reads the text itself"


def test_a_withdrawn_value_decides_nothing_again(world: World, sign: Sign, moment: datetime) -> None:
    signed = sign()
    with world.as_("viet") as viet:
        withdrawn = withdraw_verification(actor=viet, moment=moment, verification_id=signed.pk, reason="Nhầm bảng")
    assert (withdrawn.withdrawn_by_name, withdrawn.withdrawn_because) == ("Trần Quốc Việt", "Nhầm bảng")
    assert outcome(world).outcome is None


def test_what_was_known_at_a_moment_can_be_told_again(world: World, sign: Sign, moment: datetime) -> None:
    signed = sign()
    with world.as_("linh") as linh:
        later = moment + timedelta(hours=3)
        withdraw_verification(actor=linh, moment=later, verification_id=signed.pk, reason="Nhầm bảng")
    assert outcome(world, as_of=moment - timedelta(seconds=1)).outcome is None
    assert outcome(world, as_of=moment + timedelta(hours=1)).outcome == 2
    assert outcome(world, as_of=later).outcome is None


def test_after_a_withdrawal_another_may_sign(world: World, sign: Sign, moment: datetime) -> None:
    first = sign()
    with pytest.raises(Refusal, match="Đỗ Thùy Linh đã ký"):
        sign("viet", value=1)
    with world.as_("linh") as linh:
        withdraw_verification(actor=linh, moment=moment, verification_id=first.pk, reason="Nhầm")
        with pytest.raises(Refusal, match="đã rút mục này rồi"):
            withdraw_verification(actor=linh, moment=moment, verification_id=first.pk, reason="Nhầm")
    sign("viet", value=1)
    assert outcome(world).outcome == 1, "the later officer's reading counts"


def test_the_rulebook_is_put_together_once_and_asks_one_query(world: World, sign: Sign) -> None:
    sign()
    with world.as_("linh") as linh:
        book = rulebook_for(linh.area.province)
        with CaptureQueriesContext(connection) as queries:
            assert rulebook_for(linh.area.province) is book
        assert len(queries) == 1
        assert rulebook_for(None) is load()


REFUSED: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"value": 7}, "value-", "phải từ 1 đến 4"),
    ({"value": 2.5}, "value-", "là số nguyên"),
    ({"value": "hai"}, "value-", "là số nguyên"),
    ({"value": True}, "value-", "là số nguyên"),
    ({"value": None}, "value-", "nhập theo nguyên văn"),
    ({"first_day": date(2021, 10, 11)}, "first_day", "12/10/2021 đến 26/01/2022"),
    ({"first_day": date(2022, 1, 27), "last_day": None}, "first_day", "ngày đầu"),
    ({"last_day": date(2021, 10, 11)}, "last_day", "Ngày cuối trước ngày đầu"),
    ({"last_day": None}, "last_day", "ngày cuối"),
    ({"last_day": date(2022, 2, 1)}, "last_day", "ngày cuối"),
    ({"clause": "  "}, "clause", "Ghi điều khoản"),
    ({"official_text": " "}, "official_text", "Dán nguyên văn"),
    ({"abolished": True}, "abolished", "việc bãi bỏ"),
)


@pytest.mark.parametrize(("change", "field", "words"), REFUSED)
def test_an_entry_that_does_not_fit_is_refused_in_words(
    change: dict[str, Any], field: str, words: str, world: World, sign: Sign
) -> None:
    with pytest.raises(Refusal, match=words) as refusal:
        sign(**change)
    assert refusal.value.field == field
    assert outcome(world).outcome is None


@pytest.mark.parametrize("name", ["risk-level.matrix/9@2021-10-12", "nothing/value@2020-01-01", "", "///@@"])
def test_an_unknown_value_is_not_there(name: str, sign: Sign) -> None:
    with pytest.raises(NotHere, match="Chọn trong danh sách"):
        sign(value_name=name)


def test_an_unknown_disease_is_not_there(sign: Sign) -> None:
    with pytest.raises(NotHere, match="bộ quy định"):
        sign(disease="measles")


def test_a_verified_value_waits_for_nobody(sign: Sign) -> None:
    with pytest.raises(Refusal, match="đã được đối chiếu"):
        sign(value_name="risk-level.matrix/3-covered@2021-10-12")


@pytest.mark.parametrize("by", ["dat", "ngoc", "tra", "thuy"])
def test_only_a_provincial_office_signs(by: str, sign: Sign) -> None:
    with pytest.raises(NotAllowed):
        sign(by)


def test_a_district_with_the_permission_is_told_who_signs(sign: Sign) -> None:
    with pytest.raises(NotAllowed, match="cán bộ cơ quan cấp tỉnh ký"):
        sign("thuy")


def test_another_provinces_entry_is_not_there(world: World, sign: Sign, moment: datetime) -> None:
    signed = sign()
    with world.as_("sang") as sang:
        with pytest.raises(NotHere, match="tỉnh khác"):
            withdraw_verification(actor=sang, moment=moment, verification_id=signed.pk, reason="Thử")
        bare = replace(sang, permissions=frozenset(Permission) - {Permission.RULEBOOK_VALUE_VERIFY})
        with pytest.raises(NotAllowed):
            verify_value(actor=bare, moment=moment, entry=entry())


def test_a_withdrawal_says_why(world: World, sign: Sign, moment: datetime) -> None:
    signed = sign()
    with world.as_("linh") as linh, pytest.raises(Refusal) as refusal:
        withdraw_verification(actor=linh, moment=moment, verification_id=signed.pk, reason="  ")
    assert refusal.value.field == "reason"


def test_the_document_itself_is_kept_whole(world: World, sign: Sign) -> None:
    scan = Upload("4800.pdf", "application/pdf", b"%PDF-1.4 trang 3")
    signed = sign(official_text="", upload=scan)
    with world.as_("ngoc"):
        kept = VerificationFile.objects.get(verification=signed)
        assert (bytes(kept.content), kept.name, kept.size) == (scan.content, "4800.pdf", 16)
    with world.as_("sang"):
        assert not VerificationFile.objects.filter(verification=signed).exists()


@pytest.mark.parametrize("content", [b"", b"x" * (LARGEST_FILE + 1)])
def test_a_file_that_is_empty_or_too_large_is_refused(content: bytes, sign: Sign) -> None:
    with pytest.raises(Refusal) as refusal:
        sign(upload=Upload("a.pdf", "application/pdf", content))
    assert refusal.value.field == "upload"


def test_words_too_long_are_refused_by_field(sign: Sign) -> None:
    with pytest.raises(ValidationError) as refusal:
        sign(note="x" * 501)
    assert list(refusal.value.message_dict) == ["note"]


def test_doubtful_fields_are_filled_beside_the_sure_ones(world: World, sign: Sign) -> None:
    name, on = "quarantine/contact@2021-05-05", date(2021, 6, 1)
    facts = {"who": "contact", "start_on": on}
    whole = {"isolate_days": 21, "monitor_days": 7, "place": "centralised", "test_days": [1, 14, 20]}
    with pytest.raises(Refusal, match="là danh sách số nguyên"):
        sign(
            value_name=name,
            value=whole | {"test_days": "1, 14"},
            first_day=date(2021, 5, 5),
            last_day=date(2021, 7, 13),
        )
    with pytest.raises(Refusal, match="không có mục"):
        sign(value_name=name, value=whole | {"guards": 2}, first_day=date(2021, 5, 5), last_day=date(2021, 7, 13))
    sign(value_name=name, value=whole, first_day=date(2021, 5, 5), last_day=date(2021, 7, 13))
    with world.as_("linh") as linh:
        decision = rulebook_for(linh.area.province).decide("quarantine", on, facts)
    assert decision.outcome["test_days"] == [1, 14, 20]
    assert decision.awaiting == ()


def test_an_abolition_can_be_confirmed(world: World, sign: Sign) -> None:
    name = "quarantine/arrival@2022-03-15"
    sign(value_name=name, value=None, abolished=True, first_day=date(2022, 3, 15), last_day=None)
    with world.as_("linh") as linh:
        book = rulebook_for(linh.area.province)
    row = book.value("quarantine", date(2022, 4, 1), "arrival")
    assert (row.state, row.verified_by, row.verified) == ("abolished", "Đỗ Thùy Linh", True)


def test_an_entry_that_no_longer_fits_the_packs_decides_nothing(world: World, sign: Sign, moment: datetime) -> None:
    sign()
    with entering(SYSTEM):
        lost = Verification(
            province_id=world.units["98"].pk, disease="covid-19", value_name="risk-level.matrix/gone@2021-10-12",
            first_day=ON, value=2, document="4800/QĐ-BYT", clause="1", officer_id=1, officer_name="Cũ",
            officer_post="–", signed_at=moment,
        )  # fmt: skip
        lost.save()
    assert not is_fit(load(), lost)
    assert outcome(world).outcome == 2, "the other entries count as before"


def test_facts_are_told_for_the_playbook(world: World, sign: Sign, moment: datetime) -> None:
    signed = sign()
    with world.as_("linh") as linh:
        withdraw_verification(actor=linh, moment=moment, verification_id=signed.pk, reason="Nhầm")
    with entering(SYSTEM):
        told = Fact.objects.filter(subject_id=signed.pk, kind__startswith="rulebook:").order_by("id")
        assert [(one.kind, one.payload["value"]) for one in told] == [
            ("rulebook:value:verified", OPEN_CELL),
            ("rulebook:value:withdrawn", OPEN_CELL),
        ]


# --- by raw SQL, under the application role --------------------------------------------------------------------------


def run(sql: str, *values: Any) -> int:
    """How many rows a statement touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


COPY = """
    insert into rulebook_verification
      (province_id, disease, value_name, first_day, abolished, document, clause, official_text, note, officer_id,
       officer_name, officer_post, signed_at, withdrawn_by_name, withdrawn_because)
    values (%s, 'covid-19', 'x/y@2021-01-01', '2021-01-01', false, 'd', 'c', '', '', %s, 'n', 'p', now(), '', '')
"""


def test_the_database_shows_each_province_its_own(world: World, sign: Sign) -> None:
    signed = sign()
    for who, seen in (("linh", 1), ("ngoc", 1), ("van", 1), ("may", 1), ("sang", 0), ("giang", 0)):
        with world.as_(who):
            assert run("select 1 from rulebook_verification where id = %s", signed.pk) == seen
            assert run("select 1 from rulebook_verificationevent where id = %s", signed.pk) == seen


def test_the_database_lets_officers_sign_for_themselves_and_their_province_alone(world: World, sign: Sign) -> None:
    own, other = world.units["98"].pk, world.units["97"].pk
    with world.as_("linh") as linh:
        for province, officer in ((other, linh.officer), (own, world.officers["viet"].pk)):
            with pytest.raises(DatabaseError, match="row-level security"):
                run(COPY, province, officer)
        assert run(COPY, own, linh.officer) == 1
    for who in ("dat", "ngoc", "thuy", "may"):
        with world.as_(who) as actor, pytest.raises(DatabaseError, match="row-level security"):
            run(COPY, own, actor.officer)


def test_the_database_keeps_what_was_signed(world: World, sign: Sign) -> None:
    signed = sign(upload=Upload("a.pdf", "application/pdf", b"%PDF-"))
    change = "update rulebook_verification set {} where id = %s"
    with world.as_("viet"):
        for column in ("value = '4'", "clause = 'khác'", "officer_name = 'Ai đó'", "signed_at = now()"):
            with pytest.raises(DatabaseError, match="Cannot update"):
                run(change.format(column), signed.pk)
        assert run("delete from rulebook_verification") == 0
        assert run("delete from rulebook_verificationfile") == 0
        assert run("update rulebook_verificationfile set name = 'b'") == 0
        with pytest.raises(DatabaseError, match="withdrawn_with_a_reason"):
            run(change.format("withdrawn_at = now()"), signed.pk)
        assert run(change.format("withdrawn_at = now(), withdrawn_because = 'Nhầm'"), signed.pk) == 1
        with pytest.raises(DatabaseError, match="Cannot update"):
            run(change.format("withdrawn_at = null"), signed.pk)
    with world.as_("dat"):
        assert run(change.format("note = note"), signed.pk) == 0


def test_every_change_leaves_who_and_why(world: World, sign: Sign, moment: datetime) -> None:
    signed = sign()
    with world.as_("viet") as viet:
        withdraw_verification(actor=viet, moment=moment, verification_id=signed.pk, reason="Nhầm")
    with entering(SYSTEM):
        told = [(one.pgh_label, one.pgh_context["name"]) for one in signed.events.order_by("pgh_id")]  # type: ignore[attr-defined]
    assert told == [("insert", "Đỗ Thùy Linh"), ("update", "Trần Quốc Việt")]
