"""An identity as written beside the person most like it, field by field, with card and telephone numbers cut short."""

from django.utils.translation import gettext as _

from phaodai.foundation.formats import day
from phaodai.foundation.registers.showing import language
from phaodai.people.models import Person
from phaodai.vaccination.models import Dose, IdentityQuestion

Side = tuple[str, str, str, str]


def sides_of(question: IdentityQuestion) -> list[Side]:
    """Field, as written at the dose, as registered, and whether it speaks for one person (for, against or nothing)."""
    written, person = question.dose, question.candidate
    fields = (
        (_("Name"), "full_name", written.full_name, person.full_name if person else ""),
        (_("Sex"), "sex", written.get_sex_display(), person.get_sex_display() if person else ""),
        (_("Born"), "birth", _born(written), _born(person)),
        (_("Telephone"), "phone", _end_of(written.phone), _end_of(person.phone if person else "")),
        (
            _("ID card number"), "identity_number", _end_of(written.identity_number),
            _end_of(person.identity_number if person else ""),
        ),
        (_("Address"), "commune", written.address, _home(person)),
    )  # fmt: skip
    return [
        (str(label), one, other, _side(question.evidence.get(name, 0)) if one and other else "")
        for label, name, one, other in fields
    ]


def _side(weight: float) -> str:
    return "for" if weight > 0 else "against" if weight < 0 else ""


def _born(one: Dose | Person | None) -> str:
    if one is None:
        return ""
    return day(one.birth_date, language()) if one.birth_date else str(one.birth_year or "")


def _end_of(number: str) -> str:
    """The last four digits: enough to compare by."""
    return f"{'•' * max(len(number) - 4, 0)}{number[-4:]}"


def _home(person: Person | None) -> str:
    if person is None:
        return ""
    return person.household.hamlet.name if person.household else person.address
