"""What the model or the database refuses, in the words that the limit carries: for actions that leave a rule to them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from phaodai.foundation.refusals import Refusal

_OF_TRIGGERS: dict[str, Promise] = {}


def say_constraint(name: str, words: Promise) -> None:
    """Give a constraint that a trigger raises its sentence; called once, when the programme starts."""
    _OF_TRIGGERS[name] = words


@contextmanager
def worded(field: str | None = None) -> Iterator[None]:
    """Turn the database's refusal into the sentence that the named constraint carries, about `field`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refusal(_sentence(error), field=field) from error


def check_row(row: Model) -> None:
    """The model's own limits, in words."""
    try:
        row.full_clean()
    except ValidationError as problem:
        raise Refusal(" ".join(problem.messages)) from problem


def _sentence(error: IntegrityError) -> str:
    detail = getattr(error.__cause__, "diag", None)
    name = (detail.constraint_name if detail is not None else None) or ""
    if name in _OF_TRIGGERS:
        return str(_OF_TRIGGERS[name])
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                return str(constraint.violation_error_message)
    return _("These values do not fit together. Open the page again and repeat it.")
