"""Loaded before the settings: tests keep their data apart from any installation, and speak the words of now."""

import os
from pathlib import Path

from phaodai.foundation.assets import compile_messages

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
os.environ.setdefault("PHAODAI_DATA", str(BUILD / "test-data"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
compile_messages([ROOT / "src" / "phaodai"])
