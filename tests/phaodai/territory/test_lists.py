"""Lists loaded into the database, through the policies of the application role."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.territory.actions import load_list, load_neighbours, load_outlines, load_successions
from phaodai.territory.models import Neighbour, TerritoryList, Unit, UnitOutline
from phaodai.territory.rules.outlines import Outline
from phaodai.territory.rules.tables import Passage
from phaodai.territory.rules.units import Entry, Unusable
from tests.phaodai.territory.conftest import SERIES, Load, said
from tests.phaodai.territory.lists import DAYS, histories, listed
from tests.world import World

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[105.0, 21.0], [106.0, 21.0], [106.0, 22.0], [105.0, 22.0], [105.0, 21.0]]],
}


def units() -> Any:
    return Unit.objects.filter(gazetteer=SERIES)


def rows() -> set[tuple[Any, ...]]:
    """Every row with the names and codes of what lies above it."""
    above = {unit.pk: unit for unit in units()}
    return {
        (
            unit.tier,
            unit.code,
            unit.name,
            unit.type,
            unit.parent_id and above[unit.parent_id].code,
            tuple(above[pk].code if pk else None for pk in (unit.province_id, unit.district_id, unit.commune_id)),
            unit.since,
            unit.until,
        )
        for unit in above.values()
    }


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_do_not_depend_on_the_order_of_the_lists(
    everything: None, history: dict[date, list[Entry]], random: Any
) -> None:
    found = []
    for order in (sorted(history), random.sample(list(history), len(history))):
        with transaction.atomic():
            for day in order:
                load_list(**said(day), entries=history[day])
            found.append(rows())
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_a_list_opens_closes_and_keeps(load: Load) -> None:
    first = load(DAYS[0], "1 A; 10 B < 1; 100 C < 10; 101 D < 10")
    second = load(DAYS[2], "1 A; 10 B < 1; 100 C < 10; 102 E < 10")
    assert (first.tiers, first.units, first.opened, first.closed, first.kept, first.written) == (3, 4, 4, 0, 0, 4)
    assert (second.opened, second.closed, second.kept, second.written) == (1, 1, 3, 2)
    assert load(DAYS[2], "1 A; 10 B < 1; 100 C < 10; 102 E < 10").written == 0
    assert TerritoryList.objects.filter(gazetteer=SERIES).count() == 2
    assert Fact.objects.filter(kind="territory:list:loaded").count() == 3


def test_rows_of_the_past_keep_their_ids_when_an_older_list_comes(load: Load) -> None:
    load(DAYS[2], "1 A; 10 B < 1")
    before = dict(units().values_list("code", "id"))
    load(DAYS[0], "1 A; 10 B < 1; 11 C < 1")
    assert before.items() <= dict(units().values_list("code", "id")).items()
    assert units().get(code="10").since == DAYS[0]


def test_the_area_columns_are_the_rows_above(load: Load) -> None:
    load(DAYS[0], "1 A; 10 B < 1; 100 C < 10")
    province, district, commune = (units().get(tier=tier) for tier in (1, 2, 3))
    assert (commune.province_id, commune.district_id, commune.commune_id) == (province.pk, district.pk, commune.pk)
    assert (district.province_id, district.district_id, district.commune_id) == (province.pk, district.pk, None)
    assert set(Unit.objects.as_of(DAYS[0]).within(district)) == {district, commune}
    assert set(units().inside(commune.area)) == {commune}
    assert list(Unit.objects.under(province, DAYS[0])) == [district]


def test_units_are_found_by_words_without_accents_and_by_code(load: Load) -> None:
    load(DAYS[0], "1 Tỉnh Bắc Kạn; 2 Tỉnh Bắc Ninh")
    assert [unit.code for unit in units().named("BAC kan")] == ["1"]
    assert [unit.code for unit in units().named("kạn bắc")] == ["1"]
    assert [unit.code for unit in units().named("2")] == ["2"]


def test_what_a_list_says_of_people_and_area_stays_when_another_is_silent(everything: None) -> None:
    told = [replace(listed("1 A")[0], population=180_000, area_km2=12.5, name_en="Alpha")]
    load_list(**said(DAYS[0]), entries=told)
    load_list(**said(DAYS[2]), entries=listed("1 A"))
    kept = units().get()
    assert (kept.population, kept.area_km2, kept.name_en) == (180_000, 12.5, "Alpha")
    assert [unit.code for unit in units().named("alpha")] == ["1"]


def test_a_unit_cut_in_two_keeps_figures_and_outline_in_both(load: Load) -> None:
    load(DAYS[0], "1 A; 2 B")
    load_outlines(**said(DAYS[0]), outlines=[Outline("2", SQUARE, 105.5, 21.5, 9.0)])
    load(DAYS[4], "1 A; 2 B")
    load(DAYS[2], "1 A")
    assert [(unit.since, unit.until, unit.area_km2) for unit in units().filter(code="2").order_by("in_force")] == [
        (DAYS[0], DAYS[2], 9.0),
        (DAYS[4], None, 9.0),
    ]
    assert UnitOutline.objects.filter(unit__code="2").count() == 2


def test_a_list_that_contradicts_itself_loads_nothing(load: Load) -> None:
    with pytest.raises(Unusable):
        load(DAYS[0], "1 A; 10 B < 2")
    assert not units().exists()


def test_a_unit_in_use_is_not_taken_away(load: Load, world: World) -> None:
    load(DAYS[0], "1 A; 2 B")
    world.bodies["TU"].unit = units().get(code="2")
    world.bodies["TU"].save()
    with pytest.raises(Refusal, match="đang được dùng"), transaction.atomic():
        load(DAYS[0], "1 A")
    assert units().filter(code="2").exists()


def test_a_code_of_another_series_is_refused(load: Load) -> None:
    load(DAYS[0], "1 A")
    with pytest.raises(Refusal), transaction.atomic():
        load_list(**said(DAYS[2], gazetteer="other"), entries=listed("1 Z"))
    assert not Unit.objects.filter(gazetteer="other").exists()


def test_an_officer_loads_nothing(world: World) -> None:
    with world.as_("viet") as viet, pytest.raises(NotAllowed):
        load_list(**said(DAYS[0]) | {"actor": viet}, entries=listed("1 A"))


def test_outlines_go_to_the_units_of_the_day(load: Load) -> None:
    load(DAYS[0], "1 A; 2 B")
    load(DAYS[2], "1 A; 2 C")
    loaded = load_outlines(**said(DAYS[2]), outlines=[Outline("2", SQUARE, 105.5, 21.5, 9.0), Outline("7", SQUARE)])
    assert (loaded.joined, loaded.unknown) == (1, ("7",))
    assert UnitOutline.objects.get(unit__gazetteer=SERIES).unit.name == "C"
    assert units().get(name="C").longitude == 105.5


def test_outlines_of_another_country_are_refused(load: Load) -> None:
    load(DAYS[0], "1 A")
    with pytest.raises(Refusal):
        load_outlines(**said(DAYS[0]), outlines=[Outline("7", SQUARE)])


def test_neighbours_are_kept_both_ways(load: Load) -> None:
    load(DAYS[0], "1 A; 2 B; 3 C")
    pairs = [("1", "2"), ("2", "1"), ("2", "3"), ("3", "9"), ("1", "1")]
    for _again in range(2):
        assert load_neighbours(**said(DAYS[0]), pairs=pairs) == 2
    assert set(Neighbour.objects.filter(unit__gazetteer=SERIES).values_list("unit__code", "neighbour__code")) == {
        ("1", "2"),
        ("2", "1"),
        ("2", "3"),
        ("3", "2"),
    }


def passages(text: str) -> list[Passage]:
    """ "1>3 full; 2>3 partial" """
    return [Passage(*part.split()[0].split(">"), part.split()[1]) for part in text.split(";")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_maps_and_lists_come_in_any_order(load: Load, order: tuple[int, ...]) -> None:
    steps = [
        lambda: load(DAYS[0], "1 A; 2 B; 3 C"),
        lambda: load(DAYS[2], "1 A; 3 D"),
        lambda: load_successions(
            **said(DAYS[2]), passages=passages("2>1 full; 2>3 partial; 3>3 full; 9>3 full; 1>1 full")
        ),
    ]
    for place in order:
        steps[place]()
    old = {unit.code: unit for unit in units().as_of(DAYS[0])}
    became = {code: [(heir.unit.name, heir.whole) for heir in unit.became(DAYS[2])] for code, unit in old.items()}
    assert became == {"1": [("A", True)], "2": [("A", True), ("D", False)], "3": [("D", True)]}
    assert [(heir.unit.name, heir.whole) for heir in units().get(name="D").became(DAYS[0])] == [
        ("C", True),
        ("B", False),
    ]


def test_a_map_says_what_it_joined_and_which_codes_nobody_has(load: Load) -> None:
    load(DAYS[0], "1 A; 2 B")
    load(DAYS[2], "1 C")
    loaded = load_successions(**said(DAYS[2]), passages=passages("1>1 full; 2>1 full; 8>1 full; 2>9 partial"))
    assert (loaded.stated, loaded.joined, loaded.unknown_old, loaded.unknown_new) == (4, 2, ("8",), ("9",))


def test_a_map_given_for_a_wrong_day_joins_nothing(load: Load) -> None:
    load(DAYS[0], "1 A; 2 B")
    loaded = load_successions(**said(DAYS[2]), passages=passages("2>1 full"))
    assert (loaded.joined, loaded.unknown_old, loaded.unknown_new) == (0, (), ())


def test_a_walk_of_two_steps_is_whole_only_where_both_are(load: Load) -> None:
    for day, text in ((DAYS[0], "1 A; 2 B"), (DAYS[1], "1 C; 2 B"), (DAYS[2], "3 D; 4 E")):
        load(day, text)
    load_successions(**said(DAYS[2]), passages=passages("1>3 full; 2>3 full; 2>4 partial"))
    first = {unit.code: unit for unit in units().as_of(DAYS[0])}
    assert [(heir.unit.name, heir.whole) for heir in first["1"].became(DAYS[2])] == [("D", False)], (
        "its code went on under another name"
    )
    assert [(heir.unit.name, heir.whole) for heir in first["2"].became(DAYS[2])] == [("D", True), ("E", False)]
    assert [heir.unit.name for heir in units().get(name="D").became(DAYS[0])] == ["B", "A"]


def test_nothing_is_said_where_nothing_is_known(load: Load) -> None:
    load(DAYS[0], "1 A; 2 B")
    load(DAYS[2], "1 A")
    assert units().get(code="2").became(DAYS[2]) == []
    assert units().get(code="2").nearest(DAYS[4]) == date(2021, 12, 31)
