"""What contact layers, roles, confinements and daily series there are, as the numbers that kernels use."""

LAYERS = ("household", "school", "work", "community", "gathering")
HOUSEHOLD, SCHOOL, WORK, COMMUNITY, GATHERING = range(len(LAYERS))
# Beside the layers, an area restricts contacts across communes, and whether its people leave it for a park.
TRAVEL, LEAVING = len(LAYERS), len(LAYERS) + 1
KINDS = (*LAYERS, "travel", "leaving")

ROLES = ("none", "pupil", "teacher", "worker", "park worker", "health worker")
NOBODY, PUPIL, TEACHER, WORKER, PARK_WORKER, HEALTH_WORKER = range(len(ROLES))
ELDERLY_BIT, ADULT_BIT, EVERYONE = 64, 128, 255
ELDERLY_FROM, ADULT_FROM = 65, 18

CONFINEMENTS = ("free", "home quarantine", "site quarantine", "home isolation", "hospital", "on site at work", "dead")
FREE, HOME_QUARANTINE, SITE_QUARANTINE, HOME_ISOLATION, HOSPITAL, ON_SITE, DEAD = range(len(CONFINEMENTS))

BANDS = (*(f"{age}-{age + 9}" for age in range(0, 90, 10)), "90+")

NEVER = 32_000
"""A day that does not come."""

SERIES = (
    "infections", "symptomatic", "cases", "deaths", "recoveries", "susceptible", "latent", "infectious", "recovered",
    "dead", "tests", "positive_tests", "cases_traced", "cases_waiting_for_tracing", "contacts_first", "contacts_second",
    "quarantine_site", "quarantine_home", "quarantine_turned_away", "cross_infections", "isolation_home", "beds_tier_1",
    "beds_tier_2", "beds_tier_3", "waiting_for_bed", "oxygen", "waiting_for_oxygen", "doses_first", "doses_second",
    "arrivals_infected", "arrivals_caught", "workdays_lost", "workdays_lost_parks", "school_days_lost", "on_site_workers",
    "infections_household", "infections_school", "infections_work", "infections_community", "infections_gathering",
    "kits", "protective_sets",
)  # fmt: skip
(
    INFECTIONS, SYMPTOMATIC, CASES, DEATHS, RECOVERIES, SUSCEPTIBLE, LATENT, INFECTIOUS, RECOVERED,
    DIED, TESTS, POSITIVE_TESTS, CASES_TRACED, TRACING_QUEUE, CONTACTS_FIRST, CONTACTS_SECOND,
    QUARANTINE_SITE, QUARANTINE_HOME, TURNED_AWAY, CROSS_INFECTIONS, ISOLATED_HOME, BEDS_1,
    BEDS_2, BEDS_3, WAITING_BED, OXYGEN, WAITING_OXYGEN, DOSES_FIRST, DOSES_SECOND,
    ARRIVALS_INFECTED, ARRIVALS_CAUGHT, WORKDAYS, WORKDAYS_PARKS, SCHOOL_DAYS, ON_SITE_WORKERS,
    INFECTIONS_LAYER, _, _, _, _,
    KITS, PROTECTIVE_SETS,
) = range(len(SERIES))  # fmt: skip
STOCKS = frozenset({
    SUSCEPTIBLE, LATENT, INFECTIOUS, RECOVERED, DIED, TRACING_QUEUE, QUARANTINE_SITE, QUARANTINE_HOME, ISOLATED_HOME,
    BEDS_1, BEDS_2, BEDS_3, WAITING_BED, OXYGEN, WAITING_OXYGEN, ON_SITE_WORKERS,
})  # fmt: skip
"""Series that count who is in a state at the day's end; the others count what happened in the day."""

PLACE_SERIES = ("infections", "cases", "deaths", "hospital", "quarantine")
PLACE_INFECTIONS, PLACE_CASES, PLACE_DEATHS, PLACE_HOSPITAL, PLACE_QUARANTINE = range(len(PLACE_SERIES))
"""What is counted for each commune and each age band: new infections, cases, deaths, admissions, people quarantined."""
