"""What follows for an arrival, by day, origin and vaccination; and the clocks of telephones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.containment.rules.arrivals import CLOCK_TOLERANCE, Origin, by_hand, judge, missing_from, timing
from phaodai.rulebook import load

RED = Origin("Tỉnh Đỏ", level=4, source="Thông báo")
ABROAD = Origin("Lào", abroad=True)
FULL = {"doses": 2, "last_dose_on": date(2021, 7, 1)}

# day, origin, facts, unwell -> what follows, quarantine's days, days of watching after it, document cited
CASES = (
    (date(2021, 4, 1), ABROAD, {}, False, "centralised", 14, 14, "BYT, quy định trước 5/5/2021"),
    (date(2021, 6, 1), ABROAD, {}, False, "centralised", 21, 7, "BYT 5/5/2021"),
    (date(2021, 7, 20), ABROAD, FULL, False, "centralised", 14, 14, "5599/BYT-MT"),
    (date(2021, 9, 1), ABROAD, FULL, False, "centralised", 7, 7, "6288/BYT-MT"),
    (date(2021, 11, 24), ABROAD, {}, False, "centralised", 14, 14, "5599/BYT-MT"),
    (date(2022, 1, 5), ABROAD, FULL, False, "lodging", 3, 11, "10688/BYT-MT"),
    (date(2021, 9, 1), Origin("Ổ dịch", level=4, locked_down=True), {}, False, "home", 14, 14, "BYT 8/8/2021"),
    (date(2021, 9, 1), Origin("Ổ dịch", level=4, locked_down=True), FULL, False, "home", 7, 0, "BYT 8/8/2021"),
    (date(2021, 10, 20), RED, FULL, False, "home", 7, 0, "BYT 8/8/2021"),
    (date(2021, 11, 24), Origin("Tỉnh Vàng", level=2), {}, False, "free", 0, 0, "128/NQ-CP"),
    (date(2021, 11, 24), Origin("Tỉnh Cam", level=3), {}, False, "free", 0, 0, "128/NQ-CP"),
    # Nothing is concluded from silence.
    (date(2021, 12, 20), ABROAD, {}, False, "undecided", 0, 0, None),
    (date(2021, 9, 1), RED, {}, False, "undecided", 0, 0, None),
    (date(2021, 11, 24), RED, FULL, False, "undecided", 0, 0, None),
    (date(2021, 11, 24), Origin("Tỉnh Lạ"), {}, False, "undecided", 0, 0, None),
    (date(2021, 11, 24), Origin(), FULL, False, "undecided", 0, 0, None),
    (date(2021, 11, 24), Origin("Tỉnh Cam", level=3), {}, True, "undecided", 0, 0, "128/NQ-CP"),
    (date(2021, 11, 24), Origin("Tỉnh Xanh", level=1), {}, True, "undecided", 0, 0, "128/NQ-CP"),
    (date(2019, 1, 1), ABROAD, {}, False, "undecided", 0, 0, None),
)


@pytest.mark.parametrize(("on", "origin", "facts", "unwell", "outcome", "days", "watched", "document"), CASES)
def test_what_follows_is_what_the_law_of_that_day_says(
    on: date,
    origin: Origin,
    facts: dict[str, object],
    unwell: bool,
    outcome: str,
    days: int,
    watched: int,
    document: str,
) -> None:
    verdict = judge(load("covid-19"), on, origin, facts, unwell=unwell)
    assert verdict.outcome == outcome
    assert verdict.quarantine_until == (on + timedelta(days=days) if days else None)
    assert verdict.monitor_until == (on + timedelta(days=days + watched) if watched else None)
    if outcome != "undecided" or document:
        assert verdict.record["document"] == document
    assert verdict.record["origin"]["name"] == origin.name
    assert all(len(verdict.record["why"][language]) > 20 for language in ("vi", "en"))
    assert verdict.urgent == unwell


def test_a_value_that_nobody_has_verified_decides_nothing() -> None:
    verdict = judge(load("covid-19"), date(2021, 12, 20), ABROAD, {})
    assert verdict.outcome == "undecided"
    assert verdict.record["status"] == "unverified"
    assert verdict.record["awaiting_verification"][0]["document"] == "5599/BYT-MT"


def test_days_for_tests_count_from_the_first_day() -> None:
    verdict = judge(load("covid-19"), date(2021, 11, 24), ABROAD, {})
    assert verdict.test_on == (date(2021, 11, 24), date(2021, 11, 30), date(2021, 12, 7))


def test_an_officer_decides_with_a_reason_and_the_rule_stays_beside_it() -> None:
    day, before = date(2021, 11, 24), {"status": "unprovided"}
    verdict = by_hand(day, "home", 7, 7, reason="Công văn 12/UBND", before=before)
    assert (verdict.quarantine_until, verdict.monitor_until) == (date(2021, 12, 1), date(2021, 12, 8))
    assert verdict.record["status"] == "unprovided"
    assert verdict.record["chosen"]["because"] == "Công văn 12/UBND"
    for outcome, days, reason, wrong in (
        ("undecided", 0, "x", "outcome"),
        ("home", 0, "x", "days"),
        ("free", 7, "x", "days"),
        ("home", 61, "x", "days"),
        ("home", 7, "  ", "reason"),
    ):
        with pytest.raises(ValueError, match=wrong):
            by_hand(day, outcome, days, 0, reason=reason, before=before)


NOW = datetime(2021, 11, 24, 20, 0, tzinfo=UTC)


def test_a_clock_wrong_by_a_day_is_moved_back_by_a_day() -> None:
    """Recorded at 17:00, sent at 20:00 when the network came back; the telephone believes it is tomorrow."""
    day = timedelta(days=1)
    for wrong in (day, -day):
        when = timing(NOW - timedelta(hours=3) + wrong, NOW + wrong, NOW)
        assert when.corrected
        assert when.at == NOW - timedelta(hours=3)
        assert when.ahead == wrong
    right = timing(NOW - timedelta(hours=3), NOW - timedelta(seconds=40), NOW)
    assert not right.corrected
    assert right.at == NOW - timedelta(hours=3)
    assert timing(NOW, NOW - timedelta(hours=1), NOW).at == NOW, "set back in between: the server's moment counts"
    assert timing(None, None, NOW).at == NOW


@given(st.timedeltas(timedelta(0), timedelta(days=2)), st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_however_wrong_the_clock_nothing_happens_in_the_future_or_at_another_time(
    before: timedelta, wrong: timedelta
) -> None:
    when = timing(NOW - before + wrong, NOW + wrong, NOW)
    assert when.at <= NOW
    assert abs(when.at - (NOW - before)) <= CLOCK_TOLERANCE


def test_who_is_missing_keeps_the_order_of_the_list() -> None:
    assert missing_from([3, 1, 2], [1]) == [3, 2]
