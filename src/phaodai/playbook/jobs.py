"""What the clock sets going across contexts."""

from procrastinate import App

from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import follow_facts, sweep_tasks


def register(app: App) -> None:
    """Put the periodic jobs on the worker's calendar."""

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="playbook.sweep", queueing_lock="playbook.sweep", pass_context=False)
    def sweep(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="sweep"):
            sweep_tasks(actor=SYSTEM, moment=clock.now())

    @app.periodic(cron="* * * * *")
    @app.task(name="playbook.follow", queueing_lock="playbook.follow", pass_context=False)
    def follow(timestamp: int) -> None:
        del timestamp
        with entering(SYSTEM, why="follow"):
            follow_facts(actor=SYSTEM, moment=clock.now())
