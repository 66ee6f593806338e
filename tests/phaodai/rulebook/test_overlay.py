"""A province's overlay: verifies what the national pack leaves open, wins over it, and shows the loser."""

import dataclasses
import datetime as dt

import pytest

from phaodai.rulebook import Document, OverlayEntry, Refusal, Words, load

ON = dt.date(2021, 12, 1)
OPEN_CELL = {"cases_per_100k_week": 30, "dose1_adult_share": 0.9, "full_elderly_share": 0.9}
PROVINCE = Document(
    "12/QĐ-UBND",
    "Quyết định",
    "UBND tỉnh",
    dt.date(2021, 11, 1),
    "province-decision",
    "A",
    Words("Cấp độ dịch", "levels"),
)
VERIFIED = OverlayEntry(
    table="risk-level.matrix",
    row="2-covered",
    begin=dt.date(2021, 10, 12),
    end=dt.date(2022, 1, 26),
    then=2,
    document=load().documents["4800/QĐ-BYT"],
    clause="Phụ lục, bảng 3",
    scope="24",
    signed_by="Nguyễn Thị Hạnh",
    signed_on=dt.date(2021, 11, 20),
)


def test_a_signed_entry_verifies_the_value() -> None:
    national, provincial = load(), load().with_overlay([VERIFIED])
    assert national.decide("risk-level", ON, OPEN_CELL).outcome is None
    decision = provincial.decide("risk-level", ON, OPEN_CELL)
    assert decision.outcome == 2
    assert decision.confidence == "B"
    assert "Nguyễn Thị Hạnh" in decision.why.vi
    assert [loser.name for loser in decision.losers] == ["risk-level.matrix/2-covered@2021-10-12"]


def test_the_national_rulebook_stays_as_it_was() -> None:
    load().with_overlay([VERIFIED])
    assert load().decide("risk-level", ON, OPEN_CELL).status == "unverified"


def test_a_province_wins_over_a_newer_national_value() -> None:
    older = dataclasses.replace(
        VERIFIED,
        table="vaccine-priority",
        row="education",
        begin=dt.date(2021, 6, 1),
        end=None,
        then=2,
        document=PROVINCE,
    )
    decision = load().with_overlay([older]).decide("vaccine-priority", dt.date(2021, 8, 1), {"group": "teachers"})
    assert decision.outcome == {"rank": 2}
    assert [loser.document.number for loser in decision.losers] == ["3355/QĐ-BYT", "21/NQ-CP"]


def test_an_entry_counts_only_in_its_period() -> None:
    ended = dataclasses.replace(VERIFIED, end=dt.date(2021, 11, 30))
    assert load().with_overlay([ended]).decide("risk-level", ON, OPEN_CELL).outcome is None


def test_a_new_row_brings_its_own_condition() -> None:
    limit = OverlayEntry(
        table="measures",
        row="karaoke-hanoi",
        begin=ON,
        end=None,
        then="stopped",
        document=PROVINCE,
        clause="Điều 2",
        scope="01",
        signed_by="Trần Văn Nam",
        signed_on=ON,
        when={"activity": "high-risk-services", "level": 1},
        reason=Words("Tỉnh dừng dịch vụ nguy cơ cao.", "The province stops high-risk services."),
    )
    facts = {"level": 1, "activity": "karaoke"}
    decision = load().with_overlay([limit]).decide("measures", ON, facts)
    assert (decision.outcome, decision.clause) == ("stopped", "Điều 2")
    assert load().decide("measures", ON, facts).outcome == "allowed"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"table": "nothing"}, "no table 'nothing'"),
        ({"row": "9-covered"}, "needs 'when' and 'reason'"),
        ({"table": "quarantine", "row": "contact", "then": {"isolate_days": 3}}, "lacks 'monitor_days'"),
        ({"end": dt.date(2021, 1, 1)}, "ends before it begins"),
        ({"when": {"speed": 1}, "reason": Words("a", "b")}, "no fact 'speed'"),
    ],
)
def test_an_entry_that_fits_nowhere_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(Refusal, match=message):
        load().with_overlay([dataclasses.replace(VERIFIED, **change)])  # type: ignore[arg-type]
