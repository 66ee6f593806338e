"""The language of the page that is being written."""

from django.utils.translation import get_language

from phaodai.rulebook.words import Language


def page_language() -> Language:
    """Vietnamese unless the page is English."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"
