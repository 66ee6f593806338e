"""The migrations say what the models say, in the words of the code."""

import pytest
from django.core.management import call_command
from django.utils import translation

pytestmark = pytest.mark.django_db


def test_no_model_changed_without_its_migration() -> None:
    with translation.override("en"):
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)
