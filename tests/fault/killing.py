"""Killing a process that is in the middle of something."""

import os
import signal
import time
from collections.abc import Callable


def lived_to_the_end(deed: Callable[[], None], seconds: float) -> bool:
    """Do something in a process that is killed after some time; whether it was faster than that."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        deed()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
