"""What an officer keeps of a register: addresses under a name, and the columns they want to see. The only writer of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import SavedView
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.declaration import Column, Register
from phaodai.foundation.scope import Actor

KEPT_AT_MOST = 20
"""Views of one officer in one register: more would be a menu that nobody reads."""


@dataclass(frozen=True)
class Layout:
    """How one officer sees a register: the columns in the order of the declaration, and the views kept."""

    columns: Sequence[Column]
    views: Sequence[SavedView]


def layout_of(register: Register, actor: Actor) -> Layout:
    """What the officer kept; every column where nothing was chosen."""
    kept = list(SavedView.objects.kept_by(actor.officer, register.key)) if actor.officer else []
    chosen = next((set(view.columns) for view in kept if not view.name), set())
    return Layout(shown_columns(register, chosen), [view for view in kept if view.name])


def shown_columns(register: Register, chosen: set[str]) -> list[Column]:
    """The chosen columns; the one that opens the record always stays, and choosing none means all."""
    if not chosen & {column.name for column in register.columns}:
        return list(register.columns)
    return [column for column in register.columns if column.name in chosen or column.opens]


@transaction.atomic
def keep_view(*, actor: Actor, register: Register, name: str, query: str) -> SavedView:
    """Keep an address of the list under a name; the same name again replaces what it stood for."""
    actor.require(register.read)
    name = " ".join(name.split())[:80]
    if not name:
        raise Refusal(_("Give the view a name, such as “late in my communes”."), field="name")
    if actor.officer is None:
        raise NotHere(_("Only an officer keeps views."))
    others = SavedView.objects.kept_by(actor.officer, register.key).exclude(name__in=("", name))
    if others.count() >= KEPT_AT_MOST:
        raise Refusal(_("You keep %(count)s views already. Remove one first.") % {"count": KEPT_AT_MOST}, field="name")
    kept, _made = SavedView.objects.update_or_create(
        officer_id=actor.officer, register=register.key, name=name, defaults={"query": understood(query)}
    )
    return kept


def understood(query: str) -> str:
    """The parts of an address that say what is listed; which page one was on is not kept."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name != "trang"])[:500]


@transaction.atomic
def drop_view(*, actor: Actor, register: Register, pk: int) -> None:
    """Forget a view of one's own."""
    found = SavedView.objects.kept_by(actor.officer, register.key).exclude(name="").filter(pk=pk)
    if not found.delete()[0]:
        raise NotHere(_("This view is no longer there."))


@transaction.atomic
def choose_columns(*, actor: Actor, register: Register, names: Sequence[str]) -> None:
    """Show these columns from now on, for this officer alone."""
    actor.require(register.read)
    known = [column.name for column in register.columns if column.name in names]
    if actor.officer is None:
        raise NotHere(_("Only an officer keeps views."))
    SavedView.objects.update_or_create(
        officer_id=actor.officer, register=register.key, name="", defaults={"columns": known}
    )
