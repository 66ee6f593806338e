"""The invented days: they add up to the weeks, grow from report to report, and end with one cluster."""

from collections import defaultdict
from datetime import date, timedelta

from demo.epidemic_days import CLUSTER, DAYS, LAST_DAY, DayReport, make_days
from demo.epidemic_weeks import LAST_SUNDAY, make_weeks
from demo.geography import Geography


def final(reports: list[DayReport]) -> dict[tuple[str, date], int]:
    """The last word on each unit's day."""
    return {(one.code, one.day): one.cases for one in sorted(reports, key=lambda one: one.reported_on)}


def test_days_add_up_to_the_weeks_of_every_district(geography: Geography) -> None:
    weeks, counts = make_weeks(geography), final(make_days(geography, make_weeks(geography)))
    for district in geography.districts:
        communes = {commune.code for commune in geography.children[district.code]}
        for back in range(3):
            ending = LAST_SUNDAY - timedelta(weeks=back)
            days = sum(counts[district.code, ending - timedelta(days=day)] for day in range(7))
            assert days == sum(one.cases for one in weeks if one.code in communes and one.ending == ending)


def test_the_province_is_the_sum_of_its_districts(geography: Geography) -> None:
    counts = final(make_days(geography, make_weeks(geography)))
    days: dict[date, int] = defaultdict(int)
    for (code, day), cases in counts.items():
        days[day] += cases if code != geography.province.code else 0
    assert len(days) == DAYS
    assert all(counts[geography.province.code, day] == cases for day, cases in days.items())


def test_reports_only_add_and_none_is_of_tomorrow(geography: Geography) -> None:
    known: dict[tuple[str, date], int] = {}
    for one in sorted(make_days(geography, make_weeks(geography)), key=lambda one: (one.day, one.reported_on)):
        assert one.day <= one.reported_on <= LAST_DAY
        assert one.cases >= known.get((one.code, one.day), 0)
        known[one.code, one.day] = one.cases


def test_the_last_day_holds_one_cluster_and_the_same_seed_the_same_days(geography: Geography) -> None:
    weeks = make_weeks(geography)
    reports = make_days(geography, weeks)
    assert reports == make_days(geography, weeks)
    counts = final(reports)
    code = next(one.code for one in geography.districts if one.bare_name == CLUSTER)
    assert counts[code, LAST_DAY] >= counts[code, LAST_DAY - timedelta(days=1)] + 5
