"""Loaded before Django's settings: tests keep their data apart from any installation of the same user."""

import os
from pathlib import Path

BUILD = Path(__file__).parents[1] / "build"
os.environ.setdefault("PHAODAI_DATA", str(BUILD / "test-data"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
