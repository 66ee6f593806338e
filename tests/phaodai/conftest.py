"""What every test of the platform begins with."""

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def own_language() -> None:
    """The language of the installation, whichever the page before was asked in."""
    translation.activate(settings.LANGUAGE_CODE)
