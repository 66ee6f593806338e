"""What the clock sets going across contexts."""

from procrastinate import App

from phaodai.containment.actions.levels import compute_every_province
from phaodai.foresight.actions.estimating import estimate_what_changed
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import follow_facts, sweep_tasks
from phaodai.surveillance.actions.clock import watch_clocks
from phaodai.surveillance.actions.visits import keep_every_cache, tend_visits


def register(app: App) -> None:
    """Put the periodic jobs on the worker's calendar."""

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="playbook.sweep", queueing_lock="playbook.sweep", pass_context=False)
    def sweep(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="sweep"):
            sweep_tasks(actor=SYSTEM, moment=clock.now())

    # Hourly, so that the day's levels stand by morning on a shifted clock too; what did not change is not written again.
    @app.periodic(cron="10 * * * *")
    @app.task(name="containment.levels", queueing_lock="containment.levels", pass_context=False)
    def levels(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="levels"):
            compute_every_province(actor=SYSTEM, moment=clock.now())

    @app.periodic(cron="20 * * * *")
    @app.task(name="surveillance.clocks", queueing_lock="surveillance.clocks", pass_context=False)
    def clocks(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="clocks"):
            watch_clocks(actor=SYSTEM, moment=clock.now())

    # Every ten minutes, so that a day's sheets are estimated together soon after the last one came.
    @app.periodic(cron="5-59/10 * * * *")
    @app.task(name="foresight.estimates", queueing_lock="foresight.estimates", pass_context=False)
    def estimates(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="estimates"):
            estimate_what_changed(actor=SYSTEM, moment=clock.now())

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
