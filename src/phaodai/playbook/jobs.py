"""What the clock sets going across contexts."""

from procrastinate import App

from phaodai.care.actions.alarms import watch_alarms
from phaodai.care.actions.transfers import tell_late
from phaodai.containment.actions.checks import tell_overdue
from phaodai.containment.actions.gatherings_answering import tend_gatherings
from phaodai.containment.actions.levels import compute_every_province
from phaodai.containment.actions.zones_reckoning import reckon_all_zones
from phaodai.foresight.actions.estimating import estimate_what_changed
from phaodai.foresight.actions.scenario_runs import JOB as SCENARIOS
from phaodai.foresight.actions.scenario_runs import call_worker
from phaodai.foresight.actions.scenario_work import work_on_runs
from phaodai.foresight.actions.triggers import watch_triggers
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import propose_duplicates
from phaodai.playbook.actions import follow_facts, sweep_tasks
from phaodai.surveillance.actions.alarms import DETECTING, detect_everywhere
from phaodai.surveillance.actions.clock import watch_clocks
from phaodai.surveillance.actions.visits import keep_every_cache, tend_visits
from phaodai.surveillance.sheets.intake import READING, broken_off, read_waiting
from phaodai.vaccination.actions.certificates_orders import JOB as CERTIFICATES
from phaodai.vaccination.actions.certificates_orders import call_worker as call_certificates
from phaodai.vaccination.actions.certificates_orders import work_on_orders
from phaodai.vaccination.actions.claims import tell_claims
from phaodai.vaccination.actions.coverage import refresh_coverage
from phaodai.vaccination.actions.identities import match_waiting
from phaodai.vaccination.sheets import doses_intake, lists_intake


def register(app: App) -> None:
    """Put the periodic jobs on the worker's calendar."""
    for group in _GROUPS:
        group(app)

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="playbook.sweep", queueing_lock="playbook.sweep", pass_context=False)
    def sweep(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="sweep"):
            sweep_tasks(actor=SYSTEM, moment=clock.now())

    # At 02:40 in Vietnam: people move, are born and die, and who is inside of a zone changes with them.
    @app.periodic(cron="40 19 * * *")
    @app.task(name="containment.zones", queueing_lock="containment.zones", pass_context=False)
    def zones(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="zones"):
            reckon_all_zones(actor=SYSTEM, moment=clock.now())

    # Every ten minutes, so that a day's sheets are estimated together soon after the last one came.
    @app.periodic(cron="5-59/10 * * * *")
    @app.task(name="foresight.estimates", queueing_lock="foresight.estimates", pass_context=False)
    def estimates(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="estimates"):
            estimate_what_changed(actor=SYSTEM, moment=clock.now())

    @app.periodic(cron="20 * * * *")
    @app.task(name="surveillance.clocks", queueing_lock="surveillance.clocks", pass_context=False)
    def clocks(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="clocks"):
            watch_clocks(actor=SYSTEM, moment=clock.now())

    # Hourly: sheets come during the day, and the own books are counted up to yesterday whatever the clock was shifted to.
    @app.periodic(cron="30 * * * *")
    @app.task(name=DETECTING, queueing_lock=DETECTING, pass_context=False)
    def detect(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="detect"):
            detect_everywhere(actor=SYSTEM, moment=clock.now())

    # What was packed is there for other machines before this one derives its cache from it.
    @app.periodic(cron="*/10 * * * *")
    @app.task(name="surveillance.visits", queueing_lock="surveillance.visits", pass_context=False)
    def visits(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="visits"):
            since = tend_visits(actor=SYSTEM, moment=clock.now())
        with entering(SYSTEM, why="visits"):
            keep_every_cache(since=since)

    @app.periodic(cron="* * * * *")
    @app.task(name="playbook.follow", queueing_lock="playbook.follow", pass_context=False)
    def follow(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="follow"):
            follow_facts(actor=SYSTEM, moment=clock.now())


def _register_records(app: App) -> None:
    """Sheets that are being read, and persons who are recorded twice."""

    @app.task(name=READING, pass_context=False)
    def read_line_list(line_list_id: int) -> None:
        read_waiting(line_list_id)

    # A sheet whose reading was broken off, by a restart or a power cut, is gone on with.
    @app.periodic(cron="*/2 * * * *")
    @app.task(name="surveillance.line_lists", queueing_lock="surveillance.line_lists", pass_context=False)
    def line_lists(timestamp: int) -> None:
        del timestamp
        for line_list_id in broken_off():
            read_waiting(line_list_id)

    @app.periodic(cron="40 2 * * *")
    @app.task(name="people.duplicates", queueing_lock="people.duplicates", pass_context=False)
    def duplicates(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="duplicates"):
            propose_duplicates(actor=SYSTEM, moment=clock.now())


def _register_priority_lists(app: App) -> None:
    """Lists of people to vaccinate; one whose reading was broken off is gone on with."""

    @app.task(name=lists_intake.READING, pass_context=False)
    def read_list(list_id: int) -> None:
        lists_intake.read_waiting(list_id)

    @app.periodic(cron="*/2 * * * *")
    @app.task(name="vaccination.lists", queueing_lock="vaccination.lists", pass_context=False)
    def priority_lists(timestamp: int) -> None:
        del timestamp
        for list_id in lists_intake.broken_off():
            lists_intake.read_waiting(list_id)


def _register_scenarios(app: App) -> None:
    """Scenarios, computed in slices so that other work is done in between, and what sets their levels off."""

    @app.task(name=SCENARIOS, pass_context=False)
    def scenarios() -> None:
        if work_on_runs():
            call_worker()

    # A run that was broken off, by a restart or a power cut, is gone on with.
    @app.periodic(cron="* * * * *")
    @app.task(name="foresight.scenarios_again", queueing_lock="foresight.scenarios_again", pass_context=False)
    def scenarios_again(timestamp: int) -> None:
        del timestamp
        if work_on_runs():
            call_worker()

    # After the hour's levels and estimates.
    @app.periodic(cron="27 * * * *")
    @app.task(name="foresight.triggers", queueing_lock="foresight.triggers", pass_context=False)
    def triggers(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="triggers"):
            watch_triggers(actor=SYSTEM, moment=clock.now())


def _register_containment(app: App) -> None:
    """Hourly, so that a shifted clock and a level that begins at any hour are met: levels, gatherings, findings."""

    # Hourly, so that the day's levels stand by morning on a shifted clock too; what did not change is not written again.
    @app.periodic(cron="10 * * * *")
    @app.task(name="containment.levels", queueing_lock="containment.levels", pass_context=False)
    def levels(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="levels"):
            compute_every_province(actor=SYSTEM, moment=clock.now())

    @app.periodic(cron="15 * * * *")
    @app.task(name="containment.gatherings", queueing_lock="containment.gatherings", pass_context=False)
    def gatherings(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="gatherings"):
            tend_gatherings(actor=SYSTEM, moment=clock.now())

    @app.periodic(cron="25 * * * *")
    @app.task(name="containment.findings", queueing_lock="containment.findings", pass_context=False)
    def findings(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="findings"):
            tell_overdue(actor=SYSTEM, moment=clock.now())


def _register_care(app: App) -> None:
    """Each minute: what a family raised is told, and an alarm that nobody answers goes on to the next step."""

    @app.periodic(cron="* * * * *")
    @app.task(name="care.alarms", queueing_lock="care.alarms", pass_context=False)
    def alarms(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="alarms"):
            watch_alarms(actor=SYSTEM, moment=clock.now())


def _register_vaccination(app: App) -> None:
    """Coverage counted again where doses changed, and certificates of whole communes, in slices."""

    @app.periodic(cron="* * * * *")
    @app.task(name="vaccination.coverage", queueing_lock="vaccination.coverage", pass_context=False)
    def coverage(timestamp: int) -> None:
        del timestamp
        more = True
        while more:
            with entering(SYSTEM, why="coverage"):
                more = bool(refresh_coverage(actor=SYSTEM, moment=clock.now()))

    @app.task(name=CERTIFICATES, pass_context=False)
    def certificates() -> None:
        if work_on_orders():
            call_certificates()

    # An order that was broken off, by a restart or a power cut, is gone on with.
    @app.periodic(cron="*/2 * * * *")
    @app.task(name="vaccination.certificates_again", queueing_lock="vaccination.certificates_again", pass_context=False)
    def certificates_again(timestamp: int) -> None:
        del timestamp
        if work_on_orders():
            call_certificates()


def _register_doses(app: App) -> None:
    """What people tell after a dose; sheets of doses, also where one was broken off; doses that found nobody yet."""

    @app.periodic(cron="* * * * *")
    @app.task(name="vaccination.claims", queueing_lock="vaccination.claims", pass_context=False)
    def claims(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="claims"):
            tell_claims(actor=SYSTEM, moment=clock.now())

    @app.task(name=doses_intake.READING, pass_context=False)
    def read_dose_sheet(sheet_id: int) -> None:
        doses_intake.read_waiting(sheet_id)

    @app.periodic(cron="1-59/2 * * * *")
    @app.task(name="vaccination.dose_sheets", queueing_lock="vaccination.dose_sheets", pass_context=False)
    def dose_sheets(timestamp: int) -> None:
        del timestamp
        for sheet_id in doses_intake.broken_off():
            doses_intake.read_waiting(sheet_id)

    @app.periodic(cron="10 3 * * *")
    @app.task(name="vaccination.identities", queueing_lock="vaccination.identities", pass_context=False)
    def identities(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="identities"):
            match_waiting(actor=SYSTEM, moment=clock.now())


def _register_transfers(app: App) -> None:
    """Every minute: an emergency may wait ten."""

    @app.periodic(cron="* * * * *")
    @app.task(name="care.transfers", queueing_lock="care.transfers", pass_context=False)
    def transfers(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="transfers"):
            tell_late(actor=SYSTEM, moment=clock.now())


_GROUPS = (
    _register_records,
    _register_scenarios,
    _register_priority_lists,
    _register_containment,
    _register_vaccination,
    _register_care,
    _register_doses,
)
