"""The owner's door to the database, by which an installation writes what no officer may."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

OWNER = "owner"
"""The database alias of the installation itself."""


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that may write every row: the owner too is held by row-level security."""
    with transaction.atomic(using=OWNER):
        with connections[OWNER].cursor() as cursor:
            cursor.execute("select set_config('phaodai.reach', 'all', true)")
        yield
