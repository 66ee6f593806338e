"""The signs that somebody may tick after a dose, in words that a tired reader understands."""

from collections.abc import Iterable

from django.utils.translation import pgettext_lazy

from phaodai.vaccination.rules.claims import ALARMING, ORDINARY

SIGN_WORDS = {
    "breathless": pgettext_lazy("after a dose", "Short of breath, wheezing"),
    "chest-pain": pgettext_lazy("after a dose", "Chest pain, heart racing or stumbling"),
    "swelling": pgettext_lazy("after a dose", "Swollen face, lips, tongue or throat"),
    "rash-all-over": pgettext_lazy("after a dose", "Hives or rash over the whole body"),
    "fainting": pgettext_lazy("after a dose", "Fainting, cold sweat, very pale"),
    "fits": pgettext_lazy("after a dose", "Convulsion"),
    "weakness": pgettext_lazy("after a dose", "Weak or numb arm, leg or half of the face"),
    "severe-headache": pgettext_lazy("after a dose", "Very bad headache that does not pass"),
    "blurred-sight": pgettext_lazy("after a dose", "Blurred or double sight"),
    "vomiting": pgettext_lazy("after a dose", "Bad belly pain, or vomiting again and again"),
    "bleeding": pgettext_lazy("after a dose", "Bleeding or bruises away from the arm"),
    "leg-swelling": pgettext_lazy("after a dose", "A leg that swells and hurts"),
    "sore-arm": pgettext_lazy("after a dose", "Sore, red or swollen arm"),
    "fever": pgettext_lazy("after a dose", "Fever"),
    "tired": pgettext_lazy("after a dose", "Tired"),
    "headache": pgettext_lazy("after a dose", "Headache"),
    "aches": pgettext_lazy("after a dose", "Aching muscles or joints"),
    "chills": pgettext_lazy("after a dose", "Chills"),
    "nausea": pgettext_lazy("after a dose", "Nausea, loose bowels"),
    "other": pgettext_lazy("after a dose", "Something else (write it below)"),
}
ALARMING_CHOICES = [(code, SIGN_WORDS[code]) for code in ALARMING]
ORDINARY_CHOICES = [(code, SIGN_WORDS[code]) for code in ORDINARY]


def signs_in_words(signs: Iterable[str]) -> str:
    """What was ticked, as one line."""
    return ", ".join(str(SIGN_WORDS.get(code, code)) for code in signs)
