"""What holds of every run, whatever is ordered."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epidemic.simulation import (
    Arrivals,
    Biology,
    Checkpoint,
    Closing,
    Distancing,
    FiveMeasures,
    Isolation,
    Lockdown,
    Outbreak,
    Quarantine,
    Sampling,
    Scenario,
    StayInPlace,
    ThreeOnTheSpot,
    Tracing,
    Treatment,
    Vaccination,
    compile_plan,
    run_plan,
    simulate,
    simulate_many,
)
from epidemic.simulation.kinds import PLACE_SERIES, SERIES, STOCKS

EVERYTHING = (
    Outbreak(infected=40),
    Outbreak(infected=5, area=("North",), since=3),
    Arrivals(people_a_day=20, infected=0.05),
    Checkpoint(found=0.5, since=5),
    FiveMeasures(compliance=0.5),
    Distancing(level="15", since=10, until=30),
    Closing(what=("schools", "gatherings"), since=8, until=40),
    Lockdown(area=("X002", "X003/1"), since=12, until=26),
    StayInPlace(area=("H02",), since=15, until=29),
    Sampling(share=0.4, tests_a_day=200),
    Sampling(who="targeted", groups=("parks",), share=0.8, every=5, pool=5, area=("North",)),
    Sampling(who="random", tests_a_day=50),
    Tracing(cases_a_day=20, delay=1, second=0.5),
    Quarantine(places=60),
    Isolation(),
    Treatment(tier_1=20, tier_2=6, tier_3=2, oxygen=5),
    Vaccination(doses_a_day=100, interval=21, delay=7),
    ThreeOnTheSpot(share=0.5, since=20, area=("South",)),
)


def chosen(numbers):
    return (EVERYTHING[0], *(EVERYTHING[number] for number in sorted(numbers) if number))


@pytest.fixture(scope="module")
def busy(population):
    return simulate(population, Scenario(days=70, orders=EVERYTHING, immunity_half_life=40.0), seed=5)


def test_the_compartments_sum_to_the_people_every_day(population, busy):
    parts = [busy.series(name) for name in ("susceptible", "latent", "infectious", "recovered", "dead")]
    assert (np.sum(parts, axis=0) == population.size).all()
    assert all((part >= 0).all() for part in parts)


def test_every_series_is_moved_by_a_scenario_with_everything(busy):
    silent = [name for name in SERIES if not busy.series(name).any()]
    assert silent == []


def test_flows_and_stocks_agree(population, busy):
    assert busy.series("dead")[-1] == busy.total("deaths")
    assert busy.series("latent")[-1] + busy.series("infectious")[-1] == (
        busy.total("infections") - busy.total("recoveries") - busy.total("deaths")
    )
    named = sum(
        busy.total(f"infections_{layer}") for layer in ("household", "school", "work", "community", "gathering")
    )
    assert named + busy.total("arrivals_infected") + busy.total("cross_infections") == busy.total("infections")


def test_communes_and_age_bands_sum_to_the_province(busy):
    for name in ("infections", "cases", "deaths"):
        assert (busy.by_commune(name).sum(axis=1) == busy.series(name)).all()
        assert (busy.by_band(name).sum(axis=1) == busy.series(name)).all()
    assert set(PLACE_SERIES) >= {"infections", "cases", "deaths"}


def test_capacities_are_never_exceeded(busy):
    assert busy.series("quarantine_site").max() <= 60
    assert busy.series("cases_traced").max() <= 20
    assert busy.series("beds_tier_1").max() <= 20
    assert busy.series("beds_tier_2").max() <= 6
    assert busy.series("beds_tier_3").max() <= 2
    assert busy.series("oxygen").max() <= 5
    assert (busy.series("doses_first") + busy.series("doses_second")).cumsum()[-1] <= 70 * 100


def test_one_seed_gives_one_run_and_another_another(population, busy):
    scenario = Scenario(days=70, orders=EVERYTHING, immunity_half_life=40.0)
    again, other = simulate(population, scenario, seed=5), simulate(population, scenario, seed=6)
    assert (again.tallies.daily == busy.tallies.daily).all()
    assert (again.infected_by == busy.infected_by).all()
    assert (other.tallies.daily != busy.tallies.daily).any()


def test_threads_do_not_matter(population):
    scenario = Scenario(days=40, orders=EVERYTHING)
    alone = simulate_many(population, scenario, seeds=range(4), threads=1)
    together = simulate_many(population, scenario, seeds=range(4), threads=4)
    assert together.seeds == alone.seeds
    for one, other in zip(alone.runs, together.runs, strict=True):
        assert (one.tallies.daily == other.tallies.daily).all()
        assert (one.tallies.communes == other.tallies.communes).all()


def test_scenarios_share_their_noise_until_they_differ(population):
    before = simulate(population, Scenario(days=40, orders=EVERYTHING[:1]))
    after = simulate(population, Scenario(days=40, orders=(*EVERYTHING[:1], Lockdown(since=15))))
    series = SERIES.index("infections")
    assert (before.tallies.daily[:15] == after.tallies.daily[:15]).all()
    assert before.tallies.daily[15:, series].sum() > after.tallies.daily[15:, series].sum()


def test_a_measure_that_changes_nothing_changes_no_number(population):
    plain = simulate(population, Scenario(days=40, orders=EVERYTHING[:1]))
    idle = (FiveMeasures(compliance=0.0), Lockdown(adherence=0.0), Sampling(share=0.0), ThreeOnTheSpot(share=0.0))
    same = simulate(population, Scenario(days=40, orders=(*EVERYTHING[:1], *idle)))
    infections = SERIES.index("infections")
    assert (plain.tallies.daily[:, infections] == same.tallies.daily[:, infections]).all()
    assert (plain.infected_by == same.infected_by).all()


def test_nobody_infects_without_transmission(population):
    plan = compile_plan(Scenario(days=30, orders=EVERYTHING[:1]), population)
    run = run_plan(population, plan._replace(transmission=plan.transmission * 0), seed=1)
    assert run.total("infections") == 40


def test_an_outbreak_of_nobody_stays_nobody(population):
    run = simulate(
        population, Scenario(days=30, orders=(Outbreak(infected=0), Treatment(tier_2=0, tier_3=0, oxygen=0)))
    )
    moved = [name for name in SERIES if run.series(name).any() and SERIES.index(name) not in STOCKS]
    assert moved == []


def test_infections_follow_the_network_and_time(population, busy):
    infected = np.flatnonzero(busy.infected_by >= 0)
    plain = simulate(population, Scenario(days=50, orders=EVERYTHING[:1], biology=Biology(dispersion=0)), seed=2)
    for person in np.flatnonzero(plain.infected_by >= 0)[:300]:
        by = plain.infected_by[person]
        at = population.contacts.offsets[by * 5], population.contacts.offsets[by * 5 + 5]
        assert person in population.contacts.neighbours[at[0] : at[1]]
        assert plain.infected_on[by] < plain.infected_on[person]
    assert len(infected) > 0


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(numbers=st.sets(st.integers(0, len(EVERYTHING) - 1)), seed=st.integers(0, 2**40))
def test_any_set_of_orders_keeps_the_books(population, numbers, seed):
    run = simulate(population, Scenario(days=45, orders=chosen(numbers)), seed=seed)
    parts = [run.series(name) for name in ("susceptible", "latent", "infectious", "recovered", "dead")]
    assert (np.sum(parts, axis=0) == population.size).all()
    assert (run.tallies.daily >= 0).all()
    assert (run.by_commune("infections").sum(axis=1) == run.series("infections")).all()
    assert run.series("susceptible")[-1] >= population.size - run.total("infections")
