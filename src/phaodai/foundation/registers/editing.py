"""A form over a record that somebody else may be editing too: nothing typed is lost, nothing overwritten unseen."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from phaodai.foundation.asked import whole
from phaodai.foundation.models import Record
from phaodai.foundation.refusals import BEYOND_KEEPING, Clash, NotAllowed, Refusal, beyond_keeping
from phaodai.foundation.registers.declaration import Register
from phaodai.foundation.scope import Actor


def require_write(register: Register, actor: Actor) -> None:
    """Refuse in words when the officer's post may only read this register."""
    if not register.may_write(actor):
        raise NotAllowed(_("Your post may read this list but not change it."))


def require_amend(register: Register, record: Any, actor: Actor) -> None:
    """Refuse in words when this very record is another unit's to change."""
    require_write(register, actor)
    if not register.may_amend(record, actor):
        raise NotAllowed(_("This row belongs to another unit. Your post may read it but not change it."))


def act(form: Any, deed: Callable[[], Any]) -> Any:
    """Run an action behind a form; its refusal undoes it, lands at the field it names, and nothing typed is lost."""
    try:
        with transaction.atomic():
            return deed()
    except Clash as clash:
        _show_both(form, clash)
    except BEYOND_KEEPING:
        form.add_error(None, str(beyond_keeping()))
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except ValidationError as invalid:
        errors = invalid.message_dict if hasattr(invalid, "error_dict") else {"": invalid.messages}
        for name, sentences in errors.items():
            form.add_error(name if name in form.fields else None, " ".join(sentences))
    return None


def _show_both(form: Any, clash: Clash) -> None:
    """Mine stays in the field with theirs below it; what I had not touched follows theirs."""
    form.clash = clash
    form.add_error(None, str(clash))
    for one in clash.differences:
        words = _("Theirs: %(value)s. Save again to keep yours.") % {"value": one.theirs or "–"}
        known = one.field in form.fields
        form.add_error(one.field if known else None, words if known else f"{one.label}: {words}")
    data = form.data.copy()
    for name in form.fields:
        if name not in clash.mine and name in form.initial:
            data[form.add_prefix(name)] = form.initial[name]
    form.data = data


def status_of(form: Any) -> HTTPStatus:
    """What a page with this form answers."""
    if getattr(form, "clash", None):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def version_seen(request: HttpRequest) -> int:
    """The version of the record that the officer had before their eyes."""
    return whole(request.POST.get("version"))


def version_to_send(request: HttpRequest, form: Any, record: Record) -> int:
    """The version that the form sends next: the record's own once the officer has seen it, else the one seen before."""
    unseen = form.is_bound and not getattr(form, "clash", None)
    return version_seen(request) if unseen else record.version
