"""Symptoms in the words of the page."""

from django.utils.translation import gettext_lazy as _

from phaodai.foundation.components import Text
from phaodai.surveillance.rules.symptoms import SYMPTOMS

WORDS: dict[str, Text] = {
    "fever": _("fever"),
    "cough": _("cough"),
    "sore throat": _("sore throat"),
    "runny nose": _("runny nose"),
    "tiredness": _("tiredness"),
    "aching": _("aching"),
    "chills": _("chills"),
    "loss of taste or smell": _("loss of taste or smell"),
    "headache": _("headache"),
    "diarrhoea": _("diarrhoea"),
    "breathlessness": _("breathlessness"),
}
CHOICES = [(code, WORDS[code]) for code in SYMPTOMS]


def symptoms_in_words(text: str) -> str:
    """What was kept as codes, in the page's language; words that are no code stay as they are."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return ", ".join(str(WORDS.get(part, part)) for part in parts)
