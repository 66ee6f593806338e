"""Loaded before Django's settings: tests keep their data apart from any installation of the same user."""

import os
from hashlib import sha256
from pathlib import Path

BUILD = Path(__file__).parents[1] / "build"


def _data() -> Path:
    """Below the checkout; for root outside it, because the server's plain user may not enter root's own folders."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/tmp") / f"phaodai-test-{sha256(str(BUILD).encode()).hexdigest()[:12]}"
    return BUILD / "test-data"


os.environ.setdefault("PHAODAI_DATA", str(_data()))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
