"""Two officers, one record: the second is told who changed what, and keeps what was typed."""

from typing import Any

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Record
from phaodai.foundation.refusals import Clash, Difference


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """A column of a model by name; not the far end of somebody else's foreign key."""
    found = model._meta.get_field(name)
    assert isinstance(found, Field)
    return found


def guard_version(record: Record, seen: int, changes: dict[str, Any]) -> None:
    """Raise `Clash` when `record` moved on since version `seen` and one of the changed fields was touched meanwhile."""
    if record.version == seen:
        return
    differences = tuple(_differences(record, seen, changes))
    if not differences:
        return
    by, when = _last_hand(record)
    raise Clash(
        _("%(name)s changed this at %(when)s. Whose value stays?") % {"name": by, "when": f"{when:%H:%M %d/%m}"},
        by=by,
        when=when,
        differences=differences,
    )


def _events(record: Record) -> Any:
    return record.events.order_by("-pgh_id")  # type: ignore[attr-defined]


def _differences(record: Record, seen: int, changes: dict[str, Any]) -> list[Difference]:
    before = _events(record).filter(version=seen).first()
    found = []
    for name, mine in changes.items():
        theirs = getattr(record, name)
        touched = before is None or getattr(before, name) != theirs
        if touched and theirs != mine:
            label = str(field_of(type(record), name).verbose_name)
            found.append(
                Difference(
                    name, label, str(theirs if theirs is not None else ""), str(mine if mine is not None else "")
                )
            )
    return found


def _last_hand(record: Record) -> tuple[str, Any]:
    last = _events(record).first()
    context = (last.pgh_context if last else None) or {}
    return context.get("name") or _("Somebody"), record.updated_at.astimezone(VIETNAM)
