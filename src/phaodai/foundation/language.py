"""The language of the page or document that is being made."""

from django.utils.translation import get_language

from phaodai.foundation.formats import Language


def page_language() -> Language:
    """Vietnamese unless English was chosen."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"
