"""Editing one cell in place: a refused value stays where it was typed, with its reason below."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.components import Action, CellEditor, EditedCell
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import Clash, NotHere, Refusal
from phaodai.foundation.registers import showing
from phaodai.foundation.registers.declaration import Register
from phaodai.foundation.registers.editing import require_amend, version_seen
from phaodai.foundation.registers.loading import sentence
from phaodai.foundation.scope import Actor


def cell(register: Register) -> Callable[..., HttpResponse]:
    """GET answers with the editor, POST with the cell as it now stands."""

    @page(register.read)
    def view(request: HttpRequest, actor: Actor, pk: int, field: str) -> HttpResponse:
        column = next((c for c in register.columns if c.edit == field), None)
        record = register.rows(actor).filter(pk=pk).first()
        if column is None or record is None or field not in register.edit_fields:
            raise NotHere(_("There is nothing at this address that your post may see."))
        require_amend(register, record, actor)
        form = register.form_class([field])(request.POST or None, instance=record)
        if request.method != "POST":
            return _editor(request, column.label, form, field, record.version)
        if not form.is_valid():
            return _editor(
                request,
                column.label,
                form,
                field,
                version_seen(request),
                sentence(form.errors.get(field, [])),
                422,
            )
        return _save(request, register, column, form, pk, field, actor)

    return view


def _save(
    request: HttpRequest, register: Register, column: Any, form: Any, pk: int, field: str, actor: Actor
) -> HttpResponse:
    moment = clock.now()
    version = version_seen(request)
    try:
        register.amend(actor=actor, moment=moment, pk=pk, version=version, **{field: form.cleaned_data[field]})
    except Clash as clash:
        return _clash(request, column.label, form, field, clash, register.rows(actor).get(pk=pk).version)
    except (Refusal, ValidationError) as refusal:
        sentence = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        return _editor(request, column.label, form, field, version, sentence, 422)
    record = register.rows(actor).get(pk=pk)
    edited = EditedCell(showing.cell(register, column, record, actor, moment, saved=True))
    return render(request, "foundation/registers/part.html", {"part": edited})


def _editor(
    request: HttpRequest, label: Any, form: Any, field: str, version: Any, error: str = "", status: int = 200
) -> HttpResponse:
    control = format_html('{}<input type="hidden" name="version" value="{}">', _labelled(form[field], label), version)
    part = CellEditor(request.path, control, label, error)
    return render(request, "foundation/registers/part.html", {"part": part}, status=status)


def _labelled(field: BoundField, label: Any) -> SafeString:
    """The control alone: in a cell no label stands beside it, and a screen reader says the column."""
    return field.as_widget(attrs={"aria-label": label})


def _clash(request: HttpRequest, label: Any, form: Any, field: str, clash: Clash, version: int) -> HttpResponse:
    theirs = clash.differences[0].theirs if clash.differences else ""
    control = format_html('{}<input type="hidden" name="version" value="{}">', _labelled(form[field], label), version)
    choices = [
        Action(_("Keep mine"), method="submit", kind="go", small=True),
        Action(
            _("Keep theirs: %(value)s") % {"value": theirs or "–"}, request.path.rsplit("/o/", 1)[0] + "/", small=True
        ),
    ]
    part = CellEditor(request.path, control, label, str(clash), choices)
    return render(request, "foundation/registers/part.html", {"part": part}, status=409)
