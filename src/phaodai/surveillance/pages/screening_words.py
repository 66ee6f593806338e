"""Why a record of a door was refused, in the words of the page; the phone and the desk say the same."""

from django.utils.translation import gettext as _

from phaodai.surveillance.rules.screening_records import Code


def refusal_in_words(code: str, about: str = "") -> str:
    """What happened, about which value, what to do."""
    words: dict[Code, str] = {
        "shape": _("This record cannot be read. Write the door down again."),
        "key": _("Another record was sent under the same number. Write the door down again as a new visit."),
        "round": _("This round is not in your commune. Load the list again, then write the door down."),
        "household": _("This household is not in your commune. Load the list again, or hand it to its station."),
        "person": _("Somebody in this record is not registered in this household. Load the list again and mend it."),
        "state": _("What was found of somebody cannot be read. Choose it again."),
        "symptoms": _("A symptom in this record is not in the list. Choose it again."),
        "temperature": _("%(value)s °C is no body temperature. It lies between 30 and 45: correct it.")
        % {"value": about},
        "time": _("The time of this visit cannot be read. Write the door down again."),
    }
    return words.get(code, words["shape"])  # type: ignore[call-overload, no-any-return]
