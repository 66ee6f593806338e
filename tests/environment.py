"""Loaded before the settings: tests keep their data apart from any installation, and speak the words of now."""

import os
from pathlib import Path

from phaodai.foundation.assets import compile_messages

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
os.environ.setdefault("PHAODAI_DATA", str(BUILD / "test-data"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
compile_messages([ROOT / "src" / "phaodai"])

# What an installation does before it serves: an address for static files, and the words of every screen.
(Path(os.environ["PHAODAI_DATA"]) / "static").mkdir(parents=True, exist_ok=True)
compile_messages([Path(__file__).parents[1] / "src" / "phaodai"])
