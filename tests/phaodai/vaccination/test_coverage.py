"""Counts by day against the rows themselves, coverage against its denominators, and the table of a directive."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaodai.command.rules.periods import day_of
from phaodai.containment.actions.indicators import record_indicator
from phaodai.containment.models import WeeklyIndicator
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.vaccination.actions.coverage import is_waiting, refresh_coverage
from phaodai.vaccination.actions.coverage_indicators import keep_indicators
from phaodai.vaccination.models import CoverageCount, Denominator, Dose
from phaodai.vaccination.models.coverage_figures import coverage_of
from phaodai.vaccination.report_part import coverage_sentence, figures_in
from phaodai.vaccination.rules.coverage import BANDS, POPULATIONS
from tests.phaodai.vaccination.doses import dose
from tests.world import World

pytestmark = pytest.mark.django_db

FIRST = date(2021, 9, 1)
MOMENT = datetime.fromisoformat("2021-12-05T18:00:00+07:00")


@pytest.fixture
def nothing_counted() -> None:
    """Without the counts of the small world."""
    with entering(SYSTEM):
        Denominator.objects.all().delete()
        CoverageCount.objects.all().delete()


def refresh() -> None:
    with entering(SYSTEM):
        while refresh_coverage(actor=SYSTEM, moment=MOMENT):
            continue


def counted_by_hand() -> Counter[tuple[object, ...]]:
    """Every dose that was not struck out, put into its cell in Python."""
    found: Counter[tuple[object, ...]] = Counter()
    for row in Dose.objects.filter(struck_at=None):
        band = None if row.age is None else max(least for least in BANDS if least <= row.age)
        begun = row.given_on.year - (row.given_on.month < 9)
        turning = None if row.birth_year is None else begun - row.birth_year
        grades = "6-8" if turning in (11, 12, 13) else "9-12" if turning in (14, 15, 16, 17) else ""
        found[row.province_id, row.district_id, row.commune_id, row.given_on, row.number, band, grades, row.group] += 1
    return found


def counted_by_program() -> Counter[tuple[object, ...]]:
    columns = ("province_id", "district_id", "commune_id", "on", "number", "band", "grades", "group", "doses")
    return Counter({tuple(row[:-1]): row[-1] for row in CoverageCount.objects.values_list(*columns)})


given_doses = st.lists(
    st.tuples(
        st.sampled_from(["98001", "98002", "98101", "980", "98"]), st.integers(0, 3), st.integers(1, 3),
        st.none() | st.integers(4, 70), st.sampled_from(["", "health-workers"]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(given_doses, st.data())
def test_counts_are_those_of_the_rows(
    world: World, rows: list[tuple[str, int, int, int | None, str]], data: st.DataObject
) -> None:
    """After doses are added, struck out, moved to another commune or day, and removed, in any mixture."""
    with entering(SYSTEM):
        made = Dose.objects.bulk_create(
            dose(
                world, code, FIRST + timedelta(days=days), number,
                age=age, birth_year=None if age is None else 2021 - age, group=group,
            )
            for code, days, number, age, group in rows
        )  # fmt: skip
    refresh()
    with entering(SYSTEM):
        assert counted_by_program() == counted_by_hand()
        changed = [one.pk for one in made if data.draw(st.booleans())]
        struck = data.draw(st.booleans())
        facts = {"struck_at": MOMENT} if struck else {"given_on": FIRST, "commune_id": world.units["98101"].pk}
        Dose.objects.filter(pk__in=changed).update(**facts)
    refresh()
    with entering(SYSTEM):
        assert not is_waiting()
        assert counted_by_program() == counted_by_hand()
        with connection.cursor() as cursor:
            cursor.execute("delete from vaccination_dose where id = any(%s)", [[one.pk for one in made]])
    refresh()
    with entering(SYSTEM):
        assert counted_by_program() == counted_by_hand()


# Note 4 of the directive of Trà Vinh, 5/12/2021: who, dose, doses given, printed share. How many people there were it
# does not say; a count that gives both printed shares of a line lies in the range beside it.
NOTE_4 = (
    ("adults", 1, 681_425, 92.7),
    ("adults", 2, 466_515, 63.4),
    ("grades-9-12", 1, 42_538, 98.4),
    ("grades-9-12", 2, 41_367, 95.7),
    ("grades-6-8", 1, 37_772, 82.9),
)
PEOPLE = {"adults": 735_300, "grades-9-12": 43_230, "grades-6-8": 45_560}
CELLS = {"adults": (18, ""), "grades-9-12": (12, "9-12"), "grades-6-8": (12, "6-8")}
SENTENCE = (
    "Đến ngày 05/12/2021, công dân từ 18 tuổi trở lên tiêm mũi 1 được 681.425 người, đạt 92,7%, tiêm mũi 2 được 466.515 "
    "người, đạt 63,4%; tiêm mũi 1 cho học sinh từ lớp 9 đến lớp 12 là 42.538 em, đạt 98,4%, mũi 2 là 41.367 em, đạt 95,7%; "
    "tiêm mũi 1 cho học sinh từ lớp 6 đến lớp 8 là 37.772 em, đạt 82,9%."
)


def tell_the_province_of_the_directive(world: World) -> None:
    """The counts of the note, spread over two communes and many days, and how many people the province has."""
    area = world.units["98001"].area.columns
    other = world.units["98101"].area.columns
    with entering(SYSTEM):
        CoverageCount.objects.bulk_create(
            CoverageCount(
                on=FIRST + timedelta(days=place), number=number, band=band, grades=grades, doses=part, **where
            )
            for population, number, doses, _share in NOTE_4
            for band, grades in [CELLS[population]]
            for place, (where, part) in enumerate(((area, doses // 3), (other, doses - doses // 3)))
        )
    with entering(SYSTEM):
        for population, people in PEOPLE.items():
            Denominator.objects.create(
                unit=world.units["98"], code="98", population=population, people=people, counted_on=date(2021, 11, 1),
                source="Danh sách của Công an tỉnh", **world.units["98"].area.columns,
            )  # fmt: skip


def test_the_table_of_the_directive_comes_out(world: World, nothing_counted: None) -> None:
    tell_the_province_of_the_directive(world)
    with world.as_("linh"):
        for population, number, doses, share in NOTE_4:
            found = coverage_of([world.units["98"]], POPULATIONS[population], date(2021, 12, 5))[world.units["98"].pk][
                number
            ]
            assert found.given == doses
            assert round(100 * (found.share or 0), 1) == share
            assert found.people.source == "Danh sách của Công an tỉnh"
        before = coverage_of([world.units["98"]], POPULATIONS["adults"], FIRST)[world.units["98"].pk][1]
        assert before.given == 681_425 // 3
        figures = figures_in(world.units["98"].area, day_of(date(2021, 12, 5)), MOMENT)
        assert figures is not None
        assert coverage_sentence(figures) == SENTENCE


def test_the_directive_says_the_same() -> None:
    """The sentence of the test is the directive's own, where its text is at hand."""
    file = Path(__file__).parents[4] / "shared" / "directives" / "chi-thi-tra-vinh-2021-12.txt"
    if not file.exists():
        pytest.skip("the directives are not beside this folder")
    assert SENTENCE in " ".join(file.read_text(encoding="utf-8").split())


def test_the_indicators_of_levels_are_filled_where_nobody_typed(world: World, nothing_counted: None) -> None:
    """Criterion 2a of a commune; older people have no count, and the other commune's typed figures stay."""
    sunday = date(2021, 11, 28)
    with entering(SYSTEM):
        for code in ("98001", "98002"):
            area = world.units[code].area.columns
            CoverageCount.objects.create(on=FIRST, number=1, band=18, doses=90, **area)
            Denominator.objects.create(
                unit=world.units[code],
                code=code,
                population="adults",
                people=100,
                counted_on=FIRST,
                source="Trạm",
                **area,
            )
    with world.as_("linh") as linh:
        typed = record_indicator(
            actor=linh, moment=MOMENT, code="98002", week_ending=sunday, adults=120, adults_one_dose=60
        )
        assert keep_indicators(actor=linh, moment=MOMENT, week_ending=sunday) == 1
        rows = {row.code: row for row in WeeklyIndicator.objects.filter(week_ending=sunday)}
        assert (rows["98001"].adults, rows["98001"].adults_one_dose, rows["98001"].elderly) == (100, 90, None)
        assert (rows["98002"].adults, rows["98002"].version) == (120, typed.version)


def test_more_doses_than_people_are_shown_and_none_without_a_count_is_guessed(
    world: World, nothing_counted: None
) -> None:
    tan_loc, hoa_xuan = world.units["98001"], world.units["98002"]
    with entering(SYSTEM):
        Dose.objects.bulk_create(dose(world, number=1, age=30) for _one in range(5))
        Denominator.objects.create(
            unit=tan_loc, code="98001", population="adults", people=4, counted_on=date(2021, 11, 1), source="Trạm",
            **tan_loc.area.columns,
        )  # fmt: skip
    refresh()
    with world.as_("linh"):
        adults, on = POPULATIONS["adults"], date(2021, 12, 5)
        found = coverage_of([tan_loc, hoa_xuan], adults, on)
        over, unknown = found[tan_loc.pk][1], found[hoa_xuan.pk][1]
        assert (over.given, over.share, over.over) == (5, 1.25, 1)
        assert (unknown.given, unknown.share, unknown.people.people) == (0, None, None)
        district = coverage_of([world.units["980"]], adults, on)[world.units["980"].pk][1]
        assert (district.share, district.people.missing) == (None, 1), "one of two communes has no count: no sum"
