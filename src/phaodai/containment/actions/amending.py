"""Mending a row of figures: the same steps for every sheet that a unit sends."""

from collections.abc import Collection
from typing import Any, Protocol, TypeVar, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import require_inside
from phaodai.foundation.constraints import check_row
from phaodai.foundation.models import Record
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.territory.models import Unit

Row = TypeVar("Row", bound=Record)


class OfUnit(Protocol):
    """A row that one unit answers for."""

    unit: Unit


def mend_row(
    rows: QuerySet[Row], actor: Actor, pk: int, *, version: int, changes: dict[str, Any], figures: Collection[str]
) -> tuple[Row, list[str]]:
    """Change those `figures` of a row that the officer's area answers for, and say which; anything else is refused."""
    row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_inside(actor, cast("OfUnit", row).unit)
    changes = guard_version(row, version, changes)
    for name, value in changes.items():
        if name not in figures:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(row, name, value)
    check_row(row)
    row.version += 1
    row.save()
    return row, sorted(changes)
