"""The epidemics that come out, against what theory or the scenario says they must be."""

from dataclasses import replace

import numpy as np
import pytest

from epidemic.simulation import (
    DELTA,
    OMICRON,
    VARIANTS,
    WILD,
    Biology,
    Commune,
    Outbreak,
    Population,
    Province,
    Scenario,
    Treatment,
    Vaccination,
    build_population,
    compile_plan,
    contacts_of,
    invented_province,
    run_plan,
    simulate,
    simulate_many,
)
from epidemic.simulation.course import SUSCEPTIBILITY, course_of, lognormal_days
from epidemic.simulation.groups import community_pairs
from epidemic.simulation.kinds import BANDS
from epidemic.simulation.transmission import reproduction_number, transmission_for

EMPTY = (np.empty(0, np.int32), np.empty(0, np.int32))
CALM = Biology(dispersion=0)
HARMLESS = (DELTA.with_reproduction(0.0),)
"""For tests that set the transmission themselves."""


@pytest.fixture(scope="module")
def large():
    return build_population(invented_province(60_000, 30), seed=9)


def network(people, pairs):
    """Adults of one commune with contacts in the layers given."""
    base = build_population(Province((Commune(code="1", people=people),)))
    adults = base.people._replace(age=np.full(people, 30, np.uint8), role=np.zeros(people, np.uint8))
    contacts = contacts_of(people, [pairs.get(layer, EMPTY) for layer in range(5)])
    return Population(base.province, adults, contacts, base.hamlet_commune, base.household)


def households_of(people, size):
    one, other = np.triu_indices(size, 1)
    first = np.repeat(np.arange(0, people, size), len(one))
    copies = people // size
    return (first + np.tile(one, copies)).astype(np.int32), (first + np.tile(other, copies)).astype(np.int32)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda variant: variant.name)
def test_transmission_gives_the_reproduction_number_asked_for(large, variant):
    course = course_of([variant])
    chances = transmission_for(large, course, 0, variant.reproduction)
    assert reproduction_number(large, course, 0, chances) == pytest.approx(variant.reproduction, rel=1e-3)


@pytest.mark.parametrize(
    ("variant", "least"), [(WILD, 0.85), (DELTA, 0.8), (OMICRON, 0.65)], ids=lambda one: str(one)[:20]
)
def test_people_infected_early_by_contact_infect_about_as_many_as_asked_for(large, variant, least):
    """Counted in the chains of the second generation. The more infectious, the sooner communes of 2,000 people run out of
    people to infect, which the reproduction number of the beginning leaves out."""
    scenario = Scenario(days=60, variants=(variant,), orders=(Outbreak(infected=10),), biology=CALM)
    plan, numbers = compile_plan(scenario, large), []
    for seed in range(24):
        run = run_plan(large, plan, seed)
        first = np.flatnonzero(run.infected_by == -2)
        second = np.flatnonzero(np.isin(run.infected_by, first))
        numbers.append(run.offspring()[second].mean())
    assert least * variant.reproduction < np.mean(numbers) < 1.1 * variant.reproduction


def test_generations_follow_each_other_as_the_variant_says(large):
    """While contacts are not used up, which the quick among the infections would do first."""
    rare = (DELTA.with_reproduction(0.5),)
    run = simulate(large, Scenario(days=40, variants=rare, orders=(Outbreak(infected=1500),), biology=CALM))
    first = np.flatnonzero(run.infected_by == -2)
    children = np.flatnonzero(np.isin(run.infected_by, first))
    gaps = run.infected_on[children] - run.infected_on[run.infected_by[children]]
    assert np.mean(gaps) == pytest.approx(DELTA.generation_mean, abs=0.35)


def test_a_well_mixed_epidemic_ends_at_the_final_size_of_theory():
    """On a random network of many contacts, of which each passes on little, the share z infected solves z = 1 - exp(-R z)
    (Kermack and McKendrick 1927)."""
    people, contacts = 20_000, 200
    bounds = np.array([[0, people, 0, people]], np.int32)
    pairs = community_pairs(5, 3, contacts, np.array([1.0, 1.0, 1.0]), bounds, np.zeros(people, np.uint16))
    mixed = network(people, {3: pairs})
    for reproduction in (1.5, 2.5):
        variant = WILD.with_reproduction(reproduction)
        scenario = Scenario(days=400, variants=(variant,), orders=(Outbreak(infected=40),), biology=CALM)
        share = np.mean(simulate_many(mixed, scenario, seeds=range(6)).totals("infections")) / people
        final = 0.5
        for _ in range(100):
            final = 1 - np.exp(-reproduction * final)
        assert share == pytest.approx(final, rel=0.03)


def test_households_alone_give_the_secondary_attack_rate_of_the_formula():
    """In households of two, a contact escapes with the product of the daily chances to escape."""
    people, chance = 6_000, 0.03
    pairs = network(people, {0: households_of(people, 2)})
    scenario = Scenario(days=60, variants=HARMLESS, orders=(Outbreak(infected=1500),), biology=CALM)
    plan = compile_plan(scenario, pairs)
    plan = plan._replace(transmission=np.full((1, 5), chance))
    attacked = exposed = 0
    for seed in range(8):
        run = run_plan(pairs, plan, seed)
        index = np.flatnonzero(run.infected_by == -2)
        alone = index[run.infected_by[index ^ 1] != -2]
        exposed += len(alone)
        attacked += (run.infected_by[alone ^ 1] == alone).sum()
    expected = 1 - np.prod(1 - chance * plan.course.profile[0])
    error = np.sqrt(expected * (1 - expected) / exposed)
    assert attacked / exposed == pytest.approx(expected, abs=4 * error + 0.002)


def test_susceptibility_by_age_is_that_of_the_table():
    """Pairs of an adult and somebody of each age: attack rates go as the susceptibilities."""
    people, chance = 18_000, 0.01
    pairs = network(people, {0: households_of(people, 2)})
    band = (np.arange(people) // 2) % len(BANDS)
    pairs = replace(pairs, people=pairs.people._replace(age=(band * 10 + 5).astype(np.uint8)))
    plan = compile_plan(Scenario(days=50, variants=HARMLESS, orders=(Outbreak(infected=4000),), biology=CALM), pairs)
    plan = plan._replace(transmission=np.full((1, 5), chance))
    hits, alone = np.zeros(len(BANDS)), np.zeros(len(BANDS))
    for seed in range(12):
        run = run_plan(pairs, plan, seed)
        index = np.flatnonzero(run.infected_by == -2)
        index = index[run.infected_by[index ^ 1] != -2]
        alone += np.bincount(band[index], minlength=len(BANDS))
        hits += np.bincount(band[index[run.infected_by[index ^ 1] == index]], minlength=len(BANDS))
    expected = np.array([1 - np.prod(1 - chance * share * plan.course.profile[0]) for share in SUSCEPTIBILITY])
    assert hits / alone == pytest.approx(expected, abs=0.02)


def test_symptoms_and_deaths_are_those_of_the_tables(large):
    """Without the limits of care: the expected share of each outcome, by age, of those who were infected."""
    scenario = Scenario(days=200, variants=(WILD.with_reproduction(5.0),), orders=(Outbreak(infected=100),))
    runs = simulate_many(large, scenario, seeds=range(4)).runs
    course = course_of([WILD])
    by_age = sum(run.by_band("infections").sum(axis=0) for run in runs)
    assert sum(run.total("symptomatic") for run in runs) == pytest.approx(by_age @ course.symptomatic, rel=0.01)
    risk = course.symptomatic * course.severe[0] * course.critical * course.fatal
    died, expected = sum(run.total("deaths") for run in runs), by_age @ risk
    assert died == pytest.approx(expected, abs=4 * np.sqrt(expected))


def test_without_any_care_patients_turn_critical_and_die_more_often_by_the_factors_given(large):
    variants = (WILD.with_reproduction(5.0),)
    outbreak = Outbreak(infected=100)
    none = Treatment(tier_2=0, tier_3=0, oxygen=0, without_care=1.0, without_intensive_care=1.0)
    same, plain = (
        simulate_many(large, Scenario(days=150, variants=variants, orders=orders), seeds=range(3))
        for orders in ((outbreak, none), (outbreak,))
    )
    assert abs(same.totals("deaths").sum() - plain.totals("deaths").sum()) < 4 * np.sqrt(plain.totals("deaths").sum())


def test_lognormal_days_have_their_mean_and_spread():
    days = lognormal_days(8.0, 2.0)
    assert days.mean() == pytest.approx(8.0, abs=0.05)
    assert days.std() == pytest.approx(2.0, abs=0.1)


def test_a_reproduction_number_out_of_reach_is_refused():
    lonely = network(100, {0: households_of(100, 2)})
    with pytest.raises(ValueError, match="no transmission gives"):
        compile_plan(Scenario(orders=(Outbreak(infected=1),)), lonely)


def test_a_variant_that_escapes_infects_the_vaccinated(large):
    shield = Vaccination(doses_a_day=0, already=1.0, uptake=1.0, infection=(0.9, 0.9))
    totals = []
    for escape in (0.0, 1.0):
        scenario = Scenario(
            days=60,
            variants=(replace(DELTA, escape=escape),),
            orders=(Outbreak(infected=100), shield),
        )
        totals.append(simulate(large, scenario).total("infections"))
    assert totals[1] > 2 * totals[0]
