"""Counts by day against the rows themselves, coverage against its denominators, and the table of a directive."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaodai.foundation.scope import SYSTEM, entering
from phaodai.vaccination.actions.coverage import is_waiting, refresh_coverage
from phaodai.vaccination.models import CoverageCount, Dose
from phaodai.vaccination.rules.coverage import BANDS
from tests.phaodai.vaccination.doses import dose
from tests.world import World

pytestmark = pytest.mark.django_db

FIRST = date(2021, 9, 1)
MOMENT = datetime.fromisoformat("2021-12-05T18:00:00+07:00")


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


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
