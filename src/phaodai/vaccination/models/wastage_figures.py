"""Doses brought, given, lost and left, from the vial accounts of sessions; of a session that still runs, from its doses."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from phaodai.foundation.scope import Actor
from phaodai.vaccination.models.doses import Dose
from phaodai.vaccination.models.sessions import Session, SessionLot


@dataclass(frozen=True)
class Account:
    """Doses by what became of them; additive, so that sessions make lots and lots make units."""

    brought: int = 0
    given: int = 0
    returned: int = 0
    difference: int = 0
    wasted: Counter[str] = field(default_factory=Counter)
    open: int = 0
    """Sessions that still run: their losses are not written down yet."""

    @property
    def lost(self) -> int:
        """Doses wasted for whatever reason."""
        return sum(self.wasted.values())

    @property
    def drawn(self) -> int:
        """Doses of the vials that were opened."""
        return self.brought - self.returned

    @property
    def lost_share(self) -> float | None:
        """Lost doses out of those drawn; None where no vial was opened."""
        return self.lost / self.drawn if self.drawn else None

    def __add__(self, other: "Account") -> "Account":
        return Account(
            self.brought + other.brought,
            self.given + other.given,
            self.returned + other.returned,
            self.difference + other.difference,
            self.wasted + other.wasted,
            self.open + other.open,
        )


def total(accounts: Iterable[Account]) -> Account:
    """Accounts added up."""
    return sum(accounts, Account())


def lots_of_sessions(actor: Actor, first: date, last: date) -> Sequence[SessionLot]:
    """What lots did at the sessions of the officer's area in a period, with session, unit and product."""
    sessions = Session.objects.run_by(actor).filter(day__range=(first, last)).exclude(state=Session.State.CANCELLED)
    rows = SessionLot.objects.filter(session__in=sessions).select_related("session", "session__organisation", "lot")
    return list(rows.order_by("-session__day", "session__sort_key", "lot__sort_key"))


def accounts_of(rows: Sequence[SessionLot]) -> dict[int, Account]:
    """The account of each row by its id."""
    given = _given_so_far([row for row in rows if row.given is None])
    return {row.pk: _account(row, given.get((row.session_id, row.lot_id), 0)) for row in rows}


def _account(row: SessionLot, so_far: int) -> Account:
    doses = row.lot.doses_per_vial
    return Account(
        brought=row.brought * doses,
        given=so_far if row.given is None else row.given,
        returned=(row.returned or 0) * doses,
        difference=row.difference,
        wasted=Counter({reason: int(count) for reason, count in row.wasted.items()}),
        open=int(row.given is None),
    )


def _given_so_far(rows: Sequence[SessionLot]) -> dict[tuple[int, int], int]:
    if not rows:
        return {}
    doses = Dose.objects.counted().filter(session__in={row.session_id for row in rows})
    counted = doses.values_list("session_id", "lot_id").annotate(count=Count("pk")).order_by()
    return {(session, lot): count for session, lot, count in counted if session and lot}
