"""Loaded before the settings: tests keep their data apart from any installation, and speak the words of now."""

import fcntl
import os
from hashlib import sha256
from pathlib import Path

import django

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
# Otherwise the first page that traces compiles in the background of every worker, and who answers depends on its pace.
# Whatever tells the engines apart asks for each of them (tests/epidemic/tracing).
os.environ.setdefault("EPIDEMIC_ENGINE", "numpy")


def _prepare() -> None:
    """What an installation does before it serves: the words of every screen, and its static files, whose list each
    process reads once. The first process makes them; those that it starts find them."""
    (Path(os.environ["PHAODAI_DATA"]) / "static").mkdir(parents=True, exist_ok=True)
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "test-static.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        compile_messages([ROOT / "src" / "phaodai"])
        django.setup()

        from phaodai.site.installation import build_static

        build_static()


_prepare()
