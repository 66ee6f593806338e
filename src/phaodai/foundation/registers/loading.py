"""Rows of a sheet into a register, through the same actions as the screens; a row that is refused is parked, not lost."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.declaration import Register
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import SheetRow
from phaodai.foundation.versions import field_of


@dataclass
class Loaded:
    """What became of a sheet."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    parked: list[ParkedRow] = field(default_factory=list)


def columns_of(register: Register) -> dict[str, str]:
    """The sheet's columns: field name -> label, as the template prints them."""
    return {name: str(field_of(register.model, name).verbose_name) for name in register.create_fields}


def _known_heads(register: Register) -> dict[str, str]:
    """Folded head -> field name, in every language of the screens: a sheet outlives the language it was saved in."""
    names = dict.fromkeys([*register.create_fields, *register.edit_fields])
    heads: dict[str, str] = {}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            heads |= {fold(str(field_of(register.model, name).verbose_name)): name for name in names}
    return heads


def _typed(register: Register, name: str, text: str) -> str:
    """The value behind a cell: where a field has choices, people write the words and not the code."""
    choices = dict(field_of(register.model, name).flatchoices)
    if not choices or text in map(str, choices):
        return text
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            found = next((str(value) for value, words in choices.items() if fold(str(words)) == fold(text)), None)
        if found is not None:
            return found
    return text


@transaction.atomic
def load_sheet(register: Register, rows: Iterable[SheetRow], *, actor: Actor, moment: datetime, sheet: str) -> Loaded:
    """Add new rows, change known ones (by the register's natural key), park the rest with the reason in words."""
    heads = _known_heads(register)
    loaded = Loaded()
    for row in rows:
        found = {heads[fold(head)]: text for head, text in row.cells.items() if fold(head) in heads}
        values = {name: _typed(register, name, text) for name, text in found.items()}
        try:
            with transaction.atomic():
                _load_row(register, values, actor, moment, loaded)
                _clear_mended(register, row, heads, actor, moment)
        except (Refusal, ValidationError) as problem:
            reason = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
            loaded.parked.append(_park(register, row, reason, actor, moment, sheet))
    return loaded


def _load_row(register: Register, values: dict[str, str], actor: Actor, moment: datetime, loaded: Loaded) -> None:
    if not values:
        raise Refusal(_("No column of this row is known. Use the template's header."))
    known = _known(register, values, actor)
    fields = [
        name for name in (register.edit_fields if known else register.create_fields) if name in values or not known
    ]
    form = register.form_class(fields)(values, instance=known)
    if not form.is_valid():
        raise Refusal(
            "; ".join(
                f"{form.fields[name].label if name in form.fields else ''}: {sentence(e)}"
                for name, e in form.errors.items()
            )
        )
    if known is None:
        register.create(actor=actor, moment=moment, **form.cleaned_data)
        loaded.added += 1
    elif form.changed_data:
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        register.amend(actor=actor, moment=moment, pk=known.pk, version=known.version, **changes)
        loaded.changed += 1
    else:
        loaded.unchanged += 1


def sentence(errors: Iterable[Any]) -> str:
    """The errors of one field as one line."""
    return " ".join(str(error) for error in errors)


def _known(register: Register, values: dict[str, str], actor: Actor) -> Any:
    """The record that a row speaks of; a key that cannot be read names none, and the form then says why."""
    names = register.natural_key
    if not names or not all(values.get(name) for name in names):
        return None
    fields = register.form_class(names).base_fields
    try:
        key = {name: fields[name].clean(values[name]) for name in names}
    except ValidationError:
        return None
    return register.rows(actor).filter(**key).first()


def _clear_mended(register: Register, row: SheetRow, heads: dict[str, str], actor: Actor, moment: datetime) -> None:
    """A row that came in at last is not waiting any more."""
    names = register.natural_key
    key = {head: text for head, text in row.cells.items() if text and heads.get(fold(head)) in names}
    if names and len(key) == len(names):
        waiting = ParkedRow.objects.waiting(register.key, actor.officer)
        waiting.filter(cells__contains=key).update(cleared_at=moment)


def _park(register: Register, row: SheetRow, reason: str, actor: Actor, moment: datetime, sheet: str) -> ParkedRow:
    return ParkedRow.objects.create(
        register=register.key,
        officer_id=actor.officer,
        sheet=sheet[:200],
        row_number=row.number,
        cells=row.cells,
        reason=reason[:1000],
        parked_at=moment,
    )
