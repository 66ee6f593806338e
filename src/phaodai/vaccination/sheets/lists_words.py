"""Why a row of a list waits, in words: what, which value, what to do."""

from django.utils.translation import gettext as _

from phaodai.vaccination.rules.lists_rows import Fault


def fault_words(fault: Fault, cell: str) -> str:
    """The sentence about one row."""
    about = {"cell": cell[:60]}
    words = {
        Fault.NO_NAME: _("No full name. Write the name as on the ID card."),
        Fault.NO_BIRTH: _("No date of birth. Write the day, or the year alone."),
        Fault.BAD_BIRTH: _("“%(cell)s” is no date of birth. Write it as 24/11/1985, or the year alone."),
        Fault.NOT_BORN: _("“%(cell)s” lies in the future. Correct the date of birth."),
        Fault.TOO_OLD: _("“%(cell)s”: nobody is that old. Correct the date of birth."),
        Fault.BAD_SEX: _("“%(cell)s” is no sex. Write Nam or Nữ."),
        Fault.BAD_NUMBER: _("“%(cell)s” is no ID card number: it has 12 digits, the old one 9."),
        Fault.NUMBER_AGAINST_BIRTH: _(
            "The ID card number %(cell)s says another year of birth. Compare it with the card."
        ),
        Fault.NUMBER_AGAINST_SEX: _("The ID card number %(cell)s says the other sex. Compare it with the card."),
        Fault.BAD_GROUP: _("“%(cell)s” is no priority group. Choose one of the groups of the plan."),
        Fault.TWICE: _("%(cell)s stands in this sheet twice. The first row was taken in."),
    }
    return words[fault] % about
