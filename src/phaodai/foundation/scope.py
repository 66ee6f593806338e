"""Who is acting, and what the database lets them see.

Row-level security reads seven settings of the transaction; `entering` is the only place that sets them. Without them
the application role sees no scoped row at all, whatever the code forgets. The seventh, the reference, is what a stranger
knows (`foundation.public`): it opens the one row that carries it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import pghistory
from django.db import connection, transaction
from django.db.models import Q

from phaodai.foundation import clock
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed

Reach = Literal["area", "own", "all", "public"]


@dataclass(frozen=True)
class Area:
    """An administrative area as the row ids of its tiers; a tier that is None is not narrowed."""

    province: int | None = None
    district: int | None = None
    commune: int | None = None

    @classmethod
    def of(cls, row: Any) -> "Area":
        """Where a row with area columns lies."""
        return cls(row.province_id, row.district_id, row.commune_id)

    @property
    def columns(self) -> dict[str, int | None]:
        """The area columns of a row that lies in exactly this area."""
        return {f"{tier}_id": value for tier, value in vars(self).items()}

    @property
    def narrowing(self) -> dict[str, int]:
        """What a queryset of rows with area columns is filtered by, so that only those inside are left."""
        return {column: value for column, value in self.columns.items() if value is not None}

    @property
    def smallest(self) -> dict[str, int]:
        """The one column that says the area, for a long list; nothing for the whole of the books.

        A commune's district and province follow from it. PostgreSQL takes the three for independent, expects next to no
        rows, and sorts all of them instead of walking an index in order.
        """
        return dict(list(self.narrowing.items())[-1:])

    def holds(self, row: object) -> bool:
        """Whether a row with area columns lies inside."""
        return all(own is None or getattr(row, f"{tier}_id") == own for tier, own in vars(self).items())

    def meets(self, row: object) -> bool:
        """Whether a row's area and this one have ground in common."""
        return all(own is None or getattr(row, column) in (None, own) for column, own in self.columns.items())


@dataclass(frozen=True)
class Actor:
    """The officer on whose behalf something is read or done, with the post that gives the right.

    `organisation` is a row id; 0, which no row has, for the installation itself.
    """

    officer: int | None
    name: str
    organisation: int
    organisation_name: str
    area: Area
    reach: Reach
    permissions: frozenset[Permission]
    title: str = ""

    @property
    def in_province(self) -> dict[str, int | None]:
        """What a queryset is filtered by for rows that the whole of the officer's province may read."""
        return {} if self.reach == "all" else {"province_id": self.area.province}

    @property
    def in_area_or_body(self) -> Q:
        """What a queryset is filtered by for rows that the officer's area, or the own organisation, answers for."""
        if self.reach == "all":
            return Q()
        of_body = Q(organisation_id=self.organisation)
        return of_body if self.reach == "own" else Q(**self.area.narrowing) | of_body

    def may(self, permission: Permission) -> bool:
        """Whether the post carries this permission."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Refuse in words when the post does not carry the permission."""
        if not self.may(permission):
            from django.utils.translation import gettext as _

            raise NotAllowed(
                _("Your post does not allow this. You can send a request to the office of your committee.")
            )

    def require_area(self, row: Any) -> None:
        """Refuse in words when a row lies outside the officer's area; the database refuses as well."""
        if not self.area.holds(row):
            from django.utils.translation import gettext as _

            raise NotAllowed(_("This belongs to another unit. You can send a request."))


SYSTEM = Actor(
    officer=None,
    name="Pháo Đài",
    organisation=0,
    organisation_name="Pháo Đài",
    area=Area(),
    reach="all",
    permissions=frozenset(Permission),
)

# Whoever opens a public form: no post, no area, no permission, and nothing to be seen but by a reference.
STRANGER = Actor(
    officer=None,
    name="Public form",
    organisation=0,
    organisation_name="",
    area=Area(),
    reach="public",
    permissions=frozenset(),
)


@contextmanager
def entering(actor: Actor, *, why: str = "") -> Iterator[None]:
    """One transaction in which the database shows what `actor` may see and audits who acted and why."""
    who = {"officer": actor.officer, "name": actor.name, "organisation": actor.organisation}
    with transaction.atomic(), pghistory.context(**who, why=why, moment=clock.now().isoformat()):
        _tell_database(actor)
        yield


@contextmanager
def for_the_installation(actor: Actor, why: str) -> Iterator[None]:
    """Read and write what is derived with the installation's eyes; afterwards the officer's own scope holds again."""
    with entering(SYSTEM, why=why):
        yield
    with entering(actor, why=why):
        return


def _tell_database(actor: Actor) -> None:
    settings = {
        "phaodai.reach": actor.reach,
        "phaodai.province": actor.area.province,
        "phaodai.district": actor.area.district,
        "phaodai.commune": actor.area.commune,
        "phaodai.organisation": actor.organisation,
        "phaodai.officer": actor.officer,
        "phaodai.reference": None,
    }
    calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
    values = [part for name, value in settings.items() for part in (name, str(value or ""))]
    with connection.cursor() as cursor:
        cursor.execute(f"select {calls}", values)


def know_reference(reference: str) -> None:
    """Let the database show, or take, the one row that carries `reference`, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('phaodai.reference', %s, true)", [reference])
