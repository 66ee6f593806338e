"""Why a row of a line list waits, in words that say what to do; by the code that groups rows of one reason."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.surveillance.models import Case

TITLES = {
    "no-code": gettext_lazy("No case number"),
    "twice": gettext_lazy("Same case number, different content"),
    "date": gettext_lazy("A day that no calendar has"),
    "age": gettext_lazy("An age that cannot be"),
    "future": gettext_lazy("A day that lies ahead"),
    "before-birth": gettext_lazy("Before the person was born"),
    "onset-after-death": gettext_lazy("Onset after death"),
    "exposure-ends-first": gettext_lazy("Exposure ends before it begins"),
    "own-source": gettext_lazy("Infected by itself"),
    "identity-length": gettext_lazy("ID card number with digits missing"),
    "identity-province": gettext_lazy("ID card number of no province"),
    "identity-year": gettext_lazy("ID card number of another year of birth"),
    "identity-sex": gettext_lazy("ID card number of the other sex"),
    "unit": gettext_lazy("Commune written in a way that is not known"),
    "outside": gettext_lazy("Outside your area"),
    "same-person": gettext_lazy("This person has a case already"),
    "no-case": gettext_lazy("A pair of which no case is known"),
    "taken": gettext_lazy("Case number taken outside your area"),
}


def title_of(code: str) -> str:
    """What a group of rows is called."""
    return str(TITLES.get(code, code))


def reason_of(code: str, field: str, cell: str, other: str = "") -> str:
    """The sentence beside a row: what was found in which column, and what to do."""
    told = {"cell": cell, "column": label_of(field), "other": other}
    words = {
        "no-code": _("The row has no case number. Write one; nothing else of it is lost."),
        "twice": _("Case %(cell)s stands also in row %(other)s with other content. Keep one of the two rows."),
        "date": _("%(column)s: no calendar has %(cell)s. Correct the day."),
        "age": _("%(column)s: %(cell)s is no possible age. Correct it or leave it empty."),
        "future": _("%(column)s: %(cell)s lies ahead of today. Correct the day."),
        "before-birth": _("%(column)s: %(cell)s is before the person was born. Correct one of the two days."),
        "onset-after-death": _("The onset is after the death. Correct one of the two dates."),
        "exposure-ends-first": _("The exposure ends before it begins. Correct one of the two days."),
        "own-source": _(
            "The row names the case as its own source. Write the case that infected it, or leave it empty."
        ),
        "identity-length": _("ID card number %(cell)s: a number has 12 digits, an old one 9. Write it as on the card."),
        "identity-province": _("ID card number %(cell)s begins with a code that no province has. Read the card again."),
        "identity-year": _("ID card number %(cell)s is of another year of birth. Correct the number or the year."),
        "identity-sex": _("ID card number %(cell)s is of the other sex. Correct the number or the sex."),
        "unit": _("No commune here is called %(cell)s. Choose the commune, or leave the cell empty."),
        "outside": _("%(cell)s lies outside your area. Send the row to the station there."),
        "same-person": _(
            "The person has case %(other)s, less than 90 days apart. Use that number, or correct the days."
        ),
        "no-case": _("One of the two is no case that is in the books. Take its list of cases in first."),
        "taken": _("Case number %(cell)s is used outside your area. Ask the district for a free number."),
    }
    return words[code] % told


def label_of(field: str) -> str:
    """What the screens call a field."""
    names = {one.name: str(one.verbose_name) for one in Case._meta.concrete_fields}
    names |= {"died_on": _("Died on"), "recovered_on": _("Recovered on"), "identity_number": _("ID card number")}
    return names.get(field, field)
