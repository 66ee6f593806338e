"""Two officers, one record: the second is told who changed what, and keeps what was typed."""

from collections.abc import Iterator
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


def guard_version(record: Record, seen: int, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes that remain to be made by an officer who saw version `seen` of `record`.

    A value that the officer only saw and sent back follows whoever changed it meanwhile. Raises `Clash` where both
    changed the same value, and differently.
    """
    if record.version == seen:
        return changes
    before = _events(record).filter(version=seen).first()
    mine = {name: value for name, value in changes.items() if before is None or getattr(before, name) != value}
    differences = tuple(_differences(record, before, mine))
    if differences:
        raise clash_over(record, differences, frozenset(mine))
    return mine


def clash_over(record: Record, differences: tuple[Difference, ...], mine: frozenset[str]) -> Clash:
    """The refusal that names who changed `record` last, and both values of each difference."""
    by, when = _last_hand(record)
    words = _("%(name)s changed this at %(when)s. Whose value stays?") % {"name": by, "when": f"{when:%H:%M %d/%m}"}
    return Clash(words, by=by, when=when, differences=differences, mine=mine)


def _events(record: Record) -> Any:
    return record.events.order_by("-pgh_id")  # type: ignore[attr-defined]


def _differences(record: Record, before: Any, mine: dict[str, Any]) -> Iterator[Difference]:
    for name, value in mine.items():
        theirs = getattr(record, name)
        touched = before is None or getattr(before, name) != theirs
        if touched and theirs != value:
            label = str(field_of(type(record), name).verbose_name)
            yield Difference(name, label, _words(theirs), _words(value))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _last_hand(record: Record) -> tuple[str, Any]:
    last = _events(record).first()
    context = (last.pgh_context if last else None) or {}
    return context.get("name") or _("Somebody"), record.updated_at.astimezone(VIETNAM)
