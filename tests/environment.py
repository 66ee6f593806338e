"""Loaded before the settings: tests keep their data apart from any installation, and speak the words of now."""

import os
from hashlib import sha256
from pathlib import Path

from phaodai.foundation.assets import compile_messages

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"


def _data() -> Path:
    """Below the checkout; for root outside it, because the server's plain user may not enter root's own folders."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/tmp") / f"phaodai-test-{sha256(str(BUILD).encode()).hexdigest()[:12]}"
    return BUILD / "test-data"


os.environ.setdefault("PHAODAI_DATA", str(_data()))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
# What an installation does before it serves: a place for static files, and the words of every screen.
(Path(os.environ["PHAODAI_DATA"]) / "static").mkdir(parents=True, exist_ok=True)
compile_messages([ROOT / "src" / "phaodai"])
