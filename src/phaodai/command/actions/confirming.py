"""Values of a reading confirmed one by one, or all that are certain together."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import document_for
from phaodai.command.models import Document
from phaodai.command.rules.certainty import FIELDS, FieldReading, field_readings
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor


def readings_of(document: Document) -> list[FieldReading]:
    """The fields of a document, doubtful ones first."""
    values = {column: getattr(document, column) for column, _name in FIELDS}
    return field_readings(values, document.reading, document.confirmed_fields)


@transaction.atomic
def confirm_fields(*, actor: Actor, moment: datetime, document_id: int, fields: Collection[str]) -> Document:
    """A person has compared these values with the original. Refuses a value that is missing: fill it in first."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    document = document_for(actor, document_id)
    known = {one.column: one for one in readings_of(document)}
    for name in fields:
        if name not in known:
            raise Refusal(_("This value cannot be changed here."), field=name)
        if known[name].missing:
            raise Refusal(_("This value is missing. Fill it in from the original."), field=name)
    document.confirmed_fields = sorted({*document.confirmed_fields, *fields})
    document.version += 1
    document.save()
    Fact.tell("command:document:fields", subject=document, moment=moment, officer=actor.officer, fields=sorted(fields))
    return document


@transaction.atomic
def confirm_certain_fields(*, actor: Actor, moment: datetime, document_id: int) -> Document:
    """Confirm every value that was read without a repair; the doubtful ones wait."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    certain = [one.column for one in readings_of(document_for(actor, document_id)) if one.certain]
    return confirm_fields(actor=actor, moment=moment, document_id=document_id, fields=certain)
