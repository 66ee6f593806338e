"""Each measure alone does what it is for, on average over seeds; nothing left of it, and it does nothing."""

import numpy as np
import pytest

from epidemic.simulation import (
    DELTA,
    Arrivals,
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
    simulate,
    simulate_many,
)

FIND = (Sampling(share=0.3), Isolation())
CATCH = (*FIND, Tracing(), Quarantine())


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ((), (FiveMeasures(compliance=0.5),)),
        ((FiveMeasures(compliance=0.4),), (FiveMeasures(compliance=0.9),)),
        ((), (Distancing(level="19"),)),
        ((Distancing(level="19"),), (Distancing(level="15"),)),
        ((Distancing(level="15"),), (Distancing(level="16"),)),
        ((Distancing(level="level-1"),), (Distancing(level="level-2"),)),
        ((Distancing(level="level-2"),), (Distancing(level="level-3"),)),
        ((Distancing(level="level-3"),), (Distancing(level="level-4"),)),
        ((), (Closing(what=("schools",)),)),
        ((), (Closing(what=("gatherings",)),)),
        ((), (Closing(what=("workplaces",)),)),
        ((), (StayInPlace(),)),
        ((Lockdown(area=("H01",)),), (Lockdown(),)),
        ((Lockdown(since=30),), (Lockdown(since=10),)),
        ((Sampling(share=0.3),), FIND),
        (FIND, (Sampling(share=0.9), Isolation())),
        (FIND, (Sampling(share=0.3, turnaround=5), Sampling(who="random", tests_a_day=2000), Isolation())),
        ((Isolation(), Sampling(share=0.9, tests_a_day=5)), (Isolation(), Sampling(share=0.9, tests_a_day=500))),
        ((Isolation(), Sampling(share=0.9, turnaround=5)), (Isolation(), Sampling(share=0.9, turnaround=1))),
        (FIND, CATCH),
        ((*FIND, Tracing(delay=6), Quarantine()), CATCH),
        ((*FIND, Tracing(cases_a_day=2), Quarantine()), CATCH),
        ((*FIND, Tracing(household=0.3, work=0.1, school=0.1, community=0), Quarantine()), CATCH),
        (CATCH, (*FIND, Tracing(second=1.0), Quarantine())),
        ((*FIND, Tracing(), Quarantine(adherence=0.2)), CATCH),
        ((*FIND, Tracing(), Quarantine(cross_contacts=20.0)), CATCH),
        ((), (Vaccination(doses_a_day=200, interval=21),)),
        ((Vaccination(doses_a_day=50),), (Vaccination(doses_a_day=500),)),
        ((Vaccination(doses_a_day=0, already=0.3),), (Vaccination(doses_a_day=0, already=0.9),)),
        (
            (Vaccination(doses_a_day=0, already=0.9, half_life=15),),
            (Vaccination(doses_a_day=0, already=0.9),),
        ),
    ],
)
def test_more_of_a_measure_means_fewer_infections(run_many, mean_total, weaker, stronger):
    before, after = (run_many(*orders, seeds=10) for orders in (weaker, stronger))
    assert mean_total(after, "infections") < 0.99 * mean_total(before, "infections")


def test_closed_schools_infect_nobody_and_lose_every_school_day(population, run_many):
    closed = run_many(Closing(what=("schools",)), days=40, seeds=1).runs[0]
    pupils = np.count_nonzero(population.people.role == 1)
    assert closed.total("infections_school") == 0
    assert (closed.series("school_days_lost") == pupils).all()


def test_a_closed_park_stops_infections_at_its_lines_only(population, run_many):
    workers = population.people.park == 1
    assert workers.sum() > 500
    run = run_many(Closing(what=("parks",), area=("North",)), days=30, seeds=1).runs[0]
    assert (run.series("workdays_lost_parks") >= workers.sum()).all()
    pairs = [
        (by, person)
        for person, by in enumerate(run.infected_by)
        if by >= 0 and workers[person] and workers[by] and population.household[by] != population.household[person]
    ]
    other_ways = [
        np.isin(person, population.contacts.of(by, 3)) or np.isin(person, population.contacts.of(by, 4))
        for by, person in pairs
    ]
    assert all(other_ways)


def test_a_locked_commune_is_left_alone(population):
    """With full adherence nothing but what happens inside households reaches a locked commune from elsewhere."""
    lock = Lockdown(area=("X024",), adherence=1.0)
    inside = population.commune == 23
    for seed in range(5):
        run = simulate(population, Scenario(days=60, orders=(Outbreak(infected=20, area=("H01",)), lock)), seed=seed)
        assert (run.infected_on[inside] >= 0).sum() == 0
        assert run.total("infections") > 100


def test_an_order_ends_after_its_last_day(run_many):
    run = run_many(Closing(what=("schools",), since=5, until=9), days=20, seeds=1).runs[0]
    assert (run.series("school_days_lost")[5:10] > 1000).all()
    assert (run.series("school_days_lost")[[4, 10]] < 500).all()


def test_at_the_plant_nobody_infects_the_family(population, run_many, mean_total):
    run = run_many(ThreeOnTheSpot(share=1.0), days=50, seeds=1).runs[0]
    workers = population.people.park > 0
    assert (run.series("on_site_workers")[:3] > 0.95 * workers.sum()).all()
    across = [person for person, by in enumerate(run.infected_by) if by >= 0 and workers[by] and not workers[person]]
    assert len(across) <= 3  # only those released from isolation are out of the plant
    before, after = (run_many(*orders, seeds=10) for orders in ((), (ThreeOnTheSpot(share=1.0),)))
    assert mean_total(after, "infections") < mean_total(before, "infections")


def test_tests_that_run_out_are_never_exceeded(run_many):
    run = run_many(Sampling(share=1.0, tests_a_day=40), Isolation(), seeds=1).runs[0]
    assert run.series("tests").max() <= 41
    assert run.total("cases") > 0


def test_random_tests_find_the_ill_and_the_well_alike(run_many):
    ill_only, anybody = (
        run_many(Sampling(who=who, tests_a_day=600.0, share=1.0), seeds=1).runs[0] for who in ("symptomatic", "random")
    )
    assert anybody.total("cases") > ill_only.total("symptomatic") * 0.5
    assert anybody.total("cases") > 1.05 * 0.05 * anybody.total("infections")
    assert (anybody.series("tests") == 600).all()


def test_pools_need_fewer_tests_for_the_same_people(run_many, mean_total):
    single, pooled = (
        run_many(Sampling(who="targeted", share=1.0, every=7, pool=pool), Isolation(), days=10) for pool in (1, 10)
    )
    assert mean_total(pooled, "cases") == mean_total(single, "cases")
    assert mean_total(pooled, "tests") < 0.5 * mean_total(single, "tests")


def test_rounds_come_every_so_many_days(run_many):
    run = run_many(Sampling(who="targeted", groups=("parks",), share=1.0, every=7, since=3), days=30, seeds=1).runs[0]
    assert np.flatnonzero(run.series("tests")).tolist() == [3, 10, 17, 24]


def test_a_site_that_is_full_turns_people_away_to_their_homes(run_many):
    roomy, full = (run_many(*FIND, Tracing(), Quarantine(places=places), seeds=1).runs[0] for places in (1e9, 30))
    assert roomy.total("quarantine_turned_away") == 0
    assert roomy.total("quarantine_home") == 0
    assert full.total("quarantine_turned_away") > 0
    assert full.total("quarantine_home") > 0
    assert full.series("quarantine_site").max() == 30


def test_nobody_is_cross_infected_where_residents_do_not_meet(run_many):
    apart, together = (
        run_many(*FIND, Tracing(), Quarantine(cross_contacts=contacts), seeds=1).runs[0] for contacts in (0.0, 5.0)
    )
    assert apart.total("cross_infections") == 0
    assert together.total("cross_infections") > 0


def test_quarantine_ends_after_its_days(run_many):
    run = run_many(*FIND, Tracing(until=10), Quarantine(days=14, until=10), days=60, seeds=1).runs[0]
    assert run.series("quarantine_site")[10] > 0
    assert run.series("quarantine_site")[26] == 0


def test_beds_that_run_out_cost_lives(run_many, mean_total):
    old = {"days": 90, "seeds": 12}
    enough, none = (run_many(Treatment(tier_2=beds, tier_3=beds, oxygen=beds), **old) for beds in (float("inf"), 0))
    assert mean_total(none, "deaths") > 1.3 * mean_total(enough, "deaths")
    assert mean_total(none, "waiting_for_bed") > 0
    assert mean_total(none, "beds_tier_2") == mean_total(none, "beds_tier_3") == 0


def test_oxygen_alone_that_runs_out_costs_lives(run_many, mean_total):
    enough, none = (run_many(Treatment(oxygen=oxygen), days=90, seeds=12) for oxygen in (float("inf"), 0))
    assert mean_total(none, "deaths") > mean_total(enough, "deaths")
    assert mean_total(none, "oxygen") == 0


def test_a_vaccine_that_spares_only_the_severe_changes_deaths_and_hardly_infections(run_many, mean_total):
    spares = Vaccination(doses_a_day=0, already=1.0, uptake=1.0, infection=(0, 0), passing_on=(0, 0), severe=(1.0, 1.0))
    plain, spared = run_many(days=90), run_many(spares, days=90)
    assert mean_total(spared, "infections") == pytest.approx(mean_total(plain, "infections"), rel=0.005)
    assert mean_total(spared, "deaths") < 0.2 * mean_total(plain, "deaths")


def test_doses_go_to_the_first_group_first_and_second_doses_before_first_ones(population, run_many):
    run = run_many(Vaccination(doses_a_day=40, groups=("health", "adults"), interval=21, uptake=1.0), seeds=1).runs[0]
    assert (run.series("doses_first")[:21] == 40).all()
    given = run.series("doses_first")[21:42] + run.series("doses_second")[21:42]
    assert (given == 40).all()
    assert run.series("doses_second")[21:42].sum() > 0.97 * given.sum()


def test_a_checkpoint_finds_its_share_of_arrivals(population):
    harmless = (DELTA.with_reproduction(0.0),)
    orders = (Arrivals(people_a_day=100, infected=0.02), Checkpoint(found=0.7))
    runs = simulate_many(population, Scenario(days=60, variants=harmless, orders=orders), seeds=range(8)).runs
    infected, caught = (sum(run.total(name) for run in runs) for name in ("arrivals_infected", "arrivals_caught"))
    assert 960 - 4 * 31 < infected < 960 + 4 * 31
    assert 0.63 < caught / infected < 0.77


def test_a_site_spares_the_household_what_quarantine_at_home_does_not(run_many, mean_total):
    home, site = (run_many(*FIND, Tracing(), Quarantine(at_site=share, cross_contacts=0.0)) for share in (0.0, 1.0))
    at_home, at_site = (
        mean_total(runs, "infections_household") / mean_total(runs, "infections") for runs in (home, site)
    )
    assert at_site < 0.9 * at_home


def test_of_two_restrictions_the_stricter_counts(run_many):
    both, strict = (
        run_many(*orders, seeds=2)
        for orders in ((Distancing(level="16"), Distancing(level="19")), (Distancing(level="16"),))
    )
    assert (both.totals("infections") == strict.totals("infections")).all()


def test_protection_that_wanes_lets_people_fall_ill_again(run_many):
    once, again = (run_many(days=120, seeds=1, immunity_half_life=half).runs[0] for half in (float("inf"), 20.0))
    assert once.total("infections") <= 12_000
    assert again.total("infections") > 1.2 * once.total("infections")
