"""Work that is left to the worker."""

from contextlib import suppress
from typing import Any

from django.db import transaction


def defer_once(job: str, **arguments: Any) -> None:
    """Leave a job to the worker, behind whatever else waits; asked again before it began, it is done once."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import AlreadyEnqueued

    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(job, queueing_lock=job).defer(**arguments)
