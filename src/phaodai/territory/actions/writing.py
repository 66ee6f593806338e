"""How reference data is written: by the installation, through the owner's door, in one transaction, set by set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg import sql

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed
from phaodai.foundation.scope import Actor

OWNER = "owner"
"""The database alias of the installation itself."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Who states what of which day: the source is the name of a file or of what stands for one."""

    actor: Actor
    moment: datetime
    on: date
    source: str
    gazetteer: str
    using: str

    @contextmanager
    def writing(self) -> Iterator[CursorWrapper]:
        """One transaction that may write the territory."""
        if self.actor.reach != "all":
            raise NotAllowed(_("Only the installation loads the territory: ask whoever keeps this system."))
        with transaction.atomic(using=self.using), connections[self.using].cursor() as cursor:
            cursor.execute("select set_config('phaodai.reach', 'all', true)")
            yield cursor

    def tell(self, kind: str, subject: int, **payload: Any) -> None:
        """Journal the fact beside what was written, through the same door."""
        payload = {"on": self.on.isoformat(), "source": self.source, "gazetteer": self.gazetteer} | payload
        fact = Fact(kind=kind, subject_id=subject, moment=self.moment, officer_id=self.actor.officer, payload=payload)
        fact.save(using=self.using)


def stage(cursor: CursorWrapper, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows into a temporary table of these columns and types; tables under row-level security take no COPY."""
    name = sql.Identifier(table).as_string()
    fields = ", ".join(f"{sql.Identifier(column).as_string()} {kind}" for column, kind in columns.items())
    cursor.execute(f"drop table if exists {name}")
    cursor.execute(f"create temporary table {name} ({fields}) on commit drop")
    with cursor.copy(f"copy {name} from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"analyze {name}")
